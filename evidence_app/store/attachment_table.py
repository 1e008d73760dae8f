"""Attachments in the database: cut into chunks, kept once however often they are attached, streamed both ways."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from evidence_app.errors import Cancelled, StoreDamaged
from evidence_app.store.database import Database

CHUNK_BYTES: Final = 256 * 1024
PLACES: Final = 1 << 32
"""Chunk n of content c lies at place c * 2**32 + n."""


class Readable(Protocol):
    """What bytes can be read from, a chunk at a time."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes; none at the end."""


class AttachmentTable:
    """The exact bytes that were received."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take_in(self, source: Readable, cancelled: Callable[[], bool] = lambda: False) -> tuple[int, str, int]:
        """Keep the bytes of a stream; return the content's number, SHA-256 and size. Needs a transaction.

        Raises:
            Cancelled: `cancelled` said so.
            OSError: the source could not be read to its end.
        """
        row = self._database.one("SELECT coalesce(max(number), 0) + 1 FROM contents")
        number = int(row[0]) if row else 1
        digest, size, place = hashlib.sha256(), 0, number * PLACES
        while chunk := source.read(CHUNK_BYTES):
            if cancelled():
                raise Cancelled
            digest.update(chunk)
            self._database.run("INSERT INTO chunks VALUES (?, ?)", place, chunk)
            place, size = place + 1, size + len(chunk)
        sha256 = digest.hexdigest()
        known = self._database.one("SELECT number FROM contents WHERE sha256 = ?", sha256)
        if known is not None:
            self._database.run("DELETE FROM chunks WHERE place >= ? AND place < ?", number * PLACES, place)
            return int(known[0]), sha256, size
        self._database.run("INSERT INTO contents VALUES (?, ?, ?)", number, sha256, size)
        return number, sha256, size

    def attach(self, record: int, place: int, content: int) -> None:
        """Say that a record has a content as its attachment number `place`. Needs a transaction."""
        self._database.run("INSERT INTO attachments VALUES (?, ?, ?)", record, place, content)

    def stream(self, sha256: str) -> Iterator[bytes]:
        """Yield the bytes with this digest.

        Raises:
            StoreDamaged: the store does not hold them, or not whole.
        """
        row = self._database.one("SELECT number, bytes FROM contents WHERE sha256 = ?", sha256)
        if row is None:
            raise StoreDamaged("The store does not hold an attachment that a record names.")
        first, size = int(row[0]) * PLACES, int(row[1])
        seen = 0
        while seen < size:
            chunk = self._database.one("SELECT bytes FROM chunks WHERE place = ?", first)
            if chunk is None or not chunk[0]:
                raise StoreDamaged("An attachment in the store is not whole.")
            first, seen = first + 1, seen + len(chunk[0])
            yield bytes(chunk[0])

    def size_of(self, sha256: str) -> int:
        """Return how many bytes are held under a digest, or -1 where none are."""
        row = self._database.one("SELECT bytes FROM contents WHERE sha256 = ?", sha256)
        return int(row[0]) if row else -1

    def digests(self) -> list[str]:
        """Return the digests of everything held."""
        return [str(row[0]) for row in self._database.all("SELECT sha256 FROM contents ORDER BY number")]

    def drop_unused(self) -> None:
        """Remove what neither a record nor a draft names. Needs a transaction."""
        unused = self._database.all(
            "SELECT number FROM contents WHERE number NOT IN (SELECT content FROM attachments)"
            " AND number NOT IN (SELECT content FROM draft_attachments)"
        )
        for (number,) in unused:
            self._database.run(
                "DELETE FROM chunks WHERE place >= ? AND place < ?", number * PLACES, (number + 1) * PLACES
            )
            self._database.run("DELETE FROM contents WHERE number = ?", number)
