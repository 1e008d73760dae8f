"""A foreign PDF that is open in a worker: what its pages show, and their pictures (docs/decisions/0029-foreign-files-in-workers.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from evidence_app.documents.pdf.as_drawn import as_drawn
from evidence_app.documents.pdf.attachments import files_in_pdf, is_drawn_by_program
from evidence_app.documents.pdf.index import bookmarks_of, page_labels_of
from evidence_app.documents.pdf.notes import notes_of
from evidence_app.documents.pdf.words import PdfReader, TextOfPage
from evidence_app.documents.resource_limits import draws_within_limits
from evidence_app.documents.workers.values import Pixels, pixels_of
from evidence_app.errors import EvidenceError

DAMAGED = "it is damaged, or not really a PDF"
TOO_MUCH = "a page of it draws more than a reader can draw"


class CannotShow(EvidenceError):
    """A file cannot be shown as pages. Its message is the reason, which the slip sheet prints."""


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What is known of a PDF once it is open: its number of pages, and the words of notes by page, from 0.

    `is_drawn_by_program` is true of a form that only one maker's program draws. `why` is why none of its pages can be placed, if none can.
    """

    count: int
    notes: Mapping[int, Sequence[str]] = field(default_factory=dict)
    is_drawn_by_program: bool = False
    why: str = ""


class ForeignPdf:
    """An opened PDF. Pages are counted from 0."""

    CALLS: ClassVar = frozenset({"page", "picture", "files", "own_index"})

    def __init__(self, untrusted: bytes) -> None:
        """Open a file.

        Raises:
            CannotShow: it cannot be opened, or draws more than a reader can.
        """
        import pypdfium2

        self.untrusted = untrusted
        self.by_program = is_drawn_by_program(untrusted)
        if not self.by_program and not draws_within_limits(untrusted):
            raise CannotShow(TOO_MUCH)
        self.notes = {} if self.by_program else notes_of(untrusted)
        # From here on there is one file: what is searched, what is shown and what is placed are the same pages.
        self.drawn = untrusted if self.by_program else as_drawn(untrusted)
        self.prepare()
        try:
            self.reader = PdfReader(self.drawn)
        except pypdfium2.PdfiumError as error:
            raise CannotShow(DAMAGED) from error

    def prepare(self) -> None:
        """Look at the file once more before it is opened to be drawn; nothing here."""

    def facts(self) -> PdfFacts:
        """Return what is known of it."""
        return PdfFacts(len(self.reader), self.notes, self.by_program)

    def close(self) -> None:
        """Close it."""
        self.reader.close()

    def files(self) -> tuple[tuple[str, bytes], ...]:
        """Return the files that are attached to it."""
        return files_in_pdf(self.untrusted)

    def own_index(self) -> tuple[tuple[tuple[int, str], ...], tuple[str, ...]]:
        """Return the bookmarks that the file has itself, as pages from 0 and titles, and the label of each page."""
        return bookmarks_of(self.untrusted), page_labels_of(self.untrusted)

    def page(self, number: int) -> tuple[TextOfPage, Pixels | None]:
        """Return what the text of a page says, and the page as it is recognised where that may not be all."""
        return self.reader.page(number)

    def picture(self, number: int, scale: float) -> Pixels | None:
        """Return a page drawn in colours, at pixels a point; None if it cannot be drawn."""
        image = self.image(number, scale)
        return pixels_of(image) if image is not None else None

    def image(self, number: int, scale: float, *, grey: bool = False) -> Any:
        """Return a page as a Pillow image; None if it cannot be drawn."""
        from pypdfium2 import PdfiumError

        try:
            page = self.reader.document[number]
            try:
                drawn = page.render(scale=scale, draw_annots=False, grayscale=grey)
                return drawn.to_pil() if grey else drawn.to_pil().convert("RGB")
            finally:
                page.close()
        except (PdfiumError, IndexError, ValueError, MemoryError):
            return None
