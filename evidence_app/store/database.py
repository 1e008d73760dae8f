"""The SQLCipher connection: its settings, its transactions, and its errors in plain words."""

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
CACHE_KIB: Final = 16 * 1024
JOURNAL_LIMIT_BYTES: Final = 64 * 1024 * 1024
WAIT_MILLISECONDS: Final = 60_000
"""Two threads of one program may write; the longest that one holds the other up is the taking in of a large file."""
PAGES_AT_A_TIME: Final = 1_000

_SETTINGS: Final = (
    "PRAGMA temp_store = MEMORY",
    f"PRAGMA cache_size = -{CACHE_KIB}",
    f"PRAGMA busy_timeout = {WAIT_MILLISECONDS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA secure_delete = ON",
)
_WRITER_SETTINGS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    f"PRAGMA journal_size_limit = {JOURNAL_LIMIT_BYTES}",
)


@contextlib.contextmanager
def errors_in_words() -> Iterator[None]:
    """Turn the database's errors into the product's own."""
    try:
        yield
    except sqlcipher.Error as error:
        raise in_words(error) from error


def in_words(error: Exception) -> EnvironmentProblem:
    """Return the sentence for an error of the database. It never holds content."""
    text = str(error)
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
    """One connection to the encrypted database. It belongs to the thread that opened it."""

    def __init__(self, path: Path, data_key: bytes, *, writable: bool, untouched: bool = False) -> None:
        with errors_in_words(), system_errors_named("The store's database could not be opened"):
            self._connection = _connect(path, writable=writable, untouched=untouched)
            self._path, self._file = path, _identity(path)
            try:
                self._prepare(data_key, writable=writable)
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self, data_key: bytes, *, writable: bool) -> None:
        _unlock(self._connection, data_key)
        run = self._connection.execute
        for setting in _SETTINGS + (_WRITER_SETTINGS if writable else ()):
            run(setting).fetchone()

    def require_there(self) -> None:
        """Require that the file that is open still has its name: bytes that are written to another would be lost.

        Raises:
            EnvironmentProblem: the drive was pulled out, or the folder moved or removed.
        """
        try:
            there = _identity(self._path) == self._file
        except OSError:
            there = False
        if not there:
            raise EnvironmentProblem("The store is not there any more: is the drive plugged in? Nothing was kept.")

    def run(self, statement: str, *values: object) -> None:
        """Run a statement that returns nothing."""
        with errors_in_words():
            self._connection.execute(statement, values)

    def run_many(self, statement: str, rows: list[Row]) -> None:
        """Run a statement once for each row."""
        with errors_in_words():
            self._connection.executemany(statement, rows)

    def one(self, statement: str, *values: object) -> Row | None:
        """Return the first row of a query."""
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
        """Do everything inside, durably, or nothing."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlcipher.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            raise

    def copy_to(self, path: Path, data_key: bytes, step: Callable[[int, int], None]) -> None:
        """Copy everything, of one moment, into a new database under the same key. `step` is told how many pages of how many, and may raise to stop."""
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


def _connect(path: Path, *, writable: bool, untouched: bool = False) -> Any:
    options = {"isolation_level": None, "cached_statements": 256}
    if writable:
        path.touch(mode=OWNER_ONLY)
        return sqlcipher.connect(str(path), **options)
    # In a folder that cannot be written no journal can lie about; "immutable" lets the file be read without one.
    mode = "immutable=1" if untouched or not _may_write(path.parent) else "mode=rw"
    return sqlcipher.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, **options)


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _unlock(connection: Any, data_key: bytes) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("PRAGMA cipher_memory_security = ON")
    connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _may_write(folder: Path) -> bool:
    if not os.access(folder, os.W_OK):
        return False
    return not hasattr(os, "statvfs") or not os.statvfs(folder).f_flag & getattr(os, "ST_RDONLY", 0)
