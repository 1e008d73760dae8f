"""Replies and mail receipts that were asked for in a thread, whether they came, and the working days waited."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from evidence_app.domain.phrases import Phrase, counted_phrase, phrase
from evidence_app.domain.record.correspondence import is_sent_mail, may_answer, tied_afterwards
from evidence_app.domain.record.records import RecordKey, SealedRecord, record_order
from evidence_app.domain.record.vocabularies import ANSWERED, LOOSE_RELATION
from evidence_app.domain.record.work_kinds import REFERRAL
from evidence_app.domain.settings import Settings
from evidence_app.domain.thread.late_matches import LateMatch
from evidence_app.domain.thread.steps import NO_ANSWER, NO_SUBSTANCE, NONE_RECEIVED
from evidence_app.domain.time.times import london_day, typed_day
from evidence_app.domain.time.working_days import add_working_days, working_days_between

ANSWERS: Final = "answers"
NOTHING_LATE: Final[Mapping[RecordKey, LateMatch]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ReplyRequest:
    """A reply that was asked for in `record`. Days are in Europe/London; `waited` and `overdue_by` are working days.

    `settled_by` is the answer, or the record that no answer came; until then `waited` counts up to today. `stated` is false
    where the record names no date and `due` follows from the settings.
    """

    record: SealedRecord
    asked_on: date
    due: date
    settled_by: SealedRecord | None
    waited: int
    overdue_by: int
    stated: bool = True

    @property
    def silent(self) -> bool:
        """Whether it is settled by a record that no answer came."""
        return self.settled_by is not None and self.settled_by.fields.get("effect") == NO_ANSWER

    @property
    def open(self) -> bool:
        """Whether neither an answer nor the absence of one is recorded."""
        return self.settled_by is None

    @property
    def answered(self) -> bool:
        """Whether an answer came, with or without substance."""
        return self.settled_by is not None and not self.silent

    @property
    def answered_late(self) -> bool:
        """Whether an answer came after the day that it was due."""
        return self.answered and self.settled_by is not None and london_day(self.settled_by.event[0]) > self.due

    def in_words(self) -> Phrase:
        """Return its state in a sentence without a full stop."""
        due = self.due if self.stated else phrase("{day} (no date was set)", day=self.due)
        days = counted_phrase(self.waited, "{count} working day", "{count} working days")
        if self.silent:
            return phrase("No answer by {due}; noted after {days}", due=due, days=days)
        if self.settled_by is not None:
            if self.settled_by.fields.get("effect") == NO_SUBSTANCE:
                return phrase("Answered without substance after {days}; asked for by {due}", due=due, days=days)
            return phrase("Answered after {days}; asked for by {due}", due=due, days=days)
        if self.overdue_by:
            return phrase("Unanswered for {days}, {late} past {due}", due=due, days=days, late=self.overdue_by)
        return phrase("Answer asked for by {due}; {days} so far", due=due, days=days)


@dataclass(frozen=True, slots=True)
class MissingReceipt:
    """A mail receipt that was asked for in the mail `record` and has not come. `waited` is the working days since."""

    record: SealedRecord
    due: date
    waited: int
    overdue: bool


def reply_requests_in(
    members: Sequence[SealedRecord], today: date, settings: Settings, late: Mapping[RecordKey, LateMatch] = NOTHING_LATE
) -> Iterator[ReplyRequest]:
    """Yield the replies asked for in a thread, in the order of asking. `members` are its records in the order of events, `late` what
    names a message that came in after it.

    Waiting is counted in working days of England and Wales. The officer's own non-working days are not deducted, since
    they do not affect the other side.
    """
    asking: dict[RecordKey, tuple[SealedRecord, date, bool]] = {}
    tied = tied_afterwards(members)
    for record in members:
        due, stated = _due(record, settings)
        # A concern and the mail that raises it ask for one reply.
        same = [*(to for to, how in record.linked if how in SAME_REQUEST), *tied.get(record.key, ())]
        said_before = {asking[to][1] for to in same if to in asking}
        if due is not None and due not in said_before:
            asking[record.key] = (record, due, stated)
    settled = _settled([record for record, _, _ in asking.values()], members, late, tied) if asking else {}
    for record, due, stated in sorted(asking.values(), key=lambda item: (item[0].event[0], record_order(item[0].key))):
        answer = settled.get(record.key)
        asked_on = london_day(record.event[0])
        until = london_day(answer.event[0]) if answer is not None else today
        overdue = working_days_between(due, today) if answer is None else 0
        yield ReplyRequest(record, asked_on, due, answer, working_days_between(asked_on, until), overdue, stated)


SAME_REQUEST: Final = frozenset({"about", "carries out"})
"""Relations by which a mail and the record that it raises are one request."""


def holds_answer(record: SealedRecord) -> bool:
    """Whether a request or a referral was sealed afterwards, and itself says that an answer came."""
    came = record.fields.get("came")
    return came in ANSWERED if came else bool(record.fields.get("answered_on"))


DUE_FIELDS: Final = MappingProxyType(
    {"concern": "reply_by", "message": "reply_by", "escalation": "due", "request": "due", "referral": "due"}
)
"""For each kind that asks for an answer the field with the day by which."""


def _due(record: SealedRecord, settings: Settings) -> tuple[date | None, bool]:
    """Return the day on which a reply is due, or None, and whether the record itself names it."""
    name = DUE_FIELDS.get(record.kind.name)
    stated = record.fields.get(name) if name else None
    happened = london_day(record.event[0])
    if holds_answer(record):
        return None, False
    if record.fields.get("answer_given") and (not stated or typed_day(str(stated)) <= happened):
        # It was answered on the spot, and the record itself holds the answer.
        return None, False
    if stated:
        return typed_day(str(stated)), True
    asks = record.kind is REFERRAL or (
        record.kind.name == "concern"
        and record.fields.get("ask")
        and record.fields.get("severity") != "for information"
    )
    return (add_working_days(happened, settings.reply_after), False) if asks else (None, False)


def _settled(
    asking: Sequence[SealedRecord],
    members: Sequence[SealedRecord],
    late: Mapping[RecordKey, LateMatch],
    tied: Mapping[RecordKey, Sequence[RecordKey]],
) -> Mapping[RecordKey, SealedRecord]:
    """Say what each ask was settled by: the first answer whose links lead to it, or else that comes next after it."""
    by_key = {record.key: record for record in members}
    asked = {record.key for record in asking}
    settled: dict[RecordKey, SealedRecord] = {}
    for record in members:
        if not _is_answer(record):
            continue
        led = _led_to(record, by_key, late, tied) & asked
        before = [ask.key for ask in asking if ask.event[0] <= record.event[0] and ask.key != record.key]
        for which in led or before[-1:]:
            settled.setdefault(which, record)
    return settled


def _led_to(
    record: SealedRecord,
    by_key: Mapping[RecordKey, SealedRecord],
    late: Mapping[RecordKey, LateMatch],
    tied: Mapping[RecordKey, Sequence[RecordKey]],
) -> set[RecordKey]:
    """Return the records that a record's links lead back to."""
    seen: set[RecordKey] = set()
    waiting = [record]
    while waiting:
        reached = waiting.pop()
        named = [(late[reached.key].message, ANSWERS)] if reached.key in late else []
        afterwards = [(to, "about") for to in tied.get(reached.key, ())]
        for to, how in [*reached.linked, *named, *afterwards]:
            earlier = by_key.get(to)
            if earlier is not None and how != LOOSE_RELATION and to not in seen:
                seen.add(to)
                waiting.append(earlier)
    return seen


