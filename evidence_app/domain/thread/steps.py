"""Steps of a thread diagram: the words, shape and limit that are shown for each record."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from evidence_app.domain.phrases import Phrase, counted_phrase, phrase, together
from evidence_app.domain.record.correspondence import form_of
from evidence_app.domain.record.lists.people_lists import LEVELS
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.thread import mail_forms, receipt_grades
from evidence_app.domain.thread.late_matches import LateMatch
from evidence_app.domain.time.times import typed_day
from evidence_app.proof.encoding.json import Json

NO_ANSWER: Final = "no answer by the date"
"""Effect of a response record which says that no answer came."""
NO_SUBSTANCE: Final = "no substantive answer"
"""Effect of a response record: an answer without substance."""
EFFECTS_DONE: Final = MappingProxyType(
    {
        "agrees": "agreed",
        "declines": "declined",
        "instructs again": "instructed again",
        "defers": "deferred",
        "delegates": "delegated",
        NO_SUBSTANCE: "answered without substance",
        NO_ANSWER: "not answered",
    }
)
"""What an answer did, in the past."""
MAX_NAMED: Final = 3
"""People who are named in a step; of more it is said how many."""
NONE_RECEIVED: Final = "none received"
"""Type of a mail-receipt record which says that no receipt came."""


class Shape(Enum):
    """The symbol drawn alongside a step, with its words: shapes differ in form and not only in colour."""

    SEALED = phrase("sealed by me")
    DRAFT = phrase("drafted")
    OUT = phrase("sent")
    IN = phrase("received")
    ARRIVED = phrase("receipt or report")
    OPENED = phrase("opened according to the receipt")
    SILENCE = phrase("silence")
    UP = phrase("taken to the next level")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a thread diagram. `limit` is a sentence on what the record does not show, in small print."""

    record: SealedRecord
    shape: Shape
    words: str
    detail: str = ""
    limit: str = ""

    @property
    def at(self) -> datetime:
        """The start of the event, in UTC."""
        return self.record.event[0]

    @property
    def when(self) -> str:
        """The time of the event in words, as exactly as it is known."""
        return self.record.event_in_words()


def person_in(value: Json) -> str:
    """Format a person field: name and role, or an empty string."""
    if not isinstance(value, dict):
        return ""
    return ", ".join(str(value[part]) for part in ("person", "role") if value.get(part))


def step_of(record: SealedRecord, late: LateMatch | None = None) -> Step:
    """Return the step of a record, by its kind. `late` is the message that it names, where that came in after it."""
    step = STEPS.get(record.kind.name, _sealed)(record)
    if late is None:
        return step
    if step.shape is Shape.IN and record.kind.name == "message" and not form_of(record):
        # It answers the message that came in after it.
        step = replace(step, words=_came_from(record, is_reply=True))
    limit = "" if step.limit == receipt_grades.MATCH_SENTENCES[""] else step.limit
    if record.kind.name == "mail-receipt":
        limit = phrase(_grade_of(record).limit)
    return replace(step, limit=together([limit, phrase("{sentence}.", sentence=late.in_words())]))


def _sealed(record: SealedRecord) -> Step:
    about = person_in(record.fields.get("raised_with") or record.fields.get("given_by") or record.fields.get("from"))
    label = phrase(record.kind.label)
    words = phrase("{kind}: {whom}", kind=label, whom=about) if about else label
    return Step(record, Shape.SEALED, words, record.headline(200))


def _case_outcome(record: SealedRecord) -> Step:
    became = str(record.fields["became"]) if "became" in record.fields else ""
    words = (
        phrase("{case}: {became}", case=record.case_ref, became=phrase(became)) if record.case_ref else phrase(became)
    )
    return Step(record, Shape.SEALED, words, str(record.fields.get("why", "")))


def _concern(record: SealedRecord) -> Step:
    repeated = any(how == "repeats" for _, how in record.links)
    whom = person_in(record.fields.get("raised_with"))
    if whom:
        words = phrase("Concern raised again with {whom}" if repeated else "Concern raised with {whom}", whom=whom)
    else:
        words = phrase("Concern raised again" if repeated else "Concern raised")
    return Step(record, Shape.SEALED, _with_due(words, record, "reply_by"), record.headline(200))


