"""Where a text has what is nearly a name: letters that recognition takes for others, and surnames alone (docs/spec/names.md, section 6)."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from evidence_app.domain.text.name_matching import Letters, letters_of

MIN_LETTERS: Final = 5
"""Letters from which a word of a name can have a near match."""
MIN_SURNAME: Final = 3
"""Letters from which a surname alone is found."""
LIMITS: Final = ((8, 2.0), (6, 1.0), (MIN_LETTERS, 0.5))
"""For words of at least so many letters, how far another may be from them."""
CONFUSED: Final = 0.5
"""How far letters are from each other that recognition takes for one another; others are 1 apart."""
LIKE: Final = frozenset(
    map(
        frozenset,
        re.findall(
            "..",
            "ltliljl1i1ijittftro0ocoeodeceaaoa0nhnunruvvys5szz2b6bhgqg9qokxkhmnwvcge6b8s8aqpb",
        ),
    )
)
"""Pairs of letters that recognition takes for one another."""
AS_ONE: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"), ("nn", "m"))
"""Letters that recognition takes for one."""
TITLED: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Mister)\.? ([^\W\d_])\b(?!['’])")
"""A title with an initial."""
MAX_STRICT: Final = 0.5
"""How far a word without a capital may be from a name."""
MIN_JOINED: Final = 6
"""Letters from which two words may be one of a name."""
MIN_RUN: Final = 8
"""Letters from which a name is found that runs together with other words."""
USUAL: Final = frozenset({"", "-", ",", "."})
"""What stands between the words of a name, spaces aside."""
MAX_APART: Final = 4
"""Characters that may stand between the two parts of a word that was recognised as two."""


class NearWords:
    """The words of a person's names, for finding what is nearly one of them."""

    def __init__(self, names: tuple[str, ...]) -> None:
        words = [word for name in names for word in name.split()]
        # Of a double name each half is a word too.
        halves = [half for word in words for half in re.split("[-\u2010-\u2015]", word)]
        folded = dict.fromkeys(letters_of(word).letters for word in (*words, *halves))
        self._words = tuple(word for word in folded if len(word) >= MIN_LETTERS)
        self._all_words = frozenset(folded)
        last = [name.split()[-1] for name in names if len(name.split()) > 1]
        surnames = (letters_of(word).letters for name in last for word in (name, *re.split("[-\u2010-\u2015]", name)))
        self._surnames = frozenset(word for word in surnames if len(word) >= MIN_SURNAME)

    def find(self, read: Letters) -> Iterator[tuple[int, int]]:
        """Yield start and end of each word, or of two that were one, that is nearly a word of the names, with the words of a name beside it."""
        words = words_of_letters(read) if self._words else []
        near = self._near_places(read, words) | self._oddly_apart(read, words)
        done = -1
        for place in sorted(near):
            if place <= done:
                continue
            first = last = place
            while (
                first - 1 > done
                and self._belongs(read, words, first - 1, near)
                and _apart(read, words, first - 1) <= MAX_APART
            ):
                first -= 1
            while (
                last + 1 < len(words)
                and self._belongs(read, words, last + 1, near)
                and _apart(read, words, last) <= MAX_APART
            ):
                last += 1
            done = last
            yield read.offsets[words[first][0]], read.offsets[words[last][1]] + 1

    def find_small(self, read: Letters) -> Iterator[tuple[int, int]]:
        """Yield start and end of each word of a name that stands in small letters."""
        for first, last in words_of_letters(read) if self._all_words else ():
            if read.letters[first : last + 1] in self._all_words and not read.is_capital(first):
                yield read.offsets[first], read.offsets[last] + 1

    def is_in(self, letters: str) -> bool:
        """Return whether a longer word of the names is among letters that run together, as in an e-mail address."""
        return any(word in letters for word in self._words)

    def _near_places(self, read: Letters, words: Sequence[tuple[int, int]]) -> set[int]:
        """Return the places of the words that are nearly one of the names, alone or together with the next."""
        near: set[int] = set()
        for place, (first, last) in enumerate(words):
            word = read.letters[first : last + 1]
            if word in self._all_words:
                continue
            if _is_near(word, self._words, not self._looks_like_name(read, first)):
                near.add(place)
            elif place + 1 < len(words) and _apart(read, words, place) <= MAX_APART:
                both = word + read.letters[words[place + 1][0] : words[place + 1][1] + 1]
                if len(both) >= MIN_JOINED and (both in self._words or _is_near(both, self._words, False)):
                    near |= {place, place + 1}
        return near

    def _oddly_apart(self, read: Letters, words: Sequence[tuple[int, int]]) -> set[int]:
        """Return the places of words of a name beside each other, with capitals, between which something stands that belongs to no name."""
        odd: set[int] = set()
        for place, (one, other) in enumerate(pairwise(words)):
            both = (
                read.letters[first : last + 1] in self._all_words and read.is_capital(first)
                for first, last in (one, other)
            )
            if _apart(read, words, place) <= MAX_APART and read.between(one[1]).strip(" ") not in USUAL and all(both):
                odd |= {place, place + 1}
        return odd

    @staticmethod
    def _looks_like_name(read: Letters, first: int) -> bool:
        """Return whether a word begins with a capital or a figure: of other words one letter has to be confused, no more."""
        return read.is_capital(first) or read.letters[first].isdigit()

    def _belongs(self, read: Letters, words: Sequence[tuple[int, int]], place: int, near: set[int]) -> bool:
        first, last = words[place]
        return place in near or read.letters[first : last + 1] in self._all_words

    def find_surnames(self, read: Letters) -> Iterator[tuple[int, int]]:
        """Yield start and end of each surname alone, with a capital, of each other word of a name in capitals, and of each title with an initial."""
        for first, last in words_of_letters(read) if self._all_words else ():
            word, written = read.letters[first : last + 1], read.text[read.offsets[first] : read.offsets[last] + 1]
            if (word in self._surnames and read.is_capital(first)) or (
                word in self._all_words and len(word) >= MIN_SURNAME and written.isupper()
            ):
                yield read.offsets[first], read.offsets[last] + 1
        initials = {surname[0] for surname in self._surnames}
        for match in TITLED.finditer(read.text):
            if match[1].casefold() in initials and match[1].isupper():
                yield match.span()


