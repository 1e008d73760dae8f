"""What became of the cases that one instruction covers: read, and said for one or for many at once."""

from collections.abc import Iterable, Sequence

from evidence_app.domain.record.cases.covered_cases import covered_by
from evidence_app.domain.record.entries import Entry, normal_case_ref, read_entry
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.thread.case_outcomes import IS_ABOUT, CaseStanding, standings
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import spell
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session


def standings_of(session: Session, index: int) -> tuple[SealedRecord, tuple[CaseStanding, ...]]:
    """Return a record, and what became of each case that it covers.

    Raises:
        InputError: there is no such record, or it covers no cases.
    """
    record = session.store.records.get(index)
    if not covered_by(record):
        raise InputError(f"Record {index} covers no list of cases.")
    return record, standings(record, session.store.records.linking_to(index))


def follow_up(session: Session, index: int, refs: Sequence[str], fields: JsonObject) -> list[Sealed]:
    """Seal what became of some cases that a record covers: one record for each. All are checked before the first is sealed.

    `fields` are those of the kind *case-outcome*.

    Raises:
        InputError: a case is not among those that the record covers, stands twice, or a field is malformed. Nothing was sealed.
        EnvironmentProblem: the store cannot be written; what was sealed before that stays.
    """
    record, known = standings_of(session, index)
    limited = {each.case.ref: each.case.limited for each in known}
    chosen = [normal_case_ref(ref) for ref in refs]
    for ref in chosen:
        if ref not in limited:
            raise InputError(f"{ref[:40]} is not among the {len(known)} cases that record {index} covers.")
        if chosen.count(ref) > 1:
            raise InputError(f"{ref} stands twice.")
    if not chosen:
        raise InputError("Name at least one case.")
    entries = [_entry(session, record, ref, fields, limited=limited[ref]) for ref in chosen]
    return [seal(session, entry) for entry in entries]


def without_word_yet(known: Iterable[CaseStanding]) -> list[str]:
    """Return the references of the cases of which nothing was said yet."""
    return [each.case.ref for each in known if each.last is None]


def _entry(session: Session, record: SealedRecord, ref: str, fields: JsonObject, *, limited: bool) -> Entry:
    return read_entry(
        {
            "kind": "case-outcome",
            "event_at": spell(session.clock.now().replace(microsecond=0)),
            "event_precision": "exact",
            "case_ref": ref,
            "fields": {**fields, **({"lao": True} if limited else {})},
            "links": [{"to": record.index, "as": IS_ABOUT}],
        }
    )
