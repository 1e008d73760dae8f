"""Sentences that remember how they were made."""

import copy
import pickle
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.phrases import counted_phrase, phrase, together


def test_a_phrase_is_its_english_sentence() -> None:
    said = phrase("Asked on {day} by {who}", day=date(2025, 3, 3), who="K. Dale")
    assert said == "Asked on Mon 3 Mar 2025 by K. Dale"
    assert isinstance(said, str), "who prints it needs to know nothing of phrases"
    assert said.pattern == "Asked on {day} by {who}"
    assert said.values == {"day": date(2025, 3, 3), "who": "K. Dale"}


def test_numbers_and_times_are_said_as_elsewhere() -> None:
    moment = datetime(2025, 7, 1, 9, 5, tzinfo=UTC)
    assert phrase("{a} {b} {c}", a=12_000, b=98.4, c=moment) == "12,000 98.4 Tue 1 Jul 2025, 10:05"


@pytest.mark.parametrize(("count", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_a_count_chooses_its_pattern(count: int, said: str) -> None:
    assert counted_phrase(count, "{count} day", "{count} days") == said


def test_a_phrase_within_a_phrase_keeps_its_own_pattern() -> None:
    inner = counted_phrase(3, "{count} day", "{count} days")
    outer = together([phrase("Silent"), "", inner], ", ")
    assert outer == "Silent, 3 days"
    assert outer.values["part1"] is inner


@given(st.text())
def test_somebodys_own_words_are_never_a_pattern(words: str) -> None:
    assert phrase("“{words}”", words=words) == f"“{words}”"
    assert together([words, words], " {} ") == (f"{words} {{}} {words}" if words else "")


def test_a_copy_is_still_a_phrase() -> None:
    said = phrase("On {day}", day=date(2025, 3, 3))
    for again in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):
        assert again == said
        assert again.pattern == said.pattern
        assert again.values == said.values
