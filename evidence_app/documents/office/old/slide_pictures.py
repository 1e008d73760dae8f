"""The pictures of slides as they were before 2007, and the objects in them ([MS-PPT], 2.4.3 and 2.10.34)."""

import zlib
from collections.abc import Iterator, Mapping
from typing import Final

from evidence_app.documents.office.containers.compound import CompoundFile
from evidence_app.documents.office.embedded.files_within import FilesWithin
from evidence_app.documents.office.embedded.ole_objects import take_object
from evidence_app.documents.office.old.office_art import ArtRecord, art_records, picture_store, shown_by

PICTURES: Final = "Pictures"
"""The stream of all pictures, to which their store refers (2.1.3)."""
DOCUMENT, OBJECT = 0x03E8, 0x1011
PACKED: Final = 1
"""`recInstance` of an object that is packed, behind four bytes with its size (2.10.36)."""
MAX_OBJECT: Final = 128 * 1024 * 1024
"""Bytes of one object, unpacked."""


class SlidePictures:
    """Takes pictures and objects out of slides. `places` says where each record of the file as it stands now begins."""

    def __init__(self, within: FilesWithin, stream: bytes, places: Mapping[int, int], compound: CompoundFile) -> None:
        self._within = within
        self._stream = stream
        self._places = places
        delayed = compound.beside(PICTURES)
        documents = (record for record in self._records() if record.kind == DOCUMENT)
        self._store = next((picture_store(stream, delayed, each.start, each.end) for each in documents), [])

    def _records(self) -> Iterator[ArtRecord]:
        firsts = (next(art_records(self._stream, place), None) for place in self._places.values())
        return (record for record in firsts if record is not None)

    def of(self, start: int, end: int) -> list[int]:
        """Return the numbers of the pictures on the slide whose records begin and end here, each once."""
        places = [place for record in art_records(self._stream, start, end) for place in shown_by(self._stream, record)]
        numbers: list[int] = []
        for place in dict.fromkeys(places):
            art = self._store[place - 1] if place <= len(self._store) else None
            if art is not None:
                number = self._within.take_picture(art.content, art.ending)
                numbers += [number] if number else []
        return numbers

    def take_objects(self) -> None:
        """Take in the objects of the slides."""
        objects = [record for record in self._records() if record.kind == OBJECT]
        for number, record in enumerate(objects, start=1):
            name = f"object {number}.bin"
            content = self._stream[record.start : record.end]
            if record.instance == PACKED:
                try:
                    content = zlib.decompressobj().decompress(content[4:], MAX_OBJECT)
                except zlib.error:
                    content = b""
            if content:
                take_object(self._within, name, content)
            else:
                self._within.left.append(name)
