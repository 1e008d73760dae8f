"""Times as records hold them and as people read them.

A record holds a time in UTC, to the second: ``2025-04-14T13:10:00Z`` (docs/spec/record-log.md, section 1). People read it
in Europe/London.
"""

import re
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from evidence_app.errors import InputError

LONDON: Final = ZoneInfo("Europe/London")
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
"""The form of a time in a record."""
MIN_YEAR: Final = 1970  # earliest year accepted


def spell(moment: datetime) -> str:
    """Encode a time with a zone as records hold it: UTC, to the second, ending in Z."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def read_moment(spelled: str) -> datetime:
    """Parse a time in the one form that records use, and return it in UTC (docs/spec/record-log.md, section 1).

    Raises:
        InputError: it has another form, is not in the calendar, or is before 1970.
    """
    if MOMENT.fullmatch(spelled) is None:
        raise InputError(f"“{spelled[:40]}” is not a moment such as 2025-04-14T13:10:00Z.")
    return not_ancient(parse_iso(spelled))


def parse_iso(spelled: str) -> datetime:
    """Parse an ISO 8601 date or time; without an offset in the text, the result has no time zone.

    Raises:
        InputError: there is no such date in the calendar.
    """
    try:
        moment = datetime.fromisoformat(spelled)
        # Fails for times that are out of range in UTC, at either end of the calendar.
        moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InputError(f"“{spelled[:40]}” is not a date in the calendar.") from error
    return moment


def not_ancient(moment: datetime) -> datetime:
    """Return a time, if it is not before 1970.

    Raises:
        InputError: it is.
    """
    if moment.year < MIN_YEAR:
        raise InputError(f"The year {moment.year} is too long ago.")
    return moment


def in_words(moment: datetime) -> str:
    """Format a time with a zone for people, in Europe/London: ``Mon 14 Apr 2025, 14:10``; of an hour that was twice which it was."""
    local = moment.astimezone(LONDON)
    return f"{day_in_words(local.date())}, {local:%H:%M}{f' {local:%Z}' if is_twice(local) else ''}"


def is_twice(local: datetime) -> bool:
    """Whether a time of Europe/London was twice: in the night in which the clocks go back."""
    return local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset()


def day_in_words(day: date) -> str:
    """Format a day for people: ``Mon 14 Apr 2025``."""
    return f"{day:%a} {day.day} {day:%b %Y}"
