"""The printed numbers of a file's pages, which are its page labels too (ISO 32000-1, 12.4.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from evidence_app.domain.text.number_ranges import DASH


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """The number of each page in order, the letters before them, and how many the whole bundle has. A page with the number 0 shows none."""

    numbers: tuple[int, ...]
    prefix: str = ""
    total: int = 0

    def spelled(self, first: int, last: int = 0) -> str:
        """Return a number as it is printed, or a run of two: C12, C12–14."""
        return f"{self.prefix}{first}{f'{DASH}{last}' if last > first else ''}"

    def foot(self, place: int) -> str:
        """Return what stands below the page at a place, counted from 0."""
        number = self.numbers[place]
        return f"{self.spelled(number)} of {self.total or self.numbers[-1]}" if number else ""

    def runs(self) -> Iterator[tuple[int, int]]:
        """Yield the place, from 0, and the number of each page at which the numbers do not go on from the page before."""
        for place, number in enumerate(self.numbers):
            if not place or number != self.numbers[place - 1] + 1 or not number:
                yield place, number
