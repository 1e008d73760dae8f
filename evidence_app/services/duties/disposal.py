"""Dispose of what a rep holds about a member: what it is, what else names them, and its removal (docs/spec/store.md, “Disposal”)."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from evidence_app.domain.people.members import named_in
from evidence_app.domain.plan.plan_files import read_saved_plan
from evidence_app.domain.plan.saved_plan import Document, Redaction, SavedPlan, Section
from evidence_app.domain.record.cases.holds import Hold, holds_in, over
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.fields import MAX_ITEMS, MAX_LINE_LENGTH
from evidence_app.domain.record.program_kinds import CARD, EXPORT, WITNESSING
from evidence_app.domain.record.records import RecordRef, SealedRecord
from evidence_app.domain.record.rep_kinds import DISPOSAL, HANDOVER
from evidence_app.domain.record.selection import ReceivedQuery, Selection
from evidence_app.domain.record.story_line import StoryLine
from evidence_app.domain.record.vocabularies import DISPOSAL_REASONS
from evidence_app.domain.text.counted import counted
from evidence_app.domain.text.folding import name_key
from evidence_app.domain.text.number_ranges import in_spans
from evidence_app.errors import InputError
from evidence_app.proof.commitment import scalars
from evidence_app.proof.encoding.json import Json, JsonObject, canonical, parse
from evidence_app.proof.encoding.times import day_in_words, spell
from evidence_app.services.bundles import saved_plans
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session
from evidence_app.services.members.members import find_member, require_taking_in
from evidence_app.services.safekeeping.backups import last_backup
from evidence_app.store.store import Store

OWNED_BY_NAME: Final = {CARD.name: "name", WITNESSING.name: "whose"}
"""Kinds of the program that are about one person, and the field that names them."""
SUBJECT_ACCESS: Final = "subject-access"
"""The profile of what is held about one member."""
MIN_NAME: Final = 4
"""Letters of a name that is looked for in records when it is no member's any more."""
CITED: Final = re.compile(r"\[(\d{1,9})(?:/\d{1,9})?\]")
"""A record that a paragraph cites: [12] or [3/2]."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is held about a member.

    `theirs` is about them alone, `others` names them and may be about others too. `held_back` are those of both that are marked as not to
    be destroyed. `plans` are saved plans of their records alone, `joint_plans` those that have records of others too; `elsewhere` says where
    else the name stands.
    """

    name: str
    theirs: tuple[SealedRecord, ...]
    others: tuple[SealedRecord, ...]
    held_back: tuple[SealedRecord, ...]
    plans: tuple[str, ...]
    joint_plans: tuple[str, ...]
    elsewhere: tuple[str, ...]

    def to_json(self) -> JsonObject:
        """Return it as the command line prints it."""

        def listed(records: Iterable[SealedRecord]) -> list[Json]:
            return [{"record": each.index, "kind": each.kind.name, "headline": each.headline(90)} for each in records]

        return {
            "name": self.name,
            "theirs": listed(self.theirs),
            "others": listed(self.others),
            "held_back": [each.index for each in self.held_back],
            "plans": list(self.plans),
            "joint_plans": list(self.joint_plans),
            "elsewhere": list(self.elsewhere),
        }


@dataclass(frozen=True, slots=True)
class DisposedOf:
    """A disposal that was done: what was sealed, how many records are gone, whether the journal is empty, and what remains to be done by hand."""

    sealed: Sealed
    count: int
    journal_empty: bool
    remains: tuple[str, ...]

    def in_words(self) -> str:
        """Say what is gone."""
        words = f"{counted(self.count, 'record is', 'records are')} gone; record {self.sealed.index} says so, and names nobody."
        later = (
            "" if self.journal_empty else " The last traces in the journal go when the store is opened the next time."
        )
        return " ".join([words + later, *self.remains])


