"""Text as it is searched: without marks that are not seen, and with every run of white space as one space."""

import unicodedata
from dataclasses import dataclass
from typing import Final

JOINING: Final = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u061c\ufeff")
"""Marks that join, part or direct letters and show nothing: they can hide a number from whoever searches for it."""
TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that make a line read in another order than its letters stand in."""
UNSEEN: Final = JOINING | TURNING


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is searched, with the place in the whole text of each of its characters."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the whole text a part of the folded one stands."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Return a text as it is searched."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return Folded(text, tuple(range(len(text))))
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character in UNSEEN:
            continue
        if character.isspace():
            if characters and characters[-1] == " ":
                continue
            character = " "  # noqa: PLW2901 - as it is searched
        characters.append(character)
        places.append(place)
    return Folded("".join(characters), tuple(places))


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common: its letters and figures. Spaces, marks, accents and capitals make no difference."""
    return "".join(each for each in unicodedata.normalize("NFKD", name).casefold() if each.isalnum())
