"""Finds the glyph that readers draw for a code of an embedded font (ISO 32000-1, 9.6.6 and 9.7.4)."""

from collections.abc import Mapping
from typing import Any, Final

import pikepdf

from evidence_app.bundle.exhibits.mending.font_programs import FontProgram
from evidence_app.bundle.exhibits.mending.glyph_names import characters_of, names_by_code
from evidence_app.bundle.exhibits.mending.substitute_fonts import SYMBOLIC_FLAG
from evidence_app.documents.resource_limits import decoded_stream

PRIVATE_ROWS: Final = (0xF000, 0xF100, 0xF200, 0)
"""Where the codes of a symbolic subtable may begin (ISO 32000-1, 9.6.6.4)."""
UNICODE_TABLES: Final = ((3, 1), (3, 10), (0, 3), (0, 4), (0, 1), (0, 0))
NOTDEF: Final = ".notdef"


def shown_glyphs(font: Any, program: FontProgram, codes: set[bytes]) -> dict[bytes, str]:
    """Return the names of the glyphs that are drawn for some codes; codes for which nothing is drawn are left out."""
    if str(font.get("/Subtype")) == "/Type0":
        found = _by_cid(font.DescendantFonts[0], program, codes)
    elif program.tables or not _has_names(program):
        found = _by_tables(font, program, codes)
    else:
        names = names_by_code(font, dict(program.encoding) if program.encoding is not None else None)
        built_in = program.encoding or {}
        found = {
            code: name for code in codes if (name := _known(program, names.get(code[0], ""), built_in.get(code[0], "")))
        }
    return {code: name for code, name in found.items() if name in program.glyphs}


def _has_names(program: FontProgram) -> bool:
    return any(not name.startswith(("glyph", "cid", ".")) for name in program.order)


def _known(program: FontProgram, *names: str) -> str:
    return next((name for name in names if name in program.glyphs), NOTDEF)


def _by_cid(descendant: Any, program: FontProgram, codes: set[bytes]) -> dict[bytes, str]:
    """Return the glyphs of two-byte codes that are CIDs (9.7.4.2)."""
    mapping = descendant.get("/CIDToGIDMap")
    numbers = decoded_stream(mapping) if isinstance(mapping, pikepdf.Stream) else None
    found: dict[bytes, str] = {}
    for code in codes:
        cid = int.from_bytes(code, "big")
        if program.cids is not None and numbers is None:
            found[code] = program.cids.get(cid, program.order[0])
            continue
        number = cid if numbers is None else int.from_bytes(numbers[2 * cid : 2 * cid + 2], "big")
        found[code] = program.order[number] if number < len(program.order) else program.order[0]
    return found


def _by_tables(font: Any, program: FontProgram, codes: set[bytes]) -> dict[bytes, str]:
    """Return the glyphs of a simple TrueType font: by the names of its encoding, or by the codes of its own subtables (9.6.6.4)."""
    descriptor, encoding = font.get("/FontDescriptor"), font.get("/Encoding")
    symbolic = isinstance(descriptor, pikepdf.Dictionary) and int(descriptor.get("/Flags", 0)) & SYMBOLIC_FLAG != 0
    names = names_by_code(font) if encoding is not None else {}
    by_name_first = bool(names) and (
        not symbolic or isinstance(encoding, pikepdf.Dictionary) or (3, 0) not in program.tables
    )
    found: dict[bytes, str] = {}
    for code in codes:
        named, coded = _named(program, names.get(code[0], "")), _coded(program, code[0])
        glyph = (named or coded) if by_name_first else (coded or named)
        if not glyph and not program.tables and code[0] < len(program.order):
            glyph = program.order[code[0]]
        found[code] = glyph or program.order[0]
    return found


def _named(program: FontProgram, name: str) -> str:
    """Return the glyph of a glyph name: by its character in a Unicode subtable, by its Macintosh code, or by the name itself."""
    if not name:
        return ""
    character = characters_of(name)
    for table in UNICODE_TABLES:
        glyph = program.tables.get(table, {}).get(ord(character)) if len(character) == 1 else None
        if glyph:
            return glyph
    code = _macintosh_code(character)
    return program.tables.get((1, 0), {}).get(code, "") or (name if name in program.glyphs else "")


def _macintosh_code(character: str) -> int:
    try:
        return character.encode("mac-roman")[0] if len(character) == 1 else -1
    except UnicodeEncodeError:
        return -1


def _coded(program: FontProgram, code: int) -> str:
    """Return the glyph of a code in the font's own subtables."""
    symbols: Mapping[int, str] = program.tables.get((3, 0), {})
    for row in PRIVATE_ROWS:
        if row + code in symbols:
            return symbols[row + code]
    return program.tables.get((1, 0), {}).get(code, "") or program.tables.get((3, 1), {}).get(code, "")
