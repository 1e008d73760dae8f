"""What is the author's own matter and no client's: their health, how they are treated, their own data. Bundles about a client leave it out unless somebody puts it in by hand."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from evidence_app.domain.record.cases.covered_cases import cases_of
from evidence_app.domain.record.records import SealedRecord

OWN_KINDS: Final = frozenset({"health-and-safety", "training", "posting"})
"""Kinds that are always the author's own matter."""
TYPE_FIELDS: Final = MappingProxyType(
    {"concern": "category", "meeting": "type", "request": "type", "incident": "type", "refusal": "why"}
)
"""For each kind that can be either, the field that tells."""
OWN_TYPES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "concern": frozenset(
            {
                "health or stress",
                "leave or terms",
                "bullying or harassment",
                "sexual harassment",
                "discrimination",
                "detriment after raising",
            }
        ),
        "meeting": frozenset(
            {"formal absence", "capability", "occupational health", "return to work", "grievance", "Acas"}
        ),
        "request": frozenset({"stress risk assessment", "subject access request", "data-protection complaint"}),
        "incident": frozenset({"disciplinary", "grievance"}),
        "refusal": frozenset({"health"}),
    }
)
"""Words of those fields that make a record the author's own matter, where it names no case."""
HEALTH_TYPES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "concern": frozenset({"health or stress", "staff safety", "assault or near miss", "workload", "premises"}),
        "meeting": frozenset({"formal absence", "occupational health", "return to work"}),
        "request": frozenset({"stress risk assessment", "foreseeability notice"}),
        "incident": frozenset({"assault or near miss"}),
    }
)
"""Words of those fields that make a record one about health and safety."""


def is_own_matter(record: SealedRecord) -> bool:
    """Whether a record is its author's own matter. One that names a case is about that case, whatever its type."""
    if record.kind.name in OWN_KINDS:
        return True
    return not cases_of(record) and _is_of_type(record, OWN_TYPES)


def is_about_health(record: SealedRecord) -> bool:
    """Whether a record is about health and safety; of a kind without types every one is."""
    return record.kind.name not in HEALTH_TYPES or _is_of_type(record, HEALTH_TYPES)


def _is_of_type(record: SealedRecord, types: Mapping[str, frozenset[str]]) -> bool:
    said = record.fields.get(TYPE_FIELDS.get(record.kind.name, ""))
    words = {str(each) for each in said} if isinstance(said, list) else {str(said)}
    return bool(words & types.get(record.kind.name, frozenset()))
