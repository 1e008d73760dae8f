"""The rows of the timeline: the positions of all records shown, whose records are loaded in chunks as the table is scrolled."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from evidence_app.desktop.design.lists.kind_icons import icon_of
from evidence_app.desktop.design.lists.rows import BARE, ROW, RowText
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr, tr_value, weekdays
from evidence_app.domain.record.records import SealedRecord
from evidence_app.services.core.session import Session
from evidence_app.services.records.reading import records_at

COLUMNS: Final = ("When", "Record", "Case", "No.")
CHUNK: Final = 128
"""Number of rows loaded at a time."""
MAX_CHUNKS: Final = 16
"""Largest number of chunks held in memory."""
Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractTableModel):
    """Lazy table model of the timeline. The positions of all rows are known; their records are loaded in chunks on demand.

    A position is the index of a record in the log. All methods run on the window's thread.
    """

    def __init__(self, runner: BackgroundRunner, failed: Callable[[str], None]) -> None:
        super().__init__()
        self._runner = runner
        self._failed = failed
        # The positions of the rows, the loaded records by position, and the positions of each chunk that was requested.
        self._positions: list[int] = []
        self._rows: dict[int, SealedRecord] = {}
        self._chunks: dict[int, list[int]] = {}

    def show_positions(self, positions: list[int], first_records: Iterable[SealedRecord] = ()) -> None:
        """Replace the rows: one for each position, in this order. Of the records loaded before, only those of the first rows given stay."""
        self.beginResetModel()
        self._positions, self._chunks = positions, {}
        self._rows = {record.index: record for record in first_records}
        self.endResetModel()

    def add_positions(self, positions: list[int]) -> None:
        """Add rows at the end, one for each position."""
        if not positions:
            return
        first = len(self._positions)
        self.beginInsertRows(QModelIndex(), first, first + len(positions) - 1)
        # A chunk that ended with the rows so far is requested again where the new ones are shown.
        self._chunks.pop(first // CHUNK, None)
        self._positions.extend(positions)
        self.endInsertRows()

    def positions(self) -> list[int]:
        """Return the position of each row."""
        return list(self._positions)

    def position(self, row_number: int) -> int:
        """Return the position of the record in a row."""
        return self._positions[row_number]

    def is_loaded(self, row_number: int) -> bool:
        """Return whether the record of a row has been loaded."""
        return self._positions[row_number] in self._rows

    def row_of(self, position: int) -> int:
        """Return the row of a position, or -1."""
        return self._positions.index(position) if position in self._positions else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of rows; none below a cell, because the model is a table, not a tree."""
        return 0 if parent.isValid() else len(self._positions)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """Return the content of a cell. For a row that is not loaded, request its chunk and return a placeholder."""
        # Qt asks for every role of every visible cell on every paint: the others must not cause any work.
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, ROW):
            return None
        record = self._rows.get(self._positions[index.row()])
        if record is None:
            self._fetch(index.row() // CHUNK)
            return {Qt.ItemDataRole.DisplayRole: "…", ROW: RowText("…")}.get(role)
        if role == ROW:
            return _row_text(record)
        late = tr("Late entry.") + " " if record.late else ""
        late += tr("Clock went back.") + " " if record.clock_went_back else ""
        return (
            without_weekday(tr_value(record.event_in_words())),
            f"{tr(record.kind.label)}:  {late}{record.headline(200)}",
            record.case_ref,
            str(record.index),
        )[index.column()]

    def _fetch(self, chunk: int) -> None:
        """Request a chunk of rows, unless it was requested already."""
        if chunk in self._chunks:
            return
        positions = self._positions
        first, chunk_positions = chunk * CHUNK, positions[chunk * CHUNK : (chunk + 1) * CHUNK]
        self._chunks[chunk] = chunk_positions
        if len(self._chunks) > MAX_CHUNKS:
            # Bounded memory: discard the chunk that was requested first (dictionaries iterate in insertion order).
            for position in self._chunks.pop(next(iter(self._chunks))):
                self._rows.pop(position, None)

        def work(session: Session) -> list[SealedRecord]:
            return records_at(session, chunk_positions)

        def done(records: list[SealedRecord]) -> None:
            # Sealed records never change: an answer to a request for earlier rows is still right for its positions.
            self._rows.update((record.index, record) for record in records)
            last = min(len(self._positions), first + CHUNK) - 1
            # But the row numbers are those of the list at the time of the request, which a reset replaces.
            if positions is self._positions and last >= first:
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

        self._runner.call(work, done, self._failed)


def _row_text(record: SealedRecord) -> RowText:
    """Return what the row of a record says."""
    files = len(record.attachments)
    said = (
        tr(record.kind.label),
        record.case_ref,
        tr("No. {}", record.index),
        tr("{} file" if files == 1 else "{} files", files) if files else "",
        tr("late entry") if record.late else "",
        tr("clock went back") if record.clock_went_back else "",
    )
    facts = " · ".join(part for part in said if part)
    when = without_weekday(tr_value(record.event_in_words()))
    return RowText(record.headline(300), facts, when, BARE, icon_of(record.kind.name))


def without_weekday(when: str) -> str:
    """Return a time in words without the days of the week, which do not fit the column."""
    # In front of a day's number alone: in Welsh “Maw” is Tuesday and March.
    return re.sub(rf"\b(?:{'|'.join(weekdays())}) (?=\d{{1,2}} \D)", "", when)
