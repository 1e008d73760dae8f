"""Reader for a damaged database, row by row, for a rescue (docs/spec/rescue.md, “What is read”)."""

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
"""Bytes that are copied at a time: the page size of SQLCipher 4, so that an unreadable sector costs one page."""
WAL_HEADER: Final = 32
"""Bytes of the header of a write-ahead log (SQLite file format, section 4.1)."""
WAL_FRAME: Final = 24
"""Bytes of a frame header, which a page follows."""


def copy_readable(source: Path, target: Path, step: Callable[[int], None]) -> None:
    """Copy a file, with zeros for blocks that the drive cannot read. `step` receives the bytes so far, and may raise to stop.

    Raises:
        EnvironmentProblem: the file cannot be opened, or the copy cannot be written.
    """
    with system_errors_named(f"{source.name} could not be copied"), source.open("rb", buffering=0) as untrusted:
        target.touch(mode=OWNER_ONLY)
        size = source.stat().st_size
        with target.open("wb") as copy:
            for offset in range(0, size, BLOCK):
                copy.write(_read_block(untrusted, offset, min(BLOCK, size - offset)))
                if offset % (256 * BLOCK) == 0:
                    step(offset)


def _read_block(untrusted: FileIO, offset: int, size: int) -> bytes:
    """Read a block, unbuffered so that a failure concerns this block alone; missing bytes become zeros."""
    try:
        untrusted.seek(offset)
        octets = untrusted.read(size) or b""
    except OSError:
        octets = b""
    return octets.ljust(size, b"\x00")


