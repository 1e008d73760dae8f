"""Redaction of exhibits: painted over in the picture, and left out of the words that go with it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from evidence_app.bundle.exhibits.line_reflow import cover_words
from evidence_app.documents.shown_words import ShownPage, ShownWord

Area = tuple[float, float, float, float]
MIN_TELLING_LENGTH: Final = 5
GONE: Final = "\N{BLACK SQUARE}"
"""What stands for a word in a reading that another reading has withheld already: it is counted once."""


@dataclass(frozen=True, slots=True)
class ExhibitRedaction:
    """What of one exhibit is withheld: areas by page, from 1, and whatever `spans` finds in a text.

    The second argument of `spans` and `finds` is whether the text was recognised on a picture. `finds` says whether anything in a text would be
    withheld; asking counts nothing. `labelled` gives what it finds in a text with the label that stands in
    its place; `text` returns a text as it may be shown; `hide` is told what was
    withheld, so that the finished file is searched for it.
    """

    areas: Mapping[int, Sequence[Area]] = field(default_factory=dict)
    spans: Callable[[str, bool], Sequence[tuple[int, int]]] = lambda _text, _recognised: ()
    labelled: Callable[[str], Sequence[tuple[int, int, str]]] = lambda _text: ()
    text: Callable[[str], str] = lambda text: text
    hide: Callable[[str], None] = lambda _text: None
    finds: Callable[[str, bool], bool] = lambda _text, _recognised: False
    searches: bool = False

    def __bool__(self) -> bool:
        return self.searches or bool(self.areas)

    def finds_on(self, number: int, page: ShownPage) -> bool:
        """Return whether anything of a page, counted from 1, is withheld."""
        return bool(self.areas.get(number)) or any(
            self.finds(reading.text, reading.recognised) for reading in page.readings
        )

    def cover(self, number: int, image: Any, page: ShownPage) -> list[ShownWord]:
        """Paint over what is withheld on a page's picture, which stands upright, and return the words that are left."""
        areas = list(self.areas.get(number, ()))
        boxes: list[ShownWord] = []
        for reading in page.readings:
            touched = {place for place, word in enumerate(reading.words) if any(_overlap(word, area) for area in areas)}
            for run in _runs(reading.words, touched):
                if " " in run or len(run) >= MIN_TELLING_LENGTH:
                    self.hide(run)
            left = [
                GONE if place in touched or _stands_in(word, boxes) else word.text
                for place, word in enumerate(reading.words)
            ]
            boxes += [
                reading.words[place] for place in _found(left, self.spans(reading.text_with(left), reading.recognised))
            ]
        _paint(image, areas)
        words = [word for word in page.words() if not any(_overlap(word, area) for area in areas)]
        hidden = frozenset(place for place, word in enumerate(words) if _stands_in(word, boxes))
        # What one reading found and another has no word for is covered all the same.
        on_page = [box for box in boxes if box.right > 0 and box.left < 1 and box.bottom > 0 and box.top < 1]
        missed = [box for box in on_page if not any(_stands_in(words[place], [box]) for place in hidden)]
        left_words = cover_words(image, [*words, *missed], hidden | set(range(len(words), len(words) + len(missed))))
        _paint(image, areas)
        return left_words


def _paint(image: Any, areas: Sequence[Area]) -> None:
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in areas:
        box = (left * image.width, top * image.height, right * image.width, bottom * image.height)
        draw.rectangle(box, fill=(0, 0, 0))


def _overlap(word: ShownWord, area: Area) -> bool:
    return word.left < area[2] and word.right > area[0] and word.top < area[3] and word.bottom > area[1]


def _stands_in(word: ShownWord, boxes: Sequence[ShownWord]) -> bool:
    """Return whether the middle of a word is in one of the boxes, or the middle of one of them in it."""
    return any(_holds_middle(box, word) or _holds_middle(word, box) for box in boxes)


def _holds_middle(box: ShownWord, word: ShownWord) -> bool:
    across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box.left <= across <= box.right and box.top <= down <= box.bottom


def _found(texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return the places of the words that were found in the running text, broken over lines as they may be."""
    found: set[int] = set()
    starts, place = [], 0
    for text in texts:
        starts.append(place)
        place += len(text) + 1
    for start, end in spans:
        found |= {n for n, begin in enumerate(starts) if begin < end and begin + len(texts[n]) > start}
    return sorted(found)


def _runs(words: Sequence[ShownWord], chosen: set[int]) -> Iterator[str]:
    """Yield the words that lie in areas, those that follow one another as one text."""
    run: list[str] = []
    for place, word in enumerate(words):
        if place in chosen:
            run.append(word.text)
        elif run:
            yield " ".join(run)
            run = []
    if run:
        yield " ".join(run)
