"""Redaction of exhibits: painted over in the picture, and left out of the words that go with it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from evidence_app.bundle.exhibits.text_layer import Piece

Area = tuple[float, float, float, float]
MARGIN: Final = 0.0025
"""How far paint goes over a word's box, in parts of the page: a box is as tight as the font says, and fonts lie."""
MIN_TELLING_LENGTH: Final = 5


@dataclass(frozen=True, slots=True)
class ExhibitRedaction:
    """What of one exhibit is withheld: areas by page, from 1, and whatever `spans` finds in a text.

    `finds` says whether anything in a text would be; asking counts nothing. `text` returns a text as it may be shown; `hide` is told what was
    withheld, so that the finished file is searched for it.
    """

    areas: Mapping[int, Sequence[Area]] = field(default_factory=dict)
    spans: Callable[[str], Sequence[tuple[int, int]]] = lambda _text: ()
    text: Callable[[str], str] = lambda text: text
    hide: Callable[[str], None] = lambda _text: None
    finds: Callable[[str], bool] = lambda _text: False
    searches: bool = False

    def __bool__(self) -> bool:
        return self.searches or bool(self.areas)

    def cover(self, number: int, image: Any, pieces: Sequence[Piece]) -> list[Piece]:
        """Paint over what is withheld on a page's picture, and return the words that are left."""
        from PIL import ImageDraw

        areas = list(self.areas.get(number, ()))
        touched = {place for place, piece in enumerate(pieces) if any(_overlap(piece, area) for area in areas)}
        for run in _runs(pieces, touched):
            if " " in run or len(run) >= MIN_TELLING_LENGTH:
                self.hide(run)
        found = _found(pieces, self.spans)
        areas += [_wider(pieces[place]) for place in found]
        draw = ImageDraw.Draw(image)
        for left, top, right, bottom in areas:
            box = (left * image.width, top * image.height, right * image.width, bottom * image.height)
            draw.rectangle(box, fill=(0, 0, 0))
        return [piece for place, piece in enumerate(pieces) if place not in touched | found]


def _overlap(piece: Piece, area: Area) -> bool:
    return piece.left < area[2] and piece.right > area[0] and piece.top < area[3] and piece.bottom > area[1]


def _wider(piece: Piece) -> Area:
    return piece.left - MARGIN, piece.top - MARGIN, piece.right + MARGIN, piece.bottom + MARGIN


def _found(pieces: Sequence[Piece], spans: Callable[[str], Sequence[tuple[int, int]]]) -> set[int]:
    """Return which words a search in the running text finds, broken over lines as they may be."""
    text = " ".join(piece.text for piece in pieces)
    found: set[int] = set()
    starts, place = [], 0
    for piece in pieces:
        starts.append(place)
        place += len(piece.text) + 1
    for start, end in spans(text):
        found |= {n for n, begin in enumerate(starts) if begin < end and begin + len(pieces[n].text) > start}
    return found


def _runs(pieces: Sequence[Piece], chosen: set[int]) -> Iterator[str]:
    """Yield the words that lie in areas, those that follow one another as one text."""
    run: list[str] = []
    for place, piece in enumerate(pieces):
        if place in chosen:
            run.append(piece.text)
        elif run:
            yield " ".join(run)
            run = []
    if run:
        yield " ".join(run)
