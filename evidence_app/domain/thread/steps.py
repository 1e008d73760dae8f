"""Steps of a thread diagram: the words, shape and limit that are shown for each record."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from evidence_app.domain.record.correspondence import form_of
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.vocabularies import LEVELS
from evidence_app.domain.text.counted import counted
from evidence_app.domain.thread import mail_forms, receipt_grades
from evidence_app.domain.thread.late_matches import LateMatch
from evidence_app.domain.time.times import typed_day
from evidence_app.proof.encoding.json import Json
from evidence_app.proof.encoding.times import day_in_words

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
NONE_RECEIVED: Final = "none received"
"""Type of a mail-receipt record which says that no receipt came."""


class Shape(Enum):
    """The symbol drawn alongside a step, with its words: shapes differ in form and not only in colour."""

    SEALED = "sealed by me"
    DRAFT = "drafted"
    OUT = "sent"
    IN = "received"
    ARRIVED = "receipt or report"
    OPENED = "opened according to the receipt"
    SILENCE = "silence"
    UP = "taken to the next level"


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
    if step.shape is Shape.IN and step.words.startswith("Message from"):
        step = replace(step, words=step.words.replace("Message from", "Reply from", 1))
    unmatched = receipt_grades.MATCH_WORDS[""].capitalize() + "."
    return replace(step, limit=f"{step.limit.removesuffix(unmatched).rstrip()} {late.in_words()}.".strip())


def _sealed(record: SealedRecord) -> Step:
    about = person_in(record.fields.get("raised_with") or record.fields.get("given_by") or record.fields.get("from"))
    words = f"{record.kind.label}{f': {about}' if about else ''}"
    return Step(record, Shape.SEALED, words, record.headline(200))


def _concern(record: SealedRecord) -> Step:
    repeated = any(how == "repeats" for _, how in record.links)
    whom = person_in(record.fields.get("raised_with"))
    words = f"Concern {'raised again' if repeated else 'raised'}{f' with {whom}' if whom else ''}"
    return Step(record, Shape.SEALED, words + _asked_by(record, "reply_by"), record.headline(200))


def _asked_by(record: SealedRecord, name: str) -> str:
    due = record.fields.get(name)
    return f"; a reply asked for by {day_in_words(typed_day(str(due)))}" if due else ""


def _drafted(record: SealedRecord) -> Step:
    to = _people(record.fields.get("to"))
    words = f"E-mail drafted{f' to {to}' if to else ''}" + _asked_by(record, "reply_by")
    return Step(record, Shape.DRAFT, words, str(record.fields.get("subject", "")), receipt_grades.DRAFT_CAVEAT)


def _people(value: Json) -> str:
    names = (
        [str(each).partition("<")[0].strip().strip("'\"") or str(each) for each in value]
        if isinstance(value, list)
        else []
    )
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _message(record: SealedRecord) -> Step:
    fields = record.fields
    subject = str(fields.get("subject", ""))
    form = form_of(record)
    if form:
        who = _people([fields["from"]]) if fields.get("from") else ""
        words = mail_forms.in_words(form, who, str(fields.get("responded", "")))
        return Step(record, SHAPES[form], words, " · ".join(_said_by_item(record)), mail_forms.FORM_WORDS[form].limit)
    if fields.get("direction") == "sent":
        asked = fields.get("receipt_requested")
        more = {"read": "; a read receipt asked for", "both": "; read and delivery receipts asked for"}.get(
            str(asked), ""
        )
        to = _people(fields.get("to"))
        words = f"Sent{f' to {to}' if to else ''}: the sent copy is held{more}" + _asked_by(record, "reply_by")
        return Step(record, Shape.OUT, words, subject, receipt_grades.SENT_COPY_CAVEAT)
    sender = _people([fields["from"]]) if fields.get("from") else "somebody"
    if fields.get("automatic"):
        return Step(record, Shape.ARRIVED, f"Automatic reply from {sender}", subject, receipt_grades.AUTOMATIC_CAVEAT)
    answers = any(how == "answers" for _, how in record.links)
    words = f"{'Reply' if answers else 'Message'} from {sender}"
    if fields.get("quoted_heads"):
        words += f". {receipt_grades.QUOTED_HEAD_WORDS}"
    match = str(fields.get("match", ""))
    limit = receipt_grades.MATCH_WORDS[match].capitalize() + "." if answers and match else ""
    return Step(record, Shape.IN, words, subject, limit)


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


def _mail_receipt(record: SealedRecord) -> Step:
    fields = record.fields
    state = str(fields.get("type", "not stated"))
    grade = receipt_grades.GRADES.get(state, receipt_grades.GRADES["not stated"])
    whom = str(fields.get("final_recipient", ""))
    if state == NONE_RECEIVED:
        return Step(record, Shape.SILENCE, grade.words + (f" from {whom}" if whom else ""), "", grade.limit)
    words = _each_recipient(fields.get("recipients")) or grade.words + (f": {whom}" if whom else "")
    match = receipt_grades.MATCH_WORDS[str(fields.get("match", ""))]
    shape = Shape.OPENED if grade.opened else Shape.ARRIVED
    return Step(record, shape, words, "", f"{grade.limit} {match.capitalize()}.")


def _each_recipient(rows: Json) -> str:
    """Format a delivery report recipient by recipient, or return an empty string if all have the same state."""
    listed = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if len({str(row.get("type")) for row in listed}) < 2:
        return ""
    return "; ".join(each_state(str(row.get("recipient", "somebody")), str(row.get("type", ""))) for row in listed)


def each_state(recipient: str, state: str) -> str:
    """Format the state that a delivery report gives one recipient."""
    words = {
        "failed": "not delivered to",
        "delivered": "delivered to",
        "delayed": "delayed to",
        "relayed": "passed on for",
        "expanded": "passed to the list",
    }
    return f"{words.get(state, 'nothing stated of')} {recipient}"


def _response(record: SealedRecord) -> Step:
    fields = record.fields
    effect = str(fields.get("effect", ""))
    waited = fields.get("working_days")
    after = f" after {_days(waited)}" if isinstance(waited, int) else ""
    if effect == NO_ANSWER:
        return Step(record, Shape.SILENCE, f"No answer by the date asked for{after}", str(fields.get("content", "")))
    whom = person_in(fields.get("from"))
    words = f"Answer{f' from {whom}' if whom else ''}{after}{f': {effect}' if effect else ''}"
    return Step(record, Shape.IN, words, str(fields.get("content", ""))[:300])


def _days(count: int) -> str:
    return counted(count, "working day")


def _escalation(record: SealedRecord) -> Step:
    to = str(record.fields.get("to_level", "")) or person_in(record.fields.get("raised_with"))
    words = f"Taken to the next level{f': {to}' if to else ''}" + _asked_by(record, "due")
    return Step(record, Shape.UP, words, record.headline(200))


STEPS: Final[MappingProxyType[str, Callable[[SealedRecord], Step]]] = MappingProxyType(
    {
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
    return role if role in LEVELS else ROLE_LEVELS.get(role, "")
