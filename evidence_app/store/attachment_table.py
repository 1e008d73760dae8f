"""Tables of attachments: contents in chunks, each stored once by its SHA-256, and streamed in and out.

Chunks keep memory use small whatever the size of a file (docs/spec/store.md, “Database”).
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from evidence_app.domain.text.search_words import words_for_search
from evidence_app.errors import Cancelled, StoreDamaged
from evidence_app.store.database import Database

CHUNK_BYTES: Final = 256 * 1024
"""The size of a chunk; the last one of a content may be smaller."""
PLACES: Final = 1 << 32
"""Chunk n of content c has the key (column `place`) c * 2**32 + n, so that a content's chunks are a range of keys."""


class Readable(Protocol):
    """A binary stream."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes; b"" at the end."""


class AttachmentTable:
    """The exact bytes of attachments, as received."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take_in(self, source: Readable, cancelled: Callable[[], bool] = lambda: False) -> tuple[int, str, int]:
        """Store the bytes of a stream; return the content's number, SHA-256 and size in bytes. Needs a transaction.

        Raises:
            Cancelled: `cancelled` returned True.
            OSError: the source cannot be read to its end.
        """
        row = self._database.one("SELECT coalesce(max(number), 0) + 1 FROM contents")
        number = int(row[0]) if row else 1
        digest, size, key = hashlib.sha256(), 0, number * PLACES
        while chunk := source.read(CHUNK_BYTES):
            if cancelled():
                raise Cancelled
            digest.update(chunk)
            self._database.run("INSERT INTO chunks VALUES (?, ?)", key, chunk)
            key, size = key + 1, size + len(chunk)
        sha256 = digest.hexdigest()
        existing = self._database.one("SELECT number FROM contents WHERE sha256 = ?", sha256)
        # The digest is known only at the end: where the content is stored already, the new chunks are removed again.
        if existing is not None:
            self._database.run("DELETE FROM chunks WHERE place >= ? AND place < ?", number * PLACES, key)
            return int(existing[0]), sha256, size
        self._database.run("INSERT INTO contents VALUES (?, ?, ?)", number, sha256, size)
        return number, sha256, size

    def attach(self, record: int, place: int, content: int) -> None:
        """Link a content to a record as its attachment number `place`. Needs a transaction."""
        self._database.run("INSERT INTO attachments VALUES (?, ?, ?)", record, place, content)

    def stream(self, sha256: str) -> Iterator[bytes]:
        """Yield the chunks of the content with a SHA-256. The digest is not verified here.

        Raises:
            StoreDamaged: the content or one of its chunks is missing.
        """
        row = self._database.one("SELECT number, bytes FROM contents WHERE sha256 = ?", sha256)
        if row is None:
            raise StoreDamaged("The store does not hold an attachment that a record names.")
        key, size = int(row[0]) * PLACES, int(row[1])
        bytes_read = 0
        while bytes_read < size:
            chunk = self._database.one("SELECT bytes FROM chunks WHERE place = ?", key)
            if chunk is None or not chunk[0]:
                raise StoreDamaged("An attachment in the store is not whole.")
            key, bytes_read = key + 1, bytes_read + len(chunk[0])
            yield bytes(chunk[0])

    def size_of(self, sha256: str) -> int:
        """Return the size in bytes of the content with a SHA-256, or -1 where it is not stored."""
        row = self._database.one("SELECT bytes FROM contents WHERE sha256 = ?", sha256)
        return int(row[0]) if row else -1

    def digests(self) -> list[str]:
        """Return the SHA-256 of every stored content."""
        return [str(row[0]) for row in self._database.all("SELECT sha256 FROM contents ORDER BY number")]

    def not_read(self) -> list[str]:
        """Return the SHA-256 of each attachment of a record whose words were not read for the search yet, the latest first."""
        rows = self._database.all(
            "SELECT sha256 FROM contents WHERE number IN (SELECT content FROM attachments)"
            " AND number NOT IN (SELECT content FROM files_read) ORDER BY number DESC"
        )
        return [str(row[0]) for row in rows]

    def add_words(self, sha256: str, text: str, doubt: str) -> None:
        """Add the words of an attachment to the search; `doubt` says what of it was not read. Needs a transaction.

        An attachment that was read already, by another connection, is left as it is.
        """
        row = self._database.one(
            "SELECT number FROM contents WHERE sha256 = ? AND number NOT IN (SELECT content FROM files_read)", sha256
        )
        if row is not None:
            self._database.run("INSERT INTO files_read VALUES (?, ?)", row[0], doubt)
            self._database.run("INSERT INTO file_words (rowid, text) VALUES (?, ?)", row[0], words_for_search(text))

    def count_in_doubt(self) -> int:
        """Return how many attachments were read and have pages that could not be."""
        row = self._database.one("SELECT count(*) FROM files_read WHERE doubt != ''")
        return int(row[0]) if row else 0

    def forget_words(self) -> None:
        """Forget the words of all files: the index has no text by which those of one could be taken out. They are read again. Needs a transaction."""
        self._database.run("INSERT INTO file_words (file_words) VALUES ('delete-all')")
        self._database.run("DELETE FROM files_read")

    def drop_unused(self) -> None:
        """Delete contents that neither a record nor a draft uses. Needs a transaction."""
        unused = self._database.all(
            "SELECT number FROM contents WHERE number NOT IN (SELECT content FROM attachments)"
            " AND number NOT IN (SELECT content FROM draft_attachments)"
        )
        for (number,) in unused:
            self._database.run(
                "DELETE FROM chunks WHERE place >= ? AND place < ?", number * PLACES, (number + 1) * PLACES
            )
            self._database.run("DELETE FROM contents WHERE number = ?", number)
