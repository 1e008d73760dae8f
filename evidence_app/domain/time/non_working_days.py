"""A person's own non-working days: leave, and the free days of a part-time week."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from evidence_app.domain.time.spoken_times import WEEKDAYS
from evidence_app.domain.time.times import typed_day
from evidence_app.errors import InputError

_RANGE: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s+to\s+(\d{4}-\d\d-\d\d))?")
_WEEKDAY: Final = re.compile(r"([a-z]+?)s?(?:\s+from\s+(\d{4}-\d\d-\d\d))?(?:\s+to\s+(\d{4}-\d\d-\d\d))?")
# Completes sentences for users: the forms that `read_free_days` accepts.
HELP: Final = "a day (2025-12-29), days (2025-08-04 to 2025-08-15), or a weekday (Friday from 2025-09-01)"


@dataclass(frozen=True, slots=True)
class FreeDays:
    """The days from `first` to `last`, both included, of one weekday (0 is Monday) or all. A container of dates."""

    first: date
    last: date
    weekday: int | None = None

    def __contains__(self, day: object) -> bool:
        """Return whether a day is one of them."""
        return (
            isinstance(day, date)
            and self.first <= day <= self.last
            and (self.weekday is None or day.weekday() == self.weekday)
        )


@dataclass(frozen=True, slots=True)
class NonWorkingDays:
    """All non-working days of a person. A container of dates."""

    parts: tuple[FreeDays, ...] = ()

    def __contains__(self, day: object) -> bool:
        """Return whether a day is one of them."""
        return any(day in part for part in self.parts)


def read_free_days(text: str) -> FreeDays:
    """Parse one line of the setting: a day, a range of days, or a weekday with optional first and last day.

    Raises:
        InputError: it has none of these forms, or ends before it begins.
    """
    normalised = " ".join(text.split()).lower()
    if match := _RANGE.fullmatch(normalised):
        first = typed_day(match[1])
        return _ordered(text, FreeDays(first, typed_day(match[2]) if match[2] else first))
    match = _WEEKDAY.fullmatch(normalised)
    if match and match[1] in WEEKDAYS:
        first = typed_day(match[2]) if match[2] else date.min
        last = typed_day(match[3]) if match[3] else date.max
        return _ordered(text, FreeDays(first, last, WEEKDAYS.index(match[1])))
    raise InputError(f"“{text[:60]}” is not {HELP}.")


def _ordered(text: str, days: FreeDays) -> FreeDays:
    if days.last < days.first:
        raise InputError(f"“{text[:60]}” ends before it begins.")
    return days


def non_working_days(lines: Iterable[str]) -> NonWorkingDays:
    """Parse all lines of the setting.

    Raises:
        InputError: one cannot be parsed.
    """
    return NonWorkingDays(tuple(read_free_days(line) for line in lines))
