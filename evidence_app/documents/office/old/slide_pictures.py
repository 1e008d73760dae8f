"""The pictures of slides as they were before 2007, and the objects in them ([MS-PPT], 2.4.3 and 2.10.34)."""

import zlib
from collections.abc import Mapping
from typing import Final

from evidence_app.documents.office.containers.compound import CompoundFile
from evidence_app.documents.office.embedded.files_within import FilesWithin
from evidence_app.documents.office.embedded.ole_objects import take_object
from evidence_app.documents.office.old.office_art import ArtReader, PictureStore, art_records, shown_by

PICTURES: Final = "Pictures"
"""The stream of all pictures, to which their store refers (2.1.3)."""
DOCUMENT, OBJECT = 0x03E8, 0x1011
PACKED: Final = 1
"""`recInstance` of an object that is packed, behind four bytes with its size (2.10.36)."""
MAX_OBJECTS: Final = 128 * 1024 * 1024
"""Bytes of all objects, unpacked."""


class SlidePictures:
    """Takes pictures and objects out of slides. `places` says where each record of the file as it stands now begins."""

    def __init__(self, within: FilesWithin, stream: bytes, places: Mapping[int, int], compound: CompoundFile) -> None:
        self._within = within
        self._stream = stream
        # Several numbers may lead to one place.
        firsts = (next(art_records(stream, place), None) for place in dict.fromkeys(places.values()))
        self._records = [record for record in firsts if record is not None]
        document = next((each for each in self._records if each.kind == DOCUMENT), None)
        start, end = (document.start, document.end) if document is not None else (0, 0)
        self._store = PictureStore(ArtReader(), stream, compound.beside(PICTURES), start, end)

    def of(self, start: int, end: int) -> list[int]:
        """Return the numbers of the pictures on the slide whose records begin and end here, each once."""
        places = [place for record in art_records(self._stream, start, end) for place in shown_by(self._stream, record)]
        found = (self._store[place] for place in dict.fromkeys(places))
        numbers = (self._within.take_picture(each.content, each.ending) for each in found if each is not None)
        return [number for number in numbers if number]

    def take_objects(self) -> None:
        """Take in the objects of the slides."""
        left = MAX_OBJECTS
        objects = (record for record in self._records if record.kind == OBJECT)
        for number, record in enumerate(objects, start=1):
            name = f"object {number}.bin"
            content = self._stream[record.start : record.end]
            if record.instance == PACKED:
                try:
                    content = zlib.decompressobj().decompress(content[4:], max(1, left))
                except zlib.error:
                    content = b""
            left -= len(content)
            if content and left > 0:
                take_object(self._within, name, content)
            else:
                self._within.left.append(name)
