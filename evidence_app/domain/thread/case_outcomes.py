"""What became of each case that an instruction or a decision covers. Of several follow-ups on a case the last counts, so that nothing is counted twice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.record.cases.covered_cases import CoveredCase, covered_by
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.work_kinds import CASE_OUTCOME

NOTHING_YET: Final = "nothing said yet"
IS_ABOUT: Final = "about"
"""The relation of a follow-up to the record whose cases it is about: “carries out” would say that it was done."""


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """A case that a record covers, and the last follow-up on it; None where there is none yet."""

    case: CoveredCase
    last: SealedRecord | None

    @property
    def became(self) -> str:
        """What became of it: a word of `CASE_OUTCOMES`, or that nothing was said yet."""
        return str(self.last.fields["became"]) if self.last else NOTHING_YET

    @property
    def to_value(self) -> str:
        """What it was changed to, as far as that was said."""
        return str(self.last.fields.get("to_value", "")) if self.last else ""

    @property
    def why(self) -> str:
        """The reason that was given."""
        return str(self.last.fields.get("why", "")) if self.last else ""


def standings(record: SealedRecord, linking: Iterable[SealedRecord]) -> tuple[CaseStanding, ...]:
    """Return what became of each case that a record covers. `linking` are the records that link to it."""
    about_it = [each for each in linking if each.kind is CASE_OUTCOME and (record.index, IS_ABOUT) in each.links]
    last = {each.case_ref: each for each in in_order_of_events(about_it)}
    return tuple(CaseStanding(case, last.get(case.ref)) for case in covered_by(record))


def in_order_of_events(records: Iterable[SealedRecord]) -> list[SealedRecord]:
    """Return records in the order in which things happened; of one moment in the order of sealing."""
    return sorted(records, key=lambda each: (each.event[0], each.sealed_at, each.index))


def counted(all_standings: Iterable[CaseStanding]) -> dict[str, int]:
    """Return how many cases became what, the most frequent first."""
    return dict(Counter(each.became for each in all_standings).most_common())
