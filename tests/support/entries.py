"""Invented entries of every kind, generated from the definitions of the kinds."""

from typing import Any

from evidence_app.domain.record.fields import Field, FieldType, Holder
from evidence_app.domain.record.kinds import KINDS, fields_of, kinds_of

EVENT = "2025-04-14T14:10"
CASE = "X000412"
KIND_NAMES = sorted(kind.name for kind in kinds_of(Holder.OFFICER))
REP_KIND_NAMES = sorted(kind.name for kind in kinds_of(Holder.REP))


COVERED_CASES = {"cases": "BR-13", "limited_cases": "BR-14"}
"""The case in each field that lists cases which a record covers."""


def sample_value(field: Field, *, full: bool = False) -> Any:
    """Return an invented value for a field."""
    value: Any
    if field.name in COVERED_CASES:
        return [COVERED_CASES[field.name]]
    match field.type:
        case FieldType.LINE:
            value = f"{field.label} in a line"
        case FieldType.PROSE:
            value = f"{field.label}.\n\nTwo paragraphs, with “quotes”, a tab\tand ŵ."
        case FieldType.CHOICE:
            value = field.choices[0]
        case FieldType.DATE:
            value = "2025-04-21"
        case FieldType.MOMENT:
            value = "2025-04-14T13:00:00Z"
        case FieldType.INTEGER:
            value = 7
        case FieldType.NUMBER:
            value = 112.5
        case FieldType.BOOLEAN:
            value = True
        case FieldType.GROUP:
            value = sample_fields(field.parts, full=full)
    return [value] if field.many else value


def sample_fields(fields: tuple[Field, ...], *, full: bool) -> dict[str, Any]:
    """Return invented values for the fields that are needed, or for all."""
    chosen = [field for field in fields if full or field.required]
    return {field.name: sample_value(field, full=full) for field in chosen or fields[:1]}


def sample_entry(kind: str, *, full: bool = False, **more: Any) -> dict[str, Any]:
    """Return an entry of a kind in the shape that `seal` takes. `fields` in `more` are added to the invented ones."""
    fields = sample_fields(fields_of(KINDS[kind]), full=full) | more.pop("fields", {})
    return {"kind": kind, "event_at": EVENT, "event_precision": "exact", "fields": fields} | more


def note(text: str, **more: Any) -> dict[str, Any]:
    """Return a note."""
    return sample_entry("note", fields={"text": text}, **more)
