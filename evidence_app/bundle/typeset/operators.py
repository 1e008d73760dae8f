"""Writes lines of text and filled shapes as operators of a content stream (ISO 32000-1, 8.5, 8.6.8 and 9.4).

reportlab keeps the document, its fonts and their subsets, and asks for the parts of a font that a text needs; what it would write for a
line, six calls deep and with each number formatted by itself, is written here in one step. Colour, font and size are named again only
where they change.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from evidence_app.bundle.typeset.page_writer import Colour

StretchedWord = tuple[float, float, float, float, Sequence[tuple[str, str]]]
"""Where a word stands, the width and the height of its em in points, and its pieces with their fonts."""
ESCAPED: Final = {
    **{code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))},
    **{ord(character): f"\\{character}" for character in "\\()"},
}
"""How bytes stand in a literal string where they do not stand for themselves (ISO 32000-1, 7.3.4.2)."""


def number(value: float) -> str:
    """Return a number as it stands in a content stream, to a thousandth: so that it has no exponent (ISO 32000-1, 7.3.3)."""
    return str(round(value, 3))


@lru_cache(maxsize=256)
def _colour_operator(colour: Colour) -> str:
    return f"{' '.join(map(number, colour))} rg"


class _GlyphCodes(dict[int, str]):
    """The code of each character in the first subset of a font, escaped. What lies in another subset is gathered in `beyond`."""

    def __init__(self, font: Any, document: Any) -> None:
        super().__init__()
        self.font = font
        self.document = document
        self.beyond: set[str] = set()

    def __missing__(self, code: int) -> str:
        ((subset, content),) = self.font.splitString(chr(code), self.document)
        if subset:
            self.beyond.add(chr(code))
            return ""
        self[code] = _literal(content)
        return self[code]


def _literal(content: bytes) -> str:
    return content.decode("latin-1").translate(ESCAPED)


class PageOperators:
    """Writes on the page that a canvas of reportlab has open. It is to `forget` where a page begins, and fonts where anything else wrote text."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._codes: dict[str, _GlyphCodes] = {}
        self._font: tuple[str, int, float] | None = None
        self._colour: Colour | None = None

    def forget(self) -> None:
        """Take no colour and no font as set."""
        self._font = self._colour = None

    def forget_font(self) -> None:
        """Take no font as set."""
        self._font = None

    def fill(self, colour: Colour) -> None:
        """Set the colour of text and of shapes."""
        if colour != self._colour:
            self._colour = colour
            self._canvas.addLiteral(_colour_operator(colour))

    def line(self, x: float, y: float, font: str, size: float, text: str) -> None:
        """Write one line, already in visual order and of characters that the font has, from x on the baseline y."""
        self._canvas.addLiteral(f"BT {round(x, 3)} {round(y, 3)} Td {self._shown(font, size, text)} ET")

    def hidden_words(self, words: Iterable[StretchedWord]) -> None:
        """Write invisible words, each from a place on a baseline, of a width and a height for one em, and in pieces of one font each.

        Text rendering mode 3 neither fills nor strokes (ISO 32000-1, 9.3.6). The matrix of a word (9.4.2) has its place and its size in both
        directions, so that one font at one size is named for all of them.
        """
        lines = ["BT 3 Tr"]
        for x, y, across, up, pieces in words:
            shown = " ".join(self._shown(font, 1, piece) for font, piece in pieces)
            lines.append(f"{round(across, 3)} 0 0 {round(up, 3)} {round(x, 3)} {round(y, 3)} Tm {shown}")
        self._canvas.addLiteral("\n".join([*lines, "0 Tr ET"]))

    def _shown(self, font: str, size: float, text: str) -> str:
        """Return the operators that select a font where it is not, and show a text of characters that it has."""
        codes = self._codes.get(font)
        if codes is None:
            from reportlab.pdfbase import pdfmetrics

            # The canvas has its document under this name alone.
            codes = self._codes[font] = _GlyphCodes(pdfmetrics.getFont(font), self._canvas._doc)  # noqa: SLF001
        first = text.translate(codes)
        if codes.beyond and not codes.beyond.isdisjoint(text):
            runs = [(subset, _literal(part)) for subset, part in codes.font.splitString(text, codes.document)]
            return " ".join(f"{self._select(codes, font, subset, size)}({literal}) Tj" for subset, literal in runs)
        return f"{self._select(codes, font, 0, size)}({first}) Tj"

    def _select(self, codes: _GlyphCodes, font: str, subset: int, size: float) -> str:
        """Return the operator that selects a subset of a font at a size, or nothing where it is selected."""
        if self._font == (font, subset, size):
            return ""
        self._font = font, subset, size
        return f"{codes.font.getSubsetInternalName(subset, codes.document)} {number(size)} Tf "

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """Fill a rectangle."""
        self._canvas.addLiteral(f"{number(x)} {number(y)} {number(width)} {number(height)} re f")

    def polygon(self, points: Sequence[tuple[float, float]]) -> None:
        """Fill a polygon."""
        (x, y), *others = points
        lines = " ".join(f"{number(x)} {number(y)} l" for x, y in others)
        self._canvas.addLiteral(f"{number(x)} {number(y)} m {lines} h f")
