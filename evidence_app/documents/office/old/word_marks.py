"""What a Word document as it was before 2007 says of its characters in its tables: fields of forms, fonts, and whether it has lists ([MS-DOC])."""

import struct
from collections.abc import Iterator
from typing import Final

FONTS, PARAGRAPH_PAGES = 0x112, 0x102
"""Where the File Information Block has the place and the length of the names of fonts, and of paragraph properties (2.5.6)."""
NAME_AT: Final = 40
"""Where a font says its name (2.9.84)."""
MAX_FONTS: Final = 5_000
PAGE: Final = 512
LIST_OF: Final = b"\x0b\x46"
"""sprmPIlfo: the list that a paragraph is in (2.6.2)."""
NO_LIST: Final = frozenset({b"\0\0", b"\xff\x07"})
WHOLE: Final = 0xFFFFFFFF
TICK_BOX, LIST, USUAL = 1, 2, 25
"""The types of a field of a form, and the state of one that is as it usually is (2.9.78)."""
TEXTS_BEHIND: Final = 5
"""Texts of a field between its usual state and the entries of its list."""


def font_names(stream: bytes, table: bytes) -> list[str]:
    """Return the names of the fonts by their numbers."""
    start, length = struct.unpack_from("<II", stream, FONTS)
    part = table[start : start + length]
    names: list[str] = []
    place = 4
    (count,) = struct.unpack_from("<H", part) if len(part) >= 4 else (0,)
    while place < len(part) and len(names) < min(count, MAX_FONTS):
        size = part[place] + 1
        name = part[place + NAME_AT : place + size].decode("utf-16-le", "replace")
        names.append(name.partition("\0")[0])
        place += size
    return names


def has_lists(stream: bytes, table: bytes) -> bool:
    """Return whether a paragraph is in a list, whose number or bullet is no character of the text."""
    start, length = struct.unpack_from("<II", stream, PARAGRAPH_PAGES)
    content = table[start : start + length]
    count = (len(content) - 4) // 8
    numbers = struct.unpack_from(f"<{count}I", content, 4 * (count + 1)) if count > 0 else ()
    pages = (stream[(number & 0x3FFFFF) * PAGE :][:PAGE] for number in dict.fromkeys(numbers))
    return any(LIST_OF in page and any(_listed(page)) for page in pages)


def _listed(page: bytes) -> Iterator[bool]:
    place = page.find(LIST_OF)
    while place >= 0:
        yield len(page) >= place + 4 and page[place + 2 : place + 4] not in NO_LIST
        place = page.find(LIST_OF, place + 1)


def form_state(data: bytes, place: int) -> str:
    """Return what a field of a form shows whose data begin at a place: a tick box, or the entry that is chosen; "" for others (2.9.78)."""
    try:
        (head,) = struct.unpack_from("<H", data, place + 4)
        place += head
        whole, bits = struct.unpack_from("<IH", data, place)
        kind, state = bits & 3, bits >> 2 & 0x1F
        if whole != WHOLE or kind not in {TICK_BOX, LIST}:
            return ""
        place = _behind_text(data, place + 10)
        (usual,) = struct.unpack_from("<H", data, place)
        state = usual if state == USUAL else state
        if kind == TICK_BOX:
            return "☒" if state else "☐"
        place += 2
        for _ in range(TEXTS_BEHIND):
            place = _behind_text(data, place)
        _, count, more = struct.unpack_from("<HHH", data, place)
        place += 6
        for number in range(count):
            (length,) = struct.unpack_from("<H", data, place)
            if number == state:
                return data[place + 2 : place + 2 + 2 * length].decode("utf-16-le", "replace")
            place += 2 + 2 * length + more
    except struct.error:
        return ""
    return ""


def _behind_text(data: bytes, place: int) -> int:
    """Return the place behind a text that ends with a zero (2.9.352)."""
    (length,) = struct.unpack_from("<H", data, place)
    behind: int = place + 2 + 2 * length + 2
    return behind
