"""The pages of a picture file: the frames of a TIFF, the first picture of one that moves, the parts of a screen picture that is much higher than wide."""

import io
from math import ceil
from typing import Any, Final, NamedTuple, Self

from evidence_app.documents.pictures import MAX_PIXELS, orientation_of_heic, part_of, picture_of

MAX_FRAMES: Final = 5_000
MAX_PIXELS_OF_ALL: Final = 5 * MAX_PIXELS
"""Pixels of all pictures of a file together."""
MIN_LONG: Final = 2.4
"""Height through width from which a picture is cut into parts: as one page nobody could read it."""
PART: Final = 1.36
"""Height through width of a part: that of the page it fills."""
OVERLAP: Final = 0.06
"""What of a part stands in the next too, in widths, so that no line is cut in both."""
MAX_WHOLE: Final = 1_500
"""Pixels of the height of a picture that goes on a page as it is, however narrow: at 150 an inch it is not reduced."""
MAX_PARTS: Final = 100
TURNED: Final = frozenset({5, 6, 7, 8})
"""EXIF orientations in which width and height change places."""
ORIENTATION: Final = 0x0112


class PictureDamaged(Exception):
    """A file is no picture that can be read."""


class PictureTooLarge(Exception):
    """A picture has more pixels than are read."""


class _Place(NamedTuple):
    """Where a page stands in the file: its frame, from 0, and its part of how many."""

    frame: int
    part: int
    parts: int


class PicturePages:
    """An opened picture file and its pages, counted from 0. To be used in a `with` statement.

    `in_all` is the number of pictures in it: of one that moves only the first is a page.
    """

    def __init__(self, untrusted: bytes, kind: str) -> None:
        """Open a file. `kind` is its media type.

        Raises:
            PictureDamaged, PictureTooLarge: it cannot be read.
        """
        from PIL import Image

        # Pillow raises an error above twice this number of pixels, before it decodes anything.
        Image.MAX_IMAGE_PIXELS = MAX_PIXELS
        self._opened: Any = None
        try:
            self._opened = Image.open(io.BytesIO(untrusted))
            self._orientation = orientation_of_heic(self._opened, untrusted)
            self.in_all = int(getattr(self._opened, "n_frames", 1))
            self._places = self._find_places(self.in_all if kind == "image/tiff" else 1)
        except (PictureDamaged, PictureTooLarge):
            self.close()
            raise
        except MemoryError as error:
            self.close()
            raise PictureTooLarge from error
        except Exception as error:
            # A malformed picture may raise anything.
            self.close()
            raise PictureDamaged from error

    def _find_places(self, frames: int) -> list[_Place]:
        if frames > MAX_FRAMES:
            raise PictureTooLarge
        places: list[_Place] = []
        pixels = 0
        for frame in range(frames):
            self._opened.seek(frame)
            width, height = self._opened.size
            pixels += width * height
            if width * height > MAX_PIXELS or pixels > MAX_PIXELS_OF_ALL:
                raise PictureTooLarge
            if {self._opened.getexif().get(ORIENTATION), self._orientation} & TURNED:
                width, height = height, width
            parts = parts_of(width, height)
            places += [_Place(frame, part, parts) for part in range(parts)]
        return places

    def __len__(self) -> int:
        return len(self._places)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        if self._opened is not None:
            self._opened.close()

    @property
    def remark(self) -> str:
        """What has to be said of how the pages show the file, or ""."""
        if any(place.parts > 1 for place in self._places):
            return "in parts, from its top"
        return f"the first of its {self.in_all:,} pictures" if self.in_all > len(self._places) else ""

    def page(self, number: int) -> Any:
        """Return a page as an RGB image, upright and of square pixels.

        Raises:
            PictureDamaged, PictureTooLarge: it cannot be read.
        """
        place = self._places[number]
        try:
            if place.parts == 1:
                return picture_of(self._opened, place.frame, self._orientation)
            return part_of(self._opened, place.frame, *span_of_part(place.part, place.parts), self._orientation)
        except MemoryError as error:
            raise PictureTooLarge from error
        except Exception as error:
            # A malformed picture may raise anything.
            raise PictureDamaged from error


def parts_of(width: int, height: int) -> int:
    """Return into how many parts a picture of this size is cut."""
    if width <= 0 or height < MIN_LONG * width or height <= MAX_WHOLE:
        return 1
    return min(MAX_PARTS, max(1, ceil((height / width - OVERLAP) / (PART - OVERLAP))))


def span_of_part(part: int, parts: int) -> tuple[float, float]:
    """Return where a part, from 0, begins and ends, in fractions of the picture's height: all are as high, and each overlaps the next."""
    overlap = OVERLAP / (PART * parts)
    high = (1 + overlap * (parts - 1)) / parts
    top = part * (high - overlap)
    return top, min(1.0, top + high)
