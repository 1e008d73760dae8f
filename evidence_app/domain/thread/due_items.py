"""Due items: replies, receipts, sent copies, actions, reviews, deadlines and renewals to chase. Derived from sealed records only."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from evidence_app.domain.phrases import Phrase, counted_phrase, phrase
from evidence_app.domain.record.cases.assessments import ASSESSED, tool_standings
from evidence_app.domain.record.cases.covered_cases import cases_of
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.rep_kinds import DEADLINE, GET_ADVICE
from evidence_app.domain.settings import Settings
from evidence_app.domain.thread.case_outcomes import standings
from evidence_app.domain.thread.ndelius_text import CONTACTS
from evidence_app.domain.thread.next_steps import unsent_drafts
from evidence_app.domain.thread.renewals import RENEWAL, Renewal, renewals
from evidence_app.domain.thread.running_limits import running
from evidence_app.domain.thread.supervision import overdue_supervision
from evidence_app.domain.thread.threads import Thread
from evidence_app.domain.time.times import london_day, typed_day
from evidence_app.domain.time.working_days import add_working_days, working_days_between
from evidence_app.proof.encoding.json import JsonObject

KEEPING: Final = "keeping"
"""The item of a date on which somebody looks whether a record is still needed."""
REVIEWS: Final = {"review_due": "review", "review_on": KEEPING}
"""Fields that hold the date of a review, and the item that an outcome record names for it."""
REVIEW_WORDS: Final = {
    "review": "Review of {record}: {words}",
    KEEPING: "Keeping of {record}: {words}",
}
"""What is said of a review, by the item."""
NDELIUS, COPY_ON_FILE = "nDelius", "copy on the case file"
"""What an outcome record names that ends such an item."""
SUPERVISION_ITEM: Final = "supervision"
SORTS: Final = (
    *("reply", "receipt", "sent-copy", "action", "review", DEADLINE.name, "renewal", "limit", "file", "date", "cases"),
    SUPERVISION_ITEM,
)
"""All types of due items."""
SOON: Final = 5
"""Actions and reviews are listed from this many working days before they are due."""


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something to chase. `waited` and `overdue_by` are working days; `since` and `due` are days in Europe/London.

    `identity` names it when its outcome is sealed, and `item` is the text that the outcome record repeats. `stated` is
    false where the record sets no date and `due` follows from the settings.
    """

    identity: str
    sort: str
    record: SealedRecord
    words: str
    since: date
    due: date
    waited: int
    overdue_by: int
    item: str = ""
    stated: bool = True

    @property
    def state(self) -> str:
        """Its lateness in words."""
        if self.overdue_by:
            return counted_phrase(self.overdue_by, "{count} working day overdue", "{count} working days overdue")
        return phrase("due {day}", day=self.due)

    def to_json(self) -> JsonObject:
        """Return the item in the JSON that the command line prints."""
        return {
            "id": self.identity,
            "sort": self.sort,
            "record": self.record.index,
            "what": self.words,
            "since": self.since.isoformat(),
            "due": self.due.isoformat(),
            "working_days": self.waited,
            "overdue_by": self.overdue_by,
        }


def due_items(
    threads: Sequence[Thread], records: Sequence[SealedRecord], today: date, settings: Settings, soon: int = SOON
) -> list[DueItem]:
    """Return the due items, the longest overdue first, each once even if it is in several threads.

    Actions and reviews due in more than `soon` working days are left out; deadlines never are.
    """
    by_identity = {each.identity: each for each in _all(threads, records, today, settings, soon)}
    return in_order(by_identity.values())


def in_order(items: Iterable[DueItem]) -> list[DueItem]:
    """Return due items, the longest overdue first."""
    return sorted(items, key=lambda each: (-each.overdue_by, each.due, each.identity))


def _all(
    threads: Sequence[Thread], records: Sequence[SealedRecord], today: date, settings: Settings, soon: int
) -> Iterator[DueItem]:
    for thread in threads:
        yield from _in_thread(thread, today, settings)
    done = outcomes_in(records)
    yield from (
        each for each in _limit_items(records, today, settings) if (each.record.index, each.item.casefold()) not in done
    )
    yield from (each for each in _case_items(records, today, settings) if (each.record.index, each.item) not in done)
    for record, number, promise in promises_in(records):
        if (record.index, promise.item.casefold()) in done:
            continue
        ahead = working_days_between(today, promise.due, settings.free_days)
        if promise.due <= today or ahead <= soon or promise.sort == DEADLINE.name:
            since = london_day(record.event[0])
            waited = working_days_between(since, today, settings.free_days)
            late = working_days_between(promise.due, today, settings.free_days) or int(promise.due < today)
            identity = f"{promise.sort}-{record.index}-{number}"
            yield DueItem(identity, promise.sort, record, promise.words, since, promise.due, waited, late, promise.item)


