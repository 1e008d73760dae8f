"""Reads the outlines of embedded font programs: TrueType, OpenType, CFF and Type 1, whatever key of the descriptor they stand under."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf

from evidence_app.documents.resource_limits import DAMAGES, ResourceLimitExceeded, decoded_stream

FILES: Final = ("/FontFile", "/FontFile2", "/FontFile3")
TRUETYPE: Final = (b"\x00\x01\x00\x00", b"true", b"OTTO", b"ttcf")
TYPE1: Final = (b"%!", b"\x80\x01")
EEXEC_KEY: Final = 55_665
CHARSTRING_KEY: Final = 4_330
"""Keys of the enciphered parts of a Type 1 program (Adobe Type 1 Font Format, 7.1 and 7.3)."""
GLYPH: Final = re.compile(rb"/([^\s/{}\[\]()<>%]{1,64})\s+(\d{1,5})\s+(?:RD|-\|)\s")
SUBROUTINE: Final = re.compile(rb"dup\s+(\d{1,5})\s+(\d{1,5})\s+(?:RD|-\|)\s")
LEN_IV: Final = re.compile(rb"/lenIV\s+(-?\d)")
MATRIX: Final = re.compile(rb"/FontMatrix\s*\[\s*([-+0-9.eE\s]+?)\s*\]")
CODE: Final = re.compile(rb"dup\s+(\d{1,3})\s*/([^\s/{}\[\]()<>%]+)\s+put")
STANDARD: Final = re.compile(rb"/Encoding\s+StandardEncoding\s+def")
USUAL_SCALE: Final = 1.0
UNITS: Final = 1000
MAX_PROGRAM: Final = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FontProgram:
    """A font program. `glyphs` draw themselves with a pen of fontTools; `order` are their names by glyph number.

    `scale` makes thousandths of the size of the program's units. `tables` are its subtables of codes by platform and encoding, `encoding`
    is the one that is built in, and `cids` are the glyphs by CID of a program that has CIDs.
    """

    glyphs: Mapping[str, Any]
    order: Sequence[str]
    scale: float = USUAL_SCALE
    tables: Mapping[tuple[int, int], Mapping[int, str]] = field(default_factory=dict)
    encoding: Mapping[int, str] | None = None
    cids: Mapping[int, str] | None = None

    def advance(self, name: str) -> float:
        """Return the width of a glyph in the program's units."""
        glyph = self.glyphs[name]
        if getattr(glyph, "width", None) is None:
            from fontTools.pens.basePen import NullPen

            # Charstrings say their width as they are drawn.
            glyph.draw(NullPen())
        return float(getattr(glyph, "width", 0) or 0)


def font_program(descriptor: Any) -> FontProgram | None:
    """Return the program of a font descriptor, or None if it has none that can be read."""
    stream = next((descriptor[key] for key in FILES if isinstance(descriptor.get(key), pikepdf.Stream)), None)
    if stream is None:
        return None
    try:
        untrusted = decoded_stream(stream)
        if untrusted.startswith(TRUETYPE):
            return _of_truetype(untrusted)
        if untrusted.startswith(TYPE1):
            return _of_type1(untrusted)
        return _of_compact(untrusted)
    except (ResourceLimitExceeded, *DAMAGES):
        return None
    except Exception:  # noqa: BLE001 - the library raises anything for a malformed program, which is then not made anew
        return None


def _of_truetype(untrusted: bytes) -> FontProgram:
    from fontTools.ttLib import TTFont

    opened = TTFont(io.BytesIO(_to_its_end(untrusted)), fontNumber=0, lazy=True, recalcBBoxes=False)
    _complete_tables(opened)
    tables: dict[tuple[int, int], Mapping[int, str]] = {}
    for each in opened["cmap"].tables if "cmap" in opened else ():
        if hasattr(each, "cmap"):
            tables.setdefault((each.platformID, each.platEncID), each.cmap)
    cids = _cids(opened["CFF "].cff[0]) if "CFF " in opened else None
    scale = UNITS / (opened["head"].unitsPerEm if "head" in opened else UNITS)
    return FontProgram(opened.getGlyphSet(), opened.getGlyphOrder(), scale, tables, None, cids)


def _to_its_end(untrusted: bytes) -> bytes:
    """Return a TrueType program as long as its directory says, at most: subsets are cut off, and readers take what is not there for nothing."""
    count = int.from_bytes(untrusted[4:6], "big")
    rows = (untrusted[12 + 16 * row : 28 + 16 * row] for row in range(count))
    ends = (int.from_bytes(row[8:12], "big") + int.from_bytes(row[12:16], "big") for row in rows)
    return untrusted.ljust(min(max(ends, default=0), MAX_PROGRAM), b"\0")


