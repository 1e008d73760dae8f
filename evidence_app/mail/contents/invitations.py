"""Invitations to meetings and answers to them, as calendar parts of a mail (iTIP, RFC 5546; iCalendar, RFC 5545)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evidence_app.mail.text import clean_line
from evidence_app.mail.values import Detail, MailKind
from evidence_app.proof.encoding.times import day_in_words, in_words

MAX_CHARACTERS: Final = 1_000_000
MAX_PEOPLE: Final = 50
METHODS: Final = {
    "REQUEST": MailKind.MEETING_REQUEST,
    "ADD": MailKind.MEETING_REQUEST,
    "COUNTER": MailKind.MEETING_ANSWER,
    "REPLY": MailKind.MEETING_ANSWER,
    "CANCEL": MailKind.MEETING_CANCELLED,
    "DECLINECOUNTER": MailKind.MEETING_ANSWER,
    "REFRESH": MailKind.MEETING_REQUEST,
}
"""What a mail is, by the method of its calendar part (RFC 5546, section 1.4)."""
ANSWERS: Final = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "accepted provisionally",
    "DELEGATED": "passed on to somebody else",
    "NEEDS-ACTION": "not answered",
}
"""The state of somebody who is invited (RFC 5545, section 3.2.12)."""
CALLED: Final = frozenset({"VEVENT", "VTODO"})
"""Components that people are called to: meetings and tasks."""
WITH_METHOD: Final = {"COUNTER": "another time proposed", "DECLINECOUNTER": "the proposed time refused"}
"""Answers that the method itself gives."""
WINDOWS_ZONES: Final = {
    "gmt standard time": "Europe/London",
    "greenwich standard time": "Africa/Abidjan",
    "utc": "UTC",
    "w. europe standard time": "Europe/Berlin",
    "romance standard time": "Europe/Paris",
    "central europe standard time": "Europe/Budapest",
}
"""Names of time zones that Outlook writes, as the Unicode consortium's windowsZones gives them."""

_FOLD: Final = re.compile(r"\r?\n[ \t]")
_LINE: Final = re.compile(r"([A-Za-z0-9-]{1,60})((?:;(?:\"[^\"\n]*\"|[^\":\n])*)?):([^\n]*)")
_PARAMETER: Final = re.compile(r";([A-Za-z0-9-]{1,60})=(?:\"([^\"]*)\"|([^;\"]*))")
_STAMP: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?")
_ESCAPED: Final = re.compile(r"\\([nN,;:\\])")


@dataclass(frozen=True, slots=True)
class Invitation:
    """A calendar part: what the mail is by it, what an answer says, and when, where and with whom."""

    kind: MailKind
    answer: str = ""
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        return clean_line(_ESCAPED.sub(lambda match: " " if match[1] in "nN" else match[1], self.value), 400)

    @property
    def person(self) -> str:
        """Somebody as ``Name <address>``."""
        name, address = clean_line(self.parameters.get("CN", ""), 200), self.value.strip()
        address = address[7:] if address.lower().startswith("mailto:") else ""
        return f"{name} <{address}>" if name and address and name != address else address or name


def invitation_in(text: str, method: str = "") -> Invitation | None:
    """Return what a calendar part says, or None where it has no method that concerns a meeting. `method` is that of its media type."""
    lines = _FOLD.sub("", text[:MAX_CHARACTERS]).replace("\r\n", "\n")
    method, event = method.strip().upper(), list[_Property]()
    component: list[str] = []
    ended = False
    for each in _properties(lines):
        if each.name == "BEGIN":
            component.append(each.value.strip().upper())
        elif each.name == "END":
            del component[-1:]
            ended = ended or each.value.strip().upper() in CALLED
        elif each.name == "METHOD" and len(component) <= 1:
            method = each.value.strip().upper()
        elif not ended and component[-1:] and component[-1] in CALLED:
            event.append(each)
    kind = METHODS.get(method)
    if kind is None or not event:
        return None
    people = [each for each in event if each.name == "ATTENDEE"][:MAX_PEOPLE]
    answer = ""
    if kind is MailKind.MEETING_ANSWER:
        states = {each.parameters.get("PARTSTAT", "").upper() for each in people}
        answer = WITH_METHOD.get(method) or (ANSWERS.get(states.pop(), "") if len(states) == 1 else "")
    return Invitation(kind, answer, tuple((label, text) for label, text in _details(event, people) if text))


def _properties(text: str) -> Iterator[_Property]:
    for line in text.split("\n"):
        match = _LINE.fullmatch(line.strip())
        if match:
            given = {name.upper(): quoted or bare for name, quoted, bare in _PARAMETER.findall(match[2])}
            yield _Property(match[1].upper(), given, match[3])


def _details(event: list[_Property], people: list[_Property]) -> Iterator[Detail]:
    first = {each.name: each for each in reversed(event)}
    yield "Meeting", first["SUMMARY"].text if "SUMMARY" in first else ""
    yield "Begins", _when(first.get("DTSTART"))
    begins = first["DTSTART"].value.strip() if "DTSTART" in first else ""
    yield "Ends", _when(first.get("DTEND"), ends=True, begins=begins)
    yield "Where", first["LOCATION"].text if "LOCATION" in first else ""
    yield "Called by", clean_line(first["ORGANIZER"].person, 400) if "ORGANIZER" in first else ""
    said = (
        f"{each.person} ({ANSWERS[state]})"
        if (state := each.parameters.get("PARTSTAT", "").upper()) in ANSWERS
        else each.person
        for each in people
    )
    yield "People", clean_line("; ".join(each for each in said if each), 480)
    yield "Repeated", first["RRULE"].text if "RRULE" in first else ""
    yield "Status", first["STATUS"].text.lower() if "STATUS" in first else ""


def _when(each: _Property | None, *, ends: bool = False, begins: str = "") -> str:
    """Return when something is, in London time; as written where the zone is not known. Of an end, `begins` is the value of the beginning."""
    match = _STAMP.fullmatch(each.value.strip()) if each is not None else None
    if each is None or match is None:
        return each.text if each is not None else ""
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None:
            # The end of whole days is the day after the last (RFC 5545, section 3.6.1).
            return day_in_words(day - timedelta(days=1) if ends and each.value.strip() != begins else day)
        at = datetime(day.year, day.month, day.day, int(match[4]), int(match[5]), min(59, int(match[6])), tzinfo=UTC)
        if match[7]:
            return in_words(at)
        name = each.parameters.get("TZID", "")
        zone = ZoneInfo(WINDOWS_ZONES.get(name.strip().lower(), name.strip() or "Europe/London"))
        said = in_words(at.replace(tzinfo=zone).astimezone(UTC))
        return said if name.strip() else f"{said} (no time zone named)"
    except (ZoneInfoNotFoundError, ValueError, OverflowError, OSError):
        return f"{each.value.strip()} {clean_line(each.parameters.get('TZID', ''), 60)}".strip()
