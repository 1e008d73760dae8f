"""The cases that one record covers: an instruction may be about forty, each named for itself, so that one can be shown and the others withheld."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidence_app.domain.record.common_fields import LIMITED_CASES, OPEN_CASES
from evidence_app.domain.record.records import SealedRecord
from evidence_app.proof.encoding.json import Json


@dataclass(frozen=True, slots=True)
class CoveredCase:
    """A case that a record covers: its reference, the path of that reference in the record, and whether access to it is limited."""

    ref: str
    path: str
    limited: bool


def covered_by(record: SealedRecord) -> tuple[CoveredCase, ...]:
    """Return the cases that a record covers, in the order in which it names them; none for a record that is about one case or none."""
    return tuple(
        CoveredCase(ref, f"/fields/{name}/{place}", name == LIMITED_CASES)
        for name in (OPEN_CASES, LIMITED_CASES)
        for place, ref in enumerate(refs_in(record.fields, name))
    )


def refs_in(fields: Mapping[str, Json], name: str) -> list[str]:
    """Return the references in one of the two fields."""
    value = fields.get(name)
    return [str(ref) for ref in value] if isinstance(value, list) else []


def cases_of(record: SealedRecord) -> tuple[str, ...]:
    """Return all cases that a record is about, its own first, each once."""
    own = [record.case_ref] if record.case_ref else []
    return tuple(dict.fromkeys([*own, *(case.ref for case in covered_by(record))]))


def limited_in(records: Iterable[SealedRecord]) -> frozenset[str]:
    """Return the cases to which access is limited, as any of some records says."""
    found: set[str] = set()
    for record in records:
        found |= {case.ref for case in covered_by(record) if case.limited}
        if record.case_ref and record.fields.get("lao") is True:
            found.add(record.case_ref)
    return frozenset(found)
