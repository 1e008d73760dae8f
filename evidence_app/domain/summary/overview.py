"""The overview of a bundle: what was raised with whom, opened and answered, who knew what and when, and the workload."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from evidence_app.domain.people.same_person import joined_names
from evidence_app.domain.record.correspondence import SENT_FORMS, form_of, is_sent_mail, tied_afterwards
from evidence_app.domain.record.records import RecordKey, SealedRecord, record_order
from evidence_app.domain.text.counted import counted
from evidence_app.domain.thread.reply_requests import ReplyRequest
from evidence_app.domain.thread.steps import person_in
from evidence_app.domain.thread.threads import Thread
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.json import Json
from evidence_app.proof.encoding.times import day_in_words

RAISING: Final = frozenset({"concern", "escalation", "refusal"})
"""The kinds of record that raise something."""


NOBODY: Final = "nobody named"
"""What stands for whom something was raised with, where its record names nobody."""
NO_MAIL: Final = "no e-mail is held for it"


@dataclass(frozen=True, slots=True)
class Raised:
    """A record that raises something, with texts: whom it was raised with, what receipts report, and how it was answered."""

    record: SealedRecord
    whom: str
    opened: str
    answered: str
    unanswered: bool
    answered_late: bool = False

    @property
    def who(self) -> str:
        """The name alone of whom it was raised with; the role stands among the people."""
        person = self.record.fields.get("raised_with") or self.record.fields.get("told_to")
        return str(person["person"]) if isinstance(person, dict) and person.get("person") else self.whom

    @property
    def names_nobody(self) -> bool:
        """Whether its record does not say whom it was raised with."""
        return self.whom == NOBODY


def raised(records: Sequence[SealedRecord], threads: Sequence[Thread]) -> list[Raised]:
    """Return what was raised in some records, in the order in which it was raised. `threads` are theirs, as far as they make any."""
    found: list[Raised] = []
    # Of several threads with a record the first counts.
    thread_of = {key: thread for thread in reversed(threads) for key in thread.positions}
    for record in records:
        if record.kind.name not in RAISING:
            continue
        thread = thread_of.get(record.key)
        members = {record.key: record for record in thread.members} if thread is not None else {}
        asks = {ask.record.key: ask for ask in thread.asks} if thread is not None else {}
        mails = _mails_about(record, members)
        ask = asks.get(record.key) or next((asks[mail.key] for mail in mails if mail.key in asks), None)
        found.append(_raised(record, mails, members, ask))
    return sorted(found, key=lambda each: (each.record.event[0], record_order(each.record.key)))


def raised_in_words(things: Sequence[Raised]) -> str:
    """Say who raised how many of what, how many were opened and how many have no answer."""
    if not things:
        return "No concern, escalation or refusal is among the records shown."
    by_author: dict[str, Counter[str]] = {}
    for thing in things:
        by_author.setdefault(thing.record.author_name or "The author", Counter())[thing.record.kind.name] += 1
    who = "; ".join(f"{author} raised {_counts_in_words(counts)}" for author, counts in by_author.items())
    opened = sum(thing.opened.startswith("opened") for thing in things)
    deleted = sum(thing.opened.startswith("deleted") for thing in things)
    unanswered, late = sum(thing.unanswered for thing in things), sum(thing.answered_late for thing in things)
    nobody = sum(thing.names_nobody for thing in things)
    said = [f"{who[:1].upper()}{who[1:]}, in the records shown."]
    if opened:
        said.append(f"A mail about {_so_many(opened, things)} was opened, according to a receipt.")
    if deleted:
        said.append(f"A mail about {_so_many(deleted, things)} was deleted unread, according to a receipt.")
    if unanswered:
        said.append(f"To {_so_many(unanswered, things)} no answer is recorded.")
    if late:
        said.append(
            f"{_so_many(late, things)} {'was' if late == 1 else 'were'} answered after the date that was asked for."
        )
    if nobody:
        said.append(f"For {_so_many(nobody, things)} nobody is named with whom it was raised.")
    return " ".join(each[:1].upper() + each[1:] for each in said)


def _so_many(count: int, things: Sequence[Raised]) -> str:
    """Return ``it`` where there is one thing, else how many of them."""
    if len(things) == 1:
        return "it"
    return f"{count} of them" if count < len(things) else f"all {count}"


def _counts_in_words(counts: Mapping[str, int]) -> str:
    words = [counted(count, name) for name, count in counts.items()]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def _mails_about(record: SealedRecord, members: Mapping[RecordKey, SealedRecord]) -> list[SealedRecord]:
    """Return the sent mails that are about a record, by a link of their own or by one that was sealed afterwards."""
    tied = tied_afterwards(members.values())
    mails = (each for each in members.values() if is_sent_mail(each))
    return [mail for mail in mails if (record.key, "about") in mail.linked or record.key in tied.get(mail.key, ())]


def _raised(
    record: SealedRecord,
    mails: Sequence[SealedRecord],
    members: Mapping[RecordKey, SealedRecord],
    ask: ReplyRequest | None,
) -> Raised:
    whom = person_in(record.fields.get("raised_with") or record.fields.get("told_to")) or str(
        record.fields.get("to_level", "")
    )
    return Raised(
        record,
        whom or NOBODY,
        _opened(mails, members),
        ask.in_words() if ask else _as_noted(record),
        ask is not None and not ask.answered,
        ask is not None and ask.answered_late,
    )


def _as_noted(record: SealedRecord) -> str:
    """Return what the author noted of an answer there and then, as the author's words."""
    words = " ".join(str(record.fields.get("answer_given") or record.fields.get("outcome") or "").split())
    return f"As its author noted: “{words}”" if words else "No reply was asked for"


