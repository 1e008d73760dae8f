"""Entries: what a person writes, validated against the kinds of record and normalised for sealing."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from evidence_app.domain.record import vocabularies as words
from evidence_app.domain.record.common_fields import LIMITED_CASES, OPEN_CASES
from evidence_app.domain.record.fields import MAX_ITEMS, MAX_LINE_LENGTH, MAX_PROSE_LENGTH, Field, FieldType, Kind
from evidence_app.domain.record.kinds import KINDS, fields_of
from evidence_app.domain.text.identifiers import CRN
from evidence_app.domain.time.times import day_span, typed_day, typed_moment
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.encoding.times import read_moment, spell

MAX_CASE_REF_LENGTH: Final = 60
"""Maximum length of a case reference, in characters."""
NOT_IN_TEXTS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""What no text holds: controls but LF and tab, DEL, and surrogates, which UTF-8 cannot encode (docs/spec/record-log.md, section 2)."""
NOT_IN_LINES: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""The same in a text of one line."""
MAX_NUMBER: Final = 2**53 - 1
"""Largest number in a field: the largest integer that JSON parsers agree on (docs/spec/record-log.md, section 2)."""


@dataclass(frozen=True, slots=True)
class Link:
    """A typed link to an earlier record, named by its position in the log."""

    to: int
    relation: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A validated entry. Times are in the form that records use; `attachments` are paths of files.

    `event_at` is UTC (``2025-04-14T13:10:00Z``), or for the precision ``date only`` a day in Europe/London (``2025-04-14``).
    """

    kind: Kind
    event_at: str
    event_precision: str
    fields: JsonObject
    event_until: str | None = None
    case_ref: str | None = None
    attachments: tuple[str, ...] = ()
    links: tuple[Link, ...] = field(default=())

    def event_end(self) -> datetime:
        """Return the end of the event, in UTC."""
        return event_span(self.event_at, self.event_until, self.event_precision)[1]


def event_span(event_at: str, event_until: str | None, precision: str) -> tuple[datetime, datetime]:
    """Return the start and end of an event in UTC, from the texts in a record."""
    if precision == "date only":
        return day_span(typed_day(event_at))
    first = read_moment(event_at)
    return first, read_moment(event_until) if event_until else first


KEYS: Final = frozenset(
    {"kind", "event_at", "event_until", "event_precision", "case_ref", "fields", "attachments", "links"}
)
"""The members that an entry may have."""
REQUIRED_KEYS: Final = ("kind", "event_at", "event_precision", "fields")
"""The members that an entry must have."""


def read_entry(untrusted: Json) -> Entry:
    """Validate an entry from JSON and normalise its texts, times and numbers.

    Raises:
        InputError: it is invalid; the sentence names the field and what it must be.
    """
    if not isinstance(untrusted, dict):
        raise InputError("A record must be a JSON object.")
    missing = [key for key in REQUIRED_KEYS if key not in untrusted]
    if missing:
        raise InputError(f"The record lacks “{missing[0]}”.")
    unknown = sorted(set(untrusted) - KEYS)
    if unknown:
        raise InputError(f"The record has an unknown key “{unknown[0][:60]}”.")
    kind = _read_kind(untrusted["kind"])
    event_at, event_until, precision = _read_event(untrusted)
    return Entry(
        kind=kind,
        event_at=event_at,
        event_until=event_until,
        event_precision=precision,
        case_ref=_read_case_ref(untrusted.get("case_ref")),
        fields=_read_fields(kind, untrusted["fields"]),
        attachments=_read_attachments(untrusted.get("attachments")),
        links=_read_links(untrusted.get("links")),
    )


def _read_kind(untrusted: Json) -> Kind:
    kind = KINDS.get(untrusted) if isinstance(untrusted, str) else None
    if kind is None or kind.by_program:
        known = ", ".join(kind.name for kind in KINDS.values() if not kind.by_program)
        raise InputError(f"“kind” must be one of: {known}.")
    return kind