def find_run_together(names: tuple[str, ...], read: Letters) -> Iterator[tuple[int, int]]:
    """Yield start and end of each name whose letters follow one another run together with other words, or spaced out, as files set them.

    Shorter names than `MIN_RUN` letters would be found by chance.
    """
    for letters, is_of_several in _runs_of(names):
        first = read.letters.find(letters)
        while first >= 0:
            gaps = [read.between(first + place) for place in range(len(letters) - 1)]
            spaced = all(gap == " " for gap in gaps)
            together = all(gap in {"", "-", "'"} for gap in gaps)
            # A name of several words may have a space between any two letters.
            loose = is_of_several and all(gap in {"", " ", "-", "'"} for gap in gaps)
            if spaced or together or loose:
                yield read.offsets[first], read.offsets[first + len(letters) - 1] + 1
            first = read.letters.find(letters, first + 1)


@lru_cache(maxsize=4096)
def _runs_of(names: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Return the letters of each name that is long enough, and whether one with these letters has several words."""
    several: dict[str, bool] = {}
    for name in names:
        letters = letters_of(name).letters
        if len(letters) >= MIN_RUN:
            several[letters] = several.get(letters, False) or len(name.split()) > 1
    return tuple(several.items())


def _apart(read: Letters, words: Sequence[tuple[int, int]], place: int) -> int:
    """Return how many characters stand between a word and the next."""
    return read.offsets[words[place + 1][0]] - read.offsets[words[place][1]] - 1


def words_of_letters(read: Letters) -> list[tuple[int, int]]:
    """Return the words of a text: for each the indexes of its first and last letter."""
    words: list[tuple[int, int]] = []
    start = 0
    for index in range(len(read.letters)):
        if index == len(read.letters) - 1 or read.between(index) not in {"", "'"}:
            words.append((start, index))
            start = index + 1
    return words


@lru_cache(maxsize=65_536)
def _is_near(word: str, names: tuple[str, ...], strictly: bool) -> bool:
    """Return whether a word is nearly one of some others; `strictly`, by one confused letter alone."""
    return any(is_near(word, name, MAX_STRICT if strictly else None) for name in names)


def is_near(word: str, name: str, most: float | None = None) -> bool:
    """Return whether a word is another by so few letters that recognition may have taken the one for the other; at most so far from it, if said."""
    limit = next((far for length, far in LIMITS if len(name) >= length), 0.0)
    limit = limit if most is None else min(limit, most)
    if not limit or abs(len(word) - len(name)) > limit + 1:
        return False
    return min(_distance(word, name, limit), _distance(_as_one(word), _as_one(name), limit)) <= limit


def _as_one(word: str) -> str:
    for several, one in AS_ONE:
        word = word.replace(several, one)
    return word


def _cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return CONFUSED if frozenset((one, other)) in LIKE else 1.0


def _distance(one: str, other: str, limit: float) -> float:
    """Return how far two words are from each other (Levenshtein, with `CONFUSED`), or more than the limit as soon as it is sure to be."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = [float(place) for place in range(len(other) + 1)]
    for place, letter in enumerate(one, start=1):
        before, row[0] = row[0], float(place)
        for column, against in enumerate(other, start=1):
            before, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, before + _cost(letter, against)),
            )
        if min(row) > limit:
            return limit + 1
    return row[-1]
