"""Moments as records spell them, and as people read them.

A moment is kept in UTC, to the second, spelled ``2025-04-14T13:10:00Z``. People read it in Europe/London.
"""

import re
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from evidence_app.errors import InputError

LONDON: Final = ZoneInfo("Europe/London")
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
MIN_YEAR: Final = 1970


def spell(moment: datetime) -> str:
    """Spell a moment: UTC, to the second, ending in Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_moment(spelled: str) -> datetime:
    """Read the one spelling that records use (record-log.md, section 2).

    Raises:
        InputError: it is spelled in any other way.
    """
    if MOMENT.fullmatch(spelled) is None:
        raise InputError(f"“{spelled[:40]}” is not a moment such as 2025-04-14T13:10:00Z.")
    return not_ancient(parse_iso(spelled))


def parse_iso(spelled: str) -> datetime:
    """Parse an ISO 8601 date or moment; one without an offset stays without.

    Raises:
        InputError: there is no such date in the calendar.
    """
    try:
        moment = datetime.fromisoformat(spelled)
        moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InputError(f"“{spelled[:40]}” is not a date in the calendar.") from error
    return moment


def not_ancient(moment: datetime) -> datetime:
    """Return a moment that is not before 1970.

    Raises:
        InputError: it is.
    """
    if moment.year < MIN_YEAR:
        raise InputError(f"The year {moment.year} is too long ago.")
    return moment


def in_words(moment: datetime) -> str:
    """Say a moment as people in London do: ``Mon 14 Apr 2025, 14:10``."""
    local = moment.astimezone(LONDON)
    return f"{day_in_words(local.date())}, {local:%H:%M}"


def day_in_words(day: date) -> str:
    """Say a day: ``Mon 14 Apr 2025``."""
    return f"{day:%a} {day.day} {day:%b %Y}"
