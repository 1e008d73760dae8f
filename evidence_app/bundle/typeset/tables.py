"""Tables whose header row is repeated on each page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.bundle.typeset.fonts import BOLD, REGULAR
from evidence_app.bundle.typeset.page_writer import NOTE_SIZE, SOFT, SOME_LINES, TABLE_SIZE, TEAL, LinkTo, PageWriter


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: heading, left edge from the margin and width in points, font and size; `right` aligns cells to the right."""

    head: str
    x: float
    width: float
    font: str = REGULAR
    size: float = TABLE_SIZE
    right: bool = False


HEAD_HEIGHT: Final = 18.0
MIN_BELOW: Final = 70.0
"""Heights in points: of the header row with its rule, and what a table begins a page for."""


def table(flow: PageWriter, columns: Sequence[Column], rows: Sequence["Row"], *, title: str = "") -> None:
    """Set a table over as many pages as it takes, with its header row repeated on each. The title is a heading of level 1.

    Title, header row and first row stand on one page.

    The first header row is tagged (TR with TH cells); its repetitions are artefacts, so that the header is read out once.
    """

    def repeat_head() -> None:
        with flow.artefact():
            _set_head(flow, columns)

    laid_out = [_laid_out(flow, columns, row) for row in rows]
    start = max(MIN_BELOW, HEAD_HEIGHT + laid_out[0].height if laid_out else 0.0)
    if title:
        flow.heading(title, level=1, below=max(SOME_LINES, start))
    flow.need(start)
    with flow.element("Table"):
        with flow.element("TR"):
            _set_head(flow, columns)
        flow.repeat_on_new_pages(repeat_head)
        for row in laid_out:
            with flow.element("TR"):
                _set_row(flow, row)
        flow.repeat_on_new_pages(None)
    flow.space(8)


def _set_head(flow: PageWriter, columns: Sequence[Column]) -> None:
    """Set the header row at the present height."""
    flow.y -= 13
    for column in columns:
        with flow.element("TH"):
            if column.right:
                flow.put_right(flow.left + column.x + column.width, column.head, BOLD, NOTE_SIZE, SOFT)
            else:
                flow.put(flow.left + column.x, column.head, BOLD, NOTE_SIZE, SOFT)
    flow.y -= 4
    flow.rule(TEAL, 0.8)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the texts of its cells, and the key of the page whose number stands in its last column, or with `page_end` the run up to that key's; or of several pages.

    Longer cells are cut at `most_lines`.
    """

    cells: tuple[str, ...]
    page_key: str = ""
    bold: bool = False
    most_lines: int = 3
    pages: tuple[str, ...] = ()
    page_end: str = ""


@dataclass(frozen=True, slots=True)
class _LaidOutRow:
    """A row in lines: for each cell its column, font and lines, the step from line to line, and the height of the row, in points."""

    row: Row
    cells: tuple[tuple[Column, str, tuple[str, ...]], ...]
    step: float
    height: float


def _laid_out(flow: PageWriter, columns: Sequence[Column], row: Row) -> _LaidOutRow:
    """Return a row with its cells broken into lines."""
    cells = []
    for column, cell in zip(columns, row.cells, strict=False):
        font = BOLD if row.bold else column.font
        lines = flow.wrap(cell, column.width - 6, font, column.size)
        if len(lines) > row.most_lines:
            lines = [*lines[: row.most_lines - 1], lines[row.most_lines - 1].rstrip(" .,;") + "…"]
        cells.append((column, font, tuple(lines)))
    step = max(column.size for column in columns) * 1.32
    return _LaidOutRow(row, tuple(cells), step, step * max(len(lines) for _, _, lines in cells) + 4)


def _set_row(flow: PageWriter, laid_out: _LaidOutRow) -> None:
    """Set one row, on a new page where it does not fit. With a page key the whole row is a link."""
    row, step, height = laid_out.row, laid_out.step, laid_out.height
    flow.need(height)
    top = flow.y
    # Cells are set one after the other, each from the top of the row: drawing order is reading order.
    for index, (column, font, lines) in enumerate(laid_out.cells):
        with flow.element("TD"):
            flow.y = top
            for line in lines:
                flow.y -= step
                if column.right and line:
                    flow.put_right(flow.left + column.x + column.width, line, font, column.size)
                else:
                    flow.put(flow.left + column.x, line, font, column.size)
            if row.pages and index == len(laid_out.cells) - 1:
                flow.y = top - step
                flow.pages_of(flow.left + column.x, column.width, row.pages, column.size)
            if row.page_key and index == len(laid_out.cells) - 1:
                flow.y = top - step
                x = flow.left + column.x + column.width
                link = flow.page_number(x, row.page_key, "", column.size, row.page_end)
                flow.y = top - height + 2
                flow.page.marks.append(LinkTo(flow.left, flow.y, flow.width, height, row.page_key, link))
    flow.y = top - height
    flow.rule()