def _read_event(untrusted: JsonObject) -> tuple[str, str | None, str]:
    """Return `event_at`, `event_until` (for a period only) and `event_precision`, normalised."""
    precision, first, last = untrusted["event_precision"], untrusted["event_at"], untrusted.get("event_until")
    if not isinstance(precision, str) or precision not in words.PRECISIONS:
        raise InputError(f"“event_precision” must be one of: {', '.join(words.PRECISIONS)}.")
    if not isinstance(first, str):
        raise InputError("“event_at” must be a date and time such as 2025-04-14T14:10, or a date.")
    if precision == "period":
        if not isinstance(last, str):
            raise InputError("A period needs “event_until”, its last moment.")
        return *_read_period(first, last), precision
    if last is not None:
        raise InputError("“event_until” belongs to the precision “period” alone.")
    if precision == "date only":
        day = first[:10] if "T" in first else first
        return _named("event_at", lambda: typed_day(day).isoformat()), None, precision
    return _named("event_at", lambda: spell(typed_moment(first))), None, precision


def _read_period(first: str, last: str) -> tuple[str, str]:
    first, last = _whole_days(first, last)
    event_at = _named("event_at", lambda: spell(typed_moment(first)))
    event_until = _named("event_until", lambda: spell(typed_moment(last)))
    if event_until < event_at:
        raise InputError("“event_until” lies before “event_at”.")
    return event_at, event_until


def _whole_days(first: str, last: str) -> tuple[str, str]:
    """Replace a day at either end of a period by its first or last second (Europe/London)."""
    if "T" not in first and " " not in first.strip():
        first = _named("event_at", lambda: spell(day_span(typed_day(first))[0]))
    if "T" not in last and " " not in last.strip():
        last = _named("event_until", lambda: spell(day_span(typed_day(last))[1]))
    return first, last


def _named(path: str, read: Callable[[], str]) -> str:
    """Call a parser, and put the field's path before the sentence of its error."""
    try:
        return read()
    except InputError as error:
        raise InputError(f"“{path}”: {error.sentence}") from error


def normal_case_ref(text: str) -> str:
    """Return a case reference in the form that records use: a CRN in capitals, a pseudonym unchanged."""
    text = text.strip()
    return text.upper() if CRN.fullmatch(text.upper()) else text


def _read_case_ref(untrusted: Json) -> str | None:
    if untrusted is None:
        return None
    text = _read_text("case_ref", untrusted, MAX_CASE_REF_LENGTH, one_line=True)
    return normal_case_ref(text) or None


def _read_attachments(untrusted: Json) -> tuple[str, ...]:
    if untrusted is None:
        return ()
    if not isinstance(untrusted, list) or len(untrusted) > MAX_ITEMS:
        raise InputError(f"“attachments” must be a list of at most {MAX_ITEMS:,} paths.")
    paths = []
    for item in untrusted:
        if not isinstance(item, str) or not item or "\0" in item:
            raise InputError("Each of “attachments” must be the path of a file.")
        paths.append(item)
    return tuple(paths)


def _read_links(untrusted: Json) -> tuple[Link, ...]:
    if untrusted is None:
        return ()
    if not isinstance(untrusted, list) or len(untrusted) > MAX_ITEMS:
        raise InputError(f"“links” must be a list of at most {MAX_ITEMS:,} links.")
    links = []
    for item in untrusted:
        if not isinstance(item, dict) or set(item) != {"to", "as"}:
            raise InputError("Each of “links” must be {“to”: position, “as”: relation}.")
        to, relation = item["to"], item["as"]
        if not isinstance(to, int) or isinstance(to, bool) or to < 0:
            raise InputError("A link's “to” must be the position of an earlier record.")
        if relation not in words.RELATIONS:
            raise InputError(f"A link's “as” must be one of: {', '.join(words.RELATIONS)}.")
        links.append(Link(to, str(relation)))
    return tuple(links)


def _read_fields(kind: Kind, untrusted: Json) -> JsonObject:
    if not isinstance(untrusted, dict):
        raise InputError("“fields” must be a JSON object.")
    fields = read_parts("fields", fields_of(kind), untrusted)
    _read_covered(fields)
    return fields


def _read_covered(fields: JsonObject) -> None:
    """Write the cases that a record covers as records write a case, and require each of them once.

    Raises:
        InputError: a reference is too long, or stands twice.
    """
    seen: set[str] = set()
    for name in (OPEN_CASES, LIMITED_CASES):
        listed = fields.get(name)
        if not isinstance(listed, list):
            continue
        refs = [normal_case_ref(str(ref)) for ref in listed]
        fields[name] = [*refs]
        for ref in refs:
            if len(ref) > MAX_CASE_REF_LENGTH:
                raise InputError(f"“fields.{name}”: a case has at most {MAX_CASE_REF_LENGTH} characters.")
            if ref in seen:
                raise InputError(f"“fields.{name}”: {ref} stands twice among the cases that it covers.")
            seen.add(ref)


