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
OPTIONS: Final = 0xF00B
"""The properties of a shape (2.2.9)."""
PICTURE_OF_SHAPE: Final = 0x0104
PROPERTY_NUMBER: Final = 0x3FFF
"""The property that says which picture a shape shows, and the bits of the number of a property (2.3.23.5 and 2.2.7)."""
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
"""Bytes of one picture, unpacked."""


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
    """Yield records that follow each other, and those in each, in their order. What is no record ends it."""
    waiting = [(start, len(untrusted) if end is None else min(end, len(untrusted)), 0)]
    count = 0
    while waiting and count < MAX_RECORDS:
        place, last, depth = waiting.pop()
        if place + HEAD.size > last:
            continue
        first, kind, length = HEAD.unpack_from(untrusted, place)
        inside = place + HEAD.size
        if inside + length > last:
            continue
        count += 1
        yield ArtRecord(first & 0xF, first >> 4, kind, inside, inside + length)
        waiting.append((inside + length, last, depth))
        if first & 0xF == CONTAINER and depth < MAX_DEPTH:
            waiting.append((inside, inside + length, depth + 1))


def picture_in(untrusted: bytes, record: ArtRecord) -> Art | None:
    """Return the picture that a record is; None where it is none, or damaged."""
    start = record.start + IDENTITY * (2 if record.instance & 1 else 1)
    if record.kind in BITMAPS:
        content = untrusted[start + 1 : record.end]
        ending = BITMAPS[record.kind]
        whole = bitmap_file(content) if ending == ".bmp" else content
        return Art(ending, whole) if whole else None
    if record.kind not in METAFILES or start + METAFILE_HEAD > record.end:
        return None
    (size,) = struct.unpack_from("<I", untrusted, start + METAFILE_SIZE)
    packed = untrusted[start + METAFILE_HEAD : min(start + METAFILE_HEAD + size, record.end)]
    if untrusted[start + METAFILE_PACKING]:
        return Art(METAFILES[record.kind], packed) if packed else None
    try:
        content = zlib.decompressobj().decompress(packed, MAX_PICTURE)
    except zlib.error:
        return None
    return Art(METAFILES[record.kind], content) if content else None


def picture_store(untrusted: bytes, delayed: bytes, start: int = 0, end: int | None = None) -> list[Art | None]:
    """Return the pictures of the store in some records, by their places; None for one that is not there.

    `delayed` is the stream of pictures that do not stand in the store itself.
    """
    for record in art_records(untrusted, start, end):
        if record.kind == STORE:
            return list(_stored(untrusted, delayed, record))
    return []


def _stored(untrusted: bytes, delayed: bytes, store: ArtRecord) -> Iterator[Art | None]:
    place = store.start
    while place + HEAD.size <= store.end:
        record = next(art_records(untrusted, place, store.end), None)
        if record is None:
            return
        yield entry_in(untrusted, delayed, record) if record.kind == ENTRY else picture_in(untrusted, record)
        place = record.end


def entry_in(untrusted: bytes, delayed: bytes, entry: ArtRecord) -> Art | None:
    """Return the picture of a place in the store, which stands in the place itself or in another stream."""
    if entry.end - entry.start < ENTRY_HEAD:
        return None
    inside = entry.start + ENTRY_HEAD + untrusted[entry.start + ENTRY_NAME]
    if inside + HEAD.size <= entry.end:
        record = next(art_records(untrusted, inside, entry.end), None)
        return picture_in(untrusted, record) if record is not None else None
    (place,) = struct.unpack_from("<I", untrusted, entry.start + ENTRY_DELAY)
    record = next(art_records(delayed, place), None) if place != NOWHERE else None
    return picture_in(delayed, record) if record is not None else None


def shown_by(untrusted: bytes, record: ArtRecord) -> Iterator[int]:
    """Yield the places in the store, from 1, of the pictures that a record of properties shows."""
    if record.kind != OPTIONS:
        return
    for number in range(record.instance):
        place = record.start + 6 * number
        if place + 6 > record.end:
            return
        name, value = struct.unpack_from("<HI", untrusted, place)
        if name & PROPERTY_NUMBER == PICTURE_OF_SHAPE and value:
            yield value
