"""Where the words that were searched for stand in a text, letters compared as in names (docs/spec/names.md, section 1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from evidence_app.domain.text.name_matching import Letters, compared, letters_of

AROUND: Final = 45
"""How many characters of the text an excerpt has on either side of its first mark."""
MARKS: Final = "«»"
"""What stands before and behind a word that was searched for, in an excerpt."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The places, start and end, at which words stand in a text, in order."""

    text: str
    places: tuple[tuple[int, int], ...]

    def excerpt(self) -> str:
        """Return what stands around the first place on one line, its words marked; "" where there is no place."""
        if not self.places:
            return ""
        first, last = max(0, self.places[0][0] - AROUND), min(len(self.text), self.places[0][1] + AROUND)
        parts, done = ["…" if first else ""], first
        for start, end in self.places:
            if end <= last:
                parts += [self.text[done:start], MARKS[0], self.text[start:end], MARKS[1]]
                done = end
        parts += [self.text[done:last], "…" if last < len(self.text) else ""]
        return " ".join("".join(parts).split())


def find_hits(wanted: str, text: str) -> Hits:
    """Find the words of `wanted` in a text, each by itself; the last may be the beginning of a word, as in the search of a store."""
    phrases = [_pieces(word) for word in compared(wanted).split()]
    phrases = [phrase for phrase in phrases if phrase]
    if not phrases:
        return Hits(text, ())
    read = letters_of(text)
    words = _words(read)
    spelled = [read.letters[first : last + 1] for first, last in words]
    places: set[tuple[int, int]] = set()
    for phrase in phrases:
        may_go_on = phrase is phrases[-1]
        places |= {(place, place + len(phrase)) for place in _places(phrase, spelled, may_go_on=may_go_on)}
    places |= {(place, place + 2) for place in _broken(phrases, spelled, words, read)}
    found = sorted((read.offsets[words[first][0]], read.offsets[words[end - 1][1]] + 1) for first, end in places)
    return Hits(text, tuple(_apart(found)))


def _pieces(word: str) -> list[str]:
    return "".join(each if each.isalnum() else " " for each in word).split()


def _words(read: Letters) -> list[tuple[int, int]]:
    """Return the first and last letter of each word as the index of a store cuts them: at everything that is no letter."""
    words, start = [], 0
    for index in range(len(read.letters)):
        if index == len(read.letters) - 1 or read.between(index):
            words.append((start, index))
            start = index + 1
    return words


def _places(phrase: Sequence[str], spelled: Sequence[str], *, may_go_on: bool) -> list[int]:
    """Return the numbers of the words at which a phrase begins; with `may_go_on` its last piece may be a beginning."""
    *before, last = phrase
    return [
        place
        for place in range(len(spelled) - len(before))
        if list(spelled[place : place + len(before)]) == before
        and (spelled[place + len(before)] == last or (may_go_on and spelled[place + len(before)].startswith(last)))
    ]


def _broken(
    phrases: Sequence[Sequence[str]], spelled: Sequence[str], words: Sequence[tuple[int, int]], read: Letters
) -> list[int]:
    """Return the numbers of the words that a line's end breaks in two and that are searched for whole."""
    whole = {phrase[0] for phrase in phrases if len(phrase) == 1}
    return [
        place
        for place, ((_, last), _after) in enumerate(pairwise(words))
        if read.between(last) == "- " and spelled[place] + spelled[place + 1] in whole
    ]


def _apart(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return places without those that begin inside the one before."""
    kept: list[tuple[int, int]] = []
    for start, end in places:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
