"""Working days in England and Wales: Monday to Friday without the bank holidays."""

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

SATURDAY = 5


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    # The calendar takes a quarter of a second to import, and most records are written within the hour.
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date, also_not: Container[date] = ()) -> bool:
    """Whether a day counts. `also_not` are a person's own non-working days, such as those of a part-time week."""
    return day.weekday() < SATURDAY and day not in also_not and day not in _bank_holidays(day.year)


def add_working_days(start: date, count: int, also_not: Container[date] = ()) -> date:
    """Return the day that lies `count` working days after `start`; `start` itself does not count."""
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
    weeks, rest = divmod((end - start).days, 7)
    tail = (end - timedelta(days=n) for n in range(rest))
    weekdays = weeks * SATURDAY + sum(day.weekday() < SATURDAY for day in tail)
    holidays = (day for year in range(start.year, end.year + 1) for day in _bank_holidays(year))
    return weekdays - sum(start < day <= end and day.weekday() < SATURDAY for day in holidays)


CERTAINLY_SOON = timedelta(days=1)
CERTAINLY_LATE = timedelta(days=7)


def is_late(happened: date, written: date) -> bool:
    """Whether something was written down more than one working day after it happened."""
    gap = written - happened
    if gap <= CERTAINLY_SOON:
        return False
    return gap >= CERTAINLY_LATE or written > add_working_days(happened, 1)
