"""Timeline page: all records in the order of their events, loaded in chunks as the table is scrolled."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSplitter, QTableView, QVBoxLayout, QWidget

from evidence_app.desktop.design.lists.kind_icons import icon_of
from evidence_app.desktop.design.lists.rows import BARE, ROW, RowDelegate, RowText, row_height
from evidence_app.desktop.design.widgets import Message, label
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr, tr_value, weekdays
from evidence_app.desktop.timeline.agreement_sheet import ask_for_sheet
from evidence_app.desktop.timeline.file_reading import FileReading
from evidence_app.desktop.timeline.filters import Filters
from evidence_app.desktop.timeline.record_pane import RecordPane
from evidence_app.desktop.writing.seal_dialogs import save_receipt
from evidence_app.domain.record.records import SealedRecord
from evidence_app.services.core.session import Session
from evidence_app.services.records import reading
from evidence_app.services.records.reading import Shown, records_at
from evidence_app.services.records.receipt_files import receipt_name, seal_receipt
from evidence_app.services.records.saved_views import positions

COLUMNS: Final = ("When", "Record", "Case", "No.")
WHAT: Final = 1
"""Number of the column with the record's text."""
CHUNK: Final = 128
"""Number of rows loaded at a time."""
FIRST_ROWS: Final = 24
"""Number of rows that are read along with the positions: about as many as a window shows."""
MAX_CHUNKS: Final = 16
"""Largest number of chunks held in memory."""
NARROW: Final = 760
"""Width in pixels below which the record is shown below the table."""
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


