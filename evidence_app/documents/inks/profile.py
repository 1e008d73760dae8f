"""An ICC profile of four printing inks as screens commonly show them (docs/decisions/0028-fonts-made-anew.md).

A mixture of inks is a mixture of the colours of their sixteen overprints, each as large as it is by chance (Neugebauer's equations with
Demichel's shares). The profile is one of version 2 (ICC.1:2001-04, 6.3.2.1 and 6.5.6).
"""

import struct
from functools import lru_cache
from itertools import product
from typing import Final

OVERPRINTS: Final = {
    (0, 0, 0, 0): (255, 255, 255),
    (1, 0, 0, 0): (0, 174, 239),
    (0, 1, 0, 0): (236, 0, 140),
    (0, 0, 1, 0): (255, 242, 0),
    (1, 1, 0, 0): (46, 49, 146),
    (1, 0, 1, 0): (0, 166, 81),
    (0, 1, 1, 0): (237, 28, 36),
    (1, 1, 1, 0): (54, 54, 57),
    (0, 0, 0, 1): (35, 31, 32),
    (1, 0, 0, 1): (0, 4, 36),
    (0, 1, 0, 1): (21, 0, 0),
    (0, 0, 1, 1): (25, 26, 0),
}
"""Colours (sRGB) of full inks upon each other, cyan, magenta, yellow and black, as screens commonly show those of American offset (SWOP);
those that are not here are black."""
GAIN: Final = 1.1
"""Exponent of the part of the paper that an ink covers, for which the mixtures are nearest to those that PDFium shows."""
GRID: Final = 5
CURVE: Final = 33
"""Points of the table in each ink, and of the curves before it."""
WHITE: Final = (0.9642, 1.0, 0.8249)
"""The white of the profile's own space, D50."""
TO_XYZ: Final = (
    (0.4360747, 0.3850649, 0.1430804),
    (0.2225045, 0.7168786, 0.0606169),
    (0.0139322, 0.0971045, 0.7141733),
)
"""From linear sRGB to XYZ, adapted to D50 (IEC 61966-2-1, Bradford)."""


@lru_cache(maxsize=1)
def profile() -> bytes:
    """Return the profile: four inks to Lab."""
    tags = {
        b"desc": _described("Four printing inks, as screens show them"),
        b"cprt": b"text\0\0\0\0" + b"No copyright\0",
        b"wtpt": b"XYZ \0\0\0\0" + b"".join(_fixed(each) for each in WHITE),
        b"A2B0": _table(),
    }
    directory, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        directory += name + struct.pack(">II", start + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    size = start + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x02100000, b"prtr", b"CMYK", b"Lab ")
    head += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + b"\0" * 24 + struct.pack(">I", 0)
    head += b"".join(_fixed(each) for each in WHITE) + b"\0" * 48
    return head + directory + body


def _described(text: str) -> bytes:
    """Return a description (6.5.17): in ASCII, with neither Unicode nor Macintosh text."""
    return b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text.encode("ascii") + b"\0" * (1 + 8 + 3 + 67)


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _table() -> bytes:
    """Return the table (6.5.7, lut16Type): a curve for each ink, and the colours of their mixtures."""
    matrix = b"".join(_fixed(each) for each in (1, 0, 0, 0, 1, 0, 0, 0, 1))
    curve = struct.pack(f">{CURVE}H", *(round(65535 * (place / (CURVE - 1)) ** GAIN) for place in range(CURVE)))
    parts = (place / (GRID - 1) for place in range(GRID))
    colours = b"".join(struct.pack(">3H", *_encoded(_mixture(inks))) for inks in product(list(parts), repeat=4))
    return (
        b"mft2\0\0\0\0"
        + bytes([4, 3, GRID, 0])
        + matrix
        + struct.pack(">2H", CURVE, 2)
        + 4 * curve
        + colours
        + 3 * struct.pack(">2H", 0, 65535)
    )


def _mixture(inks: tuple[float, ...]) -> list[float]:
    """Return the colour (sRGB, 0 to 1) of inks that cover these parts of the paper."""
    mixed = [0.0, 0.0, 0.0]
    for overprint, colour in OVERPRINTS.items():
        share = 1.0
        for part, printed in zip(inks, overprint, strict=True):
            share *= part if printed else 1 - part
        mixed = [value + share * channel / 255 for value, channel in zip(mixed, colour, strict=True)]
    return mixed


def _encoded(colour: list[float]) -> list[int]:
    """Return a colour (sRGB) as Lab in the encoding of version 2 (ICC.1:2001-04, A.3)."""
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour]
    relative = [
        sum(factor * channel for factor, channel in zip(row, linear, strict=True)) / white
        for row, white in zip(TO_XYZ, WHITE, strict=True)
    ]
    x, y, z = (value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116 for value in relative)
    lightness, a, b = 116 * y - 16, 500 * (x - y), 200 * (y - z)
    return [round(min(max(value, 0), 65535)) for value in (lightness * 652.8, (a + 128) * 256, (b + 128) * 256)]
