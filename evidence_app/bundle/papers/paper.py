"""A paper as a value: a heading, a table or numbered paragraphs, and what stands below."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column: its title, and its share of the width. `is_open` is left empty, for somebody to fill in."""

    title: str
    share: float
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper says. `above` are lines below the title, `rows` have a text for each column; rows of one text alone are titles.

    `paragraphs` are numbered. `wide` papers are in landscape.
    """

    title: str
    above: tuple[str, ...] = ()
    columns: tuple[PaperColumn, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    paragraphs: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    wide: bool = False

    def texts(self) -> Iterator[str]:
        """Yield everything that it says."""
        yield self.title
        yield from self.above
        for row in self.rows:
            yield from row
        yield from self.paragraphs
        yield from self.below