class TimelinePage(QWidget):
    """Table of records with the selected record beside it. The signals give the index of that record."""

    addendum_asked = Signal(int)
    draft_asked = Signal(int)
    thread_asked = Signal(int)
    sealed = Signal()
    linked_asked = Signal(str, int, str)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._selected_position = -1
        self.filters = Filters(runner)
        self.message = Message()
        self.model = TimelineModel(runner, self.message.fault)
        self.pane = RecordPane(runner)
        self.detail = self.pane.detail
        for asked, signal in (
            (self.pane.addendum_asked, self.addendum_asked),
            (self.pane.draft_asked, self.draft_asked),
            (self.pane.thread_asked, self.thread_asked),
        ):
            asked.connect(signal)
        self.pane.record_asked.connect(self._follow)
        self.pane.receipt_asked.connect(self._save_receipt)
        self.pane.sheet_asked.connect(lambda index: ask_for_sheet(self, runner, index, self.message))
        self.pane.sealed.connect(self.sealed)
        self.pane.linked_asked.connect(self.linked_asked)
        self.pane.copied.connect(lambda: self.message.done(tr("Copied.")))
        self.table = self._make_table()
        self.found = label("", "soft")
        self.found.hide()
        self.empty = label("", "soft")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._arrange()
        self._timer = QTimer(self, interval=180, singleShot=True)
        self._timer.timeout.connect(lambda: self.reload(from_first=True))
        self.filters.changed.connect(lambda _: self._timer.start())

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(tr("Timeline"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        # One height for all rows: a table of a hundred thousand rows cannot ask each for its own.
        table.verticalHeader().setDefaultSectionSize(row_height(table.font()))
        table.setItemDelegateForColumn(WHAT, RowDelegate(table))
        header = table.horizontalHeader()
        header.hide()
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        for column_number in range(len(COLUMNS)):
            table.setColumnHidden(column_number, column_number != WHAT)
        table.setMinimumWidth(240)
        table.selectionModel().currentRowChanged.connect(self._row_changed)
        # A click on the row that is chosen already shows its record again, where a link has led to another one.
        table.clicked.connect(lambda index: self._row_changed(index, index))
        keys = (
            (Qt.Key.Key_Space, self.pane.look_at_files),
            (Qt.Key.Key_Return, self._focus_record),
            (Qt.Key.Key_F2, self.pane.add.click),
            (QKeySequence.StandardKey.Copy, self.pane.copy_text),
        )
        for key, action in keys:
            shortcut = QShortcut(QKeySequence(key), table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(lambda place: self.pane.show_menu(table.viewport().mapToGlobal(place)))
        return table

    def _focus_record(self) -> None:
        """Move the focus from the table to the record."""
        self.detail.setFocus()

    def _arrange(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.table)
        self.split.addWidget(self.pane)
        # Qt lists the children of a widget from the lowest to the highest, and so does a screen reader: first the list, then the record.
        self.pane.raise_()
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.split.setChildrenCollapsible(False)
        self.split.setSizes([640, 440])
        self.split.setMinimumWidth(320)
        self._files = FileReading(self._runner, self)
        self._files.finished.connect(self._files_read)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 10, 12, 8)
        whole.addWidget(self.filters)
        whole.addWidget(self.found)
        whole.addWidget(self.message)
        whole.addWidget(self.empty, 1)
        whole.addWidget(self.split, 1)
        self._show_detail(None)

    def search(self, text: str) -> None:
        """Filter by text; the table follows a moment after the last key."""
        self.filters.search(text)

    def show_record(self, index: int) -> None:
        """Remove all filters and select a record by its index."""
        self.filters.clear()
        self._timer.stop()
        self._selected_position = index
        self.reload()

    def refresh(self) -> None:
        """Reload the positions, and read files that are not searched yet; the selected record stays selected."""
        self.reload()
        self._files.begin()

    def _files_read(self) -> None:
        if self.filters.view.text:
            self.reload()

    def reload(self, *, from_first: bool = False) -> None:
        """Reload the positions. The record that is selected when they arrive stays selected, unless the first row is wanted."""
        view = self.filters.view

        def work(session: Session) -> tuple[list[int], list[SealedRecord]]:
            found = positions(session, view)
            return found, records_at(session, found[:FIRST_ROWS])

        def done(found: tuple[list[int], list[SealedRecord]]) -> None:
            found_positions, first_records = found
            # The filters may have changed since the request: a result for other filters is discarded.
            if view != self.filters.view:
                return
            self.model.show_positions(found_positions, first_records)
            self._say_found(0)
            self._show_empty(not found_positions)
            # What was selected when the positions were asked for may not be what is selected now.
            row_number = 0 if from_first else self.model.row_of(self._selected_position)
            if found_positions:
                self.table.selectRow(max(0, row_number))

        # A filter by the state of threads needs a scan of the whole log.
        if view.thread:
            self._runner.call_aside(work, done, self.message.fault, lane=Lane.OVERVIEW)
        else:
            self._runner.call(work, done, self.message.fault)

    def _say_found(self, places: int) -> None:
        """Say how many records are shown where a filter is on, and in how many places of the selected one the words stand."""
        view = self.filters.view
        parts = [] if view.is_empty else [tr("{} found", self.model.rowCount())]
        if view.text and places:
            parts.append(
                tr("the words stand in {} places of this one", places) if places > 1 else tr("once in this one")
            )
        self.found.setText("; ".join(parts))
        self.found.setVisible(bool(parts))

    def _show_empty(self, nothing: bool) -> None:
        self.empty.setVisible(nothing)
        self.split.setVisible(not nothing)
        filters = ", ".join(tr_value(words) for _, words in self.filters.view.in_words())
        self.empty.setText(
            tr("No record: {}.", filters) if filters else tr("Nothing is sealed yet. Press Ctrl+N to begin.")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the record below the table in a narrow window."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        self.split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self.filters.wipe()
        self._files.stop()
        self._timer.stop()
        self._selected_position = -1
        self.model.show_positions([])
        self.pane.wipe()
        self.empty.clear()
        self.message.say("")

    def _row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.message.say("")
        if not current.isValid():
            self._show_detail(None)
            return
        position = self.model.position(current.row())
        self._show_alone(position)

    def _record_loaded(self, shown: Shown) -> None:
        if shown.record.index == self._selected_position:
            self._show_detail(shown)

    def _show_detail(self, shown: Shown | None) -> None:
        self._say_found(self.pane.show_record(shown, self.filters.view.text))

    @property
    def shown(self) -> Shown | None:
        """The record beside the table, or None."""
        return self.pane.shown

    def _follow(self, index: int) -> None:
        """Select a record that another one names; where the filters leave it out, it is shown beside the table all the same."""
        row_number = self.model.row_of(index)
        if row_number >= 0 and row_number != self.table.currentIndex().row():
            self.table.selectRow(row_number)
        else:
            self._show_alone(index)

    def _show_alone(self, index: int) -> None:
        self._selected_position = index
        self._runner.call(lambda session: reading.show(session, index), self._record_loaded, self.message.fault)

    def _save_receipt(self, index: int) -> None:
        shown = self.pane.shown
        if shown is None or shown.record.index != index:
            return
        name = receipt_name(index, shown.record.code)
        self._runner.call(
            lambda session: seal_receipt(session, index),
            lambda receipt: save_receipt(self, name, receipt, self.message),
            self.message.fault,
        )
