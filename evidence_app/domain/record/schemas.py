"""JSON Schemas (draft 2020-12) of the kinds of record, derived from their definitions."""

from evidence_app.domain.record import vocabularies as words
from evidence_app.domain.record.common_fields import COVERED
from evidence_app.domain.record.entries import MAX_CASE_REF_LENGTH, MAX_NUMBER, REQUIRED_KEYS
from evidence_app.domain.record.fields import (
    MAX_ITEMS,
    MAX_LINE_LENGTH,
    MAX_PROSE_LENGTH,
    Field,
    FieldType,
    Holder,
    Kind,
)
from evidence_app.domain.record.kinds import fields_of, kinds_of
from evidence_app.proof.encoding.json import Json, JsonObject

COVERED_NAMES = frozenset(field.name for field in COVERED)
"""Fields whose items are references of cases, each once."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""Value of `$schema`."""


def schemas(holder: Holder = Holder.OFFICER) -> dict[str, JsonObject]:
    """Return, by kind, the JSON Schemas of the input of `seal`, for the kinds that people write in a holder's store."""
    return {kind.name: schema_of(kind) for kind in kinds_of(holder)}


def schema_of(kind: Kind) -> JsonObject:
    """Return the JSON Schema of one kind's input."""
    links: JsonObject = {
        "type": "object",
        "properties": {
            "to": {"type": "integer", "minimum": 0, "description": "position of an earlier record"},
            "as": {"enum": list(words.RELATIONS)},
        },
        "required": ["to", "as"],
        "additionalProperties": False,
    }
    return {
        "$schema": DIALECT,
        "title": kind.label,
        "description": kind.purpose,
        "type": "object",
        "properties": {
            "kind": {"const": kind.name},
            "event_at": {
                "type": "string",
                "description": "when it happened: 2025-04-14T14:10 (Europe/London), with an offset or Z, or a date",
            },
            "event_until": {"type": "string", "description": "the last moment of a period"},
            "event_precision": {"enum": list(words.PRECISIONS)},
            "case_ref": {"type": "string", "maxLength": MAX_CASE_REF_LENGTH, "description": "CRN or pseudonym"},
            "fields": _object(fields_of(kind)),
            "attachments": {"type": "array", "maxItems": MAX_ITEMS, "items": {"type": "string", "minLength": 1}},
            "links": {"type": "array", "maxItems": MAX_ITEMS, "items": links},
        },
        "required": list(REQUIRED_KEYS),
        "additionalProperties": False,
    }


def _object(fields: tuple[Field, ...]) -> JsonObject:
    required: list[Json] = [field.name for field in fields if field.required]
    return {
        "type": "object",
        "properties": {field.name: _field(field) for field in fields},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _field(field: Field) -> JsonObject:
    """Return the schema of a field: of one value, or of a list if the field is `many`."""
    value_schema = _value(field)
    schema: JsonObject = {"type": "array", "maxItems": MAX_ITEMS, "items": value_schema} if field.many else value_schema
    if field.name in COVERED_NAMES:
        schema = {**schema, "items": {**value_schema, "maxLength": MAX_CASE_REF_LENGTH}, "uniqueItems": True}
    described: JsonObject = {"title": field.label, **schema}
    if field.help:
        described["description"] = field.help
    return described


def _value(field: Field) -> JsonObject:
    """Return the schema of one value of a field, by its type."""
    least: JsonObject = {"minLength": 1} if field.required else {}
    match field.type:
        case FieldType.LINE:
            return {"type": "string", "maxLength": MAX_LINE_LENGTH, "pattern": r"^[^\n\t]*$", **least}
        case FieldType.PROSE:
            return {"type": "string", "maxLength": MAX_PROSE_LENGTH, **least}
        case FieldType.CHOICE if field.open_choice:
            return {"type": "string", "maxLength": MAX_LINE_LENGTH, "examples": list(field.choices), **least}
        case FieldType.CHOICE:
            return {"enum": list(field.choices)}
        case FieldType.DATE:
            return {"type": "string", "format": "date"}
        case FieldType.MOMENT:
            return {"type": "string", "format": "date-time"}
        case FieldType.INTEGER:
            return {"type": "integer", "minimum": 0, "maximum": MAX_NUMBER}
        case FieldType.NUMBER:
            return {"type": "number", "minimum": 0, "maximum": MAX_NUMBER, "description": "at most two decimals"}
        case FieldType.BOOLEAN:
            return {"type": "boolean"}
        case FieldType.GROUP:
            return _object(field.parts)
