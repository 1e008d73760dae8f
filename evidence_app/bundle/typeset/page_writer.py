"""Layout of text on pages (docs/decisions/0002-own-page-layout.md).

Layout comes first and draws nothing: it makes a list of marks for each page. References to pages are marks too, so that an index can be
laid out before the pages that it names. Drawing follows once every page has its number (`canvas`).

Lengths are in points. Coordinates are those of PDF: x from the left edge, y from the lower one; a line is set at its baseline.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from evidence_app.bundle.typeset.fonts import BOLD, REGULAR, fonts
from evidence_app.bundle.typeset.tag_tree import Element

A4: Final = (595.276, 841.89)
"""Width and height in points."""
MARGIN: Final = 54.0
TOP: Final = 66.0
BOTTOM: Final = 62.0
"""Distance of the text from the page's edges: left and right, top, bottom."""
SOME_LINES: Final = 79.0  # height of a few lines of text, in points

Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""
INK: Final[Colour] = (0.10, 0.11, 0.13)
SOFT: Final[Colour] = (0.36, 0.38, 0.42)
TEAL: Final[Colour] = (0.05, 0.34, 0.38)
AMBER: Final[Colour] = (0.60, 0.36, 0.0)
HAIR: Final[Colour] = (0.78, 0.80, 0.82)
TINT: Final[Colour] = (0.945, 0.957, 0.957)

BODY_SIZE: Final = 11.0
TABLE_SIZE: Final = 10.0
NOTE_SIZE: Final = 9.0
"""Sizes of type: of words, of tables, and the least for anything that a person reads. Digests, which programs read, are smaller."""
PROOF_SIZE, DIGEST_SIZE = 7.5, 7.0
LEADING: Final = 1.36  # distance of two baselines, in sizes of the font


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text with its left end on the baseline."""

    x: float
    y: float
    font: str
    size: float
    colour: Colour
    text: str
    tag: Element | None = None


@dataclass(frozen=True, slots=True)
class PageOf:
    """The printed number of the page that a key is on, after `before`; it ends at x, or begins there unless `right`. With `end` it is a run up to the page of that key."""

    x: float
    y: float
    font: str
    size: float
    colour: Colour
    key: str
    before: str = ""
    right: bool = True
    tag: Element | None = None
    end: str = ""


@dataclass(frozen=True, slots=True)
class PagesOf:
    """The printed numbers of the pages that some keys are on, as runs, from x; no more than fit in the width, then an ellipsis."""

    x: float
    y: float
    width: float
    font: str
    size: float
    colour: Colour
    keys: tuple[str, ...]
    tag: Element | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; thin ones serve as rules."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled polygon."""

    points: tuple[tuple[float, float], ...]
    colour: Colour


@dataclass(frozen=True, slots=True)
class LinkTo:
    """An area that links to the page of a key."""

    x: float
    y: float
    width: float
    height: float
    key: str
    tag: Element | None = None


HiddenWord = tuple[float, float, float, float, str]
"""x, y, width and height in points, and the word."""


@dataclass(frozen=True, slots=True)
class HiddenWords:
    """An invisible text layer over what is drawn there, for search and screen readers."""

    words: tuple[HiddenWord, ...]


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A raster image as it stands in the file: its size in pixels, bits a colour, whether it is grey, and its bytes under a filter (ISO 32000-1, 7.4)."""

    width: int
    height: int
    bits: int
    grey: bool
    coding: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster image in an area, with its invisible text layer."""

    x: float
    y: float
    width: float
    height: float
    image: StoredPicture
    words: tuple[HiddenWord, ...] = ()
    tag: Element | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code of a text."""

    x: float
    y: float
    size: float
    text: str
    tag: Element | None = None


Mark = Text | PageOf | PagesOf | Box | Polygon | LinkTo | Picture | HiddenWords | Code


@dataclass(slots=True)
class Page:
    """One page before it is drawn. `keys` name places on it by their height; `foot` stands left in its footer.

    `characters_missing` counts the characters of its text that no font has.
    """

    size: tuple[float, float] = A4
    marks: list[Mark] = field(default_factory=list)
    keys: dict[str, float] = field(default_factory=dict)
    foot: str = ""
    plain: bool = False
    characters_missing: int = 0


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the document outline; level 0 is a section."""

    key: str
    title: str
    level: int


