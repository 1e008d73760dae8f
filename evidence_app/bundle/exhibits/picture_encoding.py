"""How the picture of a page is stored: print in few levels of grey without loss, greys and colours as JPEG."""

import io
from typing import Any, Final

JPEG_QUALITY: Final = 82
GREY: Final = 14
"""Difference between the colours of a pixel, of 255, up to which a picture is grey."""
PAPER, INK = 225, 60
"""Levels from which a pixel is paper, and up to which it is ink."""
MIN_PRINT: Final = 0.94
"""Part of the pixels that is paper or ink, from which a picture is print and no photograph."""
LEVELS: Final = 16
"""Levels of grey of print: letters keep their smooth edges."""
SAMPLE: Final = 1_000
"""Pixels of the longer side at which a picture is judged."""


def stored(image: Any) -> bytes:
    """Return a Pillow image as the bytes of a file, without whatever its own file said beside its pixels, such as a comment."""
    plain = image.convert("RGB")
    small = plain.copy()
    small.thumbnail((SAMPLE, SAMPLE))
    if not _is_grey(small):
        return _jpeg(plain)
    grey = plain.convert("L")
    return _print(grey) if _is_print(small.convert("L")) else _jpeg(grey)


def _is_grey(image: Any) -> bool:
    from PIL import ImageChops

    red, green, blue = image.split()
    differences = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    # A few pixels apart, such as those of a coloured edge that was made smaller.
    return bool(sum(differences.histogram()[GREY:]) == 0)


def _is_print(grey: Any) -> bool:
    counts = grey.histogram()
    return bool(sum(counts[:INK]) + sum(counts[PAPER:]) >= MIN_PRINT * sum(counts))


def _print(grey: Any) -> bytes:
    """Return print as PNG, whose levels are few: it is smaller than as JPEG, and its letters are clean."""
    step = 255 / (LEVELS - 1)
    few = grey.point([round(round(level / step) * step) for level in range(256)])
    few.info.clear()
    buffer = io.BytesIO()
    few.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()


def _jpeg(image: Any) -> bytes:
    image.info.clear()
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return buffer.getvalue()
