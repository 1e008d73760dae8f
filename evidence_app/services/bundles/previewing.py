"""Look at a bundle before it is made: its pages, and one page as a picture."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evidence_app.domain.progress import Cancel, StageProgress, cancellable
from evidence_app.errors import InputError
from evidence_app.files import reason
from evidence_app.services.core.session import Session

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

    from evidence_app.documents.shown_words import ShownPage
    from evidence_app.domain.plan.preview import Preview
    from evidence_app.domain.plan.saved_plan import SavedPlan
    from evidence_app.domain.record.records import AttachmentFacts

MAX_LOOKED_AT: Final = 200 * 1024 * 1024


def preview_plan(session: Session, saved: "SavedPlan", progress: StageProgress, cancel: Cancel) -> "Preview":
    """Return the pages of a plan as they would be. Nothing is sealed and nothing is written.

    Raises:
        InputError: the plan cannot be worked out.
        Cancelled: `cancel` said so.
    """
    from evidence_app.bundle.build import preview
    from evidence_app.services.bundles.exporting import evidence_of
    from evidence_app.services.bundles.plans import Choice, work_out

    plan = work_out(session, saved, Choice())
    return preview(plan, evidence_of(session, plan), cancellable(progress, cancel))


def look_at_attachment(session: Session, index: int, place: int) -> "PdfPages":
    """Return an attachment of a record as pages, made as for a bundle. No file is written.

    Raises:
        InputError: there is no such attachment, only its digest is kept, or it is too large.
    """
    listed = session.store.records.get(index).attachments
    if not 0 <= place < len(listed):
        raise InputError(f"Record {index} has no attachment {place + 1}.")
    facts = listed[place]
    if not facts.kept:
        raise InputError(
            f"{facts.name}: only its digest is kept here. The file is at {facts.source_location or 'work'}."
        )
    if facts.size > MAX_LOOKED_AT:
        raise InputError(f"{facts.name} is too large to be looked at here: {facts.size // 1024 // 1024:,} MB.")
    content = b"".join(session.store.attachments.stream(facts.sha256))
    from evidence_app.documents.pdf.as_drawn import as_drawn
    from evidence_app.documents.resource_limits import draws_within_limits

    if facts.media_type == "application/pdf" and draws_within_limits(content):
        with contextlib.suppress(InputError):
            # The same page that a bundle shows: with what is filled in and noted, without layers that are off.
            return PdfPages(as_drawn(content), upright=True)
    return PdfPages(_as_exhibit(facts, content, index))


def look_at_exhibit(session: Session, saved: "SavedPlan", digest: str) -> "PdfPages":
    """Return an exhibit of a plan as pages: an attachment of the own records, or what a member handed over. No file is written.

    Raises:
        InputError: no record has it, only its digest is kept, no pages of it were handed over, or it is too large.
    """
    for index in session.store.records.found_by(f"file:{digest}"):
        digests = [facts.sha256 for facts in session.store.records.get(index).attachments]
        if digest in digests:
            return look_at_attachment(session, index, digests.index(digest))
    from evidence_app.bundle.exhibits.handover_pages import take_out
    from evidence_app.documents.foreign_pdf import CannotShow
    from evidence_app.services.members.evidence import bundle_of, named_handovers, pages_handed_over

    found = pages_handed_over(session, named_handovers(saved)).get(digest)
    if found is None:
        raise InputError("No pages of this file were handed over.")
    try:
        return PdfPages(take_out(found, bundle_of(session, found.handover)).content)
    except CannotShow as why:
        raise InputError(f"What was handed over cannot be shown: {why}.") from why


def _as_exhibit(facts: "AttachmentFacts", content: bytes, index: int) -> bytes:
    from evidence_app.bundle.build import exhibit_alone
    from evidence_app.services.mail.mail_sheets import mail_sheet

    return exhibit_alone(facts, content, index, mail_sheet)


@dataclass(frozen=True, slots=True)
class PagePixels:
    """A page as a picture: its pixels, three bytes each, row by row."""

    width: int
    height: int
    pixels: bytes


class PdfPages:
    """The pages of a PDF as pictures. It holds bytes and no open document, so it may be let go on any thread;
    what draws runs on one thread, for PDFium knows no threads.
    """

    def __init__(self, content: bytes, *, upright: bool = False) -> None:
        """Open a file; with `upright`, pages without words of their own are shown the way their picture is to be read, as in a bundle."""
        self._content, self._upright = content, upright
        with self._opened() as document:
            self.count = len(document)

    @classmethod
    def of_file(cls, path: Path) -> "PdfPages":
        """Open a file.

        Raises:
            InputError: it cannot be read, or is no PDF.
        """
        try:
            return cls(path.read_bytes())
        except OSError as error:
            raise InputError(f"{path.name} cannot be read: {reason(error)}.") from error

    @contextlib.contextmanager
    def _opened(self) -> "Iterator[PdfDocument]":
        import pypdfium2

        try:
            document = pypdfium2.PdfDocument(self._content)
        except pypdfium2.PdfiumError as error:
            raise InputError("This is not a PDF that can be shown.") from error
        with contextlib.closing(document):
            yield document

    @contextlib.contextmanager
    def _page(self, number: int) -> "Iterator[PdfPage]":
        with self._opened() as document, contextlib.closing(document[number]) as page:
            yield page

    def picture(self, number: int, dpi: float) -> PagePixels:
        """Return a page, counted from 0."""
        from evidence_app.documents.recognition import turned_upright

        with self._page(number) as page:
            image = page.render(scale=dpi / 72).to_pil().convert("RGB")
            image = turned_upright(image, self._read(page).quarters)
            return PagePixels(image.width, image.height, image.tobytes())

    def size(self, number: int) -> tuple[float, float]:
        """Return the width and height of a page in points."""
        with self._page(number) as page:
            width, height = page.get_size()
            return (float(height), float(width)) if self._read(page).quarters % 2 else (float(width), float(height))

    def words(self, number: int) -> str:
        """Return the words of a page, for who does not see it; none where the page has none that can be read."""
        with self._page(number) as page, contextlib.closing(page.get_textpage()) as text:
            return str(text.get_text_range()) or " ".join(word.text for word in self._read(page).words())

    def _read(self, page: "PdfPage") -> "ShownPage":
        """Return what a page shows, which is remembered; nothing of a file that is shown as it lies."""
        from evidence_app.documents.pdf.words import read_page
        from evidence_app.documents.shown_words import ShownPage

        return read_page(page) if self._upright else ShownPage()
