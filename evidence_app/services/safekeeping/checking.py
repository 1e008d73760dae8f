"""Full check of a store: recompute every hash and compare (docs/spec/store.md, “check”)."""

import contextlib
import hashlib
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.phrases import Phrase, phrase
from evidence_app.domain.progress import Cancel, Progress, never, no_progress
from evidence_app.domain.record.program_kinds import RESCUE
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.text.number_ranges import in_spans, read_spans
from evidence_app.domain.time.times import london_day
from evidence_app.errors import Cancelled, EnvironmentProblem, InputError, StoreDamaged, VerificationError
from evidence_app.proof import merkle
from evidence_app.proof.bundle.verify_log import NOT_HAD, counted
from evidence_app.proof.checkpoints import Checkpoint, verify_checkpoint
from evidence_app.proof.encoding.json import JsonObject, canonical, parse
from evidence_app.proof.encoding.times import read_moment, spell
from evidence_app.proof.verdicts import Report, Verdict
from evidence_app.services.core.session import Session
from evidence_app.services.records.disposed import disposed_in
from evidence_app.services.records.external_attestations import last_outside_clock
from evidence_app.services.records.heads_in_records import checkpoints_of
from evidence_app.services.safekeeping.leaf_hashes import with_leaf_hashes
from evidence_app.services.safekeeping.sealed_slots import difference
from evidence_app.store.record_table import HANDOVERS
from evidence_app.store.store import Store

LAST: Final = "last_check"
"""Name of the setting with the time and result of the last check."""
NEVER_CHECKED: Final = "not checked yet"


def check_store(session: Session, progress: Progress = no_progress, cancel: Cancel = never) -> Report:
    """Check every database page, record, tree node and attachment, and the latest checkpoint (docs/spec/store.md, “check”).

    All reads see one snapshot. Damage is reported as a failed check, not raised.

    Raises:
        Cancelled: `cancel` returned true.
    """
    report = Report()
    store = session.store
    try:
        with store.snapshot():
            _check_everything(session, report, progress, cancel)
    except StoreDamaged as error:
        report.add("database", False, error.sentence)
    return report


def _check_everything(session: Session, report: Report, progress: Progress, cancel: Cancel) -> None:
    store = session.store
    faults = store.integrity_faults()
    report.add("database pages", not faults, "Every page is as it was written." if not faults else faults[0])
    lost, disposed = lost_in(store), disposed_in(store)
    heads: HeldHeads = []
    nodes = _check_records(session, lost.records | disposed.positions, heads, report, progress, cancel)
    _check_tree(session, nodes, report)
    _check_heads(heads, nodes, report)
    _check_attachments(store, lost.attachments, report, cancel)
    _check_received(session, lost.attachments, report, cancel)
    _check_slots(session, lost, report)
    report.notes += session.store.remarks()
    if lost.said_in:
        report.notes.append(lost.in_words())
    if disposed.said_in:
        report.notes.append(disposed.in_words())
    clock = last_outside_clock(session)
    report.notes.append(clock.in_words() if clock else "No outside clock vouches for this log yet.")


def _check_slots(session: Session, lost: "Lost", report: Report) -> None:
    """Compare the header's key slots with the sealed changes of keys. Where records are lost, one of them may have been a change."""
    fault = difference(session)
    if fault and lost.records:
        report.notes.append(fault)
    else:
        report.add("keys", not fault, fault or "The ways into the store are those that the log says.")


def check_and_remember(session: Session, progress: Progress = no_progress, cancel: Cancel = never) -> Report:
    """Check the store and save time and result in its settings. A store that is open read-only is left as it is.

    Raises:
        Cancelled: `cancel` returned true.
    """
    report = check_store(session, progress, cancel)
    result: JsonObject = {"at": spell(session.clock.now()), "holds": report.verdict is Verdict.VERIFIED}
    with contextlib.suppress(EnvironmentProblem), session.store.transaction():
        session.store.keep_setting(LAST, canonical(result))
    return report


