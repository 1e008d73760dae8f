"""A period as it is drawn: contacts, instructions, concerns, answers and gaps on their days, and the silences between them.

One value for every drawing of it, in the window and in a bundle: the year as a calendar, and each case on a line. Days are
in Europe/London.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from types import MappingProxyType
from typing import Final

from evidence_app.domain.phrases import Phrase, counted_phrase, phrase, together
from evidence_app.domain.record.cases.covered_cases import cases_of
from evidence_app.domain.record.correspondence import is_sent_mail
from evidence_app.domain.record.records import RecordKey, SealedRecord, record_order
from evidence_app.domain.thread.reply_requests import ReplyRequest
from evidence_app.domain.thread.steps import NO_ANSWER
from evidence_app.domain.thread.threads import Thread
from evidence_app.domain.time.times import london_day, typed_day
from evidence_app.proof.encoding.json import JsonObject

MAX_MONTHS: Final = 600
"""Months that are drawn, from the first: a record with a year typed wrongly must not make a calendar of thousands."""
MAX_HEADLINE: Final = 200


class MarkSort(Enum):
    """What a mark stands for, in the order in which the marks of a day are drawn."""

    INCIDENT = phrase("Incidents")
    INSTRUCTION = phrase("Instructions")
    DECISION = phrase("Decisions")
    RAISED = phrase("Concerns raised")
    ANSWER = phrase("Answers")
    CONTACT = phrase("Contacts")
    GAP = phrase("Gaps")
    SILENCE = phrase("Silences")


_OCTAGON: Final = tuple(
    (x, y) for x, y in ((1, 0.41), (0.41, 1), (-0.41, 1), (-1, 0.41), (-1, -0.41), (-0.41, -1), (0.41, -1), (1, -0.41))
)
SIGNS: Final[Mapping[MarkSort, tuple[str, tuple[tuple[float, float], ...]]]] = MappingProxyType(
    {
        MarkSort.INCIDENT: ("fault", ((0, 1.25), (1.25, 0), (0, -1.25), (-1.25, 0))),
        MarkSort.INSTRUCTION: ("ink", ((-1.1, 0.9), (1.1, 0.9), (0, -1))),
        MarkSort.DECISION: ("accent", ((-0.9, 0.9), (0.9, 0.9), (0.9, -0.9), (-0.9, -0.9))),
        MarkSort.RAISED: ("attention", ((-1.1, -0.9), (1.1, -0.9), (0, 1))),
        MarkSort.ANSWER: ("ink", ((0.9, 1.1), (0.9, -1.1), (-1, 0))),
        MarkSort.CONTACT: ("soft", tuple((x * 0.6, y * 0.6) for x, y in _OCTAGON)),
    }
)
"""For each sort of which marks are signs: the meaning of its colour, and its corners around a point, y upwards, about 1 from it.