def _complete_tables(opened: Any) -> None:
    """Complete a table of widths or of outlines that is too short, in place: the document says its own widths, and what is not there is empty."""
    from fontTools.ttLib import newTable

    if "hhea" in opened and "hmtx" in opened:
        needed, content = 4 * opened["hhea"].numberOfHMetrics, opened.reader["hmtx"]
        if len(content) < needed:
            opened["hmtx"] = table = newTable("hmtx")
            table.decompile(content.ljust(needed, b"\0"), opened)
    if "loca" in opened and "glyf" in opened:
        needed, content = max(opened["loca"].locations, default=0), opened.reader["glyf"]
        if len(content) < needed <= MAX_PROGRAM:
            opened["glyf"] = table = newTable("glyf")
            table.decompile(content.ljust(needed, b"\0"), opened)


def _of_compact(untrusted: bytes) -> FontProgram:
    """Read a bare CFF program (Adobe Technical Note 5176)."""
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(untrusted), None)
    font = fonts[0]
    cids = _cids(font)
    encoding = None if cids is not None else getattr(font, "Encoding", None)
    names = dict(enumerate(encoding)) if isinstance(encoding, list) else None
    return FontProgram(font.CharStrings, font.getGlyphOrder(), font.FontMatrix[0] * UNITS, {}, names, cids)


def _cids(font: Any) -> dict[int, str] | None:
    """Return the glyphs of a CFF font by CID, which fontTools names cid00012; None if it has no CIDs."""
    if not hasattr(font, "ROS"):
        return None
    return {int(name[3:]): name for name in font.getGlyphOrder() if name.startswith("cid") and name[3:].isdigit()} | {
        0: font.getGlyphOrder()[0]
    }


def _of_type1(untrusted: bytes) -> FontProgram:
    """Read a Type 1 program: what is clear says its codes, what is enciphered its outlines (Adobe Type 1 Font Format, 2 and 7)."""
    from fontTools.misc import eexec
    from fontTools.misc.psCharStrings import T1CharString

    untrusted = _without_segments(untrusted)
    clear, _, enciphered = untrusted.partition(b"eexec")
    enciphered = enciphered.lstrip(b" \t\r\n")
    if re.fullmatch(rb"[0-9A-Fa-f\s]{8}", enciphered[:8]):
        enciphered = bytes.fromhex(
            re.sub(rb"[^0-9A-Fa-f]", b"", enciphered).decode("ascii")[: len(enciphered) // 2 * 2]
        )
    private, _ = eexec.decrypt(enciphered, EEXEC_KEY)
    skipped = int(found[1]) if (found := LEN_IV.search(private)) else 4
    before, _, after = private.partition(b"/CharStrings")

    def deciphered(content: bytes, place: int, length: int) -> bytes:
        if skipped < 0:
            return bytes(content[place : place + length])
        return bytes(eexec.decrypt(content[place : place + length], CHARSTRING_KEY)[0][skipped:])

    subroutines: dict[int, Any] = {}
    for found in _marked(SUBROUTINE, before):
        subroutines[int(found[1])] = T1CharString(deciphered(before, found.end(), int(found[2])))
    listed = [subroutines.get(number) for number in range(max(subroutines, default=-1) + 1)]
    glyphs: dict[str, Any] = {}
    for found in _marked(GLYPH, after):
        glyphs[found[1].decode("latin-1")] = T1CharString(deciphered(after, found.end(), int(found[2])), subrs=listed)
    for each in subroutines.values():
        each.subrs = listed
    matrix = [float(each) for each in found[1].split()] if (found := MATRIX.search(clear)) else [1 / UNITS]
    names = (
        None if STANDARD.search(clear) else {int(code): name.decode("latin-1") for code, name in CODE.findall(clear)}
    )
    return FontProgram(glyphs, list(glyphs), matrix[0] * UNITS, {}, names)


def _marked(pattern: re.Pattern[bytes], content: bytes) -> list[re.Match[bytes]]:
    """Return the matches of a pattern whose second group is a number of bytes that follow: those bytes are not looked into."""
    found: list[re.Match[bytes]] = []
    place = 0
    while (match := pattern.search(content, place)) is not None:
        found.append(match)
        place = match.end() + int(match[2])
    return found


def _without_segments(untrusted: bytes) -> bytes:
    """Return a Type 1 program without the marks of segments of a PFB file (Adobe Technical Note 5040, 3.3)."""
    if not untrusted.startswith(b"\x80"):
        return untrusted
    parts: list[bytes] = []
    place = 0
    while untrusted[place : place + 1] == b"\x80" and untrusted[place + 1 : place + 2] in {b"\x01", b"\x02"}:
        length = int.from_bytes(untrusted[place + 2 : place + 6], "little")
        parts.append(untrusted[place + 6 : place + 6 + length])
        place += 6 + length
    return b"".join(parts)
