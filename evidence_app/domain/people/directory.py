"""The directory: cases and people derived from the records, with roles, dates, addresses and the records that name them.

It is computed each time and never stored: a stored address book could differ from the records or be lost.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from evidence_app.domain.people.machines import is_machine
from evidence_app.domain.people.recipients import KnownPerson
from evidence_app.domain.phrases import Phrase, counted_phrase, phrase, together
from evidence_app.domain.record.cases.assessments import ToolStanding, tool_standings
from evidence_app.domain.record.cases.covered_cases import cases_of, covered_by
from evidence_app.domain.record.cases.holds import bears_on_holds, holds_in
from evidence_app.domain.record.program_kinds import EXPORT
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.work_kinds import ALLOCATION, ASSESSMENT
from evidence_app.domain.text.folding import fold
from evidence_app.domain.time.times import london_day, typed_day
from evidence_app.proof.encoding.json import Json

NAMED_BY_MAIL: Final = ("from", "to", "cc", "bcc", "final_recipient")
"""Fields of mails and mail receipts that name people as ``Name <address>``."""
OF_DELIVERY: Final = frozenset({"delivered", "relayed", "expanded", "delayed", "failed"})
"""States that mail servers report."""
# Shown to users.
NO_ROLE: Final = "role not said"


@dataclass(slots=True)
class Stretch:
    """A role that a person had from one day to another (Europe/London), both included, and the records that show it."""

    role: str
    first: date
    last: date
    records: list[int] = field(default_factory=list)

    def in_words(self) -> Phrase:
        """Return the role and its days on one line."""
        role = self.role or phrase(NO_ROLE)
        if self.last == self.first:
            return phrase("{role}: {day}", role=role, day=self.first)
        return phrase("{role}: {first} to {last}", role=role, first=self.first, last=self.last)


@dataclass(slots=True)
class PersonEntry:
    """A person in the records: stretches of roles, addresses, case references, and positions of records, in order."""

    name: str
    roles: list[Stretch] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    records: list[int] = field(default_factory=list)

    @property
    def role(self) -> str:
        """The latest known role, or an empty string."""
        return next((each.role for each in reversed(self.roles) if each.role), "")


@dataclass(slots=True)
class CaseEntry:
    """A case in the records: its first and last day, the number of records by kind, and the people with their roles in it.

    `pseudonyms` are pairs of a pseudonym and the position of the export that used it, since each bundle has its own.
    `limited` is true if a record marks it as a limited access case. `held_by` are the records that set a hold on it which stands.
    `allocated` are the allocations of it, `officers_before` the officers who had it before one, as those say, and
    `days_without_officer` the days without one before them in all. `assessed` is how each assessment tool stands in it.
    """

    ref: str
    first: date
    last: date
    kinds: Counter[str] = field(default_factory=Counter)
    people: list[tuple[str, Stretch]] = field(default_factory=list)
    pseudonyms: list[tuple[str, int]] = field(default_factory=list)
    limited: bool = False
    records: list[int] = field(default_factory=list)
    held_by: list[int] = field(default_factory=list)
    allocated: list[int] = field(default_factory=list)
    officers_before: list[str] = field(default_factory=list)
    days_without_officer: int = 0
    assessed: list[ToolStanding] = field(default_factory=list)

    def hands_in_words(self) -> Phrase:
        """Return how often the case changed hands, as far as the records know; an empty sentence where no allocation is recorded."""
        if not self.allocated:
            return phrase("")
        allocated = counted_phrase(len(self.allocated), "Allocated once,", "Allocated {count} times,")
        had = counted_phrase(
            len(self.officers_before), "{count} officer named before me", "{count} officers named before me"
        )
        without = counted_phrase(
            self.days_without_officer, "{count} day without an officer", "{count} days without an officer"
        )
        return together([allocated, phrase("{had}, {without}, as the records say.", had=had, without=without)])


@dataclass(frozen=True, slots=True)
class Directory:
    """All cases and people, in alphabetical order."""

    cases: tuple[CaseEntry, ...]
    people: tuple[PersonEntry, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A person as a record names them; the role and the address are empty where it does not say them."""

    name: str
    role: str
    address: str = ""


def directory(records: Iterable[SealedRecord], known: Sequence[KnownPerson] = ()) -> Directory:
    """Return the directory of some records.

    The records must come in the order of events. They are read once and not kept, so that a long log needs little memory.
    `known` are the people of the settings, who are listed even if no record names them.
    """
    people: dict[str, PersonEntry] = {}
    cases: dict[str, CaseEntry] = {}
    by_address = {person.address.lower(): person.name for person in known if person.address}
    exports: list[SealedRecord] = []
    for person in known:
        entry = people.setdefault(_key(person.name), PersonEntry(person.name))
        entry.addresses += [person.address] if person.address else []
    of_holds: list[SealedRecord] = []
    assessments: list[SealedRecord] = []
    for record in records:
        if bears_on_holds(record):
            of_holds.append(record)
        if record.kind is EXPORT:
            exports.append(record)
            continue
        if record.kind is ASSESSMENT:
            assessments.append(record)
        _add_case(cases, record)
        for mention in mentions_in(record, by_address):
            _add_person(people, cases, record, mention)
    for export in exports:
        _add_pseudonyms(cases, export)
    for ref, standing in tool_standings(assessments):
        if ref in cases:
            cases[ref].assessed.append(standing)
    for hold in holds_in(of_holds):
        for case in cases.values():
            case.held_by += [hold.record] if hold.covers_case(case.ref) else []
    return Directory(
        tuple(cases[ref] for ref in sorted(cases)),
        tuple(sorted(people.values(), key=lambda each: _key(each.name))),
    )


