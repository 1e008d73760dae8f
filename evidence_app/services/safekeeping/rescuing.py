"""Rescue: build a new store from the readable parts of a damaged one (docs/spec/rescue.md)."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from evidence_app.domain.progress import Cancel, StageProgress, cancellable, never, no_stage_progress
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.program_kinds import RESCUE
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.text.number_ranges import in_spans
from evidence_app.domain.time.times import Clock
from evidence_app.errors import StoreDamaged, VerificationError
from evidence_app.proof.checkpoints import verify_checkpoint
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.signing import LogKey
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import HOLDER, MACHINE, OWNER, PASSPHRASE, Session, SystemClock
from evidence_app.services.records.disposed import disposed_in
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.leaf_hashes import derived_hash
from evidence_app.store import header as headers
from evidence_app.store.damaged import DamagedDatabase, copy_readable
from evidence_app.store.header import unlock
from evidence_app.store.header_names import COPY
from evidence_app.store.record_table import HANDOVERS
from evidence_app.store.store import Store
from evidence_app.store.store_folder import DAMAGED_COPY, DATABASE_FILES, LOCK, require_outside, take_lock

DAMAGED: Final = "The store was damaged."
"""Default reason in the record of a rescue."""
KEYS: Final = ("log_key", "certificate", "certificate_key")
"""Settings without which the log cannot be extended."""
RULES: Final = (OWNER, MACHINE, HOLDER)
"""Settings with the owner and the rules on client data: without them the new store would apply other rules."""
WHAT: Final = {"drafts": "drafts", "draft_attachments": "files of drafts", "settings": "settings"}
"""Tables whose loss is reported but does not stop a rescue, with the name that is reported."""
TOO_MUCH: Final = "Too much of this store is damaged for its log to go on. Use a backup, and keep the damaged store."
NO_KEYS: Final = (
    "The keys of this store's log are damaged: its log cannot go on. Use a backup, and keep the damaged store."
)
DIGESTS_A_RECORD: Final = 2_500
"""Maximum number of SHA-256 digests in one rescue record; more are spread over several records."""
NOTHING: Final = sha256(b"").hexdigest()
"""SHA-256 of the empty file."""


@dataclass(slots=True)
class Rescued:
    """Result of a rescue: size of the log, lost positions, SHA-256 of lost attachments.

    `newest_lost` is true if records sealed last may be missing altogether; `record` is the position of the last rescue record.
    """

    records: int = 0
    lost: set[int] = field(default_factory=set)
    lost_attachments: set[str] = field(default_factory=set)
    newest_lost: bool = False
    left_behind: set[str] = field(default_factory=set)
    """Kinds of other data that could not be copied in full: drafts, their files, settings."""
    record: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing is lost."""
        return not (self.lost or self.lost_attachments or self.newest_lost or self.left_behind)

    def to_json(self) -> JsonObject:
        """Return the result as a JSON object, the output format of the command line."""
        return {
            "records": self.records,
            "lost_records": [*sorted(self.lost)],
            "lost_attachments": [*sorted(self.lost_attachments)],
            "newest_lost": self.newest_lost,
            "left_behind": [*sorted(self.left_behind)],
            "rescue": self.record,
        }

    def in_words(self) -> str:
        """Return a summary of rescued and lost data."""
        words = f"{self.records - len(self.lost)} of {self.records} records rescued."
        if self.lost:
            words += f" Lost: {'record' if len(self.lost) == 1 else 'records'} {in_spans(self.lost)}."
        if 0 in self.lost:
            words += " Record 0, which names the log's key, is among them: bundles made from now on cannot be shown to be from their log."
        if self.lost_attachments:
            count = len(self.lost_attachments)
            words += f" {count} attachment{' is' if count == 1 else 's are'} lost."
        if self.newest_lost:
            words += " What was sealed last may be missing: its receipts do not fit this store."
        if self.left_behind:
            words += f" Not all of these could be read: {', '.join(sorted(self.left_behind))}."
        return words + f" That it was rescued is record {self.record}."


def rescue(
    damaged: Path,
    folder: Path,
    secret: str,
    *,
    opens_with: str = PASSPHRASE,
    why: str = DAMAGED,
    progress: StageProgress = no_stage_progress,
    cancel: Cancel = never,
    clock: Clock | None = None,
) -> tuple[Session, Rescued]:
    """Rescue a damaged store into a missing or empty folder. Returns the new store, open for writing, and the result.

    The damaged store is only read. `why` is the reason in the sealed record.

    Raises:
        InputError: the folder is not empty.
        WrongKey: the secret opens neither the header nor its copy.
        StoreDamaged: too much is damaged. Nothing is left in the folder.
        EnvironmentProblem, Cancelled: nothing is left in the folder.
    """
    header, data_key = _unlocked(damaged, secret, opens_with)
    require_outside(folder)
    _require_closed(damaged)
    result = Rescued()
    sessions: list[Session] = []

    progress = cancellable(progress, cancel)

    def begin(store: Store) -> None:
        # SQLite would write to the damaged store when it replays the journal, so all reads go to a copy.
        work = folder / DAMAGED_COPY
        work.mkdir(mode=0o700)
        try:
            source = _open_copy(damaged, work, data_key, progress)
            try:
                with store.transaction():
                    _copy_contents(source, store, result, progress)
                # Sealed before the header is written, so that a store that can be opened always has its rescue record.
                sessions.append(Session(store, clock or SystemClock()))
                _seal_rescue(sessions[0], result, why)
                _require_verified(sessions[0], progress)
            finally:
                source.close()
        finally:
            shutil.rmtree(work, ignore_errors=True)

    Store.found(folder, header, data_key, begin)
    return sessions[0], result


