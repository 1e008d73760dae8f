"""Workbooks as they were before 2007 (.xls), read with xlrd: every cell as it shows its value, with hidden sheets, rows, columns and notes."""

import io
from collections.abc import Iterator
from typing import Any

from evidence_app.documents.office.content import (
    MAX_COLUMNS,
    MAX_ROWS,
    Block,
    CannotRead,
    Cell,
    DocumentContent,
    Run,
    plain,
)
from evidence_app.documents.office.number_format import as_shown
from evidence_app.documents.office.sheet_cells import SheetCells, column_name
from evidence_app.documents.office.zip_parts import BROKEN, ENCRYPTED

EMPTY, TEXT, NUMBER, DATE, BOOLEAN, ERROR = range(6)
"""Kinds of cells as xlrd tells them."""


class _Nowhere(io.StringIO):
    """Takes what the library would print."""


def old_workbook_content(untrusted: bytes) -> DocumentContent:
    """Return what a workbook says, sheet by sheet.

    Raises:
        CannotRead: it is damaged, protected, or no workbook.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=untrusted, formatting_info=True, logfile=_Nowhere())
        return _content(book)
    except xlrd.XLRDError as error:
        raise CannotRead(ENCRYPTED if "encrypt" in str(error).casefold() else BROKEN) from error
    except Exception as error:
        # The library raises anything for a malformed file.
        raise CannotRead(BROKEN) from error


def _content(book: Any) -> DocumentContent:
    shown, beside = list[Block](), list[Block]()
    for sheet in book.sheets():
        target = beside if sheet.visibility else shown
        target.append(plain(f"Hidden sheet: {sheet.name}" if sheet.visibility else f"Sheet: {sheet.name}", 2))
        target += _sheet(book, sheet)
        beside += _notes(sheet)
    names = (("creator", "Author, as the file says"),)
    author = getattr(book, "user_name", "") or ""
    return DocumentContent(
        tuple(shown), tuple(beside), properties=tuple((label, author) for _, label in names if author)
    )


def _sheet(book: Any, sheet: Any) -> Iterator[Block]:
    cells = SheetCells()
    for row in range(sheet.nrows):
        filled: dict[int, Cell] = {
            column + 1: (Run(text),)
            for column in range(min(sheet.row_len(row), MAX_COLUMNS))
            if (text := _text(book, sheet, row, column))
        }
        if not filled:
            continue
        cells.row_count += 1
        cells.last_column = max(cells.last_column, sheet.row_len(row))
        if cells.row_count <= MAX_ROWS:
            cells.cells[row + 1] = filled
            info = sheet.rowinfo_map.get(row)
            if info is not None and info.hidden:
                cells.hidden_rows.add(row + 1)
    cells.hidden_columns = {column + 1 for column, info in sheet.colinfo_map.items() if info.hidden}
    yield cells.table() if cells.cells else plain("[no cells]")
    if cells.row_count > MAX_ROWS:
        yield plain(
            f"[The first {MAX_ROWS:,} of {cells.row_count:,} rows with cells. The whole is in the original file.]"
        )
    if cells.last_column > MAX_COLUMNS:
        yield plain(f"[The first {MAX_COLUMNS} columns; the last with cells is {column_name(cells.last_column)}.]")


def _text(book: Any, sheet: Any, row: int, column: int) -> str:
    import xlrd

    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == TEXT:
        return str(value)
    if kind == BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == ERROR:
        return str(xlrd.error_text_from_code.get(value, "#ERROR"))
    if kind in {NUMBER, DATE}:
        style = book.xf_list[sheet.cell_xf_index(row, column)]
        said = book.format_map.get(style.format_key)
        number = repr(value).removesuffix(".0")
        return as_shown(number, (said.format_str or "") if said is not None else "", from_1904=bool(book.datemode))
    return ""


def _notes(sheet: Any) -> Iterator[Block]:
    for (row, column), note in sorted(sheet.cell_note_map.items()):
        who = f" by {note.author}" if note.author else ""
        yield plain(f"[Comment on {column_name(column + 1)}{row + 1} of {sheet.name}{who}] {note.text}")
