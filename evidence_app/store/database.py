"""The SQLCipher connection: settings, transactions, and errors as sentences (docs/spec/store.md, “Database”)."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher

from evidence_app.errors import EnvironmentProblem, StoreDamaged
from evidence_app.files import OWNER_ONLY, system_errors_named

Row = tuple[Any, ...]
FILE: Final = "records.db"
"""The name of the database file in a store."""
CACHE_KIB: Final = 16 * 1024
"""The page cache of a connection, in KiB."""
JOURNAL_LIMIT_BYTES: Final = 64 * 1024 * 1024
"""The size to which the write-ahead log is cut back after a checkpoint."""
WAIT_MILLISECONDS: Final = 60_000
"""How long a statement waits for a lock. Threads of one program may all write; the longest transaction imports a large file."""
PAGES_AT_A_TIME: Final = 1_000
"""Pages that a backup copies between two calls of the progress callback."""

NO_LOCKS: Final = "win32-none" if os.name == "nt" else "unix-none"
"""The VFS of SQLite that takes no locks (sqlite.org/vfs.html)."""

_SETTINGS: Final = (
    # SQLCipher does not encrypt temporary files: sorting and temporary tables must stay in memory.
    "PRAGMA temp_store = MEMORY",
    # A negative number is in KiB, a positive one in pages.
    f"PRAGMA cache_size = -{CACHE_KIB}",
    f"PRAGMA busy_timeout = {WAIT_MILLISECONDS}",
    # Off by default, and only for this connection.
    "PRAGMA foreign_keys = ON",
    # The schema of a hostile file cannot call functions with side effects.
    "PRAGMA trusted_schema = OFF",
    # Overwrite deleted content with zeros: a destroyed draft is gone for whoever has the key, too.
    "PRAGMA secure_delete = ON",
)
_WRITER_SETTINGS: Final = (
    # Readers continue while one connection writes.
    "PRAGMA journal_mode = WAL",
    # With a write-ahead log NORMAL does not flush at each commit; sealing is acknowledged only when it is on the disk.
    "PRAGMA synchronous = FULL",
    # Otherwise the log stays as large as the largest transaction.
    f"PRAGMA journal_size_limit = {JOURNAL_LIMIT_BYTES}",
)


class errors_in_words:  # noqa: N801 - used like a function
    """Convert errors of SQLCipher within a `with` block into `EnvironmentProblem` or `StoreDamaged`.

    A class, since a generator takes ten times as long, and each statement is run within one.
    """

    __slots__ = ()

    def __enter__(self) -> None:
        """Begin the block."""

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        """Convert the error that ended the block, if it is one of SQLCipher."""
        if isinstance(error, sqlcipher.Error):
            raise in_words(error) from error


def in_words(error: Exception) -> EnvironmentProblem:
    """Return the error with a sentence for the user. SQLite's message is not shown, as it could quote content."""
    text = str(error)
    # The cause is recognised by the words of SQLite's messages for its result codes.
    if "full" in text:
        return EnvironmentProblem("The disk is full. Nothing was changed.")
    if "locked" in text or "busy" in text:
        return EnvironmentProblem("The store is busy in another program. Nothing was changed; try again.")
    if "readonly" in text or "unable to open" in text:
        return EnvironmentProblem("The store cannot be written here: the folder or drive is read-only or out of reach.")
    if "disk I/O" in text:
        return EnvironmentProblem("The drive could not read or write the store. Nothing was changed.")
    return StoreDamaged(
        "The store's database is damaged. Use a backup, or make a new store of what can be read (“rescue”); keep the damaged one."
    )