class DamagedDatabase:
    """A copy of a damaged database. Queries raise StoreDamaged for rows on damaged pages, and work again afterwards.

    SQLCipher refuses a connection everything after the first page whose HMAC fails: it is reopened each time.
    """

    def __init__(self, folder: Path, data_key: bytes) -> None:
        self._path, self._data_key = folder / FILE, data_key
        # Read before the database is opened: closing the last connection removes the write-ahead log.
        journal = folder / f"{FILE}-wal"
        self._journal = journal.read_bytes() if journal.exists() else None
        self.incomplete: set[str] = set()
        """Tables with rows that could not be reached."""
        self._database = self._open()

    def _open(self) -> Database:
        return Database(self._path, self._data_key, writable=True)

    def close(self) -> None:
        """Close the connection; errors of a damaged database are ignored."""
        with contextlib.suppress(EnvironmentProblem):
            self._database.close()

    def row(self, statement: str, *values: object) -> Row | None:
        """Return the first row of a query.

        Raises:
            StoreDamaged: a page that the query needs is damaged.
        """
        try:
            return self._database.one(statement, *values)
        except EnvironmentProblem as error:
            self.close()
            self._database = self._open()
            raise StoreDamaged("A page of the database is damaged.") from error

    def setting(self, name: str) -> bytes | None:
        """Return the value of a setting, or None where it is not set.

        Raises:
            StoreDamaged: it cannot be read.
        """
        row = self.row("SELECT value FROM settings WHERE name = ?", name)
        return bytes(row[0]) if row else None

    def setting_names(self) -> list[str]:
        """Return the names of the settings that can be reached."""
        return [str(row[0]) for row in self._from_both_ends("settings", "name", "name")]

    def newest_checkpoint(self, most: int) -> str:
        """Return the signed note of the newest readable checkpoint of at most `most` records, or ""."""
        for size in range(most, 0, -1):
            with contextlib.suppress(StoreDamaged):
                row = self.row("SELECT note FROM checkpoints WHERE size = ?", size)
                if row is not None:
                    return str(row[0])
        return ""

    def record(self, position: int) -> tuple[SealedRecord, bytes] | None:
        """Return a record and its secret, or None where there is none at the position.

        Raises:
            StoreDamaged: it cannot be read.
        """
        row = self.row(f"SELECT {COLUMNS}, secret FROM records WHERE position = ?", position)  # noqa: S608 - constant
        try:
            return (record_of_row(row[:4]), bytes(row[4])) if row is not None else None
        except (InputError, KeyError, TypeError, ValueError) as error:
            raise StoreDamaged("A record cannot be read.") from error

    def leaf_hash(self, position: int) -> bytes | None:
        """Return the leaf hash that the log's tree has at a position (its node of level 0), or None.

        Raises:
            StoreDamaged: it cannot be read.
        """
        row = self.row("SELECT hash FROM nodes WHERE level = 0 AND position = ?", position)
        return bytes(row[0]) if row is not None else None

    def size(self) -> int:
        """Return the number of records in the log, from the ends of the three tables, as far as they can be read.

        Raises:
            StoreDamaged: no end can be read, or they contradict each other: damage is never taken for the end.
        """
        sizes = set()
        for statement in (
            "SELECT max(position) + 1 FROM records",
            "SELECT position + 1 FROM nodes WHERE level = 0 ORDER BY position DESC LIMIT 1",
            "SELECT max(size) FROM checkpoints",
        ):
            with contextlib.suppress(StoreDamaged):
                row = self.row(statement)
                sizes.add(int(row[0]) if row is not None and row[0] is not None else 0)
        if len(sizes) != 1:
            raise StoreDamaged("The end of the log cannot be read.")
        return sizes.pop()

    def lost_commits(self) -> bool:
        """Whether the write-ahead log has commits after its last valid frame: acknowledged to the user, but unreadable."""
        if self._journal is None:
            return False
        # The second column is the number of frames that SQLite recovered: up to the last commit with valid checksums.
        row = self.row("PRAGMA wal_checkpoint(PASSIVE)")
        valid_frames = int(row[1]) if row is not None else 0
        return any(number >= valid_frames for number in _commits_in(self._journal))

    def contents(self, tell: Callable[[int, int], None]) -> Iterator[tuple[int, str, int]]:
        """Yield content number, SHA-256 and size in bytes of the readable chunks of each content, complete or not.

        `tell` receives the number and the highest number, for progress.
        """
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
        """Return the highest number that a content may have, by any table that knows it.

        Raises:
            StoreDamaged: no table can be read at its end.
        """
        numbers = []
        # Each statement uses the one bound value, PLACES; where it is not needed it is a condition that holds.
        for statement in (
            "SELECT max(place) / ? FROM chunks",
            "SELECT max(number) FROM contents WHERE ?",
            "SELECT max(content) FROM attachments WHERE ?",
        ):
            with contextlib.suppress(StoreDamaged):
                row = self.row(statement, PLACES)
                numbers.append(int(row[0]) if row is not None and row[0] is not None else 0)
        if not numbers:
            raise StoreDamaged("The end of the attachments cannot be read.")
        return max(numbers)

    def is_whole(self, number: int, sha256: str, size: int) -> bool:
        """Whether SHA-256 and size of a content's chunks agree with its row in `contents`."""
        with contextlib.suppress(StoreDamaged):
            return self.row("SELECT sha256, bytes FROM contents WHERE number = ?", number) == (sha256, size)
        return False

    def chunks(self, number: int) -> Iterator[bytes]:
        """Yield the chunks of a content, up to the first that is missing or unreadable."""
        key = number * PLACES
        with contextlib.suppress(StoreDamaged):
            while (row := self.row("SELECT bytes FROM chunks WHERE place = ?", key)) is not None:
                yield bytes(row[0])
                key += 1

    def drafts(self) -> Iterator[tuple[Draft, list[tuple[int, str]]]]:
        """Yield the readable drafts, each with content number and name of its files; others make "drafts" incomplete."""
        for (identity,) in self._from_both_ends("drafts", "identity", "identity"):
            try:
                row = self.row("SELECT kind, started_at, saved_at, entry FROM drafts WHERE identity = ?", identity)
                entry = parse(str(row[3])) if row else None
                if row and isinstance(entry, dict):
                    columns = (str(identity), str(row[0]), str(row[1]), str(row[2]))
                    yield Draft(*columns, entry, deleted_at=self._deleted_at(identity)), self._files(identity)
            except (StoreDamaged, InputError):
                self.incomplete.add("drafts")

    def _deleted_at(self, identity: object) -> str:
        """Return when a draft was deleted, or ""; tables before version 3 lack the column (`migrations.STEPS`)."""
        with contextlib.suppress(StoreDamaged):
            row = self.row("SELECT deleted_at FROM drafts WHERE identity = ?", identity)
            return str(row[0]) if row else ""
        return ""

    def _files(self, identity: object) -> list[tuple[int, str]]:
        rows = self._from_both_ends("draft_attachments", "content, name", "content", "draft = ?", identity)
        return [(int(content), str(name)) for content, name in rows]

    def _from_both_ends(self, table: str, columns: str, key: str, where: str = "1", *values: object) -> list[Row]:
        """Return the rows of a table from the first up to the damage, and from the last down to it.

        One query for each row, by its key: the row after a key is found through the index, without the pages between.
        `key` is the first of `columns`; the values of `where` are `values`.
        """
        row_by_key: dict[object, Row] = {}
        for comparison, order in ((">", "ASC"), ("<", "DESC")):
            last_key: object = None
            try:
                while True:
                    condition, bound = ("", ()) if last_key is None else (f" AND {key} {comparison} ?", (last_key,))
                    row = self.row(
                        f"SELECT {columns} FROM {table} WHERE {where}{condition} ORDER BY {key} {order} LIMIT 1",  # noqa: S608
                        *values,
                        *bound,
                    )
                    if row is None:
                        break
                    last_key = row[0]
                    row_by_key[last_key] = row
            except StoreDamaged:
                self.incomplete.add(table)
        return list(row_by_key.values())


def _commits_in(journal: bytes) -> Iterator[int]:
    """Yield the numbers, from 0, of the frames of a write-ahead log that commit a transaction since its last reset.

    The log is a header of 32 bytes, then frames: page number, database size in pages after a commit or else 0, two
    salts, two checksums, and a page (SQLite file format, section 4). A frame whose salts differ from the header's is
    left over from before the reset. Checksums are not verified here: frames with wrong ones are what is sought.
    """
    if len(journal) < WAL_HEADER:
        return
    page_size, salts = int.from_bytes(journal[8:12], "big"), journal[16:24]
    frame_size = WAL_FRAME + (page_size or BLOCK)
    for number, offset in enumerate(range(WAL_HEADER, len(journal) - WAL_FRAME, frame_size)):
        if journal[offset + 8 : offset + 16] == salts and journal[offset + 4 : offset + 8] != bytes(4):
            yield number