def _require_closed(damaged: Path) -> None:
    """Require that no program has the damaged store open for writing: its files would change while they are copied.

    Raises:
        EnvironmentProblem: the lock of the store is held.
    """
    if (damaged / LOCK).exists():
        take_lock(damaged).release()


def _unlocked(damaged: Path, secret: str, opens_with: str) -> tuple[headers.Header, bytes]:
    try:
        return unlock(damaged, secret, opens_with)
    except StoreDamaged:
        # The header exists twice, with the same bytes (docs/spec/store.md).
        return unlock(damaged, secret, opens_with, COPY)


def _open_copy(damaged: Path, work: Path, data_key: bytes, progress: StageProgress) -> DamagedDatabase:
    """Copy the database and its write-ahead log, still encrypted, into a folder, and open the copy.

    Unreadable sectors become zeros, so that SQLCipher's HMAC marks their page as damaged.

    Raises:
        StoreDamaged: the database is missing, or its first page is damaged.
    """
    files = [damaged / name for name in DATABASE_FILES if name.endswith((".db", "-wal")) and (damaged / name).exists()]
    if not files:
        raise StoreDamaged("The store's database is missing. Use a backup.")
    total = sum(path.stat().st_size for path in files)
    for path in files:
        copy_readable(path, work / path.name, lambda done: progress("copying", done, total))
    try:
        return DamagedDatabase(work, data_key)
    except StoreDamaged as error:
        raise StoreDamaged(
            "The beginning of this store's database is damaged, and nothing in it can be found. Use a backup, and keep the damaged store."
        ) from error


def _copy_contents(source: DamagedDatabase, store: Store, result: Rescued, progress: StageProgress) -> None:
    """Copy settings, records, attachments and drafts, and rebuild the log leaf by leaf. Needs a transaction.

    Raises:
        StoreDamaged: the log cannot be rebuilt as it was signed.
    """
    key = _copy_settings(source, store)
    result.newest_lost = source.lost_commits()
    try:
        result.records = source.size()
        files = _AttachmentCopier(source, store, progress)
    except StoreDamaged as error:
        raise StoreDamaged(TOO_MUCH) from error
    for position in range(result.records):
        if position % 64 == 0:
            progress("rescuing", position, result.records)
        intact, leaf_hash = _read_record(source, position)
        if intact is None:
            result.lost.add(position)
        else:
            record, secret = intact
            store.records.add(record, secret, result.lost)
            result.lost_attachments |= files.bring(record)
        # A lost record keeps its position: its leaf hash alone is enough for the tree. Ed25519 is deterministic (RFC 8032), so the
        # rebuilt checkpoints equal those signed before.
        store.log.append(position, leaf_hash, key)
    # What was disposed of is not lost: a record that was read says so.
    result.lost -= disposed_in(store).positions
    _require_same_log(source, store, key, result.records)
    for draft, held_files in source.drafts():
        store.drafts.save(draft)
        if not files.bring_to_draft(draft.identity, held_files):
            result.left_behind.add("files of drafts")
        if draft.deleted_at:
            store.drafts.mark_deleted(draft.identity, draft.deleted_at)

    _rebuild_received(store, result)
    result.left_behind |= {WHAT[table] for table in source.incomplete if table in WHAT}


def _rebuild_received(store: Store, result: Rescued) -> None:
    """Rebuild the table of received records from the bundles that are attached to the hand-over records."""
    for handover in map(store.records.get, store.records.found_by(HANDOVERS)):
        digest = str(handover.fields["sha256"])
        if digest in result.lost_attachments:
            continue
        from evidence_app.services.members.handover_log import keep_again

        keep_again(store, handover, b"".join(store.attachments.stream(digest)))


def _copy_settings(source: DamagedDatabase, store: Store) -> LogKey:
    """Copy all readable settings, and return the key of the log.

    Raises:
        StoreDamaged: one of `KEYS` or `RULES` is damaged, or one of `KEYS` is missing.
    """
    for name in {*source.setting_names(), *KEYS, *RULES}:
        try:
            value = source.setting(name)
        except StoreDamaged as error:
            if name in KEYS or name in RULES:
                raise StoreDamaged(NO_KEYS) from error
            source.incomplete.add("settings")
            continue
        if value is not None:
            store.keep_setting(name, value)
    if any(store.setting(name) is None for name in KEYS):
        raise StoreDamaged(NO_KEYS)
    return store.log_key()


