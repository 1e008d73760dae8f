"""The latest signed head of the log, in clear beside the database, and what contradicts it (docs/spec/store.md, “Opening destroys nothing”)."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from evidence_app.errors import EnvironmentProblem, StoreDamaged, VerificationError
from evidence_app.files import OWNER_ONLY
from evidence_app.proof.checkpoints import Checkpoint, verify_checkpoint
from evidence_app.proof.signing import LogKey
from evidence_app.store.database import FILE as DATABASE
from evidence_app.store.database import Database, has_journal
from evidence_app.store.log_table import LogTable

FILE: Final = "head.note"
NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
BINARY: Final = getattr(os, "O_BINARY", 0)
"""Flags that only some systems have: follow no link; write bytes as they are."""
MAX_BYTES: Final = 4_096
"""The largest note that is read; one is some 200 bytes."""
STALE_JOURNAL: Final = (
    "The journal beside the database (records.db-wal) is of an earlier moment: with it records {} to {} would be overwritten. Nothing "
    "was opened or changed. Move records.db-wal out of the folder, keep it, and open the store again."
)
UNREADABLE_TOGETHER: Final = (
    "The journal beside the database (records.db-wal) does not belong to it: together they cannot be read, and the database alone has all "
    "that was sealed here, up to record {}. Nothing was opened or changed. Move records.db-wal out of the folder, keep it, and open the "
    "store again."
)
OLDER: Final = (
    "The database is older than what was sealed here: it ends at record {}, and record {} was sealed and signed. Nothing was opened or "
    "changed. Put the newer database back, or a backup. To go on with this one all the same, move head.note out of the folder."
)
OTHER_HISTORY: Final = (
    "The database is of another history than head.note beside it: of the same {} records the one does not have what the other signed. "
    "Nothing was opened or changed. Put the right database back, or a backup; to go on with this one, move head.note out of the folder."
)


def write_head(folder: Path, note: str) -> None:
    """Write the note over the one before, in one write. It is not flushed to the disk, and nothing is said where it cannot be written: it only helps.

    A note that was cut off on the way does not verify, and so says nothing, as one that is missing.
    """
    content = note.encode("utf-8")
    with contextlib.suppress(OSError):
        descriptor = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | NO_LINK | BINARY, OWNER_ONLY)
        try:
            os.write(descriptor, content)
            os.ftruncate(descriptor, len(content))
        finally:
            os.close(descriptor)


def require_no_contradiction(folder: Path, data_key: bytes, *, locked: bool) -> None:
    """Look at a database with a journal before it is opened in a way that writes. `locked`: this program holds the lock.

    Raises:
        EnvironmentProblem: what is there does not extend the head that was signed last. Nothing was changed.
    """
    path = folder / DATABASE
    if not has_journal(path) or _read(folder) is None or (not locked and _another_writes(folder)):
        return
    try:
        together = _look(folder, path, data_key, journal=True)
    except StoreDamaged as damage:
        alone = _look_or_nothing(folder, path, data_key)
        if alone is not None and not alone.contradiction:
            raise EnvironmentProblem(UNREADABLE_TOGETHER.format(alone.size - 1)) from damage
        # Opened to be written, it would be played into the database all the same.
        raise
    except EnvironmentProblem:
        # It cannot be looked at so: the opening says why.
        return
    if not together.contradiction:
        return
    alone = _look_or_nothing(folder, path, data_key)
    if alone is not None and not alone.contradiction:
        raise EnvironmentProblem(STALE_JOURNAL.format(together.size, alone.size - 1))
    raise EnvironmentProblem(together.contradiction)


@dataclass(frozen=True, slots=True)
class _Look:
    """What was seen of a log: its size, and what contradicts the note."""

    size: int
    contradiction: str


def _look(folder: Path, path: Path, data_key: bytes, *, journal: bool) -> _Look:
    """Read a database with or without its journal, writing nothing.

    Raises:
        StoreDamaged, EnvironmentProblem: it cannot be read so.
    """
    with contextlib.closing(Database(path, data_key, writable=False, untouched=True, journal=journal)) as database:
        row = database.one("SELECT value FROM settings WHERE name = 'log_key'")
        log = LogTable(database)
        return _Look(log.size(), contradiction_in(folder, log, LogKey(bytes(row[0])).public) if row else "")


def _look_or_nothing(folder: Path, path: Path, data_key: bytes) -> _Look | None:
    """Read a database without its journal; None where it cannot be read so."""
    try:
        return _look(folder, path, data_key, journal=False)
    except (StoreDamaged, EnvironmentProblem):
        return None


def contradiction_in(folder: Path, log: LogTable, public_key: bytes) -> str:
    """Return what contradicts the note beside a database, in a sentence; an empty string where nothing does."""
    signed = _verified(folder, public_key)
    size = log.size()
    if signed is None:
        return ""
    if signed.size > size:
        return OLDER.format(size - 1, signed.size - 1)
    return "" if log.root(signed.size) == signed.root else OTHER_HISTORY.format(signed.size)


def _verified(folder: Path, public_key: bytes) -> Checkpoint | None:
    untrusted = _read(folder)
    try:
        return verify_checkpoint(untrusted, public_key) if untrusted is not None else None
    except VerificationError:
        return None


def _read(folder: Path) -> str | None:
    try:
        with (folder / FILE).open("rb") as file:
            return file.read(MAX_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _another_writes(folder: Path) -> bool:
    """Whether another program has the store open for writing: its journal is then in use, and right."""
    lock = FileLock(folder / "lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False
