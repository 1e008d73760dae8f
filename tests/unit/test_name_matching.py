"""Names in texts: the vectors of docs/spec/names.md, and the laws that hold for every name."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.people.identities import identities
from evidence_app.domain.people.pseudonyms import Pseudonymiser
from evidence_app.domain.text.misread_numbers import corrected, find_known, find_misread
from evidence_app.domain.text.name_matching import find_person, find_words, letters_of
from evidence_app.domain.text.near_names import NearWords, find_run_together
from tests.support.program import REPOSITORY

VECTORS = json.loads((REPOSITORY / "tests/vectors/written/names.json").read_text(encoding="utf-8"))["vectors"]
NAMES = ("Fergal O'Brannick", "Tamsin Harlow-Prydeth", "Siân Llŷrwen", "Łukasz Gołębnik", "Darren Wilkenshaw")
BETWEEN = st.text(alphabet=" .,;:!?()\n", min_size=1, max_size=4)


def found_in(vector: dict[str, Any]) -> list[str]:
    read = letters_of(vector["text"])
    match vector.get("rule"):
        case "nearly":
            return [vector["text"][start:end] for start, end in NearWords((vector["name"],)).find(read)]
        case "surname":
            return [vector["text"][start:end] for start, end in NearWords((vector["name"],)).find_surnames(read)]
        case "run together":
            return [vector["text"][start:end] for start, end in find_run_together((vector["name"],), read)]
        case "misread":
            numbers = [vector["name"]] if vector["name"] else []
            misread = (*find_misread(vector["text"]), *find_known(numbers, vector["text"]))
            return sorted({vector["text"][each.start : each.end] for each in misread})
    find = find_person if vector["person"] else find_words
    return [vector["text"][start:end] for start, end in sorted(find(vector["name"], vector["text"]))]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: ascii(f"{vector['name']} in {vector['text']}"))
def test_a_name_is_found_however_it_is_written(vector: dict[str, Any]) -> None:
    assert found_in(vector) == vector["found"]


def test_all_forms_of_a_name_have_one_pseudonym() -> None:
    text = "Darren Wilkenshaw, D. Wilkenshaw, WILKENSHAW, Darren and Darren Wilken-\nshaw’s mother"
    replaced = Pseudonymiser(identities(NAMES)).replace(text)
    assert replaced == "client A, client A, client A and client A’s mother"


@given(st.sampled_from(NAMES), BETWEEN, BETWEEN)
def test_a_name_is_found_between_any_punctuation(name: str, before: str, after: str) -> None:
    text = f"Then{before}{name}{after}went"
    assert (4 + len(before), 4 + len(before) + len(name)) in set(find_words(name, text))


@given(st.text(max_size=60), st.text(min_size=1, max_size=12))
def test_what_is_found_lies_in_the_text_and_begins_and_ends_with_letters(text: str, name: str) -> None:
    for start, end in find_words(name, text):
        assert 0 <= start < end <= len(text)


@given(st.sampled_from(NAMES), st.text(alphabet="aeiou xyz'-", max_size=40))
def test_innocent_words_stay(name: str, text: str) -> None:
    assert list(find_person(name, text)) == []


def test_misread_numbers_are_corrected_where_they_stand() -> None:
    assert corrected("ref XI23456, then O77OO 9OO123.") == "ref X123456, then 07700 900123."


@given(st.text(alphabet="XABC0123456789OIlSBZ /s’-", max_size=40))
def test_what_was_misread_lies_in_the_text_and_is_long_enough_to_be_a_number(text: str) -> None:
    for each in find_misread(text):
        assert 0 <= each.start < each.end <= len(text)
        assert sum(character.isdigit() for character in text[each.start : each.end]) >= 1
