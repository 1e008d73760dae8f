"""The ledger of allocations: what was given, when, by whom, how, with or without papers, and the load before and after; and how often a case changed hands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from evidence_app.domain.people.directory import days_without_officer
from evidence_app.domain.record.cases.covered_cases import cases_of
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.work_kinds import ALLOCATION
from evidence_app.domain.thread.steps import person_in
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.json import JsonObject

WITHOUT_PAPERS = "without papers"


@dataclass(frozen=True, slots=True)
class Allocation:
    """One allocation, on a day (London). The load is the number of cases before and after; None where it was not said.

    `days_without` is how many days the cases had no officer before it, as far as that was said.
    """

    record: int
    day: date
    cases: tuple[str, ...]
    by: str
    via: str
    papers: str
    before: int | None
    after: int | None
    objected: bool
    answered: bool
    days_without: int

    def to_json(self) -> JsonObject:
        """Return it as the command line prints it."""
        return {
            "record": self.record,
            "day": self.day.isoformat(),
            "cases": [*self.cases],
            "by": self.by,
            "via": self.via,
            "papers": self.papers,
            "load_before": self.before,
            "load_after": self.after,
            "objected": self.objected,
            "answered": self.answered,
            "days_without_officer": self.days_without,
        }


def allocations_in(records: Iterable[SealedRecord]) -> list[Allocation]:
    """Return the allocations among some records, in the order of the days."""
    found = [_allocation(record) for record in records if record.kind is ALLOCATION]
    return sorted(found, key=lambda each: (each.day, each.record))


def of_case(ledger: Iterable[Allocation], ref: str) -> list[Allocation]:
    """Return the allocations of one case: how often it changed hands, as far as the log knows."""
    return [each for each in ledger if ref in each.cases]


def in_words(ledger: Sequence[Allocation]) -> str:
    """Return what the ledger comes to: how many cases, how many of them without papers, to how many objections were raised and answered."""
    cases = {ref for each in ledger for ref in each.cases}
    bare = {ref for each in ledger if each.papers == WITHOUT_PAPERS for ref in each.cases}
    objected = [each for each in ledger if each.objected]
    answered = sum(1 for each in objected if each.answered)
    return (
        f"Allocations: {len(ledger)}. Different cases: {len(cases)}, of which without papers: {len(bare)}. "
        f"Objections: {len(objected)}, of which answered: {answered}."
    )


def _allocation(record: SealedRecord) -> Allocation:
    fields = record.fields
    return Allocation(
        record.index,
        london_day(record.event[0]),
        cases_of(record),
        person_in(fields.get("allocated_by")),
        str(fields.get("via", "")),
        str(fields.get("papers", "")),
        _cases(record, "load_before"),
        _cases(record, "load_after"),
        bool(fields.get("objection")),
        bool(fields.get("answer")),
        days_without_officer(record),
    )


def _cases(record: SealedRecord, name: str) -> int | None:
    load = record.fields.get(name)
    value = load.get("cases_total") if isinstance(load, dict) else None
    return value if isinstance(value, int) else None