def supervision_items(records: Sequence[SealedRecord], today: date, settings: Settings) -> Iterator[DueItem]:
    """Yield the supervision that was expected by now and is not recorded: it is the officer's own matter, and stands in no bundle."""
    found = overdue_supervision(records, today, settings.supervision_every)
    if found is not None:
        waited = working_days_between(found.since, today, settings.free_days)
        late = working_days_between(found.due, today, settings.free_days) or int(found.due < today)
        identity = f"{SUPERVISION_ITEM}-{found.record.index}"
        yield DueItem(
            identity, SUPERVISION_ITEM, found.record, found.words, found.since, found.due, waited, late, stated=False
        )


def _limit_items(records: Sequence[SealedRecord], today: date, settings: Settings) -> Iterator[DueItem]:
    """Yield the requests whose limit runs, by the settings."""
    for each in running(records, settings.limits):
        waited = working_days_between(each.sent, today, settings.free_days)
        late = working_days_between(each.due, today, settings.free_days) or int(each.due < today)
        item = str(each.record.fields["type"])
        yield DueItem(
            f"limit-{each.record.index}",
            "limit",
            each.record,
            each.words,
            each.sent,
            each.due,
            waited,
            late,
            item,
            stated=False,
        )


def renewal_items(records: Sequence[SealedRecord], today: date, settings: Settings) -> list[DueItem]:
    """Return what is to be renewed of a log's own proofs: they are no matter of a case, and stand in no bundle."""
    done = outcomes_in(records)
    return [
        _renewal_item(each, today, settings)
        for each in renewals(records, today, settings)
        if (each.record.index, each.item.casefold()) not in done
    ]


def _renewal_item(renewal: Renewal, today: date, settings: Settings) -> DueItem:
    waited = working_days_between(renewal.since, today, settings.free_days)
    late = working_days_between(renewal.due, today, settings.free_days) or int(renewal.due < today)
    identity = f"renewal-{renewal.record.index}{'' if renewal.item == RENEWAL else '-seen'}"
    return DueItem(
        identity, "renewal", renewal.record, renewal.words, renewal.since, renewal.due, waited, late, renewal.item
    )


def _in_thread(thread: Thread, today: date, settings: Settings) -> Iterator[DueItem]:
    for ask in thread.asks:
        if ask.open:
            words = phrase("Reply to {record}: {words}", record=_named(ask.record), words=ask.record.headline(90))
            identity = f"reply-{ask.record.index}"
            yield DueItem(
                identity,
                "reply",
                ask.record,
                words,
                ask.asked_on,
                ask.due,
                ask.waited,
                ask.overdue_by,
                stated=ask.stated,
            )
    for missing in thread.unreceipted:
        mail = missing.record
        since = london_day(mail.event[0])
        words = phrase("Mail receipt for message {number}: {words}", number=mail.number, words=mail.headline(90))
        overdue = max(0, missing.waited - settings.receipt_after)
        yield DueItem(f"receipt-{mail.index}", "receipt", mail, words, since, missing.due, missing.waited, overdue)
    for record in unsent_drafts(thread.members):
        since = london_day(record.event[0])
        waited = working_days_between(since, today, settings.free_days)
        words = phrase("Sent copy of drafted e-mail {number}: {words}", number=record.number, words=record.headline(90))
        yield DueItem(
            f"sent-copy-{record.index}", "sent-copy", record, words, since, since, waited, waited, "sent copy"
        )


def _named(record: SealedRecord) -> Phrase:
    """Return a record as it is named within a sentence: its kind and number."""
    return phrase("{kind} {number}", kind=phrase(record.kind.label.lower()), number=record.number)


@dataclass(frozen=True, slots=True)
class Promise:
    """An action, review or deadline of a record, with its day (Europe/London)."""

    sort: str
    item: str
    words: str
    due: date


def promises_in(records: Sequence[SealedRecord]) -> Iterator[tuple[SealedRecord, int, Promise]]:
    """Yield the promises of some records, each with its record and its number in it: those of single records, and the assessments that are due."""
    for record in records:
        for number, promise in enumerate(promised(record), start=1):
            yield record, number, promise
    for _, standing in tool_standings(records):
        if standing.due is not None and not standing.last.handover:
            words = phrase("Due: {record}: {words}", record=_named(standing.last), words=standing.last.headline(90))
            yield standing.last, ASSESSMENT_NUMBER, Promise("date", ASSESSED, words, standing.due)


