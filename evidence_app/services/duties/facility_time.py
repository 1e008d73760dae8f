"""Facility time: hours of time off as a union rep, by what they were for and whether they were paid."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.rep_kinds import FACILITY_TIME
from evidence_app.domain.record.selection import Selection
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.services.core.session import Session
from evidence_app.services.members.members import require_rep

NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class FacilityHours:
    """Hours for one purpose, paid in one way: their sum, and how many records it is of."""

    sort: str
    paid: str
    hours: float
    records: int

    def to_json(self) -> JsonObject:
        """Return it as the command line prints it."""
        return {"sort": self.sort, "paid": self.paid, "hours": self.hours, "records": self.records}

    def in_words(self) -> str:
        """Return it as one line."""
        return f"{self.hours:8.2f} h  {self.sort}, {self.paid}"


def facility_hours(session: Session, days: Selection) -> list[FacilityHours]:
    """Return the hours within some days, by purpose and pay.

    Raises:
        InputError: this is not a rep's store.
    """
    require_rep(session)
    chosen = Selection(kind=FACILITY_TIME.name, event_from=days.event_from, event_to=days.event_to)
    return _summed(session.store.records.select(chosen))


def _summed(records: Iterable[SealedRecord]) -> list[FacilityHours]:
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for record in records:
        key = str(record.fields["sort"]), str(record.fields.get("paid", NOT_SAID))
        found[key].append(float(str(record.fields["hours"])))
    return [FacilityHours(*key, round(sum(hours), 2), len(hours)) for key, hours in sorted(found.items())]
