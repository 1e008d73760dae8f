"""Times and days in Europe/London as people type and read them. `proof.encoding.times` has the form that records use."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol

from evidence_app.domain.phrases import Phrase, counted_phrase, phrase
from evidence_app.errors import InputError
from evidence_app.proof.encoding.times import LONDON, is_twice, not_ancient, parse_iso

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_TYPED: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d| ?(?i:GMT|BST))?",
)
ZONES: Final = {"GMT": "+00:00", "BST": "+01:00"}
"""The names of the zone of Europe/London, in winter and in summer."""


class Clock(Protocol):
    """The source of the current time, which tests replace."""

    def now(self) -> datetime:
        """Return the current time in UTC."""


def typed_moment(text: str) -> datetime:
    """Parse a date with a time, such as ``2025-04-14T14:10``, and return it in UTC. Without an offset it is Europe/London.

    Raises:
        InputError: it is not a date with a time; or it was not, or was twice, in a night in which the clocks were changed.
    """
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        raise InputError(f"“{text[:40]}” is not a date and time such as 2025-04-14T14:10.")
    day, minute, second, offset = match.groups()
    offset = ZONES.get((offset or "").strip().upper(), (offset or "").upper())
    moment = parse_iso(f"{day}T{minute}{second or ':00'}{offset}")
    return not_ancient((moment if moment.tzinfo is not None else _in_london(moment)).astimezone(UTC))


def _in_london(naive: datetime) -> datetime:
    """Return a time of Europe/London that was just once."""
    first, second = naive.replace(tzinfo=LONDON, fold=0), naive.replace(tzinfo=LONDON, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    day, at = f"{naive.day} {naive:%B %Y}", f"{naive:%H:%M}"
    if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != naive:
        raise InputError(
            f"{at} was not on {day}: the clocks went forward from 01:00 to 02:00. Say when it was by the clock."
        )
    raise InputError(
        f"{at} was twice on {day}: the clocks went back. Say “{at} BST” for the first, “{at} GMT” for the second."
    )


def as_typed(moment: datetime) -> str:
    """Return a time with a zone as somebody types it in Europe/London: ``14/04/2025 14:10``; of an hour that was twice with its zone."""
    local = moment.astimezone(LONDON)
    return f"{local:%d/%m/%Y %H:%M}{f' {local:%Z}' if is_twice(local) else ''}"


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


def gap_in_words(earlier: datetime, later: datetime) -> Phrase:
    """Format the distance of two times in its largest whole unit: ``22 minutes``, ``3 hours``, ``2 days``."""
    gap = abs(later - earlier)
    days, hours, minutes = (gap // size for size in (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)))
    if days:
        return counted_phrase(days, "{count} day", "{count} days")
    if hours:
        return counted_phrase(hours, "{count} hour", "{count} hours")
    if minutes:
        return counted_phrase(minutes, "{count} minute", "{count} minutes")
    return phrase("less than a minute")


def day_span(day: date) -> tuple[datetime, datetime]:
    """Return the first and the last second of a day in Europe/London, in UTC."""
    first = datetime(day.year, day.month, day.day, tzinfo=LONDON)
    last = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=LONDON)
    return first.astimezone(UTC), last.astimezone(UTC)
