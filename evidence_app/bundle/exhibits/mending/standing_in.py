"""Takes the letters of a font that is not in the file from open fonts, sign by sign, as every viewer does (ISO 32000-1, 9.6.2.2 and 9.7)."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

import pikepdf

from evidence_app.bundle.exhibits.mending.font_programs import FontProgram
from evidence_app.bundle.exhibits.mending.glyph_names import names_by_code
from evidence_app.bundle.exhibits.mending.substitute_fonts import face_for, name_of
from evidence_app.files import resource

SIGNS: Final = ("NotoSansSymbols2-Regular", "NotoSansSymbols-Regular", "NotoSansMath-Regular", "DroidSansFallback")
"""Fonts of signs, asked in this order for what a face has not."""
SYMBOLS, DINGBATS = "Symbol", "ZapfDingbats"
ENCODINGS: Final = {SYMBOLS: "SymbolEncoding", DINGBATS: "ZapfDingbatsEncoding"}
"""The two standard fonts with codes of their own (ISO 32000-1, annex D.5 and D.6), and the names of those in reportlab."""
FIRST_GLYPH, LAST_GLYPH, GLYPH_TO_CHARACTER = 3, 97, 29
"""Glyphs of the Windows fonts of these names stand in the order of ASCII, after three others."""
IN_ORDER: Final = ("arial", "times", "courier", "verdana", "tahoma", "georgia", "trebuchet", "comic")
SPACE: Final = b"\x00\x03"


def standard_of(font: Any) -> str:
    """Return which of the two standard fonts with codes of their own a font is, or ""."""
    name = name_of(font).casefold()
    return DINGBATS if "dingbat" in name else SYMBOLS if name.startswith("symbol") else ""


def texts_without_map(font: Any, codes: set[bytes]) -> dict[bytes, str]:
    """Return the characters of the codes of a missing font that has no map: by its encoding, or by the order of its glyphs."""
    if str(font.get("/Subtype")) == "/Type0":
        in_order = any(word in name_of(font).casefold().replace(" ", "") for word in IN_ORDER)
        numbers = {code: int.from_bytes(code, "big") for code in codes}
        found = {
            code: chr(number + GLYPH_TO_CHARACTER)
            for code, number in numbers.items()
            if in_order and FIRST_GLYPH <= number <= LAST_GLYPH
        }
        return found | ({SPACE: " "} if SPACE in codes else {})
    standard = standard_of(font)
    if not standard:
        return {}
    from fontTools.agl import toUnicode

    names = names_by_code(font, _encoding(standard)) if not _has_base(font) else names_by_code(font)
    return {code: toUnicode(names.get(code[0], ""), isZapfDingbats=standard == DINGBATS) for code in codes if code}


def standard_width(font: Any, code: int) -> float | None:
    """Return the width, in thousandths, of a code of one of the two standard fonts with codes of their own; None of others."""
    standard = standard_of(font)
    if not standard:
        return None
    from reportlab.pdfbase import _fontdata

    widths = _fontdata.widthsByFontGlyph[standard]
    return float(widths.get(names_by_code(font, _encoding(standard)).get(code, ""), 0))


def _has_base(font: Any) -> bool:
    encoding = font.get("/Encoding")
    return isinstance(encoding, pikepdf.Name) or (
        isinstance(encoding, pikepdf.Dictionary) and "/BaseEncoding" in encoding
    )


def _encoding(standard: str) -> dict[int, str]:
    from reportlab.pdfbase import _fontdata

    return {code: name for code, name in enumerate(_fontdata.encodings[ENCODINGS[standard]]) if name}


def stand_ins(font: Any, texts: Mapping[bytes, str]) -> tuple[dict[bytes, tuple[FontProgram, str]], list[str]]:
    """Return an outline for each code of a missing font, and the names of the fonts they are from; a code that no font has is left out."""
    faces = [f"Liberation{face_for(name_of(font), font)}", *SIGNS]
    found: dict[bytes, tuple[FontProgram, str]] = {}
    used: list[str] = []
    for code, text in texts.items():
        for face, program, characters in _opened(faces) if len(text) == 1 else ():
            if ord(text) in characters:
                found[code] = (program, characters[ord(text)])
                used.append(face)
                break
    return found, sorted(set(used))


def _opened(faces: list[str]) -> Iterator[tuple[str, FontProgram, Mapping[int, str]]]:
    yield from ((face, *_face(face)) for face in faces)


@lru_cache(maxsize=16)
def _face(name: str) -> tuple[FontProgram, Mapping[int, str]]:
    """Return an open font of the program, and its glyphs by character."""
    from fontTools.ttLib import TTFont

    opened = TTFont(resource(f"fonts/{name}.ttf"), lazy=True)
    scale = 1000 / opened["head"].unitsPerEm
    return FontProgram(opened.getGlyphSet(), opened.getGlyphOrder(), scale), opened.getBestCmap()
