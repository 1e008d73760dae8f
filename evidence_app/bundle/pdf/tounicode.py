"""What a font says of the characters that its glyphs stand for, written so that every reader reads it, and mended where it says nothing."""

import re
from collections.abc import Iterator
from typing import Any, Final

NOTHING: Final = frozenset({"0000", "FFFE", "FEFF", ""})
REPLACEMENT: Final = "FFFD"
SECTION: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
TOKEN: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
MAX_CODES: Final = 70_000
PER_SECTION: Final = 100
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
"""For a glyph's code the characters that it stands for, both in upper-case hexadecimal (UTF-16)."""


def clean_to_unicode(font: Any) -> None:
    """Write a font's map anew, a glyph a line, and map one that stands for no character to the replacement character.

    ISO 14289-1, 7.21.7; ISO 19005-3, 6.2.11.7.2. reportlab, which many files are made with, maps one unused glyph of each font to U+0000. A map that
    cannot be read as one of codes of one length is left as it is; an empty one is taken away, for it says nothing.
    """
    stream = font.get("/ToUnicode")
    if stream is None or not hasattr(stream, "read_bytes"):
        return
    content = stream.read_bytes()
    codes = _codes(content)
    if codes is None:
        return
    if not codes:
        del font["/ToUnicode"]
        return
    stream.write(_written(codes))


def _written(codes: Codes) -> bytes:
    length = len(next(iter(codes)))
    parts = [HEAD.format(first="0" * length, last="F" * length)]
    rows = [f"<{code}> <{REPLACEMENT if text in NOTHING else text}>\n" for code, text in codes.items()]
    for start in range(0, len(rows), PER_SECTION):
        some = rows[start : start + PER_SECTION]
        parts += [f"{len(some)} beginbfchar\n", *some, "endbfchar\n"]
    return "".join([*parts, TAIL]).encode("ascii")


def _codes(content: bytes) -> Codes | None:
    """Return what a map says; None where it goes on elsewhere, is malformed, or has codes of several lengths."""
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
    return "".join(match[1].decode("ascii").split()).upper() if match[1] is not None else match[0].decode("ascii")


def _chars(tokens: list[str]) -> Iterator[tuple[str, str]]:
    if len(tokens) % 2 or "[" in tokens:
        raise ValueError("a code without characters")
    yield from zip(tokens[::2], tokens[1::2], strict=True)


def _ranges(tokens: list[str]) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(tokens):
        first, last, begins = tokens[place], tokens[place + 1], tokens[place + 2]
        span = range(int(first, 16), int(last, 16) + 1)
        if len(span) > MAX_CODES:
            raise ValueError("a range without end")
        if begins == "[":
            end = tokens.index("]", place)
            texts = tokens[place + 3 : end]
            place = end + 1
        else:
            texts = [_next(begins, step) for step in range(len(span))]
            place += 3
        for code, text in zip(span, texts, strict=False):
            yield f"{code:0{len(first)}X}", text


def _next(text: str, step: int) -> str:
    """Return the characters that stand so many places after others: the last unit counts on."""
    if not text:
        return ""
    unit = min(4, len(text))
    return f"{text[:-unit]}{int(text[-unit:], 16) + step:0{unit}X}"