def read_parts(path: str, fields: Sequence[Field], untrusted: JsonObject) -> JsonObject:
    """Validate the fields of a kind or a group; empty ones are left out, since a record holds no empty values.

    Raises:
        InputError: a field is unknown, missing or of the wrong type.
    """
    known = {field.name for field in fields}
    unknown = sorted(set(untrusted) - known)
    if unknown:
        raise InputError(f"“{path}” has an unknown field “{unknown[0][:60]}”.")
    checked: JsonObject = {}
    for definition in fields:
        value = _read_field(f"{path}.{definition.name}", definition, untrusted.get(definition.name))
        if value is not None:
            checked[definition.name] = value
        elif definition.required:
            raise InputError(f"“{path}.{definition.name}” ({definition.label}) is needed.")
    return checked


def _read_field(path: str, field: Field, untrusted: Json) -> Json:
    """Validate the value of a field, a list if the field is `many`. Return None for an empty value."""
    if untrusted is None:
        return None
    if not field.many:
        return _read_one(path, field, untrusted)
    if not isinstance(untrusted, list) or len(untrusted) > MAX_ITEMS:
        raise InputError(f"“{path}” must be a list of at most {MAX_ITEMS:,} entries.")
    checked = [_read_one(f"{path}[{n}]", field, item) for n, item in enumerate(untrusted)]
    return [item for item in checked if item is not None] or None


def _read_one(path: str, field: Field, untrusted: Json) -> Json:
    """Validate one value by the field's type. Return None for an empty value."""
    match field.type:
        case FieldType.LINE:
            return _read_text(path, untrusted, MAX_LINE_LENGTH, one_line=True) or None
        case FieldType.PROSE:
            return _read_text(path, untrusted, MAX_PROSE_LENGTH) or None
        case FieldType.CHOICE:
            return _read_choice(path, field, untrusted)
        case FieldType.DATE:
            text = _read_text(path, untrusted, MAX_LINE_LENGTH)
            return _named(path, lambda: typed_day(text).isoformat()) if text else None
        case FieldType.MOMENT:
            text = _read_text(path, untrusted, MAX_LINE_LENGTH)
            return _named(path, lambda: spell(typed_moment(text))) if text else None
        case FieldType.INTEGER | FieldType.NUMBER:
            return _read_number(path, field, untrusted)
        case FieldType.BOOLEAN:
            if not isinstance(untrusted, bool):
                raise InputError(f"“{path}” must be true or false.")
            return untrusted
        case FieldType.GROUP:
            if not isinstance(untrusted, dict):
                raise InputError(f"“{path}” must be a JSON object.")
            return read_parts(path, field.parts, untrusted) or None


def _read_text(path: str, untrusted: Json, limit: int, *, one_line: bool = False) -> str:
    if not isinstance(untrusted, str):
        raise InputError(f"“{path}” must be text.")
    # One form of line break, so that the same text has the same words and digests on every system.
    text = untrusted.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > limit:
        raise InputError(f"“{path}” is longer than {limit:,} characters.")
    refused = (NOT_IN_LINES if one_line else NOT_IN_TEXTS).search(text)
    if refused is not None:
        what = (
            "a control character, which cannot be shown on paper"
            if refused[0] < " "
            else "a character that is not text"
        )
        raise InputError(f"“{path}” holds {what}.")
    return text


def _read_choice(path: str, field: Field, untrusted: Json) -> str | None:
    text = _read_text(path, untrusted, MAX_LINE_LENGTH, one_line=True)
    if text and not field.open_choice and text not in field.choices:
        raise InputError(f"“{path}” must be one of: {', '.join(field.choices)}.")
    return text or None


def _read_number(path: str, field: Field, untrusted: Json) -> int | float:
    whole = field.type is FieldType.INTEGER
    if isinstance(untrusted, bool) or not isinstance(untrusted, int | float):
        raise InputError(f"“{path}” must be a {'whole ' if whole else ''}number.")
    if not 0 <= untrusted <= MAX_NUMBER:
        raise InputError(f"“{path}” must be between 0 and {MAX_NUMBER:,}.")
    # 5.0 and 5 are one number, which canonical JSON writes as 5.
    if float(untrusted).is_integer():
        return int(untrusted)
    if whole:
        raise InputError(f"“{path}” must be a whole number.")
    if round(untrusted, 2) != untrusted:
        raise InputError(f"“{path}” must have at most two decimals.")
    return untrusted
