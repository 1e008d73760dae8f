"""Every page of a store's database and of its journal, decrypted: free pages, and what is left in used ones, too."""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, VECTOR, SALT = 4096, 80, 16, 16
"""Bytes of a page of SQLCipher 4, of its tail, of the vector at the tail's beginning, and of the salt before the first page."""
JOURNAL_HEAD, FRAME_HEAD = 32, 24
"""Bytes before the frames of SQLite's journal, and before each page in it (the file format of SQLite, section 4.1)."""


def _decrypted(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    start = SALT if is_first else 0
    vector = page[PAGE - RESERVED : PAGE - RESERVED + VECTOR]
    return Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor().update(page[start : PAGE - RESERVED])


def pages_of(folder: Path, key: bytes) -> Iterator[bytes]:
    """Yield the pages of a store's database and journal, decrypted with its data key."""
    content = (folder / "records.db").read_bytes()
    for start in range(0, len(content), PAGE):
        yield _decrypted(content[start : start + PAGE], key, is_first=not start)
    journal = folder / "records.db-wal"
    frames = journal.read_bytes()[JOURNAL_HEAD:] if journal.exists() else b""
    for start in range(0, len(frames) - FRAME_HEAD - PAGE + 1, FRAME_HEAD + PAGE):
        number = int.from_bytes(frames[start : start + 4], "big")
        page = frames[start + FRAME_HEAD : start + FRAME_HEAD + PAGE]
        yield _decrypted(page, key, is_first=number == 1)
