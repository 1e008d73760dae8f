"""Reads what a file shows, page by page: the one reader for the review, the rules of stores and the search of bundles.

It reads the very pages that a bundle shows: PDFs as they are drawn, pictures as they are meant to be seen, the words of texts. Mails are opened by
whoever has a parser of mails, and the files in them are read here.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from evidence_app.documents.media_types import TEXT_TYPES
from evidence_app.documents.pdf_as_drawn import as_drawn
from evidence_app.documents.pdf_notes import notes_of
from evidence_app.documents.pdf_words import PdfReader
from evidence_app.documents.picture_pages import PictureDamaged, PicturePages, PictureTooLarge
from evidence_app.documents.pictures import reads_heic
from evidence_app.documents.plain_text import decoded
from evidence_app.documents.recognition import recognise
from evidence_app.documents.resource_limits import draws_within_limits
from evidence_app.documents.shown_words import Reading, ShownPage, WordSource

PICTURE_DPI: Final = 150
"""Resolution that a picture is taken to have where it is recognised."""
IMAGE_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/tiff", "image/webp", "image/gif"})
HEIC_TYPES: Final = frozenset({"image/heic", "image/heif"})
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


def _pages_of_pdf(untrusted: bytes, tick: Callable[[], None]) -> Iterator[ShownPage]:
    import pypdfium2

    if not draws_within_limits(untrusted):
        yield ShownPage(doubt=TOO_LARGE)
        return
    notes = notes_of(untrusted)
    try:
        reader = PdfReader(as_drawn(untrusted))
    except pypdfium2.PdfiumError:
        yield ShownPage(doubt=DAMAGED)
        return
    try:
        for number in range(len(reader)):
            tick()
            page, said = reader.page(number), "\n".join(notes.get(number, ()))
            yield replace(page, readings=(*page.readings, Reading(WordSource.TEXT, (), said))) if said else page
    finally:
        reader.close()


def _pages_of_picture(kind: str, untrusted: bytes, tick: Callable[[], None]) -> Iterator[ShownPage]:
    try:
        with PicturePages(untrusted, kind) as pages:
            for number in range(len(pages)):
                tick()
                found = recognise(pages.page(number), PICTURE_DPI)
                yield ShownPage((Reading(WordSource.RECOGNISED, found.words),), found.quarters, found.doubt)
    except PictureTooLarge:
        yield ShownPage(doubt=TOO_LARGE)
    except PictureDamaged:
        yield ShownPage(doubt=DAMAGED)
