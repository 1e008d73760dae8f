"""What a rep's bundle shows of members' logs: their records under numbers of their own, with the disclosures that came with them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from evidence_app.bundle.plan.parts import HandedOverPages, ShownHandover, runs_of
from evidence_app.bundle.plan.redacted_record import ShownRecord
from evidence_app.bundle.plan.resolved_plan import NOT_IN_PLAN, Plan
from evidence_app.domain.plan.saved_plan import MAX_TITLE_LENGTH, Document, SavedPlan, Section
from evidence_app.domain.record.records import RecordKey, RecordRef, SealedRecord
from evidence_app.domain.record.selection import ReceivedQuery, Selection
from evidence_app.domain.text.folding import name_key
from evidence_app.errors import InputError
from evidence_app.proof.attestations import Attestation, with_words
from evidence_app.proof.checkpoints import verify_checkpoint
from evidence_app.proof.commitment import scalars
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import JsonObject, parse
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.prior_checkpoints import PriorCheckpoint
from evidence_app.services.core.session import HeldByHandover, Session
from evidence_app.services.members.handover_log import handover_at, read_manifest
from evidence_app.services.members.members import all_members
from evidence_app.store.record_table import HANDOVERS

NOT_HANDED_OVER: Final = "not handed over"
OWN_TITLE: Final = "The rep's own records"


def handed_over_records(session: Session, handovers: Iterable[int]) -> list[SealedRecord]:
    """Return what some hand-overs showed, hand-over by hand-over, each record with the hand-over that brought it."""
    return [
        replace(received.record, handover=handover)
        for handover in sorted(set(handovers))
        for received in sorted(
            session.store.received.select(ReceivedQuery(handover=handover)), key=lambda one: one.record.index
        )
    ]


def named_handovers(plan: SavedPlan) -> set[int]:
    """Return the hand-overs whose records a plan names."""
    return {each.record.handover for each in plan.documents() if isinstance(each.record, RecordRef)}


def with_origins(plan: SavedPlan) -> SavedPlan:
    """Return a plan in which each hand-over's own record, and the first of its log, stand before whatever else of it comes first: they prove it.

    Raises:
        InputError: it leaves one of them out.
    """
    there = {each.record for each in plan.documents()}

    def filled(sections: Sequence[Section]) -> Iterator[Section]:
        for section in sections:
            documents: list[Document] = []
            for each in section.documents:
                for needed in _proving(each.record):
                    if needed not in there:
                        documents.append(Document(needed))
                        there.add(needed)
                documents.append(each)
            yield replace(section, documents=tuple(documents))

    if plan.sections is None:
        return plan
    needed_all = {needed for each in plan.documents() for needed in _proving(each.record)}
    for left in plan.left_out:
        if left.record is not None and left.record in needed_all:
            handover = left.record.handover if isinstance(left.record, RecordRef) else left.record
            raise InputError(
                f"The plan leaves out record {left.record}, without which the records of hand-over "
                f"{handover} prove nothing. Leave those out too."
            )
    return replace(plan, sections=tuple(filled(plan.sections)), late=tuple(filled(plan.late)))


def _proving(record: RecordKey | None) -> tuple[RecordKey, ...]:
    """Return the records without which one of another log proves nothing: the hand-over that brought it, and the first record of its log."""
    return (record.handover, RecordRef(record.handover, 0)) if isinstance(record, RecordRef) else ()


def sections_by_member(
    session: Session, own: Sequence[int], names: Sequence[str], case_ref: str, days: Selection
) -> tuple[Section, ...]:
    """Return a section of the rep's own records, then one of each member's latest records, in the order of what happened.

    `names` are members, or else all whom the rep's case is about, or all where neither is said; `days` bound when things happened.

    Raises:
        InputError: nobody is called so.
    """
    wanted = {name_key(name) for name in names}
    sections = [Section(OWN_TITLE, tuple(map(Document, own)))] if own else []
    for member in all_members(session):
        key = name_key(member.name)
        if key not in wanted if names else case_ref and case_ref not in member.cases:
            continue
        wanted.discard(key)
        found = session.store.received.select(ReceivedQuery(tuple(member.origins))) if member.origins else ()
        records = tuple(
            Document(RecordRef(each.handover, each.record.index))
            for each in found
            if each.record.index and _is_within(each.record, days)
        )
        if records:
            sections.append(Section(f"Records of {member.name}"[:MAX_TITLE_LENGTH], records))
    if wanted:
        raise InputError(f"There is no member “{min(wanted)[:40]}”. “members” lists them.")
    return tuple(sections)


def bundle_of(session: Session, handover: int) -> bytes:
    """Return the bundle that was handed over, as it came out of its envelope. It was verified when it was received.

    Raises:
        InputError: there is no such hand-over.
    """
    digest = str(handover_at(session, handover).fields["sha256"])
    return b"".join(session.store.attachments.stream(digest))


def pages_handed_over(session: Session, handovers: Iterable[int]) -> dict[str, HandedOverPages]:
    """Return where in some hand-overs the pages of members' files are, by the SHA-256 of the file; of several the last.

    A slip sheet, which stands for a file that is not shown, is none.
    """
    found: dict[str, HandedOverPages] = {}
    received = set(session.store.records.found_by(HANDOVERS))
    for handover in sorted(received.intersection(handovers)):
        whose = str(handover_at(session, handover).fields["member"])
        for each in _held(session, handover).exhibits:
            if each.how != "slip":
                found[each.sha256] = HandedOverPages(handover, whose, each.first_page, each.pages)
    return found


def _held(session: Session, handover: int) -> HeldByHandover:
    """Return what a hand-over holds beside its records. It is read once in a session: a hand-over never changes."""
    known = session.held_by_handovers
    if handover not in known:
        bundle = bundle_of(session, handover)
        if bundle:
            manifest = read_manifest(bundle)
            known[handover] = HeldByHandover(tuple(manifest.exhibits), tuple(manifest.clocks))
        else:
            # Only its digest is kept.
            known[handover] = HeldByHandover()
    return known[handover]


def _clocks_in(session: Session, handover: int, shown: Mapping[int, ShownRecord]) -> Iterator[Attestation]:
    """Yield the outside clocks of a member's log whose records are shown, with what these say of them."""
    for clock in _held(session, handover).clocks:
        if clock.record in shown:
            yield with_words(clock, dict(scalars(shown[clock.record].shown.content)))


