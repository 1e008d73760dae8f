"""Entries: the checks of `seal` and the JSON Schemas of `kinds` agree."""

import copy
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.record.fields import MAX_ITEMS, MAX_LINE_LENGTH, Field, FieldType
from evidence_app.domain.record.kinds import KINDS, fields_of
from evidence_app.domain.record.schemas import schemas
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import canonical, parse
from tests.support.entries import KIND_NAMES, note, sample_entry
from tests.unit.strategies import entries

VALIDATORS = {kind: jsonschema.Draft202012Validator(schema) for kind, schema in schemas().items()}


def is_read(entry: Any) -> bool:
    try:
        read_entry(entry)
    except InputError:
        return False
    return True


@given(entries)
def test_valid_entries_are_taken_by_both(entry: dict[str, Any]) -> None:
    VALIDATORS[entry["kind"]].validate(entry)
    taken = read_entry(entry)
    # What is taken is in its one shape: taking it again changes nothing.
    again = entry | {"event_at": taken.event_at, "fields": taken.fields}
    assert read_entry(again).fields == taken.fields
    assert read_entry(again).event_at == taken.event_at
    assert parse(canonical(taken.fields)) == taken.fields


WRONG: dict[FieldType, list[Any]] = {
    FieldType.LINE: [5, True, ["x"], {"a": 1}, "x" * (MAX_LINE_LENGTH + 1)],
    FieldType.PROSE: [5, True, ["x"], {"a": 1}],
    FieldType.CHOICE: [5, True, ["x"], "x" * (MAX_LINE_LENGTH + 1)],
    FieldType.DATE: [20250414, True, ["2025-04-14"]],
    FieldType.MOMENT: [20250414, True, {"at": "2025-04-14T13:00:00Z"}],
    FieldType.INTEGER: ["7", 7.5, True, -1, 2**53],
    FieldType.NUMBER: ["7", True, -0.5, 2.0**60],
    FieldType.BOOLEAN: ["yes", 1, 0],
    FieldType.GROUP: ["J. Marsh", 5, {"no such part": 1}],
}


def broken_in_one_place(draw: st.DrawFn) -> dict[str, Any]:
    """Return a valid entry with one thing wrong with it."""
    entry = copy.deepcopy(draw(entries))
    kind = KINDS[entry["kind"]]
    how = draw(st.sampled_from(["key", "field", "value", "many", "missing", "choice", "link", "precision"]))
    field = draw(st.sampled_from(fields_of(kind)))
    match how:
        case "key":
            entry["surplus"] = 1
        case "field":
            entry["fields"]["no_such_field"] = "x"
        case "value":
            wrong = draw(st.sampled_from(WRONG[field.type]))
            entry["fields"][field.name] = [wrong] if field.many else wrong
        case "many":
            value = draw(st.sampled_from([[["nested"]], [None, 5.25], ["x"] * (MAX_ITEMS + 1)]))
            entry["fields"][field.name] = value if not field.many or value != [None, 5.25] else "not a list"
        case "missing":
            del entry[draw(st.sampled_from(["kind", "event_at", "event_precision", "fields"]))]
        case "choice":
            closed = [each for each in fields_of(kind) if each.type is FieldType.CHOICE and not each.open_choice]
            for each in closed or [Field("no_such_field", "x")]:
                entry["fields"][each.name] = ["no such word"] if each.many else "no such word"
        case "link":
            bad = draw(
                st.sampled_from(
                    [{"to": -1, "as": "about"}, {"to": 0, "as": "likes"}, {"to": 0}, {"to": True, "as": "about"}]
                )
            )
            entry["links"] = [bad]
        case "precision":
            entry["event_precision"] = "roughly"
    return entry


@given(st.composite(broken_in_one_place)())
def test_broken_entries_are_refused_by_both(entry: dict[str, Any]) -> None:
    validator = VALIDATORS.get(entry.get("kind"), VALIDATORS["note"])
    assert not validator.is_valid(entry), "the schema takes it"
    assert not is_read(entry), "`seal` takes it"


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_the_samples_of_every_kind(kind: str) -> None:
    for full in (False, True):
        entry = sample_entry(kind, full=full)
        VALIDATORS[kind].validate(entry)
        assert set(read_entry(entry).fields) == set(entry["fields"])


@pytest.mark.parametrize("kind", ["log", "export", "key-change"])
def test_the_programs_own_kinds_cannot_be_sealed_by_hand(kind: str) -> None:
    assert kind not in schemas()
    assert not is_read(sample_entry(kind))


def test_text_is_normalised() -> None:
    entry = read_entry(note("  one\r\ntwo\rthree \n"))
    assert entry.fields["text"] == "one\ntwo\nthree"


def test_whole_numbers_have_one_encoding() -> None:
    entry = read_entry(sample_entry("workload", fields={"wmt_pct": 112.0, "cases_total": 7.0}))
    assert canonical(entry.fields["wmt_pct"]) == b"112"
    assert isinstance(entry.fields["cases_total"], int)


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\x7fb", "\ud800", "a\u0085".replace("\u0085", "\x08")])
def test_forbidden_characters(text: str) -> None:
    assert not is_read(note(text))


def test_what_a_date_only_event_covers() -> None:
    entry = read_entry(note("x", event_at="2025-04-14", event_precision="date only"))
    assert entry.event_at == "2025-04-14"
    assert entry.event_end().isoformat() == "2025-04-14T22:59:59+00:00"
