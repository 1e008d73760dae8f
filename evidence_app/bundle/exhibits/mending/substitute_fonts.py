"""Puts an open font of the same widths where a document names one that is not in it, as every viewer does (ISO 32000-1, 9.6.2.2)."""

import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from evidence_app.bundle.exhibits.mending.glyph_names import characters_of, names_by_code
from evidence_app.files import resource

SANS: Final = "Sans"
SERIF: Final = "Serif"
MONO: Final = "Mono"
FAMILIES: Final = (
    (MONO, ("courier", "mono", "consol", "typewriter", "fixed", "cousine", "menlo", "lucidacon")),
    (
        SERIF,
        (
            "times",
            "serif",
            "roman",
            "georgia",
            "garamond",
            "palatino",
            "bookman",
            "century",
            "cambria",
            "minion",
            "tinos",
            "book antiqua",
            "nimbusrom",
        ),
    ),
)
"""Words in the names of fonts, and the family that stands in for them; Sans for all others (“sansserif” is none of the second)."""
SYMBOLIC: Final = ("symbol", "dingbat", "wingding", "webding", "zapf", "icon", "emoji")
"""Fonts whose codes are signs: no other font has them at the same codes."""
SYMBOLIC_FLAG: Final = 4
FIRST_OF_PRIVATE_AREA: Final = 0xF000
"""Where a symbolic TrueType font has its codes in a (3, 0) subtable (ISO 32000-1, 9.6.6.4)."""
SERIF_FLAG, MONO_FLAG, ITALIC_FLAG, BOLD_FLAG = 2, 1, 64, 262_144
"""Flags of a font descriptor (ISO 32000-1, table 123)."""
UNITS: Final = 1000
MAX_CACHED: Final = 200


def is_missing(font: Any) -> bool:
    """Return whether a simple font is not in the file, so that each reader takes another for it."""
    if str(font.get("/Subtype")) not in {"/Type1", "/TrueType", "/MMType1"}:
        return False
    descriptor = font.get("/FontDescriptor")
    return not isinstance(descriptor, pikepdf.Dictionary) or not any(
        key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )


def substitute(document: Any, font: Any, codes: set[bytes]) -> str:
    """Embed a font in the place of one that is missing, in place, for the codes that it shows. Return which stands for which, or "" if none can."""
    name = name_of(font)
    if not name or has_own_signs(name):
        return ""
    numbers = sorted({code[0] for code in codes if code})
    names = names_by_code(font)
    characters = {code: characters_of(names.get(code, "")) for code in numbers}
    # A code without a glyph shows nothing in any reader; a space stands for it.
    characters = {code: text or " " for code, text in characters.items()}
    face = face_for(name, font)
    known = _characters(face)
    if not numbers or any(len(text) != 1 or ord(text) not in known for text in characters.values()):
        return ""
    widths = {code: _width(font, code, face, ord(text)) for code, text in characters.items()}
    program = _program(face, tuple((code, ord(text), widths[code]) for code, text in characters.items()))
    _embed(document, font, face, program, characters, widths)
    return f"{name} by Liberation {face}"


def name_of(font: Any) -> str:
    """Return the name of a font without the mark of a subset."""
    return str(font.get("/BaseFont", ""))[1:].rpartition("+")[2]


def has_own_signs(name: str) -> bool:
    """Whether a font's codes are signs of its own, by its name."""
    return any(word in name.casefold() for word in SYMBOLIC)


def face_for(name: str, font: Any) -> str:
    """Return the family and style that stand for a font, such as Sans-Bold."""
    folded = name.casefold().replace("sansserif", "sans").replace("sans-serif", "sans")
    descriptor = font.get("/FontDescriptor")
    flags = int(descriptor.get("/Flags", 0)) if isinstance(descriptor, pikepdf.Dictionary) else 0
    family = next((each for each, words in FAMILIES if any(word in folded for word in words)), "")
    if not family:
        family = MONO if flags & MONO_FLAG else SERIF if flags & SERIF_FLAG else SANS
    bold = any(word in folded for word in ("bold", "black", "heavy", "semibold", "demi")) or bool(flags & BOLD_FLAG)
    italic = any(word in folded for word in ("italic", "oblique")) or bool(flags & ITALIC_FLAG)
    style = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
    return f"{family}-{style[bold, italic]}"


def _width(font: Any, code: int, face: str, character: int) -> float:
    """Return the width of a code in thousandths of the size: what the document says; of a standard font without widths, that of the face."""
    widths, first = font.get("/Widths"), int(font.get("/FirstChar", 0))
    if isinstance(widths, pikepdf.Array) and 0 <= code - first < len(widths):
        return float(widths[code - first])
    descriptor = font.get("/FontDescriptor")
    if isinstance(widths, pikepdf.Array) and isinstance(descriptor, pikepdf.Dictionary):
        return float(descriptor.get("/MissingWidth", 0))
    return _characters(face)[character]


@lru_cache(maxsize=12)
def _characters(face: str) -> Mapping[int, float]:
    """Return the characters that a face has, each with its width in thousandths of the size."""
    from fontTools.ttLib import TTFont

    with TTFont(resource(f"fonts/Liberation{face}.ttf"), lazy=True) as opened:
        scale = UNITS / opened["head"].unitsPerEm
        metrics = opened["hmtx"].metrics
        return {code: metrics[glyph][0] * scale for code, glyph in opened.getBestCmap().items()}


