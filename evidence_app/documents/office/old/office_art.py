"""Pictures of documents as they were before 2007, which are records of drawings in all of them ([MS-ODRAW])."""

import struct
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from evidence_app.documents.office.embedded.device_bitmap import bitmap_file

HEAD: Final = struct.Struct("<HHI")
CONTAINER: Final = 0xF
"""`recVer` of a record that holds records (2.2.1)."""
STORE: Final = 0xF001
"""The store of all pictures of a file, to whose places shapes refer, from 1 (2.2.20)."""
ENTRY: Final = 0xF007
"""A place in the store (2.2.32)."""
ENTRY_HEAD: Final = 36
ENTRY_DELAY: Final = 28
ENTRY_NAME: Final = 33
"""Bytes of an entry before its name; where it says where its picture is, and how long the name is."""
NOWHERE: Final = 0xFFFFFFFF
CONTAINERS: Final = frozenset(range(0xF000, 0xF006))
"""Records that hold records whatever their version says: some programs write another one."""
OPTIONS: Final = 0xF00B
"""The properties of a shape (2.2.9)."""
PROPERTY_NUMBER, IS_PICTURE = 0x3FFF, 0x4000
"""The bits of the number of a property, and the one by which its value is a place in the store (2.2.7)."""
PICTURE_OF_SHAPE, FILL, FILL_SORT = 0x0104, 0x0186, 0x0180
"""The properties that say which picture a shape shows, which one fills it, and how it is filled (2.3.23.5, 2.3.7.6 and 2.3.7.1)."""
PICTURE_FILL: Final = 3
"""A filling that is a picture: textures and patterns say nothing."""
METAFILES: Final = {0xF01A: ".emf", 0xF01B: ".wmf", 0xF01C: ".pct"}
BITMAPS: Final = {0xF01D: ".jpg", 0xF01E: ".png", 0xF01F: ".bmp", 0xF029: ".tif", 0xF02A: ".jpg"}
"""Records that are pictures, and the ending of the name of each (2.2.24 to 2.2.31)."""
IDENTITY: Final = 16
"""Bytes of the digest before a picture; where the instance of its record is odd there are two."""
METAFILE_HEAD: Final = 34
METAFILE_SIZE: Final = 28
METAFILE_PACKING: Final = 32
"""Bytes before a metafile; where they say how many follow and how they are packed (2.2.31)."""
MAX_DEPTH: Final = 30
MAX_RECORDS: Final = 500_000
MAX_PICTURE: Final = 64 * 1024 * 1024
MAX_UNPACKED: Final = 256 * 1024 * 1024
"""Bytes of one picture, and of all pictures of a document, unpacked."""


class ArtRecord(NamedTuple):
    """A record: its version and instance, its kind, and where its content begins and ends."""

    version: int
    instance: int
    kind: int
    start: int
    end: int


class Art(NamedTuple):
    """A picture: the ending of its name, and its bytes as a file."""

    ending: str
    content: bytes


def art_records(untrusted: bytes, start: int = 0, end: int | None = None) -> Iterator[ArtRecord]:
    """Yield records that follow each other, and those in each, in their order. What is no record ends it.

    Of what holds records and is cut off, those are read that are there.
    """
    waiting = [(start, len(untrusted) if end is None else min(end, len(untrusted)), 0)]
    count = 0
    while waiting and count < MAX_RECORDS:
        place, last, depth = waiting.pop()
        if place + HEAD.size > last:
            continue
        first, kind, length = HEAD.unpack_from(untrusted, place)
        inside = place + HEAD.size
        holds_records = first & 0xF == CONTAINER or kind in CONTAINERS
        if inside + length > last and not holds_records:
            continue
        stop = min(inside + length, last)
        count += 1
        yield ArtRecord(first & 0xF, first >> 4, kind, inside, stop)
        waiting.append((stop, last, depth))
        if holds_records and depth < MAX_DEPTH:
            waiting.append((inside, stop, depth + 1))


