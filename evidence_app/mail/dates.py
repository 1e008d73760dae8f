"""When a mail was sent: the Date header (RFC 5322, section 3.3), and what a server noted where that does not say it exactly."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
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
AHEAD: Final = (
    "Its date lies after the time at which a mail server had it already: the time is that of the first server, about."
)
DATE_REMARKS: Final = frozenset({NO_ZONE, FROM_SERVER, AHEAD})
LONG_AGO: Final = "Its date lies before 1990: the clock of the computer that wrote it may have been wrong."
FAR_AHEAD: Final = "Its date lies after 2100: the clock of the computer that wrote it was wrong."
LAST_YEAR: Final = 2100
MAX_AHEAD: Final = timedelta(days=2)
"""How far a clock may be ahead of a mail server's, with all there is of time zones."""
FIRST_YEAR: Final = 1990
"""Mail with an earlier date has a clock that was never set."""

_ZONE_COMMENT: Final = re.compile(r"\([^()]*\)")
_UTC_UNSAID: Final = re.compile(r"-0000\s*$")
_ZONE_NAME: Final = re.compile(r"\s([A-Za-z]{2,5})\s*$")
_OFFSET: Final = re.compile(r"([+-]\d{2}):(\d{2})(?=\s*(?:\(|$))(?<=\s.{6})")
_NAMED_OFFSET: Final = re.compile(r"\s(?:GMT|UTC)\s*([+-]\d{2}:?\d{2})\b", re.IGNORECASE)
_HALF_DAY: Final = re.compile(r"\b(1[0-2]|0?[1-9])(:\d{2}(?::\d{2})?)\s*([AaPp])\.?[Mm]\.?(?=\s|$)")
_LEAP_SECOND: Final = re.compile(r"(\d{2}:\d{2}):60\b")
KNOWN_ZONES: Final = frozenset({"UT", "GMT", "UTC", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"})
"""Names of zones that mean one (RFC 5322, section 4.3)."""


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
    return _in_utc(parsed, UTC)


def _in_utc(parsed: datetime, otherwise: tzinfo) -> datetime | None:
    """Return a time in UTC, of one without a zone that of another; None at the ends of the calendar."""
    try:
        aware = parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=otherwise)
        return aware.astimezone(UTC).replace(microsecond=0)
    except (OverflowError, ValueError):
        return None


def sending_time(date: str, received: Sequence[str]) -> SendingTime:
    """Return when a mail was sent, by its Date header, or by the Received headers where that says it badly or not at all.

    A date without a zone, or with one of an uncertain name, is about the London time that it writes.
    """
    at, noted = moment(date), _first_noted(received)
    if at is not None and noted is not None and at - noted > MAX_AHEAD:
        return SendingTime(about=noted, remarks=(AHEAD,))
    if at is not None:
        remarks = (LONG_AGO,) if at.year < FIRST_YEAR else (FAR_AHEAD,) if at.year > LAST_YEAR else ()
        return SendingTime(at, remarks=remarks)
    parsed = _parsed(date)
    if parsed is None:
        return SendingTime(about=noted, remarks=(FROM_SERVER,) if noted else ())
    written = _in_utc(parsed.replace(tzinfo=None), LONDON)
    if written is None:
        return SendingTime(about=noted, remarks=(FROM_SERVER,) if noted else ())
    # Another zone moves the time by 14 hours at most: what a server noted then is the better one.
    if noted is not None and abs(noted - written) <= timedelta(hours=26):
        return SendingTime(about=noted, remarks=(FROM_SERVER,))
    return SendingTime(about=written, remarks=(NO_ZONE, *((LONG_AGO,) if written.year < FIRST_YEAR else ())))


def _first_noted(received: Sequence[str]) -> datetime | None:
    """Return the time that the first server noted (RFC 5321, section 4.4): each puts its own header above the others."""
    for raw in reversed(received):
        at = moment(_ZONE_COMMENT.sub(" ", repaired(raw[-300:])).rpartition(";")[2])
        if at is not None:
            return at
    return None


def _parsed(raw: str) -> datetime | None:
    text = _as_standard(repaired(raw)[:200])
    # RFC 8098's example writes the zone as a comment before the offset, ``(EDT) -0400``: try again without comments, and
    # without a zone's name that may mean several.
    bare = _ZONE_COMMENT.sub(" ", text)
    named = _ZONE_NAME.search(bare)
    if named and named[1].upper() not in KNOWN_ZONES:
        bare = text = _ZONE_NAME.sub("", bare)
    for candidate in (text, bare):
        try:
            return parsedate_to_datetime(" ".join(candidate.split()))
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    # Some converters write the form of ISO 8601.
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _as_standard(text: str) -> str:
    """Return a date as RFC 5322 spells it, where a program wrote an offset with a colon, a half of the day, or a leap second."""
    text = _OFFSET.sub(r"\1\2", _NAMED_OFFSET.sub(r" \1", text))
    half = _HALF_DAY.search(text)
    if half:
        hour = int(half[1]) % 12 + (12 if half[3].upper() == "P" else 0)
        text = f"{text[: half.start()]}{hour:02}{half[2]}{text[half.end() :]}"
    return _LEAP_SECOND.sub(r"\1:59", text)
