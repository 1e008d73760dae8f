"""Numbers of a workbook as the cell shows them: dates, hours, percentages, leading zeroes (ISO/IEC 29500-1, 18.8.30)."""

import operator
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from evidence_app.documents.office.digit_places import formatted_number

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
LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[(?:\$([^\]-]*)[^\]]*|[A-Za-z]{3,}\d*|[<>=][^\]]*)\]')
"""Words in quotes, signs with a backslash, room, currencies with a place, colours and conditions."""
DATE_PART: Final = re.compile(
    r"yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|AM/PM|A/P|\.0+|\[h+\]|\[m+\]|\[s+\]", re.IGNORECASE
)
ELAPSED: Final = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
CONDITION: Final = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
COMPARED: Final[dict[str, Callable[[Decimal, Decimal], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
TIME_OF_DAY: Final = re.compile(r"[hs]", re.IGNORECASE)
MAX_PLAIN: Final = Decimal(10) ** 11
"""Whole numbers below it are shown whole where a cell has no format."""
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
    section, is_own = _section_for(number, _sections(code))
    signs = LITERAL.sub(lambda match: match[3] or "", section)
    if not code or code.casefold() == "general" or signs.strip() == "@":
        return _general(number)
    shown = abs(number) if is_own and number < 0 else number
    if is_date(section):
        return _date(number, section, from_1904=from_1904) or value
    # A format may show nothing at all; the value is there, and is told.
    return formatted_number(shown, section, _general(shown)) or value


def _section_for(number: Decimal, sections: list[str]) -> tuple[str, bool]:
    """Return the section of a format that shows a number, and whether it says itself that a number is negative."""
    conditions = [CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or COMPARED[condition[1]](number, Decimal(condition[2])):
                return section, len(sections) > 1 and condition is not None and condition[1].startswith("<")
        return sections[-1], False
    if len(sections) > 2 and number == 0:
        return sections[2], False
    return (sections[1], True) if len(sections) > 1 and number < 0 else (sections[0], False)


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
    if number == number.to_integral_value() and abs(number) < MAX_PLAIN:
        return format(number.to_integral_value(), "f")
    # A stored 0.1 may be written with seventeen digits; eleven are shown.
    text = f"{number:.10g}" if abs(number) < MAX_PLAIN else f"{number:.5E}"
    return format(Decimal(text).normalize(), "f") if "E" not in text.upper() else text


def _date(number: Decimal, section: str, *, from_1904: bool) -> str:
    """Return a serial number as a date and time, or "" where it is none."""
    elapsed = ELAPSED.search(section)
    seconds = int((number * 86_400).quantize(Decimal(1), ROUND_HALF_UP))
    if not 0 <= number < MAX_SERIAL:
        return ""
    if not TIME_OF_DAY.search(LITERAL.sub("", section)):
        # A day that is not yet over is that day.
        seconds = int(number) * 86_400
    if elapsed:
        moment = datetime(1900, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001 - hours alone are shown
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
