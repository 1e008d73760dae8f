"""Work a plan out: which records and exhibits go in, what of them is withheld, what is left out and why."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import TypedDict

from evidence_app.bundle.plan.attached import attached_files
from evidence_app.bundle.plan.parts import runs_of
from evidence_app.bundle.plan.redacted_record import ShownRecord, only_proves, show
from evidence_app.bundle.plan.redaction import Applied, RedactionRun
from evidence_app.bundle.plan.request import PlanRequest, rules_for
from evidence_app.bundle.plan.resolved_plan import (
    CLOSED,
    COUNTED,
    DISPOSED,
    HANDOVER_DAYS_AHEAD,
    LOST,
    NOT_CHOSEN,
    NOT_IN_PLAN,
    Plan,
    threads_of,
    when,
)
from evidence_app.bundle.plan.rules import BY_HAND, KIND_LEFT_OUT, TELLING, reasons_against
from evidence_app.bundle.plan.sections import place_documents
from evidence_app.domain.people.pseudonyms import Pseudonyms, earlier_pseudonyms
from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.plan.saved_plan import Cover, SavedPlan
from evidence_app.domain.record.cases.covered_cases import cases_of
from evidence_app.domain.record.records import RecordKey, SealedRecord, record_order
from evidence_app.domain.record.rep_kinds import DISPOSAL
from evidence_app.domain.record.story_line import StoryLine
from evidence_app.domain.record.taken_word_lists import lists_after
from evidence_app.domain.settings import Settings
from evidence_app.domain.text.number_ranges import read_spans
from evidence_app.domain.thread.due_items import DueItem, due_items
from evidence_app.domain.thread.late_matches import late_matches
from evidence_app.domain.thread.threads import all_threads
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import JsonObject


def make_plan(
    profile: Profile,
    records: Iterable[SealedRecord],
    wanted: PlanRequest,
    owner: JsonObject,
    made_at: datetime,
    settings: Settings | None = None,
) -> Plan:
    """Decide what is shown and what is left out. `records` are all records of the log, in order.

    Raises:
        InputError: the profile is about one case and none was named, nothing would be shown, or the saved plan names what cannot be shown.
    """
    settings, records = settings or Settings(), list(records)
    _require_case(profile, wanted, records)
    saved = wanted.saved or SavedPlan(profile.name)
    own = [record for record in records if not record.handover]
    size = own[-1].index + 1
    stages = _stages(saved, wanted, {*range(size), *(record.key for record in records[len(own) :])})
    rules = rules_for(profile, records, wanted, settings, owner)
    run = RedactionRun(rules, Applied(pseudonyms=_pseudonyms(wanted, saved)))
    today, against = _front_day(saved) or london_day(made_at), reasons_against(profile, records, wanted)
    waiting = {each.record.key for each in _open(profile, records, today, settings)}
    choice = _choose(profile, own, against, wanted, stages, saved, waiting)
    choice.shown.extend(_from_others(records[len(own) :], against, wanted, stages, saved))
    # Stage by stage, so that what comes late moves no number of an exhibit and no pseudonym.
    choice.shown.sort(key=lambda record: (stages.get(record.key, 0), record_order(record.key)))
    shown = [show(profile, record, run) for record in choice.shown]
    attached = attached_files(shown, records, saved, stages, wanted.handed_over if profile.exhibits else None)
    shown.sort(key=lambda each: record_order(each.record.key))
    addenda, later = _addenda(records, stages, saved)
    # What the front pages say of records goes through the same rules, after the records themselves.
    case_shown, open_items = run.text(wanted.case_ref), _open_as_shown(profile, records, shown, today, settings, run)
    return Plan(
        **_titles(profile, wanted, saved, owner),
        profile=profile,
        case_ref=wanted.case_ref,
        made_at=made_at,
        shown=tuple(shown),
        left_out=tuple(runs_of(choice.reasons)),
        tree_size=size,
        demonstration=records[0].fields.get("purpose") == "demonstration",
        addenda=MappingProxyType(addenda),
        later_addenda=MappingProxyType(later),
        threads=tuple(threads_of(shown, london_day(made_at), settings)),
        matched_later=MappingProxyType(dict(late_matches([each.shown for each in shown]))),
        rules=rules,
        applied=run.applied,
        case_shown=case_shown,
        sections=place_documents(saved, _with_pages(profile, shown), attached["exhibits"], stages, _front_day(saved)),
        stages=MappingProxyType(stages),
        settings=settings,
        open=open_items,
        counted=tuple(choice.counted),
        word_lists=lists_after(records),
        collective=wanted.collective,
        of_other_kinds=tuple(_of_other_kinds(records[len(own) :], against, shown)),
        **attached,
        **_written(profile, saved, shown),
    )


def _with_pages(profile: Profile, shown: Iterable[ShownRecord]) -> list[ShownRecord]:
    """Return the records that have a place on the pages, in the order of time."""
    return sorted((each for each in shown if not only_proves(profile, each.record)), key=when)


class _Written(TypedDict):
    cover: Cover
    story: tuple[StoryLine, ...]
    asked: str
    matters: tuple[StoryLine, ...]
    statement: tuple[str, ...]
    prefix: str
    large_print: bool
    pictures: tuple[str, ...]


def _written(profile: Profile, saved: SavedPlan, shown: Sequence[ShownRecord]) -> _Written:
    """Return what the maker of the bundle wrote of it.

    Raises:
        InputError: a line rests on a record that is not in the bundle, or the profile has no place for pictures.
    """
    if saved.pictures and (profile.brief or profile.counts):
        raise InputError(f"A bundle of the profile “{profile.name}” has no place for pictures: leave “pictures” out.")
    keys = {each.record.key for each in shown}
    for line in (*saved.story, *saved.matters):
        if line.record is not None and line.record not in keys:
            raise InputError(
                f"A line of the story rests on record {line.record}, which is not in this bundle: “{line.text[:60]}”."
            )
    return {
        "cover": saved.cover,
        "story": saved.story,
        "asked": saved.asked,
        "matters": saved.matters,
        "statement": saved.statement,
        "prefix": saved.prefix,
        "large_print": saved.large_print,
        "pictures": saved.pictures,
    }


def _require_case(profile: Profile, wanted: PlanRequest, records: Iterable[SealedRecord]) -> None:
    if profile.one_case and not wanted.case_ref:
        raise InputError(
            f"A bundle of the profile “{profile.audience}” is about one case: say which, under Case or with “--case”."
        )
    if profile.one_case and not any(wanted.case_ref in cases_of(record) for record in records):
        raise InputError(
            f"No record names the case {wanted.case_ref[:40]}: look whether it is written as in the records."
        )


class _Titles(TypedDict):
    title: str
    recipient: str
    owner: JsonObject
    saved_as: str


def _titles(profile: Profile, wanted: PlanRequest, saved: SavedPlan, owner: JsonObject) -> _Titles:
    """Return what the cover calls the bundle, its recipient and its owner, and the plan that it follows."""
    return {
        "title": wanted.title or saved.title or profile.title,
        "recipient": wanted.recipient or saved.recipient or profile.audience,
        "owner": {} if profile.owner_withheld else owner,
        "saved_as": saved.name,
    }


def _open_as_shown(
    profile: Profile,
    records: Sequence[SealedRecord],
    shown: Sequence[ShownRecord],
    today: date,
    settings: Settings,
    run: RedactionRun,
) -> tuple[DueItem, ...]:
    """Return what is open in the records shown, in words that may be shown."""
    as_shown = {each.record.key: each.shown for each in shown}
    still_open = _open(profile, [as_shown.get(record.key, record) for record in records], today, settings)
    return tuple(replace(each, words=run.text(each.words)) for each in still_open if each.record.key in as_shown)


def _front_day(saved: SavedPlan) -> date | None:
    """Return the day from which the front of a plan with late sections looks back, where it is kept."""
    return date.fromisoformat(saved.as_of) if saved.late and saved.as_of else None


@dataclass(frozen=True, slots=True)
class _Choice:
    """The records that are shown, those that are only counted, and why each of the others is left out."""

    shown: list[SealedRecord]
    counted: list[SealedRecord]
    reasons: list[tuple[int, str]]


def _with_gaps(records: Iterable[SealedRecord]) -> Iterator[SealedRecord | int]:
    """Yield the records in their order, and in their places the positions of those that were lost or disposed of."""
    position = 0
    for record in records:
        yield from range(position, record.index)
        yield record
        position = record.index + 1


def _disposed(records: Iterable[SealedRecord]) -> frozenset[int]:
    """Return the positions that sealed disposals name."""
    positions: set[int] = set()
    for record in records:
        if record.kind is DISPOSAL and not record.handover:
            positions |= read_spans(str(record.fields["disposed_records"]), record.index)
    return frozenset(positions)


def _choose(
    profile: Profile,
    records: Iterable[SealedRecord],
    against: Mapping[RecordKey, str],
    wanted: PlanRequest,
    stages: Mapping[RecordKey, int],
    saved: SavedPlan,
    waiting: set[RecordKey],
) -> _Choice:
    choice = _Choice([], [], [])
    records = list(records)
    disposed = _disposed(records)
    for record in _with_gaps(records):
        if isinstance(record, int):
            choice.reasons.append((record, DISPOSED if record in disposed else LOST))
            continue
        reason = _why_not(record, against, wanted, stages, saved)
        if profile.counts and record.index:
            # How many are left out for which reason would itself be a small count.
            choice.counted.extend([] if reason else [record])
            reason = COUNTED
        if not reason and profile.open_only and record.index and record.index not in waiting:
            reason = CLOSED
        if reason:
            choice.reasons.append((record.index, reason))
        else:
            choice.shown.append(record)
    there = any(record.index for record in (*choice.shown, *choice.counted)) or wanted.collective is not None
    if not there and not profile.open_only:
        raise InputError("No record is chosen: look at the case, the period and the thread.")
    return choice


def _from_others(
    records: Iterable[SealedRecord],
    against: Mapping[RecordKey, str],
    wanted: PlanRequest,
    stages: Mapping[RecordKey, int],
    saved: SavedPlan,
) -> Iterator[SealedRecord]:
    """Yield the records that were handed over and that the plan names."""
    for record in records:
        if record.key in stages and not _why_not(record, against, wanted, stages, saved):
            yield record


def _of_other_kinds(
    records: Iterable[SealedRecord], against: Mapping[RecordKey, str], shown: Iterable[ShownRecord]
) -> Iterator[SealedRecord]:
    """Yield the records of hand-overs that are shown whose kind alone keeps them out: their authors wrote them, and the maker is told."""
    handovers = {each.record.handover for each in shown}
    for record in records:
        is_written = record.handover in handovers and not record.kind.by_program
        if is_written and against[record.key] == KIND_LEFT_OUT:
            yield record


def _open(profile: Profile, records: Sequence[SealedRecord], today: date, settings: Settings) -> Sequence[DueItem]:
    if not profile.open_only:
        return ()
    return due_items(all_threads(records, today, settings), records, today, settings, HANDOVER_DAYS_AHEAD)


Addenda = dict[RecordKey, tuple[RecordKey, ...]]


def _addenda(
    records: Sequence[SealedRecord], stages: Mapping[RecordKey, int], saved: SavedPlan
) -> tuple[Addenda, Addenda]:
    """Return for each record what adds to it: what did when its stage was made, and what came later."""
    stands = [(saved.as_of, saved.as_of_records), *((each.as_of, each.as_of_records) for each in saved.late)]
    then: Addenda = {}
    later: Addenda = {}
    for record in records:
        for earlier in record.adds_to:
            stage = stages.get(earlier, 0)
            unknown_then = record.key not in stages and stage < len(saved.late) and _is_after(record, *stands[stage])
            came_later = stages.get(record.key, stage) > stage or unknown_then
            known = later if came_later else then
            known[earlier] = (*known.get(earlier, ()), record.key)
    return then, later


def _is_after(record: SealedRecord, day: str, size: int | None) -> bool:
    """Whether a record was sealed after a bundle was made: by the size of its log, or where that is not kept by its day."""
    if size is not None:
        return record.index >= size
    return bool(day) and london_day(record.sealed_at).isoformat() > day


def _stages(saved: SavedPlan, wanted: PlanRequest, there: Collection[RecordKey]) -> dict[RecordKey, int]:
    """Return the stage of each record that a plan with sections names, or of each that was asked for.

    Raises:
        InputError: it names a record that is not there.
    """
    for left in saved.left_out:
        if left.record == 0 or (left.record is not None and left.record not in there):
            where = "always goes in" if left.record == 0 else "is not in this log"
            raise InputError(f"The plan leaves out record {left.record}, which {where}.")
    if saved.sections is None:
        return dict.fromkeys(wanted.positions, 0)
    stages: dict[RecordKey, int] = {0: 0}
    for stage, sections in enumerate(saved.stages):
        for document in (document for section in sections for document in section.documents):
            if document.record is not None and document.record not in there:
                raise InputError(f"The plan names record {document.record}, which is not in this log.")
            if document.record is not None:
                stages[document.record] = stage
    return stages


def _why_not(
    record: SealedRecord,
    against: Mapping[RecordKey, str],
    wanted: PlanRequest,
    stages: Mapping[RecordKey, int],
    saved: SavedPlan,
) -> str:
    if record.key == 0:
        return ""
    by_hand = next((left.reason for left in saved.left_out if left.record == record.key), "")
    if by_hand:
        return by_hand
    reason = against[record.key]
    named = wanted.by_person and saved.sections is not None and record.key in stages
    if named and reason in BY_HAND:
        return ""
    if reason and named:
        # This sentence is for the author alone, before there is a bundle.
        raise InputError(
            f"Record {record.number} cannot be in a bundle of this profile: {reason}. Take it out of the plan."
        )
    if not reason and record.key not in stages:
        return NOT_CHOSEN if saved.sections is None else NOT_IN_PLAN
    return NOT_CHOSEN if reason in TELLING else reason


def _pseudonyms(wanted: PlanRequest, saved: SavedPlan) -> Pseudonyms:
    """Return the pseudonyms to begin with: what their letters follow from, and those of bundles that were made of the plan before."""
    seed = wanted.pseudonyms_from if saved.pseudonyms_from is None else saved.pseudonyms_from
    return Pseudonyms(seed, earlier=earlier_pseudonyms(saved.pseudonyms))
