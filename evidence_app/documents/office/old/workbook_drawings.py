"""What is drawn over the sheets of a workbook as they were before 2007, and stands around them ([MS-XLS]): pictures, text boxes, the words of
charts, headers and footers.

xlrd, which reads the cells, leaves all of that out but for notes.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from evidence_app.documents.office.containers.compound import CompoundFile
from evidence_app.documents.office.embedded.files_within import FilesWithin
from evidence_app.documents.office.old.office_art import ArtReader, PictureStore, art_records, shown_by

MAIN: Final = "Workbook"
BEGIN, END, SHEET, CONTINUED = 0x0809, 0x000A, 0x0085, 0x003C
STORE, DRAWING, OBJECT, TEXT = 0x00EB, 0x00EC, 0x005D, 0x01B6
"""Kinds of records: the beginning and end of a part, the name of a sheet, what continues the record before it; the store of pictures, the
drawing of a sheet, an object in it, and the text of an object (2.4.102, 2.4.171, 2.4.181 and 2.4.329)."""
AROUND: Final = frozenset({0x0014, 0x0015})
CHART_WORDS: Final = 0x100D
"""Headers and footers (2.4.136 and 2.4.124), and words of a chart (2.4.254)."""
VERSION: Final = 0x0600
"""The version of workbooks since Excel 97; before it drawings were stored in another way."""
SORT_AT, PARTS_AT = 4, 22
NOTE, TICK_BOX, CHOICE = 0x19, 0x0B, 0x0C
"""Where an object says its sort and where its other parts begin; a note, whose words the cells' reader gives, and what is ticked (2.5.143)."""
TICKED: Final = 0x12
"""The part of an object that says whether it is ticked (2.5.147)."""
LENGTH_AT, LOOKS_AT = 10, 12
"""Where a text says how many characters it has, and how many bytes say how they look."""
WIDE: Final = 1
"""The first byte of characters of two bytes."""
HEAD: Final = 4


@dataclass(slots=True)
class SheetDrawn:
    """What is drawn over a sheet: records one after the other, and words of text boxes, charts, headers and footers."""

    is_hidden: bool = False
    texts: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    chart: list[str] = field(default_factory=list)
    art: bytearray = field(default_factory=bytearray)


class WorkbookDrawings:
    """Takes pictures out of a workbook, and tells the words that are drawn, sheet by sheet."""

    def __init__(self, within: FilesWithin, compound: CompoundFile) -> None:
        """Begin with the stream of a workbook.

        Raises:
            OSError, struct.error: it is damaged.
        """
        self._within = within
        self.sheets: dict[str, SheetDrawn] = {}
        """What is drawn over each sheet by its name, in the order of the workbook; sheets that are charts among them."""
        self._store = PictureStore(ArtReader(), b"", b"")
        if any(path[0].casefold() == MAIN.casefold() for path in compound.streams):
            self._read(compound.named(MAIN))

    def pictures(self, drawn: SheetDrawn) -> list[int]:
        """Return the numbers of the pictures of a sheet, each once."""
        art = bytes(drawn.art)
        places = [place for record in art_records(art) for place in shown_by(art, record)]
        found = (self._store[place] for place in dict.fromkeys(places))
        numbers = (self._within.take_picture(each.content, each.ending) for each in found if each is not None)
        return [number for number in numbers if number]

    def _read(self, stream: bytes) -> None:
        places: dict[int, SheetDrawn] = {}
        store = bytearray()
        depth = 0
        reader = _SheetReader(SheetDrawn())
        for place, kind, contents in _records(stream):
            first = contents[0]
            if kind == BEGIN:
                depth += 1
                if not place and first[:2] != VERSION.to_bytes(2, "little"):
                    return
                reader = _SheetReader(places[place]) if place in places else reader
            elif kind == END:
                depth -= 1
            elif kind == SHEET and len(first) > 7:
                name = _characters(first[7:], first[6])
                drawn = self.sheets.setdefault(name, SheetDrawn(is_hidden=bool(first[4])))
                places[int.from_bytes(first[:4], "little")] = drawn
            elif kind == STORE:
                store += b"".join(contents)
            elif depth:
                reader.take(kind, contents, is_within=depth > 1)
        self._store = PictureStore(ArtReader(), bytes(store), b"")


class _SheetReader:
    """Reads the records of one sheet."""

    def __init__(self, drawn: SheetDrawn) -> None:
        self._drawn = drawn
        self._sort = 0
        self._mark = ""

    def take(self, kind: int, contents: list[bytes], *, is_within: bool) -> None:
        """Take in a record with what continues it; `is_within` says whether it stands in a chart that is drawn over the sheet."""
        first, drawn = contents[0], self._drawn
        if kind == CHART_WORDS:
            words = _characters(first[3:], first[2]) if len(first) > 3 else ""
            drawn.chart += [words] if words.strip() and words not in drawn.chart else []
        elif is_within:
            return
        elif kind in AROUND:
            words = _characters(first[2:], int.from_bytes(first[:2], "little"))
            drawn.around += [words] if words.strip() else []
        elif kind == DRAWING:
            drawn.art += b"".join(contents)
        elif kind == OBJECT:
            self._sort = int.from_bytes(first[SORT_AT : SORT_AT + 2], "little")
            self._mark = _tick(first) if self._sort in {TICK_BOX, CHOICE} else ""
            # What continues an object is the drawing before it.
            drawn.art += b"".join(contents[1:])
        elif kind == TEXT:
            words, rest = _text(contents)
            drawn.art += b"".join(rest)
            if self._sort != NOTE and words.strip():
                drawn.texts.append(f"{self._mark}{words}")


def _tick(untrusted: bytes) -> str:
    """Return the sign of what can be ticked, from the parts of an object."""
    place = PARTS_AT
    while place + 4 <= len(untrusted):
        kind, length = struct.unpack_from("<HH", untrusted, place)
        if kind == TICKED:
            return "☒ " if int.from_bytes(untrusted[place + 4 : place + 6], "little") else "☐ "
        place += 4 + length
    return "☐ "


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


def _text(contents: list[bytes]) -> tuple[str, list[bytes]]:
    """Return the words of a text, which stand in the records that continue it, each with its own width; and what is left of those.

    Behind the words comes how they look, and behind that the drawing goes on.
    """
    left = int.from_bytes(contents[0][LENGTH_AT : LENGTH_AT + 2], "little")
    looks = int.from_bytes(contents[0][LOOKS_AT : LOOKS_AT + 2], "little")
    words = ""
    rest = list(contents[1:])
    while rest and left > 0:
        part = _characters(rest.pop(0), left)
        words += part
        left -= max(1, len(part))
    while rest and looks > 0:
        looks -= max(1, len(rest.pop(0)))
    return words, rest
