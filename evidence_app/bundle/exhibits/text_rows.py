"""Rows of words on a page, and the lines in them: which words belong together, and how their line is set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor
from statistics import median
from typing import Final

from evidence_app.documents.shown_words import ShownWord

APART: Final = 1.8
"""Gap, in heights of a row, from which words beside each other may belong to different columns."""
MIN_GAPS: Final = 3
ALIKE: Final = 1.5
"""With at least so many gaps, of which none is wider than the middle one by more than this, a row is one line, however wide they are."""
SAME_ROW: Final = 0.4
"""Part of the lower word's height by which two words overlap that stand in one row."""
ALIGNED: Final = 0.004
"""Distance, in parts of the page, at which two edges are the same."""
CENTRED: Final = 2
"""For how many lines of like setting it counts that a line stands in the middle of the page."""
FAR_RIGHT: Final = 0.4, 0.8, 0.97
"""Where a line of its own begins at least, and ends at least and at most, that was set to the right margin."""
PLACES: Final = 16
"""Places across the page at which lines begin that no other line is set like: how they were set cannot be known."""
MAX_ASPECT: Final = 1.42
"""Height through width of an upright page: what a fraction of its height is, at most, in fractions of its width."""
LIKE_SIZE: Final = 1.6
"""Ratio of the heights of words up to which they are taken to be of one size of type."""
UPPER: Final = 0.75
"""Which of the heights counts, from the lowest at 0 to the highest at 1: that of a word with tall letters."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """Places, in the words of a page, of those that stand on one line, from left to right."""

    places: tuple[int, ...]
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class TextRows:
    """The rows of a page, and the lines that are beside each other in each row. `hidden` are the places of words whose size may tell nothing."""

    def __init__(self, words: Sequence[ShownWord], hidden: frozenset[int]) -> None:
        self.words, self.hidden = words, hidden
        self._rows = _rows(words)
        self._seen = [word for place, word in enumerate(words) if place not in hidden] or list(words)
        first = [[self._line(part) for part in self._parts(row)] for row in self._rows]
        starts = [(number, line.left) for number, row in enumerate(first) for line in row]
        self.rows = [[self._line(part) for part in _joined(number, row, starts)] for number, row in enumerate(first)]

    def _line(self, places: Sequence[int]) -> TextLine:
        chosen = [self.words[place] for place in places]
        return TextLine(tuple(places), min(word.left for word in chosen), max(word.right for word in chosen))

    def _parts(self, row: Sequence[int]) -> list[list[int]]:
        """Return a row in parts, where its gaps are wide."""
        gaps = [self.words[after].left - self.words[before].right for before, after in pairwise(row)]
        if len(gaps) >= MIN_GAPS and max(gaps) <= ALIKE * median(gaps):
            # Spaces that are all alike are those of a line that was stretched to both margins.
            return [list(row)]
        # A dash is a few pixels high: the height of the row counts.
        heights = sorted(self.words[place].bottom - self.words[place].top for place in row)
        limit = APART * heights[int(len(heights) * UPPER)] * MAX_ASPECT
        parts = [[row[0]]]
        for gap, place in zip(gaps, row[1:], strict=True):
            if gap > limit:
                parts.append([place])
            else:
                parts[-1].append(place)
        return parts

    def height(self, line: TextLine) -> float:
        """Return the height of a line, in parts of the page, from its words that are shown and those of like size: boxes differ with their letters."""
        shown = [self.words[place] for place in line.places if place not in self.hidden]
        usual = median(word.bottom - word.top for word in shown or self._seen)
        alike = sorted(
            word.bottom - word.top
            for word in self._seen
            if usual / LIKE_SIZE <= word.bottom - word.top <= usual * LIKE_SIZE
        )
        return alike[int(len(alike) * UPPER)] if alike else usual

    def start(self, number: int, line: TextLine, width: float) -> float:
        """Return where a line of a row begins once it is so wide: kept at its left, its right or its middle, as most lines like it are set."""
        others = [each for row, lines in enumerate(self.rows) if row != number for each in lines]
        at_left = [each.left for each in others if abs(each.left - line.left) < ALIGNED]
        at_right = [each.right for each in others if abs(each.right - line.right) < ALIGNED]
        in_middle = sum(abs(each.middle - line.middle) < ALIGNED for each in others)
        in_middle += CENTRED * (abs(line.middle - 0.5) < ALIGNED)
        most = max(len(at_left), len(at_right), in_middle)
        if not most:
            return self._alone(number, line, width)
        # The edge is that of the other lines: the first letter of a name has room beside it, more or less.
        if len(at_left) == most:
            return median(at_left)
        if len(at_right) == most:
            return median(at_right) - width
        return (0.5 if abs(line.middle - 0.5) < ALIGNED else line.middle) - width / 2

    def _alone(self, number: int, line: TextLine, width: float) -> float:
        """Return where a line begins that no other is set like: at the right margin, or at the next of a few places to the left of it."""
        if line.left > FAR_RIGHT[0] and line.right > FAR_RIGHT[1]:
            return min(FAR_RIGHT[2], ceil(line.right * PLACES) / PLACES) - width
        place = floor(line.left * PLACES) / PLACES
        before = [each.right for each in self.rows[number] if each.right <= line.left]
        return place if place > max(before, default=0.0) + ALIGNED else line.left

    def next_line(self, number: int, line: TextLine) -> TextLine | None:
        """Return the line that follows in the same row, or None."""
        return next((each for each in self.rows[number] if each.left >= line.right), None)


def _joined(number: int, row: Sequence[TextLine], starts: Iterable[tuple[int, float]]) -> list[list[int]]:
    """Return the parts of a row as lines: a part that begins where nothing in another row begins is no column, and continues the line before it."""
    joined: list[list[int]] = [list(row[0].places)]
    for line in row[1:]:
        if any(other != number and abs(left - line.left) < ALIGNED for other, left in starts):
            joined.append(list(line.places))
        else:
            joined[-1] += line.places
    return joined


def _rows(words: Sequence[ShownWord]) -> list[list[int]]:
    """Return the rows of words, each from left to right. A word joins the row whose last word it overlaps most: pages may be skewed."""
    rows: list[list[int]] = []
    for place in sorted(range(len(words)), key=lambda each: words[each].left):
        best, most = None, SAME_ROW
        for row in rows:
            share = overlap(words[row[-1]], words[place])
            if share >= most:
                best, most = row, share
        if best is None:
            rows.append([place])
        else:
            best.append(place)
    return rows


def overlap(one: ShownWord, other: ShownWord) -> float:
    """Return the part of the lower word's height by which two words overlap vertically; below 0 if they do not."""
    height = min(one.bottom - one.top, other.bottom - other.top)
    return (min(one.bottom, other.bottom) - max(one.top, other.top)) / height if height > 0 else -1.0
