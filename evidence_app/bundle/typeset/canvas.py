"""Draws laid-out pages with reportlab, once every page has its number, as tagged PDF (ISO 32000-1, 14.6 to 14.8)."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.bidi import runs_right
from evidence_app.bundle.typeset.fonts import BOLD, REGULAR, SHAPED, fonts
from evidence_app.bundle.typeset.operators import PageOperators, StretchedWord
from evidence_app.bundle.typeset.page_numbers import PageNumbers
from evidence_app.bundle.typeset.page_writer import (
    Bookmark,
    Box,
    Code,
    HiddenWord,
    HiddenWords,
    LinkTo,
    Page,
    PageOf,
    PagesOf,
    Picture,
    Polygon,
    StoredPicture,
    Text,
)
from evidence_app.bundle.typeset.tag_tree import Element, Structure
from evidence_app.domain.text.number_ranges import DASH, in_spans

NEAR: Final = 0.01
"""Points by which the pen may stand off without being set anew."""
CLOSED: Final = "closed"
"""No marked-content sequence is open; None means that an artefact is."""


@dataclass(frozen=True, slots=True)
class PageFurniture:
    """The header and footer of every page: the protective marking above and below, and the bundle's title.

    `numbers` are those of the pages; None numbers them from 1. `elsewhere` are the page numbers of keys in another file, which are printed
    and not linked. `prefix` stands before each number. `scale` enlarges pages and all that is on them.
    """

    marking: str
    title: str
    numbers: PageNumbers | None = None
    elsewhere: Mapping[str, int] = field(default_factory=dict)
    prefix: str = ""
    scale: float = 1.0


MAX_BOOKMARK: Final = 80
"""Characters of a bookmark, without its page."""


def _shortened(title: str) -> str:
    """Return a bookmark's title, cut between words where it is long."""
    return title if len(title) <= MAX_BOOKMARK else f"{title[:MAX_BOOKMARK].rsplit(' ', 1)[0]} …"