def _opened(mails: Sequence[SealedRecord], members: Mapping[RecordKey, SealedRecord]) -> str:
    """Say what receipts say of some mails: the furthest that any of them went."""
    if not mails:
        return NO_MAIL
    sent = {mail.key for mail in mails}
    receipts = [
        each
        for each in members.values()
        if each.kind.name == "mail-receipt" and sent & {to for to, how in each.linked if how == "receipt for"}
    ]
    for state, words in (
        ("displayed", "opened"),
        ("deleted", "deleted unread"),
        ("denied", "receipt refused"),
        ("failed", "not delivered"),
    ):
        for receipt in receipts:
            if receipt.fields.get("type") == state:
                return f"{words} {day_in_words(london_day(receipt.event[0]))}, according to the receipt"
    if any(each.fields.get("type") == "delivered" for each in receipts):
        return "delivered, not known whether opened"
    return "sent; no receipt held" if not receipts else "sent; no receipt came"


@dataclass(frozen=True, slots=True)
class Knew:
    """That a person (`who`) was told, was sent, opened, said or answered something, by a record."""

    who: str
    what: str
    record: SealedRecord

    @property
    def day(self) -> date:
        """The day of it, in Europe/London."""
        return london_day(self.record.event[0])


PARTS: Final[MappingProxyType[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "instruction": (("given_by", "said"), ("witness", "heard")),
        "decision": (("made_by", "decided"), ("agreed_by", "agreed")),
        "concern": (("raised_with", "was told"),),
        "escalation": (("raised_with", "was told"),),
        "refusal": (("told_to", "was told"),),
        "response": (("from", "answered"),),
        "meeting": (("attendees", "was present"),),
        "referral": (("raised_with", "was asked"),),
        "assessment": (("told_to", "was told"),),
    }
)
"""For each kind, the fields that name a person, and what that shows of them."""


def who_knew(records: Sequence[SealedRecord]) -> list[Knew]:
    """Return who knew what, in the order of events and each once. The author of each record is left out of what it shows."""
    names = _names_by_address(records)
    found = [
        each
        for record in sorted(records, key=lambda record: (record.event[0], record_order(record.key)))
        for each in _knew(record, names)
        if each.who
    ]
    fullest = joined_names([*(record.author_name for record in records), *(each.who for each in found)])
    found = [
        replace(each, who=fullest[each.who])
        for each in found
        if fullest[each.who] != fullest.get(each.record.author_name)
    ]
    return list({(each.who, each.what, each.record.key): each for each in found}.values())


def _knew(record: SealedRecord, names: Mapping[str, str]) -> Iterator[Knew]:
    fields = record.fields
    for field, what in PARTS.get(record.kind.name, ()):
        value = fields.get(field)
        for person in value if isinstance(value, list) else [value]:
            if isinstance(person, dict) and person.get("person"):
                silent = record.kind.name == "response" and fields.get("effect") == "no answer by the date"
                yield Knew(str(person["person"]), "did not answer" if silent else what, record)
    for name, what in _shown_by_mail(record):
        value = fields.get(name)
        for person in value if isinstance(value, list) else [value]:
            yield Knew(_name(person, names), what, record)
    if record.kind.name == "mail-receipt" and fields.get("type") in OPENING:
        yield Knew(_name(fields.get("final_recipient"), names), OPENING[str(fields["type"])], record)


def _shown_by_mail(record: SealedRecord) -> tuple[tuple[str, str], ...]:
    """Return what a mail shows of the people in its fields. A draft or a copy shows nothing of anybody; a reaction that a mail was seen."""
    if is_sent_mail(record):
        return (("to", "was sent"), ("cc", "was copied"), ("bcc", "was copied unseen"))
    if record.kind.name != "message" or record.fields.get("direction") != "received":
        return ()
    form = form_of(record)
    if form == "reaction":
        return (("from", "reacted"),)
    if form == "meeting answer":
        return (("from", "answered an invitation"),)
    return (("from", "wrote"),) if form in SENT_FORMS and not record.fields.get("automatic") else ()


OPENING: Final = {"displayed": "opened it", "deleted": "deleted it unread"}
"""For types of mail receipt, what the recipient did according to them."""


def _name(value: Json, names: Mapping[str, str]) -> str:
    """Return the name in ``Name <address>``, or else the name known for the address, or an empty string."""
    text = str(value or "")
    name, bracket, rest = text.partition("<")
    if bracket and name.strip(" '\""):
        return name.strip(" '\"")
    return names.get((rest.rstrip("> ") or text).strip().lower(), "")


def _names_by_address(records: Sequence[SealedRecord]) -> dict[str, str]:
    """Return the first name that mails give for each address."""
    names: dict[str, str] = {}
    for record in records:
        for field in ("from", "to", "cc", "bcc"):
            value = record.fields.get(field)
            for person in value if isinstance(value, list) else [value]:
                name, bracket, rest = str(person or "").partition("<")
                if bracket and name.strip(" '\""):
                    names.setdefault(rest.rstrip("> ").lower(), name.strip(" '\""))
    return names


def most_often(knew: Sequence[Knew]) -> list[str]:
    """Return the names of the people, the most frequent first."""
    return [name for name, _ in Counter(each.who for each in knew).most_common()]
