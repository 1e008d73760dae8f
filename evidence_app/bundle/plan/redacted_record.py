"""A record as a bundle shows it: without the fields and words that are withheld."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from evidence_app.bundle.plan.redaction import (
    BY_PROFILE,
    IDENTIFIES,
    KEPT,
    OTHER_CASE,
    PROVING,
    Labels,
    RedactionRun,
)
from evidence_app.domain.plan.preview import record_anchor
from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.record.cases.covered_cases import covered_by
from evidence_app.domain.record.fields import Audience, Holder
from evidence_app.domain.record.kinds import fields_of
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.rep_kinds import HANDOVER
from evidence_app.proof.commitment import scalars, words_of
from evidence_app.proof.disclosures import WITHHELD_MARK, Withheld
from evidence_app.proof.encoding.json import JsonObject

FIELD = "a field of a record"
"""What the schedule calls a field that is for other readers: a name would tell what it is."""
OTHERS_WORDS = "words of others"


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A record in the bundle: as it is shown, and what of it is withheld."""

    record: SealedRecord
    withheld: Withheld
    shown: SealedRecord
    labels: Mapping[str, Labels] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def withheld_words(self) -> int:
        """How many words are withheld inside fields that are shown."""
        return sum(len(positions) for positions in self.withheld.words.values())


def show(profile: Profile, record: SealedRecord, run: RedactionRun) -> ShownRecord:
    """Return a record as the bundle shows it. What is withheld of it is applied in `run`."""
    paths = frozenset(_withheld_paths(profile, record, run))
    labels: dict[str, Labels] = {}
    for path, value in scalars(record.content):
        if isinstance(value, str) and path not in paths:
            found = run.words_in(record.key, path, value)
            if found and record.handover:
                # Some words of it may be withheld already, and are not there to be counted: the whole field goes.
                paths |= {path}
            elif found:
                labels[path] = found
    withheld = Withheld(paths, MappingProxyType({path: frozenset(found) for path, found in labels.items()}))
    shown = replace(record, content=_without(record.content, withheld, labels))
    return ShownRecord(record, withheld, shown, MappingProxyType(labels))


def _withheld_paths(profile: Profile, record: SealedRecord, run: RedactionRun) -> Iterator[str]:
    prefixes = {
        f"/fields/{each.name}": FIELD
        for each in fields_of(record.kind)
        if each.audience is not Audience.ANYONE and each.audience in profile.withheld
    }
    if profile.own_words and record.kind.name == "message" and record.fields.get("direction") != "sent":
        # Of a draft or an item nobody knows whose words it has.
        prefixes |= {f"/fields/{name}": OTHERS_WORDS for name in ("content", "subject", "details")}
    if profile.owner_withheld:
        prefixes |= {"/fields/owner": "name", "/author": "name"}
    if only_proves(profile, record) and record.index:
        yield from (path for path, _ in scalars(record.content) if _is_for_the_union(record, path))
        return
    used: set[str] = set()
    others = _other_cases(profile, record, run.rules.case_ref)
    for _ in others:
        run.note(record_anchor(record.key), OTHER_CASE, IDENTIFIES)
    yield from others
    for path, value in scalars(record.content):
        if path in others:
            continue
        prefix = next((each for each in prefixes if path == each or path.startswith(f"{each}/")), "")
        if prefix and prefix not in used:
            used.add(prefix)
            run.note(record_anchor(record.key), prefixes[prefix], BY_PROFILE)
        hidden = record.key != 0 and run.whole_field(record.key, path, value)
        if prefix or hidden or (not profile.content and record.key != 0 and not _proves(path)):
            yield path


def _other_cases(profile: Profile, record: SealedRecord, case_ref: str) -> frozenset[str]:
    """Return the paths of the cases that a record covers and this bundle does not show: in a bundle about one case all others, else those with limited access."""
    return frozenset(
        case.path
        for case in covered_by(record)
        if case.ref != case_ref and (case_ref or (case.limited and not profile.limited_access))
    )


def only_proves(profile: Profile, record: SealedRecord) -> bool:
    """Return whether a record has no place on the pages of a bundle, and only proves what has.

    It is so of a union rep's hand-overs received and of the opening of the rep's log, where what is for the union is withheld.
    """
    if record.handover or Audience.UNION not in profile.withheld:
        return False
    return record.kind is HANDOVER or (record.index == 0 and record.fields.get("holder") == Holder.REP)


def _is_for_the_union(record: SealedRecord, path: str) -> bool:
    """Whether a path says how a hand-over was made, and does not prove what came with it."""
    steps = path.split("/")[1:]
    proving = {each.name for each in record.kind.fields if each.technical}
    return steps[0] == "fields" and steps[1] not in proving


def _proves(path: str) -> bool:
    """Whether a bundle without content shows a path: when, what kind, how receipts were matched, which files."""
    steps = path.split("/")[1:]
    if steps[0] == "fields":
        return steps[1] in PROVING
    return steps[0] in KEPT or (steps[0] == "attachments" and steps[-1] in {"sha256", "bytes", "media_type", "kept"})


def _without(content: JsonObject, withheld: Withheld, labels: Mapping[str, Labels]) -> JsonObject:
    def keep(value: object, path: str) -> object:
        if isinstance(value, dict):
            kept = {name: keep(item, f"{path}/{name}") for name, item in value.items()}
            return {name: item for name, item in kept.items() if item is not None} or None
        if isinstance(value, list):
            items = [keep(item, f"{path}/{n}") for n, item in enumerate(value)]
            return [item for item in items if item is not None] or None
        if path in withheld.paths:
            return None
        if path in withheld.words and isinstance(value, str):
            instead = labels.get(path, {})
            hidden = withheld.words[path]
            shown = (
                _instead(instead.get(n, WITHHELD_MARK)) if n in hidden else word
                for n, word in enumerate(words_of(value))
            )
            return "".join(shown).rstrip()
        return value

    kept = keep(content, "")
    return kept if isinstance(kept, dict) else {}


def _instead(label: str) -> str:
    return f"{label} " if label else ""


def count_withheld_fields(shown: ShownRecord) -> int:
    """Return how many fields of a record are withheld whole. Cases that it covers are counted for themselves."""
    covered = {case.path for case in covered_by(shown.record)}
    names = {path.split("/")[2] for path in shown.withheld.paths - covered if path.startswith("/fields/")}
    return len(names)


def cases_shown(shown: ShownRecord) -> tuple[int, int]:
    """Return how many of the cases that a record covers are shown, and how many it covers."""
    return len(covered_by(shown.shown)), len(covered_by(shown.record))
