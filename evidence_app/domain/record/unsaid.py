"""What a record does not say that its reader will ask for: named before it is sealed, and never required."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from evidence_app.domain.record.records import SealedRecord

CASE: Final = ("case_ref", "which case")
EXPECTED: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "instruction": (("fields.given_by", "who said it"), ("fields.via", "how"), CASE),
        "decision": (("fields.made_by", "who decided"), CASE),
        "concern": (("fields.raised_with", "whom it is raised with"), ("fields.ask", "what is asked")),
        "escalation": (("fields.raised_with", "whom it is taken to"), ("fields.ask", "what is asked")),
        "response": (("fields.from", "who answered"),),
        "incident": (CASE,),
        "referral": (("fields.raised_with", "whom it is addressed to"), CASE),
        "assessment": (("fields.why", "why it is not done, or what it says"), CASE),
    }
)
"""For each kind the paths of what a reader will ask for, and what each is called."""


def unsaid(record: SealedRecord) -> list[tuple[str, str]]:
    """Return what a record does not say, each with its path and its words, in the order of the form."""
    return [each for each in EXPECTED.get(record.kind.name, ()) if not _says(record, each[0])]


def _says(record: SealedRecord, path: str) -> bool:
    name = path.removeprefix("fields.")
    return bool(record.case_ref if path == CASE[0] else record.fields.get(name))
