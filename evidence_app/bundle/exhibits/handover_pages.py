"""The pages of an exhibit as a member handed them over: taken out of the hand-over, without what its bundle prints around them.

The hand-over is somebody else's file: it is open in a worker, and what is taken out of it is a PDF that is read as any foreign one.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
import pypdfium2

from evidence_app.bundle.exhibits.pdf_files import prepare_pdf
from evidence_app.bundle.exhibits.prepared import (
    FOOT,
    HEAD,
    SIDE,
    PreparedExhibit,
    RenderOptions,
    chosen_pages,
    say_tie,
)
from evidence_app.bundle.plan.parts import Exhibit, HandedOverPages
from evidence_app.documents.foreign_pdf import DAMAGED, CannotShow
from evidence_app.documents.media_types import MAIL_TYPES
from evidence_app.documents.opening import opened_pdf
from evidence_app.documents.resource_limits import DAMAGES

KIND: Final = "hand-over"
"""The name of these files among those that a worker opens."""
CAPTION_BAND: Final = (HEAD - 20, HEAD - 6)
"""Where the caption of an exhibit page stands, in points below the upper edge: between the marking and what is shown."""
MAX_CAPTION: Final = 120
MAX_CONTENT: Final = 8 * 1024 * 1024
"""Bytes of a page's own drawing, decoded; what it shows is in objects beside it."""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Pages that were taken out: a PDF, what stood above each page, and the words on them."""

    content: bytes
    captions: tuple[str, ...]
    words: str


def prepare_handed_over(
    exhibit: Exhibit, taken_from: HandedOverPages, untrusted_bundle: bytes, options: RenderOptions
) -> PreparedExhibit:
    """Make the pages of an exhibit from those of a hand-over. What stood above them there stands in their captions.

    Raises:
        CannotShow: they cannot be taken out or drawn.
        InputError: the plan asks for a page that is not there.
    """
    taken = take_out(taken_from, untrusted_bundle, options.tick)
    prepared, _ = prepare_pdf(exhibit, taken.content, options)
    for page, number in zip(prepared.pages, chosen_pages(exhibit, prepared.count), strict=True):
        said = options.redaction.text(taken.captions[number])
        say_tie(page, f"handed over as {said[:1].lower()}{said[1:]}" if said else "handed over")
    # Whoever handed them over looked at the pages of which words may have been missed: without that they do not leave.
    prepared.doubts.clear()
    if exhibit.facts.media_type in MAIL_TYPES:
        prepared.mail_words = options.redaction.text(taken.words)
    return prepared


def take_out(taken_from: HandedOverPages, untrusted_bundle: bytes, tick: Callable[[], None] = lambda: None) -> TakenOut:
    """Take the pages of a file out of a hand-over.

    Raises:
        CannotShow: they are damaged, or not there.
    """
    with opened_pdf(untrusted_bundle, tick, KIND) as session:
        if taken_from.first_page - 1 + taken_from.pages > session.facts:
            raise CannotShow(DAMAGED)
        taken: TakenOut = session.ask("take_out", taken_from.first_page, taken_from.pages)
        return taken


class HandoverBundle:
    """A hand-over that is open in a worker, and asked for pages of it."""

    CALLS: Final = frozenset({"take_out"})

    def __init__(self, untrusted: bytes) -> None:
        """Open it with both libraries.

        Raises:
            CannotShow: it cannot be opened.
        """
        try:
            self._document: Any = pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True)
            self._reader: Any = pypdfium2.PdfDocument(untrusted)
        except (*DAMAGES, pypdfium2.PdfiumError) as error:
            raise CannotShow(DAMAGED) from error

    def facts(self) -> int:
        """Return how many pages it has."""
        return min(len(self._document.pages), len(self._reader))

    def close(self) -> None:
        """Close it."""
        self._document.close()
        self._reader.close()

    def take_out(self, first_page: int, count: int) -> TakenOut:
        """Return pages, the first counted from 1.

        Raises:
            CannotShow: they are damaged.
        """
        try:
            said = [self._words(number) for number in range(first_page - 1, first_page - 1 + count)]
            captions = tuple(caption for caption, _ in said)
            return TakenOut(self._pages(first_page, count), captions, "\n".join(words for _, words in said))
        except (*DAMAGES, pypdfium2.PdfiumError) as error:
            raise CannotShow(DAMAGED) from error

    def _words(self, number: int) -> tuple[str, str]:
        """Return what stands above a page, and what stands on it."""
        with closing(self._reader[number]) as page, closing(page.get_textpage()) as text:
            width, height = page.get_size()
            low, high = CAPTION_BAND
            caption = " ".join(text.get_text_bounded(0, height - high, width, height - low).split())
            return caption[:MAX_CAPTION], text.get_text_bounded(0, FOOT, width, height - HEAD)

    def _pages(self, first_page: int, count: int) -> bytes:
        with pikepdf.new() as taken:
            for number in range(first_page - 1, first_page - 1 + count):
                taken.pages.append(self._document.pages[number])
                _leave_inside(taken, taken.pages[-1])
            buffer = io.BytesIO()
            taken.remove_unreferenced_resources()
            taken.save(buffer)
            return buffer.getvalue()


def _leave_inside(document: Any, page: Any) -> None:
    """Cut a page to what it shows of its exhibit. What its bundle wrote around that is taken out, and not only covered."""
    left, bottom, right, top = (float(value) for value in page.mediabox)
    box = (left + SIDE, bottom + FOOT, right - SIDE, top - HEAD)
    for name in ("/Annots", "/StructParents", "/Tabs", "/AA", "/Group"):
        if name in page.obj:
            del page.obj[name]
    page.mediabox = page.cropbox = page.trimbox = pikepdf.Array(box)
    content = sum(len(each.read_bytes()) for each in _streams(page.obj.get("/Contents")))
    if content > MAX_CONTENT:
        raise CannotShow(DAMAGED)
    kept = _without_outside(pikepdf.parse_content_stream(page), box)
    page.obj.Contents = document.make_stream(pikepdf.unparse_content_stream(list(kept)))


def _streams(contents: Any) -> list[Any]:
    if contents is None:
        return []
    return [*contents] if isinstance(contents, pikepdf.Array) else [contents]


def _without_outside(instructions: Any, box: tuple[float, float, float, float]) -> Iterator[Any]:
    """Yield the drawing of a page of a bundle without the lines of text that begin above or below a box.

    Each line of text is a text object with a matrix of its own (ISO 32000-1, 9.4), as bundles are drawn.
    """
    lines: list[Any] = []
    for each in instructions:
        operator = str(each.operator)
        if operator != "BT" and not lines:
            yield each
            continue
        lines.append(each)
        if operator == "ET":
            heights = [float(one.operands[5]) for one in lines if str(one.operator) == "Tm"]
            if not heights or all(box[1] <= height <= box[3] for height in heights):
                yield from lines
            lines = []
    yield from lines
