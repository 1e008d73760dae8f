"""Tables whose head comes again on each page."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_app.bundle.typesetting import BOLD, REGULAR, SOFT, TEAL, Flow, LinkTo


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its left edge from the margin, its width, and its font."""

    head: str
    x: float
    width: float
    font: str = REGULAR
    size: float = 8.5
    right: bool = False


def table(flow: Flow, columns: Sequence[Column], rows: Sequence["Row"]) -> None:
    """Set a table; its head comes again on each page."""

    def head() -> None:
        flow.y -= 12
        for column in columns:
            if column.right:
                flow.put_right(flow.left + column.x + column.width, column.head, BOLD, 8, SOFT)
            else:
                flow.put(flow.left + column.x, column.head, BOLD, 8, SOFT)
        flow.y -= 4
        flow.rule(TEAL, 0.8)

    flow.need(70)
    head()
    flow.repeat_on_new_pages(head)
    for row in rows:
        _set_row(flow, columns, row)
    flow.repeat_on_new_pages(None)
    flow.space(8)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells as text, and the key that its last column shows the page of."""

    cells: tuple[str, ...]
    page_key: str = ""
    bold: bool = False
    most_lines: int = 3


def _set_row(flow: Flow, columns: Sequence[Column], row: Row) -> None:
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
    for column, font, lines in wrapped:
        flow.y = top
        for line in lines:
            flow.y -= step
            flow.put(flow.left + column.x, line, font, column.size)
    flow.y = top - step
    if row.page_key:
        last = columns[-1]
        flow.page_of(flow.left + last.x + last.width, row.page_key, size=last.size)
        flow.y = top - height + 2
        flow.page.marks.append(LinkTo(flow.left, flow.y, flow.width, height, row.page_key))
    flow.y = top - height
    flow.rule()
