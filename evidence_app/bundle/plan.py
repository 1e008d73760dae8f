"""The plan of a bundle, worked out: which records are shown and where, what of them is withheld, what is left out and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from evidence_app.bundle.profiles import Profile
from evidence_app.bundle.redaction import Redactor
from evidence_app.bundle.saved_plan import Document, SavedPlan, Section
from evidence_app.bundle.sections import DEFAULT_SECTIONS, PlacedSection, place_documents
from evidence_app.bundle.withholding import ShownRecord, show
from evidence_app.crypto.commitment import scalars
from evidence_app.domain.chasing import Chaser, chasers
from evidence_app.domain.fields import JsonObject
from evidence_app.domain.identifiers import CORRESPONDENTS, PATTERNS
from evidence_app.domain.records import AttachmentFacts, SealedRecord
from evidence_app.domain.settings import Settings
from evidence_app.domain.threads import Thread, all_threads
from evidence_app.domain.times import london_day
from evidence_app.errors import InputError

NOT_CHOSEN: Final = "outside the chosen case, period or thread"
NOT_IN_PLAN: Final = "not put into the bundle"
ELSEWHERE: Final = "in the bundle that this section belongs to"
COUNTED: Final = "shown in counts, or not at all"
CLOSED: Final = "nothing in it is open"
AHEAD: Final = 260
"""Working days ahead that a hand-over looks: a year."""


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
    """An attachment in the bundle. `records` are the positions of the records that have it; `chosen` is what the person set for it.

    `within` are the places, from 1, of a file inside a mail, or inside a mail that is inside it.
    """

    number: int
    facts: AttachmentFacts
    records: tuple[int, ...]
    chosen: Document = field(default_factory=Document)
    within: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """Its number as it is printed: 4, or 4.1 for the first file in the mail that is exhibit 4."""
        return ".".join(str(number) for number in (self.number, *self.within))

    @property
    def key(self) -> str:
        """The name of its place in the PDF."""
        return f"exhibit-{self.number}"

    @property
    def title(self) -> str:
        """What it is called in index and bookmark."""
        return self.chosen.title or self.facts.name


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides what a bundle is, before any page is drawn. Times are in UTC.

    `stages` tells for each record whether it was there from the beginning (0) or came in the first, second … late section. `open` is what
    waits to be done, `counted` are the records of which counts alone are shown.
    """

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
    later_addenda: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    threads: tuple[Thread, ...] = ()
    redactor: Redactor | None = None
    sections: tuple[PlacedSection, ...] = ()
    stages: Mapping[int, int] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    exhibits_left_out: tuple[tuple[str, str], ...] = ()
    saved_as: str = ""
    open: tuple[Chaser, ...] = ()
    counted: tuple[SealedRecord, ...] = ()

    @property
    def case_in_words(self) -> str:
        """The case as the bundle names it: a pseudonym where the profile asks for one."""
        return self.redactor.text(self.case_ref) if self.redactor is not None else self.case_ref

    @property
    def front_day(self) -> date:
        """The day from which the parts in front look back."""
        days = [section.as_of for section in self.sections if section.stage == 0 and section.as_of]
        return days[0] if days else london_day(self.made_at)

    @property
    def late_sections(self) -> list[PlacedSection]:
        """The sections that were added after the bundle was handed over."""
        return [section for section in self.sections if section.stage]

    def has(self, section: str) -> bool:
        """Whether the profile asks for a part of the bundle."""
        return not self.profile.sections or section in self.profile.sections

    def chronological(self) -> list[ShownRecord]:
        """Return the shown records in the order in which things happened."""
        return sorted(self.shown, key=_when)

    def exhibits_of(self, index: int) -> list[Exhibit]:
        """Return the exhibits of a record."""
        return [exhibit for exhibit in self.exhibits if index in exhibit.records]

    @property
    def positions(self) -> frozenset[int]:
        """The positions of the records shown."""
        return frozenset(each.record.index for each in self.shown)

    def only(self, section: PlacedSection) -> "Plan":
        """Return the plan of one section by itself: its records, those that its exhibits belong to, and the first of the log."""
        exhibits = [each.exhibit for each in section.documents if each.exhibit is not None]
        wanted = {each.record.record.index for each in section.documents if each.record is not None}
        wanted |= {0} | {index for exhibit in exhibits for index in exhibit.records[:1]}
        shown = tuple(each for each in self.shown if each.record.index in wanted)
        left_out = {position: run.reason for run in self.left_out for position in range(run.first, run.last + 1)}
        left_out |= dict.fromkeys(self.positions - wanted, ELSEWHERE)
        return replace(
            self,
            shown=shown,
            sections=(section,),
            exhibits=tuple(
                replace(each, records=tuple(index for index in each.records if index in wanted)) for each in exhibits
            ),
            left_out=tuple(_runs(sorted(left_out.items()))),
            redactor=self.redactor.only({f"record-{index}" for index in wanted} | {each.key for each in exhibits})
            if self.redactor is not None
            else None,
        )

    def at_stage(self, stage: int) -> "Plan":
        """Return the plan as it stood with so many late sections, on the day from which that stage looks back."""
        if not self.late_sections:
            return self
        shown = tuple(each for each in self.shown if self.stages.get(each.record.index, 0) <= stage)
        sections = tuple(section for section in self.sections if section.stage <= stage)
        days = [section.as_of for section in sections if section.stage == stage and section.as_of]
        day = days[0] if days else london_day(self.made_at)
        return replace(self, shown=shown, sections=sections, threads=tuple(_threads(shown, day, self.settings)))

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
    saved: SavedPlan | None = None
    pseudonyms_from: int = 0


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
        InputError: the profile is about one case and none was named, nothing would be shown, or the saved plan names what cannot be shown.
    """
    if profile.one_case and not wanted.case_ref:
        raise InputError(
            f"A bundle for the {profile.audience} is about one case: say which (--case on the command line)."
        )
    settings = settings or Settings()
    records = list(records)
    saved = wanted.saved or SavedPlan(profile.name)
    stages = _stages(saved, wanted, len(records))
    redactor = _redactor(profile, records, wanted, settings)
    still_open = _open(profile, records, made_at, settings)
    waiting = {each.record.index for each in still_open}
    reasons: list[tuple[int, str]] = []
    chosen: list[SealedRecord] = []
    counted: list[SealedRecord] = []
    for record in records:
        reason = _why_not(profile, record, wanted, stages, saved)
        if not reason and profile.counts and record.index:
            counted.append(record)
            reason = COUNTED
        elif reason and profile.counts:
            # How many are left out for which reason would itself be a small count.
            reason = COUNTED
        if not reason and profile.open_only and record.index and record.index not in waiting:
            reason = CLOSED
        if reason:
            reasons.append((record.index, reason))
        else:
            chosen.append(record)
    if not any(record.index for record in (*chosen, *counted)):
        raise InputError("No record is chosen: look at the case, the period and the thread.")
    # Stage by stage, so that what comes late moves no pseudonym and no number of an exhibit.
    chosen.sort(key=lambda record: (stages.get(record.index, 0), record.index))
    shown = [show(profile, record, redactor) for record in chosen]
    exhibits, left_out_exhibits = _exhibits(shown, saved, stages) if profile.exhibits else ([], ())
    shown.sort(key=lambda each: each.record.index)
    addenda, later = _addenda(records, stages, saved)
    first_day = date.fromisoformat(saved.as_of) if saved.late and saved.as_of else None
    return Plan(
        profile=profile,
        title=wanted.title or saved.title or profile.title,
        recipient=wanted.recipient or saved.recipient or profile.audience,
        case_ref=wanted.case_ref,
        owner={} if profile.owner_withheld else owner,
        made_at=made_at,
        shown=tuple(shown),
        left_out=tuple(_runs(reasons)),
        exhibits=tuple(exhibits),
        tree_size=len(records),
        demonstration=records[0].fields.get("purpose") == "demonstration",
        addenda=addenda,
        later_addenda=later,
        threads=tuple(_threads(shown, london_day(made_at), settings)),
        redactor=redactor,
        sections=place_documents(saved, sorted(shown, key=_when), exhibits, stages, first_day),
        stages=stages,
        settings=settings,
        exhibits_left_out=left_out_exhibits,
        saved_as=saved.name,
        open=tuple(each for each in still_open if each.record.index in {record.index for record in chosen}),
        counted=tuple(counted),
    )


def _open(profile: Profile, records: Sequence[SealedRecord], made_at: datetime, settings: Settings) -> Sequence[Chaser]:
    if not profile.open_only:
        return ()
    today = london_day(made_at)
    return chasers(all_threads(records, today, settings), records, today, settings, AHEAD)


def _when(shown: ShownRecord) -> tuple[datetime, int]:
    return shown.record.event[0], shown.record.index


def _addenda(
    records: Sequence[SealedRecord], stages: Mapping[int, int], saved: SavedPlan
) -> tuple[dict[int, tuple[int, ...]], dict[int, tuple[int, ...]]]:
    """Return for each record what adds to it: what did when its stage was made, and what came later."""
    days = [saved.as_of, *(section.as_of for section in saved.late)]
    then: dict[int, tuple[int, ...]] = {}
    later: dict[int, tuple[int, ...]] = {}
    for record in records:
        for earlier in record.adds_to:
            stage = stages.get(earlier, 0)
            sealed = london_day(record.sealed_at).isoformat()
            came_later = stages.get(record.index, stage) > stage or (
                record.index not in stages and bool(days[stage]) and stage < len(saved.late) and sealed > days[stage]
            )
            known = later if came_later else then
            known[earlier] = (*known.get(earlier, ()), record.index)
    return then, later


def _stages(saved: SavedPlan, wanted: Wanted, size: int) -> dict[int, int]:
    """Return the stage of each record that a plan with sections names, or of each that was asked for.

    Raises:
        InputError: it names a record that is not there.
    """
    if saved.sections is None:
        return dict.fromkeys(wanted.positions, 0)
    stages = {0: 0}
    for stage, sections in enumerate(saved.stages):
        for document in (document for section in sections for document in section.documents):
            if document.record is not None and document.record >= size:
                raise InputError(f"The plan names record {document.record}, which is not in this log.")
            if document.record is not None:
                stages[document.record] = stage
    return stages


def _threads(shown: Sequence[ShownRecord], day: date, settings: Settings) -> Iterator[Thread]:
    """Yield the threads of the records shown, as they are shown, in the order in which they began."""
    found = all_threads([each.shown for each in shown], day, settings)
    for thread in sorted(found, key=lambda each: (each.root.event[0], each.root.index)):
        if len(thread.steps) > 1 or thread.asks:
            yield thread


def _why_not(
    profile: Profile, record: SealedRecord, wanted: Wanted, stages: Mapping[int, int], saved: SavedPlan
) -> str:
    if record.index == 0:
        return ""
    by_hand = next((left.reason for left in saved.left_out if left.record == record.index), "")
    if by_hand:
        return by_hand
    reason = _rule_against(profile, record, wanted)
    if reason and saved.sections is not None and record.index in stages:
        raise InputError(
            f"Record {record.index} cannot be in a bundle of this profile: {reason}. Take it out of the plan."
        )
    if not reason and record.index not in stages:
        return NOT_CHOSEN if saved.sections is None else NOT_IN_PLAN
    return reason


def _rule_against(profile: Profile, record: SealedRecord, wanted: Wanted) -> str:
    if record.restricted and record.restricted not in profile.restricted:
        return "union or legal advice"
    if profile.kinds and record.kind.name not in profile.kinds and not record.adds_to:
        # What corrects a record goes where that record goes, whatever its kind.
        return "of a kind that this profile leaves out"
    if profile.one_case and record.case_ref and record.case_ref != wanted.case_ref:
        return "another case"
    if record.fields.get("lao") is True and not profile.limited_access and record.case_ref != wanted.case_ref:
        return "limited access case"
    return ""


def _redactor(profile: Profile, records: Sequence[SealedRecord], wanted: Wanted, settings: Settings) -> Redactor:
    """Return what finds the words to withhold.

    Raises:
        InputError: the title or the recipient would itself identify a client.
    """
    cases = {record.case_ref for record in records if record.case_ref}
    own = wanted.case_ref if profile.keeps_case else ""
    names = (*settings.names_of_clients(apart_from=own), *sorted(cases))
    saved = wanted.saved or SavedPlan(profile.name)
    redactor = Redactor(
        profile,
        wanted.case_ref,
        names,
        frozenset(_correspondents(records)),
        saved.redactions,
        wanted.pseudonyms_from if saved.pseudonyms_from is None else saved.pseudonyms_from,
    )
    titles = [wanted.title, wanted.recipient, saved.title, saved.recipient]
    titles += [section.title for sections in saved.stages for section in sections]
    titles += [text for document in saved.documents() for text in (document.title, document.date)]
    if redactor.looks_at_files and any(redactor.text(text) != text for text in titles):
        raise InputError(
            "The title or the recipient holds what identifies a client: this bundle is to hold nothing of the sort."
        )
    redactor.found.clear()
    return redactor


def _correspondents(records: Sequence[SealedRecord]) -> Iterator[str]:
    for record in records:
        written: JsonObject = {name: record.fields[name] for name in CORRESPONDENTS if name in record.fields}
        for _, value in scalars(written):
            yield from (found.group().upper() for found in PATTERNS["e-mail address"].finditer(str(value)))


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


def _exhibits(
    shown: Sequence[ShownRecord], saved: SavedPlan, stages: Mapping[int, int]
) -> tuple[list[Exhibit], tuple[tuple[str, str], ...]]:
    """Return the attachments of the records shown, each once, numbered as they stand; and those that a person left out, with the reason.

    Raises:
        InputError: the plan names one that no record shown has.
    """
    found: dict[str, tuple[AttachmentFacts, list[int]]] = {}
    for each in sorted(shown, key=lambda item: (stages.get(item.record.index, 0), *_when(item))):
        for facts in each.shown.attachments:
            found.setdefault(facts.sha256, (facts, []))[1].append(each.record.index)
    chosen = {document.exhibit: document for document in saved.documents() if document.exhibit}
    reasons = {left.exhibit: left.reason for left in saved.left_out if left.exhibit}
    for digest in (*chosen, *reasons):
        if digest not in found:
            raise InputError(f"The plan names exhibit {digest[:12]}…, which no record shown has as an attachment.")
    stage_of = {
        document.exhibit: stage
        for stage, sections in enumerate(saved.stages)
        for section in sections
        for document in section.documents
    }
    listed = {digest: place for place, digest in enumerate(chosen)}
    order = sorted(
        (digest for digest in found if digest not in reasons),
        key=lambda digest: (
            stage_of.get(digest, min(stages.get(index, 0) for index in found[digest][1])),
            listed.get(digest, len(listed)),
        ),
    )
    exhibits = [
        Exhibit(
            number, found[digest][0], tuple(dict.fromkeys(found[digest][1])), chosen.get(digest, Document(None, digest))
        )
        for number, digest in enumerate(order, start=1)
    ]
    return exhibits, tuple((found[digest][0].name, reason) for digest, reason in reasons.items())


__all__ = [
    "DEFAULT_SECTIONS",
    "Exhibit",
    "LeftOut",
    "Plan",
    "Section",
    "ShownRecord",
    "Wanted",
    "make_plan",
    "reasons_in_words",
]
