"""The names of named properties in a .msg file ([MS-OXMSG] 2.2.3)."""

import struct
from collections.abc import Mapping
from typing import Final

from evidence_app.mail.outlook.properties import FIRST_NAMED, SETS, STRINGS, named

GUIDS: Final = "__substg1.0_00020102"
"""The stream of the property sets' GUIDS ([MS-OXMSG] 2.2.3.1.1)."""
ENTRIES: Final = "__substg1.0_00030102"
"""The stream of one entry of eight bytes for each name ([MS-OXMSG] 2.2.3.1.2)."""
TEXTS: Final = "__substg1.0_00040102"
"""The stream of the names that are strings, each after its length in bytes ([MS-OXMSG] 2.2.3.1.3)."""
MAX_NAME_BYTES: Final = 500
MAX_NAMES: Final = 10_000
FIRST_LISTED: Final = 3
"""The index of the first GUID in the stream; those below it are fixed sets, none of which is read here."""


def names_in(streams: Mapping[str, bytes]) -> dict[int, int]:
    """Return, by the number that a file gives a named property, the number of its name (`named`), for the sets that are read."""
    guids, entries, texts = (streams.get(name, b"") for name in (GUIDS, ENTRIES, TEXTS))
    found: dict[int, int] = {}
    for offset in range(0, min(len(entries) - 7, 8 * MAX_NAMES), 8):
        identifier, kind_and_set, index = struct.unpack_from("<IHH", entries, offset)
        # The lowest bit says that the name is a string; the others count the sets.
        if kind_and_set & 1:
            number = STRINGS.get(_text(texts, identifier).lower())
            if number is not None:
                found[FIRST_NAMED + index] = number
            continue
        place = 16 * ((kind_and_set >> 1) - FIRST_LISTED)
        property_set = SETS.get(guids[place : place + 16]) if place >= 0 else None
        if property_set is not None and identifier <= 0xFFFF:
            found[FIRST_NAMED + index] = named(property_set, identifier)
    return found


def _text(texts: bytes, place: int) -> str:
    """Return the name at a place of the stream of names."""
    length = int.from_bytes(texts[place : place + 4], "little")
    return texts[place + 4 : place + 4 + length].decode("utf-16-le", "replace") if 0 < length <= MAX_NAME_BYTES else ""
