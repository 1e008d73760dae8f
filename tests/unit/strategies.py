"""Hypothesis strategies: values generated from the definitions of the kinds, and records of any shape."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from evidence_app.domain.record.common_fields import COVERED
from evidence_app.domain.record.entries import MAX_NUMBER
from evidence_app.domain.record.fields import Field, FieldType
from evidence_app.domain.record.kinds import KINDS, fields_of
from evidence_app.domain.record.vocabularies import RELATIONS
from tests.support.entries import KIND_NAMES

LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"))
WORD = st.text(LETTERS, min_size=1, max_size=12)
LINE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
PROSE = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
DAY = st.dates(min_value=date(1990, 1, 1)).map(str)
CLOCK = st.times().map(lambda time: time.strftime("%H:%M:%S"))
MOMENT = st.builds(lambda day, clock: f"{day}T{clock}Z", DAY, CLOCK)


COVERED_DIGITS = {field.name: number for number, field in enumerate(COVERED, start=1)}
"""The first digit of the cases in each field that lists some: no case stands in two."""


def value_of(field: Field) -> st.SearchStrategy[Any]:
    """Return a strategy for a field's value."""
    if field.name in COVERED_DIGITS:
        refs = st.from_regex(rf"X{COVERED_DIGITS[field.name]}[0-9]{{5}}", fullmatch=True)
        return st.lists(refs, min_size=1, max_size=3, unique=True)
    one = single(field)
    return st.lists(one, min_size=1, max_size=3) if field.many else one


def single(field: Field) -> st.SearchStrategy[Any]:
    match field.type:
        case FieldType.LINE:
            return LINE
        case FieldType.PROSE:
            return PROSE
        case FieldType.CHOICE:
            known = st.sampled_from(field.choices)
            return known | LINE if field.open_choice else known
        case FieldType.DATE:
            return DAY
        case FieldType.MOMENT:
            return MOMENT
        case FieldType.INTEGER:
            return st.integers(0, MAX_NUMBER)
        case FieldType.NUMBER:
            return st.integers(0, 10**9) | st.integers(0, 10**9).map(lambda hundredths: hundredths / 100)
        case FieldType.BOOLEAN:
            return st.booleans()
        case FieldType.GROUP:
            return values_of(field.parts)


def values_of(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for an object with some of the fields and all that are needed."""
    needed = {field.name: value_of(field) for field in fields if field.required}
    optional = {field.name: value_of(field) for field in fields if not field.required}
    return st.fixed_dictionaries(needed, optional=optional)


LINKS = st.lists(
    st.fixed_dictionaries({"to": st.integers(0, 10**6), "as": st.sampled_from(RELATIONS)}), min_size=1, max_size=3
)


def entry_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for a whole entry of a kind."""
    needed = {
        "kind": st.just(kind),
        "event_at": MOMENT,
        "event_precision": st.sampled_from(["exact", "about", "date only"]),
        "fields": values_of(fields_of(KINDS[kind])),
    }
    more = {"case_ref": st.from_regex(r"X[0-9]{6}", fullmatch=True) | WORD, "links": LINKS}
    return st.fixed_dictionaries(needed, optional=more | {"attachments": st.lists(WORD, max_size=2)})


entries = st.sampled_from(KIND_NAMES).flatmap(entry_of)

SCALARS = (
    st.text(st.characters(min_codepoint=0x20, exclude_categories=("Cs",)), min_size=1, max_size=30)
    | st.lists(st.sampled_from(["a ", "word\n", "  ", "\t", "Ĵ. ", "😀"]), min_size=1, max_size=8).map("".join)
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(-(2.0**53) + 2, 2.0**53 - 2)
)
NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,7}", fullmatch=True)
NESTED = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(NAMES, inner, min_size=1, max_size=4),
    max_leaves=12,
)
records = st.dictionaries(NAMES, NESTED, min_size=1, max_size=5)
secrets = st.binary(min_size=32, max_size=32)
