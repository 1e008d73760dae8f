"""The embedded fonts: choice of a font for each character, widths, and the division of a line into pieces of one font each."""

import threading
import unicodedata
from functools import lru_cache
from typing import Any, Final

from evidence_app.bundle.typeset import bidi
from evidence_app.bundle.typeset.shaping import ShapedFont
from evidence_app.domain.text.folding import JOINING, TURNING
from evidence_app.files import resource

REGULAR: Final = "Text"
BOLD: Final = "Text-Bold"
ITALIC: Final = "Text-Italic"
MONO: Final = "Text-Mono"
FONT_FILES: Final = {
    REGULAR: "fonts/NotoSans-Regular.ttf",
    BOLD: "fonts/NotoSans-Bold.ttf",
    ITALIC: "fonts/NotoSans-Italic.ttf",
    MONO: "fonts/NotoSansMono-Regular.ttf",
}

MISSING_GLYPH: Final = "\ufffd"


VARIANTS: Final = frozenset(chr(code) for code in range(0xFE00, 0xFE10))
"""Marks that choose how the sign before them looks: coloured, or as print. Here all are print."""
RIGHTWARD: Final = frozenset("\u202a\u202c\u2066\u2068\u2069")
"""Marks that begin and end words from left to right (Unicode UAX #9); those that override the order of letters are none of them."""
FALLBACKS: Final = {
    "Text-Arabic": "fonts/NotoSansArabic-Regular.ttf",
    "Text-Hebrew": "fonts/NotoSansHebrew-Regular.ttf",
    "Text-East-Asian": "fonts/DroidSansFallback.ttf",
    "Text-Signs": "fonts/NotoSansSymbols2-Regular.ttf",
    "Text-More-Signs": "fonts/NotoSansSymbols-Regular.ttf",
    "Text-Mathematics": "fonts/NotoSansMath-Regular.ttf",
    "Text-Emoji": "fonts/NotoEmoji-Regular.ttf",
    "Text-Thai": "fonts/NotoSansThai-Regular.ttf",
    "Text-Devanagari": "fonts/NotoSansDevanagari-Regular.ttf",
    "Text-Bengali": "fonts/NotoSansBengali-Regular.ttf",
    "Text-Gurmukhi": "fonts/NotoSansGurmukhi-Regular.ttf",
    "Text-Gujarati": "fonts/NotoSansGujarati-Regular.ttf",
    "Text-Tamil": "fonts/NotoSansTamil-Regular.ttf",
    "Text-Telugu": "fonts/NotoSansTelugu-Regular.ttf",
}
"""Fonts for characters that the text's own font lacks, in this order. Each file is loaded when it is first needed."""
SHAPED: Final = frozenset(
    {
        "Text-Thai",
        "Text-Devanagari",
        "Text-Bengali",
        "Text-Gurmukhi",
        "Text-Gujarati",
        "Text-Tamil",
        "Text-Telugu",
    }
)
"""Fonts of scripts whose letters change with their neighbours."""
JOINERS: Final = frozenset("\u200c\u200d")
"""Marks that part or join the letters beside them: in these scripts they decide what is drawn (Unicode, 23.2)."""
SIGNS: Final = frozenset({"Text-Signs", "Text-More-Signs", "Text-Mathematics", "Text-Emoji"})
"""Fonts of signs, whose spaces are as wide as their signs."""
MAX_CACHED_WIDTHS: Final = 200_000
"""Widths cached for each font."""
Piece = tuple[str, str]
"""The name of a font, and the text that is set in it."""

LOADING: Final = threading.Lock()