What was told comes down, what was raised goes up, an answer comes back: the form alone says which it is.
"""
KINDS: Final[Mapping[str, MarkSort]] = MappingProxyType(
    {
        "incident": MarkSort.INCIDENT,
        "instruction": MarkSort.INSTRUCTION,
        "decision": MarkSort.DECISION,
        "concern": MarkSort.RAISED,
        "escalation": MarkSort.RAISED,
        "refusal": MarkSort.RAISED,
        "response": MarkSort.ANSWER,
        "meeting": MarkSort.CONTACT,
        "client-agreement": MarkSort.CONTACT,
        "message": MarkSort.CONTACT,
        "referral": MarkSort.CONTACT,
        "gap": MarkSort.GAP,
    }
)
"""The kinds of record that are drawn. Others, such as receipts and exports, stand in the threads and lists."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something from one day to another, both included: a record's event, or the silence after what it asked. `case` may be empty.

    `covers` are the cases that the record covers beside.
    """

    sort: MarkSort
    first: date
    last: date
    record: RecordKey
    case: str
    words: str
    covers: tuple[str, ...] = ()

    @property
    def lasts(self) -> bool:
        """Whether it is drawn as a bar and not as a sign."""
        return self.sort is MarkSort.SILENCE or self.last > self.first

    def to_json(self) -> JsonObject:
        """Return the mark in the JSON that the command line prints."""
        return {
            "sort": self.sort.name.lower(),
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "record": str(self.record),
            "case": self.case,
            "covers": list(self.covers),
            "words": str(self.words),
        }


@dataclass(frozen=True, slots=True)
class Period:
    """The marks of some records, in the order of their first days."""

    marks: tuple[Mark, ...] = ()

    @property
    def first(self) -> date:
        """The first day. There must be a mark."""
        return min(mark.first for mark in self.marks)

    @property
    def last(self) -> date:
        """The last day. There must be a mark."""
        return max(mark.last for mark in self.marks)

    def of_case(self, case: str) -> "Period":
        """Return the marks of one case, those that cover it among others too."""
        return Period(tuple(mark for mark in self.marks if mark.case == case or case in mark.covers))

    def between(self, first: date, last: date) -> "Period":
        """Return the marks that touch some days, cut to them."""
        return Period(
            tuple(
                replace(mark, first=max(mark.first, first), last=min(mark.last, last))
                for mark in self.marks
                if mark.first <= last and mark.last >= first
            )
        )

    def by_case(self) -> "dict[str, Period]":
        """Return the marks of each case, in the order in which the cases first come up; marks of no case are left out."""
        marks: dict[str, list[Mark]] = {}
        for mark in self.marks:
            if mark.case:
                marks.setdefault(mark.case, []).append(mark)
        return {case: Period(tuple(own)) for case, own in marks.items()}

    def cases(self) -> list[str]:
        """Return the cases, in the order in which they first come up; marks of no case are left out."""
        return list(dict.fromkeys(mark.case for mark in self.marks if mark.case))

    def months(self) -> list[date]:
        """Return the first day of each month, from the first mark to the last."""
        if not self.marks:
            return []
        months: list[date] = []
        at, last = self.first.replace(day=1), self.last
        while at <= last and len(months) < MAX_MONTHS:
            months.append(at)
            at = (at + timedelta(days=32)).replace(day=1)
        return months

    def counts(self) -> list[tuple[MarkSort, int]]:
        """Return how many marks there are of each sort that is there."""
        numbers = Counter(mark.sort for mark in self.marks)
        return [(sort, numbers[sort]) for sort in MarkSort if numbers[sort]]

    def in_words(self) -> Phrase:
        """Return what the drawing shows, in a sentence, for who cannot see it."""
        if not self.marks:
            return phrase("Nothing is recorded yet.")
        counts = together(
            [phrase("{sort}: {count}", sort=sort.value, count=count) for sort, count in self.counts()], "; "
        )
        return phrase("From {first} to {last}. {counts}.", first=self.first, last=self.last, counts=counts)


def period_of(records: Iterable[SealedRecord], threads: Iterable[Thread], today: date) -> Period:
    """Return what is drawn of some records. `threads` are theirs, as they stood at the end of `today`."""
    asks = [ask for thread in threads for ask in thread.asks]
    answers = {ask.settled_by.key for ask in asks if ask.answered and ask.settled_by is not None}
    marks = [mark for record in records for mark in _marks(record, answers)]
    marks += [mark for ask in asks for mark in _silences(ask, today)]
    order = list(MarkSort)
    marks.sort(key=lambda mark: (mark.first, order.index(mark.sort), record_order(mark.record)))
    return Period(tuple(marks))


def _marks(record: SealedRecord, answers: set[RecordKey]) -> Iterator[Mark]:
    sort = KINDS.get(record.kind.name)
    if sort is None or record.fields.get("effect") == NO_ANSWER:
        # That no answer came is drawn as the silence itself.
        return
    if record.kind.name == "message" and not (is_sent_mail(record) or record.fields.get("direction") == "received"):
        return
    if record.key in answers:
        sort = MarkSort.ANSWER
    first, last = (london_day(moment) for moment in record.event)
    if sort is MarkSort.GAP:
        first = typed_day(str(record.fields["from"])) if record.fields.get("from") else first
        last = max(first, typed_day(str(record.fields["to"])) if record.fields.get("to") else last)
    yield Mark(sort, first, last, record.key, record.case_ref, record.headline(MAX_HEADLINE), cases_of(record))


def _silences(ask: ReplyRequest, today: date) -> Iterator[Mark]:
    """Yield the silence after a reply was asked for, where it went on past the day on which the reply was due."""
    if not (ask.silent or ask.answered_late or ask.overdue_by):
        return
    last = today if ask.settled_by is None else london_day(ask.settled_by.event[0])
    days = counted_phrase(ask.waited, "{count} working day", "{count} working days")
    words = phrase("{days} without an answer: {what}", days=days, what=ask.record.headline(MAX_HEADLINE))
    yield Mark(
        MarkSort.SILENCE,
        ask.asked_on,
        max(ask.asked_on, last),
        ask.record.key,
        ask.record.case_ref,
        words,
        cases_of(ask.record),
    )


def by_day(marks: Sequence[Mark]) -> dict[date, list[Mark]]:
    """Return the marks that are signs, by their day."""
    days: dict[date, list[Mark]] = {}
    for mark in marks:
        if not mark.lasts:
            days.setdefault(mark.first, []).append(mark)
    return days


def rows_of_bars(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Return the marks that last in rows in which none overlaps another: each in the first row that is free on its days."""
    rows: list[list[Mark]] = []
    for mark in marks:
        if mark.lasts:
            free = next((row for row in rows if row[-1].last < mark.first), None)
            if free is None:
                rows.append([mark])
            else:
                free.append(mark)
    return rows
