"""Make a new store of what can be read in a damaged one (docs/spec/rescue.md)."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.program_kinds import RESCUE
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.text.number_ranges import in_spans
from evidence_app.domain.time.times import Clock
from evidence_app.errors import Cancelled, StoreDamaged, VerificationError
from evidence_app.proof.checkpoints import verify_checkpoint
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.signing import LogKey
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import HOLDER, MACHINE, OWNER, PASSPHRASE, Session, SystemClock
from evidence_app.services.safekeeping.backups import Progress, tell_nobody
from evidence_app.services.safekeeping.checking import Cancel, check_store, derived_hash, never
from evidence_app.store import header as headers
from evidence_app.store.damaged import DamagedDatabase, copy_readable
from evidence_app.store.header import unlock
from evidence_app.store.record_table import HANDOVERS
from evidence_app.store.store import (
    DAMAGED_COPY,
    DATABASE_FILES,
    LOCK,
    Store,
    require_outside,
    take_lock,
)

DAMAGED: Final = "The store was damaged."
KEYS: Final = ("log_key", "certificate", "certificate_key")
RULES: Final = (OWNER, MACHINE, HOLDER)
"""Whose store it is, and what the machine may hold: without them the new store would follow other rules."""
WHAT: Final = {"drafts": "drafts", "draft_attachments": "files of drafts", "settings": "settings"}
TOO_MUCH: Final = "Too much of this store is damaged for its log to go on. Use a backup, and keep the damaged store."
NO_KEYS: Final = (
    "The keys of this store's log are damaged: its log cannot go on. Use a backup, and keep the damaged store."
)
DIGESTS_A_RECORD: Final = 2_500
NOTHING: Final = sha256(b"").hexdigest()


@dataclass(slots=True)
class Rescued:
    """What a rescue brought over: how many records the log has, which of them are lost, and which attachments."""

    records: int = 0
    lost: set[int] = field(default_factory=set)
    lost_attachments: set[str] = field(default_factory=set)
    newest_lost: bool = False
    left_behind: set[str] = field(default_factory=set)
    """What else could not be brought over: drafts, their files, settings."""
    record: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing is lost."""
        return not (self.lost or self.lost_attachments or self.newest_lost or self.left_behind)

    def to_json(self) -> JsonObject:
        """Return it as the command line prints it."""
        return {
            "records": self.records,
            "lost_records": [*sorted(self.lost)],
            "lost_attachments": [*sorted(self.lost_attachments)],
            "newest_lost": self.newest_lost,
            "left_behind": [*sorted(self.left_behind)],
            "rescue": self.record,
        }

    def in_words(self) -> str:
        """Say what was rescued, and what is lost."""
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
    progress: Progress = tell_nobody,
    cancel: Cancel = never,
    clock: Clock | None = None,
) -> tuple[Session, Rescued]:
    """Make a store of what can be read of a damaged one, in a folder that is not there yet, or is empty; return it open.

    The damaged store is not touched.

    Raises:
        InputError: the folder holds something.
        WrongKey: neither the header nor its copy opens.
        StoreDamaged: too much is damaged. Nothing is left in the folder.
        EnvironmentProblem, Cancelled: nothing is left in the folder.
    """
    header, data_key = _unlocked(damaged, secret, opens_with)
    require_outside(folder)
    _require_closed(damaged)
    found = Rescued()
    sessions: list[Session] = []

    def tell(what: str, done: int, total: int) -> None:
        if cancel():
            raise Cancelled
        progress(what, done, total)

    def begin(store: Store) -> None:
        work = folder / DAMAGED_COPY
        work.mkdir(mode=0o700)
        try:
            source = _copied(damaged, work, data_key, tell)
            try:
                with store.transaction():
                    _bring_over(source, store, found, tell)
                # Before the header is written: a store that can be opened is never without what it says of itself.
                sessions.append(Session(store, clock or SystemClock()))
                _seal_rescue(sessions[0], found, why)
                _require_sound(sessions[0], tell)
            finally:
                source.close()
        finally:
            shutil.rmtree(work, ignore_errors=True)

    Store.found(folder, header, data_key, begin)
    return sessions[0], found


def _require_closed(damaged: Path) -> None:
    """Require that no program writes to the damaged store: its files would change while they are copied.

    Raises:
        EnvironmentProblem: one does.
    """
    if (damaged / LOCK).exists():
        take_lock(damaged).release()


def _unlocked(damaged: Path, secret: str, opens_with: str) -> tuple[headers.Header, bytes]:
    try:
        return unlock(damaged, secret, opens_with)
    except StoreDamaged:
        return unlock(damaged, secret, opens_with, headers.COPY)


def _copied(damaged: Path, work: Path, data_key: bytes, tell: Progress) -> DamagedDatabase:
    files = [damaged / name for name in DATABASE_FILES if name.endswith((".db", "-wal")) and (damaged / name).exists()]
    if not files:
        raise StoreDamaged("The store's database is missing. Use a backup.")
    total = sum(path.stat().st_size for path in files)
    for path in files:
        copy_readable(path, work / path.name, lambda done: tell("copying", done, total))
    try:
        return DamagedDatabase(work, data_key)
    except StoreDamaged as error:
        raise StoreDamaged(
            "The beginning of this store's database is damaged, and nothing in it can be found. Use a backup, and keep the damaged store."
        ) from error


