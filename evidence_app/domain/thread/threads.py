"""Threads: a concern or instruction with the records that belong to it, and its state. Derived from sealed records only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from evidence_app.domain.phrases import Phrase, counted_phrase, phrase
from evidence_app.domain.record.correspondence import is_sent_mail, tied_afterwards
from evidence_app.domain.record.records import RecordKey, SealedRecord, record_order
from evidence_app.domain.record.selection import ROOTS
from evidence_app.domain.record.vocabularies import LOOSE_RELATION
from evidence_app.domain.scheduling import YieldPoint, never_yield, yielding
from evidence_app.domain.settings import Settings
from evidence_app.domain.thread.late_matches import LateMatch, late_matches, message_named_by, messages_by_id
from evidence_app.domain.thread.next_steps import NextStep, next_step
from evidence_app.domain.thread.reply_requests import (
    MissingReceipt,
    ReplyRequest,
    holds_answer,
    missing_receipts_in,
    reply_requests_in,
)
from evidence_app.domain.thread.steps import Shape, Step, step_of


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread: the record it begins with, and its records in the order of events (`members`).

    `late` is what names a message that came in after it (`LinkGraph.late`), `asks` are replies asked for, `unreceipted` mails
    without the receipt asked for, `raised` the number of concerns, `following` the next step to offer, and `positions` all its records.
    """

    root: SealedRecord
    members: tuple[SealedRecord, ...]
    late: Mapping[RecordKey, LateMatch]
    asks: tuple[ReplyRequest, ...] = ()
    unreceipted: tuple[MissingReceipt, ...] = ()
    raised: int = 1
    following: NextStep | None = None
    positions: frozenset[RecordKey] = frozenset()

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its steps, one for each record: put into words when they are asked for, since an overview of all threads shows none."""
        return tuple(step_of(record, self.late.get(record.key)) for record in self.members)

    @property
    def opened(self) -> bool:
        """Whether a receipt reports that one of its mails was opened."""
        receipts = (record for record in self.members if record.kind.name == "mail-receipt")
        return any(step_of(receipt).shape is Shape.OPENED for receipt in receipts)

    @property
    def state(self) -> Phrase:
        """Its state in a few words: the reply that is longest overdue, or else how the last request ended."""
        waiting = [ask for ask in self.asks if ask.open]
        if waiting:
            return max(waiting, key=lambda ask: (ask.overdue_by, [-n for n in record_order(ask.record.key)])).in_words()
        if not self.asks:
            answered = any(holds_answer(each) for each in self.members)
            return phrase("Answered, as its record says" if answered else "No reply was asked for")
        last, silent = self.asks[-1], sum(ask.silent for ask in self.asks[:-1])
        if not silent:
            return last.in_words()
        times = counted_phrase(silent, "once", "{count} times")
        return phrase("{state}. Asked before and never answered: {times}", state=last.in_words(), times=times)

    @property
    def title(self) -> Phrase:
        """Its title: kind, number and headline of the record it begins with."""
        kind, number, words = phrase(self.root.kind.label), self.root.number, self.root.headline(80)
        if self.raised <= 1:
            return phrase("{kind} {number}: {words}", kind=kind, number=number, words=words)
        return phrase(
            "{kind} {number}: {words} (raised {times} times)",
            kind=kind,
            number=number,
            words=words,
            times=self.raised,
        )


class LinkGraph:
    """The graph of all records and the links between them, from which threads are derived.

    A link goes from a later record to an earlier one by position. A mail can also name another mail by its Message-ID, in
    a receipt or a reply, without a link between the records; and a later record can say what an earlier one is about. Links of the relation `LOOSE_RELATION` are ignored.
    """

    def __init__(self, records: Iterable[SealedRecord]) -> None:
        self.records: dict[RecordKey, SealedRecord] = {record.key: record for record in records}
        self._later: dict[RecordKey, list[RecordKey]] = {}
        for record in self.records.values():
            for to, how in record.linked:
                if how != LOOSE_RELATION and to in self.records:
                    self._later.setdefault(to, []).append(record.key)
        self._tied = tied_afterwards(self.records.values())
        for key, about in self._tied.items():
            for to in about:
                if key in self.records and to in self.records:
                    self._later.setdefault(to, []).append(key)
        self._by_id = messages_by_id(self.records.values())
        self.late = late_matches(self.records.values())
        for record in self.records.values():
            for named in self._named_from(record):
                if named not in {to for to, _ in record.linked}:
                    # What came in before the message that it names belongs to it all the same.
                    self._later.setdefault(named, []).append(record.key)

    def belonging_to(self, key: RecordKey) -> frozenset[RecordKey]:
        """Return a record, what it is about, and every record that leads back to it."""
        found = {to for to, how in self.records[key].linked if how != LOOSE_RELATION and to in self.records}
        waiting = [key]
        while waiting:
            reached = waiting.pop()
            if reached in found and reached != key:
                continue
            found.add(reached)
            waiting += [later for later in self._later.get(reached, ()) if later not in found]
        return frozenset(found)

    def roots(self) -> list[SealedRecord]:
        """Return the records that threads begin with: those that lead back to no other such record."""
        beginnings = (each for each in self.records.values() if each.kind.name in ROOTS or is_sent_mail(each))
        return [record for record in beginnings if self.beginning_of(record.key) == record.key]

    def beginning_of(self, key: RecordKey) -> RecordKey:
        """Return the record that the thread of this one begins with, or else the record itself.

        That is the earliest record of the kinds `ROOTS` among this record and those it leads back to, or else the earliest
        mail among them that the owner sent.
        """
        reached = self._leading_back_from(key)
        roots = [each.key for each in reached if each.kind.name in ROOTS]
        return min(roots or [each.key for each in reached if is_sent_mail(each)], default=key, key=record_order)

    def _leading_back_from(self, key: RecordKey) -> list[SealedRecord]:
        seen, waiting = {key}, [self.records[key]]
        reached: list[SealedRecord] = []
        while waiting:
            record = waiting.pop()
            reached.append(record)
            named = [to for to, how in record.linked if how != LOOSE_RELATION]
            for to in [*named, *self._tied.get(record.key, ()), *self._named_from(record)]:
                if to in self.records and to not in seen:
                    seen.add(to)
                    waiting.append(self.records[to])
        return reached

    def _named_from(self, record: SealedRecord) -> list[RecordKey]:
        named = message_named_by(record, self._by_id)
        return [named] if named is not None else []


def all_threads(
    records: Iterable[SealedRecord], today: date, settings: Settings, pace: YieldPoint = never_yield
) -> list[Thread]:
    """Return every thread, the latest to change first."""
    graph = LinkGraph(records)
    threads = [make_thread(graph, root.key, today, settings) for root in yielding(graph.roots(), pace)]
    return sorted(threads, key=lambda thread: (_latest_first(thread), record_order(thread.root.key)))


def _latest_first(thread: Thread) -> list[int]:
    """Return what puts the thread whose last record is the latest first."""
    return [-number for number in max(map(record_order, thread.positions))]


def make_thread(graph: LinkGraph, key: RecordKey, today: date, settings: Settings) -> Thread:
    """Return the thread of a record as it stood at the end of a day."""
    positions = graph.belonging_to(key)
    members = sorted(
        (graph.records[each] for each in positions), key=lambda record: (record.event[0], record_order(record.key))
    )
    asks = tuple(reply_requests_in(members, today, settings, graph.late))
    unreceipted = tuple(missing_receipts_in(members, today, settings, graph.late))
    root = graph.records[key]
    following = next_step(members, asks, unreceipted, settings)
    return Thread(
        root=root,
        members=tuple(members),
        late=graph.late,
        asks=asks,
        unreceipted=unreceipted,
        raised=sum(record.kind.name == "concern" for record in members),
        following=following,
        positions=positions,
    )
