"""Device-independent bitmaps, which stand in documents and metafiles without the header of a file ([MS-WMF], 2.2.2.9)."""

import struct
from typing import Final

FILE_HEAD: Final = struct.Struct("<2sIHHI")
OLD_HEAD: Final = 12
"""Bytes of the header of OS/2, which counts in two bytes each."""
HEAD: Final = 40
HEADS: Final = frozenset({OLD_HEAD, HEAD, 52, 56, 64, 108, 124})
MASKED: Final = 3
"""The compression of pixels by three masks, which stand behind a header of 40 bytes."""
MAX_INDEXED: Final = 8
"""Bits of a pixel that has its colour from a table, at the most."""


def bitmap_file(untrusted: bytes, place: int = 0) -> bytes | None:
    """Return a bitmap with the header of a file (.bmp) before it; None where it is no bitmap. Its pixels begin at a place, if that is known."""
    start = pixels_at(untrusted)
    if start is None or (place and start > place):
        return None
    start = place or start
    return FILE_HEAD.pack(b"BM", FILE_HEAD.size + len(untrusted), 0, 0, FILE_HEAD.size + start) + untrusted


def pixels_at(untrusted: bytes) -> int | None:
    """Return where the pixels of a bitmap begin when they follow its header and its colours; None where it is no bitmap."""
    head = int.from_bytes(untrusted[:4], "little")
    if head not in HEADS or len(untrusted) < head:
        return None
    if head == OLD_HEAD:
        (bits,) = struct.unpack_from("<H", untrusted, 10)
        return head + (3 << bits if bits <= MAX_INDEXED else 0)
    (bits, compression) = struct.unpack_from("<HI", untrusted, 14)
    (used,) = struct.unpack_from("<I", untrusted, 32)
    colours = used or (1 << bits if bits <= MAX_INDEXED else 0)
    masks = 12 if compression == MASKED and head == HEAD else 0
    start: int = head + masks + 4 * colours
    return start if start < len(untrusted) else None


def size_in_pixels(untrusted: bytes) -> tuple[int, int]:
    """Return the width and the height of a bitmap, as its header says; 0 where it says none."""
    if int.from_bytes(untrusted[:4], "little") == OLD_HEAD and len(untrusted) >= OLD_HEAD:
        width, height = struct.unpack_from("<HH", untrusted, 4)
        return width, height
    if len(untrusted) < HEAD:
        return 0, 0
    # A height below zero says that the first row is the topmost.
    width, height = struct.unpack_from("<ii", untrusted, 4)
    return abs(width), abs(height)
