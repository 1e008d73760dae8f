"""Cases, people and workload, from the records of a store."""

from evidence_app.domain.people.directory import CaseEntry, Directory, PersonEntry, directory
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.scheduling import YieldPoint, never_yield, yielding
from evidence_app.domain.summary.workload import Workload, workload_of
from evidence_app.domain.text.folding import fold
from evidence_app.errors import InputError
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings

MAX_LATEST = 2_000


def whole_directory(session: Session, pace: YieldPoint = never_yield) -> Directory:
    """Return every case and everybody."""
    records = session.store.records.select(Selection(), by_event=True)
    return directory(yielding(records, pace), load_settings(session).persons)


def known_people(session: Session) -> dict[str, str]:
    """Return whom the settings and the latest records name, each with the last role that is known: for filling forms in."""
    size = session.store.log.size()
    latest = sorted(session.store.records.latest(MAX_LATEST, size), key=lambda each: (each.event[0], each.index))
    found = directory(latest, load_settings(session).persons)
    return {person.name: person.role for person in found.people}


def whole_workload(session: Session, pace: YieldPoint = never_yield) -> Workload:
    """Return the workload over time, and what fell due together."""
    return workload_of(yielding(session.store.records.in_play(), pace))


def find_case(session: Session, ref: str) -> CaseEntry:
    """Return a case.

    Raises:
        InputError: no record is about it.
    """
    for entry in whole_directory(session).cases:
        if entry.ref.casefold() == ref.strip().casefold():
            return entry
    raise InputError(f"No record is about the case “{ref[:40]}”. “cases” lists them.")


def find_person(session: Session, name: str) -> PersonEntry:
    """Return somebody by name, or by the beginning of it if only one person's begins so.

    Raises:
        InputError: nobody is called so, or several are.
    """
    wanted = fold(name).text.strip().casefold()
    people = whole_directory(session).people
    exact = [each for each in people if each.name.casefold() == wanted]
    found = exact or [each for each in people if wanted and wanted in each.name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"Several people are called so: {'; '.join(each.name for each in found[:6])}. Say which.")
    raise InputError(f"No record names “{name[:40]}”. “people” lists everybody.")