def _with_due(words: Phrase, record: SealedRecord, name: str) -> Phrase:
    """Return some words, and by when a record asked for a reply where it did."""
    due = record.fields.get(name)
    return phrase("{words}; a reply asked for by {day}", words=words, day=typed_day(str(due))) if due else words


def _drafted(record: SealedRecord) -> Step:
    to = _people(record.fields.get("to"))
    words = phrase("E-mail drafted to {whom}", whom=to) if to else phrase("E-mail drafted")
    subject = str(record.fields.get("subject", ""))
    limit = phrase(receipt_grades.DRAFT_CAVEAT)
    return Step(record, Shape.DRAFT, _with_due(words, record, "reply_by"), subject, limit)


def _people(value: Json) -> str:
    names = (
        [str(each).partition("<")[0].strip().strip("'\"") or str(each) for each in value]
        if isinstance(value, list)
        else []
    )
    some = ", ".join(names[:MAX_NAMED])
    left = len(names) - MAX_NAMED
    return phrase("{names} and {count} more", names=some, count=left) if left > 0 else some


def _message(record: SealedRecord) -> Step:
    fields = record.fields
    subject = str(fields.get("subject", ""))
    form = form_of(record)
    if form:
        who = _people([fields["from"]]) if fields.get("from") else ""
        words = mail_forms.in_words(form, who, str(fields.get("responded", "")))
        limit = mail_forms.FORM_WORDS[form].limit
        return Step(record, SHAPES[form], words, " · ".join(_said_by_item(record)), phrase(limit) if limit else "")
    if fields.get("direction") == "sent":
        return Step(record, Shape.OUT, _sent(record), subject, phrase(receipt_grades.SENT_COPY_CAVEAT))
    if fields.get("automatic"):
        words = phrase("Automatic reply from {whom}", whom=_sender(record))
        return Step(record, Shape.ARRIVED, words, subject, phrase(receipt_grades.AUTOMATIC_CAVEAT))
    answers = any(how == "answers" for _, how in record.links)
    match = str(fields.get("match", ""))
    limit = phrase(receipt_grades.MATCH_SENTENCES[match]) if answers and match else ""
    return Step(record, Shape.IN, _came_from(record, is_reply=answers), subject, limit)


def _sent(record: SealedRecord) -> Phrase:
    to = _people(record.fields.get("to"))
    words = phrase("Sent to {whom}: the sent copy is held", whom=to) if to else phrase("Sent: the sent copy is held")
    requested = record.fields.get("receipt_requested")
    if requested == "read":
        words = phrase("{words}; a read receipt asked for", words=words)
    elif requested == "both":
        words = phrase("{words}; read and delivery receipts asked for", words=words)
    return _with_due(words, record, "reply_by")


def _sender(record: SealedRecord) -> str:
    sender = record.fields.get("from")
    return _people([sender]) if sender else phrase("somebody")


def _came_from(record: SealedRecord, *, is_reply: bool) -> Phrase:
    words = phrase("Reply from {whom}" if is_reply else "Message from {whom}", whom=_sender(record))
    if record.fields.get("quoted_heads"):
        return phrase("{words}. {more}", words=words, more=phrase(receipt_grades.QUOTED_HEAD_WORDS))
    return words


SHAPES: Final = MappingProxyType(
    dict.fromkeys(mail_forms.FORM_WORDS, Shape.ARRIVED) | {"draft file": Shape.DRAFT, "another copy": Shape.SEALED}
)
"""The shapes of mails that are no ordinary ones. None looks like an answer."""
SHOWN_DETAILS: Final = ("Begins", "Ends", "Where", "Due", "Status")
"""Details of an item that its step shows."""


def _said_by_item(record: SealedRecord) -> list[str]:
    """Return the subject of an item, and when and where it is."""
    rows = record.fields.get("details")
    found = (
        {str(row.get("what")): str(row.get("text")) for row in rows if isinstance(row, dict)}
        if isinstance(rows, list)
        else {}
    )
    said = [f"{name.lower()} {found[name]}" for name in SHOWN_DETAILS if name in found]
    return [each for each in (str(record.fields.get("subject", "")), *said) if each]


