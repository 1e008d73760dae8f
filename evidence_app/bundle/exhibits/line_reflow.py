"""Sets lines of a page's picture anew around what is withheld, so that neither a gap nor a space tells how long it was.

From the width of a black box alone a name can be picked out of a list of those who may be meant (docs/decisions/0026-width-of-what-is-withheld.md).
So every cover is equally wide, for its height; what stands on the line is moved up to it, with equal spaces between all words. Where that cannot be
done, for a line of a form runs through it, say, the cover goes to the end of the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final

from evidence_app.documents.shown_words import ShownWord

COVER: Final = 2.4
"""Width of a cover, in heights of its line."""
SPACE: Final = 0.5
"""Space between words of a line that is set anew, in heights of the line."""
APART: Final = 1.8
"""Gap, in heights of a line, from which words beside each other belong to different columns."""
MIN_GAPS: Final = 3
ALIKE: Final = 1.5
"""With at least so many gaps, of which none is wider than the middle one by more than this, a line is one, however wide they are."""
SAME_LINE: Final = 0.4
"""Part of the lower word's height by which two words overlap that stand on one line."""
LIKE_SIZE: Final = 1.6
"""Ratio of the heights of words up to which they are taken to be of one size of type."""
UPPER: Final = 0.75
"""Which of the heights counts, from the lowest at 0 to the highest at 1: that of a word with tall letters."""
INK: Final = 90
"""How much darker or lighter than the ground a place is that has something on it, of 255."""
MAX_INK: Final = 0.01
"""Part of the gaps of a line that may have something on it, such as dirt of a scan."""
ALIGNED: Final = 0.004
"""Distance, in parts of the page, at which two edges are the same."""
MARGIN: Final = 0.0025
"""How far paint goes over a word's box, in parts of the page: a box is as tight as the font says, and fonts lie."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Line:
    """Words beside each other; `hidden` are the places of those that are withheld."""

    words: tuple[ShownWord, ...]
    hidden: frozenset[int]

    @property
    def box(self) -> Box:
        return (
            min(word.left for word in self.words),
            min(word.top for word in self.words),
            max(word.right for word in self.words),
            max(word.bottom for word in self.words),
        )


def cover_words(image: Any, words: Sequence[ShownWord], hidden: frozenset[int]) -> list[ShownWord]:
    """Cover words on a page's picture, in place. Return the words that are left, where they stand now.

    `hidden` are the places in `words` of those to be withheld.
    """
    lines = _lines(words, hidden)
    moved = {id(word) for line in lines for word in line.words}
    left = [word for word in words if id(word) not in moved]
    for line in lines:
        left += _set_anew(image, line, words)
    return left


def _lines(words: Sequence[ShownWord], hidden: frozenset[int]) -> list[_Line]:
    """Return the lines on which something is withheld, each once."""
    lines: list[_Line] = []
    done: set[int] = set()
    for place in sorted(hidden):
        if place in done:
            continue
        places = _beside(words, place, done)
        done |= set(places)
        chosen = frozenset(number for number, each in enumerate(places) if each in hidden)
        lines.append(_Line(tuple(words[each] for each in places), chosen))
    return lines


def _beside(words: Sequence[ShownWord], place: int, done: set[int]) -> list[int]:
    """Return the places of the words on one line with another, itself among them, from left to right."""
    row = _chain(words, place, done, float("inf"))
    gaps = sorted(words[after].left - words[before].right for before, after in pairwise(row))
    # Spaces that are all alike are those of a line that was stretched to both margins, however wide they are.
    if len(gaps) >= MIN_GAPS and gaps[-1] <= ALIKE * median(gaps):
        return row
    return _chain(words, place, done, APART)


def _chain(words: Sequence[ShownWord], place: int, done: set[int], apart: float) -> list[int]:
    """Return the places of the words beside another, each at most so far, in heights, from the next."""
    found = [place]
    for forward in (True, False):
        while True:
            here = words[found[-1] if forward else found[0]]
            nearest = _nearest(words, here, set(found) | done, apart, forward=forward)
            if nearest is None:
                break
            found.insert(len(found) if forward else 0, nearest)
    return found


def _nearest(
    words: Sequence[ShownWord], here: ShownWord, taken: set[int], apart: float, *, forward: bool
) -> int | None:
    best, distance = None, float("inf")
    height = here.bottom - here.top
    for place, word in enumerate(words):
        if place in taken or not _on_one_line(word, here):
            continue
        ahead = (word.left + word.right > here.left + here.right) == forward
        gap = word.left - here.right if forward else here.left - word.right
        # Height and width are fractions of different sides: pages are upright A4 or lying, a factor of about one and a half either way.
        if ahead and gap <= apart * height * MAX_ASPECT and gap < distance:
            best, distance = place, gap
    return best


MAX_ASPECT: Final = 1.42
"""Height through width of an upright page: what a fraction of its height is in fractions of its width."""


def _on_one_line(one: ShownWord, other: ShownWord) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap >= SAME_LINE * min(one.bottom - one.top, other.bottom - other.top) > 0


def _set_anew(image: Any, line: _Line, words: Sequence[ShownWord]) -> list[ShownWord]:
    """Set a line anew on the picture. Return its words that are shown, where they stand now."""
    width, height = image.size
    # Neither size nor place of a cover may come from the words under it.
    tall = _line_height([word for place, word in enumerate(line.words) if place not in line.hidden], words) * height
    pieces = _pieces(line)
    total = sum(COVER * tall if piece is None else _wide(piece, width) for piece in pieces) + SPACE * tall * (
        len(pieces) - 1
    )
    start = _start(line, words, total / width) * width
    clear = _is_clear(image, line)
    if (
        not clear
        or start < 0
        or start + total > width
        or _meets_others(line, words, start / width, (start + total) / width)
    ):
        return _covered_to_the_end(image, line)
    return _redrawn(image, line, pieces, start, tall)


def _line_height(shown: Sequence[ShownWord], words: Sequence[ShownWord]) -> float:
    """Return the height of a line, in parts of the page, from its words that are shown and those of like size on the page: boxes differ with their letters."""
    usual = median(word.bottom - word.top for word in shown or words)
    alike = sorted(
        word.bottom - word.top for word in words if usual / LIKE_SIZE <= word.bottom - word.top <= usual * LIKE_SIZE
    )
    return alike[int(len(alike) * UPPER)]


def _pieces(line: _Line) -> list[ShownWord | None]:
    """Return what stands on a line that is set anew: its words, and None for each cover; neighbours under one cover are one."""
    pieces: list[ShownWord | None] = []
    for place, word in enumerate(line.words):
        if place not in line.hidden:
            pieces.append(word)
        elif not pieces or pieces[-1] is not None:
            pieces.append(None)
    return pieces


def _wide(word: ShownWord, width: int) -> float:
    return (word.right - word.left) * width


def _start(line: _Line, words: Sequence[ShownWord], total: float) -> float:
    """Return where a line of a new width begins: at the left where others do too, else kept at its right or in its middle as it was set."""
    left, _, right, _ = line.box
    own = {id(word) for word in line.words}
    others = [word for word in words if id(word) not in own]
    if any(abs(word.left - left) < ALIGNED and not _has_beside(word, others, before=True) for word in others):
        return left
    if any(abs(word.right - right) < ALIGNED and not _has_beside(word, others, before=False) for word in others):
        return right - total
    if abs((left + right) / 2 - 0.5) < 5 * ALIGNED:
        return 0.5 - total / 2
    return left


def _has_beside(word: ShownWord, words: Sequence[ShownWord], *, before: bool) -> bool:
    """Whether a word stands on the same line before another, or behind it: then that one neither begins nor ends the line."""
    return any(
        (other.right <= word.left if before else other.left >= word.right) and _on_one_line(other, word)
        for other in words
    )


def _meets_others(line: _Line, words: Sequence[ShownWord], start: float, end: float) -> bool:
    """Whether the line, set anew, would run into words that stand beside it."""
    own = {id(word) for word in line.words}
    left, _, right, _ = line.box
    band = line.words[0]
    return any(
        _on_one_line(word, band)
        and word.left < end
        and word.right > start
        and not (word.left < right and word.right > left)
        for word in words
        if id(word) not in own
    )


def _band(image: Any, line: _Line) -> tuple[int, int, int, int]:
    """Return the box of a line in pixels, with its margin."""
    left, top, right, bottom = line.box
    return (
        max(0, int((left - MARGIN) * image.width)),
        max(0, int((top - MARGIN) * image.height)),
        min(image.width, int((right + MARGIN) * image.width) + 1),
        min(image.height, int((bottom + MARGIN) * image.height) + 1),
    )


def _is_clear(image: Any, line: _Line) -> bool:
    """Whether nothing stands on the line but its words: no rule of a form, no picture, no signature."""
    from PIL import Image, ImageDraw

    box = _band(image, line)
    part = image.crop(box).convert("L")
    gaps = Image.new("1", part.size, 1)
    draw = ImageDraw.Draw(gaps)
    for word in line.words:
        left, top = (word.left - MARGIN) * image.width - box[0], (word.top - MARGIN) * image.height - box[1]
        right, bottom = (word.right + MARGIN) * image.width - box[0], (word.bottom + MARGIN) * image.height - box[1]
        draw.rectangle((left, top, right, bottom), fill=0)
    counts = part.histogram(gaps)
    total = sum(counts)
    if not total:
        return True
    ground = max(range(256), key=counts.__getitem__)
    ink = sum(count for value, count in enumerate(counts) if abs(value - ground) > INK)
    return bool(ink / total <= MAX_INK)


def _ground(part: Any) -> tuple[int, ...]:
    """Return the colour that most of a picture has."""
    small = part.convert("RGB").quantize(8).convert("RGB")
    colours = small.getcolors(part.width * part.height + 1) or [(1, (255, 255, 255))]
    return tuple(max(colours)[1])


def _redrawn(image: Any, line: _Line, pieces: Sequence[ShownWord | None], start: float, tall: float) -> list[ShownWord]:
    from PIL import ImageDraw
    from PIL.Image import Resampling

    width, height = image.size
    box = _band(image, line)
    before = image.crop(box)
    draw = ImageDraw.Draw(image)
    draw.rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=_ground(before))
    shown: list[ShownWord] = []
    _, top, _, bottom = line.box
    shown_words = [piece for piece in pieces if piece is not None]
    middle = median((word.top + word.bottom) / 2 for word in shown_words) if shown_words else (top + bottom) / 2
    top = middle * height - tall / 2
    across = start
    for piece in pieces:
        if piece is None:
            draw.rectangle((across, top, across + COVER * tall, top + tall), fill=(0, 0, 0))
            across += (COVER + SPACE) * tall
            continue
        # Half a space around a word belongs to it: its box may be tighter than its letters.
        edge = min(SPACE * tall / 2, MARGIN * width)
        wide_pixels = int(_wide(piece, width) + 2 * edge) + 1
        # Moved by parts of a pixel, so that where it lands does not follow from where it stood.
        left = piece.left * width - edge - box[0] - (across - edge - int(across - edge))
        first = min(max(0.0, left), max(0.0, before.width - wide_pixels))
        last = min(first + wide_pixels, before.width)
        cut = before.resize((wide_pixels, before.height), Resampling.BICUBIC, box=(first, 0, last, before.height))
        image.paste(cut, (int(across - edge), box[1]))
        wide = _wide(piece, width)
        shown.append(ShownWord(across / width, piece.top, (across + wide) / width, piece.bottom, piece.text))
        across += wide + SPACE * tall
    return shown


def _covered_to_the_end(image: Any, line: _Line) -> list[ShownWord]:
    """Cover a line from the first word that is withheld to its end. Return the words before that."""
    from PIL import ImageDraw

    first = min(line.hidden)
    left, top, right, bottom = _band(image, line)
    left = int((line.words[first].left - MARGIN) * image.width)
    ImageDraw.Draw(image).rectangle((left, top, right, bottom), fill=(0, 0, 0))
    return list(line.words[:first])