def _key(name: str) -> str:
    return " ".join(fold(name).text.casefold().replace(".", " ").split())


def mentions_in(record: SealedRecord, by_address: dict[str, str]) -> Iterator[Mention]:
    """Yield the people whom a record names. `by_address` are the names known by address; those that mails give are added."""
    for person in _people_in(record.fields):
        yield Mention(str(person["person"]), str(person.get("role") or ""))
    if record.kind.name not in {"message", "mail-receipt"}:
        return
    for name in NAMED_BY_MAIL:
        if name == "from" and record.kind.name == "mail-receipt" and record.fields.get("type") in OF_DELIVERY:
            # A mail server writes delivery reports.
            continue
        value = record.fields.get(name)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and text:
                mention = _by_mail(text, by_address)
                if mention is not None:
                    yield mention


def people_in(record: SealedRecord) -> Iterator[str]:
    """Yield the names of the persons in a record's fields, and its author's."""
    for person in (*_people_in(record.fields), record.content.get("author")):
        if isinstance(person, dict) and isinstance(person.get("person"), str):
            yield str(person["person"])


def _people_in(value: Json) -> Iterator[dict[str, Json]]:
    """Yield every person object in a value, at any depth."""
    if isinstance(value, dict):
        if isinstance(value.get("person"), str) and value["person"]:
            yield value
        for part in value.values():
            yield from _people_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _people_in(part)


def _by_mail(text: str, by_address: dict[str, str]) -> Mention | None:
    """Return the person whom a mail header names, or None for an address without a known name and for a machine.

    Names seen with an address are added to `by_address`, for later mails that give the address alone.
    """
    if is_machine(text):
        return None
    before, bracket, rest = text.partition("<")
    address = (rest.rstrip("> ") if bracket else text).strip().lower()
    name = before.strip(" '\"") if bracket else ""
    if name and address:
        by_address.setdefault(address, name)
    name = by_address.get(address, name)
    return Mention(name, "", address) if name else None


def _add_case(cases: dict[str, CaseEntry], record: SealedRecord) -> None:
    day = london_day(record.event[0])
    limited = {case.ref for case in covered_by(record) if case.limited}
    for ref in cases_of(record):
        entry = cases.setdefault(ref, CaseEntry(ref, day, day))
        entry.first, entry.last = min(entry.first, day), max(entry.last, day)
        entry.kinds[record.kind.label] += 1
        if record.kind is ALLOCATION:
            _add_allocation(entry, record)
        entry.limited = entry.limited or ref in limited or (ref == record.case_ref and record.fields.get("lao") is True)
        entry.records.append(record.index)


def _add_allocation(entry: CaseEntry, record: SealedRecord) -> None:
    entry.allocated.append(record.index)
    entry.days_without_officer += days_without_officer(record)
    before = record.fields.get("from_officer")
    name = str(before.get("person") or "") if isinstance(before, dict) else ""
    if name and _key(name) not in map(_key, entry.officers_before):
        entry.officers_before.append(name)


def days_without_officer(allocation: SealedRecord) -> int:
    """Return how many days the cases of an allocation had no officer before it, as far as that was said."""
    since = allocation.fields.get("without_officer_since")
    return max(0, (london_day(allocation.event[0]) - typed_day(str(since))).days) if since else 0


def _add_person(
    people: dict[str, PersonEntry], cases: dict[str, CaseEntry], record: SealedRecord, mention: Mention
) -> None:
    entry = people.setdefault(_key(mention.name), PersonEntry(mention.name))
    day = london_day(record.event[0])
    if mention.address and mention.address not in (address.lower() for address in entry.addresses):
        entry.addresses.append(mention.address)
    if record.index not in entry.records[-1:]:
        entry.records.append(record.index)
    if mention.role or not entry.roles:
        add_stretch(entry.roles, mention.role, day, record.index)
    for ref in cases_of(record):
        if ref not in entry.cases:
            entry.cases.append(ref)
        # The same for this case alone: only a stretch that has just begun must be added to the case's list.
        in_case = [stretch for name, stretch in cases[ref].people if name == entry.name]
        before = len(in_case)
        add_stretch(in_case, mention.role, day, record.index)
        cases[ref].people += [(entry.name, stretch) for stretch in in_case[before:]]


def add_stretch(stretches: list[Stretch], role: str, day: date, record: int) -> None:
    """Extend the last stretch if the role is the same or not given, else begin a new one.

    Somebody who returns to an earlier role has two stretches of it.
    """
    last = stretches[-1] if stretches else None
    if last is not None and not last.role and role:
        last.role = role
    if last is None or (role and last.role != role):
        stretches.append(Stretch(role, day, day, [record]))
    else:
        last.last = max(last.last, day)
        if record not in last.records:
            last.records.append(record)


def _add_pseudonyms(cases: dict[str, CaseEntry], export: SealedRecord) -> None:
    rows = export.fields.get("pseudonyms")
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and row.get("stands_for") in cases:
            cases[str(row["stands_for"])].pseudonyms.append((str(row.get("pseudonym")), export.index))