ASSESSMENT_NUMBER: Final = 0
"""The number of what an assessment promises, besides what a record itself does."""


def promised(record: SealedRecord) -> Iterator[Promise]:
    """Yield the open actions, the reviews and the deadline of a record that have a date."""
    actions = record.fields.get("actions")
    for action in actions if isinstance(actions, list) else []:
        if isinstance(action, dict) and action.get("due") and action.get("state", "open") == "open":
            item = f"{action['who']}: {action['what']}" if action.get("who") else str(action["what"])
            yield Promise("action", item, phrase("Action: {what}", what=item), typed_day(str(action["due"])))
    if record.kind is DEADLINE and record.fields.get("falls_on"):
        what, told_by = (str(record.fields.get(name, "")) for name in ("what", "told_by"))
        words = phrase("{what} (told by: {who}). {advice}", what=what, who=told_by, advice=phrase(GET_ADVICE))
        yield Promise(DEADLINE.name, what, words, typed_day(str(record.fields["falls_on"])))
    yield from _on_file(record)
    yield from _days_ahead(record)
    for name, item in REVIEWS.items():
        if record.fields.get(name):
            words = phrase(REVIEW_WORDS[item], record=_named(record), words=record.headline(90))
            yield Promise("review", item, words, typed_day(str(record.fields[name])))


DAYS_AHEAD: Final = MappingProxyType(
    {
        "incident": (
            ("interview_on", "interview", phrase("Interview")),
            ("due_on", "account", phrase("My account is due")),
        ),
        "health-and-safety": (("due", "health and safety", phrase("Due")),),
    }
)
"""For each kind the fields with a day on which something is to happen, the item that an outcome record names for it, and its words."""


def _days_ahead(record: SealedRecord) -> Iterator[Promise]:
    """Yield the days on which something is to happen that an incident or a matter of health and safety names."""
    for name, item, what in DAYS_AHEAD.get(record.kind.name, ()):
        if record.fields.get(name) and not record.fields.get("done_on"):
            words = phrase("{what}: {record}: {words}", what=what, record=_named(record), words=record.headline(90))
            yield Promise("date", item, words, typed_day(str(record.fields[name])))


def _case_items(records: Sequence[SealedRecord], today: date, settings: Settings) -> Iterator[DueItem]:
    """Yield the instructions of several cases of some of which it is not said yet what became of them."""
    linking: dict[int, list[SealedRecord]] = {}
    for record in records:
        for to, _ in record.links:
            linking.setdefault(to, []).append(record)
    for record in records:
        known = standings(record, linking.get(record.index, ())) if record.kind.name == "instruction" else ()
        left = sum(1 for each in known if each.last is None)
        if not left or record.handover:
            continue
        since = london_day(record.event[0])
        due = add_working_days(since, SOON, settings.free_days)
        waited = working_days_between(since, today, settings.free_days)
        late = working_days_between(due, today, settings.free_days)
        words = phrase(
            "{left} of {all} cases of {record}: nothing said yet of what became of them",
            left=left,
            all=len(known),
            record=_named(record),
        )
        yield DueItem(f"cases-{record.index}", "cases", record, words, since, due, waited, late, "cases", stated=False)


def _on_file(record: SealedRecord) -> Iterator[Promise]:
    """Yield what its author said is not yet where it belongs: in nDelius, or as a copy on the case file. It is due from the day on which it happened."""
    day, entered = london_day(record.event[0]), record.fields.get("ndelius")
    belongs_there = record.kind.name in CONTACTS and cases_of(record)
    if belongs_there and isinstance(entered, dict) and entered.get("entered") == "no":
        words = phrase(
            "Not yet entered in nDelius: {record}: {words}", record=_named(record), words=record.headline(90)
        )
        yield Promise("file", NDELIUS, words, day)
    if record.fields.get("copy_on_case_file") == "no":
        words = phrase(
            "Copy not yet on the case file: {record}: {words}", record=_named(record), words=record.headline(90)
        )
        yield Promise("file", COPY_ON_FILE, words, day)


def outcomes_in(records: Sequence[SealedRecord]) -> set[tuple[int, str]]:
    """Return the items for which an outcome was sealed: the position of the record that has the item, and the item's text, its capitals apart."""
    return {
        (to, str(record.fields.get("item", "")).casefold())
        for record in records
        if record.kind.name == "outcome"
        for to, _ in record.links
    }
