"""Read what can be read of a damaged database, row by row (docs/spec/rescue.md)."""

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from io import FileIO
from pathlib import Path
from typing import Final

from evidence_app.domain.record.records import SealedRecord
from evidence_app.errors import EnvironmentProblem, InputError, StoreDamaged
from evidence_app.files import OWNER_ONLY, system_errors_named
from evidence_app.proof.encoding.json import parse
from evidence_app.store.attachment_table import PLACES
from evidence_app.store.database import FILE, Database, Row
from evidence_app.store.draft_table import Draft
from evidence_app.store.record_table import COLUMNS, record_of_row

BLOCK: Final = 4096
WAL_HEADER: Final = 32
WAL_FRAME: Final = 24


def copy_readable(source: Path, target: Path, step: Callable[[int], None]) -> None:
    """Copy a file, with zeros where the drive refuses to read. `step` is told how many bytes, and may raise to stop.

    Raises:
        EnvironmentProblem: the file cannot be opened, or the copy not be written.
    """
    with system_errors_named(f"{source.name} could not be copied"), source.open("rb", buffering=0) as untrusted:
        target.touch(mode=OWNER_ONLY)
        size = source.stat().st_size
        with target.open("wb") as copy:
            for place in range(0, size, BLOCK):
                copy.write(_block(untrusted, place, min(BLOCK, size - place)))
                if place % (256 * BLOCK) == 0:
                    step(place)


def _block(untrusted: FileIO, place: int, size: int) -> bytes:
    try:
        untrusted.seek(place)
        read = untrusted.read(size) or b""
    except OSError:
        read = b""
    return read.ljust(size, b"\x00")


