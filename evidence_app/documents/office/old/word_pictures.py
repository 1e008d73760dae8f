"""The pictures of a Word document as it was before 2007: those among its words, and those that are drawn on its pages ([MS-DOC], 2.9.192 and 2.8.43)."""

import struct
from collections.abc import Iterator
from typing import Final

from evidence_app.documents.office.containers.compound import CompoundFile
from evidence_app.documents.office.embedded.files_within import FilesWithin
from evidence_app.documents.office.old.office_art import (
    Art,
    ArtRecord,
    art_records,
    entry_in,
    picture_in,
    picture_store,
    shown_by,
)

DATA: Final = "Data"
DRAWINGS: Final = 0x22A
"""Where the File Information Block has the place and the length of the drawings in the table (2.5.6, fcDggInfo)."""
STORED_IN_FILE: Final = 0x64
NAMED_IN_FILE: Final = 0x66
"""How the data of a picture say that they are records of a drawing, and that the name of a file comes first (2.9.157)."""
ENTRY: Final = 0xF007


class WordPictures:
    """Takes the pictures of a document out of it, each when it is asked for."""

    def __init__(self, within: FilesWithin, stream: bytes, table: bytes, compound: CompoundFile) -> None:
        """Begin with the streams of a document, its main one and that of its tables."""
        self._within = within
        self._data = compound.beside(DATA)
        start, length = struct.unpack_from("<II", stream, DRAWINGS)
        self._drawings = table[start : start + length]
        self._store = picture_store(self._drawings, stream)

    def inline(self, place: int) -> int:
        """Return the number of the picture whose data begin at a place; 0 if there is none that can be taken out."""
        if place + 8 > len(self._data):
            return 0
        length, head, sort = struct.unpack_from("<IHH", self._data, place)
        end, start = place + length, place + head
        if sort == NAMED_IN_FILE and start < len(self._data):
            start += 1 + self._data[start]
        elif sort != STORED_IN_FILE:
            return 0
        for record in art_records(self._data, start, end):
            art = entry_in(self._data, b"", record) if record.kind == ENTRY else picture_in(self._data, record)
            if art is not None:
                return self._take(art)
        return 0

    def drawn(self) -> Iterator[int]:
        """Yield the numbers of the pictures that shapes on the pages show, each once."""
        shown: set[int] = set()
        for record in _records_of_drawings(self._drawings):
            for place in shown_by(self._drawings, record):
                art = self._store[place - 1] if place <= len(self._store) else None
                number = self._take(art) if art is not None and place not in shown else 0
                shown.add(place)
                if number:
                    yield number

    def _take(self, art: Art) -> int:
        return self._within.take_picture(art.content, art.ending)


def _records_of_drawings(drawings: bytes) -> Iterator[ArtRecord]:
    """Yield the records of what is drawn: behind the store each drawing has a byte before it that says where it belongs (2.9.172)."""
    whole = next(art_records(drawings), None)
    place = whole.end if whole is not None else len(drawings)
    while (drawing := next(art_records(drawings, place + 1), None)) is not None:
        yield from art_records(drawings, place + 1, drawing.end)
        place = drawing.end