def _is_answer(record: SealedRecord) -> bool:
    if record.kind.name == "response":
        return True
    return may_answer(record)


def missing_receipts_in(
    members: Sequence[SealedRecord], today: date, settings: Settings, late: Mapping[RecordKey, LateMatch] = NOTHING_LATE
) -> Iterator[MissingReceipt]:
    """Yield the mail receipts that were asked for in a thread and have not come."""
    for record in members:
        if not is_sent_mail(record) or record.fields.get("receipt_requested") not in {"read", "both"}:
            continue
        if any(_is_answer(each) and _answers(each, record, late) for each in members):
            continue
        own_id = record.fields.get("message_id")
        receipts = [
            each
            for each in members
            if each.kind.name == "mail-receipt"
            and (
                record.key in {to for to, _ in each.linked} or (own_id and each.fields.get("for_message_id") == own_id)
            )
        ]
        if any(_ends_waiting(each) for each in receipts):
            continue
        sent_on = london_day(record.event[0])
        waited = working_days_between(sent_on, today)
        due = add_working_days(sent_on, settings.receipt_after)
        yield MissingReceipt(record, due, waited, waited > settings.receipt_after)


def _answers(mail: SealedRecord, record: SealedRecord, late: Mapping[RecordKey, LateMatch]) -> bool:
    named = late.get(mail.key)
    return (record.key, ANSWERS) in mail.linked or (named is not None and named.message == record.key)


def _ends_waiting(receipt: SealedRecord) -> bool:
    """Return whether a receipt is the one asked for, or reports that none will come. A delivery report is neither."""
    return receipt.fields.get("type") in {
        "displayed",
        "deleted",
        "denied",
        "dispatched",
        "processed",
        "failed",
        NONE_RECEIVED,
    }
