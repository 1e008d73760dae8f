"""Gives fonts that do not say which characters they show a ToUnicode map, from what their programs say (ISO 32000-1, 9.10.2 and 9.10.3)."""

import io
import re
from typing import Any, Final

import pikepdf

from evidence_app.bundle.exhibits.mending.font_programs import font_program
from evidence_app.bundle.exhibits.mending.glyph_names import characters_of, names_by_code
from evidence_app.bundle.exhibits.mending.substitute_fonts import to_unicode_map
from evidence_app.documents.resource_limits import DAMAGES, ResourceLimitExceeded, decoded_stream

PRIVATE: Final = range(0xE000, 0xF900)


def give_map(document: Any, font: Any, codes: set[bytes]) -> bool:
    """Give a font a ToUnicode map for the codes that it shows, in place. Return whether all of them have characters now."""
    try:
        texts = _composite(font, codes) if str(font.get("/Subtype")) == "/Type0" else _simple(font, codes)
    except (ResourceLimitExceeded, *DAMAGES):
        return False
    if not codes or any(not _is_said(texts.get(code, "")) for code in codes):
        return False
    font.ToUnicode = document.make_stream(to_unicode_map({code: texts[code] for code in codes}))
    return True


def _is_said(text: str) -> bool:
    return bool(text) and not any(ord(character) in PRIVATE or character == "\x00" for character in text)


def _simple(font: Any, codes: set[bytes]) -> dict[bytes, str]:
    names = names_by_code(font, _built_in(font))
    return {code: characters_of(names.get(code[0], "")) for code in codes if code}


def _built_in(font: Any) -> dict[int, str] | None:
    """Return the encoding of an embedded program: glyph names by code; None where it has none that can be read."""
    descriptor = font.get("/FontDescriptor")
    program = font_program(descriptor) if isinstance(descriptor, pikepdf.Dictionary) else None
    if program is None:
        return None
    if program.tables:
        codes = program.tables.get((3, 0)) or program.tables.get((1, 0)) or {}
        # A symbolic program has its codes in a private area, a thousand apart (ISO 32000-1, 9.6.6.4).
        return {code & 0xFF: glyph for code, glyph in codes.items() if _is_told(glyph)}
    return dict(program.encoding) if program.encoding is not None else None


def _is_told(glyph: str) -> bool:
    """Whether a glyph's name is one of the program's own: the library makes up names such as glyph00012 where it has none."""
    return not re.fullmatch(r"(?:glyph|gid|cid|g|index)\d+", glyph, re.IGNORECASE)


def _composite(font: Any, codes: set[bytes]) -> dict[bytes, str]:
    """Return the characters of two-byte codes that are glyph numbers, by what the program says of its glyphs."""
    from fontTools.ttLib import TTFont

    if str(font.get("/Encoding")) not in {"/Identity-H", "/Identity-V"}:
        return {}
    descendant = font.DescendantFonts[0]
    mapping = descendant.get("/CIDToGIDMap", pikepdf.Name.Identity)
    program = descendant.FontDescriptor.get("/FontFile2")
    if not isinstance(program, pikepdf.Stream) or mapping != pikepdf.Name.Identity:
        return {}
    try:
        with TTFont(io.BytesIO(decoded_stream(program)), lazy=True, recalcBBoxes=False) as opened:
            order = opened.getGlyphOrder()
            by_glyph = {glyph: chr(code) for code, glyph in sorted((opened.getBestCmap() or {}).items(), reverse=True)}
    except Exception:  # noqa: BLE001 - as above
        return {}
    found: dict[bytes, str] = {}
    for code in codes:
        number = int.from_bytes(code, "big")
        glyph = order[number] if number < len(order) else ""
        found[code] = by_glyph.get(glyph, "") or (characters_of(glyph) if glyph and _is_told(glyph) else "")
    return found