@lru_cache(maxsize=MAX_CACHED)
def _program(face: str, shown: tuple[tuple[int, int, float], ...]) -> bytes:
    """Return a TrueType program with glyphs at codes, of the widths that the document gives them: (code, character, width)."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont, newTable
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    options = Options(
        hinting=False, layout_features=[], name_IDs=[1, 2, 3, 4, 6], notdef_outline=True, glyph_names=False
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern", "gasp", "DSIG", "FFTM", "meta", "hdmx", "VDMX", "LTSH"]
    opened = TTFont(resource(f"fonts/Liberation{face}.ttf"))
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted({character for _, character, _ in shown}))
    subsetter.subset(opened)
    scale = opened["head"].unitsPerEm / UNITS
    best = opened.getBestCmap()
    # One glyph may stand at two codes of different widths; then the second has a glyph of its own, which is the first as a component.
    by_width: dict[tuple[int, float], str] = {}
    codes: dict[int, str] = {}
    for code, character, width in shown:
        glyph = by_width.get((character, width))
        if glyph is None:
            glyph = best[character]
            if any(known == character for known, _ in by_width):
                return _without_doubles(face, shown)
            by_width[character, width] = glyph
            opened["hmtx"].metrics[glyph] = (round(width * scale), opened["hmtx"].metrics[glyph][1])
        codes[FIRST_OF_PRIVATE_AREA + code] = glyph
    subtable = CmapSubtable.newSubtable(4)
    subtable.platformID, subtable.platEncID, subtable.language, subtable.cmap = 3, 0, 0, codes
    opened["cmap"] = newTable("cmap")
    opened["cmap"].tableVersion, opened["cmap"].tables = 0, [subtable]
    buffer = io.BytesIO()
    opened.save(buffer)
    return buffer.getvalue()


def _without_doubles(face: str, shown: tuple[tuple[int, int, float], ...]) -> bytes:
    """Return a program in which a character that stands at two codes of different widths has the width of the first at both."""
    first: dict[int, float] = {}
    for _, character, width in shown:
        first.setdefault(character, width)
    return _program(face, tuple((code, character, first[character]) for code, character, _ in shown))


def _embed(
    document: Any, font: Any, face: str, program: bytes, characters: Mapping[int, str], widths: Mapping[int, float]
) -> None:
    """Make a font dictionary one of an embedded, symbolic TrueType font, whose codes are its own."""
    first, last = min(characters), max(characters)
    box, ascent, descent = _metrics(face)
    base = Name(f"/{_tag(characters)}+Liberation{face.replace('-', '')}")
    stream = document.make_stream(program)
    stream.Length1 = len(program)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=base,
        Flags=SYMBOLIC_FLAG,
        FontBBox=Array(box),
        ItalicAngle=-12 if "Italic" in face else 0,
        Ascent=ascent,
        Descent=descent,
        CapHeight=ascent,
        StemV=80,
        FontFile2=stream,
    )
    for key in ("/Encoding", "/ToUnicode", "/Name"):
        if key in font:
            del font[key]
    font.Subtype, font.BaseFont = Name.TrueType, base
    font.FirstChar, font.LastChar = first, last
    font.Widths = Array([round(widths.get(code, 0), 3) for code in range(first, last + 1)])
    font.FontDescriptor = document.make_indirect(descriptor)
    font.ToUnicode = document.make_stream(to_unicode_map({bytes([code]): text for code, text in characters.items()}))


@lru_cache(maxsize=12)
def _metrics(face: str) -> tuple[list[int], int, int]:
    """Return the box, ascent and descent of a face in thousandths of its size."""
    from fontTools.ttLib import TTFont

    with TTFont(resource(f"fonts/Liberation{face}.ttf"), lazy=True) as opened:
        head, scale = opened["head"], UNITS / opened["head"].unitsPerEm
        box = [round(each * scale) for each in (head.xMin, head.yMin, head.xMax, head.yMax)]
        return box, round(opened["hhea"].ascent * scale), round(opened["hhea"].descent * scale)


def _tag(characters: Mapping[int, str]) -> str:
    """Return the six letters that tell a subset from others of the same font (ISO 32000-1, 9.6.4)."""
    from hashlib import sha256

    digest = sha256(repr(sorted(characters.items())).encode()).digest()
    return "".join(chr(ord("A") + octet % 26) for octet in digest[:6])


def to_unicode_map(texts: Mapping[bytes, str]) -> bytes:
    """Return a ToUnicode map: the characters of codes of one length (ISO 32000-1, 9.10.3)."""
    length = len(next(iter(texts), b"\x00"))
    rows = [
        f"<{code.hex().upper()}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in sorted(texts.items())
    ]
    blocks = "\n".join(
        f"{len(rows[start : start + 100])} beginbfchar\n" + "\n".join(rows[start : start + 100]) + "\nendbfchar"
        for start in range(0, len(rows), 100)
    )
    low, high = "00" * length, "FF" * length
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<{low}> <{high}>\nendcodespacerange\n{blocks}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")
