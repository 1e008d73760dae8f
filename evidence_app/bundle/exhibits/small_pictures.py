"""Puts small files of one document or mail on pages together: a logo, or the words of a drawing, takes no page of its own."""

from dataclasses import replace
from typing import Final

from evidence_app.bundle.exhibits.prepared import FOOT, SIDE
from evidence_app.bundle.exhibits.shared_pages import fits_below
from evidence_app.bundle.typeset.page_writer import A4, Page, Picture, Text

CAPTION: Final = 47.0
"""The caption of the first picture below the top of the page, in points."""
BELOW_CAPTION: Final = 11.0
BETWEEN: Final = 26.0
"""Points from a caption to its picture, and from a picture to the caption of the next."""
MAX_HEIGHT: Final = 220.0
MAX_WIDTH: Final = A4[0] - 2 * SIDE
"""Points of a picture that shares a page, at the most: two fit on one."""


class EnclosedPages:
    """Adds the pages of one file after the other to those of the document that they are in."""

    def __init__(self, pages: list[Page]) -> None:
        self._pages = pages
        self._shared: Page | None = None
        self._free = 0.0
        self._words: Page | None = None

    def add(self, made: list[Page]) -> int:
        """Add the pages of a file, and return the index of the one that it begins on.

        A small picture goes below the small picture before it, and a page of words below the page of words before it, while there is room.
        """
        small = _small_picture(made)
        if small is None:
            self._shared = None
            return self._add_others(made)
        self._words = None
        caption, picture = small
        baseline = self._free - BETWEEN
        if self._shared is None or baseline - BELOW_CAPTION - picture.height < FOOT:
            self._shared = replace(made[0], size=A4, marks=[])
            self._pages.append(self._shared)
            baseline = A4[1] - CAPTION
        self._free = baseline - BELOW_CAPTION - picture.height
        self._shared.marks += [replace(caption, y=baseline), _moved(picture, (A4[0] - picture.width) / 2, self._free)]
        return len(self._pages) - 1

    def _add_others(self, made: list[Page]) -> int:
        if len(made) == 1 and self._words is not None and fits_below(made[0], self._words):
            return len(self._pages) - 1
        self._words = made[0] if len(made) == 1 else None
        self._pages += made
        return len(self._pages) - len(made)


def _small_picture(pages: list[Page]) -> tuple[Text, Picture] | None:
    """Return the caption and the picture of a file that is one small picture and nothing else."""
    if len(pages) != 1 or len(pages[0].marks) != 2:
        return None
    caption, picture = pages[0].marks
    if not isinstance(caption, Text) or not isinstance(picture, Picture):
        return None
    is_small = picture.height <= MAX_HEIGHT and picture.width <= MAX_WIDTH
    return (caption, picture) if is_small else None


def _moved(picture: Picture, x: float, y: float) -> Picture:
    """Return a picture in another place, with the words on it."""
    right, up = x - picture.x, y - picture.y
    words = tuple((left + right, bottom + up, *rest) for left, bottom, *rest in picture.words)
    return replace(picture, x=x, y=y, words=words)  # type: ignore[arg-type]
