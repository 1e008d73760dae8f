"""Tables whose head comes again on each page."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_app.bundle.typeset.fonts import BOLD, REGULAR
from evidence_app.bundle.typeset.page_writer import SOFT, TEAL, LinkTo, PageWriter


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its left edge from the margin, its width, and its font."""

    head: str
    x: float
    width: float
    font: str = REGULAR
    size: float = 8.5
    right: bool = False


def table(flow: PageWriter, columns: Sequence[Column], rows: Sequence["Row"]) -> None:
    """Set a table; its head comes again on each page."""

    def again() -> None:
        with flow.artefact():
            _set_head(flow, columns)

    flow.need(70)
    with flow.element("Table"):
        with flow.element("TR"):
            _set_head(flow, columns)
        flow.repeat_on_new_pages(again)
        for row in rows:
            with flow.element("TR"):
                _set_row(flow, columns, row)
        flow.repeat_on_new_pages(None)
    flow.space(8)


def _set_head(flow: PageWriter, columns: Sequence[Column]) -> None:
    flow.y -= 12
    for column in columns:
        with flow.element("TH"):
            if column.right:
                flow.put_right(flow.left + column.x + column.width, column.head, BOLD, 8, SOFT)
            else:
                flow.put(flow.left + column.x, column.head, BOLD, 8, SOFT)
    flow.y -= 4
    flow.rule(TEAL, 0.8)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells as text, and the key that its last column shows the page of."""

    cells: tuple[str, ...]
    page_key: str = ""
    bold: bool = False
    most_lines: int = 3


def _set_row(flow: PageWriter, columns: Sequence[Column], row: Row) -> None:
    wrapped = []
    for column, cell in zip(columns, row.cells, strict=False):
        font = BOLD if row.bold else column.font
        lines = flow.wrap(cell, column.width - 6, font, column.size)
        if len(lines) > row.most_lines:
            lines = [*lines[: row.most_lines - 1], lines[row.most_lines - 1].rstrip(" .,;") + "…"]
        wrapped.append((column, font, lines))
    step = max(column.size for column in columns) * 1.36
    height = step * max(len(lines) for _, _, lines in wrapped) + 4
    flow.need(height)
    top = flow.y
    for place, (column, font, lines) in enumerate(wrapped):
        with flow.element("TD"):
            flow.y = top
            for line in lines:
                flow.y -= step
                if column.right and line:
                    flow.put_right(flow.left + column.x + column.width, line, font, column.size)
                else:
                    flow.put(flow.left + column.x, line, font, column.size)
            if row.page_key and place == len(columns) - 1:
                flow.y = top - step
                link = flow.page_of(flow.left + column.x + column.width, row.page_key, size=column.size)
                flow.y = top - height + 2
                flow.page.marks.append(LinkTo(flow.left, flow.y, flow.width, height, row.page_key, link))
    flow.y = top - height
    flow.rule()