def _grade_of(record: SealedRecord) -> receipt_grades.Grade:
    state = str(record.fields.get("type", "not stated"))
    return receipt_grades.GRADES.get(state, receipt_grades.GRADES["not stated"])


def _mail_receipt(record: SealedRecord) -> Step:
    fields, grade = record.fields, _grade_of(record)
    whom = str(fields.get("final_recipient", ""))
    words, limit = phrase(grade.words), phrase(grade.limit)
    if fields.get("type") == NONE_RECEIVED:
        words = phrase("{words} from {whom}", words=words, whom=whom) if whom else words
        return Step(record, Shape.SILENCE, words, "", limit)
    if whom:
        words = phrase("{words}: {whom}", words=words, whom=whom)
    match = phrase(receipt_grades.MATCH_SENTENCES[str(fields.get("match", ""))])
    shape = Shape.OPENED if grade.opened else Shape.ARRIVED
    return Step(record, shape, _each_recipient(fields.get("recipients")) or words, "", together([limit, match]))


def _each_recipient(rows: Json) -> Phrase | None:
    """Format a delivery report recipient by recipient, or return None if all have the same state."""
    listed = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if len({str(row.get("type")) for row in listed}) < 2:
        return None
    states = [each_state(str(row.get("recipient") or phrase("somebody")), str(row.get("type", ""))) for row in listed]
    return together(states, "; ")


def each_state(recipient: str, state: str) -> Phrase:
    """Format the state that a delivery report gives one recipient."""
    return phrase(DELIVERY_WORDS.get(state, NOTHING_STATED), whom=recipient)


NOTHING_STATED: Final = "nothing stated of {whom}"
DELIVERY_WORDS: Final = MappingProxyType(
    {
        "failed": "not delivered to {whom}",
        "delivered": "delivered to {whom}",
        "delayed": "delayed to {whom}",
        "relayed": "passed on for {whom}",
        "expanded": "passed to the list {whom}",
    }
)
"""What a delivery report says of one recipient, by the state that it gives."""


def _response(record: SealedRecord) -> Step:
    fields = record.fields
    effect = str(fields.get("effect", ""))
    if effect == NO_ANSWER:
        words = _after(phrase("No answer by the date asked for"), record)
        return Step(record, Shape.SILENCE, words, str(fields.get("content", "")))
    whom = person_in(fields.get("from"))
    words = _after(phrase("Answer from {whom}", whom=whom) if whom else phrase("Answer"), record)
    # What it amounts to is sealed in the words of the vocabulary.
    words = phrase("{words}: {effect}", words=words, effect=phrase(effect)) if effect else words
    return Step(record, Shape.IN, words, str(fields.get("content", ""))[:300])


def _after(words: Phrase, record: SealedRecord) -> Phrase:
    waited = record.fields.get("working_days")
    if not isinstance(waited, int):
        return words
    days = counted_phrase(waited, "{count} working day", "{count} working days")
    return phrase("{words} after {days}", words=words, days=days)


def _escalation(record: SealedRecord) -> Step:
    to = str(record.fields.get("to_level", "")) or person_in(record.fields.get("raised_with"))
    words = phrase("Taken to the next level: {whom}", whom=to) if to else phrase("Taken to the next level")
    return Step(record, Shape.UP, _with_due(words, record, "due"), record.headline(200))


STEPS: Final[MappingProxyType[str, Callable[[SealedRecord], Step]]] = MappingProxyType(
    {
        "case-outcome": _case_outcome,
        "concern": _concern,
        "drafted-mail": _drafted,
        "message": _message,
        "mail-receipt": _mail_receipt,
        "response": _response,
        "escalation": _escalation,
    }
)
"""The function that makes the step of each kind; all other kinds use `_sealed`."""


def level_of(record: SealedRecord) -> str:
    """Return the level with which a record was raised, or an empty string."""
    from evidence_app.domain.people.recipients import ROLE_LEVELS

    to_level = str(record.fields.get("to_level", ""))
    if to_level:
        return to_level
    person = record.fields.get("raised_with") or record.fields.get("given_by")
    role = str(person.get("role", "")) if isinstance(person, dict) else ""
    return role if role in LEVELS.texts else ROLE_LEVELS.get(role, "")
