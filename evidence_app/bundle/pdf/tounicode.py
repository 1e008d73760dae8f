"""ToUnicode CMaps (ISO 32000-1, 9.10.3): parses a font's map from glyph codes to characters, and rewrites it for every reader."""

import re
from collections.abc import Iterator
from typing import Any, Final

NOTHING: Final = frozenset({"0000", "FFFE", "FEFF", ""})
"""Targets that stand for no character: U+0000, U+FFFE and U+FEFF, which ISO 14289-1, 7.21.7 forbids, and an empty string."""
REPLACEMENT: Final = "FFFD"
SECTION: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
TOKEN: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
MAX_CODES: Final = 70_000
"""Codes of one map: more than all 65,536 codes of two bytes."""
MAX_CHARACTER: Final = 0x10FFFF
PER_SECTION: Final = 100
"""Entries between `beginbfchar` and `endbfchar`, the limit of the CMap format (Adobe Technical Note 5014)."""
HEAD: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<{first}> <{last}>
endcodespacerange
"""
TAIL: Final = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
Codes = dict[str, str]
"""The characters of each glyph code, both in upper-case hexadecimal (UTF-16BE)."""


def clean_to_unicode(font: Any) -> None:
    """Rewrite a font's ToUnicode CMap in place, one `bfchar` entry for each code, with targets that are no character replaced by U+FFFD.

    ISO 14289-1, 7.21.7; ISO 19005-3, 6.2.11.7.2. reportlab, which many files are made with, maps one unused glyph of each font to U+0000.
    A map that cannot be parsed as codes of one length is left as it is; a map without entries is removed.
    """
    import pikepdf

    stream = font.get("/ToUnicode")
    if not isinstance(stream, pikepdf.Stream):
        if stream is not None:
            # A name, such as /Identity-H, says that codes are characters, which they hardly ever are; PDF/UA asks for a map of the font's own.
            del font["/ToUnicode"]
        return
    content = stream.read_bytes()
    codes = _codes(content)
    if codes is None:
        return
    if not codes:
        # Readers take a map, even an empty one, before the font's encoding (ISO 32000-1, 9.10.2), and would find no text.
        del font["/ToUnicode"]
        return
    stream.write(_cmap(codes))


def characters_by_code(content: bytes) -> dict[str, str]:
    """Return the characters of each code, in upper-case hexadecimal, as far as a ToUnicode CMap says them."""
    said: dict[str, str] = {}
    for code, text in (_codes(content) or {}).items():
        try:
            said[code] = "" if text in NOTHING else bytes.fromhex(_utf16(text)).decode("utf-16-be")
        except (ValueError, UnicodeDecodeError):
            continue
    return said


def _cmap(codes: Codes) -> bytes:
    """Return a CMap with one entry for each code; all codes have one length."""
    # The code space range tells readers how many bytes make a code, so it must have the length of the codes.
    length = len(next(iter(codes)))
    parts = [HEAD.format(first="0" * length, last="F" * length)]
    rows = [f"<{code}> <{REPLACEMENT if text in NOTHING else _utf16(text)}>\n" for code, text in codes.items()]
    for start in range(0, len(rows), PER_SECTION):
        section = rows[start : start + PER_SECTION]
        parts += [f"{len(section)} beginbfchar\n", *section, "endbfchar\n"]
    return "".join([*parts, TAIL]).encode("ascii")


def _utf16(text: str) -> str:
    """Return a target in UTF-16BE, where it is the bare number of a character beyond U+FFFF.

    reportlab writes U+1D400 as <1D400>, which readers take for U+1D40. Five or six digits are no whole number of UTF-16 units.
    """
    if len(text) not in {5, 6} or not 0x10000 <= int(text, 16) <= MAX_CHARACTER:
        return text
    return chr(int(text, 16)).encode("utf-16-be").hex().upper()


def _codes(content: bytes) -> Codes | None:
    """Return the entries of a map; None where it is malformed, has codes of several lengths, or extends another map."""
    if b"usecmap" in content or b"beginnotdef" in content:
        return None
    codes: Codes = {}
    for section in SECTION.finditer(content):
        tokens = [_token(match) for match in TOKEN.finditer(section[2])]
        try:
            for code, text in _chars(tokens) if section[1] == b"bfchar" else _ranges(tokens):
                codes[code] = text
                if len(codes) > MAX_CODES:
                    return None
        except (ValueError, IndexError):
            return None
    lengths = {len(code) for code in codes}
    return codes if len(lengths) < 2 and not lengths & {0, 1} else None


def _token(match: re.Match[bytes]) -> str:
    """Return a hexadecimal string in upper case without white space, or a bracket."""
    return "".join(match[1].decode("ascii").split()).upper() if match[1] is not None else match[0].decode("ascii")


def _chars(tokens: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the entries of a `bfchar` section: pairs of a code and its characters.

    Raises:
        ValueError: it is malformed.
    """
    if len(tokens) % 2 or "[" in tokens:
        raise ValueError("a code without characters")
    yield from zip(tokens[::2], tokens[1::2], strict=True)


def _ranges(tokens: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the entries of a `bfrange` section, each range taken apart into single codes.

    Raises:
        ValueError: it is malformed or too long.
        IndexError: it ends within a range.
    """
    position = 0
    while position < len(tokens):
        first, last, target = tokens[position], tokens[position + 1], tokens[position + 2]
        span = range(int(first, 16), int(last, 16) + 1)
        if len(span) > MAX_CODES:
            raise ValueError("a range without end")
        if target == "[":
            # <first> <last> [<text> <text> …]: one text for each code.
            end = tokens.index("]", position)
            texts = tokens[position + 3 : end]
            position = end + 1
        else:
            # <first> <last> <text>: the text of the first code, counted up for the others.
            texts = [_next(target, step) for step in range(len(span))]
            position += 3
        for code, text in zip(span, texts, strict=False):
            yield f"{code:0{len(first)}X}", text


def _next(text: str, step: int) -> str:
    """Return a range's text for the code `step` places after its first: the last UTF-16 unit is counted up."""
    if not text:
        return ""
    unit = min(4, len(text))
    return f"{text[:-unit]}{int(text[-unit:], 16) + step:0{unit}X}"
