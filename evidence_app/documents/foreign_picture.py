"""A foreign picture that is open in a worker: its pages, drawn to be looked at or recognised (docs/decisions/0029-foreign-files-in-workers.md)."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from evidence_app.documents.picture_pages import PicturePages
from evidence_app.documents.pictures import reads_heic
from evidence_app.documents.recognition import as_read, turned_upright
from evidence_app.documents.workers.values import Pixels, pixels_of

PICTURE_DPI: Final = 150
"""Resolution that a picture is taken to have where it is recognised."""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What is known of a picture once it is open: its number of pages, and what has to be said of how they show the file."""

    count: int
    remark: str


class ForeignPicture:
    """An opened picture file. Pages are counted from 0."""

    CALLS: ClassVar = frozenset({"to_read", "picture"})

    def __init__(self, untrusted: bytes, kind: str) -> None:
        """Open a file of a media type.

        Raises:
            PictureDamaged, PictureTooLarge: it cannot be read.
        """
        reads_heic()
        self.pages = PicturePages(untrusted, kind)
        self._number = -1
        self._image: Any = None

    def facts(self) -> PictureFacts:
        """Return what is known of it."""
        return PictureFacts(len(self.pages), self.pages.remark)

    def close(self) -> None:
        """Close it."""
        self.pages.close()

    def to_read(self, number: int) -> Pixels:
        """Return a page as it is recognised.

        Raises:
            PictureDamaged, PictureTooLarge: it cannot be read.
        """
        return pixels_of(as_read(self._page(number)))

    def picture(self, number: int, quarters: int) -> Pixels:
        """Return a page, turned clockwise by quarters.

        Raises:
            PictureDamaged, PictureTooLarge: it cannot be read.
        """
        return pixels_of(turned_upright(self._page(number), quarters))

    def _page(self, number: int) -> Any:
        if number != self._number:
            self._image, self._number = self.pages.page(number), number
        return self._image