def _is_within(record: SealedRecord, days: Selection) -> bool:
    """Whether a record's event lies in the days, and is of the kind, that were asked for."""
    at = spell(record.event[0])
    early = bool(days.event_from) and at < days.event_from
    late = bool(days.event_to) and at > days.event_to
    return not (early or late or (days.kind and record.kind.name != days.kind))


def describe(session: Session, plan: Plan) -> tuple[ShownHandover, ...]:
    """Return what a plan that was worked out shows of each hand-over, and what it leaves out of that log."""
    handovers = sorted({key.handover for key in plan.keys if isinstance(key, RecordRef)})
    return tuple(
        _describe(session, handover, {each.record.index: each for each in plan.of_handover(handover)})
        for handover in handovers
    )


def _describe(session: Session, handover: int, shown: Mapping[int, ShownRecord]) -> ShownHandover:
    record = handover_at(session, handover)
    signed = str(record.fields["signed_checkpoint"])
    first = next(session.store.received.select(ReceivedQuery(handover=handover, position=0)))
    log_key = base64.decode(first.record.fields["log_key"], size=32)
    checkpoint = verify_checkpoint(signed, log_key)
    received = {each.record.index for each in session.store.received.select(ReceivedQuery(handover=handover))}
    reasons = [
        (position, NOT_IN_PLAN if position in received else NOT_HANDED_OVER)
        for position in range(checkpoint.size)
        if position not in shown
    ]
    whose = str(record.fields["member"])
    clocks = tuple(_clocks_in(session, handover, shown))
    return ShownHandover(
        handover, whose, checkpoint, signed, log_key, record.sealed_at, tuple(runs_of(reasons)), clocks
    )


@dataclass(frozen=True, slots=True)
class OthersEvidence:
    """The disclosures of the records that were handed over, by their numbers, and what stood for withheld words in them."""

    disclosures: dict[RecordRef, JsonObject] = field(default_factory=dict)
    by_handover: dict[int, JsonObject] = field(default_factory=dict)
    continued: dict[int, list[PriorCheckpoint]] = field(default_factory=dict)

    def labels(self, handover: int) -> JsonObject:
        """Return what stood for withheld words, as the manifest of the hand-over said."""
        return self.by_handover.get(handover, {})

    def earlier(self, handover: int) -> Sequence[PriorCheckpoint]:
        """Return the earlier checkpoints of that log with their proofs, as the manifest of the hand-over gave them."""
        return self.continued.get(handover, [])


def handed_over_evidence(session: Session, plan: Plan) -> OthersEvidence:
    """Return what the store holds to prove the records of others in a plan."""
    found = OthersEvidence()
    for each in plan.handed_over:
        shown = {one.record.index for one in plan.of_handover(each.handover)}
        for record, said in session.store.received.disclosures(each.handover):
            disclosure = parse(said) if record.index in shown else None
            if isinstance(disclosure, dict):
                found.disclosures[RecordRef(each.handover, record.index)] = disclosure
        manifest = read_manifest(bundle_of(session, each.handover))
        labels, found.continued[each.handover] = manifest.labels, manifest.earlier
        found.by_handover[each.handover] = {
            str(position): {
                path: {str(place): label for place, label in words.items()} for path, words in by_path.items()
            }
            for position, by_path in labels.items()
        }
    return found