def last_check(session: Session) -> Phrase:
    """Return the London day and the result of the last check, as one phrase."""
    stored = session.store.setting(LAST)
    try:
        result = parse(stored) if stored else None
        if not isinstance(result, dict):
            return phrase(NEVER_CHECKED)
        day = london_day(read_moment(str(result["at"])))
    except (InputError, KeyError):
        return phrase(NEVER_CHECKED)
    if result.get("holds") is True:
        return phrase("checked {day}", day=day)
    return phrase("the check of {day} found something wrong", day=day)


Nodes = dict[tuple[int, int], bytes]
"""Complete nodes of the Merkle tree: (level, index within the level) to 32-byte hash. Level 0 are the leaves."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Losses named in sealed rescue records: positions of records, SHA-256 of attachments, positions of the rescue records."""

    records: frozenset[int]
    attachments: frozenset[str]
    said_in: tuple[int, ...]

    def in_words(self) -> str:
        """Return a sentence with the losses and the rescue records that name them."""
        said = f"record {self.said_in[0]} says" if len(self.said_in) == 1 else f"records {in_spans(self.said_in)} say"
        things = [f"records {in_spans(self.records)}"] if self.records else []
        things += [f"{len(self.attachments)} attachments"] if self.attachments else []
        return f"Lost with a damaged store, as {said}: {' and '.join(things) or 'nothing'}."


def lost_in(store: Store) -> Lost:
    """Return all losses named in sealed rescue records (docs/spec/rescue.md). A malformed list of records counts as empty."""
    rescues = list(store.records.select(Selection(kind=RESCUE.name)))
    records: set[int] = set()
    attachments: set[str] = set()
    for rescue in rescues:
        # A rescue can only have lost what was sealed before it.
        with contextlib.suppress(InputError):
            records |= read_spans(str(rescue.fields.get("lost_records", "")), rescue.index)
        attachments |= set(str(rescue.fields.get("lost_attachments", "")).split())
    return Lost(frozenset(records), frozenset(attachments), tuple(rescue.index for rescue in rescues))


HeldHeads = list[tuple[int, Checkpoint]]
"""Checkpoints of this log that its records hold, each with the position of the record."""


def _check_records(
    session: Session,
    lost: frozenset[int],
    heads: HeldHeads,
    report: Report,
    progress: Progress,
    cancel: Cancel,
) -> Nodes:
    """Recompute the leaf hash of every record and report differences. Returns the tree nodes built from the recomputed hashes.

    Adds to `heads` the checkpoints of this log that the records hold.
    """
    store = session.store
    nodes: Nodes = {}

    def complete(position: int, leaf_hash: bytes) -> None:
        # A node that is a right child completes its parent (Merkle tree of RFC 9162, section 2.1.1).
        for level, index, digest in merkle.completed_by(position, leaf_hash, lambda level, index: nodes[level, index]):
            nodes[level, index] = digest

    total, altered, position, seen = store.log.size(), 0, 0, 0
    back: list[int] = []

    def tick() -> None:
        if cancel():
            raise Cancelled

    # Closed here, whatever happens: a query or a worker left open would be found by the collector when the store is gone.
    with (
        contextlib.closing(store.records.rows_to_check()) as rows,
        contextlib.closing(with_leaf_hashes(rows, total, tick)) as derived,
    ):
        for stored, leaf_hash in derived:
            tick()
            record = stored.record
            # A record that a rescue declared lost, or that was disposed of, has no content to hash: the stored leaf hash stands in, so that the root can still
            # be compared. Any other gap shows as a wrong index below.
            while position < record.index and position in lost:
                complete(position, store.log.node_at(0, position))
                position += 1
            if record.index != position or leaf_hash != record.leaf_hash or not stored.columns_agree:
                altered += 1
                report.add(f"record {record.index}", False, "It is not what was sealed.")
            back += [record.index] if record.clock_went_back else []
            heads += [(record.index, head) for head in checkpoints_of(session, record)]
            complete(position, leaf_hash)
            position, seen = position + 1, seen + 1
            if position % 256 == 0:
                progress(position, total)
    if position != total:
        report.add("number of records", False, f"The log has {total} records; the store holds {position}.")
    if back:
        report.notes.append(f"The clock of the machine went back before these were sealed: records {in_spans(back)}.")
    if not altered:
        report.add("records", True, f"All {seen} records are what was sealed.")
    return nodes


