"""Compressed rich text ([MS-OXRTFCP]), unpacked within bounds."""

from typing import Final

COMPRESSED: Final = b"LZFu"
"""COMPTYPE of compressed text ([MS-OXRTFCP] 2.1.3.1)."""
UNCOMPRESSED: Final = b"MELA"
"""COMPTYPE of text that is stored as it is."""
HEADER: Final = 16
"""Bytes before the text: COMPSIZE, RAWSIZE, COMPTYPE and CRC."""
WINDOW: Final = 4_096
"""Size of the dictionary, a ring, in bytes."""
MAX_BYTES: Final = 32 * 1024 * 1024
"""The most bytes that are unpacked; what follows is left."""

_BEGUN_WITH: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What the dictionary holds at the beginning ([MS-OXRTFCP] 2.1.2.1)."""


def unpacked(untrusted: bytes) -> bytes:
    """Return the rich text; b"" where the bytes are none. Text that breaks off is returned as far as it goes.

    The check sum is not compared: a damaged mail is described as far as it can be.
    """
    size, kind = int.from_bytes(untrusted[4:8], "little"), untrusted[8:12]
    body = untrusted[HEADER:]
    if kind == UNCOMPRESSED:
        return body[: min(size, MAX_BYTES)]
    return _decompressed(body) if kind == COMPRESSED else b""


def _decompressed(body: bytes) -> bytes:
    ring = bytearray(_BEGUN_WITH.ljust(WINDOW, b"\0"))
    write, place = len(_BEGUN_WITH), 0
    out = bytearray()
    while place < len(body) and len(out) < MAX_BYTES:
        control = body[place]
        place += 1
        for bit in range(8):
            if place >= len(body):
                return bytes(out)
            if not control >> bit & 1:
                run = body[place : place + 1]
                place += 1
                out += run
                ring[write] = run[0]
                write = (write + 1) % WINDOW
                continue
            # A reference: 12 bits of place in the dictionary, 4 bits of length less two; its own place ends the text.
            offset, length = (
                int.from_bytes(body[place : place + 2], "big") >> 4,
                (body[place + 1 : place + 2] or b"\0")[0] & 15,
            )
            place += 2
            if offset == write:
                return bytes(out)
            for step in range(length + 2):
                octet = ring[(offset + step) % WINDOW]
                out.append(octet)
                ring[write] = octet
                write = (write + 1) % WINDOW
    return bytes(out)
