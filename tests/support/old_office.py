"""Invented documents as they were before 2007, with pictures, objects and text boxes: no more of the formats than that takes."""

import struct
from collections.abc import Mapping, Sequence

from evidence_app.documents.office.containers.compound_writer import Tree, compound_file

PICTURES = {".png": (0xF01E, 0x6E0), ".jpg": (0xF01D, 0x46A), ".bmp": (0xF01F, 0x7A8), ".emf": (0xF01A, 0x3D4)}
"""The kind and the instance of the record of a picture ([MS-ODRAW], 2.2.24 to 2.2.31)."""
OUTSIDE = 0xFFFFFFFF


def record(kind: int, content: bytes, *, container: bool = False, instance: int = 0, version: int = 0) -> bytes:
    """Return a record of a drawing or of slides ([MS-ODRAW], 2.2.1; [MS-PPT], 2.3.1)."""
    return struct.pack("<HHI", instance << 4 | (0xF if container else version), kind, len(content)) + content


def picture(ending: str, content: bytes, *, packed: bytes | None = None, twice: bool = False) -> bytes:
    """Return the record of a picture; `packed` are the bytes of a metafile as they stand in it, `twice` gives it two digests."""
    kind, instance = PICTURES[ending]
    head = bytes(32 if twice else 16)
    if packed is None:
        head += b"\xff"
    else:
        head += struct.pack("<I24xIBB", len(content), len(packed), 0, 0xFE)
        content = packed
    return record(kind, head + content, instance=instance + twice)


def entry(inside: bytes = b"", *, at: int = OUTSIDE, name: bytes = b"") -> bytes:
    """Return a place in the store of pictures, with its picture in it, or with where it is in another stream."""
    head = struct.pack("<BB16sHIIIBBBB", 6, 6, bytes(16), 0, len(inside), 1, at, 0, len(name), 0, 0)
    return record(0xF007, head + name + inside, version=2)


def store(*entries: bytes) -> bytes:
    """Return the group of all drawings of a file, with its store of pictures."""
    return record(0xF000, record(0xF001, b"".join(entries), container=True, instance=len(entries)), container=True)


def shapes(*places: int, property_number: int = 0x4104) -> bytes:
    """Return a drawing with a shape for each place in the store, from 1."""
    each = (
        record(
            0xF004,
            record(0xF00B, struct.pack("<HI", property_number, place), instance=1, version=3),
            container=True,
        )
        for place in places
    )
    return record(0xF002, b"".join(each), container=True)


def word_document(
    text: str,
    data: Mapping[int, bytes] | None = None,
    *,
    drawn: bytes = b"",
    delayed: bytes = b"",
    marks: bytes = b"",
    objects: Tree | None = None,
    raw: Mapping[int, bytes] | None = None,
    signs: Mapping[int, tuple[int, int]] | None = None,
    fonts: Sequence[str] = (),
    struck: Mapping[int, int] | None = None,
    same: Sequence[int] = (),
) -> bytes:
    """Return a Word document. `data` are records of pictures by the place of their characters in the text, `raw` other data.

    `signs` are numbers of fonts and codes by the place of their characters, `struck` properties of characters with a line through them.
    `same` are places whose characters all stand for the picture of the first of them.

    `drawn` is what the table stream has of drawings, `delayed` what stands behind the text for them, at byte 4,096; `marks` are properties that
    each character of a picture has besides; `objects` is the pool of objects.
    """
    start, page = 0x600, 0x800
    stream_of_data, runs, at = b"", [], 0
    whole = {place: record(0xF004, b"", container=True) + inside for place, inside in (data or {}).items()} | dict(
        raw or {}
    )
    for place in sorted({*whole, *(signs or {}), *(struck or {})}):
        if place in whole:
            properties = struct.pack("<HI", 0x6A03, len(stream_of_data)) + marks
            stream_of_data += struct.pack("<IHH60x", 68 + len(whole[place]), 68, 0x64) + whole[place]
        elif struck and place in struck:
            properties = struct.pack("<HB", struck[place], 1)
        else:
            properties = struct.pack("<HHH", 0x6A09, *(signs or {})[place])
        runs += [(at, b""), (place, properties)]
        at = place + (len(same) or 1)
    runs.append((at, b""))
    table = (
        b"\x02"
        + struct.pack("<I", 16)
        + struct.pack("<II", 0, len(text))
        + struct.pack("<HIH", 0, start * 2 | 0x40000000, 0)
    )
    pieces = (0, len(table))
    pages = struct.pack("<III", start, start + len(text), page // 512)
    named = b"".join(bytes([39 + 2 * len(each) + 2]) + bytes(39) + f"{each}\0".encode("utf-16-le") for each in fonts)
    listed = struct.pack("<HH", len(fonts), 0) + named
    behind = len(table) + len(pages)
    where = {
        0xFA: (len(table), len(pages)),
        0x1A2: pieces,
        0x22A: (behind, len(drawn)),
        0x112: (behind + len(drawn), len(listed)),
    }
    head = bytearray(0x600)
    struct.pack_into("<HH", head, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", head, 0x0A, 0x0200)
    struct.pack_into("<8i", head, 0x4C, len(text), *[0] * 7)
    for place, pair in where.items():
        struct.pack_into("<II", head, place, *pair)
    stream = (bytes(head) + text.encode("cp1252")).ljust(page, b"\0") + _page_of_properties(start, len(text), runs)
    streams: dict[str, Tree | bytes] = {
        "WordDocument": stream.ljust(4096, b"\0") + delayed,
        "1Table": table + pages + drawn + listed,
        "Data": stream_of_data,
    }
    return compound_file({**streams, **({"ObjectPool": objects} if objects else {})})


def _page_of_properties(start: int, length: int, runs: Sequence[tuple[int, bytes]]) -> bytes:
    begins = struct.pack(f"<{len(runs) + 1}I", *(start + place for place, _ in runs), start + length)
    page = bytearray(512)
    page[: len(begins)] = begins
    free = 510
    for number, (_, properties) in enumerate(runs):
        if properties:
            free = (free - len(properties) - 1) // 2 * 2
            page[free : free + 1 + len(properties)] = bytes([len(properties)]) + properties
            page[len(begins) + number] = free // 2
    page[511] = len(runs)
    return bytes(page)


def workbook(
    sheets: Mapping[str, bytes], pictures: bytes = b"", objects: Tree | None = None, stream_name: str = "Workbook"
) -> bytes:
    """Return a workbook: the records of each sheet by its name, the group of all drawings, and the storages of objects."""
    names = b"".join(_biff(0x85, struct.pack("<IHBB", 0, 0, len(name), 0) + name.encode("latin-1")) for name in sheets)
    group = _split(0xEB, pictures) if pictures else b""
    begin, end = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6)), _biff(0x0A, b"")
    place = len(begin) + len(names) + len(group) + len(end)
    placed, bodies = b"", b""
    for name, records in sheets.items():
        placed += _biff(0x85, struct.pack("<IHBB", place + len(bodies), 0, len(name), 0) + name.encode("latin-1"))
        bodies += _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 6)) + records + end
    return compound_file({stream_name: begin + placed + group + end + bodies, **(objects or {})})


