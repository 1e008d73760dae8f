"""The letters of rich text: which code page its bytes are in (Rich Text Format Specification 1.9.1, “Character Set”, “Font Table”)."""

import codecs
from typing import Final

OTHER_CODE_PAGES: Final = {
    10000: "mac_roman",
    10029: "mac_latin2",
    20127: "ascii",
    20866: "koi8_r",
    20932: "euc_jp",
    20936: "gb2312",
    21866: "koi8_u",
    50220: "iso2022_jp",
    50221: "iso2022_jp",
    50222: "iso2022_jp",
    50225: "iso2022_kr",
    51932: "euc_jp",
    51936: "gb2312",
    51949: "euc_kr",
    52936: "hz",
    54936: "gb18030",
    65000: "utf_7",
    65001: "utf_8",
    **{28590 + part: f"iso8859_{part}" for part in (*range(1, 10), 13, 15)},
}
"""Codecs of code pages that Python does not know by their number (Windows code page identifiers)."""
OLDER_SETS: Final = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
"""Control words that name the character set of a whole document, and its codec."""
CHARSETS: Final = {
    0: "cp1252",
    77: "mac_roman",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
}
"""Code pages of the character sets of fonts (\\fcharset)."""


class FontLetters:
    """The code page of a document and those of its fonts. `font` is the one that a group begins with."""

    def __init__(self) -> None:
        self.font = 0
        self._code_page = "cp1252"
        self._charsets: dict[int, str] = {}
        self._named = 0

    def follow(self, word: str, number: int | None) -> bool:
        """Follow a control word that says something of letters; whether it is one of those, apart from the choice of a font for words."""
        if word in OLDER_SETS:
            self._code_page = OLDER_SETS[word]
        elif number is None:
            return False
        elif word == "ansicpg":
            self._code_page = encoding_of(number)
        elif word == "deff":
            self.font = number
        elif word == "cpg":
            self._charsets[self._named] = encoding_of(number)
        elif word == "fcharset":
            # A font's own code page outranks its character set.
            self._charsets.setdefault(self._named, CHARSETS.get(number, self._code_page))
        else:
            return False
        return True

    def name_font(self, number: int) -> None:
        """Say which font the next words of the font table are about."""
        self._named = number

    def encoding(self, font: int) -> str:
        """Return the codec of words in a font."""
        return self._charsets.get(font, self._code_page)


def lacks_a_byte(octets: bytes | bytearray, encoding: str) -> bool:
    """Whether bytes end in the first of two bytes of a letter."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    decoder.decode(octets)
    return bool(decoder.getstate()[0])


def encoding_of(code_page: int) -> str:
    """Return the codec of a Windows code page by its number; that of Windows-1252 where Python has none."""
    name = OTHER_CODE_PAGES.get(code_page, f"cp{code_page}")
    try:
        # Empty bytes are decoded without asking for the codec.
        b"a".decode(name)
    except (LookupError, UnicodeError):
        return "cp1252"
    return name
