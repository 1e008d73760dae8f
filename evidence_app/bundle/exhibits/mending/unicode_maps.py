"""Gives fonts that do not say which characters they show a ToUnicode map, from what their programs say (ISO 32000-1, 9.10.2 and 9.10.3)."""

import io
import re
from typing import Any, Final

import pikepdf

from evidence_app.bundle.exhibits.mending.glyph_names import characters_of, names_by_code
from evidence_app.bundle.exhibits.mending.substitute_fonts import to_unicode_map
from evidence_app.documents.resource_limits import DAMAGES, ResourceLimitExceeded, decoded_stream

TYPE1_CODE: Final = re.compile(rb"dup\s+(\d{1,3})\s*/([A-Za-z0-9._]+)\s+put")
"""A line of the encoding of a Type 1 program (Adobe Type 1 Font Format, 2.2)."""
STANDARD_ENCODING: Final = re.compile(rb"/Encoding\s+StandardEncoding\s+def")
CLEAR_PART: Final = 64 * 1024
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
    if not isinstance(descriptor, pikepdf.Dictionary):
        return None
    if isinstance(descriptor.get("/FontFile"), pikepdf.Stream):
        clear = decoded_stream(descriptor.FontFile)[:CLEAR_PART]
        if STANDARD_ENCODING.search(clear):
            return None
        return {int(code): name.decode("ascii") for code, name in TYPE1_CODE.findall(clear)}
    if isinstance(descriptor.get("/FontFile3"), pikepdf.Stream):
        return _of_compact_font(decoded_stream(descriptor.FontFile3))
    if isinstance(descriptor.get("/FontFile2"), pikepdf.Stream):
        return _of_truetype(decoded_stream(descriptor.FontFile2))
    return None


def _of_compact_font(program: bytes) -> dict[int, str] | None:
    """Return the encoding of a CFF program (Adobe Technical Note 5176, 12)."""
    from fontTools.cffLib import CFFFontSet

    try:
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(program), None)
        encoding = fonts[0].Encoding
    except Exception:  # noqa: BLE001 - the library raises anything for a malformed program, which then says nothing
        return None
    return dict(enumerate(encoding)) if isinstance(encoding, list) else None


def _of_truetype(program: bytes) -> dict[int, str] | None:
    """Return the glyph names of a TrueType program by the codes of its own subtables."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(io.BytesIO(program), lazy=True, recalcBBoxes=False) as opened:
            tables = {(each.platformID, each.platEncID): each.cmap for each in opened["cmap"].tables}
            codes = tables.get((3, 0)) or tables.get((1, 0)) or {}
            # A symbolic program has its codes in a private area, a thousand apart (ISO 32000-1, 9.6.6.4).
            return {code & 0xFF: glyph for code, glyph in codes.items() if _is_told(glyph)}
    except Exception:  # noqa: BLE001 - as above
        return None


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
