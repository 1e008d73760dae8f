"""What a store knows about words: names that are in use, and everyday words, which need no decision whether they name somebody."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from evidence_app.domain.people.possible_names import WORD
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.text.identifiers import CORRESPONDENTS
from evidence_app.proof.commitment import scalars
from evidence_app.proof.encoding.json import Json
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings


def names_in_use(session: Session) -> frozenset[str]:
    """Return names that need no decision: the people of the records and settings, and what was decided to be nobody's secret."""
    settings = load_settings(session)
    names = {
        str(session.owner.get("person", "")),
        str(session.owner.get("role", "")),
        *settings.other_names,
        *settings.people,
    }
    for record in session.store.records.select(Selection()):
        names |= set(people_of(record))
    return frozenset(name for name in names if name)


def people_of(record: SealedRecord) -> Iterator[str]:
    """Yield the names of the people that a record has in its fields."""
    for name, value in record.fields.items():
        if name in CORRESPONDENTS:
            yield from (str(text) for _, text in scalars({"x": value}))
        yield from _persons_in(value)


def _persons_in(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("person"), str):
            yield str(value["person"])
        for item in value.values():
            yield from _persons_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _persons_in(item)


def words_in_small_letters(session: Session) -> frozenset[str]:
    """Return the words that the author writes with a small letter somewhere: at the beginning of a sentence they name nobody."""
    found: set[str] = set()
    for record in session.store.records.select(Selection()):
        for _, value in scalars(record.content):
            if isinstance(value, str):
                found.update(word for word in WORD.findall(value) if word.islower())
    return frozenset(found)


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Return the words of English. The lists hold each word where it is most frequent: as a word or as a name."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["english_wikipedia"]) | frozenset(FREQUENCY_LISTS["us_tv_and_film"])


def ordinary_words(small: frozenset[str]) -> Callable[[str], bool]:
    """Return what tells whether a word is one that everybody uses, or that stands in `small` letters elsewhere."""
    words = _common_words() | small

    def ordinary(word: str) -> bool:
        return any(stem in words for part in re.split("['-]", word) for stem in _stems(part))

    return ordinary


def _stems(word: str) -> Iterator[str]:
    """Yield a word and what it may come from: deferring, defer."""
    yield word
    for ending in ("s", "es", "ed", "ing", "ly", "er"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield stem
            yield f"{stem}e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