def _bring_over(source: DamagedDatabase, store: Store, found: Rescued, tell: Progress) -> None:
    key = _bring_settings(source, store)
    found.newest_lost = source.lost_commits()
    try:
        found.records = source.size()
        files = _Files(source, store, tell)
    except StoreDamaged as error:
        raise StoreDamaged(TOO_MUCH) from error
    for position in range(found.records):
        if position % 64 == 0:
            tell("rescuing", position, found.records)
        whole, leaf_hash = _read(source, position)
        if whole is None:
            found.lost.add(position)
        else:
            record, secret = whole
            store.records.add(record, secret, found.lost)
            found.lost_attachments |= files.bring(record)
        store.log.append(position, leaf_hash, key)
    _require_same_log(source, store, key, found.records)
    for draft, held in source.drafts():
        store.drafts.save(draft)
        if not files.bring_to_draft(draft.identity, held):
            found.left_behind.add("files of drafts")
        if draft.deleted_at:
            store.drafts.mark_deleted(draft.identity, draft.deleted_at)

    _bring_received(store, found)
    found.left_behind |= {WHAT[table] for table in source.incomplete if table in WHAT}


def _bring_received(store: Store, found: Rescued) -> None:
    """Keep the records that members handed over beside their bundles once more, read out of these."""
    for handover in map(store.records.get, store.records.found_by(HANDOVERS)):
        digest = str(handover.fields["sha256"])
        if digest in found.lost_attachments:
            continue
        from evidence_app.services.members.handover_log import keep_again

        keep_again(store, handover, b"".join(store.attachments.stream(digest)))


def _bring_settings(source: DamagedDatabase, store: Store) -> LogKey:
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


def _read(source: DamagedDatabase, position: int) -> tuple[tuple[SealedRecord, bytes] | None, bytes]:
    """Return a record that is whole with its secret, or nothing, and the hash of its leaf."""
    leaf_hash, stored = None, None
    with contextlib.suppress(StoreDamaged):
        leaf_hash = source.leaf_hash(position)
    with contextlib.suppress(StoreDamaged):
        stored = source.record(position)
    if stored is not None:
        derived = derived_hash(*stored)
        if derived == (leaf_hash or stored[0].leaf_hash):
            return stored, derived
    if leaf_hash is None:
        raise StoreDamaged(TOO_MUCH)
    return None, leaf_hash


def _require_same_log(source: DamagedDatabase, store: Store, key: LogKey, size: int) -> None:
    """Require that the log that was built anew is the one that was signed.

    Raises:
        StoreDamaged: it has another history, or no signed head could be read.
    """
    note = source.newest_checkpoint(size)
    try:
        if not note or store.log.checkpoint(verify_checkpoint(note, key.public).size) != note:
            raise StoreDamaged(TOO_MUCH)
    except VerificationError as error:
        raise StoreDamaged(TOO_MUCH) from error


class _Files:
    """The attachments of a damaged store that are whole, and those that were brought over."""

    def __init__(self, source: DamagedDatabase, store: Store, tell: Progress) -> None:
        self._source, self._store = source, store
        runs = list(source.contents(lambda done, total: tell("rescuing", done, total)))
        # A file without a byte has no chunks, and is whole.
        self._whole = {NOTHING: 0} | {sha256: number for number, sha256, _ in runs}
        self._runs = {number: (sha256, size) for number, sha256, size in runs}
        self._brought: dict[str, int] = {}

    def bring(self, record: SealedRecord) -> set[str]:
        """Bring a record's attachments over, and return the SHA-256 of those that are lost."""
        lost = set()
        for place, facts in enumerate(record.attachments):
            if facts.kept and facts.sha256 in self._whole:
                self._store.attachments.attach(record.index, place, self._take(facts.sha256))
            elif facts.kept:
                lost.add(facts.sha256)
        return lost

    def bring_to_draft(self, identity: str, held: list[tuple[int, str]]) -> bool:
        """Bring the files of a draft over, and return whether all are whole; one that is not is left out."""
        brought = 0
        for number, name in held:
            if self._source.is_whole(number, *self._runs.get(number, (NOTHING, 0))):
                self._store.drafts.attach(identity, name, _Reader(self._source.chunks(number)))
                brought += 1
        return brought == len(held)

    def _take(self, sha256: str) -> int:
        if sha256 not in self._brought:
            chunks = self._source.chunks(self._whole[sha256])
            number, taken, _ = self._store.attachments.take_in(_Reader(chunks))
            if taken != sha256:
                raise StoreDamaged(TOO_MUCH)
            self._brought[sha256] = number
        return self._brought[sha256]


class _Reader:
    """Chunks as a stream: each reading gives the next, whole."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks

    def read(self, _size: int, /) -> bytes:
        return next(self._chunks, b"")


def _seal_rescue(session: Session, found: Rescued, why: str) -> None:
    head = session.store.log.checkpoint(found.records).splitlines()[2]
    digests = sorted(found.lost_attachments)
    for first in range(0, max(1, len(digests)), DIGESTS_A_RECORD):
        fields: JsonObject = {"reason": why, "records": found.records, "head": head}
        fields |= {"lost_records": in_spans(found.lost)} if found.lost and not first else {}
        some = digests[first : first + DIGESTS_A_RECORD]
        fields |= {"lost_attachments": " ".join(some)} if some else {}
        fields |= {"newest_lost": True} if found.newest_lost else {}
        found.record = seal(session, Entry(RESCUE, spell(session.clock.now()), "exact", fields)).index


def _require_sound(session: Session, tell: Progress) -> None:
    report = check_store(session, lambda done, total: tell("trying", done, total))
    if report.verdict is not Verdict.VERIFIED:
        raise StoreDamaged(TOO_MUCH)
