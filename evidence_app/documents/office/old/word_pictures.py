"""The pictures of a Word document as it was before 2007: those among its words, and those that are drawn on its pages ([MS-DOC], 2.9.192 and 2.8.43)."""

import struct
from collections.abc import Iterator
from itertools import islice
from typing import Final

from evidence_app.documents.office.containers.compound import CompoundFile
from evidence_app.documents.office.embedded.files_within import FilesWithin
from evidence_app.documents.office.old.office_art import (
    ENTRY,
    ArtReader,
    ArtRecord,
    PictureStore,
    art_records,
    shown_by,
)

DATA: Final = "Data"
DRAWINGS: Final = 0x22A
"""Where the File Information Block has the place and the length of the drawings in the table (2.5.6, fcDggInfo)."""
STORED_IN_FILE: Final = 0x64
NAMED_IN_FILE: Final = 0x66
"""How the data of a picture say that they are records of a drawing, and that the name of a file comes first (2.9.157)."""
OF_HEADERS: Final = 1
"""The byte before a drawing of headers and footers."""
MAX_LOOKED_AT: Final = 1_000
"""Records of one picture's data."""


class WordPictures:
    """Takes the pictures of a document out of it, each when it is asked for."""

    def __init__(self, within: FilesWithin, stream: bytes, table: bytes, compound: CompoundFile) -> None:
        """Begin with the streams of a document, its main one and that of its tables."""
        self._within = within
        self._reader = ArtReader()
        self.data = compound.beside(DATA)
        start, length = struct.unpack_from("<II", stream, DRAWINGS)
        self._drawings = table[start : start + length]
        self._store = PictureStore(self._reader, self._drawings, stream)
        self._numbers: dict[int, int] = {}

    def inline(self, place: int) -> int:
        """Return the number of the picture whose data begin at a place; 0 if there is none that can be taken out."""
        if place not in self._numbers:
            self._numbers[place] = self._inline(place)
        return self._numbers[place]

    def _inline(self, place: int) -> int:
        if place + 8 > len(self.data):
            return 0
        length, head, sort = struct.unpack_from("<IHH", self.data, place)
        end, start = place + length, place + head
        if sort == NAMED_IN_FILE and start < len(self.data):
            start += 1 + self.data[start]
        elif sort != STORED_IN_FILE:
            return 0
        for record in islice(art_records(self.data, start, end), MAX_LOOKED_AT):
            is_entry = record.kind == ENTRY
            found = self._reader.entry(self.data, b"", record) if is_entry else self._reader.picture(self.data, record)
            if found is not None:
                return self._within.take_picture(found.content, found.ending)
        return 0

    def drawn(self, *, in_headers: bool) -> list[int]:
        """Return the numbers of the pictures that shapes on the pages show, or those in their headers and footers, each once."""
        shown: dict[int, int] = {}
        for is_header, record in _records_of_drawings(self._drawings):
            for place in shown_by(self._drawings, record) if is_header == in_headers else ():
                art = self._store[place] if place not in shown else None
                if art is not None:
                    shown[place] = self._within.take_picture(art.content, art.ending)
        return [*dict.fromkeys(number for number in shown.values() if number)]


def _records_of_drawings(drawings: bytes) -> Iterator[tuple[bool, ArtRecord]]:
    """Yield the records of what is drawn, and whether it is in headers: behind the store each drawing has a byte that says so (2.9.172)."""
    whole = next(art_records(drawings), None)
    place = whole.end if whole is not None else len(drawings)
    while (drawing := next(art_records(drawings, place + 1), None)) is not None:
        is_header = drawings[place] == OF_HEADERS
        yield from ((is_header, record) for record in art_records(drawings, place + 1, drawing.end))
        place = drawing.end
