"""Holds: what must not be destroyed. An incident's hold covers its cases, a record's own hold that record; each is lifted for itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from evidence_app.domain.record.cases.covered_cases import cases_of
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.work_kinds import HOLD_END
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.times import day_in_words


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold that stands: the record that sets it, since which day (London), and the cases that it covers.

    `alone`: it covers that record and no other. An incident that names no case covers everything.
    """

    record: int
    since: date
    what: str
    cases: frozenset[str]
    alone: bool

    def covers(self, record: SealedRecord) -> bool:
        """Whether a record must not be destroyed because of it."""
        if record.index == self.record:
            return True
        return not self.alone and (not self.cases or not self.cases.isdisjoint(cases_of(record)))

    def covers_case(self, ref: str) -> bool:
        """Whether it covers a case."""
        return not self.alone and (not self.cases or ref in self.cases)

    def in_words(self) -> str:
        """Return it as one line."""
        what = f"record {self.record}, {self.what}" if self.what else f"record {self.record}"
        over = "that record alone" if self.alone else ", ".join(sorted(self.cases)) or "everything"
        return f"Hold of {what}, since {day_in_words(self.since)}: {over} must not be destroyed"


def holds_in(records: Sequence[SealedRecord]) -> list[Hold]:
    """Return the holds that stand, in the order of their records. One that is set twice stands until each was lifted."""
    lifted = {to for record in records if record.kind is HOLD_END for to, _ in record.links}
    return [hold for record in records if record.index not in lifted for hold in _set_by(record)]


def sets_hold(record: SealedRecord) -> bool:
    """Whether a record sets a hold, lifted or not."""
    return any(record.fields.get(name) is True for name in ("hold", "legal_hold"))


def bears_on_holds(record: SealedRecord) -> bool:
    """Whether a record sets a hold or lifts one."""
    return record.kind is HOLD_END or sets_hold(record)


def over(record: SealedRecord, holds: Iterable[Hold]) -> list[Hold]:
    """Return the holds that cover a record."""
    return [hold for hold in holds if hold.covers(record)]


def _set_by(record: SealedRecord) -> Iterable[Hold]:
    day, what = london_day(record.event[0]), str(record.fields.get("type", ""))
    if record.fields.get("hold") is True:
        yield Hold(record.index, day, what, frozenset(cases_of(record)), alone=False)
    elif record.fields.get("legal_hold") is True:
        yield Hold(record.index, day, record.kind.label.lower(), frozenset(), alone=True)
