"""Parsing of times in everyday words: “today 14:10”, “yesterday”, “3 April 2025”, “14/04/2025 9.30”."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from evidence_app.domain.time.times import typed_day, typed_moment
from evidence_app.errors import InputError
from evidence_app.proof.encoding.times import LONDON, spell

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK: Final = re.compile(r"(?:^|\s|,|at )\s*(\d{1,2})[:.](\d{2})\s*(am|pm)?$", re.IGNORECASE)
_HOUR: Final = re.compile(r"(?:^|\s)(at|about|around|by)?\s*(\d{1,2})\s*(am|pm|o'clock)?$", re.IGNORECASE)
_BARE_HOUR_OF: Final = re.compile(rf"(?:today|yesterday|(?:last )?(?:{'|'.join(WEEKDAYS)}))$")
_SPELLED: Final = re.compile(r"\d{4}-\d\d-\d\dT")
_IN_DAYS: Final = re.compile(r"in (\d{1,3}) (day|week)s?")
_NUMBERS: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})")
_WORDS: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?(?:\s+(\d{4}))?")


EARLY: Final = 6
"""A bare hour from 1 to this is refused: it could be in the morning or in the afternoon."""
# Completes a sentence for users.
EXAMPLES: Final = "yesterday 10:30, Monday about 10, 3 April 2025 9:30, 14/04/2025 14:10, or a day alone"

_ZONE: Final = re.compile(r"\s(?:GMT|BST)$", re.IGNORECASE)
"""The zone behind a time, in the night in which an hour was twice."""


def spoken_day(text: str, today: date, *, ahead: bool = False) -> date:
    """Parse a day. A weekday or a day without a year is the latest one up to `today`, or with `ahead` the next one from `today`.

    Raises:
        InputError: it is not a day.
    """
    typed = text.strip().lower().rstrip(",")
    if typed in {"today", "now"}:
        return today
    if typed == "yesterday":
        return today - timedelta(days=1)
    if typed == "tomorrow":
        return today + timedelta(days=1)
    if ahead and (match := _IN_DAYS.fullmatch(typed)):
        return today + timedelta(days=int(match[1]) * (7 if match[2] == "week" else 1))
    for number, name in enumerate(WEEKDAYS):
        # From 1 to 7 days away, never today.
        if typed == f"next {name}" or (ahead and typed in {name, name[:3]}):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
        if typed in {name, name[:3], f"last {name}"}:
            return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    if match := _NUMBERS.fullmatch(typed):
        day, month, year = (int(part) for part in match.groups())
        return _make(text, year + 2000 if year < 100 else year, month, day)
    if match := _WORDS.fullmatch(typed):
        day_text, month_name, year_text = match.groups()
        if month_name[:3] in MONTHS:
            month = MONTHS.index(month_name[:3]) + 1
            year = int(year_text) if year_text else today.year
            day_of_year = _make(text, year, month, int(day_text))
            if year_text or (day_of_year >= today if ahead else day_of_year <= today):
                return day_of_year
            return _make(text, year + (1 if ahead else -1), month, int(day_text))
    return typed_day(text)


def _make(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise InputError(f"“{text[:40]}” is not a day in the calendar.") from error


def spoken_moment(text: str, now: datetime) -> tuple[str, bool]:
    """Parse a day with or without a time of day (Europe/London).

    Returns:
        ``2025-04-14T13:10:00Z`` (UTC) and True, or without a time of day ``2025-04-14`` and False.

    Raises:
        InputError: it cannot be parsed, or the hour is ambiguous.
    """
    typed = text.strip()
    local = now.astimezone(LONDON)
    if typed.lower() == "now":
        return spell(now), True
    if _SPELLED.match(typed):
        return spell(typed_moment(typed)), True
    zone = _ZONE.search(typed)
    typed = typed[: zone.start()] if zone else typed
    clock = _clock_in(typed)
    if clock is None:
        try:
            return spoken_day(typed, local.date()).isoformat(), False
        except InputError as error:
            raise InputError(f"“{typed[:40]}” is no time that can be read here: {EXAMPLES}.") from error
    day_text, hour, minute = clock
    day = spoken_day(day_text, local.date()) if day_text else local.date()
    return spell(typed_moment(f"{day.isoformat()}T{hour:02}:{minute:02}{zone[0] if zone else ''}")), True


def _clock_in(typed: str) -> tuple[str, int, int] | None:
    """Return the text before a time of day, the hour and the minute, or None where there is no time of day.

    Raises:
        InputError: the hour could be in the morning or in the afternoon.
    """
    if match := _CLOCK.search(typed):
        hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    elif (match := _HOUR.search(typed)) and _says_an_hour(typed[: match.start()], match):
        hour, minute, half = int(match[2]), 0, (match[3] or "").lower().removeprefix("o'clock")
        if not half and 1 <= hour <= EARLY:
            raise InputError(f"“{typed[:40]}”: in the morning or in the afternoon? Say {hour}am, or {hour + 12}:00.")
    else:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    before = typed[: match.start()].strip().rstrip(",")
    for word in (" at", " about", " around"):
        before = before.removesuffix(word)
    return ("" if before.lower() in {"at", "about", "around"} else before), hour, minute


def _says_an_hour(before: str, match: re.Match[str]) -> bool:
    """Return whether a bare number is an hour: “about 10”, “10am”, “yesterday 10”, but not the last number of a date."""
    return bool(match[1] or match[3] or _BARE_HOUR_OF.fullmatch(before.strip().rstrip(",").lower()))
