"""The ledger of allocations of a store."""

from evidence_app.domain.record.selection import Selection
from evidence_app.domain.summary.allocations import Allocation, allocations_in, of_case
from evidence_app.services.core.session import Session


def ledger(session: Session, selection: Selection) -> list[Allocation]:
    """Return the allocations that a selection takes in, in the order of the days; those of one case where it names one."""
    found = allocations_in(session.store.records.select(selection))
    return of_case(found, selection.case_ref) if selection.case_ref else found
