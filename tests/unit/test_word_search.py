"""The newest rows that hold words are the ones that a look at every row finds."""

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_app.domain.text.name_matching import compared
from evidence_app.domain.text.search_words import words_for_search
from evidence_app.store.database import Database
from evidence_app.store.word_search import ALL, MAX_SPELT_OUT, newest_rows

KEY = secrets.token_bytes(32)
PLAIN = st.sampled_from(["visit", "visits", "visited", "vis", "officer", "office", "of", "o", "zzz", "é", "ŵyr", "a1"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "words.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = Database(path, KEY, writable=True)
    opened.run(
        "CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 2')",
    )
    yield opened
    opened.close()


def fill(database: Database, texts: list[str]) -> None:
    with database.transaction():
        database.run("INSERT INTO words (words) VALUES ('delete-all')")
        database.run_many(
            "INSERT INTO words (rowid, text) VALUES (?, ?)",
            [(number, compared(text)) for number, text in enumerate(texts)],
        )


def by_looking(texts: list[str], wanted: str) -> list[int]:
    """What a reader finds who looks at every text, from the last."""
    *whole, beginning = compared(wanted).split()
    held = {number: compared(text).split() for number, text in enumerate(texts)}
    return [
        number
        for number in reversed(held)
        if set(whole) <= set(held[number]) and any(word.startswith(beginning) for word in held[number])
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.lists(PLAIN).map(" ".join), max_size=8), st.lists(PLAIN, min_size=1, max_size=3).map(" ".join))
def test_what_is_found_is_what_every_text_that_holds_the_words_is(
    database: Database, texts: list[str], wanted: str
) -> None:
    fill(database, texts)
    found = by_looking(texts, wanted)
    assert newest_rows(database, "words", wanted, ALL) == found
    assert newest_rows(database, "words", wanted, 2) == found[:2]


@pytest.mark.parametrize("words", [MAX_SPELT_OUT, MAX_SPELT_OUT + 1, 3 * MAX_SPELT_OUT])
def test_of_few_words_and_of_many_that_begin_so_all_are_found(database: Database, words: int) -> None:
    fill(database, [f"re{number:03}" for number in range(words)])
    assert newest_rows(database, "words", "re", ALL) == list(reversed(range(words)))


def test_what_is_asked_for_is_never_an_instruction_to_the_index(database: Database) -> None:
    fill(database, ["told", 'he said "told" OR NOT', "told near by"])
    for wanted, found in (
        ('"told"', [2, 1, 0]),
        ("told OR", [1]),
        ("NEAR(told by)", []),
        ('x" OR "told', []),
        ("told*", [2, 1, 0]),
        ("!?", []),
        # A letter of which the tokenizer makes no word is passed over.
        ("\u19b0 told", [2, 1, 0]),
        ("", []),
    ):
        assert newest_rows(database, "words", wanted, ALL) == found, wanted


def test_a_database_that_only_is_read_is_searched(database: Database, path: Path) -> None:
    fill(database, ["told", "asked"])
    for untouched in (False, True):
        reader = Database(path, KEY, writable=False, untouched=untouched)
        assert newest_rows(reader, "words", "tol", ALL) == [0]
        reader.close()


@given(
    st.lists(st.sampled_from(["report", "cur", "few", "-", "--", " ", "\n", "\t", "x", "7"]), max_size=12).map("".join)
)
def test_a_word_that_is_broken_at_the_end_of_a_line_is_found_whole(text: str) -> None:
    found = words_for_search(text)
    folded = compared(text)
    assert found.startswith(folded)
    # From every place of a word, not from its beginning alone.
    broken = [f"{one}{other}" for one, other in re.findall(r"(\w+)- ?\s(\w+)", folded)]
    assert found.removeprefix(folded).split() == broken
