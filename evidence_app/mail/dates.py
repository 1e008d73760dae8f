"""When a mail was sent: the Date header (RFC 5322, section 3.3), and what a server noted where that does not say it exactly."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from zoneinfo import ZoneInfo

from evidence_app.mail.headers import repaired

LONDON: Final = ZoneInfo("Europe/London")
NO_ZONE: Final = "Its date names no time zone that is known: the time is about."
"""The remark on a date without a zone, or with one whose name may mean several."""
FROM_SERVER: Final = (
    "Its date does not say when it was sent: the time is that of the first mail server that noted one, about."
)
DATE_REMARKS: Final = frozenset({NO_ZONE, FROM_SERVER})
LONG_AGO: Final = "Its date lies before 1990: the clock of the computer that wrote it may have been wrong."
FIRST_YEAR: Final = 1990
"""Mail with an earlier date has a clock that was never set."""

_ZONE_COMMENT: Final = re.compile(r"\([^()]*\)")
_UTC_UNSAID: Final = re.compile(r"-0000\s*$")
_ZONE_NAME: Final = re.compile(r"\s[A-Za-z]{2,5}\s*$")


@dataclass(frozen=True, slots=True)
class SendingTime:
    """When a mail was sent, in UTC: exactly, or about, or neither; and what has to be said of it."""

    at: datetime | None = None
    about: datetime | None = None
    remarks: tuple[str, ...] = ()


def moment(raw: str) -> datetime | None:
    """Parse a date to UTC in whole seconds; None where it is invalid or has no time zone. ``-0000`` is UTC (RFC 5322, section 3.3)."""
    parsed = _parsed(raw)
    if parsed is None or (
        parsed.tzinfo is None and not _UTC_UNSAID.search(_ZONE_COMMENT.sub(" ", repaired(raw)[:200]))
    ):
        return None
    return (parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)).replace(microsecond=0)


def sending_time(date: str, received: Sequence[str]) -> SendingTime:
    """Return when a mail was sent, by its Date header, or by the Received headers where that says it badly or not at all.

    A date without a zone, or with one of an uncertain name, is about the London time that it writes.
    """
    at = moment(date)
    if at is not None:
        return SendingTime(at, remarks=(LONG_AGO,) if at.year < FIRST_YEAR else ())
    noted = _first_noted(received)
    parsed = _parsed(date)
    if parsed is None:
        return SendingTime(about=noted, remarks=(FROM_SERVER,) if noted else ())
    written = parsed.replace(tzinfo=LONDON).astimezone(UTC).replace(microsecond=0)
    # Another zone moves the time by 14 hours at most: what a server noted then is the better one.
    if noted is not None and abs(noted - written) <= timedelta(hours=26):
        return SendingTime(about=noted, remarks=(FROM_SERVER,))
    return SendingTime(about=written, remarks=(NO_ZONE, *((LONG_AGO,) if written.year < FIRST_YEAR else ())))


def _first_noted(received: Sequence[str]) -> datetime | None:
    """Return the time that the first server noted (RFC 5321, section 4.4): each puts its own header above the others."""
    for raw in reversed(received):
        at = moment(repaired(raw[-300:]).rpartition(";")[2])
        if at is not None:
            return at
    return None


def _parsed(raw: str) -> datetime | None:
    text = repaired(raw)[:200]
    # RFC 8098's example writes the zone as a comment before the offset, ``(EDT) -0400``: try again without comments, and
    # without a zone's name that the library does not know.
    for candidate in (text, _ZONE_COMMENT.sub(" ", text), _ZONE_NAME.sub("", _ZONE_COMMENT.sub(" ", text))):
        try:
            return parsedate_to_datetime(" ".join(candidate.split()))
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    # Some converters write the form of ISO 8601.
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
