"""The plan of a bundle: which records are shown, what of them is withheld, and what is left out and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from evidence_app.bundle.profiles import Profile
from evidence_app.bundle.redaction import KEPT, PROVING, Labels, Redactor
from evidence_app.crypto.commitment import scalars, words_of
from evidence_app.domain.fields import Audience, Field, FieldType, JsonObject
from evidence_app.domain.identifiers import CORRESPONDENTS, PATTERNS
from evidence_app.domain.kinds import fields_of
from evidence_app.domain.records import AttachmentFacts, SealedRecord
from evidence_app.domain.settings import Settings
from evidence_app.domain.threads import Thread, all_threads
from evidence_app.domain.times import london_day
from evidence_app.errors import InputError
from evidence_app.receipts.disclosures import WITHHELD_MARK, Withheld


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A record in the bundle: as it is shown, and what of it is withheld."""

    record: SealedRecord
    withheld: Withheld
    shown: SealedRecord
    labels: Mapping[str, Labels] = field(default_factory=dict)

    @property
    def withheld_words(self) -> int:
        """How many words are withheld inside fields that are shown."""
        return sum(len(positions) for positions in self.withheld.words.values())


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A run of positions that are not shown, and why."""

    first: int
    last: int
    reason: str

    @property
    def count(self) -> int:
        """How many records it is."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An attachment in the bundle. `records` are the positions of the records that have it."""

    number: int
    facts: AttachmentFacts
    records: tuple[int, ...]

    @property
    def key(self) -> str:
        """The name of its place in the PDF."""
        return f"exhibit-{self.number}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides what a bundle is, before any page is drawn. Times are in UTC."""

    profile: Profile
    title: str
    recipient: str
    case_ref: str
    owner: JsonObject
    made_at: datetime
    shown: tuple[ShownRecord, ...]
    left_out: tuple[LeftOut, ...]
    exhibits: tuple[Exhibit, ...]
    tree_size: int
    demonstration: bool = False
    addenda: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    threads: tuple[Thread, ...] = ()
    redactor: Redactor | None = None

    @property
    def case_in_words(self) -> str:
        """The case as the bundle names it: a pseudonym where the profile asks for one."""
        return self.redactor.text(self.case_ref) if self.redactor is not None else self.case_ref

    def has(self, section: str) -> bool:
        """Whether the profile asks for a part of the bundle."""
        return not self.profile.sections or section in self.profile.sections

    def chronological(self) -> list[ShownRecord]:
        """Return the shown records in the order in which things happened."""
        return sorted(self.shown, key=lambda shown: (shown.record.event[0], shown.record.index))

    def exhibits_of(self, index: int) -> list[Exhibit]:
        """Return the exhibits of a record."""
        return [exhibit for exhibit in self.exhibits if index in exhibit.records]

    @property
    def left_out_count(self) -> int:
        """How many records are not shown."""
        return sum(run.count for run in self.left_out)

    @property
    def withheld_fields(self) -> int:
        """How many fields of shown records are withheld whole."""
        return sum(len(shown.withheld.paths) for shown in self.shown)

    @property
    def withheld_words(self) -> int:
        """How many words are withheld inside fields that are shown."""
        return sum(shown.withheld_words for shown in self.shown)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person asked for, beside the profile."""

    positions: frozenset[int]
    case_ref: str = ""
    title: str = ""
    recipient: str = ""


def make_plan(
    profile: Profile,
    records: Iterable[SealedRecord],
    wanted: Wanted,
    owner: JsonObject,
    made_at: datetime,
    settings: Settings | None = None,
) -> Plan:
    """Decide what is shown and what is left out. `records` are all records of the log, in order.

    Raises:
        InputError: the profile is about one case and none was named, or nothing would be shown.
    """
    if profile.one_case and not wanted.case_ref:
        raise InputError(
            f"A bundle for the {profile.audience} is about one case: say which (--case on the command line)."
        )
    settings = settings or Settings()
    records = list(records)
    redactor = _redactor(profile, records, wanted, settings)
    shown: list[ShownRecord] = []
    reasons: list[tuple[int, str]] = []
    size, demonstration = 0, False
    addenda: dict[int, tuple[int, ...]] = {}
    for record in records:
        size = record.index + 1
        for earlier in record.adds_to:
            addenda[earlier] = (*addenda.get(earlier, ()), record.index)
        reason = _why_not(profile, record, wanted)
        if record.index == 0:
            demonstration = record.fields.get("purpose") == "demonstration"
        if reason:
            reasons.append((record.index, reason))
        else:
            shown.append(_show(profile, record, redactor))
    if not any(each.record.index for each in shown):
        raise InputError("No record is chosen: look at the case, the period and the thread.")
    return Plan(
        profile=profile,
        title=wanted.title or profile.title,
        recipient=wanted.recipient or profile.audience,
        case_ref=wanted.case_ref,
        owner=owner,
        made_at=made_at,
        shown=tuple(shown),
        left_out=tuple(_runs(reasons)),
        exhibits=tuple(_exhibits(shown)) if profile.exhibits else (),
        tree_size=size,
        demonstration=demonstration,
        addenda=addenda,
        threads=tuple(_threads(shown, made_at, settings)),
        redactor=redactor,
    )


def _threads(shown: Sequence[ShownRecord], made_at: datetime, settings: Settings) -> Iterator[Thread]:
    """Yield the threads of the records shown, as they are shown, in the order in which they began."""
    found = all_threads([each.shown for each in shown], london_day(made_at), settings)
    for thread in sorted(found, key=lambda each: (each.root.event[0], each.root.index)):
        if len(thread.steps) > 1 or thread.asks:
            yield thread


def _why_not(profile: Profile, record: SealedRecord, wanted: Wanted) -> str:
    if record.index == 0:
        return ""
    if record.restricted and record.restricted not in profile.restricted:
        return "union or legal advice"
    if profile.kinds and record.kind.name not in profile.kinds and not record.adds_to:
        # What corrects a record goes where that record goes, whatever its kind.
        return "of a kind that this profile leaves out"
    if profile.one_case and record.case_ref and record.case_ref != wanted.case_ref:
        return "another case"
    if record.fields.get("lao") is True and not profile.limited_access and record.case_ref != wanted.case_ref:
        return "limited access case"
    if record.index not in wanted.positions:
        return "outside the chosen case, period or thread"
    return ""


def _redactor(profile: Profile, records: Sequence[SealedRecord], wanted: Wanted, settings: Settings) -> Redactor:
    """Return what finds the words to withhold.

    Raises:
        InputError: the title or the recipient would itself identify a client.
    """
    cases = {record.case_ref for record in records if record.case_ref}
    names = (*settings.client_names, *sorted(cases))
    redactor = Redactor(profile, wanted.case_ref, names, frozenset(_correspondents(records)))
    if profile.pseudonyms and any(redactor.text(text) != text for text in (wanted.title, wanted.recipient)):
        raise InputError(
            "The title or the recipient holds what identifies a client: this bundle is to hold nothing of the sort."
        )
    return redactor


def _correspondents(records: Sequence[SealedRecord]) -> Iterator[str]:
    for record in records:
        written: JsonObject = {name: record.fields[name] for name in CORRESPONDENTS if name in record.fields}
        for _, value in scalars(written):
            yield from (found.group().upper() for found in PATTERNS["e-mail address"].finditer(str(value)))


def _show(profile: Profile, record: SealedRecord, redactor: Redactor) -> ShownRecord:
    paths = frozenset(_withheld_paths(profile, record))
    labels: dict[str, Labels] = {}
    for path, value in scalars(record.content):
        if isinstance(value, str) and path not in paths:
            found = redactor.words_in(path, value)
            if found:
                labels[path] = found
    withheld = Withheld(paths, {path: frozenset(found) for path, found in labels.items()})
    return ShownRecord(record, withheld, replace(record, content=_without(record.content, withheld, labels)), labels)


def _withheld_paths(profile: Profile, record: SealedRecord) -> Iterator[str]:
    prefixes = tuple(
        f"/fields/{each.name}"
        for each in fields_of(record.kind)
        if each.audience is not Audience.ANYONE and each.audience in profile.withheld
    )
    foreign = profile.own_words and record.kind.name == "message" and record.fields.get("direction") == "received"
    for path, _ in scalars(record.content):
        hidden = not profile.content and record.index > 0 and not _proves(path)
        if (
            hidden
            or any(path == prefix or path.startswith(f"{prefix}/") for prefix in prefixes)
            or (foreign and path in {"/fields/content", "/fields/subject"})
        ):
            yield path


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


def withheld_fields(shown: ShownRecord) -> list[Field]:
    """Return the fields of a record that are withheld whole, for naming them on the page."""
    names = {path.split("/")[2] for path in shown.withheld.paths if path.startswith("/fields/")}
    return [each for each in fields_of(shown.record.kind) if each.name in names and each.type in FieldType]


def _runs(reasons: Sequence[tuple[int, str]]) -> Iterator[LeftOut]:
    run: LeftOut | None = None
    for position, reason in reasons:
        if run is not None and run.last == position - 1 and run.reason == reason:
            run = LeftOut(run.first, position, reason)
            continue
        if run is not None:
            yield run
        run = LeftOut(position, position, reason)
    if run is not None:
        yield run


def reasons_in_words(left_out: Sequence[LeftOut]) -> str:
    """Say how many records are left out for which reason."""
    counts = Counter[str]()
    for run in left_out:
        counts[run.reason] += run.count
    return "; ".join(f"{count} {reason}" for reason, count in counts.most_common())


def _exhibits(shown: Sequence[ShownRecord]) -> Iterator[Exhibit]:
    found: dict[str, tuple[AttachmentFacts, list[int]]] = {}
    for each in sorted(shown, key=lambda item: (item.record.event[0], item.record.index)):
        for facts in each.shown.attachments:
            found.setdefault(facts.sha256, (facts, []))[1].append(each.record.index)
    for number, (facts, records) in enumerate(found.values(), start=1):
        yield Exhibit(number, facts, tuple(dict.fromkeys(records)))
