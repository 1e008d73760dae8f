"""Signs of fonts that have signs in place of letters: the tick in a form is a letter of Wingdings."""

from typing import Final

SIGNS: Final = {
    "wingdings": {
        0xFC: "✓",
        0xFE: "☑",
        0xA8: "☐",
        0x6F: "☐",
        0xFB: "✗",
        0xFD: "☒",
        0x78: "☒",
        0xE0: "→",
        0xB7: "•",
        0xA7: "▪",
        0x9F: "•",
        0x4A: "☺",
        0x4C: "☹",
    },
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x51: "☒"},
    "symbol": {
        0xB7: "•",
        0xAE: "→",
        0xB3: "≥",
        0xA3: "≤",
        0xB1: "±",
        0xB4: "×",
        0xD7: "⋅",
        0xB0: "°",
        0xA2: "′",
        0xA9: "♥",
    },
}
"""What stands on the page for a letter of such a font, by its code without the private area (F000) in which documents keep it."""
UNKNOWN_SIGN: Final = "[a sign of the font {}]"
PRIVATE: Final = 0xF000
LETTERS: Final = 0xFF
BUTTON, SYMBOL = "MACROBUTTON", "SYMBOL"
"""Fields that show words or a sign of their own code (ISO/IEC 29500-1, 17.16.5.33 and 17.16.5.59)."""


def has_signs(font: str) -> bool:
    """Return whether a font has signs in place of letters."""
    return font.casefold() in SIGNS


def sign_of(font: str, code: int) -> str:
    """Return the sign of a font by its code, in the private area or not; a sentence that names the font where the sign is not known."""
    letter = code - PRIVATE if PRIVATE <= code <= PRIVATE + LETTERS else code
    if font.casefold() == "symbol" and 0x20 < letter < 0x40:
        # Figures and marks stand where they always do.
        return chr(letter)
    return SIGNS.get(font.casefold(), {}).get(letter, UNKNOWN_SIGN.format(font))


def in_font(font: str, text: str) -> str:
    """Return words as they look in a font: those of a font with signs are signs."""
    if not has_signs(font):
        return text
    return "".join(each if each.isspace() else sign_of(font, ord(each)) for each in text)


def shown_by_code(code: str) -> str:
    """Return what a field shows that has no result, from its code: the words of a button, or a sign."""
    words = code.split(maxsplit=2)
    name = words[0].upper() if words else ""
    if name == BUTTON and len(words) > 2:
        return words[2].strip()
    if name == SYMBOL and len(words) > 1:
        number = words[1]
        try:
            sign = int(number, 16) if number.lower().startswith("0x") else int(number)
        except ValueError:
            return ""
        font = code.partition("\\f")[2].strip().strip('"').partition('"')[0].strip()
        if has_signs(font):
            return sign_of(font, sign)
        return chr(sign) if 0x20 <= sign < 0xD800 else ""
    return ""
