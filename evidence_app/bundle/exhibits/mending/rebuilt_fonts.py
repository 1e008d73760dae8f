"""Makes a font anew from the outlines that readers draw, at the widths that the document gives (docs/decisions/0028-fonts-made-anew.md)."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from evidence_app.bundle.exhibits.mending.font_programs import FILES, FontProgram, font_program
from evidence_app.bundle.exhibits.mending.glyph_names import characters_of, names_by_code
from evidence_app.bundle.exhibits.mending.shown_glyphs import shown_glyphs
from evidence_app.bundle.exhibits.mending.standing_in import (
    stand_ins,
    standard_width,
    texts_without_map,
)
from evidence_app.bundle.exhibits.mending.substitute_fonts import (
    FIRST_OF_PRIVATE_AREA,
    SYMBOLIC_FLAG,
    has_own_signs,
    name_of,
    to_unicode_map,
)
from evidence_app.bundle.pdf.tounicode import characters_by_code
from evidence_app.documents.resource_limits import DAMAGES, ResourceLimitExceeded

UNITS: Final = 2048
"""Units of the programs that are made; outlines in thousandths are enlarged by `FROM_THOUSANDTHS`."""
THOUSANDTHS: Final = 1000
FROM_THOUSANDTHS: Final = UNITS / THOUSANDTHS
MAX_ERROR: Final = 0.5
"""Units by which a curve may stand off when it is drawn with curves of the second degree."""
MAX_SIDE: Final = 16_000
FIRST_PRIVATE: Final = 0xE000
LAST_PRIVATE: Final = 0xF8FF
SIMPLE: Final = frozenset({"/Type1", "/MMType1", "/TrueType"})
NO_CHARACTER: Final = frozenset("\x00\ufeff\ufffe\uffff\ufffd")


Outlines = Mapping[bytes, tuple[FontProgram, str]]
"""The glyph of each code, by its program and its name in it."""


@dataclass(frozen=True, slots=True)
class Remade:
    """What came of making a font anew: how many of its characters nobody knows, and what stands in for it where it is not in the file."""

    unknown: int = 0
    stands_in: str = ""


def rebuild(document: Any, font: Any, codes: set[bytes]) -> Remade | None:
    """Make a font anew in place, for the codes that it shows. Return None if it was left as it is."""
    kind = str(font.get("/Subtype"))
    is_composite = kind == "/Type0" and str(font.get("/Encoding")) == "/Identity-H"
    if not is_composite and kind not in SIMPLE | {"/Type3"}:
        return None
    codes = {code for code in codes if len(code) == (2 if is_composite else 1)}
    try:
        if kind == "/Type3":
            _complete_drawings(document, font, codes)
            return Remade(_give_map(document, font, sorted(codes), _simple_texts(font, None, codes)))
        descriptor = _descriptor(font)
        program = font_program(descriptor)
        said = ""
        if program is not None:
            outlines: Outlines = {code: (program, glyph) for code, glyph in shown_glyphs(font, program, codes).items()}
            texts = _composite_texts(font, program, codes) if is_composite else _simple_texts(font, program, codes)
        elif _has_program(descriptor):
            return None
        else:
            texts = _composite_texts(font, None, codes) if is_composite else _simple_texts(font, None, codes)
            texts |= {
                code: text for code, text in texts_without_map(font, codes).items() if text and not texts.get(code)
            }
            outlines, faces = stand_ins(font, texts)
            if any(texts.get(code, "").strip() == "" and code not in outlines for code in codes):
                return None
            said = f"{name_of(font)} by {' and '.join(face.partition('-')[0] for face in faces)}"
        write = _rebuild_composite if is_composite else _rebuild_simple
        return Remade(write(document, font, descriptor, outlines, sorted(codes), texts), said)
    except (ResourceLimitExceeded, *DAMAGES):
        return None
    except Exception:  # noqa: BLE001 - fontTools raises anything for a malformed program; the page is then a picture
        return None


def _complete_drawings(document: Any, font: Any, codes: set[bytes]) -> None:
    """Give every code that a Type 3 font shows a drawing, in place: of one that has none readers draw nothing (ISO 32000-1, 9.6.5)."""
    names, drawings = names_by_code(font, {}), font.CharProcs
    missing = sorted(code[0] for code in codes if f"/{names.get(code[0], '')}" not in drawings)
    if not missing:
        return
    widths, first = font.Widths, int(font.FirstChar)
    differences = [*font.Encoding.get("/Differences", [])] if isinstance(font.get("/Encoding"), Dictionary) else []
    for code in missing:
        width = float(widths[code - first]) if 0 <= code - first < len(widths) else 0.0
        name = Name(f"/nothing{code}")
        drawings[str(name)] = document.make_stream(f"{width:g} 0 d0".encode("ascii"))
        differences += [code, name]
    font.Encoding = Dictionary(Type=Name.Encoding, Differences=Array(differences))


def _has_program(descriptor: Any) -> bool:
    return any(key in descriptor for key in FILES)


def _descriptor(font: Any) -> Any:
    owner = font.DescendantFonts[0] if str(font.get("/Subtype")) == "/Type0" else font
    descriptor = owner.get("/FontDescriptor")
    return descriptor if isinstance(descriptor, pikepdf.Dictionary) else Dictionary()


def _simple_texts(font: Any, program: FontProgram | None, codes: set[bytes]) -> dict[bytes, str]:
    """Return the characters of one-byte codes as far as they are known: by the file's map, the program's, or glyph names."""
    built_in = dict(program.encoding) if program is not None and program.encoding is not None else None
    names = names_by_code(font, built_in) if "/Encoding" in font or built_in is not None else {}
    if program is None and str(font.get("/Subtype")) != "/Type3":
        names = {} if has_own_signs(name_of(font)) else names_by_code(font)
    known = _composite_texts(font, program, codes)
    return {code: known[code] or characters_of(names.get(code[0], "")) for code in codes}


def _composite_texts(font: Any, program: FontProgram | None, codes: set[bytes]) -> dict[bytes, str]:
    """Return the characters of codes by the file's own map, else by the Unicode subtable of the program; "" for those that neither says."""
    stream = font.get("/ToUnicode")
    said = characters_by_code(stream.read_bytes()) if isinstance(stream, pikepdf.Stream) else {}
    tables = program.tables if program is not None else {}
    by_glyph = {
        glyph: chr(code)
        for key in ((0, 3), (3, 1))
        for code, glyph in tables.get(key, {}).items()
        if code < FIRST_PRIVATE
    }
    glyphs = shown_glyphs(font, program, codes) if program is not None else {}
    return {code: said.get(code.hex().upper(), "") or by_glyph.get(glyphs.get(code, ""), "") for code in codes}


