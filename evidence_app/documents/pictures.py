"""Pictures as they are meant to be seen: upright, on white, of square pixels, with eight bits a colour."""

import importlib
import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from evidence_app.documents.inks.profile import profile

MAX_SIDE: Final = 3_600
"""The longer side of a page at 300 dpi, in pixels: larger pictures are reduced."""
MAX_PIXELS: Final = 180_000_000
"""Pixels of one picture."""
UNEVEN: Final = 1.02
"""Ratio of the two resolutions of a picture from which its pixels are not square, such as a fax's of 204 by 98 dpi."""
MAX_UNEVEN: Final = 4.0
"""Ratio above which the resolutions that a file states are not believed."""
UPRIGHT: Final = 1
HOW_TURNED: Final = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
"""How Pillow turns a picture of each EXIF orientation upright (CIPA DC-008, 4.6.5)."""
TURNING_BOXES: Final = frozenset({b"irot", b"imir"})
SIXTEEN_BITS: Final = 65_535


@lru_cache(maxsize=1)
def reads_heic() -> bool:
    """Return true if HEIC images, which mobile phones take, can be read: there is no wheel of libheif for every system."""
    try:
        importlib.import_module("pi_heif").register_heif_opener()
    except ImportError:
        return False
    return True


def picture_of(opened: Any, number: int, orientation: int = UPRIGHT) -> Any:
    """Return a frame of an opened Pillow image, counted from 0, as an RGB image of at most `MAX_SIDE` pixels.

    `orientation` is that of EXIF, for a picture of which the library does not say it.
    """
    opened.seek(number)
    resolution = opened.info.get("dpi", (1, 1))
    picture = _eight_bits(opened.copy())
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    return _on_white(_upright(_square(picture, resolution), orientation))


def part_of(opened: Any, number: int, top: float, bottom: float, orientation: int = UPRIGHT) -> Any:
    """Return a part of a frame, from one height to another in fractions of the upright picture, as `picture_of` returns the whole."""
    opened.seek(number)
    resolution = opened.info.get("dpi", (1, 1))
    whole = _upright(_square(_eight_bits(opened.copy()), resolution), orientation)
    part = whole.crop((0, int(top * whole.height), whole.width, int(bottom * whole.height)))
    part.thumbnail((MAX_SIDE, MAX_SIDE))
    return _on_white(part)


def _eight_bits(image: Any) -> Any:
    """Return a picture of 16 or 32 bits a pixel with eight: Pillow itself cuts off what is above 255, so that such scans are white."""
    if not image.mode.startswith(("I", "F")):
        return image
    lowest, highest = image.getextrema()
    # Whole numbers above eight bits are read on the scale of sixteen; others, which have no scale of their own, on theirs.
    low, high = (
        (0, SIXTEEN_BITS) if image.mode != "F" and 255 < highest <= SIXTEEN_BITS and lowest >= 0 else (lowest, highest)
    )
    if image.mode != "F" and lowest >= 0 and highest <= 255:
        low, high = 0, 255
    scale = 255 / (high - low) if high > low else 1.0
    wide = image.convert("F")
    return wide.point(lambda value: value * scale - low * scale).convert("L")


def _square(image: Any, resolution: Any) -> Any:
    """Return a picture with square pixels, enlarged in the direction in which it has fewer an inch."""
    try:
        across, down = (float(each) for each in resolution)
    except (TypeError, ValueError):
        return image
    if across <= 0 or down <= 0 or not 1 / MAX_UNEVEN <= across / down <= MAX_UNEVEN:
        return image
    if max(across, down) / min(across, down) < UNEVEN:
        return image
    width, height = image.size
    size = (round(width * down / across), height) if down > across else (width, round(height * across / down))
    grey = image.convert("L") if image.mode == "1" else image
    return grey.resize(size)


def orientation_of_heic(opened: Any, untrusted: bytes) -> int:
    """Return the EXIF orientation by which a HEIC picture is still to be turned; 1 if the library has turned it, or it stands upright.

    The library turns a picture as the boxes of its file say (ISO/IEC 23008-12, 6.5.10 and 6.5.12). Where there are none, but EXIF data that say
    it, it does not turn it, and yet takes the orientation away.
    """
    said = opened.info.get("original_orientation")
    if said not in HOW_TURNED or any(box in TURNING_BOXES for box in _properties(untrusted)):
        return UPRIGHT
    return int(said)


def _properties(untrusted: bytes) -> Iterator[bytes]:
    """Yield the types of the boxes in a HEIF file that say how its pictures are shown (meta, iprp, ipco: ISO/IEC 23008-12, 9.3.1)."""
    # A full box has four bytes of version and flags before its content (ISO/IEC 14496-12, 4.2).
    path = [(b"meta", 4), (b"iprp", 0), (b"ipco", 0)]
    start, end = 0, len(untrusted)
    for wanted, skipped in path:
        found = next((box for box in _boxes(untrusted, start, end) if box[0] == wanted), None)
        if found is None:
            return
        _, start, end = found
        start += skipped
    yield from (kind for kind, _, _ in _boxes(untrusted, start, end))


def _boxes(untrusted: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the type of each box in a part of a file, and where its content begins and ends (ISO/IEC 14496-12, 4.2)."""
    while start + 8 <= end:
        size, head = int.from_bytes(untrusted[start : start + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(untrusted[start + 8 : start + 16], "big"), 16
        last = end if size == 0 else start + size
        if last < start + head or last > end:
            return
        yield untrusted[start + 4 : start + 8], start + head, last
        start = last


def _upright(image: Any, orientation: int = UPRIGHT) -> Any:
    """Return a picture rotated by its EXIF orientation, or as it is where that cannot be read."""
    from PIL import Image, ImageOps

    if orientation != UPRIGHT:
        return image.transpose(Image.Transpose[HOW_TURNED[orientation]])
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - malformed EXIF data, of any kind, must not lose the picture
        return image


def _on_white(image: Any) -> Any:
    """Return a picture as RGB, with transparent parts on white."""
    from PIL import Image

    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, image).convert("RGB")
    return _on_screen(image) if image.mode == "CMYK" else image.convert("RGB")


def _on_screen(image: Any) -> Any:
    """Return a picture in printing inks as screens show it: by the profile of its file, else by that of common inks."""
    from PIL import ImageCms

    screen = ImageCms.createProfile("sRGB")
    for content in (image.info.get("icc_profile"), profile()):
        try:
            inks = ImageCms.ImageCmsProfile(io.BytesIO(content))
            shown = ImageCms.profileToProfile(image, inks, screen, ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB")
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            # There is none, or it is damaged, or one of other colours.
            continue
        if shown is not None:
            return shown
    return image.convert("RGB")
