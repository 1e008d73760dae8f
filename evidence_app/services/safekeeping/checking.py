"""Re-derive every hash of a store and compare."""

import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.record.program_kinds import RESCUE
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.text.number_ranges import in_spans, read_spans
from evidence_app.domain.time.times import london_day
from evidence_app.errors import Cancelled, EnvironmentProblem, InputError, StoreDamaged, VerificationError
from evidence_app.proof import merkle
from evidence_app.proof.checkpoints import verify_checkpoint
from evidence_app.proof.commitment import commit, leaf_bytes, make_leaf
from evidence_app.proof.encoding.json import JsonObject, canonical, parse
from evidence_app.proof.encoding.times import day_in_words, read_moment, spell
from evidence_app.proof.verdicts import Report, Verdict
from evidence_app.services.core.session import Session
from evidence_app.services.records.external_attestations import last_outside_clock
from evidence_app.store.record_table import HANDOVERS
from evidence_app.store.store import Store

LAST: Final = "last_check"
NEVER_CHECKED: Final = "not checked yet"
Progress = Callable[[int, int], None]
"""Told how much is done of how much."""
Cancel = Callable[[], bool]
"""Asked whether to stop."""


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


def never() -> bool:
    """Do not stop."""
    return False


def check_store(session: Session, progress: Progress = no_progress, cancel: Cancel = never) -> Report:
    """Check every page, record, node and attachment, and the latest checkpoint (docs/spec/store.md, *check*).

    Raises:
        Cancelled: `cancel` said so.
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
    lost = lost_in(store)
    nodes = _check_records(store, lost.records, report, progress, cancel)
    _check_tree(session, nodes, report)
    _check_attachments(store, lost.attachments, report, cancel)
    _check_received(session, lost.attachments, report, cancel)
    if lost.said_in:
        report.notes.append(lost.in_words())
    clock = last_outside_clock(session)
    report.notes.append(clock.in_words() if clock else "No outside clock vouches for this log yet.")


def check_and_remember(session: Session, progress: Progress = no_progress, cancel: Cancel = never) -> Report:
    """Check the store, and remember when and how it came out; a store that is open for reading alone does not remember.

    Raises:
        Cancelled: `cancel` said so.
    """
    report = check_store(session, progress, cancel)
    kept: JsonObject = {"at": spell(session.clock.now()), "holds": report.verdict is Verdict.VERIFIED}
    with contextlib.suppress(EnvironmentProblem), session.store.transaction():
        session.store.keep_setting(LAST, canonical(kept))
    return report


def last_check(session: Session) -> str:
    """Say when the store was last checked, and if it did not hold."""
    stored = session.store.setting(LAST)
    try:
        kept = parse(stored) if stored else None
        if not isinstance(kept, dict):
            return NEVER_CHECKED
        day = day_in_words(london_day(read_moment(str(kept["at"]))))
    except (InputError, KeyError):
        return NEVER_CHECKED
    return f"checked {day}" if kept.get("holds") is True else f"the check of {day} found something wrong"


Nodes = dict[tuple[int, int], bytes]


def derived_hash(record: SealedRecord, secret: bytes) -> bytes:
    """Return the hash of a record's leaf, derived from what the record says (record-log.md)."""
    return merkle.leaf_hash(leaf_bytes(make_leaf(commit(record.content, secret).value, spell(record.sealed_at))))


@dataclass(frozen=True, slots=True)
class Lost:
    """What sealed rescues say was lost with a damaged store: records by position, attachments by SHA-256."""

    records: frozenset[int]
    attachments: frozenset[str]
    said_in: tuple[int, ...]

    def in_words(self) -> str:
        """Say what is lost, and which records say so."""
        said = f"record {self.said_in[0]} says" if len(self.said_in) == 1 else f"records {in_spans(self.said_in)} say"
        things = [f"records {in_spans(self.records)}"] if self.records else []
        things += [f"{len(self.attachments)} attachments"] if self.attachments else []
        return f"Lost with a damaged store, as {said}: {' and '.join(things) or 'nothing'}."


