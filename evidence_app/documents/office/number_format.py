"""Numbers of a workbook as the cell shows them: dates, hours, percentages, leading zeroes (ISO/IEC 29500-1, 18.8.30)."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

BUILT_IN: Final = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    49: "@",
}
"""The formats that a workbook names by number alone (18.8.30); those of a date are set as in Britain."""
LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[(?:\$([^\]-]*)[^\]]*|[A-Za-z]{3,}|[<>=][^\]]*)\]')
"""Words in quotes, signs with a backslash, room, currencies with a place, colours and conditions."""
DATE_PART: Final = re.compile(
    r"yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|AM/PM|A/P|\.0+|\[h+\]|\[m+\]|\[s+\]", re.IGNORECASE
)
ELAPSED: Final = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
MAX_FORMATTED: Final = Decimal(10) ** 20
"""Numbers above it are shown as they are stored."""
MAX_SERIAL: Final = 2_958_466
"""The day after 31 December 9999."""
MONTH_BUG: Final = 60
"""The serial number of 29 February 1900, a day that never was and that workbooks of the 1900 system count (18.17.4.1)."""


def as_shown(value: str, code: str, *, from_1904: bool) -> str:
    """Return a stored number as its cell shows it with a format code; as it is stored where the format is not understood."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number) > MAX_FORMATTED:
        return value
    sections = _sections(code)
    section = sections[1] if len(sections) > 1 and number < 0 else sections[0]
    if len(sections) > 2 and number == 0:
        section = sections[2]
    signs = LITERAL.sub(lambda match: match[3] or "", section)
    if not code or code.casefold() == "general" or signs.strip() == "@":
        return _general(number)
    if is_date(section):
        return _date(number, section, from_1904=from_1904) or value
    # A format may show nothing at all; the value is there, and is told.
    return _number(abs(number) if len(sections) > 1 and number < 0 else number, section) or value


def is_date(section: str) -> bool:
    """Return whether a format shows a date, a time of day or hours."""
    bare = LITERAL.sub("", section)
    return bool(ELAPSED.search(section)) or bool(
        re.search(r"[ymdhs]", bare, re.IGNORECASE) and not re.search(r"[#?]", bare)
    )


def _sections(code: str) -> list[str]:
    """Return the sections of a format, apart at semicolons outside quotes."""
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code) or [""]


def _general(number: Decimal) -> str:
    # A stored 0.1 may be written with seventeen digits; eleven are shown.
    text = f"{number:.10g}" if abs(number) < Decimal(10) ** 11 else f"{number:.5E}"
    return format(Decimal(text).normalize(), "f") if "E" not in text.upper() else text


def _number(number: Decimal, section: str) -> str:
    before, shape, after = _parts(section)
    if not shape:
        return before
    if "%" in section:
        number *= 100
    if "E+" in shape.upper() or "E-" in shape.upper():
        decimals = len(re.sub(r"[^0]", "", shape.upper().partition("E")[0].partition(".")[2]))
        return f"{before}{number:.{decimals}E}{after}"
    whole, _, rest = shape.partition(".")
    decimals = len(re.findall(r"[0#?]", rest))
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    least = whole.count("0")
    sign = "-" if rounded < 0 else ""
    digits, _, behind = format(abs(rounded), "f").partition(".")
    digits = digits.zfill(least) if least else digits
    if "," in whole:
        digits = f"{int(digits):,}".rjust(0)
    needed = rest.count("0")
    while len(behind) > needed and behind.endswith("0"):
        behind = behind[:-1]
    return f"{sign}{before}{digits}{'.' + behind if behind else ''}{after}"


def _parts(section: str) -> tuple[str, str, str]:
    """Return what stands before the digits of a format, their shape, and what stands behind."""
    said: list[str] = []

    def keep(match: re.Match[str]) -> str:
        said.append(match[1] or match[2] or match[3] or "")
        # A sign that no format has marks its place.
        return "\x01" if said[-1] else ""

    bare = LITERAL.sub(keep, section)
    found = re.search(r"[0#?][0#?,.]*(?:E[+-]0+)?", bare, re.IGNORECASE)
    if found is None:
        return _put_back(bare, said), "", ""
    before, after = bare[: found.start()], bare[found.end() :]
    count = before.count("\x01")
    return _put_back(before, said[:count]), found.group(), _put_back(after, said[count:])


def _put_back(text: str, said: list[str]) -> str:
    for words in said:
        text = text.replace("\x01", words, 1)
    return text


def _date(number: Decimal, section: str, *, from_1904: bool) -> str:
    """Return a serial number as a date and time, or "" where it is none."""
    elapsed = ELAPSED.search(section)
    seconds = int((number * 86_400).quantize(Decimal(1), ROUND_HALF_UP))
    if not 0 <= number < MAX_SERIAL:
        return ""
    if elapsed:
        moment = datetime(1900, 1, 1)  # noqa: DTZ001 - hours alone are shown
    elif from_1904:
        moment = datetime(1904, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001 - a workbook knows no zone
    elif int(number) == MONTH_BUG:
        return "29/02/1900"
    else:
        # Days before the one that never was are counted from a day later.
        first = datetime(1899, 12, 30) if number > MONTH_BUG else datetime(1899, 12, 31)  # noqa: DTZ001 - as above
        moment = first + timedelta(seconds=seconds)
    return _spelt_date(section, moment, seconds)


def _spelt_date(section: str, moment: datetime, seconds: int) -> str:
    words: list[str] = []
    place, hours_before = 0, False
    twelve = bool(re.search(r"AM/PM|A/P", section, re.IGNORECASE))
    while place < len(section):
        literal, part = LITERAL.match(section, place), DATE_PART.match(section, place)
        if part is not None:
            words.append(_part(part.group(), moment, seconds, hours_before, section[part.end() :], twelve))
            hours_before = part.group().strip("[]")[:1].lower() == "h"
            place = part.end()
        elif literal is not None:
            words.append(literal[1] or literal[2] or "")
            place = literal.end()
        else:
            words.append(section[place])
            place += 1
    return "".join(words).strip()


def _part(part: str, moment: datetime, seconds: int, after_hours: bool, rest: str, twelve: bool) -> str:
    lower = part.lower()
    if lower.startswith("["):
        return {"h": str(seconds // 3600), "m": str(seconds // 60), "s": str(seconds)}[lower[1]]
    is_minute = lower in {"m", "mm"} and (after_hours or re.match(r"[^a-z]*s", rest, re.IGNORECASE) is not None)
    if is_minute:
        return f"{moment.minute:02d}" if len(lower) == 2 else str(moment.minute)
    hour = (moment.hour % 12 or 12) if twelve else moment.hour
    table = {
        "yyyy": f"{moment.year:04d}",
        "yy": f"{moment.year % 100:02d}",
        "mmmm": moment.strftime("%B"),
        "mmm": moment.strftime("%b"),
        "mm": f"{moment.month:02d}",
        "m": str(moment.month),
        "dddd": moment.strftime("%A"),
        "ddd": moment.strftime("%a"),
        "dd": f"{moment.day:02d}",
        "d": str(moment.day),
        "hh": f"{hour:02d}",
        "h": str(hour),
        "ss": f"{moment.second:02d}",
        "s": str(moment.second),
        "am/pm": "AM" if moment.hour < 12 else "PM",
        "a/p": "A" if moment.hour < 12 else "P",
    }
    return table.get(lower, "")