def _read_record(source: DamagedDatabase, position: int) -> tuple[tuple[SealedRecord, bytes] | None, bytes]:
    """Return a record with its secret, or None if it is lost, and its leaf hash.

    Raises:
        StoreDamaged: both the record and its leaf hash are damaged.
    """
    leaf_hash, stored = None, None
    with contextlib.suppress(StoreDamaged):
        leaf_hash = source.leaf_hash(position)
    with contextlib.suppress(StoreDamaged):
        stored = source.record(position)
    if stored is not None:
        # A record is intact if it hashes to its leaf in the tree, or, where that node is damaged, to its own column.
        derived = derived_hash(*stored)
        if derived == (leaf_hash or stored[0].leaf_hash):
            return stored, derived
    if leaf_hash is None:
        raise StoreDamaged(TOO_MUCH)
    return None, leaf_hash


def _require_same_log(source: DamagedDatabase, store: Store, key: LogKey, size: int) -> None:
    """Require that the rebuilt log has the newest readable checkpoint of the damaged store, byte for byte.

    Raises:
        StoreDamaged: the checkpoints differ, or none could be read.
    """
    note = source.newest_checkpoint(size)
    try:
        if not note or store.log.checkpoint(verify_checkpoint(note, key.public).size) != note:
            raise StoreDamaged(TOO_MUCH)
    except VerificationError as error:
        raise StoreDamaged(TOO_MUCH) from error


class _AttachmentCopier:
    """Copies intact attachments from the damaged store, each content once."""

    def __init__(self, source: DamagedDatabase, store: Store, progress: StageProgress) -> None:
        self._source, self._store = source, store
        runs = list(source.contents(lambda done, total: progress("rescuing", done, total)))
        # Contents whose chunks hash to their digest, by SHA-256. The empty file has no chunks, so it is never in `runs`.
        self._whole = {NOTHING: 0} | {sha256: number for number, sha256, _ in runs}
        self._runs = {number: (sha256, size) for number, sha256, size in runs}
        self._brought: dict[str, int] = {}

    def bring(self, record: SealedRecord) -> set[str]:
        """Copy the attachments of a record, and return the SHA-256 of those that are lost."""
        lost = set()
        for number, facts in enumerate(record.attachments):
            if facts.kept and facts.sha256 in self._whole:
                self._store.attachments.attach(record.index, number, self._take(facts.sha256))
            elif facts.kept:
                lost.add(facts.sha256)
        return lost

    def bring_to_draft(self, identity: str, held_files: list[tuple[int, str]]) -> bool:
        """Copy the intact files of a draft. Returns whether all were intact."""
        copied_count = 0
        for number, name in held_files:
            if self._source.is_whole(number, *self._runs.get(number, (NOTHING, 0))):
                self._store.drafts.attach(identity, name, _Reader(self._source.chunks(number)))
                copied_count += 1
        return copied_count == len(held_files)

    def _take(self, sha256: str) -> int:
        if sha256 not in self._brought:
            chunks = self._source.chunks(self._whole[sha256])
            number, stored_sha256, _ = self._store.attachments.take_in(_Reader(chunks))
            if stored_sha256 != sha256:
                raise StoreDamaged(TOO_MUCH)
            self._brought[sha256] = number
        return self._brought[sha256]


class _Reader:
    """Binary stream over chunks. A read returns the next whole chunk, whatever size is requested."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks

    def read(self, _size: int, /) -> bytes:
        return next(self._chunks, b"")


def _seal_rescue(session: Session, result: Rescued, why: str) -> None:
    """Seal the losses as one or more rescue records; lost records are named in the first only."""
    root = session.store.log.checkpoint(result.records).splitlines()[2]
    digests = sorted(result.lost_attachments)
    for start in range(0, max(1, len(digests)), DIGESTS_A_RECORD):
        fields: JsonObject = {"reason": why, "records": result.records, "head": root}
        fields |= {"lost_records": in_spans(result.lost)} if result.lost and not start else {}
        named_here = digests[start : start + DIGESTS_A_RECORD]
        fields |= {"lost_attachments": " ".join(named_here)} if named_here else {}
        fields |= {"newest_lost": True} if result.newest_lost else {}
        result.record = seal(session, Entry(RESCUE, spell(session.clock.now()), "exact", fields)).index


def _require_verified(session: Session, progress: StageProgress) -> None:
    report = check_store(session, lambda done, total: progress("trying", done, total))
    if report.verdict is not Verdict.VERIFIED:
        raise StoreDamaged(TOO_MUCH)
