"""What is drawn over the sheets of a workbook as they were before 2007: pictures and text boxes ([MS-XLS], 2.4.102, 2.4.171 and 2.4.329).

xlrd, which reads the cells, leaves drawings out but for notes.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from evidence_app.documents.office.containers.compound import CompoundFile
from evidence_app.documents.office.embedded.files_within import FilesWithin
from evidence_app.documents.office.old.office_art import Art, art_records, picture_store, shown_by

MAIN: Final = "Workbook"
BEGIN, END, SHEET, CONTINUED = 0x0809, 0x000A, 0x0085, 0x003C
STORE, DRAWING, OBJECT, TEXT = 0x00EB, 0x00EC, 0x005D, 0x01B6
"""Kinds of records: the beginning and end of a part, the name of a sheet, what continues the record before it; the store of pictures, the
drawing of a sheet, an object in it, and the text of an object."""
VERSION: Final = 0x0600
"""The version of workbooks since Excel 97; before it drawings were stored in another way."""
SORT_AT: Final = 4
NOTE: Final = 0x19
"""Where an object says its sort, and that of a note, whose words the cells' reader gives (2.5.143)."""
LENGTH_AT: Final = 10
"""Where a text says how many characters it has."""
WIDE: Final = 1
"""The first byte of characters of two bytes."""
HEAD: Final = 4


@dataclass(slots=True)
class _Drawn:
    """The records of what is drawn over a sheet, one after the other, and the texts in it."""

    art: bytearray = field(default_factory=bytearray)
    texts: list[str] = field(default_factory=list)


class WorkbookDrawings:
    """Takes pictures out of a workbook, and tells the words of its text boxes, sheet by sheet."""

    def __init__(self, within: FilesWithin, compound: CompoundFile) -> None:
        """Begin with the stream of a workbook.

        Raises:
            OSError, struct.error: it is damaged.
        """
        self._within = within
        self._sheets: dict[str, _Drawn] = {}
        self._store: list[Art | None] = []
        if any(path[0].casefold() == MAIN.casefold() for path in compound.streams):
            self._read(compound.named(MAIN))

    def texts(self, sheet: str) -> list[str]:
        """Return the words of the text boxes of a sheet."""
        return self._sheets.get(sheet, _Drawn()).texts

    def pictures(self, sheet: str) -> list[int]:
        """Return the numbers of the pictures of a sheet, each once."""
        art = bytes(self._sheets.get(sheet, _Drawn()).art)
        places = [place for record in art_records(art) for place in shown_by(art, record)]
        found = [self._store[place - 1] for place in dict.fromkeys(places) if place <= len(self._store)]
        numbers = [self._within.take_picture(each.content, each.ending) for each in found if each is not None]
        return [number for number in numbers if number]

    def _read(self, stream: bytes) -> None:
        names: dict[int, str] = {}
        store = bytearray()
        depth, sort = 0, 0
        drawn = _Drawn()
        for place, kind, contents in _records(stream):
            first = contents[0]
            if kind == BEGIN:
                depth += 1
                if not place and first[:2] != VERSION.to_bytes(2, "little"):
                    return
                if place in names:
                    drawn = self._sheets.setdefault(names[place], _Drawn())
            elif kind == END:
                depth -= 1
            elif kind == SHEET:
                names[int.from_bytes(first[:4], "little")] = _characters(first[7:], first[6])
            elif kind == STORE:
                store += b"".join(contents)
            elif depth == 1 and kind == DRAWING:
                drawn.art += b"".join(contents)
            elif kind == OBJECT:
                sort = int.from_bytes(first[SORT_AT : SORT_AT + 2], "little")
            elif depth == 1 and kind == TEXT and sort != NOTE:
                words = _text(contents)
                drawn.texts += [words] if words.strip() else []
        self._store = picture_store(bytes(store), b"")


def _records(stream: bytes) -> Iterator[tuple[int, int, list[bytes]]]:
    """Yield where each record begins, its kind, and its content with what continues it."""
    place = 0
    waiting: tuple[int, int, list[bytes]] | None = None
    while place + HEAD <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        content = stream[place + HEAD : place + HEAD + length]
        if kind == CONTINUED and waiting is not None:
            waiting[2].append(content)
        else:
            if waiting is not None:
                yield waiting
            waiting = (place, kind, [content])
        place += HEAD + length
    if waiting is not None:
        yield waiting


def _characters(untrusted: bytes, count: int) -> str:
    """Return so many characters, which begin with a byte that says how wide they are (2.5.293)."""
    if not untrusted:
        return ""
    if untrusted[0] & WIDE:
        return untrusted[1 : 1 + 2 * count].decode("utf-16-le", "replace")
    return untrusted[1 : 1 + count].decode("latin-1")


def _text(contents: list[bytes]) -> str:
    """Return the words of a text: they stand in the records that continue it, each with its own width, before what says how they look."""
    left = int.from_bytes(contents[0][LENGTH_AT : LENGTH_AT + 2], "little")
    words = ""
    for content in contents[1:]:
        part = _characters(content, left)
        words += part
        left -= len(part)
        if left <= 0:
            break
    return words
