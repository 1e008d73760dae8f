"""The words that were searched for are marked where they stand, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.text.search_hits import find_hits
from evidence_app.store.record_table import words_to_search


def marked(wanted: str, text: str) -> list[str]:
    hits = find_hits(wanted, text)
    return [text[start:end] for start, end in hits.places]


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        ("monthly", "Move to Monthly, MONTHLY; not bimonthly.", ["Monthly", "MONTHLY"]),
        ("month", "Monthly or by the month", ["Monthly", "month"]),
        ("month told", "told of the month, monthly", ["told", "month"]),
        ("Lukasz", "Łukasz said so, łukasz too", ["Łukasz", "łukasz"]),
        ("O'Brien", "OʼBrien and O’Brien", ["OʼBrien", "O’Brien"]),
        ("filed it", "he ﬁled it", ["ﬁled", "it"]),
        ("A/123", "case a 123 and A/123", ["a 123", "A/123"]),
        ("appointment", "the appoint-\nment was missed", ["appoint-\nment"]),
        ("nobody", "some body", []),
        ("  !! ", "nothing is asked", []),
    ],
)
def test_words_are_found_as_the_search_of_a_store_finds_them(wanted: str, text: str, found: list[str]) -> None:
    assert marked(wanted, text) == found


def test_an_excerpt_is_one_line_with_its_words_marked() -> None:
    text = "x" * 60 + " he said:\n monthly is enough, monthly by phone " + "y" * 60
    assert find_hits("monthly", text).excerpt() == (
        f"…{'x' * 34} he said: «monthly» is enough, «monthly» by phone {'y' * 16}…"
    )
    assert find_hits("monthly", "nothing").excerpt() == ""


@given(st.text(max_size=60), st.text(max_size=12))
def test_places_stand_in_the_text_in_order_and_apart(text: str, wanted: str) -> None:
    places = find_hits(wanted, text).places
    ends = [0, *(end for _, end in places)]
    for (start, end), before in zip(places, ends, strict=False):
        assert before <= start < end <= len(text)


def test_a_hyphen_at_the_end_of_one_text_breaks_no_word_of_the_next() -> None:
    words = words_to_search({"fields": {"a": "he was over-", "b": "seer of it", "c": "he under-\nstood it"}})
    assert "understood" in words
    assert "overseer" not in words
