"""What the codes of a simple font mean: glyph names by its encoding, and characters by glyph names (ISO 32000-1, 9.6.6 and 9.10.2)."""

from functools import lru_cache
from typing import Any, Final

import pikepdf

BASES: Final = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding"})
NOTDEF: Final = ".notdef"


def names_by_code(font: Any, built_in: dict[int, str] | None = None) -> dict[int, str]:
    """Return the glyph names of a simple font by code. `built_in` is the encoding of its program, for a font that names none."""
    encoding = font.get("/Encoding")
    base = ""
    differences: Any = None
    if isinstance(encoding, pikepdf.Name):
        base = str(encoding)
    elif isinstance(encoding, pikepdf.Dictionary):
        base, differences = str(encoding.get("/BaseEncoding", "")), encoding.get("/Differences")
    names = (
        dict(_base(base)) if base in BASES else dict(built_in if built_in is not None else _base("/StandardEncoding"))
    )
    code = 0
    for item in differences if isinstance(differences, pikepdf.Array) else ():
        if isinstance(item, pikepdf.Name):
            names[code] = str(item)[1:]
            code += 1
        else:
            code = int(item)
    return {code: name for code, name in names.items() if 0 <= code < 256}


@lru_cache(maxsize=4)
def _base(name: str) -> dict[int, str]:
    """Return a named encoding: glyph names by code."""
    from fontTools.agl import UV2AGL
    from fontTools.encodings.MacRoman import MacRoman
    from fontTools.encodings.StandardEncoding import StandardEncoding

    if name == "/MacRomanEncoding":
        return {code: glyph for code, glyph in enumerate(MacRoman) if glyph != NOTDEF}
    if name == "/WinAnsiEncoding":
        table = {}
        for code in range(32, 256):
            # Codes that Windows leaves free are bullets (ISO 32000-1, annex D.2, note 3), 160 and 173 a space and a hyphen.
            character = bytes([code]).decode("cp1252", "replace")
            table[code] = {160: "space", 173: "hyphen"}.get(code) or UV2AGL.get(ord(character), "bullet")
        return table
    return {code: glyph for code, glyph in enumerate(StandardEncoding) if glyph != NOTDEF}


def characters_of(name: str) -> str:
    """Return what a glyph name stands for by the Adobe Glyph List and its rules for names; "" if that says nothing."""
    from fontTools.agl import toUnicode

    if name == NOTDEF or name.startswith((".", "_")):
        return ""
    return str(toUnicode(name))