def _check_tree(session: Session, nodes: Nodes, report: Report) -> None:
    """Compare the recomputed root with the signed checkpoint, and the recomputed nodes with the stored ones."""
    store = session.store
    size = store.log.size()
    try:
        checkpoint = verify_checkpoint(store.log.checkpoint(size), session.log_key.public)
        root = merkle.root(size, lambda level, index: nodes.get((level, index), b""))
        agrees = checkpoint.root == root and _are_stored(store, nodes)
        report.add(
            "log", agrees, f"The signed head of {size} records {'fits' if agrees else 'does not fit'} the records."
        )
    except VerificationError as error:
        report.add("log", False, error.sentence)


def _are_stored(store: Store, nodes: Nodes) -> bool:
    """Whether the store holds these nodes and no others. They are read one by one: a second copy of all would take as much memory again."""
    count = 0
    for place, digest in store.log.nodes():
        if nodes.get(place) != digest:
            return False
        count += 1
    return count == len(nodes)


def _check_heads(heads: HeldHeads, nodes: Nodes, report: Report) -> None:
    """Compare the checkpoints of this log that its records hold with the recomputed nodes (docs/spec/bundle.md, section 6)."""
    false = 0
    for index, head in heads:
        had = (
            0 < head.size <= index
            and merkle.root(head.size, lambda level, at: nodes.get((level, at), b"")) == head.root
        )
        if not had:
            false += 1
            report.add(f"head in record {index}", False, NOT_HAD.format(counted(head.size, "record")))
    if heads and not false:
        report.add(
            "heads in records", True, f"All {len(heads)} heads of this log that its records hold are ones that it had."
        )


def _check_attachments(store: Store, lost: frozenset[str], report: Report, cancel: Cancel) -> None:
    """Compare the SHA-256 of every stored attachment, and report attachments that a record names and the store lacks."""
    stored = set(store.attachments.digests())
    altered = 0
    for sha256 in stored:
        digest = hashlib.sha256()
        try:
            for chunk in store.attachments.stream(sha256):
                digest.update(chunk)
                if cancel():
                    raise Cancelled
            intact = digest.hexdigest() == sha256
        except StoreDamaged:
            intact = False
        if not intact:
            altered += 1
            report.add(f"attachment {sha256[:12]}", False, "Its bytes are not those that were sealed.")
    missing = named_attachments(store) - stored - lost
    for sha256 in sorted(missing):
        report.add(f"attachment {sha256[:12]}", False, "A record names it, and the store does not hold it.")
    if not altered and not missing:
        report.add("attachments", True, f"All {len(stored)} attachments are the bytes that were received.")


def _check_received(session: Session, lost: frozenset[str], report: Report, cancel: Cancel) -> None:
    """Compare the stored copies of received records with the bundles attached to the hand-over records."""
    store = session.store
    positions = store.records.found_by(HANDOVERS)
    if not positions:
        return
    from evidence_app.services.members.handover_log import what_it_showed

    count, altered = 0, []
    for handover in map(store.records.get, positions):
        if cancel():
            raise Cancelled
        digest = str(handover.fields["sha256"])
        if digest in lost:
            continue
        stored = [
            (each.content, each.index, each.leaf_hash, each.sealed_at, disclosure)
            for each, disclosure in store.received.disclosures(handover.index)
        ]
        try:
            shown = what_it_showed(b"".join(store.attachments.stream(digest)))
        except (StoreDamaged, VerificationError):
            shown = []
        disclosed = [
            (each.content, each.index, each.leaf_hash, each.sealed_at, canonical(disclosure))
            for each, disclosure in shown
        ]
        count += len(stored)
        if not disclosed or stored != disclosed:
            altered.append(str(handover.index))
    sentence = f"All {count} records that were handed over are as they came."
    if altered:
        sentence = f"What is kept of the hand-over in record {', '.join(altered[:5])} is not what came."
    report.add("records received", not altered, sentence)


def named_attachments(store: Store) -> set[str]:
    """Return the SHA-256 of all attachments that records name as stored."""
    records = store.records.with_attachments()
    return {facts.sha256 for record in records for facts in record.attachments if facts.kept}
