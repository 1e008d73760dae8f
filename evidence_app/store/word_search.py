"""Full-text searches of the store: what was typed as a query of FTS5, and the newest rows that match (docs/spec/store.md, “Database”)."""

from typing import Final

from evidence_app.domain.text.name_matching import compared
from evidence_app.store.database import Database

MAX_SPELT_OUT: Final = 16
"""The most words that the beginning of a word is replaced by."""
ALL: Final = -1
"""A limit that SQLite takes for none."""
_BEHIND: Final = "\x01"
"""Sorts a word with it behind all that is the word, and before all that begin with it and go on: no word holds it."""


def newest_rows(database: Database, table: str, text: str, limit: int) -> list[int]:
    """Return the numbers of the rows of an FTS5 table that hold all words of a text, the highest first, and no more than `limit`.

    The last word of the text may be the beginning of one. `table` is a constant of the caller, never what somebody typed.
    """
    query = query_of(text)
    if not query:
        return []
    rows = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid"  # noqa: S608 - a constant
    spelt_out = _spelt_out(database, table, text)
    if spelt_out:
        return [int(row[0]) for row in database.all(f"{rows} DESC LIMIT ?", spelt_out, limit)]
    # Reversed here: with ORDER BY rowid DESC, the prefix of a common word takes seconds (findings/memory-security-slows-prefixes-backwards.sh).
    found = [int(row[0]) for row in database.all(rows, query)]
    return found[::-1][: limit if limit != ALL else None]


def query_of(text: str) -> str:
    """Return an FTS5 query for all words of a text, the last one as a prefix; "" where the text has none."""
    phrases = _phrases_of(text)
    return " ".join(f'"{phrase}"' for phrase in phrases) + "*" if phrases else ""


def _phrases_of(text: str) -> list[str]:
    """Return the words of a text, folded as the index folds them.

    Each is quoted in a query, so nothing that somebody types is FTS5 syntax. Characters that the tokenizer would drop
    become spaces: a word such as ``A/123`` is the phrase of its parts.
    """
    parts_of_words = ["".join(c if c.isalnum() else " " for c in word).split() for word in compared(text).split()]
    return [" ".join(word_parts) for word_parts in parts_of_words if word_parts]


def _spelt_out(database: Database, table: str, text: str) -> str:
    """Return `query_of`, with the last word's prefix replaced by the words that begin so; "" where they are many, or none.

    FTS5 goes through the places of whole words only as far as rows are asked for; those of a prefix it gathers first, all of them.
    """
    *earlier, last = _phrases_of(text)
    # A phrase of which the tokenizer takes nothing would be found nowhere, where the other query passes it over.
    words = _words_that_begin(database, table, last) if all(map(_is_plain, " ".join(earlier).split())) else []
    any_of_them = " OR ".join(f'"{word}"' for word in words)
    return " AND ".join([*(f'"{phrase}"' for phrase in earlier), f"({any_of_them})"]) if words else ""


def _words_that_begin(database: Database, table: str, beginning: str) -> list[str]:
    """Return the words of an FTS5 table with a beginning, sorted; none where they are too many, or one is not of plain letters and digits."""
    words: list[str] = []
    # A temporary table: it lies in memory, and only shows what the index holds.
    database.run(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_held USING fts5vocab(main, {table}, instance)")
    at = beginning
    while len(words) <= MAX_SPELT_OUT:
        row = database.one(f"SELECT term FROM temp.{table}_held WHERE term >= ? ORDER BY term LIMIT 1", at)  # noqa: S608
        if row is None or not str(row[0]).startswith(beginning):
            return words if all(_is_plain(word) for word in words) else []
        words.append(str(row[0]))
        at = words[-1] + _BEHIND
    return []


def _is_plain(word: str) -> bool:
    """Whether the tokenizer takes a word as it stands."""
    return word.isascii() and word.isalnum()