class Database:
    """One connection to the encrypted database, for the thread that opened it.

    `untouched`: nothing is written, next to the file neither; a journal is read with it, unless `journal` says not to.

    Raises:
        StoreDamaged: the file is no database, or the key is wrong.
        EnvironmentProblem: it cannot be opened.
    """

    def __init__(
        self, path: Path, data_key: bytes, *, writable: bool, untouched: bool = False, journal: bool = True
    ) -> None:
        untouched = untouched or (not writable and not _is_writable(path.parent))
        with errors_in_words(), system_errors_named("The store's database could not be opened"):
            try:
                self._open(path, data_key, writable=writable, untouched=untouched, journal=journal)
            except sqlcipher.OperationalError as error:
                # A full disk has no room for the index of the journal: it is kept in memory then.
                if writable or untouched or not has_journal(path) or not _is_full(error):
                    raise
                self._open(path, data_key, writable=False, untouched=True, journal=True)

    def _open(self, path: Path, data_key: bytes, *, writable: bool, untouched: bool, journal: bool) -> None:
        with_journal = untouched and journal and has_journal(path)
        self._connection = _connect(path, writable=writable, untouched=untouched, with_journal=with_journal)
        self._path, self._file = path, _identity(path)
        try:
            self._prepare(data_key, writable=writable, alone=with_journal)
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self, data_key: bytes, *, writable: bool, alone: bool) -> None:
        _unlock(self._connection, data_key, alone=alone)
        run = self._connection.execute
        for setting in _SETTINGS + (_WRITER_SETTINGS if writable else ()):
            run(setting).fetchone()

    def require_there(self) -> None:
        """Require that the path still leads to the open file: whatever is written to another file would be lost.

        Raises:
            EnvironmentProblem: the drive was removed, or the folder moved or deleted.
        """
        try:
            is_there = _identity(self._path) == self._file
        except OSError:
            is_there = False
        if not is_there:
            raise EnvironmentProblem("The store is not there any more: is the drive plugged in? Nothing was kept.")

    def run(self, statement: str, *values: object) -> None:
        """Execute a statement that returns no rows."""
        with errors_in_words():
            self._connection.execute(statement, values)

    def run_many(self, statement: str, rows: list[Row]) -> None:
        """Execute a statement once for each row of values."""
        with errors_in_words():
            self._connection.executemany(statement, rows)

    def one(self, statement: str, *values: object) -> Row | None:
        """Return the first row of a query, or None."""
        with errors_in_words():
            row: Row | None = self._connection.execute(statement, values).fetchone()
            return row

    def all(self, statement: str, *values: object) -> list[Row]:
        """Return all rows of a query."""
        with errors_in_words():
            return list(self._connection.execute(statement, values))

    def each(self, statement: str, *values: object) -> Iterator[Row]:
        """Yield the rows of a query one by one."""
        with errors_in_words():
            yield from self._connection.execute(statement, values)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block as one transaction: committed and flushed at its end, rolled back on any exception."""
        # IMMEDIATE takes the write lock now, and waits for it: a read transaction that turns into a write fails at once
        # where another connection has written meanwhile (SQLITE_BUSY_SNAPSHOT).
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            # SQLite rolls back by itself after some errors, such as a full disk.
            with contextlib.suppress(sqlcipher.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            raise

    def empty_journal(self) -> bool:
        """Write the journal back into the database and cut it to nothing. Return false where another connection is in the way."""
        row = self.one("PRAGMA wal_checkpoint(TRUNCATE)")
        return row is not None and int(row[0]) == 0

    def copy_to(self, path: Path, data_key: bytes, step: Callable[[int, int], None]) -> None:
        """Copy a snapshot of the database into a new file with the same key, by SQLite's online backup.

        `step` receives the pages copied and the total, and may raise to cancel.
        """
        with errors_in_words(), system_errors_named("The copy of the database could not be written"):
            target = _connect(path, writable=True)
            try:
                _unlock(target, data_key)
                self._connection.backup(
                    target, pages=PAGES_AT_A_TIME, progress=lambda _, left, total: step(total - left, total)
                )
            finally:
                target.close()

    def close(self) -> None:
        """Close the connection."""
        with errors_in_words():
            self._connection.close()


def has_journal(path: Path) -> bool:
    """Whether a journal with something in it lies beside a database."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


def _is_full(error: Exception) -> bool:
    return any(words in str(error) for words in ("disk I/O", "full", "unable to open"))


def _connect(path: Path, *, writable: bool, untouched: bool = False, with_journal: bool = False) -> Any:
    options = {"isolation_level": None, "cached_statements": 256}
    if writable:
        path.touch(mode=OWNER_ONLY)
        return sqlcipher.connect(str(path), **options)
    # A reader of a WAL database must create the shared-memory file; "immutable" reads without it, and without the journal,
    # whose records would be missing. Where one lies there, the VFS that locks nothing reads both, with the journal's index in
    # memory (`_unlock`). No other program may be writing then.
    mode = "mode=rw"
    if with_journal:
        mode = f"mode=ro&vfs={NO_LOCKS}"
    elif untouched:
        mode = "immutable=1"
    return sqlcipher.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, **options)


def _identity(path: Path) -> tuple[int, int]:
    """Return device and inode, which identify a file whatever its name."""
    status = path.stat()
    return status.st_dev, status.st_ino


def _unlock(connection: Any, data_key: bytes, *, alone: bool = False) -> None:
    """Set the key of a connection. `alone`: nobody else uses the database, so that the index of its journal is kept in memory.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: the file is no database, or the key is another one.
    """
    # SQLCipher would log to the standard error output.
    connection.execute("PRAGMA cipher_log_level = NONE")
    # Memory is wiped before it is freed, and kept out of the swap file where the system allows it.
    connection.execute("PRAGMA cipher_memory_security = ON")
    # A raw key in this form is used as it is: SQLCipher derives no key from a passphrase. It must come before any query.
    connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
    if alone:
        # Before the first page is read: later, the index of the journal would be sought in a file.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
    # The key is not tested until a page is read.
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _is_writable(folder: Path) -> bool:
    """Return whether files can be created in a folder; a read-only mount is not seen by `os.access` everywhere."""
    if not os.access(folder, os.W_OK):
        return False
    return not hasattr(os, "statvfs") or not os.statvfs(folder).f_flag & getattr(os, "ST_RDONLY", 0)
