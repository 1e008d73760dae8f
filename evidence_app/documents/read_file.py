"""Reads what a file shows, page by page: the one reader for the review, the rules of stores and the search of bundles.

It reads the very pages that a bundle shows: PDFs as they are drawn, pictures as they are meant to be seen, the words of texts. Mails are opened by
whoever has a parser of mails, and the files in them are read here.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from evidence_app.documents.media_types import TEXT_TYPES
from evidence_app.documents.pdf_as_drawn import as_drawn
from evidence_app.documents.pdf_notes import notes_of
from evidence_app.documents.pdf_words import PdfReader
from evidence_app.documents.pictures import MAX_PIXELS, picture_of, reads_heic
from evidence_app.documents.plain_text import decoded
from evidence_app.documents.recognition import recognise
from evidence_app.documents.resource_limits import draws_within_limits
from evidence_app.documents.shown_words import Reading, ShownPage, WordSource
from evidence_app.errors import EvidenceError

MAX_FRAMES: Final = 5_000
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
        yield from _frames(untrusted, tick, several=kind == "image/tiff")
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


def _frames(untrusted: bytes, tick: Callable[[], None], *, several: bool) -> Iterator[ShownPage]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(io.BytesIO(untrusted)) as opened:
            for number in range(min(getattr(opened, "n_frames", 1), MAX_FRAMES) if several else 1):
                tick()
                found = recognise(picture_of(opened, number), PICTURE_DPI)
                yield ShownPage((Reading(WordSource.RECOGNISED, found.words),), found.quarters, found.doubt)
    except EvidenceError:
        # Somebody stopped it.
        raise
    except MemoryError:
        yield ShownPage(doubt=TOO_LARGE)
    except Exception:  # noqa: BLE001 - a malformed picture may raise anything: it is in doubt, and never a fault of the program
        yield ShownPage(doubt=DAMAGED)
