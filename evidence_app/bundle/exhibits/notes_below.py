"""The words of a page's notes, set below the page: on paper nobody can click on them."""

from collections.abc import Sequence
from typing import Final

from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import BOLD, REGULAR
from evidence_app.bundle.typeset.page_writer import Page, PageWriter
from evidence_app.bundle.typeset.tag_tree import Element

SIZE: Final = 9.0
STEP: Final = 11.5
WIDTH: Final = 500.0
MAX_LINES: Final = 34
"""Lines below one page: nearly half of it. What is longer says that the rest is in the file."""
HEAD: Final = "Notes on this page"
REST: Final = "The rest of the notes on this page is in the original file."


class NotesBelow:
    """Notes as lines below a page. Without any, they take no room."""

    def __init__(self, notes: Sequence[str]) -> None:
        writer = PageWriter()
        lines = [line for note in notes for line in writer.wrap(note, WIDTH, REGULAR, SIZE)]
        self._lines = lines if len(lines) <= MAX_LINES else [*lines[: MAX_LINES - 1], REST]
        self._missing = writer.page.characters_missing

    @property
    def height(self) -> float:
        """Return the height that they take, in points."""
        return STEP * (len(self._lines) + 2) if self._lines else 0

    def set_on(self, page: Page, bottom: float) -> None:
        """Set them on a page below what ends at a height, in points from the page's lower edge."""
        if not self._lines:
            return
        y = bottom - STEP * 1.4
        tag = Element("P")
        page.marks.append(t.Text(t.MARGIN, y, BOLD, SIZE, t.TEAL, HEAD, Element("P")))
        for line in self._lines:
            y -= STEP
            page.marks.append(t.Text(t.MARGIN, y, REGULAR, SIZE, t.INK, line, tag))
        page.characters_missing += self._missing
