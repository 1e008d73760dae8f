"""The timeline: every record by when it happened, read row by row as it is scrolled to."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSplitter, QTableView, QTextBrowser, QVBoxLayout, QWidget

from evidence_app.desktop.design import theme
from evidence_app.desktop.design.record_text import as_html
from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.clipboard import COPIED
from evidence_app.desktop.system.language import tr
from evidence_app.desktop.timeline.attachments_dialog import AttachmentsDialog, can_be_looked_at
from evidence_app.desktop.timeline.filters import Filters
from evidence_app.desktop.writing.seal_dialogs import save_receipt
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.thread.letters import LETTERS
from evidence_app.services.core.session import Session
from evidence_app.services.records import reading
from evidence_app.services.records.reading import Shown, records_at
from evidence_app.services.records.receipt_files import receipt_name, seal_receipt
from evidence_app.services.records.saved_views import positions

COLUMNS: Final = ("When", "Record", "Case", "No.")
WHAT: Final = 1
CHUNK: Final = 128
MAX_CHUNKS: Final = 16
NARROW: Final = 760
Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractTableModel):
    """The records of a search or of everything. Rows are fetched in chunks when they are looked at."""

    def __init__(self, runner: BackgroundRunner, failed: Callable[[str], None]) -> None:
        super().__init__()
        self._runner = runner
        self._failed = failed
        self._positions: list[int] = []
        self._rows: dict[int, SealedRecord] = {}
        self._asked: dict[int, list[int]] = {}

    def show_positions(self, positions: list[int]) -> None:
        """Show these records, in this order."""
        self.beginResetModel()
        self._positions, self._asked, self._rows = positions, {}, {}
        self.endResetModel()

    def position(self, row_number: int) -> int:
        """Return the record in a row."""
        return self._positions[row_number]

    def is_loaded(self, row_number: int) -> bool:
        """Whether a row has been fetched."""
        return self._positions[row_number] in self._rows

    def row_of(self, position: int) -> int:
        """Return the row of a record, or -1."""
        return self._positions.index(position) if position in self._positions else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many records there are."""
        return 0 if parent.isValid() else len(self._positions)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return a column's head."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """Return what a cell shows; a row that is not there yet is fetched."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.DecorationRole):
            return None
        record = self._rows.get(self._positions[index.row()])
        if record is None:
            self._fetch(index.row() // CHUNK)
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DecorationRole:
            return theme.icon("paperclip") if index.column() == WHAT and record.attachments else None
        late = tr("Late entry.") + " " if record.late else ""
        return (
            _short(record.event_in_words()),
            f"{tr(record.kind.label)}:  {late}{record.headline(200)}",
            record.case_ref,
            str(record.index),
        )[index.column()]

    def _fetch(self, chunk: int) -> None:
        if chunk in self._asked:
            return
        positions = self._positions
        first, wanted = chunk * CHUNK, positions[chunk * CHUNK : (chunk + 1) * CHUNK]
        self._asked[chunk] = wanted
        if len(self._asked) > MAX_CHUNKS:
            # What was scrolled past longest ago is let go, so that a long look through a large store takes no more room.
            for position in self._asked.pop(next(iter(self._asked))):
                self._rows.pop(position, None)

        def work(session: Session) -> list[SealedRecord]:
            return records_at(session, wanted)

        def done(records: list[SealedRecord]) -> None:
            self._rows.update((record.index, record) for record in records)
            last = min(len(self._positions), first + CHUNK) - 1
            if positions is self._positions and last >= first:
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

        self._runner.call(work, done, self._failed)


def _short(when: str) -> str:
    """Leave out the day of the week, which a narrow column has no room for."""
    return " ".join(word for word in when.split() if word not in {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"})


class TimelinePage(QWidget):
    """The list with the record beside it."""

    addendum_asked = Signal(int)
    draft_asked = Signal(int)
    thread_asked = Signal(int)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._shown: Shown | None = None
        self._wanted = -1
        self.filters = Filters(runner)
        self.message = Message()
        self.model = TimelineModel(runner, self.message.fault)
        self.table = self._make_table()
        self.detail = QTextBrowser()
        self.detail.setOpenLinks(False)
        self.detail.setAccessibleName(tr("Record"))
        self.bar = row(
            button(tr("Add to it…"), self._add),
            button(tr("Thread"), lambda: self._emit(self.thread_asked)),
            button(tr("Save receipt…"), self._save_receipt),
            button(tr("Copy code"), lambda: self._copy(lambda shown: shown.record.code)),
            None,
        )
        self.ndelius = button(tr("Copy for nDelius"), lambda: self._copy(lambda shown: shown.ndelius_text))
        self.mail = button(tr("Draft the e-mail…"), lambda: self._emit(self.draft_asked))
        self.files = button(tr("Look at the files…"), self.look_at_files)
        layout = self.bar.layout()
        if layout is not None:
            layout.addWidget(self.files)
            layout.addWidget(self.mail)
            layout.addWidget(self.ndelius)
        self.empty = label("", "soft")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._arrange()
        self._timer = QTimer(self, interval=180, singleShot=True)
        self._timer.timeout.connect(self.reload)
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
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(40)
        samples = ("about 26 Dec 2026, 10:05", "", "X000412 ", "9999")
        for number, sample in enumerate(samples):
            if sample:
                table.setColumnWidth(number, self.fontMetrics().horizontalAdvance(sample) + 22)
        table.setMinimumWidth(240)
        table.selectionModel().currentRowChanged.connect(self._row_changed)
        keys = ((Qt.Key.Key_Space, self.look_at_files), (Qt.Key.Key_Return, self._read), (Qt.Key.Key_F2, self._add))
        for key, action in keys:
            shortcut = QShortcut(QKeySequence(key), table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)
        return table

    def _read(self) -> None:
        """Go from the list into the record."""
        self.detail.setFocus()

    def _arrange(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.detail, 1)
        column.addWidget(self.bar)
        self.right = right
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.table)
        self.split.addWidget(right)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.split.setChildrenCollapsible(False)
        self.split.setSizes([640, 440])
        self.split.setMinimumWidth(320)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 10, 12, 8)
        whole.addWidget(self.filters)
        whole.addWidget(self.message)
        whole.addWidget(self.empty, 1)
        whole.addWidget(self.split, 1)
        self._show_detail(None)

    def search(self, text: str) -> None:
        """Show the records that hold these words; a moment after the last key."""
        self.filters.search(text)

    def show_record(self, index: int) -> None:
        """Show a record, whatever was filtered before."""
        self.filters.clear()
        self._timer.stop()
        self._wanted = index
        self.reload(index)

    def refresh(self) -> None:
        """Read the list anew; the record that is shown stays chosen."""
        self.reload(self._wanted)

    def reload(self, select: int = -1) -> None:
        """Read the list anew, and select a record."""
        view = self.filters.view

        def work(session: Session) -> list[int]:
            return positions(session, view)

        def done(found: list[int]) -> None:
            if view != self.filters.view:
                return
            self.model.show_positions(found)
            self._show_empty(not found)
            row_number = self.model.row_of(select) if select >= 0 else 0
            if found:
                self.table.selectRow(max(0, row_number))

        if view.thread:
            self._runner.call_aside(work, done, self.message.fault, lane=Lane.OVERVIEW)
        else:
            self._runner.call(work, done, self.message.fault)

    def _show_empty(self, nothing: bool) -> None:
        self.empty.setVisible(nothing)
        self.split.setVisible(not nothing)
        asked = ", ".join(words for _, words in self.filters.view.in_words())
        self.empty.setText(
            tr("No record: {}.", asked) if asked else tr("Nothing is sealed yet. Press Ctrl+N to begin.")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the record below the list where there is no room beside it."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        self.split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)

    def wipe(self) -> None:
        """Take everything off the screen."""
        self.filters.wipe()
        self._timer.stop()
        self._wanted = -1
        self.model.show_positions([])
        self._show_detail(None)
        self.empty.clear()
        self.message.say("")

    def _row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not current.isValid():
            self._show_detail(None)
            return
        position = self.model.position(current.row())
        self._wanted = position
        self._runner.call(lambda session: reading.show(session, position), self._arrived, self.message.fault)

    def _arrived(self, shown: Shown) -> None:
        if shown.record.index == self._wanted:
            self._show_detail(shown)

    def _show_detail(self, shown: Shown | None) -> None:
        self._shown = shown
        self.bar.setEnabled(shown is not None)
        self.mail.setVisible(shown is not None and shown.record.kind.name in LETTERS)
        self.ndelius.setVisible(shown is not None and bool(shown.ndelius_text))
        self.files.setVisible(shown is not None and can_be_looked_at(shown.record.attachments))
        self.detail.setHtml(as_html(shown) if shown is not None else "")

    def _copy(self, what: Callable[[Shown], str]) -> None:
        if self._shown is not None:
            COPIED.copy(what(self._shown))
            self.message.done(tr("Copied."))

    def _emit(self, signal: SignalInstance) -> None:
        if self._shown is not None:
            signal.emit(self._shown.record.index)

    def look_at_files(self) -> None:
        """Show the files of the record, inside the window."""
        if self._shown is not None and can_be_looked_at(self._shown.record.attachments):
            AttachmentsDialog(self, self._runner, self._shown.record).open()

    def _add(self) -> None:
        if self._shown is not None:
            self.addendum_asked.emit(self._shown.record.index)

    def _save_receipt(self) -> None:
        if self._shown is None:
            return
        record = self._shown.record
        self._runner.call(
            lambda session: seal_receipt(session, record.index),
            lambda receipt: save_receipt(self, receipt_name(record.index, record.code), receipt, self.message),
            self.message.fault,
        )
