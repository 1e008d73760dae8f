"""Pictures and objects in rich text, which stand in it as digits or bytes (Rich Text Format Specification 1.9.1, “Pictures”, “Objects”)."""

import re
from typing import Final

from evidence_app.documents.office.content import PICTURE
from evidence_app.documents.office.embedded.device_bitmap import bitmap_file
from evidence_app.documents.office.embedded.files_within import FilesWithin, NamedFile
from evidence_app.documents.office.embedded.ole_objects import remarks_on, take_first_ole
from evidence_app.documents.office.markup.rich_text_words import OBJECT

PICTURES: Final = {
    "pngblip": ".png",
    "jpegblip": ".jpg",
    "emfblip": ".emf",
    "wmetafile": ".wmf",
    "macpict": ".pct",
    "dibitmap": ".bmp",
    "wbitmap": ".bin",
    "pmmetafile": ".bin",
}
"""Control words that say what a picture is, and the ending of its name."""
_NO_DIGITS: Final = re.compile(rb"[^0-9A-Fa-f]+")


class RichTextFiles:
    """Gathers the data of a group and takes the files out of it."""

    def __init__(self) -> None:
        self._within = FilesWithin()
        self._objects: list[str] = []
        self._data = bytearray()

    @property
    def files(self) -> tuple[NamedFile, ...]:
        """The pictures and files, in their order."""
        return tuple(self._within.files)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What has to be said of the objects."""
        return remarks_on(self._objects, self._within.left)

    def begin(self) -> None:
        """Begin a group of data."""
        self._data.clear()

    def add_digits(self, digits: bytes) -> None:
        """Add data as hexadecimal digits."""
        self._data += digits

    def add_bytes(self, untrusted: bytes) -> None:
        """Add data as they are."""
        self._data += untrusted.hex().encode("ascii")

    def end(self, kind: str) -> str:
        """End a group of data of a kind, which is a control word; return what stands for it among the words."""
        digits = _NO_DIGITS.sub(b"", bytes(self._data))
        self._data.clear()
        content = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
        if not content:
            return ""
        count = len(self._within.files)
        if kind == OBJECT:
            number = take_first_ole(self._within, f"object {count + 1}.bin", content)
            if number > count:
                self._objects.append(self._within.files[-1][0])
            return ""
        if kind == "dibitmap":
            content = bitmap_file(content) or content
        number = self._within.take_picture(content, PICTURES.get(kind, ".bin"))
        return f"[{PICTURE.format(number)}]" if number else ""