class PageDrawer:
    """Draws pages in order. `numbers` maps each key to the printed number of its page; `structure` is the tag tree of what is drawn."""

    def __init__(self, pages: Sequence[Page], frame: PageFurniture) -> None:
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        # Text around the bytes of pictures makes them larger by a quarter, and no reader needs it.
        rl_config.useA85 = 0
        self._fonts = fonts()
        self._pages = pages
        self.frame = frame
        self._buffer = io.BytesIO()
        options: dict[str, Any] = {"pageCompression": 1, "invariant": 1, "initialFontName": REGULAR}
        self._canvas: Any = Canvas(self._buffer, **options)
        self._operators = PageOperators(self._canvas)
        self.structure = Structure(len(pages))
        self._open: Element | str | None = CLOSED
        self._page_indexes = {key: index for index, page in enumerate(pages) for key in page.keys}
        self.page_numbers = frame.numbers or PageNumbers(tuple(range(1, len(pages) + 1)), frame.prefix)
        own = {key: self.page_numbers.numbers[index] for key, index in self._page_indexes.items()}
        self.numbers: Mapping[str, int] = {**frame.elsewhere, **own}

    def draw(self, bookmarks: Sequence[Bookmark], progress: Callable[[int], None]) -> bytes:
        """Draw all pages and return the PDF; to be called once. The marks of a page are released once it is drawn.

        `progress` is called with the number of pages done, and may raise to stop.
        """
        for number, page in enumerate(self._pages, start=1):
            self._draw_page(number, page)
            page.marks.clear()
            progress(number)
        for bookmark in bookmarks:
            number = self.numbers[bookmark.key]
            where = f" (p. {self.page_numbers.spelled(number)})" if number else ""
            title = f"{_shortened(bookmark.title)}{where}"
            self._canvas.addOutlineEntry(title, bookmark.key, bookmark.level, closed=bookmark.level == 0)
        self._canvas.save()
        self._canvas = None
        return self._buffer.getvalue()

    def has(self, key: str) -> bool:
        """Return true if a key is on one of these pages."""
        return key in self._page_indexes

    def place_of(self, key: str) -> int:
        """Return the index, from 0, of the page that a key is on."""
        return self._page_indexes[key]

    def _draw_page(self, number: int, page: Page) -> None:
        """Draw one page. `number` counts from 1, whatever the printed number is."""
        canvas = self._canvas
        scale = self.frame.scale
        canvas.setPageSize((page.size[0] * scale, page.size[1] * scale))
        for key, height in page.keys.items():
            # A destination with zoom 1: links and bookmarks show the page at 100 % (ISO 32000-1, 12.3.2.2).
            canvas.bookmarkPage(key, fit="XYZ", left=0, top=min(page.size[1], height + 12) * scale, zoom=1)
        if scale != 1:
            canvas.saveState()
            canvas.scale(scale, scale)
        self._operators.forget()
        self._tag(number, None)
        self._draw_frame(number, page)
        for mark in page.marks:
            if isinstance(mark, PageOf | LinkTo) and mark.key not in self._page_indexes:
                self._unlink(mark)
            if isinstance(mark, LinkTo):
                if mark.key in self._page_indexes:
                    self._link(number, mark)
                continue
            if isinstance(mark, PagesOf):
                self._page_runs(number, mark)
                continue
            if not isinstance(mark, HiddenWords):
                self._tag(number, getattr(mark, "tag", None))
                self._draw_mark(mark)
            if isinstance(mark, Picture | HiddenWords) and mark.words:
                self._tag(number, Element("P"))
                self._hidden_words(mark.words)
        self._close()
        if scale != 1:
            canvas.restoreState()
        canvas.showPage()

    def _tag(self, number: int, element: Element | None) -> None:
        """Open a marked-content sequence of an element, or of an artefact where it is None, for what is drawn from here on.

        Everything on a tagged page is in one or the other (ISO 14289-1, 7.1; ISO 32000-1, 14.8.2.2). Sequences of an element end with the
        page and where another element's marks follow; each has its own MCID.
        """
        if element is self._open:
            return
        self._close()
        if element is None:
            self._canvas.addLiteral("/Artifact BMC")
        else:
            mcid = self.structure.add_content(number - 1, element)
            self._canvas.addLiteral(f"/{element.role} <</MCID {mcid}>> BDC")
        self._open = element

    def _close(self) -> None:
        """End the open marked-content sequence, if there is one."""
        if self._open != CLOSED:
            self._canvas.addLiteral("EMC")
        self._open = CLOSED

    def _unlink(self, mark: PageOf | LinkTo) -> None:
        """Turn a link into plain text, since its target is in another file."""
        if mark.tag is not None and mark.tag.role == "Link":
            mark.tag.role, mark.tag.alt = "Span", ""

    def _link(self, number: int, mark: LinkTo) -> None:
        """Add a link annotation without a border, and its reference in the tag tree (ISO 14289-1, 7.18.5)."""
        corners = (mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
        area = tuple(value * self.frame.scale for value in corners)
        self._canvas.linkAbsolute("", mark.key, area, Border="[0 0 0]")
        self.structure.add_annotation(number - 1, mark.tag or Element("Link", None, "To another page"))

    def _draw_frame(self, number: int, page: Page) -> None:
        """Draw marking, title, footer and page number. A plain page has no title above."""
        width, height = page.size
        soft, margin = t.SOFT, t.MARGIN
        marking = self.frame.marking
        for y in (height - 30, 22):
            self._text(
                width / 2 - self._fonts.width(marking, BOLD, t.NOTE_SIZE) / 2, y, BOLD, t.NOTE_SIZE, soft, marking
            )
        if not page.plain:
            self._text(margin, height - 46, REGULAR, t.NOTE_SIZE, soft, self._fonts.drawable(self.frame.title[:80]))
            self._box(Box(margin, height - 51, width - 2 * margin, 0.5, t.HAIR))
        self._box(Box(margin, 46, width - 2 * margin, 0.5, t.HAIR))
        self._text(margin, 35, REGULAR, t.NOTE_SIZE, soft, self._fonts.drawable(page.foot))
        count = self.page_numbers.foot(number - 1)
        self._text(width - margin - self._fonts.width(count, BOLD, 9), 34, BOLD, 9, t.INK, count)

    def _draw_mark(self, mark: t.Mark) -> None:
        """Draw one mark."""
        match mark:
            case Text():
                self._text(mark.x, mark.y, mark.font, mark.size, mark.colour, mark.text)
            case Box():
                self._box(mark)
            case Polygon():
                self._polygon(mark)
            case PageOf():
                first, last = self.numbers[mark.key], self.numbers.get(mark.end, 0)
                text = f"{mark.before}{self.page_numbers.spelled(first, last)}"
                x = mark.x - (self._fonts.width(text, mark.font, mark.size) if mark.right else 0)
                self._text(x, mark.y, mark.font, mark.size, mark.colour, text)
            case Picture():
                self._picture(mark)
            case Code():
                self._qr(mark)
            case LinkTo() | HiddenWords() | PagesOf():
                pass  # `_link`, `_hidden_words` and `_page_runs` put them on the page.

    def _page_runs(self, number: int, mark: PagesOf) -> None:
        """Draw page numbers as runs, each a link to its first page; as many as fit, then an ellipsis."""
        x, end = mark.x, mark.x + mark.width - self._fonts.width(", …", mark.font, mark.size)
        runs = self._runs(mark.keys)
        for place, (key, text) in enumerate(runs):
            more = "" if place == len(runs) - 1 else ", "
            width = self._fonts.width(text, mark.font, mark.size)
            if place and x + width > end and not (place == len(runs) - 1 and x + width <= mark.x + mark.width):
                self._tag(number, mark.tag)
                self._text(x, mark.y, mark.font, mark.size, mark.colour, "…")
                return
            link = Element("Link", mark.tag, f"To the page of {key.replace('-', ' ')}")
            self._tag(number, link)
            self._text(x, mark.y, mark.font, mark.size, mark.colour, text + more)
            self._link(number, LinkTo(x, mark.y - mark.size * 0.3, width, mark.size * 1.3, key, link))
            x += self._fonts.width(text + more, mark.font, mark.size)

    def _runs(self, keys: Sequence[str]) -> list[tuple[str, str]]:
        """Return runs of the page numbers of some keys: the key of the first page of each, and the numbers as they are printed."""
        first = {self.numbers[key]: key for key in reversed(keys) if key in self._page_indexes}
        spans = in_spans(first).split(", ") if first else []
        prefix = self.page_numbers.prefix
        return [(first[int(span.partition(DASH)[0])], f"{prefix}{span}") for span in spans]

    def _text(self, x: float, y: float, font: str, size: float, colour: t.Colour, text: str) -> None:
        """Draw one line from x on the baseline y, in visual order and in as many fonts as its characters need."""
        canvas, operators = self._canvas, self._operators
        operators.fill(colour)
        if text.isascii() or self._fonts.is_plain(text, font):
            operators.line(x, y, font, size, text)
            return
        for name, piece in self._fonts.pieces(text, font):
            if name in SHAPED:
                self._shaped_text(x, y, name, size, piece)
                x += self._fonts.natural(name, piece) * size
                continue
            # Right-to-left text is drawn in visual order and marked, so that readers reverse it back (ISO 32000-1, 14.8.2.3.3).
            is_reversed = runs_right(piece)
            if is_reversed:
                canvas.addLiteral("/ReversedChars BMC")
            operators.line(x, y, name, size, piece)
            if is_reversed:
                canvas.addLiteral("EMC")
            x += self._fonts.natural(name, piece) * size

    def _shaped_text(self, x: float, y: float, font: str, size: float, text: str) -> None:
        """Draw a text of one script that is shaped, from x on the baseline y, each glyph in its place; beside them stands what they say."""
        canvas = self._canvas
        canvas.addLiteral(f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC")
        drawn = canvas.beginText(x, y)
        drawn.setFont(font, size)
        shaped = self._fonts.shaped(font)
        pen, place, run = x, x, ""
        for glyph in shaped.shape(text):
            across, up = glyph.across * size / 1000, glyph.up * size / 1000
            if up or abs(pen + across - place) > NEAR:
                drawn.textOut(run)
                drawn.setTextOrigin(pen + across, y + up)
                drawn.textOut(glyph.character)
                drawn.setTextOrigin(pen + glyph.advance * size / 1000, y)
                run, place = "", pen + glyph.advance * size / 1000
            else:
                run += glyph.character
                place += shaped.own_width(glyph.character) * size / 1000
            pen += glyph.advance * size / 1000
        drawn.textOut(run)
        canvas.drawText(drawn)
        self._operators.forget_font()
        canvas.addLiteral("EMC")

    def _box(self, box: Box) -> None:
        self._operators.fill(box.colour)
        self._operators.box(box.x, box.y, box.width, box.height)

    def _polygon(self, polygon: Polygon) -> None:
        self._operators.fill(polygon.colour)
        self._operators.polygon(polygon.points)

    def _picture(self, picture: Picture) -> None:
        image = picture.image
        name = f"picture {sha256(image.content).hexdigest()} {image.width} {image.height}"
        self._register(name, image)
        self._canvas.drawImage(name, picture.x, picture.y, picture.width, picture.height)

    def _register(self, name: str, image: StoredPicture) -> None:
        """Give the library a picture as it is, under the name by which it looks for one that it has: it would decode it, keep that, and write it anew."""
        from reportlab.lib.utils import _digester  # type: ignore[attr-defined]
        from reportlab.pdfbase.pdfdoc import PDFImageXObject

        document = self._canvas._doc  # noqa: SLF001 - as `drawImage` does, which takes files alone
        digest = _digester(f"{name}{None}".encode())
        key = document.getXObjectName(digest)
        if key in document.idToObject:
            return
        item: Any = PDFImageXObject(digest)
        item.width, item.height, item.bitsPerComponent = image.width, image.height, image.bits
        item.colorSpace = "DeviceGray" if image.grey else "DeviceRGB"
        item._filters, item.streamContent, item.mask = (image.coding,), image.content, None  # noqa: SLF001 - as its own readers set it
        self._canvas._setXObjects(item)  # noqa: SLF001 - as `drawImage` does
        document.Reference(item, key)
        document.addForm(item.name, item)

    def _hidden_words(self, words: Sequence[HiddenWord]) -> None:
        """Write invisible words over their picture, so that they can be searched for, selected and read out."""
        self._operators.hidden_words(filter(None, (self._stretched(*word) for word in words)))

    def _stretched(self, x: float, y: float, width: float, height: float, word: str) -> StretchedWord | None:
        """Return a word as wide and high as its box, or None where there is nothing to write.

        The space after it parts it from the next word (ISO 32000-1, 14.8.2.5).
        """
        word = self._fonts.drawable(word)
        natural = self._fonts.width(word, REGULAR, 1)
        if not word.strip() or natural <= 0 or width <= 0 or height <= 0:
            return None
        said = f"{word} "
        pieces = [(REGULAR, said)] if self._fonts.is_plain(said, REGULAR) else self._fonts.in_fonts(said, REGULAR)
        return x, y + height * 0.2, width / natural, max(1.0, height * 0.8), pieces

    def _qr(self, code: Code) -> None:
        """Draw a QR code as filled squares, with error correction level M."""
        from reportlab.graphics.barcode.qr import QrCodeWidget

        widget: Any = QrCodeWidget(code.text, barLevel="M")
        widget.qr.make()
        count = widget.qr.getModuleCount()
        side = code.size / count
        self._operators.fill(t.INK)
        for row in range(count):
            for column in range(count):
                if widget.qr.isDark(row, column):
                    self._operators.box(code.x + column * side, code.y + code.size - (row + 1) * side, side, side)
