"""Holds of a store, and what it holds for an inquiry: dates and kinds, without content."""

from collections.abc import Iterator
from dataclasses import dataclass

from evidence_app.domain.record.cases.covered_cases import cases_of
from evidence_app.domain.record.cases.holds import Hold, holds_in
from evidence_app.domain.record.entries import Entry, Link
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.record.work_kinds import HOLD_END
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import spell
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session


@dataclass(frozen=True, slots=True)
class Holding:
    """A record that is held, without what it says: its number, day, kind, code, and how many files it has."""

    record: SealedRecord

    def in_words(self) -> str:
        """Return it as one line."""
        files = len(self.record.attachments)
        with_files = f", {files} file{'' if files == 1 else 's'}" if files else ""
        return f"{self.record.index:5}  {self.record.code}  {self.record.event_in_words():32} {self.record.kind.label}{with_files}"

    def to_json(self) -> JsonObject:
        """Return it as the command line prints it."""
        return {
            "record": self.record.index,
            "code": self.record.code,
            "event": str(self.record.event_in_words()),
            "sealed_at": spell(self.record.sealed_at),
            "kind": self.record.kind.name,
            "files": len(self.record.attachments),
        }


def standing_holds(session: Session) -> list[Hold]:
    """Return the holds that stand."""
    return holds_in(list(session.store.records.select(Selection())))


def lift(session: Session, index: int, why: str) -> Sealed:
    """Seal that a hold is lifted. Others that cover the same cases stay.

    Raises:
        InputError: the record sets no hold that stands, or no reason is given.
        EnvironmentProblem: the store cannot be written.
    """
    if not why.strip():
        raise InputError("Say why the hold is lifted, and who said so: --why.")
    if all(hold.record != index for hold in standing_holds(session)):
        raise InputError(f"Record {index} sets no hold that stands.")
    now = spell(session.clock.now().replace(microsecond=0))
    return seal(session, Entry(HOLD_END, now, "exact", {"why": why.strip()}, links=(Link(index, "about"),)))


def held_for(session: Session, incident: int | None, words: str, case_ref: str) -> list[Holding]:
    """Return what is held for an inquiry: by an incident with its cases, by words, by a case; in the order of the events.

    Raises:
        InputError: nothing is named, or the record is no incident.
    """
    if incident is None and not words.strip() and not case_ref:
        raise InputError("Name an incident (--incident N), words (--words), or a case (--case).")
    chosen = {record.index: record for record in _chosen(session, incident, words, case_ref)}
    return [Holding(record) for record in sorted(chosen.values(), key=lambda each: (each.event[0], each.index))]


def _chosen(session: Session, incident: int | None, words: str, case_ref: str) -> Iterator[SealedRecord]:
    records = session.store.records
    if incident is not None:
        set_by = records.get(incident)
        if set_by.kind.name != "incident":
            raise InputError(f"Record {incident} is no incident: it is of the kind “{set_by.kind.label.lower()}”.")
        yield set_by
        yield from records.linking_to(incident)
        for ref in cases_of(set_by):
            yield from records.select(Selection(case_ref=ref))
    if case_ref:
        yield from records.select(Selection(case_ref=case_ref))
    if words.strip():
        yield from (records.get(index) for index in records.search(words))