def lost_in(store: Store) -> Lost:
    """Return what sealed rescues say was lost; what is no list of records names none."""
    rescues = list(store.records.select(Selection(kind=RESCUE.name)))
    records: set[int] = set()
    attachments: set[str] = set()
    for each in rescues:
        # A rescue can only have lost what was sealed before it.
        with contextlib.suppress(InputError):
            records |= read_spans(str(each.fields.get("lost_records", "")), each.index)
        attachments |= set(str(each.fields.get("lost_attachments", "")).split())
    return Lost(frozenset(records), frozenset(attachments), tuple(each.index for each in rescues))


def _check_records(store: Store, lost: frozenset[int], report: Report, progress: Progress, cancel: Cancel) -> Nodes:
    nodes: Nodes = {}

    def complete(position: int, leaf_hash: bytes) -> None:
        for level, place, digest in merkle.completed_by(position, leaf_hash, lambda level, place: nodes[level, place]):
            nodes[level, place] = digest

    total, wrong, position, seen = store.log.size(), 0, 0, 0
    for stored in store.records.rows_to_check():
        if cancel():
            raise Cancelled
        record = stored.record
        while position < record.index and position in lost:
            complete(position, store.log.node_at(0, position))
            position += 1
        leaf_hash = derived_hash(record, stored.secret)
        if record.index != position or leaf_hash != record.leaf_hash or not stored.columns_agree:
            wrong += 1
            report.add(f"record {record.index}", False, "It is not what was sealed.")
        complete(position, leaf_hash)
        position, seen = position + 1, seen + 1
        if position % 256 == 0:
            progress(position, total)
    if position != total:
        report.add("number of records", False, f"The log has {total} records; the store holds {position}.")
    if not wrong:
        report.add("records", True, f"All {seen} records are what was sealed.")
    return nodes


def _check_tree(session: Session, nodes: Nodes, report: Report) -> None:
    store = session.store
    size = store.log.size()
    try:
        checkpoint = verify_checkpoint(store.log.checkpoint(size), session.log_key.public)
        root = merkle.root(size, lambda level, place: nodes.get((level, place), b""))
        agrees = checkpoint.root == root and store.log.nodes() == nodes
        report.add(
            "log", agrees, f"The signed head of {size} records {'fits' if agrees else 'does not fit'} the records."
        )
    except VerificationError as error:
        report.add("log", False, error.sentence)


def _check_attachments(store: Store, lost: frozenset[str], report: Report, cancel: Cancel) -> None:
    held = set(store.attachments.digests())
    wrong = 0
    for sha256 in held:
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
            wrong += 1
            report.add(f"attachment {sha256[:12]}", False, "Its bytes are not those that were sealed.")
    missing = named_attachments(store) - held - lost
    for sha256 in sorted(missing):
        report.add(f"attachment {sha256[:12]}", False, "A record names it, and the store does not hold it.")
    if not wrong and not missing:
        report.add("attachments", True, f"All {len(held)} attachments are the bytes that were received.")


def _check_received(session: Session, lost: frozenset[str], report: Report, cancel: Cancel) -> None:
    """Compare the records that members handed over with the bundles in which they came."""
    store = session.store
    positions = store.records.found_by(HANDOVERS)
    if not positions:
        return
    from evidence_app.services.members.handover_log import what_it_showed

    count, wrong = 0, []
    for handover in map(store.records.get, positions):
        if cancel():
            raise Cancelled
        digest = str(handover.fields["sha256"])
        if digest in lost:
            continue
        kept = [
            (each.content, each.index, each.leaf_hash, each.sealed_at, said)
            for each, said in store.received.disclosures(handover.index)
        ]
        try:
            shown = what_it_showed(b"".join(store.attachments.stream(digest)))
        except (StoreDamaged, VerificationError):
            shown = []
        came = [(each.content, each.index, each.leaf_hash, each.sealed_at, canonical(said)) for each, said in shown]
        count += len(kept)
        if not came or kept != came:
            wrong.append(str(handover.index))
    sentence = f"All {count} records that were handed over are as they came."
    if wrong:
        sentence = f"What is kept of the hand-over in record {', '.join(wrong[:5])} is not what came."
    report.add("records received", not wrong, sentence)


def named_attachments(store: Store) -> set[str]:
    """Return the digests of all attachments that records say are kept."""
    records = store.records.with_attachments()
    return {facts.sha256 for record in records for facts in record.attachments if facts.kept}
