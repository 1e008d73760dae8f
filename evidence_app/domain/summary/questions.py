"""Questions that records of a case lead a reviewer to ask, each with what the records say to it: for whoever prepares for an interview."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from evidence_app.domain.record.lists.word_lists import VIA_WRITTEN
from evidence_app.domain.record.records import RecordKey, SealedRecord
from evidence_app.domain.record.vocabularies import CHECKLIST
from evidence_app.domain.summary.overview import Raised
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import day_in_words

NOTHING: Final = "Nothing is noted."
MAX_SAID: Final = 420


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what the records say to it, and the record that says it or that it is about."""

    words: str
    said: str
    record: RecordKey


def questions_about(records: Sequence[SealedRecord], things: Sequence[Raised]) -> list[Question]:
    """Return the questions in the order of what happened. `records` are in that order, `things` is what was raised in them."""
    became = {thing.record.key: thing for thing in things}
    found: list[Question] = []
    for record in records:
        asked = ASKED.get(record.kind.name)
        found += asked(record) if asked is not None else ()
        if record.key in became:
            found += _of_what_was_raised(became[record.key], records)
        if record.late:
            written, _ = record.gaps_in_words()
            found.append(
                Question(
                    f"Why was the entry about {_day(record)} not made at the time?", f"It was {written}.", record.key
                )
            )
    return found


def _day(record: SealedRecord) -> str:
    return day_in_words(london_day(record.event[0]))


def _field(record: SealedRecord, name: str) -> str:
    text = " ".join(str(record.fields.get(name) or "").split())
    return text if len(text) <= MAX_SAID else f"{text[:MAX_SAID].rsplit(' ', 1)[0]} […]"


def _person(record: SealedRecord, name: str) -> str:
    value = record.fields.get(name)
    return str(value.get("person", "")) if isinstance(value, dict) else ""


def _of_decision(record: SealedRecord) -> Iterator[Question]:
    what = _field(record, "decision_type") or "this"
    yield Question(f"Why was {what} decided so on {_day(record)}?", _field(record, "rationale") or NOTHING, record.key)
    yield Question("What else was considered?", _field(record, "options_considered") or NOTHING, record.key)
    known = _field(record, "info_available") or NOTHING
    missing = _field(record, "info_missing")
    yield Question(
        "What was known then, and what was not?", f"{known}{f' Not known: {missing}' if missing else ''}", record.key
    )
    checklist = record.fields.get("checklist")
    unmet = list(_unmet(checklist)) if isinstance(checklist, dict) else []
    if unmet:
        yield Question("Which points of a defensible decision were not met?", "; ".join(unmet), record.key)


def _unmet(checklist: JsonObject) -> Iterator[str]:
    for key, text in CHECKLIST:
        point = checklist.get(key)
        if isinstance(point, dict) and point.get("answer") not in {None, "yes"}:
            note = f" ({point['note']})" if point.get("note") else ""
            yield f"{text}: {point['answer']}{note}"


def _of_instruction(record: SealedRecord) -> Iterator[Question]:
    who = _person(record, "given_by") or "whoever gave it"
    via = _field(record, "via")
    how = f" {via.capitalize()}." if via else " How it was said is not noted."
    written = "" if via in VIA_WRITTEN else " Nothing in writing is noted of it."
    yield Question(
        f"What exactly did {who} say on {_day(record)}, how, and who heard it?",
        f"“{_field(record, 'exact_words') or record.headline(MAX_SAID)}”{how}{written}{_witnesses(record)}",
        record.key,
    )
    yield Question("What was done after that?", _field(record, "what_i_did") or NOTHING, record.key)


def _witnesses(record: SealedRecord) -> str:
    heard = record.fields.get("witness")
    names = (
        [str(each["person"]) for each in heard if isinstance(each, dict) and each.get("person")]
        if isinstance(heard, list)
        else []
    )
    return f" Heard by {', '.join(names)}." if names else " Nobody is named who heard it."


def _of_what_was_raised(thing: Raised, records: Sequence[SealedRecord]) -> Iterator[Question]:
    whom = "anybody" if thing.names_nobody else thing.who
    yield Question(
        f"Was it raised with {whom} in writing, and what came of it?",
        f"{thing.opened[:1].upper()}{thing.opened[1:]}. {thing.answered}.",
        thing.record.key,
    )
    if thing.unanswered:
        later = [
            each
            for each in records
            if {(thing.record.key, "repeats"), (thing.record.key, "escalates")} & set(each.linked)
        ]
        said = "; ".join(f"{_day(each)}: {each.kind.label}, record {each.number}" for each in later)
        yield Question(
            "What was done when no answer came?",
            f"{said}." if said else NOTHING,
            later[0].key if later else thing.record.key,
        )


def _of_gap(record: SealedRecord) -> Iterator[Question]:
    yield Question(f"What was done about it from {_day(record)} on?", record.headline(MAX_SAID), record.key)


def _of_assessment(record: SealedRecord) -> Iterator[Question]:
    if record.fields.get("state") in {"not done", "begun"}:
        yield Question(
            f"Why was {_field(record, 'tool') or 'the assessment'} not done by {_day(record)}?",
            _field(record, "why") or NOTHING,
            record.key,
        )


def _of_referral(record: SealedRecord) -> Iterator[Question]:
    whom = _person(record, "raised_with") or _field(record, "agency") or "the other agency"
    said = " ".join(
        part
        for part in (
            f"What came: {_field(record, 'came')}." if record.fields.get("came") else "",
            _field(record, "answer"),
            f"Not known: {_field(record, 'not_known')}" if record.fields.get("not_known") else "",
        )
        if part
    )
    yield Question(f"What was {whom} asked on {_day(record)}, and what came of it?", said or NOTHING, record.key)


def _of_incident(record: SealedRecord) -> Iterator[Question]:
    yield Question(
        f"What was known before {_day(record)}?", "The chronology has every record before that day.", record.key
    )


ASKED: Final[Mapping[str, Callable[[SealedRecord], Iterator[Question]]]] = MappingProxyType(
    {
        "decision": _of_decision,
        "instruction": _of_instruction,
        "gap": _of_gap,
        "assessment": _of_assessment,
        "referral": _of_referral,
        "incident": _of_incident,
    }
)
"""For each kind of record the questions that it leads to."""
