"""Cases, people and workload, derived from all records of a store."""

from evidence_app.domain.people.directory import CaseEntry, Directory, PersonEntry, directory
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.scheduling import YieldPoint, never_yield, yielding
from evidence_app.domain.summary.workload import Workload, workload_of
from evidence_app.domain.text.folding import fold
from evidence_app.errors import InputError
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings

MAX_LATEST = 2_000
"""Number of latest records that are searched for names to complete forms with."""


def whole_directory(session: Session, pace: YieldPoint = never_yield) -> Directory:
    """Return all cases and people in the log. `pace` is called once a record, so a background scan can pause or cancel."""
    records = session.store.records.select(Selection(), by_event=True)
    return directory(yielding(records, pace), load_settings(session).persons)


def known_people(session: Session) -> dict[str, str]:
    """Return the people in the settings and the latest records, name to last known role, for completing forms."""
    size = session.store.log.size()
    latest = sorted(session.store.records.latest(MAX_LATEST, size), key=lambda each: (each.event[0], each.index))
    latest_directory = directory(latest, load_settings(session).persons)
    return {person.name: person.role for person in latest_directory.people}


def whole_workload(session: Session, pace: YieldPoint = never_yield) -> Workload:
    """Return the workload over time, and the dates that fell due together. `pace` is called once a record."""
    return workload_of(yielding(session.store.records.in_play(), pace))


def find_case(session: Session, ref: str) -> CaseEntry:
    """Return a case by its reference, without regard to case or surrounding spaces.

    Raises:
        InputError: no record is about this case.
    """
    for entry in whole_directory(session).cases:
        if entry.ref.casefold() == ref.strip().casefold():
            return entry
    raise InputError(f"No record is about the case “{ref[:40]}”. “cases” lists them.")


def find_person(session: Session, name: str) -> PersonEntry:
    """Return a person by the full name, or by a part of it that only one name contains.

    Raises:
        InputError: no name matches, or several do.
    """
    typed_name = fold(name).text.strip().casefold()
    people = whole_directory(session).people
    exact = [each for each in people if each.name.casefold() == typed_name]
    matches = exact or [each for each in people if typed_name and typed_name in each.name.casefold()]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise InputError(f"Several people are called so: {'; '.join(each.name for each in matches[:6])}. Say which.")
    raise InputError(f"No record names “{name[:40]}”. “people” lists everybody.")
