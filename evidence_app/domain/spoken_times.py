"""Times as people say them: “today 14:10”, “yesterday”, “3 April 2025”, “14/04/2025 9.30”."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from evidence_app.domain.times import LONDON, spell, typed_day, typed_moment
from evidence_app.errors import InputError

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK: Final = re.compile(r"(?:^|\s|,|at )\s*(\d{1,2})[:.](\d{2})\s*(am|pm)?$", re.IGNORECASE)
_SPELLED: Final = re.compile(r"\d{4}-\d\d-\d\dT")
_NUMBERS: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})")
_WORDS: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?(?:\s+(\d{4}))?")


def spoken_day(text: str, today: date, *, ahead: bool = False) -> date:
    """Read a day. Without more the latest such day up to `today` is meant, or with `ahead` the next from `today` on.

    Raises:
        InputError: it cannot be read as a day.
    """
    said = text.strip().lower().rstrip(",")
    if said in {"today", "now"}:
        return today
    if said == "yesterday":
        return today - timedelta(days=1)
    if said == "tomorrow":
        return today + timedelta(days=1)
    for number, name in enumerate(WEEKDAYS):
        if said == f"next {name}" or (ahead and said in {name, name[:3]}):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
        if said in {name, name[:3], f"last {name}"}:
            return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    if match := _NUMBERS.fullmatch(said):
        day, month, year = (int(part) for part in match.groups())
        return _make(text, year + 2000 if year < 100 else year, month, day)
    if match := _WORDS.fullmatch(said):
        day_text, month_name, year_text = match.groups()
        if month_name[:3] in MONTHS:
            month = MONTHS.index(month_name[:3]) + 1
            year = int(year_text) if year_text else today.year
            found = _make(text, year, month, int(day_text))
            if year_text or (found >= today if ahead else found <= today):
                return found
            return _make(text, year + (1 if ahead else -1), month, int(day_text))
    return typed_day(text)


def _make(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise InputError(f"“{text[:40]}” is not a day in the calendar.") from error


def spoken_moment(text: str, now: datetime) -> tuple[str, bool]:
    """Read a time as a record spells it, and whether a time of day was said.

    Raises:
        InputError: it cannot be read.
    """
    said = text.strip()
    local = now.astimezone(LONDON)
    if said.lower() == "now":
        return spell(now), True
    if _SPELLED.match(said):
        return spell(typed_moment(said)), True
    match = _CLOCK.search(said)
    if match is None:
        return spoken_day(said, local.date()).isoformat(), False
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    day_text = said[: match.start()].strip().rstrip(",").removesuffix(" at")
    day = spoken_day(day_text, local.date()) if day_text else local.date()
    return spell(typed_moment(f"{day.isoformat()}T{hour:02}:{minute:02}")), True
