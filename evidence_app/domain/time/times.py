"""Times and days in Europe/London as people type and read them. `proof.encoding.times` has the form that records use."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol

from evidence_app.errors import InputError
from evidence_app.proof.encoding.times import LONDON, not_ancient, parse_iso

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_TYPED: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?",
)


class Clock(Protocol):
    """The source of the current time, which tests replace."""

    def now(self) -> datetime:
        """Return the current time in UTC."""


def typed_moment(text: str) -> datetime:
    """Parse a date with a time, such as ``2025-04-14T14:10``, and return it in UTC. Without an offset it is Europe/London.

    Raises:
        InputError: it is not a date with a time.
    """
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        raise InputError(f"“{text[:40]}” is not a date and time such as 2025-04-14T14:10.")
    day, minute, second, offset = match.groups()
    moment = parse_iso(f"{day}T{minute}{second or ':00'}{offset or ''}")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=LONDON)
    return not_ancient(moment.astimezone(UTC))


def typed_day(text: str) -> date:
    """Parse a day in the form ``2025-04-14``.

    Raises:
        InputError: it is not such a day.
    """
    if _DAY.fullmatch(text.strip()) is None:
        raise InputError(f"“{text[:40]}” is not a date such as 2025-04-14.")
    return not_ancient(parse_iso(text.strip())).date()


def london_day(moment: datetime) -> date:
    """Return the day of a time with a zone, in Europe/London."""
    return moment.astimezone(LONDON).date()


def names_day(text: str, day: date) -> bool:
    """Return whether a text names a day: ``24 April``, ``24th Apr``, ``24/04/2025`` or ``2025-04-24``, but of no other year."""
    # The last group refuses a four-digit year after it that is not the day's own.
    written = rf"(?<!\d){day.day}(?:st|nd|rd|th)? (?:{day:%B}|{day:%b})\b(?! (?!{day.year})\d{{4}})"
    figures = rf"(?<!\d)0?{day.day}/0?{day.month}/{day.year}\b|(?<!\d){day.isoformat()}\b"
    return re.search(f"{written}|{figures}", text, re.IGNORECASE) is not None


def gap_in_words(earlier: datetime, later: datetime) -> str:
    """Format the distance of two times in its largest whole unit: ``22 minutes``, ``3 hours``, ``2 days``."""
    gap = abs(later - earlier)
    for size, word in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute")):
        count = gap // size
        if count:
            return f"{count} {word}{'' if count == 1 else 's'}"
    return "less than a minute"


def day_span(day: date) -> tuple[datetime, datetime]:
    """Return the first and the last second of a day in Europe/London, in UTC."""
    first = datetime(day.year, day.month, day.day, tzinfo=LONDON)
    last = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=LONDON)
    return first.astimezone(UTC), last.astimezone(UTC)
