"""Workbooks as they were before 2007 (.xls), read with xlrd: every cell as it shows its value, with hidden sheets, rows, columns and notes."""

import io
from collections.abc import Iterator
from typing import Any, Final

from evidence_app.documents.office.containers.compound import CompoundFile
from evidence_app.documents.office.containers.zip_parts import BROKEN, ENCRYPTED
from evidence_app.documents.office.content import (
    MAX_COLUMNS,
    MAX_ROWS,
    PICTURE,
    Block,
    CannotRead,
    Cell,
    Change,
    DocumentContent,
    Run,
    plain,
)
from evidence_app.documents.office.embedded.files_within import FilesWithin
from evidence_app.documents.office.embedded.ole_objects import DAMAGES, remarks_on, take_storages
from evidence_app.documents.office.number_format import as_shown
from evidence_app.documents.office.old.workbook_drawings import SheetDrawn, WorkbookDrawings
from evidence_app.documents.office.sheet_cells import SheetCells, column_name

EMPTY, TEXT, NUMBER, DATE, BOOLEAN, ERROR = range(6)
"""Kinds of cells as xlrd tells them."""


STREAMS: Final = ("Workbook", "Book")
"""The stream of a workbook since Excel 97, and before it."""
OBJECTS: Final = "MBD"
"""How the names of storages begin that are objects in a workbook."""


class _Nowhere(io.StringIO):
    """Takes what the library would print."""


def old_workbook_content(untrusted: bytes) -> DocumentContent:
    """Return what a workbook says, sheet by sheet.

    Raises:
        CannotRead: it is damaged, protected, or no workbook.
    """
    import xlrd

    try:
        compound = _compound(untrusted)
        # xlrd reads no compound file whose sectors have 4,096 bytes, and of others some that are whole it calls damaged: it gets the stream alone.
        stream = _stream(compound) if compound is not None else untrusted
        book = xlrd.open_workbook(file_contents=stream, formatting_info=True, logfile=_Nowhere())
        return _content(book, compound)
    except xlrd.XLRDError as error:
        raise CannotRead(ENCRYPTED if "encrypt" in str(error).casefold() else BROKEN) from error
    except Exception as error:
        # The library raises anything for a malformed file.
        raise CannotRead(BROKEN) from error


def _content(book: Any, compound: CompoundFile | None) -> DocumentContent:
    shown, beside = list[Block](), list[Block]()
    within = FilesWithin()
    drawings = WorkbookDrawings(within, compound) if compound is not None else None
    sheets = dict(drawings.sheets) if drawings is not None else {}
    for sheet in book.sheets():
        target = beside if sheet.visibility else shown
        target.append(plain(f"Hidden sheet: {sheet.name}" if sheet.visibility else f"Sheet: {sheet.name}", 2))
        target += _sheet(book, sheet)
        drawn = sheets.pop(sheet.name, None)
        target += _drawn(drawn, drawings) if drawings is not None and drawn is not None else ()
        beside += _notes(sheet)
    for name, drawn in sheets.items():
        # Of sheets that are charts, of which xlrd says nothing.
        said = [*_drawn(drawn, drawings)] if drawings is not None else []
        target = beside if drawn.is_hidden else shown
        target += [plain(f"Hidden sheet: {name}" if drawn.is_hidden else f"Sheet: {name}", 2), *said] if said else []
    author = getattr(book, "user_name", "") or ""
    properties = (("Author, as the file says", author),) if author else ()
    count = len(within.files)
    if compound is not None:
        take_storages(within, compound, (), [name for name in compound.storages() if name.startswith(OBJECTS)])
    remarks = remarks_on([name for name, _ in within.files[count:]], within.left)
    return DocumentContent(tuple(shown), tuple(beside), tuple(within.files), properties, remarks)


def _drawn(drawn: SheetDrawn, drawings: WorkbookDrawings) -> Iterator[Block]:
    """Yield what is drawn over a sheet, and stands around it."""
    yield from (plain(f"[Text box] {words}") for words in drawn.texts)
    if drawn.chart:
        yield plain(f"[Chart] {'; '.join(drawn.chart)}")
    yield from (plain(f"[{PICTURE.format(number)}]") for number in drawings.pictures(drawn))
    yield from (plain(f"[Header or footer of its pages] {words}") for words in drawn.around)


def _compound(untrusted: bytes) -> CompoundFile | None:
    """Return the file that a workbook stands in; None where it stands in none, as those before Excel 5 do."""
    try:
        return CompoundFile(untrusted)
    except DAMAGES:
        return None


def _stream(compound: CompoundFile) -> bytes:
    """Return the stream of a workbook.

    Raises:
        OSError: it is damaged, or there is none.
    """
    named = {path[0].casefold() for path in compound.streams if len(path) == 1}
    return compound.named(next((name for name in STREAMS if name.casefold() in named), STREAMS[0]))


def _sheet(book: Any, sheet: Any) -> Iterator[Block]:
    cells = SheetCells()
    for row in range(sheet.nrows):
        filled: dict[int, Cell] = {
            column + 1: (Run(text, _change(book, sheet, row, column)),)
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


def _change(book: Any, sheet: Any, row: int, column: int) -> Change:
    """Return what the font of a cell says was done to its words."""
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    return Change.STRUCK if book.font_list[style.font_index].struck_out else Change.NONE


def _notes(sheet: Any) -> Iterator[Block]:
    for (row, column), note in sorted(sheet.cell_note_map.items()):
        who = f" by {note.author}" if note.author else ""
        yield plain(f"[Comment on {column_name(column + 1)}{row + 1} of {sheet.name}{who}] {note.text}")
