"""Moments and days in England and Wales.

A moment is kept in UTC, to the second, spelled ``2025-04-14T13:10:00Z``. People read it in Europe/London.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from evidence_app.errors import InputError

LONDON: Final = ZoneInfo("Europe/London")
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_TYPED: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?",
)
EARLIEST_YEAR: Final = 1970


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""


def spell(moment: datetime) -> str:
    """Spell a moment: UTC, to the second, ending in Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_moment(spelled: str) -> datetime:
    """Read the one spelling that records use.

    Raises:
        InputError: it is spelled in any other way.
    """
    if MOMENT.fullmatch(spelled) is None:
        raise InputError(f"“{spelled[:40]}” is not a moment such as 2025-04-14T13:10:00Z.")
    return _not_ancient(_parse(spelled))


def typed_moment(text: str) -> datetime:
    """Read a moment as people and programs type it; without an offset it is Europe/London.

    Raises:
        InputError: it is not a date with a time.
    """
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        raise InputError(f"“{text[:40]}” is not a date and time such as 2025-04-14T14:10.")
    day, minute, second, offset = match.groups()
    moment = _parse(f"{day}T{minute}{second or ':00'}{offset or ''}")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=LONDON)
    return _not_ancient(moment.astimezone(UTC))


def typed_day(text: str) -> date:
    """Read a day spelled ``2025-04-14``.

    Raises:
        InputError: it is not such a day.
    """
    if _DAY.fullmatch(text.strip()) is None:
        raise InputError(f"“{text[:40]}” is not a date such as 2025-04-14.")
    return _not_ancient(_parse(text.strip())).date()


def _parse(spelled: str) -> datetime:
    try:
        moment = datetime.fromisoformat(spelled)
        moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InputError(f"“{spelled[:40]}” is not a date in the calendar.") from error
    return moment


def _not_ancient(moment: datetime) -> datetime:
    if moment.year < EARLIEST_YEAR:
        raise InputError(f"The year {moment.year} is too long ago.")
    return moment


def london_day(moment: datetime) -> date:
    """Return the day it was in London."""
    return moment.astimezone(LONDON).date()


def in_words(moment: datetime) -> str:
    """Say a moment as people in London do: ``Mon 14 Apr 2025, 14:10``."""
    local = moment.astimezone(LONDON)
    return f"{day_in_words(local.date())}, {local:%H:%M}"


def day_in_words(day: date) -> str:
    """Say a day: ``Mon 14 Apr 2025``."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def names_day(text: str, day: date) -> bool:
    """Tell whether a text names a day: ``24 April``, ``24th Apr``, ``24/04/2025``, ``2025-04-24``, but not another year's."""
    written = rf"(?<!\d){day.day}(?:st|nd|rd|th)? (?:{day:%B}|{day:%b})\b(?! (?!{day.year})\d{{4}})"
    figures = rf"(?<!\d)0?{day.day}/0?{day.month}/{day.year}\b|(?<!\d){day.isoformat()}\b"
    return re.search(f"{written}|{figures}", text, re.IGNORECASE) is not None


def gap_in_words(earlier: datetime, later: datetime) -> str:
    """Say how far two moments lie apart: ``22 minutes``, ``3 hours``, ``2 days``."""
    gap = abs(later - earlier)
    for size, word in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute")):
        count = gap // size
        if count:
            return f"{count} {word}{'' if count == 1 else 's'}"
    return "less than a minute"


def day_span(day: date) -> tuple[datetime, datetime]:
    """Return the first and the last moment of a day in London, in UTC."""
    first = datetime(day.year, day.month, day.day, tzinfo=LONDON)
    last = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=LONDON)
    return first.astimezone(UTC), last.astimezone(UTC)
