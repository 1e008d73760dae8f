"""Possible names: found where nobody has decided about them, and listed once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.people.possible_names import TITLES, known_words, possible_names

FIRST = ("Robin", "Quentin", "Morwenna", "Seren", "Oluwaseun", "Zoë", "Siân")
LAST = ("Ashdown", "Quillfeather", "O’Marlowe", "Penhaligon-Rudge", "Ŵyn", "MacTavistock")
ORDINARY = {"the", "reports", "were", "late", "unit", "lanterns", "nothing"}
BEGINNINGS = (
    "He said that ",
    "On Monday ",
    "Rang at 10:00; spoke to ",
    "– ",
    "“",
    "(",
    "Re: ",
    "\n• ",
    "it was ",
    "12. ",
)


def found(text: str, *known: str, ordinary: bool = True) -> list[str]:
    return [each.words for each in possible_names(text, known, lambda word: ordinary and word in ORDINARY)]


@given(st.sampled_from(BEGINNINGS), st.sampled_from(FIRST), st.sampled_from(LAST), st.sampled_from([" ", "\n"]))
def test_two_names_are_found_wherever_a_sentence_has_them(start: str, first: str, last: str, gap: str) -> None:
    assert f"{first} {last}" in found(f"{start}{first}{gap}{last} had not come.")


@given(st.sampled_from(FIRST + LAST))
def test_one_name_is_found_inside_a_sentence(name: str) -> None:
    assert found(f"We were told that {name} had moved.") == [name]
    assert found(f"The address of {name}’s mother.") == [name], "what a name owns hides it"
    assert found(f"We asked {name}: nothing.") == [name]


@given(st.sampled_from(sorted(TITLES)), st.sampled_from(LAST))
def test_a_name_after_a_title_is_found_at_the_start_of_a_sentence(title: str, last: str) -> None:
    for spelled in (title.capitalize(), title.upper()):
        assert last in " ".join(found(f"{spelled} {last} came."))
        assert last in " ".join(found(f"{spelled}. {last} came."))


def test_a_name_that_begins_a_sentence_is_found_unless_it_is_an_ordinary_word() -> None:
    assert found("Nothing came. Quillfeather was absent.") == ["Quillfeather"]
    assert found("Nothing came. Lanterns were late.") == []
    assert found("R. Lanterns was absent.") == ["Lanterns"], "an initial before it makes it a name"


@pytest.mark.parametrize(
    "text",
    [
        "The reports were late on Monday and in March.",
        "OASys and nDelius were down at the Probation Office.",
        "SPO, PDU, MAPPA and HMIP are in capitals.",
        "Sent by robin.ashdown@office.example and to /Home/Ashdown_x.",
        "a line\nThe next line\n\nNothing else",
        "",
        "Re: FW: Reports",
    ],
)
def test_words_of_the_service_and_of_addresses_are_no_names(text: str) -> None:
    assert found(text) == []


def test_decided_words_are_not_listed_again() -> None:
    text = "We met Robin Ashdown in Amblewick."
    assert found(text) == ["Robin Ashdown", "Amblewick"]
    assert found(text, "Amblewick") == ["Robin Ashdown"]
    assert found(text, "robin ashdown", "AMBLEWICK") == [], "how a decision is spelled does not matter"
    assert found("We met Ashdown’s sister.", "Robin Ashdown") == [], "a part of what is decided is decided"


def test_the_context_of_a_name_is_on_one_line() -> None:
    (each,) = possible_names("We\nmet Robin Ashdown\nat the door.", ())
    assert (each.words, each.before, each.after) == ("Robin Ashdown", "We met ", " at the door.")


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    small = text.casefold()
    for each in possible_names(text):
        assert each.words
        assert each.words == " ".join(each.words.split()), "what is asked about is not on one line"
        assert each.words.split()[0].casefold() in small
        assert "\n" not in each.before + each.after


@given(st.lists(st.sampled_from(FIRST + LAST[:2] + ("the", "met", "and", "Reports.", "\n")), max_size=12))
def test_keeping_everything_that_is_found_leaves_nothing_to_ask(words: list[str]) -> None:
    text = " ".join(words)
    assert found(text, *found(text)) == []


@pytest.mark.parametrize("name", ["O’Marlowe", "Siân O’Marlowe", "D’Arcy-Quill"])
def test_a_name_with_an_apostrophe_is_decided_like_any_other(name: str) -> None:
    assert found(f"We met {name} there.", name) == []


def test_the_programs_own_words_are_known() -> None:
    assert {"concern", "escalation", "workload", "supervision"} <= known_words()
    assert not {"robin", "ashdown", "quillfeather"} & known_words()
