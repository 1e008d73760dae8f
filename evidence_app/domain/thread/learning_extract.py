"""A learning extract: how one matter went, for colleagues and training, with nothing in it that anybody wrote freely.

What stays are kinds, words of the program's own lists, roles, and days counted from the first. Names, cases, places, dates, figures, words of
one's own and everything that was written or said are left out: what identifies nobody by its form may still do so by what it tells.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from evidence_app.domain.record.cases.covered_cases import cases_of, limited_in
from evidence_app.domain.record.common_fields import COMMON
from evidence_app.domain.record.fields import Audience, Field, FieldType
from evidence_app.domain.record.lists.people_lists import ROLES
from evidence_app.domain.record.program_kinds import DRAFTED_MAIL
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.thread.reply_requests import ReplyRequest
from evidence_app.domain.thread.threads import Thread
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json

HEAD: Final = (
    "Learning extract: how one matter went. Days are counted from its first record. Names, cases, places, dates and whatever anybody "
    "wrote or said in their own words are left out."
)
FOOT: Final = (
    "Before you hand it on, read it as somebody would who knows the case: the order of events alone may tell them whose it is. "
    "Nothing here proves anything; a bundle does."
)
LIMITED: Final = (
    "A record of this matter is of a limited access case, or of union or legal advice: no extract is made of it."
)
NOTHING: Final = "There is no record in this that people wrote: no extract is made of it."
NOT_TOLD: Final = frozenset(field.name for field in COMMON)
"""Fields of every kind: flags and filing of a record, which tell colleagues nothing."""


def learning_extract(thread: Thread, limited: frozenset[str] = frozenset()) -> str:
    """Return the extract of a thread as text. `limited` are the cases to which access is limited, as any record of the log says.

    Raises:
        InputError: a record in it is of a limited access case or of restricted advice, or there is none that people wrote.
    """
    members = [each for each in thread.members if not each.kind.by_program or each.kind is DRAFTED_MAIL]
    if any(
        each.restricted or each.fields.get("lao") is True or limited_in([each]) or limited & {*cases_of(each)}
        for each in members
    ):
        raise InputError(LIMITED)
    if not members:
        raise InputError(NOTHING)
    first = min(london_day(each.event[0]) for each in members)
    steps = [f"Day {_number(each, first)}: {_told(each)}" for each in members]
    answers = [_answered(ask, first) for ask in thread.asks]
    return "\n".join([HEAD, "", *steps, *([""] if answers else []), *answers, "", FOOT]) + "\n"


def _number(record: SealedRecord, first: date) -> int:
    """Return a record's day, counted from 1."""
    return (london_day(record.event[0]) - first).days + 1


def _told(record: SealedRecord) -> str:
    """Return the kind of a record, and its fields that hold words of the program's lists."""
    facts = [
        f"{field.label}: {', '.join(words)}"
        for field in record.kind.fields
        if field.name not in NOT_TOLD and not field.technical and field.audience is Audience.ANYONE
        if (words := [*_words(field, record.fields.get(field.name))])
    ]
    return f"{'. '.join([record.kind.label, *facts])}."


def _words(field: Field, value: Json) -> Iterator[str]:
    """Yield the words of lists in a value: choices as they are in the list, of a person the role."""
    for each in value if isinstance(value, list) else [value]:
        if field.type is FieldType.CHOICE and isinstance(each, str):
            known = field.word_list.known(each) if field.word_list is not None else _listed(each, field.choices)
            if known:
                yield known
        elif field.type is FieldType.GROUP and isinstance(each, dict) and _is_person(field):
            yield ROLES.known(str(each.get("role", ""))) or "somebody"


def _listed(word: str, choices: Sequence[str]) -> str:
    return word if word in choices else ""


def _is_person(field: Field) -> bool:
    return [part.name for part in field.parts] == ["person", "role"]


def _answered(ask: ReplyRequest, first: date) -> str:
    """Return what became of an answer that was asked for, and after how many working days."""
    asked = f"An answer was asked for on day {(ask.asked_on - first).days + 1}"
    days = f"{ask.waited} working day{'' if ask.waited == 1 else 's'}"
    if ask.settled_by is None:
        return f"{asked}: none is recorded yet."
    if ask.silent:
        return f"{asked}: none had come after {days}."
    return f"{asked}: it came after {days}{', late' if ask.answered_late else ''}."