def held_about(session: Session, name: str) -> Held:
    """Return what is held about a member.

    Raises:
        InputError: there is no such member, or this is not a rep's store.
    """
    records = [each for each in session.store.records.select(Selection()) if each.index]
    whole_name = _whole_name(session, name, records)
    key = name_key(whole_name)
    refs = _own_references(records, key)
    theirs = [each for each in records if _is_about(each, key, refs)]
    positions = {each.index for each in theirs}
    others = [
        each for each in records if each.index not in positions and each.kind is not DISPOSAL and _names(each, key)
    ]
    held_back = tuple(_held_back(session, records, (*theirs, *others)))
    gone = _gone(session, theirs, key)
    naming = {name: plan for name, plan in saved_plans.saved_plans(session).items() if without(plan, gone) != plan}
    joint = tuple(name for name, plan in naming.items() if without(plan, gone) is not None)
    plans = tuple(name for name in naming if name not in joint)
    return Held(whole_name, tuple(theirs), tuple(others), held_back, plans, joint, tuple(_elsewhere(session, key)))


def _held_back(
    session: Session, records: Sequence[SealedRecord], about: Iterable[SealedRecord]
) -> Iterator[SealedRecord]:
    """Yield the records that a hold covers: one of this store, or one among what a hand-over brought."""
    holds = holds_in(records)
    for record in about:
        if over(record, holds) or (record.kind is HANDOVER and holds_in_handover(session, record)):
            yield record


def holds_in_handover(session: Session, handover: SealedRecord) -> list[Hold]:
    """Return the holds that stand among what a hand-over brought, of whoever handed it over."""
    received = session.store.received.select(ReceivedQuery((str(handover.fields["origin"]),)))
    return holds_in([each.record for each in received if each.handover == handover.index])


def _whole_name(session: Session, name: str, records: Iterable[SealedRecord]) -> str:
    """Return the name of a member, or of somebody whom records still name when what was theirs alone is gone.

    Raises:
        InputError: nobody is called so, or this is not a rep's store.
    """
    try:
        return find_member(session, name).name
    except InputError:
        require_taking_in(session)
        if len(name_key(name)) < MIN_NAME or not any(_names(each, name_key(name)) for each in records):
            raise
    return name.strip()


def _own_references(records: Iterable[SealedRecord], key: str) -> frozenset[str]:
    """Return the case references under which nobody but a member is named."""
    whose: dict[str, set[str]] = {}
    for record in records:
        name = named_in(record)
        if name and record.case_ref:
            whose.setdefault(record.case_ref, set()).add(name_key(name))
    return frozenset(ref for ref, names in whose.items() if names == {key})


def _is_about(record: SealedRecord, key: str, refs: Collection[str]) -> bool:
    """Whether a record is about one member alone: it names them as its member, or stands under a reference of theirs alone."""
    field = OWNED_BY_NAME.get(record.kind.name)
    if field is not None:
        return name_key(str(record.fields.get(field, ""))) == key
    name = named_in(record)
    if name:
        return name_key(name) == key
    if record.kind is EXPORT and record.fields.get("profile") == SUBJECT_ACCESS:
        return name_key(str(record.fields.get("recipient", ""))) == key
    return bool(record.case_ref) and record.case_ref in refs and not record.kind.by_program


def _names(record: SealedRecord, key: str) -> bool:
    return any(isinstance(value, str) and key in name_key(value) for _, value in scalars(record.content))


@dataclass(frozen=True, slots=True)
class _Gone:
    """What goes: positions of the rep's own records, hand-overs, digests of their files, and the key of a name."""

    positions: frozenset[int]
    handovers: frozenset[int]
    digests: frozenset[str]
    key: str

    def has(self, record: object) -> bool:
        """Return whether a record goes, by its key."""
        return record.handover in self.handovers if isinstance(record, RecordRef) else record in self.positions

    def is_told(self, text: str) -> bool:
        """Return whether a text names whoever it is, or cites a record that goes."""
        cited = (int(each) for each in CITED.findall(text))
        return self.key in name_key(text) or any(each in self.positions | self.handovers for each in cited)