class ArtReader:
    """Takes the pictures of one document out of its records, within a bound for all of them; each when it is asked for, and once."""

    def __init__(self) -> None:
        self._left = MAX_UNPACKED
        self._known: dict[tuple[int, int], Art | None] = {}

    def picture(self, untrusted: bytes, record: ArtRecord) -> Art | None:
        """Return the picture that a record is; None where it is none, damaged, or one too many."""
        if record.kind not in METAFILES and record.kind not in BITMAPS:
            return None
        key = (id(untrusted), record.start)
        if key not in self._known:
            art = _picture(untrusted, record, min(MAX_PICTURE, self._left))
            self._left -= len(art.content) if art is not None else 0
            self._known[key] = art if self._left > 0 else None
        return self._known[key]

    def entry(self, untrusted: bytes, delayed: bytes, entry: ArtRecord) -> Art | None:
        """Return the picture of a place in the store, which stands in the place itself or in the stream `delayed`."""
        if entry.end - entry.start < ENTRY_HEAD:
            return None
        inside = entry.start + ENTRY_HEAD + untrusted[entry.start + ENTRY_NAME]
        if inside + HEAD.size <= entry.end:
            record = next(art_records(untrusted, inside, entry.end), None)
            return self.picture(untrusted, record) if record is not None else None
        (place,) = struct.unpack_from("<I", untrusted, entry.start + ENTRY_DELAY)
        record = next(art_records(delayed, place), None) if place != NOWHERE else None
        return self.picture(delayed, record) if record is not None else None


def _picture(untrusted: bytes, record: ArtRecord, limit: int) -> Art | None:
    start = record.start + IDENTITY * (2 if record.instance & 1 else 1)
    if record.kind in BITMAPS:
        content = untrusted[start + 1 : record.end]
        ending = BITMAPS[record.kind]
        whole = bitmap_file(content) if ending == ".bmp" else content
        return Art(ending, whole) if whole else None
    if start + METAFILE_HEAD > record.end:
        return None
    (size,) = struct.unpack_from("<I", untrusted, start + METAFILE_SIZE)
    packed = untrusted[start + METAFILE_HEAD : min(start + METAFILE_HEAD + size, record.end)]
    if untrusted[start + METAFILE_PACKING]:
        return Art(METAFILES[record.kind], packed) if packed else None
    try:
        content = zlib.decompressobj().decompress(packed, max(1, limit))
    except zlib.error:
        return None
    return Art(METAFILES[record.kind], content) if content else None


class PictureStore:
    """The store of pictures in some records; `delayed` is the stream of those that do not stand in the store itself."""

    def __init__(
        self, reader: ArtReader, untrusted: bytes, delayed: bytes, start: int = 0, end: int | None = None
    ) -> None:
        self._reader, self._untrusted, self._delayed = reader, untrusted, delayed
        found = (record for record in art_records(untrusted, start, end) if record.kind == STORE)
        store = next(found, None)
        self._places = [*_places(untrusted, store)] if store is not None else []

    def __getitem__(self, place: int) -> Art | None:
        """Return the picture at a place, from 1; None where there is none."""
        if not 1 <= place <= len(self._places):
            return None
        record = self._places[place - 1]
        if record.kind == ENTRY:
            return self._reader.entry(self._untrusted, self._delayed, record)
        return self._reader.picture(self._untrusted, record)


def _places(untrusted: bytes, store: ArtRecord) -> Iterator[ArtRecord]:
    place = store.start
    while (record := next(art_records(untrusted, place, store.end), None)) is not None:
        yield record
        place = record.end


def shown_by(untrusted: bytes, record: ArtRecord) -> Iterator[int]:
    """Yield the places in the store, from 1, of the pictures that a record of properties shows, or fills a shape with."""
    if record.kind != OPTIONS:
        return
    filling, is_picture = 0, False
    for number in range(record.instance):
        place = record.start + 6 * number
        if place + 6 > record.end:
            break
        name, value = struct.unpack_from("<HI", untrusted, place)
        if name & PROPERTY_NUMBER == FILL_SORT:
            is_picture = value == PICTURE_FILL
        elif name & IS_PICTURE and name & PROPERTY_NUMBER == PICTURE_OF_SHAPE and value:
            yield value
        elif name & IS_PICTURE and name & PROPERTY_NUMBER == FILL:
            filling = value
    if is_picture and filling:
        yield filling