def _give_map(document: Any, font: Any, codes: list[bytes], texts: Mapping[bytes, str]) -> int:
    """Write the map from codes to characters. Return for how many of them nobody knows one: those are mapped to a space."""
    known = {code: text for code in codes if (text := texts.get(code, "")) and not any(map(_says_nothing, text))}
    font.ToUnicode = document.make_stream(to_unicode_map({code: known.get(code, " ") for code in codes}))
    return len(codes) - len(known)


def _says_nothing(character: str) -> bool:
    return character in NO_CHARACTER or FIRST_PRIVATE <= ord(character) <= LAST_PRIVATE


def _rebuild_simple(
    document: Any, font: Any, descriptor: Any, outlines: Outlines, codes: list[bytes], texts: Mapping[bytes, str]
) -> int:
    numbers = [code[0] for code in codes]
    widths = {code[0]: _simple_width(font, descriptor, code, outlines) for code in codes}
    made = _truetype(
        [(outlines.get(code), widths[code[0]]) for code in codes],
        {FIRST_OF_PRIVATE_AREA + number: place for place, number in enumerate(numbers, start=1)},
    )
    for key in ("/Encoding", "/Name"):
        if key in font:
            del font[key]
    first, last = numbers[0], numbers[-1]
    font.Subtype, font.FirstChar, font.LastChar = Name.TrueType, first, last
    font.Widths = Array([round(widths.get(number, 0), 3) for number in range(first, last + 1)])
    _put_in(document, font, font, descriptor, made)
    return _give_map(document, font, codes, texts)


def _rebuild_composite(
    document: Any, font: Any, descriptor: Any, outlines: Outlines, codes: list[bytes], texts: Mapping[bytes, str]
) -> int:
    descendant = font.DescendantFonts[0]
    given, usual = _composite_widths(descendant), float(descendant.get("/DW", THOUSANDTHS))
    numbers = [int.from_bytes(code, "big") for code in codes]
    widths = [given.get(number, usual) for number in numbers]
    made = _truetype([(outlines.get(code), width) for code, width in zip(codes, widths, strict=True)], {})
    places = bytearray(2 * (numbers[-1] + 1))
    for place, number in enumerate(numbers, start=1):
        places[2 * number : 2 * number + 2] = place.to_bytes(2, "big")
    new = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        DW=0,
        W=Array(
            [item for number, width in zip(numbers, widths, strict=True) for item in (number, Array([round(width, 3)]))]
        ),
        CIDToGIDMap=document.make_stream(bytes(places)),
    )
    _put_in(document, font, new, descriptor, made)
    font.DescendantFonts = Array([document.make_indirect(new)])
    return _give_map(document, font, codes, texts)