def _gone(session: Session, records: Collection[SealedRecord], key: str) -> _Gone:
    handovers = frozenset(each.index for each in records if each.kind is HANDOVER)
    origins = tuple(str(each.fields["origin"]) for each in records if each.kind is HANDOVER)
    handed = session.store.received.select(ReceivedQuery(origins)) if origins else ()
    files = [facts for each in records for facts in each.attachments]
    files += [facts for each in handed if each.handover in handovers for facts in each.record.attachments]
    return _Gone(frozenset(each.index for each in records), handovers, frozenset(each.sha256 for each in files), key)


def without(plan: SavedPlan, gone: _Gone) -> SavedPlan | None:
    """Return a plan without the records that go and the words that name whoever it is; None if it is about nobody else."""

    def left(sections: Iterable[Section]) -> tuple[Section, ...]:
        kept = (
            replace(each, documents=tuple(one for one in each.documents if not _is_told(gone, one.to_json(), one)))
            for each in sections
            if not gone.is_told(each.title) or any(not gone.has(one.record) for one in each.documents)
        )
        return tuple(replace(each, title=plain(each.title, "Records")) for each in kept if each.documents)

    def plain(text: str, instead: str = "") -> str:
        return instead if gone.is_told(text) else text

    def lines(of: Iterable[StoryLine]) -> tuple[StoryLine, ...]:
        return tuple(each for each in of if not gone.has(each.record) and not gone.is_told(each.text))

    cover = plan.cover
    changed = replace(
        plan,
        title=plain(plan.title),
        recipient=plain(plan.recipient),
        sections=None if plan.sections is None else left(plan.sections),
        late=left(plan.late),
        left_out=tuple(each for each in plan.left_out if not gone.has(each.record) and not gone.is_told(each.reason)),
        redactions=tuple(each for each in plan.redactions if not _is_told(gone, each.to_json(), each)),
        pseudonyms=tuple(each for each in plan.pseudonyms if not gone.is_told(each[1])),
        cover=replace(
            cover,
            parties=tuple(each for each in cover.parties if not gone.is_told(each)),
            representative=plain(cover.representative),
            hearing=plain(cover.hearing),
        ),
        story=lines(plan.story),
        asked=plain(plan.asked),
        matters=lines(plan.matters),
        statement=tuple(each for each in plan.statement if not gone.is_told(each)),
    )
    # What was made of hand-overs is theirs alone where no other member's is left; else, where none of its records are left.
    before, after = (
        [each.record for each in each_plan.documents() if each.record not in {None, 0}] for each_plan in (plan, changed)
    )
    from_others = [any(isinstance(each, RecordRef) for each in records) for records in (before, after)]
    is_theirs = from_others == [True, False] or (bool(before) and not after)
    return None if is_theirs or gone.key in name_key(plan.name) else changed


def _is_told(gone: _Gone, content: JsonObject, item: Document | Redaction) -> bool:
    """Whether an item of a plan is of a record that goes, or names whoever it is."""
    names = any(isinstance(value, str) and gone.key in name_key(value) for _, value in scalars(content))
    return names or gone.has(item.record) or item.exhibit in gone.digests


def _elsewhere(session: Session, key: str) -> Iterable[str]:
    """Yield where else a name stands, which is for the person to put right: drafts and settings."""
    drafts = sum(key in name_key(str(canonical(draft.entry), "utf-8")) for draft in session.store.drafts.all())
    if drafts:
        yield f"{counted(drafts, 'draft names', 'drafts name')} them: look through “drafts”."
    stored = session.store.setting("settings")
    if stored and key in name_key(stored.decode("utf-8", "replace")):
        yield "The settings name them: look through “settings”."


