"""Reads what a file shows, page by page: the one reader for the review, the rules of stores and the search of bundles.

It reads the very pages that a bundle shows: PDFs as they are drawn, pictures as they are meant to be seen, the words of texts. Mails are opened by
whoever has a parser of mails, and the files in them are read here.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from evidence_app.documents.foreign_pdf import TOO_MUCH, CannotShow, PdfFacts
from evidence_app.documents.media_types import TEXT_TYPES
from evidence_app.documents.opening import opened_pdf, opened_picture, pages_shown, words_on_pictures
from evidence_app.documents.picture_pages import PictureDamaged, PictureTooLarge
from evidence_app.documents.pictures import reads_heic
from evidence_app.documents.plain_text import decoded
from evidence_app.documents.shown_words import Reading, ShownPage, WordSource

IMAGE_TYPES: Final = frozenset(f"image/{kind}" for kind in ("png", "jpeg", "tiff", "webp", "gif", "bmp", "avif", "jp2"))
HEIC_TYPES: Final = frozenset({"image/heic", "image/heif"})
Files = tuple[tuple[str, bytes], ...]
"""Files by their names."""
NOT_READ: Final = "its sort of file is not read"
DAMAGED: Final = "it is damaged, or not what its name says"
TOO_LARGE: Final = "it is too large to be read"


def read_file(kind: str, untrusted: bytes, tick: Callable[[], None] = lambda: None) -> Iterator[ShownPage]:
    """Yield what each page of a file shows, in order. `kind` is its media type; `tick` is called before each page and may raise to stop.

    A file that cannot be read is one page in doubt. A text is one page, whose words have no places.
    """
    if kind == "application/pdf":
        yield from _pages_of_pdf(untrusted, tick)
    elif kind in IMAGE_TYPES or (kind in HEIC_TYPES and reads_heic()):
        yield from _pages_of_picture(kind, untrusted, tick)
    elif kind in TEXT_TYPES:
        yield ShownPage((Reading(WordSource.TEXT, (), decoded(untrusted)),))
    else:
        yield ShownPage(doubt=NOT_READ)


def files_in_foreign_pdf(untrusted: bytes, tick: Callable[[], None] = lambda: None) -> Files | None:
    """Return the files that are attached to a PDF; None if its pages are drawn by one maker's program alone, so that it shows nothing."""
    try:
        with opened_pdf(untrusted, tick) as session:
            files: Files = session.ask("files")
            return None if session.facts.is_drawn_by_program else files
    except CannotShow:
        return ()


def bookmarks_in_foreign_pdf(untrusted: bytes, tick: Callable[[], None] = lambda: None) -> tuple[tuple[int, str], ...]:
    """Return the bookmarks that a PDF has itself, as pages from 0 and titles; none where it cannot be opened."""
    try:
        with opened_pdf(untrusted, tick) as session:
            bookmarks: tuple[tuple[int, str], ...] = session.ask("own_index")[0]
            return bookmarks
    except CannotShow:
        return ()


def _pages_of_pdf(untrusted: bytes, tick: Callable[[], None]) -> Iterator[ShownPage]:
    try:
        with opened_pdf(untrusted, tick) as session:
            facts: PdfFacts = session.facts
            for number, page in enumerate(pages_shown(session, range(facts.count), tick)):
                said = "\n".join(facts.notes.get(number, ()))
                yield replace(page, readings=(*page.readings, Reading(WordSource.TEXT, (), said))) if said else page
    except CannotShow as why:
        yield ShownPage(doubt=TOO_LARGE if str(why) == TOO_MUCH else DAMAGED)


def _pages_of_picture(kind: str, untrusted: bytes, tick: Callable[[], None]) -> Iterator[ShownPage]:
    try:
        with opened_picture(untrusted, kind, tick) as session:
            for found in words_on_pictures(session, session.facts.count, tick):
                yield ShownPage((Reading(WordSource.RECOGNISED, found.words),), found.quarters, found.doubt)
    except PictureTooLarge:
        yield ShownPage(doubt=TOO_LARGE)
    except (PictureDamaged, CannotShow):
        yield ShownPage(doubt=DAMAGED)
