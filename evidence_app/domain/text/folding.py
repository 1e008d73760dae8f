"""Folding of text for searching: invisible marks are removed, and each run of white space becomes one space."""

import unicodedata
from dataclasses import dataclass
from typing import Final

JOINING: Final = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u061c\ufeff")
"""Invisible characters within words: soft hyphen, zero-width and direction marks. They can hide a number from a search."""
TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Bidirectional embeddings, overrides and isolates, which change the order in which letters are shown (Unicode UAX #9)."""
UNSEEN: Final = JOINING | TURNING
"""All characters that folding removes."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, with the offset in the original text of each of its characters."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the start and end offsets in the original text of a part of the folded text."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold a text for searching."""
    # Most texts need no folding: this is many times faster.
    if text.isascii() and text.isprintable() and "  " not in text:
        return Folded(text, tuple(range(len(text))))
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        if character in UNSEEN:
            continue
        if character.isspace():
            if characters and characters[-1] == " ":
                continue
            character = " "  # noqa: PLW2901 - as it is searched
        characters.append(character)
        offsets.append(offset)
    return Folded("".join(characters), tuple(offsets))


def name_key(name: str) -> str:
    """Return a key for comparing names: letters and digits without accents, in lower case (Unicode NFKD and case folding)."""
    return "".join(each for each in unicodedata.normalize("NFKD", name).casefold() if each.isalnum())
