"""What a page of a file shows: its words, where they stand, and what they were read from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

Box = tuple[float, float, float, float]
PARAGRAPH: Final = "\N{PARAGRAPH SEPARATOR}"
ROOM: Final = 0.03
"""Part of the page's width that a word and the space before it need more than the word is wide."""


class WordSource(StrEnum):
    """What words were read from."""

    TEXT = "text"
    RECOGNISED = "picture"
    UNSEEN = "outside"
    """Words of a page's text outside its visible area: nobody sees them, but they can be extracted."""


class ShownWord(NamedTuple):
    """A word on a page, with its box in fractions of the page as it is shown (0 to 1), from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a page from one source, in the order in which they are read; of a text that has no places, the text as it runs."""

    source: WordSource
    words: tuple[ShownWord, ...]
    running: str = ""

    @property
    def text(self) -> str:
        """The words as one text."""
        return self.running or self.text_with([word.text for word in self.words])

    def text_with(self, texts: Sequence[str]) -> str:
        """Return the words as one text with these texts in their places, one character between every two.

        It is a space, or a paragraph's end where the next word would have had room on the line.
        """
        if not self.words:
            return ""
        rightmost = max(word.right for word in self.words)
        parts = [texts[0]]
        for (before, word), text in zip(pairwise(self.words), texts[1:], strict=True):
            ends = word.top >= before.bottom and before.right + (word.right - word.left) + ROOM < rightmost
            parts += [PARAGRAPH if ends else " ", text]
        return "".join(parts)

    @property
    def recognised(self) -> bool:
        """Whether the words were read from a picture."""
        return self.source is WordSource.RECOGNISED

    def box(self, start: int, end: int) -> Box | None:
        """Return the box of the words at these offsets of `text`: of the first line of them, if they stand on several; None without places."""
        place, found = 0, list[ShownWord]()
        for word in self.words:
            if place < end and place + len(word.text) > start:
                found.append(word)
            place += len(word.text) + 1
        if not found:
            return None
        first = [word for word in found if word.top < found[0].bottom and word.bottom > found[0].top]
        return (
            min(word.left for word in first),
            min(word.top for word in first),
            max(word.right for word in first),
            max(word.bottom for word in first),
        )


@dataclass(frozen=True, slots=True)
class ShownPage:
    """What was read of one page. A page may be read more than once: from its text, and from its picture.

    `quarters` are the turns clockwise by which it has to be turned to stand upright; the boxes are those of the page turned so. `doubt` says why
    words on it may have been missed; it is empty where there is no reason to think so.
    """

    readings: tuple[Reading, ...] = ()
    quarters: int = 0
    doubt: str = ""

    @property
    def recognised(self) -> bool:
        """Whether words of it were read from its picture."""
        return any(each.recognised and each.words for each in self.readings)

    def words(self) -> list[ShownWord]:
        """Return every word that is seen once: those of the text, and what was recognised where the text has none."""
        words: list[ShownWord] = []
        for reading in self.readings:
            if reading.source is not WordSource.UNSEEN:
                words += list(_beside(reading.words, tuple(words)))
        return words


def _beside(words: Sequence[ShownWord], known: Sequence[ShownWord]) -> Iterator[ShownWord]:
    """Yield the words that stand where no known word does."""
    for word in words:
        across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        if not any(each.left <= across <= each.right and each.top <= down <= each.bottom for each in known):
            yield word