def drawing(art: bytes) -> bytes:
    """Return the record of what is drawn over a sheet."""
    return _split(0xEC, art)


def box(*parts: str, sort: int = 6, wide: bool = False, more: bytes = b"", behind: Sequence[bytes] = ()) -> bytes:
    """Return an object of a sheet with a text, whose parts stand in a record each; of sort 0x19 it is a note's.

    `more` are other parts of the object; of `behind` the first continues the object, and the second the text.
    """
    text = "".join(parts)
    about = _biff(0x5D, struct.pack("<HHHHH12x", 0x15, 0x12, sort, 1, 0) + more)
    about += _biff(0x3C, behind[0]) if behind else b""
    code = "utf-16-le" if wide else "latin-1"
    said = b"".join(_biff(0x3C, bytes([wide]) + part.encode(code)) for part in parts)
    return (
        about
        + _biff(0x1B6, struct.pack("<HH6xHHHH", 0, 0, len(text), 16, 0, 0))
        + said
        + _biff(0x3C, bytes(16))
        + b"".join(_biff(0x3C, each) for each in behind[1:])
    )


def around(words: str, *, is_footer: bool = False) -> bytes:
    """Return the header or footer of a sheet."""
    return _biff(0x15 if is_footer else 0x14, struct.pack("<HB", len(words), 0) + words.encode("latin-1"))


def chart(*words: str) -> bytes:
    """Return a chart that is drawn over a sheet, with its words."""
    said = b"".join(_biff(0x100D, struct.pack("<HBB", 0, len(each), 0) + each.encode("latin-1")) for each in words)
    return _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x20, 0, 0, 0, 6)) + said + _biff(0x0A, b"")


def _split(kind: int, content: bytes) -> bytes:
    """Return a record with what does not go into one in records that continue it."""
    parts = [content[place : place + 8_000] for place in range(0, len(content), 8_000)]
    return _biff(kind, parts[0]) + b"".join(_biff(0x3C, part) for part in parts[1:])


def _biff(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def slides(objects: Mapping[int, bytes], pictures: bytes = b"", same: Mapping[int, int] | None = None) -> bytes:
    """Return slides: records by their numbers as objects, and the stream of pictures; `same` are numbers that lead to the place of others."""
    stream, places = b"", {}
    for number, content in objects.items():
        places[number] = len(stream)
        stream += content
    places.update({number: places[other] for number, other in (same or {}).items()})
    directory = b"".join(struct.pack("<II", 1 << 20 | number, place) for number, place in places.items())
    at = len(stream)
    stream += record(0x1772, directory)
    edit = len(stream)
    stream += record(0x0FF5, struct.pack("<IIIIIIHH", 0, 0, 0, at, 1, 6, 0, 0))
    user = record(0x0FF6, struct.pack("<III", 20, 0xE391C05F, edit))
    return compound_file(
        {"PowerPoint Document": stream, "Current User": user, **({"Pictures": pictures} if pictures else {})}
    )
