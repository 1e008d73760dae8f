"""The cells of a sheet while it is read, and the table that they make."""

from dataclasses import dataclass, field
from typing import Final

from evidence_app.documents.office.content import Cell, Change, ContentTable, Run

MAX_FIGURES: Final = 10


@dataclass(slots=True)
class SheetCells:
    """A sheet as read: cells by row and column from 1, hidden rows and columns, and how many rows have cells in all."""

    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    around: list[str] = field(default_factory=list)
    row_count: int = 0
    last_column: int = 0

    def table(self) -> ContentTable:
        """Return the rows with cells as a table, with their numbers and the letters of their columns; what is hidden says so."""
        columns = sorted({column for row in self.cells.values() for column in row})
        heads = ("", *(column_name(each) for each in columns))
        rows: list[tuple[Cell, ...]] = []
        for number, row in sorted(self.cells.items()):
            hidden_row = number in self.hidden_rows
            cells = (
                tuple(_hidden(run) for run in row.get(column, ()))
                if hidden_row or column in self.hidden_columns
                else row.get(column, ())
                for column in columns
            )
            rows.append(((Run(str(number)),), *cells))
        return ContentTable(tuple(rows), heads)


def _hidden(run: Run) -> Run:
    return Run(run.text, Change.HIDDEN)


def whole_number(text: str) -> int:
    """Return a number from its figures, or 0 where there are none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < MAX_FIGURES else 0


def column_number(letters: str) -> int:
    """Return the number of a column, from 1, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_name(number: int) -> str:
    """Return the letters of a column by its number from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
