"""Takes out of a JPEG file what it says beside its picture: comments, EXIF, XMP and the like. The coded picture stays, byte for byte."""

from typing import Final

START: Final = b"\xff\xd8"
SCAN: Final = 0xDA
"""Marker of the coded picture (ITU-T T.81, table B.1): what follows it is left as it is."""
ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a length."""
REMARKS: Final = frozenset({0xFE, 0xE1, *range(0xE3, 0xEE), 0xEF})
"""Comments and application data; not JFIF (APP0), colour profiles (APP2) and Adobe's colour transform (APP14), by which the picture is drawn."""


def without_remarks(untrusted: bytes) -> bytes | None:
    """Return a JPEG file without remarks; None if it has none, or is not made as it should be."""
    if not untrusted.startswith(START):
        return None
    parts, offset, removed = [START], 2, False
    while offset + 4 <= len(untrusted):
        if untrusted[offset] != 0xFF:
            return None
        marker = untrusted[offset + 1]
        if marker == 0xFF:
            offset += 1
            continue
        if marker in ALONE:
            parts.append(untrusted[offset : offset + 2])
            offset += 2
            continue
        length = int.from_bytes(untrusted[offset + 2 : offset + 4], "big")
        if marker == SCAN:
            return b"".join([*parts, untrusted[offset:]]) if removed else None
        if length < 2:
            return None
        if marker in REMARKS:
            removed = True
        else:
            parts.append(untrusted[offset : offset + 2 + length])
        offset += 2 + length
    return None
