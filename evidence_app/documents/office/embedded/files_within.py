"""Files that are taken out of a document within bounds: its pictures, each once, and what was put into it."""

from hashlib import sha256
from typing import Final

from evidence_app.files import file_name

MAX_NAME: Final = 200  # characters
MAX_FILES: Final = 200
MAX_BYTES: Final = 128 * 1024 * 1024
"""Files that are taken out of one document, and bytes of all of them."""

NamedFile = tuple[str, bytes]


class FilesWithin:
    """The files of a document by name, and the names of those that it did not take: `left`."""

    def __init__(self) -> None:
        self.files: list[NamedFile] = []
        self.left: list[str] = []
        self._pictures: dict[bytes, int] = {}
        self._bytes = 0

    def take(self, name: str, content: bytes) -> int:
        """Take in a file and return its number, from 1; 0 if it is empty or one too many."""
        # The name is whatever its maker wrote: as a name of a file it has no folder, no sign that is not seen, and an end.
        name = file_name(name)[-MAX_NAME:] or "file"
        if not content or len(self.files) >= MAX_FILES or self._bytes + len(content) > MAX_BYTES:
            self.left.append(name)
            return 0
        self.files.append((name, content))
        self._bytes += len(content)
        return len(self.files)

    def take_picture(self, content: bytes, ending: str, name: str = "") -> int:
        """Take in a picture and return its number, as `take`; the number that it has where it stands in the document again.

        Where it has no name it is “picture 3.png”, by its number.
        """
        digest = sha256(content).digest()
        if digest not in self._pictures:
            number = self.take(name or f"picture {len(self.files) + 1}{ending}", content)
            if not number:
                return 0
            self._pictures[digest] = number
        return self._pictures[digest]