class Fonts:
    """The embedded fonts. Widths are cached by word and font."""

    def __init__(self) -> None:
        self._faces: dict[str, Any] = {}
        for name, file in FONT_FILES.items():
            self._faces[name] = self._load(name, file)
        self._widths: dict[str, dict[str, float]] = {name: {} for name in FONT_FILES}
        self._shaped: dict[str, ShapedFont] = {}
        self._plain: dict[str, set[str]] = {name: set() for name in FONT_FILES}

    @staticmethod
    def _load(name: str, file: str) -> Any:
        """Register a font with reportlab and return its face: glyphs and widths."""
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        # Exhibits are prepared side by side, and reportlab has one list of fonts.
        with LOADING:
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(name, str(resource(file))))
        font: Any = pdfmetrics.getFont(name)
        return font.face

    def width(self, text: str, font: str, size: float) -> float:
        """Return the width of a text in points."""
        cache = self._widths[font]
        width = cache.get(text)
        if width is None:
            pieces = [(font, text)] if self.is_plain(text, font) else self.pieces(text, font)
            width = sum(self.natural(name, piece) for name, piece in pieces)
            if len(cache) < MAX_CACHED_WIDTHS:
                cache[text] = width
        return width * size

    def natural(self, font: str, text: str) -> float:
        """Return the width of a text in one font at a size of one point."""
        # Widths are in thousandths of the font's size (ISO 32000-1, 9.2.4).
        if font in SHAPED:
            return sum(glyph.advance for glyph in self.shaped(font).shape(text)) / 1000
        face = self._faces[font]
        default, widths = face.defaultWidth, face.charWidths
        return float(sum(widths.get(ord(character), default) for character in text)) / 1000

    def is_plain(self, text: str, font: str) -> bool:
        """Whether a text is drawn as it stands, from left to right, in one font that has all of it."""
        plain = self._plain[font]
        if text.isascii() or plain.issuperset(text):
            return True
        for character in set(text) - plain:
            if not character.isascii() and not self._is_plain(character, font):
                return False
            plain.add(character)
        return True

    def _is_plain(self, character: str, font: str) -> bool:
        marked = character in TURNING or character in JOINING or character in VARIANTS or character in RIGHTWARD
        return not marked and not bidi.runs_right(character) and ord(character) in self._faces[font].charToGlyph

    def _font_for(self, character: str, font: str) -> str:
        """Return the first font that has a character: the given one, else one of `FALLBACKS`; an empty string if none has it."""
        code = ord(character)
        if code in self._faces[font].charToGlyph:
            return font
        for name, file in FALLBACKS.items():
            if name not in self._faces:
                self._faces[name] = self._load(name, file)
            known = self.shaped(name).characters if name in SHAPED else self._faces[name].charToGlyph
            if code in known:
                return name
        return ""

    def shaped(self, font: str) -> ShapedFont:
        """Return one of the fonts of `SHAPED`, with which the text has pieces."""
        if font not in self._shaped:
            from reportlab.pdfbase import pdfmetrics

            with LOADING:
                self._shaped.setdefault(font, ShapedFont(pdfmetrics.getFont(font)))
        return self._shaped[font]

    def drawable(self, text: str, font: str = REGULAR) -> str:
        """Return a text as it can be drawn: see `substitute`."""
        return self.substitute(text, font)[0]

    def substitute(self, text: str, font: str = REGULAR) -> tuple[str, int]:
        """Return a text with a replacement mark for every character that no font has, and how many there are.

        Marks that only join, part or direct letters are left out; those that make a line read in another order are replaced. A mark that puts
        words from left to right into a line that runs so anyway, as telephones put around names, changes nothing and is left out too.
        """
        if text.isascii() or self.is_plain(text, font):
            return text, 0
        drawn: list[str] = []
        missing = 0
        unseen = (
            JOINING | VARIANTS if TURNING.isdisjoint(text) or bidi.runs_right(text) else JOINING | VARIANTS | RIGHTWARD
        )
        for character in text:
            if character in JOINERS and drawn and self._font_for(drawn[-1], font) in SHAPED:
                drawn.append(character)
                continue
            if character in unseen:
                continue
            if unicodedata.category(character) == "Zs" and not self._font_for(character, font):
                character = " "  # noqa: PLW2901 - a space of any width is one
            known = character == "\n" or (character not in TURNING and bool(self._font_for(character, font)))
            drawn.append(character if known else MISSING_GLYPH)
            missing += not known
        return "".join(drawn), missing

    def pieces(self, text: str, font: str) -> list[Piece]:
        """Return a line in visual order, from left to right, in pieces of one font each."""
        return self.in_fonts(bidi.visual(text), font)

    def in_fonts(self, text: str, font: str) -> list[Piece]:
        """Return a line in the given order, in pieces of one font each."""
        pieces: list[Piece] = []
        for character in text:
            name = self._font_for(character, font) or font
            if pieces and self._stays(character, pieces[-1][0]):
                name = pieces[-1][0]
            if pieces and pieces[-1][0] == name:
                pieces[-1] = name, pieces[-1][1] + character
            else:
                pieces.append((name, character))
        return pieces

    def _stays(self, character: str, before: str) -> bool:
        """Whether a character is set in the font of the one before it, so that a phrase stays in one piece: spaces, and signs beside shaped letters."""
        if before in SHAPED:
            return not character.isalnum() and ord(character) in self.shaped(before).characters
        return character == " " and before not in SIGNS


@lru_cache(maxsize=1)
def fonts() -> Fonts:
    """Return the fonts of the process, of which there is one set: reportlab registers fonts globally."""
    return Fonts()