class PageWriter:
    """Sets text over as many pages as it takes.

    `y` is the present height, `left` and `width` bound the lines; callers may change all three.
    """

    def __init__(self, running_foot: str = "") -> None:
        self.pages: list[Page] = []
        self.bookmarks: list[Bookmark] = []
        self.fonts = fonts()
        self.left = MARGIN
        self.width = A4[0] - 2 * MARGIN
        self.foot = running_foot
        self._on_new_page: Callable[[], None] | None = None
        self.y = 0.0
        self._element: Element | None = None
        self._hidden = False
        self.new_page()

    @contextmanager
    def element(self, role: str, alt: str = "") -> Iterator[Element]:
        """Tag everything that is set inside as one structure element, a child of the one that is open."""
        before = self._element
        self._element = Element(role, before, alt)
        try:
            yield self._element
        finally:
            self._element = before

    @contextmanager
    def artefact(self) -> Iterator[None]:
        """Mark what is set inside as an artefact, which screen readers skip (ISO 32000-1, 14.8.2.2)."""
        before, self._hidden = self._hidden, True
        try:
            yield
        finally:
            self._hidden = before

    def tag(self, role: str = "P") -> Element | None:
        """Return the element for the next mark: the open one, or a new one of this role; None within an artefact."""
        if self._hidden:
            return None
        return self._element or Element(role)

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    def new_page(self) -> None:
        """Begin a page."""
        self.pages.append(Page(foot=self.foot))
        self.y = A4[1] - TOP
        if self._on_new_page:
            self._on_new_page()

    def repeat_on_new_pages(self, draw: Callable[[], None] | None) -> None:
        """Call a function at the top of each new page, for example to repeat a table's header; None ends it."""
        self._on_new_page = draw

    def need(self, height: float) -> None:
        """Begin a page unless this height is left on the present one."""
        if self.y - height < BOTTOM:
            self.new_page()

    def space(self, height: float) -> None:
        """Leave this height empty."""
        self.y -= height

    def anchor(self, key: str, title: str = "", level: int = 0) -> None:
        """Make the present height a target of links, and an entry of the outline when it has a title."""
        self.page.keys[key] = self.y + 14
        if title:
            self.bookmarks.append(Bookmark(key, title, level))

    def _drawable(self, text: str, font: str = REGULAR) -> str:
        """Return a text as it can be drawn, and count on the page what no font has."""
        drawn, missing = (text, 0) if text.isascii() else self.fonts.substitute(text, font)
        self.page.characters_missing += missing
        return drawn

    def put(self, x: float, text: str, font: str = REGULAR, size: float = BODY_SIZE, colour: Colour = INK) -> None:
        """Set one line at the present height without moving on."""
        self.page.marks.append(Text(x, self.y, font, size, colour, self._drawable(text, font), self.tag()))

    def put_right(
        self, x: float, text: str, font: str = REGULAR, size: float = BODY_SIZE, colour: Colour = INK
    ) -> None:
        """Set one line that ends at x."""
        text = self._drawable(text, font)
        self.put(x - self.fonts.width(text, font, size), text, font, size, colour)

    def rule(self, colour: Colour = HAIR, thickness: float = 0.5) -> None:
        """Draw a rule over the whole width at the present height."""
        self.page.marks.append(Box(self.left, self.y, self.width, thickness, colour))

    def wrap(self, text: str, width: float, font: str = REGULAR, size: float = BODY_SIZE) -> list[str]:
        """Return a text broken into lines of at most this width; a word that is too long for a line is broken too.

        The space at which a line is broken stays at its end: screen readers find the ends of words by spaces (ISO 32000-1, 14.8.2.5).
        Widths are measured at a size of one point, so that they are cached once for all sizes.
        """
        lines: list[str] = []
        available, space = width / size, self.fonts.width(" ", font, 1)
        measure = self.fonts.width
        for paragraph in self._drawable(text, font).replace("\t", "    ").split("\n"):
            line: list[str] = []
            used = 0.0
            for word in paragraph.split(" "):
                length = measure(word, font, 1)
                if line and used + space + length > available:
                    lines.append(" ".join([*line, ""]))
                    line, used = [], 0.0
                # A long word fills lines of its own; what is left of it begins the next line.
                *full_lines, rest = self._broken(word, available, font) if length > available else (word,)
                lines += full_lines
                used += (measure(rest, font, 1) if full_lines else length) + (space if line else 0)
                line.append(rest)
            lines.append(" ".join(line))
        return lines

    def _broken(self, word: str, available: float, font: str) -> list[str]:
        """Return a word in parts that each fit into a line, of at least one character each."""
        parts, start, used = [], 0, 0.0
        for position, character in enumerate(word):
            length = self.fonts.width(character, font, 1)
            if used + length > available and position > start:
                parts.append(word[start:position])
                start, used = position, 0.0
            used += length
        return [*parts, word[start:]]

    def paragraph(
        self,
        text: str,
        font: str = REGULAR,
        size: float = BODY_SIZE,
        colour: Colour = INK,
        *,
        indent: float = 0,
        after: float = 4,
        bar: Colour | None = None,
    ) -> None:
        """Set a text over as many lines and pages as it takes, with the space `after` below.

        `bar` is the colour of a rule down its left side.
        """
        step, tag = size * LEADING, self.tag()
        for line in self.wrap(text, self.width - indent, font, size):
            self.need(step)
            self.y -= step
            if bar is not None:
                self.page.marks.append(Box(self.left + indent - 9, self.y - step * 0.28, 2, step, bar))
            if line:
                self.page.marks.append(Text(self.left + indent, self.y, font, size, colour, line, tag))
        self.y -= after

    def heading(self, text: str, key: str = "", *, level: int = 0, below: float = SOME_LINES) -> None:
        """Set a heading of level 0 to 2 (H1 to H3); with a key it is a target of links and an entry of the outline. Where less than `below` is left under it, it begins a page."""
        size, after = ((17.0, 10.0), (12.0, 5.0), (10.0, 3.0))[level]
        lines = self.wrap(text, self.width, BOLD, size)
        self.need(size * 1.35 * len(lines) + after + below)
        if key:
            self.anchor(key, text, level)
        with self.element(f"H{level + 1}"):
            for line in lines:
                self.y -= size * 1.35
                self.put(self.left, line, BOLD, size, TEAL if level == 0 else INK)
        self.y -= after

    def pair(
        self, label: str, text: str, *, label_width: float = 118, font: str = REGULAR, size: float = BODY_SIZE
    ) -> None:
        """Set a label with its text to the right of it."""
        step = size * LEADING
        labels = self.wrap(label, label_width - 10, REGULAR, NOTE_SIZE)
        lines = self.wrap(text, self.width - label_width, font, size)
        self.need(step * min(len(lines), 3))
        label_tag = text_tag = paragraph = self.tag()
        if len(labels) > 1 and paragraph is not None:
            # Lines are drawn in turn, label and text; as two elements the whole label is read out before the text.
            label_tag, text_tag = Element("Span", paragraph), Element("Span", paragraph)
        labels[-1] += " "
        for number in range(max(len(labels), len(lines))):
            self.need(step)
            self.y -= step
            if number < len(labels):
                drawn = self._drawable(labels[number])
                self.page.marks.append(Text(self.left, self.y, REGULAR, NOTE_SIZE, SOFT, drawn, label_tag))
            if number < len(lines) and lines[number]:
                self.page.marks.append(Text(self.left + label_width, self.y, font, size, INK, lines[number], text_tag))
        self.y -= 3

    def page_of(self, x: float, key: str, before: str = "", size: float = BODY_SIZE) -> None:
        """Set the number of a key's page, ending at x, as a link."""
        tag = self.page_number(x, key, before, size)
        # The number is not known yet: the link is wide enough for four digits.
        width = self.fonts.width(f"{before}0000", REGULAR, size)
        height = size * 1.3
        self.page.marks.append(LinkTo(x - width, self.y - height * 0.25, width, height, key, tag))

    def page_number(self, x: float, key: str, before: str, size: float, end: str = "") -> Element:
        """Set a number as `page_of` does, within a larger link; with `end` the run up to that key's. Return the link's structure element."""
        tag = Element("Link", self.tag(), f"To the page of {key.replace('-', ' ')}")
        self.page.marks.append(PageOf(x, self.y, REGULAR, size, TEAL, key, before, tag=tag, end=end))
        return tag

    def pages_of(self, x: float, width: float, keys: tuple[str, ...], size: float = TABLE_SIZE) -> None:
        """Set the numbers of the pages of some keys from x, each run of them a link."""
        self.page.marks.append(PagesOf(x, self.y, width, REGULAR, size, TEAL, keys, self.tag()))
