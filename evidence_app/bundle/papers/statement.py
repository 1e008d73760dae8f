"""The paragraphs of a witness statement: made from the records as a draft, or as they were written; their references become pages."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.domain.plan.statement_text import REFERENCE
from evidence_app.domain.record.records import RecordKey, RecordRef, SealedRecord
from evidence_app.domain.summary.overview import NOBODY, Raised, raised
from evidence_app.domain.text.folding import name_key
from evidence_app.domain.text.number_ranges import DASH
from evidence_app.domain.thread.steps import NO_ANSWER
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError
from evidence_app.proof.encoding.times import day_in_words


def drafted_paragraphs(plan: Plan) -> tuple[str, ...]:
    """Return paragraphs made from the owner's records, in the first person, each with a reference to its record."""
    records = [each.shown for each in plan.chronological() if each.record.index]
    became = {thing.record.key: thing for thing in raised(records, plan.threads)}
    owner = str(plan.owner.get("person", ""))
    return tuple(
        f"{words} [{record.number}]"
        for record in records
        if (write := SAID.get(record.kind.name)) is not None
        and (not owner or record.author_name in {"", owner})
        and (words := write(record, became.get(record.key)))
    )


def statement_paragraphs(plan: Plan, records: Mapping[RecordKey, str], exhibits: Mapping[str, str]) -> Iterator[str]:
    """Yield the paragraphs of a plan's statement with pages for references. `records` and `exhibits` have the pages of each.

    Raises:
        InputError: a paragraph refers to what is not in the bundle.
    """
    by_name = {name_key(title): pages for title, pages in exhibits.items()}

    def page_of(found: re.Match[str]) -> str:
        pages = records.get(_key(found[1]), "") if found[1] else _exhibit(by_name, found[2])
        if not pages:
            raise InputError(
                f"The statement refers to {found[0]}, which is not in this bundle: change the paragraph (“plan statement --out”, then --take), or “plan list-documents” says what it is called now."
            )
        return f"[page{'s' if DASH in pages else ''} {pages}]"

    for paragraph in plan.statement or drafted_paragraphs(plan):
        yield REFERENCE.sub(page_of, paragraph)


def _exhibit(by_name: Mapping[str, str], words: str) -> str:
    """Return the pages of the exhibit whose title has these words; nothing where none or several have them."""
    found = [pages for name, pages in by_name.items() if name_key(words) in name]
    return found[0] if len(found) == 1 else ""


def _key(text: str) -> RecordKey:
    handover, slash, position = text.partition("/")
    return RecordRef(int(handover), int(position)) if slash else int(handover)


def _day(record: SealedRecord) -> str:
    return day_in_words(london_day(record.event[0]))


def _words(record: SealedRecord) -> str:
    return " ".join(str(record.fields.get(record.kind.main) or record.headline(400)).split())


def _person(record: SealedRecord, name: str) -> str:
    value = record.fields.get(name)
    return str(value.get("person", "")) if isinstance(value, dict) else ""


def _of_instruction(record: SealedRecord, _thing: Raised | None) -> str:
    who = _person(record, "given_by") or "Somebody whom I have not named"
    via = f" ({record.fields['via']})" if record.fields.get("via") else ""
    return f"On {_day(record)} {who} said to me{via}: “{_words(record)}”"


def _of_raised(record: SealedRecord, thing: Raised | None) -> str:
    whom = f" with {thing.who}" if thing is not None and thing.whom != NOBODY else ""
    became = f" {thing.answered.rstrip('.')}." if thing is not None else ""
    return f"On {_day(record)} I raised{whom}: “{_words(record)}”{became}"


def _of_decision(record: SealedRecord, _thing: Raised | None) -> str:
    return f"On {_day(record)} it was decided: “{_words(record)}”"


def _of_response(record: SealedRecord, _thing: Raised | None) -> str:
    if record.fields.get("effect") == NO_ANSWER:
        return f"By {_day(record)} I had no answer."
    who = _person(record, "from") or "The answer"
    return f"On {_day(record)} {who} answered: “{_words(record)}”"


def _of_incident(record: SealedRecord, _thing: Raised | None) -> str:
    return f"On {_day(record)}: {_words(record)}"


SAID: Final[Mapping[str, Callable[[SealedRecord, Raised | None], str]]] = MappingProxyType(
    {
        "instruction": _of_instruction,
        "decision": _of_decision,
        "concern": _of_raised,
        "escalation": _of_raised,
        "refusal": _of_raised,
        "response": _of_response,
        "incident": _of_incident,
        "gap": _of_incident,
    }
)
"""For each kind of record its paragraph."""
