"""What a font says of the characters that its glyphs stand for, mended where it says nothing."""

import re
from typing import Any, Final

NO_CHARACTER: Final = re.compile(rb"^([ \t]*<[0-9a-f]+>[ \t]*)<(?:0000|fffe|feff)>", re.IGNORECASE | re.MULTILINE)
REPLACEMENT: Final = rb"\1<FFFD>"


def clean_to_unicode(font: Any) -> None:
    """Map a glyph that stands for no character to the replacement character (ISO 14289-1, 7.21.7; ISO 19005-3, 6.2.11.7.2).

    reportlab, which many files are made with, maps one unused glyph of each font to U+0000.
    """
    stream = font.get("/ToUnicode")
    if stream is None or not hasattr(stream, "read_bytes"):
        return
    content = stream.read_bytes()
    fixed = NO_CHARACTER.sub(REPLACEMENT, content)
    if fixed != content:
        stream.write(fixed)
