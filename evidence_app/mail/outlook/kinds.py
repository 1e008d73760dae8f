"""What an Outlook item is, by its message class, and what it says beside its words ([MS-OXOCAL], [MS-OXOTASK], [MS-OXOCNTC], [MS-OXONOTE], [MS-OXOPOST])."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from evidence_app.domain.time.times import london_day
from evidence_app.mail.outlook.people import (
    HIDDEN_COPY,
    MapiRecipient,
    is_directory_path,
    sent_by,
    without_paths,
)
from evidence_app.mail.outlook.properties import (
    APPOINTMENT_END,
    APPOINTMENT_START,
    APPOINTMENT_STATE,
    ATTENDEES,
    BUSINESS_TELEPHONE,
    COMMON_END,
    COMMON_START,
    COMPANY_NAME,
    CONTACT_ADDRESSES,
    CONTACT_SHOWN,
    DISPLAY_NAME,
    END_DATE,
    HOME_TELEPHONE,
    JOB_TITLE,
    LAST_CHANGED,
    LOCATION,
    MOBILE_TELEPHONE,
    RECURRENCE,
    RECURRING,
    RESPONSE,
    START_DATE,
    TASK_DONE_ON,
    TASK_DUE,
    TASK_OWNER,
    TASK_START,
    TASK_STATUS,
    WHERE,
    WHOLE_DAY,
    Properties,
    moment_in,
    number_in,
    text_in,
)
from evidence_app.mail.outlook.reports import class_of
from evidence_app.mail.text import clean_line
from evidence_app.mail.values import Detail, MailKind
from evidence_app.proof.encoding.times import LONDON, day_in_words, in_words

ACCEPTED, DECLINED, TENTATIVE = "accepted", "declined", "accepted provisionally"
"""Answers to an invitation."""
CLASSES: Final[tuple[tuple[str, MailKind], ...]] = (
    ("ipm.appointment", MailKind.APPOINTMENT),
    ("ipm.schedule.meeting.request", MailKind.MEETING_REQUEST),
    ("ipm.schedule.meeting.resp", MailKind.MEETING_ANSWER),
    ("ipm.schedule.meeting.canceled", MailKind.MEETING_CANCELLED),
    ("ipm.schedule.meeting.notification", MailKind.OTHER_ITEM),
    ("ipm.contact", MailKind.CONTACT),
    ("ipm.distlist", MailKind.CONTACT),
    ("ipm.task", MailKind.TASK),
    ("ipm.stickynote", MailKind.NOTE),
    ("ipm.post", MailKind.POST),
    ("ipm.activity", MailKind.JOURNAL_ENTRY),
    # An occurrence of a series that differs from it ([MS-OXOCAL] 2.2.10.1).
    ("ipm.ole.class", MailKind.APPOINTMENT),
    ("ipm.document", MailKind.OTHER_ITEM),
    ("ipm.configuration", MailKind.OTHER_ITEM),
    ("ipm.microsoft", MailKind.OTHER_ITEM),
    ("ipm.ruleorganizer", MailKind.OTHER_ITEM),
    ("ipm.abchperson", MailKind.CONTACT),
)
"""Kinds of items by the beginnings of their message classes, in lower case; any other class is a mail."""
SENT_TASKS: Final = "ipm.taskrequest"
"""Tasks that somebody sends to somebody ([MS-OXOTASK] 2.2.3): they have a time of sending."""
ANSWERS: Final = {"pos": ACCEPTED, "neg": DECLINED, "tent": TENTATIVE}
"""Answers by the ending of the class of an answer to an invitation ([MS-OXOCAL] 2.2.7 to 2.2.9)."""
RESPONSES: Final = {
    1: "called by whoever keeps this calendar",
    2: TENTATIVE,
    3: ACCEPTED,
    4: DECLINED,
    5: "not answered",
}
"""PidLidResponseStatus ([MS-OXOCAL] 2.2.1.11)."""
TASK_STATES: Final = {0: "not begun", 1: "in progress", 2: "done", 3: "waiting for somebody else", 4: "put off"}
"""PidLidTaskStatus ([MS-OXOTASK] 2.2.2.2.2)."""
CANCELLED: Final = 0x4
"""The bit asfCanceled of PidLidAppointmentStateFlags ([MS-OXOCAL] 2.2.1.10)."""
CALENDAR: Final = frozenset(
    {MailKind.APPOINTMENT, MailKind.MEETING_REQUEST, MailKind.MEETING_ANSWER, MailKind.MEETING_CANCELLED}
)
MAX_TEXT: Final = 480
"""The most characters of a detail."""


def kind_of(properties: Properties) -> MailKind:
    """Return what an item is, by its message class."""
    name = class_of(properties)
    return next((kind for beginning, kind in CLASSES if _begins(name, beginning)), MailKind.MESSAGE)


def _begins(name: str, beginning: str) -> bool:
    # IPM.TaskRequest and IPM.Contact.Custom belong here too; IPM.Postmark is no post.
    return name == beginning or name.startswith((f"{beginning}.", f"{beginning}request"))


def is_sent_task(properties: Properties) -> bool:
    """Whether an item is a task that was sent to somebody, or the answer to one."""
    return class_of(properties).startswith(SENT_TASKS)


def answer_in(properties: Properties) -> str:
    """Return whether an item accepts or declines an invitation, or ""."""
    name = class_of(properties)
    return ANSWERS.get(name.rpartition(".")[2], "") if name.startswith("ipm.schedule.meeting.resp") else ""


def details_of(properties: Properties, recipients: Sequence[MapiRecipient], kind: MailKind) -> tuple[Detail, ...]:
    """Return what an item says beside its words, as labels and texts."""
    found: Iterator[Detail]
    if kind in CALENDAR:
        found = _of_calendar(properties, recipients, kind)
    elif kind is MailKind.TASK:
        found = _of_task(properties)
    elif kind is MailKind.CONTACT:
        found = _of_contact(properties)
    else:
        found = iter([("Sent by", sent_by(properties))])
    if kind not in {MailKind.MESSAGE, MailKind.MEETING_REQUEST, MailKind.MEETING_ANSWER, MailKind.MEETING_CANCELLED}:
        found = iter([*found, ("Last changed", _when(moment_in(properties, LAST_CHANGED)))])
    return tuple((label, clean_line(text, MAX_TEXT)) for label, text in found if text.strip())


def _when(at: datetime | None) -> str:
    return in_words(at) if at is not None else ""


def _of_calendar(properties: Properties, recipients: Sequence[MapiRecipient], kind: MailKind) -> Iterator[Detail]:
    start = moment_in(properties, APPOINTMENT_START, START_DATE, COMMON_START)
    end = moment_in(properties, APPOINTMENT_END, END_DATE, COMMON_END)
    yield from span_details(start, end, whole_day=bool(number_in(properties, WHOLE_DAY)))
    yield "Where", text_in(properties, LOCATION, WHERE)
    # In an item of a calendar a recipient of the third sort is a room or a thing ([MS-OXOCAL] 2.2.4.10.1).
    people = [each.words for each in recipients if each.words and each.sort != HIDDEN_COPY]
    things = [each.words for each in recipients if each.words and each.sort == HIDDEN_COPY]
    yield "People", _as_many_as_fit(people) or without_paths(text_in(properties, ATTENDEES))
    yield "Rooms and things", _as_many_as_fit(things)
    yield "Sent by", sent_by(properties)
    if number_in(properties, RECURRING):
        yield "Repeated", text_in({RECURRENCE: properties.get(RECURRENCE, "")}, RECURRENCE) or "yes"
    state = number_in(properties, APPOINTMENT_STATE) or 0
    # Of a request it says what the calendar was that the item came from, not what became of the meeting.
    response = number_in(properties, RESPONSE) or 0 if kind is MailKind.APPOINTMENT else 0
    yield "Status", "cancelled" if state & CANCELLED else RESPONSES.get(response, "")


def _as_many_as_fit(people: Sequence[str]) -> str:
    """Return people as one text, as many of them as fit whole, and how many more there are."""
    text = ""
    for number, person in enumerate(people):
        longer = f"{text}; {person}" if text else person
        if len(longer) > MAX_TEXT - 20:
            return f"{text} and {len(people) - number:,} more"
        text = longer
    return text


def span_details(start: datetime | None, end: datetime | None, *, whole_day: bool) -> Iterator[Detail]:
    """Yield when something begins and ends, in London time; of whole days the last day, not the midnight after it."""
    if whole_day and start is not None:
        first, last = whole_days(start, end)
        yield "Begins", f"{day_in_words(first)}, the whole day"
        yield "Ends", day_in_words(last) if last > first else ""
        return
    yield "Begins", _when(start)
    yield "Ends", _when(end)


def whole_days(start: datetime, end: datetime | None) -> tuple[date, date]:
    """Return the first and the last day of whole days. They begin at midnight where they were made: where that is no London midnight, at the
    nearest one, which is right for every zone up to twelve hours away.
    """
    first = london_day(start + timedelta(hours=12)) if london_midnight(start) is None else london_day(start)
    if end is None or end <= start:
        return first, first
    # By days, and not by hours: a day of the clock change has 23 or 25.
    count = max(1, round((end - start) / timedelta(days=1)))
    return first, first + timedelta(days=count - 1)


def london_midnight(at: datetime) -> date | None:
    """Return the London day that begins at a moment, or None where none does."""
    local = at.astimezone(LONDON)
    return local.date() if (local.hour, local.minute) == (0, 0) else None


def _of_task(properties: Properties) -> Iterator[Detail]:
    for label, number in (("Begins", TASK_START), ("Due", TASK_DUE), ("Done on", TASK_DONE_ON)):
        at = moment_in(properties, number)
        # Days of a task are midnights without a zone ([MS-OXOTASK] 2.2.2.2.4).
        yield label, day_in_words(at.date()) if at is not None else ""
    yield "Whose", without_paths(text_in(properties, TASK_OWNER))
    state = number_in(properties, TASK_STATUS)
    yield "Status", TASK_STATES.get(state, "") if state is not None else ""


def _of_contact(properties: Properties) -> Iterator[Detail]:
    yield "Name", text_in(properties, DISPLAY_NAME)
    yield "Organisation", text_in(properties, COMPANY_NAME)
    yield "Position", text_in(properties, JOB_TITLE)
    for number, shown in zip(CONTACT_ADDRESSES, CONTACT_SHOWN, strict=True):
        address = text_in(properties, number)
        yield "E-mail address", without_paths(text_in(properties, shown)) if is_directory_path(address) else address
    yield "Telephone at work", text_in(properties, BUSINESS_TELEPHONE)
    yield "Mobile telephone", text_in(properties, MOBILE_TELEPHONE)
    yield "Telephone at home", text_in(properties, HOME_TELEPHONE)
