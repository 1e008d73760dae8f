"""Timeline page: a table of all records in the order of their events, with the selected one beside it."""

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSplitter, QTableView, QVBoxLayout, QWidget

from evidence_app.desktop.design.lists.rows import RowDelegate, row_height
from evidence_app.desktop.design.widgets import Message, label
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.desktop.timeline.agreement_sheet import ask_for_sheet
from evidence_app.desktop.timeline.file_reading import FileReading
from evidence_app.desktop.timeline.filters import Filters
from evidence_app.desktop.timeline.record_pane import RecordPane
from evidence_app.desktop.timeline.timeline_model import COLUMNS, TimelineModel
from evidence_app.desktop.writing.seal_dialogs import save_receipt
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.summary.saved_views import View
from evidence_app.services.core.session import Session
from evidence_app.services.records import reading
from evidence_app.services.records.reading import Shown, records_at
from evidence_app.services.records.receipt_files import receipt_name, seal_receipt
from evidence_app.services.records.saved_views import latest_positions, positions

WHAT: Final = 1
"""Number of the column with the record's text."""
FIRST_ROWS: Final = 24
"""Number of rows whose records are read along with the positions, or before them: about as many as a window shows."""
NARROW: Final = 760
"""Width in pixels below which the record is shown below the table."""
Found = tuple[list[int], list[SealedRecord]]
"""The positions of rows, and the records of the first ones."""


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
        if view.is_empty and self._selected_position < 0 and not self.model.rowCount():
            self._show_first_rows()
            return

        def work(session: Session) -> Found:
            found = positions(session, view)
            return found, records_at(session, found[:FIRST_ROWS])

        def done(found: Found) -> None:
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

    def _show_first_rows(self) -> None:
        """Show the first rows of an empty table at once, in a store of any size, and then the others."""

        def work(session: Session) -> Found:
            found = latest_positions(session, FIRST_ROWS)
            return found, records_at(session, found)

        def done(found: Found) -> None:
            first_positions, first_records = found
            # Something else was asked for meanwhile.
            if not self.filters.view.is_empty or self._selected_position >= 0:
                return
            if self.model.rowCount():
                # Another answer came first: which of the two is of now is not known.
                self.reload()
                return
            self.model.show_positions(first_positions, first_records)
            self._say_found(0)
            self._show_empty(not first_positions)
            if first_positions:
                self.table.selectRow(0)
            if len(first_positions) == FIRST_ROWS:
                self._runner.call(lambda session: positions(session, View()), self._add_others, self.message.fault)

        self._runner.call(work, done, self.message.fault)

    def _add_others(self, found: list[int]) -> None:
        """Add the rows behind the first ones, unless all rows of something else are shown by now."""
        shown = self.model.positions()
        if not self.filters.view.is_empty or len(shown) != FIRST_ROWS:
            return
        if shown == found[:FIRST_ROWS]:
            self.model.add_positions(found[FIRST_ROWS:])
        else:
            self.reload()

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
