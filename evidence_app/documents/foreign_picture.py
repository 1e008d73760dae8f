"""A foreign picture that is open in a worker: its pages, each with the words on it (docs/decisions/0029-foreign-files-in-workers.md)."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from evidence_app.documents.picture_pages import PicturePages
from evidence_app.documents.pictures import reads_heic
from evidence_app.documents.recognition import Recognised, recognise, turned_upright, use_languages_named
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

    CALLS: ClassVar = frozenset({"words", "picture"})

    def __init__(self, untrusted: bytes, kind: str, languages: str) -> None:
        """Open a file of a media type; words are read with these languages.

        Raises:
            PictureDamaged, PictureTooLarge: it cannot be read.
        """
        use_languages_named(languages)
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

    def words(self, number: int) -> Recognised:
        """Return the words on a page.

        Raises:
            PictureDamaged, PictureTooLarge: it cannot be read.
        """
        return recognise(self._page(number), PICTURE_DPI)

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
