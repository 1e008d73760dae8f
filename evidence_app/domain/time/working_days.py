"""Working days in England and Wales: Monday to Friday without the bank holidays."""

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

SATURDAY = 5
"""The first day of the weekend in `date.weekday`, where Monday is 0."""


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    # Imported here, since it takes a quarter of a second and most records are written too soon to need it.
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date, also_not: Container[date] = ()) -> bool:
    """Return whether a day is a working day. `also_not` are a person's own non-working days."""
    return day.weekday() < SATURDAY and day not in also_not and day not in _bank_holidays(day.year)


def add_working_days(start: date, count: int, also_not: Container[date] = ()) -> date:
    """Return the day `count` working days after `start`, which does not count itself."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, also_not):
            count -= 1
    return day


def working_days_between(start: date, end: date, also_not: Container[date] = ()) -> int:
    """Count the working days after `start` up to and including `end`; 0 when `end` is not later."""
    if end <= start:
        return 0
    if also_not != ():
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(is_working_day(day, also_not) for day in days)
    # Without own days: whole weeks have five weekdays each, the rest is counted, and bank holidays are subtracted.
    weeks, rest = divmod((end - start).days, 7)
    tail = (end - timedelta(days=n) for n in range(rest))
    weekdays = weeks * SATURDAY + sum(day.weekday() < SATURDAY for day in tail)
    holidays = (day for year in range(start.year, end.year + 1) for day in _bank_holidays(year))
    return weekdays - sum(start < day <= end and day.weekday() < SATURDAY for day in holidays)


CERTAINLY_SOON = timedelta(days=1)
"""A gap up to this is never late, whatever the calendar."""
CERTAINLY_LATE = timedelta(days=7)
"""A gap from this is always late: the next working day is never seven days away."""


def is_late(happened: date, written: date) -> bool:
    """Return whether something was written down more than one working day after it happened."""
    gap = written - happened
    if gap <= CERTAINLY_SOON:
        return False
    return gap >= CERTAINLY_LATE or written > add_working_days(happened, 1)
