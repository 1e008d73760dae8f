"""Lists of words that policy changes: each word with the days from and until which it is in use (docs/spec/word-list.md)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

OWN_WORDS: Final = "in other words"
"""What is counted apart: words of an author's own, which are in no list."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a list. `since` and `until` are the first and the last day (London) on which it is in use; None is not known, or no end. `source` says where a day is from."""

    text: str
    since: date | None = None
    until: date | None = None
    source: str = ""

    def is_in_use(self, day: date) -> bool:
        """Whether it is in use on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class WordChange:
    """A change to a list that somebody handed round: a word that is added, or one that ends. `word.until` is the last day of one that `ends`."""

    list_name: str
    word: Word
    ends: bool = False


@dataclass(frozen=True, slots=True)
class WordList:
    """A list of words to choose from; any other word may be written too."""

    name: str
    label: str
    words: tuple[Word, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """All words, also those that are no longer in use."""
        return tuple(word.text for word in self.words)

    def in_use(self, day: date) -> tuple[str, ...]:
        """Return the words in use on a day, in order."""
        return tuple(word.text for word in self.words if word.is_in_use(day))

    def known(self, text: str) -> str:
        """Return the word of the list that a text is, whatever its capitals and spaces, or an empty string for a word of one's own."""
        folded = fold(text)
        return next((word.text for word in self.words if fold(word.text) == folded), "")

    def changed(self, changes: Iterable[WordChange]) -> "WordList":
        """Return the list with changes made in their order. A word that ends stays in the list, so that records that have it count as before; what ends and is not there changes nothing."""
        words = list(self.words)
        for change in changes:
            if change.list_name != self.name:
                continue
            folded = fold(change.word.text)
            place = next((n for n, word in enumerate(words) if fold(word.text) == folded), None)
            if change.ends:
                if place is not None:
                    words[place] = replace(words[place], until=change.word.until, source=change.word.source)
            elif place is None:
                words.insert(_before_other(words), change.word)
            else:
                words[place] = replace(change.word, text=words[place].text)
        return replace(self, words=tuple(words))


def fold(text: str) -> str:
    """Return a word as words are compared."""
    return " ".join(text.split()).casefold()


def _before_other(words: list[Word]) -> int:
    """Return the place of a new word: at the end, but before “other”."""
    return len(words) - 1 if words and words[-1].text == "other" else len(words)


def words(*texts: str) -> tuple[Word, ...]:
    """Return words that are in use on every day."""
    return tuple(Word(text) for text in texts)
