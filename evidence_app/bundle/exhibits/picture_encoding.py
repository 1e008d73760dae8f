"""How the picture of a page is stored: print as black and white or in few levels of grey without loss, photographs as JPEG."""

import io
import zlib
from typing import Any, Final

from evidence_app.bundle.typeset.page_writer import StoredPicture

JPEG_QUALITY: Final = 82
GREY: Final = 14
"""Difference between the colours of a pixel, of 255, up to which a picture is grey."""
PAPER, INK = 225, 60
"""Levels from which a pixel is paper, and up to which it is ink."""
MIN_PRINT: Final = 0.9
"""Part of the pixels that is paper or ink, from which a picture is print and no photograph."""
MIN_FLAT: Final = 5
"""Side, in pixels, of a square between paper and ink that is a grey ground and no edge of a letter."""
THRESHOLD: Final = 140
"""Level below which a pixel is black, where there is black and white alone."""
LEVELS: Final = 16
"""Levels of grey of print with grounds: letters keep their smooth edges."""
SAMPLE: Final = 1_000
"""Pixels of the longer side at which colours are judged."""


def stored(image: Any, *, from_letters: bool = False) -> StoredPicture:
    """Return a Pillow image as it goes into a file, without whatever its own file said beside its pixels, such as a comment.

    With `from_letters` it was drawn from letters, and may become black and white: a scan has edges of its own.
    """
    plain = image if image.mode in {"L", "RGB"} else image.convert("RGB")
    if plain.mode == "RGB" and not is_grey(plain):
        return _jpeg(plain.copy(), grey=False)
    grey = plain if plain.mode == "L" else plain.convert("L")
    if not _is_print(grey):
        return _jpeg(grey, grey=True)
    if from_letters and not _has_grounds(grey):
        return _black_and_white(grey)
    return _in_few_levels(grey)


def is_grey(image: Any) -> bool:
    """Return whether a picture in colours has none that is seen."""
    from PIL import ImageChops

    small = image.copy()
    small.thumbnail((SAMPLE, SAMPLE))
    red, green, blue = small.split()
    differences = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return bool(sum(differences.histogram()[GREY:]) == 0)


def _is_print(grey: Any) -> bool:
    counts = grey.histogram()
    return bool(sum(counts[:INK]) + sum(counts[PAPER:]) >= MIN_PRINT * sum(counts))


def _has_grounds(grey: Any) -> bool:
    """Return whether somewhere a whole square lies between paper and ink: a grey ground, which black and white would lose."""
    between = grey.point([255 if INK < level < PAPER else 0 for level in range(256)])
    return bool(between.reduce(MIN_FLAT).getextrema()[1] == 255)


def _black_and_white(grey: Any) -> StoredPicture:
    bits = grey.point([255 if level > THRESHOLD else 0 for level in range(256)], "1").tobytes()
    return StoredPicture(grey.width, grey.height, 1, True, "FlateDecode", zlib.compress(bits, 6))


def _in_few_levels(grey: Any) -> StoredPicture:
    step = 255 / (LEVELS - 1)
    few = grey.point([round(round(level / step) * step) for level in range(256)])
    return StoredPicture(grey.width, grey.height, 8, True, "FlateDecode", zlib.compress(few.tobytes(), 6))


def _jpeg(image: Any, *, grey: bool) -> StoredPicture:
    image.info.clear()
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return StoredPicture(image.width, image.height, 8, grey, "DCTDecode", buffer.getvalue())
