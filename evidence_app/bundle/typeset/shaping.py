"""Scripts whose letters join, turn and change places as they are written: set by HarfBuzz, glyph by glyph (docs/decisions/0012-text-in-other-scripts.md).

reportlab draws characters. A glyph that no character has gets one of the private area, for this process; what the glyphs of a word say stands beside
them as `ActualText` (ISO 32000-1, 14.9.4).
"""

import threading
from typing import Any, Final, NamedTuple

FIRST_PRIVATE: Final = 0xE000
LAST_PRIVATE: Final = 0xF8FF
UNITS: Final = 1000


class ShapedGlyph(NamedTuple):
    """A glyph: the character it is drawn with, how far it moves the pen, and where it stands from the pen, in thousandths of the size."""

    character: str
    advance: float
    across: float
    up: float


class ShapedFont:
    """A font of reportlab whose texts are shaped."""

    def __init__(self, font: Any) -> None:
        """Read a font that reportlab has registered."""
        import uharfbuzz

        self._face = font.face
        # Codes of the private area that a font has itself are signs of its own: text never asks for them.
        self.characters = frozenset(
            code for code in self._face.charToGlyph if not FIRST_PRIVATE <= code <= LAST_PRIVATE
        )
        face = uharfbuzz.Face(self._face._ttf_data)  # noqa: SLF001 - the library keeps the file's bytes there
        self._harfbuzz: Any = uharfbuzz.Font(face)
        self._scale = UNITS / face.upem
        self._codes: dict[int, int] = {glyph: codes[0] for glyph, codes in self._face.glyphToChar.items()}
        self._next = FIRST_PRIVATE
        self._lock = threading.Lock()

    def shape(self, text: str) -> list[ShapedGlyph]:
        """Return the glyphs of a text of one script, from left to right."""
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._harfbuzz, buffer)
        return [
            ShapedGlyph(
                chr(self._code(info.codepoint)),
                place.x_advance * self._scale,
                place.x_offset * self._scale,
                place.y_offset * self._scale,
            )
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    def own_width(self, character: str) -> float:
        """Return the width in thousandths that a character's glyph has by itself, by which a reader moves the pen."""
        return float(self._face.charWidths[ord(character)])

    def _code(self, glyph: int) -> int:
        """Return a character that reportlab draws as a glyph."""
        with self._lock:
            if glyph not in self._codes:
                while self._next in self._face.charToGlyph:
                    self._next += 1
                if self._next > LAST_PRIVATE:
                    # More glyphs than any of these fonts has.
                    return ord(" ")
                self._codes[glyph] = self._next
                self._face.charToGlyph[self._next] = glyph
                self._face.charWidths[self._next] = self._harfbuzz.get_glyph_h_advance(glyph) * self._scale
            return self._codes[glyph]