def _put_in(document: Any, font: Any, owner: Any, descriptor: Any, made: bytes) -> None:
    """Put a program and its descriptor into a font."""
    base = _name(font)
    stream = document.make_stream(made)
    stream.Length1 = len(made)
    owner.BaseFont = font.BaseFont = base
    owner.FontDescriptor = document.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=base,
            Flags=SYMBOLIC_FLAG,
            FontBBox=descriptor.get("/FontBBox", Array([0, -250, THOUSANDTHS, THOUSANDTHS])),
            ItalicAngle=_number(descriptor, "/ItalicAngle", 0),
            Ascent=_number(descriptor, "/Ascent", 900),
            Descent=_number(descriptor, "/Descent", -200),
            CapHeight=_number(descriptor, "/CapHeight", 700),
            StemV=_number(descriptor, "/StemV", 80),
            FontFile2=stream,
        )
    )


def _number(descriptor: Any, key: str, usual: int) -> int:
    try:
        return round(float(descriptor.get(key, usual)))
    except (TypeError, ValueError):
        return usual


def _name(font: Any) -> Any:
    """Return the name of a font in the form of a subset's (ISO 32000-1, 9.6.4)."""
    plain = name_of(font)
    return Name(
        "/REMADE+" + ("".join(each for each in plain if each.isascii() and (each.isalnum() or each in "-,.")) or "Font")
    )


def _simple_width(font: Any, descriptor: Any, code: bytes, outlines: Outlines) -> float:
    """Return the width of a code in thousandths: the file's; where it gives none at all, the program's own."""
    widths, first = font.get("/Widths"), int(font.get("/FirstChar", 0))
    if isinstance(widths, pikepdf.Array):
        inside = 0 <= code[0] - first < len(widths)
        return max(0.0, float(widths[code[0] - first]) if inside else float(descriptor.get("/MissingWidth", 0)))
    standard = standard_width(font, code[0])
    if standard is not None or code not in outlines:
        return standard or 0.0
    program, name = outlines[code]
    return max(0.0, float(program.advance(name)) * program.scale)


def _composite_widths(descendant: Any) -> dict[int, float]:
    """Return the widths of CIDs in thousandths (ISO 32000-1, 9.7.4.3)."""
    found: dict[int, float] = {}
    items = [*descendant.get("/W", [])]
    place = 0
    while place + 1 < len(items):
        first, then = int(items[place]), items[place + 1]
        if isinstance(then, pikepdf.Array):
            found |= {first + number: float(width) for number, width in enumerate(then)}
            place += 2
        elif place + 2 < len(items):
            found |= dict.fromkeys(range(first, min(int(then), 0xFFFF) + 1), float(items[place + 2]))
            place += 3
        else:
            break
    return found


def _truetype(outlines: list[tuple[tuple[FontProgram, str] | None, float]], codes: Mapping[int, int]) -> bytes:
    """Return a TrueType program: glyph 0 is empty, and the others are outlines, each with its width in thousandths, in this order.

    `codes` are the numbers of glyphs by the codes of a symbolic subtable.
    """
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    order = [".notdef", *(f"g{number}" for number in range(1, len(outlines) + 1))]
    glyphs = {".notdef": TTGlyphPen(None).glyph()}
    widths = {".notdef": 0}
    for name, (drawn, width) in zip(order[1:], outlines, strict=True):
        glyphs[name] = _outline(*drawn) if drawn is not None else TTGlyphPen(None).glyph()
        widths[name] = min(round(width * FROM_THOUSANDTHS), 0xFFFF)
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupGlyf(glyphs)
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics(
        {
            name: (width, getattr(table[name], "xMin", 0) if table[name].numberOfContours else 0)
            for name, width in widths.items()
        }
    )
    builder.setupHorizontalHeader(ascent=UNITS, descent=-UNITS // 4)
    builder.setupPost(keepGlyphNames=False)
    subtable = CmapSubtable.newSubtable(4)
    subtable.platformID, subtable.platEncID, subtable.language = 3, 0, 0
    subtable.cmap = {code: order[place] for code, place in codes.items()}
    builder.font["cmap"] = newTable("cmap")
    builder.font["cmap"].tableVersion, builder.font["cmap"].tables = 0, [subtable]
    buffer = io.BytesIO()
    builder.font.save(buffer)
    return buffer.getvalue()


def _outline(program: FontProgram, name: str) -> Any:
    """Return one glyph's outline in the units of the program that is made."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    drawn = DecomposingRecordingPen(program.glyphs, skipMissingComponents=True)
    program.glyphs[name].draw(drawn)
    pen = TTGlyphPen(None)
    scale = program.scale * FROM_THOUSANDTHS
    drawn.replay(TransformPen(Cu2QuPen(pen, MAX_ERROR), (scale, 0, 0, scale, 0, 0)))
    return pen.glyph(round=_within_sides)


def _within_sides(value: float) -> int:
    return max(-MAX_SIDE, min(MAX_SIDE, round(value)))