class DamagedDatabase:
    """A copy of a damaged database. It is opened anew after each damaged page, for the cipher gives up at the first."""

    def __init__(self, folder: Path, data_key: bytes) -> None:
        self._path, self._data_key = folder / FILE, data_key
        journal = folder / f"{FILE}-wal"
        self._journal = journal.read_bytes() if journal.exists() else None
        self.incomplete: set[str] = set()
        """The tables of which rows could not be reached."""
        self._database = self._opened()

    def _opened(self) -> Database:
        return Database(self._path, self._data_key, writable=True)

    def close(self) -> None:
        """Close it."""
        with contextlib.suppress(EnvironmentProblem):
            self._database.close()

    def row(self, statement: str, *values: object) -> Row | None:
        """Return the first row of a query.

        Raises:
            StoreDamaged: it lies on a damaged page.
        """
        try:
            return self._database.one(statement, *values)
        except EnvironmentProblem as error:
            self.close()
            self._database = self._opened()
            raise StoreDamaged("A page of the database is damaged.") from error

    def setting(self, name: str) -> bytes | None:
        """Return a setting, or nothing where there is none.

        Raises:
            StoreDamaged: it cannot be read.
        """
        row = self.row("SELECT value FROM settings WHERE name = ?", name)
        return bytes(row[0]) if row else None

    def setting_names(self) -> list[str]:
        """Return the names of the settings that can be reached."""
        return [str(row[0]) for row in self._from_both_ends("settings", "name", "name")]

    def newest_checkpoint(self, most: int) -> str:
        """Return the newest checkpoint that can be read, of a size of at most so many."""
        for size in range(most, 0, -1):
            with contextlib.suppress(StoreDamaged):
                row = self.row("SELECT note FROM checkpoints WHERE size = ?", size)
                if row is not None:
                    return str(row[0])
        return ""

    def record(self, position: int) -> tuple[SealedRecord, bytes] | None:
        """Return a record and its secret, or nothing where there is none.

        Raises:
            StoreDamaged: it cannot be read.
        """
        row = self.row(f"SELECT {COLUMNS}, secret FROM records WHERE position = ?", position)  # noqa: S608 - constant
        try:
            return (record_of_row(row[:4]), bytes(row[4])) if row is not None else None
        except (InputError, KeyError, TypeError, ValueError) as error:
            raise StoreDamaged("A record cannot be read.") from error

    def leaf_hash(self, position: int) -> bytes | None:
        """Return the hash of a leaf as the log has it, or nothing where there is none.

        Raises:
            StoreDamaged: it cannot be read.
        """
        row = self.row("SELECT hash FROM nodes WHERE level = 0 AND position = ?", position)
        return bytes(row[0]) if row is not None else None

    def size(self) -> int:
        """Return how many records the log has: as any of its three tables says whose end can be read.

        Raises:
            StoreDamaged: none of them can be read at its end, or they do not agree.
        """
        ends = set()
        for statement in (
            "SELECT max(position) + 1 FROM records",
            "SELECT position + 1 FROM nodes WHERE level = 0 ORDER BY position DESC LIMIT 1",
            "SELECT max(size) FROM checkpoints",
        ):
            with contextlib.suppress(StoreDamaged):
                row = self.row(statement)
                ends.add(int(row[0]) if row is not None and row[0] is not None else 0)
        if len(ends) != 1:
            raise StoreDamaged("The end of the log cannot be read.")
        return ends.pop()

    def lost_commits(self) -> bool:
        """Whether the journal holds changes behind its last sound frame: they were acknowledged, and cannot be read."""
        if self._journal is None:
            return False
        row = self.row("PRAGMA wal_checkpoint(PASSIVE)")
        sound = int(row[1]) if row is not None else 0
        return any(number >= sound for number in _commits_in(self._journal))

    def contents(self, tell: Callable[[int, int], None]) -> Iterator[tuple[int, str, int]]:
        """Yield the number, SHA-256 and size of every run of chunks, whole or not."""
        last = self._last_content()
        for number in range(1, last + 1):
            tell(number, last)
            digest, size = hashlib.sha256(), 0
            for chunk in self.chunks(number):
                digest.update(chunk)
                size += len(chunk)
            if size:
                yield number, digest.hexdigest(), size

    def _last_content(self) -> int:
        """Return the highest number that a content may have.

        Raises:
            StoreDamaged: no table can be read at its end.
        """
        found = []
        for statement in (
            "SELECT max(place) / ? FROM chunks",
            "SELECT max(number) FROM contents WHERE ?",
            "SELECT max(content) FROM attachments WHERE ?",
        ):
            with contextlib.suppress(StoreDamaged):
                row = self.row(statement, PLACES)
                found.append(int(row[0]) if row is not None and row[0] is not None else 0)
        if not found:
            raise StoreDamaged("The end of the attachments cannot be read.")
        return max(found)

    def is_whole(self, number: int, sha256: str, size: int) -> bool:
        """Whether a content is what the table of contents says of it."""
        with contextlib.suppress(StoreDamaged):
            return self.row("SELECT sha256, bytes FROM contents WHERE number = ?", number) == (sha256, size)
        return False

    def chunks(self, number: int) -> Iterator[bytes]:
        """Yield the chunks of a content, up to the first that is not there or cannot be read."""
        place = number * PLACES
        with contextlib.suppress(StoreDamaged):
            while (row := self.row("SELECT bytes FROM chunks WHERE place = ?", place)) is not None:
                yield bytes(row[0])
                place += 1

    def drafts(self) -> Iterator[tuple[Draft, list[tuple[int, str]]]]:
        """Yield the drafts that can be read, each with the contents and names of its files."""
        for (identity,) in self._from_both_ends("drafts", "identity", "identity"):
            try:
                row = self.row("SELECT kind, started_at, saved_at, entry FROM drafts WHERE identity = ?", identity)
                entry = parse(str(row[3])) if row else None
                if row and isinstance(entry, dict):
                    told = (str(identity), str(row[0]), str(row[1]), str(row[2]))
                    yield Draft(*told, entry, deleted_at=self._deleted_at(identity)), self._files(identity)
            except (StoreDamaged, InputError):
                self.incomplete.add("drafts")

    def _deleted_at(self, identity: object) -> str:
        with contextlib.suppress(StoreDamaged):  # older tables do not say
            row = self.row("SELECT deleted_at FROM drafts WHERE identity = ?", identity)
            return str(row[0]) if row else ""
        return ""

    def _files(self, identity: object) -> list[tuple[int, str]]:
        rows = self._from_both_ends("draft_attachments", "content, name", "content", "draft = ?", identity)
        return [(int(content), str(name)) for content, name in rows]

    def _from_both_ends(self, table: str, columns: str, key: str, where: str = "1", *values: object) -> list[Row]:
        """Return rows from the first up to the damage, and from the last down to it."""
        found: dict[object, Row] = {}
        for comes, order in ((">", "ASC"), ("<", "DESC")):
            last: object = None
            try:
                while True:
                    beyond, more = ("", ()) if last is None else (f" AND {key} {comes} ?", (last,))
                    row = self.row(
                        f"SELECT {columns} FROM {table} WHERE {where}{beyond} ORDER BY {key} {order} LIMIT 1",  # noqa: S608
                        *values,
                        *more,
                    )
                    if row is None:
                        break
                    last = row[0]
                    found[last] = row
            except StoreDamaged:
                self.incomplete.add(table)
        return list(found.values())


def _commits_in(journal: bytes) -> Iterator[int]:
    """Yield the number of each frame of a write-ahead log, from 0, that ends a transaction of its present run.

    A header of 32 bytes, then frames: page number, size of the database after a commit or 0, two salts that are those
    of the header while the frame belongs to the present run, two checksums, and a page (SQLite file format, section 4).
    """
    if len(journal) < WAL_HEADER:
        return
    page_size, salts = int.from_bytes(journal[8:12], "big"), journal[16:24]
    frame = WAL_FRAME + (page_size or BLOCK)
    for number, place in enumerate(range(WAL_HEADER, len(journal) - WAL_FRAME, frame)):
        if journal[place + 8 : place + 16] == salts and journal[place + 4 : place + 8] != bytes(4):
            yield number