def dispose(
    session: Session,
    held: Held,
    reason: str,
    *,
    note: str = "",
    also: Collection[int] = (),
    keep: Collection[int] = (),
) -> DisposedOf:
    """Remove what is held about a member, and seal that it is gone.

    `also` are positions of records that name them beside those that are theirs, `keep` those that stay.

    Raises:
        InputError: the reason is none of `DISPOSAL_REASONS`, nothing would go, or a record is marked as not to be destroyed.
        EnvironmentProblem: the store cannot be written. Nothing is gone then.
    """
    require_taking_in(session)
    if reason not in DISPOSAL_REASONS:
        raise InputError(f"Say why, with one of: {'; '.join(DISPOSAL_REASONS)}.")
    if name_key(held.name) in name_key(note):
        raise InputError("The note names the member: what remains must name nobody.")
    gone = _chosen(held, also, keep)
    positions = {each.index for each in gone}
    handovers = [each for each in gone if each.kind is HANDOVER]
    left_of = _gone(session, gone, name_key(held.name))

    def remove(store: Store) -> None:
        store.dispose(positions, [each.index for each in handovers])
        kept = {name: plan for name, plan in _plans(store).items() if name not in held.plans}
        for name in held.joint_plans:
            left = without(read_saved_plan(kept[name]), left_of)
            kept = {**kept, name: left.to_json()} if left is not None else kept
        store.keep_setting(saved_plans.NAME, canonical(kept))

    entry = Entry(DISPOSAL, spell(session.clock.now()), "exact", _fields(gone, handovers, reason, note))
    sealed = seal(session, entry, also=remove)
    session.held_by_handovers.clear()
    return DisposedOf(sealed, len(gone), session.store.scrub(), tuple(_remains(session, held, positions)))


def _chosen(held: Held, also: Collection[int], keep: Collection[int]) -> list[SealedRecord]:
    by_position = {each.index: each for each in (*held.theirs, *held.others)}
    for position in (*also, *keep):
        if position not in by_position:
            raise InputError(f"Record {position} is not among what is held about {held.name}.")
    wanted = ({each.index for each in held.theirs} | set(also)) - set(keep)
    gone = [by_position[position] for position in sorted(wanted)]
    if not gone:
        raise InputError("Nothing would go: every record is to be kept.")
    held_back = {each.index for each in held.held_back}
    stopped = next((each for each in gone if each.index in held_back), None)
    if stopped is not None:
        raise InputError(
            f"Record {stopped.index} is under a hold: it must not be destroyed. Keep it (--keep {stopped.index}), or do not dispose now."
        )
    return gone


def _fields(gone: list[SealedRecord], handovers: list[SealedRecord], reason: str, note: str) -> JsonObject:
    sorts = Counter(each.kind.label for each in gone)
    fields: JsonObject = {
        "reason": reason,
        "disposed_records": in_spans(each.index for each in gone),
        "count": len(gone),
        "sorts": "; ".join(f"{label}: {count}" for label, count in sorted(sorts.items())),
    }
    if note.strip():
        fields["note"] = note.strip()[:MAX_LINE_LENGTH]
    receipts: list[Json] = [
        {"record": each.index, "sha256": str(each.fields["sha256"]), "head": str(each.fields["head"])}
        for each in handovers[:MAX_ITEMS]
    ]
    return fields | ({"receipts": receipts} if receipts else {})


def _plans(store: Store) -> JsonObject:
    stored = store.setting(saved_plans.NAME)
    plans = parse(stored) if stored else {}
    return plans if isinstance(plans, dict) else {}


def _remains(session: Session, held: Held, positions: Collection[int]) -> Iterable[str]:
    """Yield what the program cannot do: other records that name them, drafts and settings, and copies that left the store."""
    if held.plans:
        yield f"Gone too: {counted(len(held.plans), 'plan')} of their records alone."
    if held.joint_plans:
        yield f"Without them now, and kept: plan {'; plan '.join(held.joint_plans)}. Look through what is left of it."
    left = [each.index for each in (*held.theirs, *held.others) if each.index not in positions]
    if left:
        verb = "names" if len(left) == 1 else "name"
        yield f"Kept, and {verb} them: {'record' if len(left) == 1 else 'records'} {in_spans(left)}."
    yield from held.elsewhere
    backup = last_backup(session)
    if backup is not None:
        yield f"Backups made until {day_in_words(backup.made_at.date())} still hold it: destroy them, and make a new one."
    yield "Bundles that were handed out, and paper, are out of the program's reach: “register” lists them."
