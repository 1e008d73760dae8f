"""Editor for a setting whose values have parts: a table with a row for each value, and buttons to add and remove one."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.widgets import button, row
from evidence_app.desktop.system.language import tr
from evidence_app.domain.settings import MAX_VALUES, Setting

MAX_ROWS_SHOWN: Final = 8
"""Rows that are shown without scrolling."""
SEPARATOR: Final = ";"


class TableSetting(QWidget):
    """Table of values; a value is its parts, separated by semicolons. The last column takes what more there is."""

    edited = Signal()

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.table = QTableWidget(0, len(setting.columns))
        self.table.setHorizontalHeaderLabels([tr(each) for each in setting.columns])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setAccessibleName(tr(setting.label))
        self.table.setAccessibleDescription(tr(setting.help))
        self.table.itemChanged.connect(lambda _: self.edited.emit())
        self.add = button(tr("+ Add"), self._add)
        self.remove = button(tr("Remove"), self._remove)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.table)
        paste.setContext(Qt.ShortcutContext.WidgetShortcut)
        paste.activated.connect(self._paste)
        self.up, self.down = button(tr("Up"), lambda: self._move(-1)), button(tr("Down"), lambda: self._move(1))
        for mover, keys in ((self.up, "Alt+Up"), (self.down, "Alt+Down")):
            mover.setToolTip(keys)
            # Not shown here: a button without a page would be a window of its own for a moment, and take the focus.
            if not setting.ordered:
                mover.hide()
            else:
                key = QShortcut(QKeySequence(keys), self.table)
                key.setContext(Qt.ShortcutContext.WidgetShortcut)
                key.activated.connect(mover.click)
        parts = QVBoxLayout(self)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(tokens.SPACE_XS)
        parts.addWidget(self.table)
        parts.addWidget(row(self.add, self.remove, self.up, self.down, None))
        self.setFocusProxy(self.table)
        self._fit()

    def show_value(self, value: object) -> None:
        """Show the values of a list."""
        lines = [str(each) for each in value] if isinstance(value, tuple) else []
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        for line in lines:
            self._append([part.strip() for part in line.split(SEPARATOR, self.table.columnCount() - 1)])
        self.table.blockSignals(False)
        self._fit()
        self.edited.emit()

    def is_written_in(self) -> bool:
        """Return whether a cell is being written in."""
        return self.table.state() is QAbstractItemView.State.EditingState

    def values(self) -> list[str]:
        """Return the values; a row without words is none."""
        lines = (self._line(number) for number in range(self.table.rowCount()))
        return [line for line in lines if line]

    def _line(self, number: int) -> str:
        items = (self.table.item(number, column) for column in range(self.table.columnCount()))
        parts = [item.text().strip() if item is not None else "" for item in items]
        # What stands behind an empty part keeps its place, so that an address does not become a role.
        while parts and not parts[-1]:
            parts.pop()
        return f"{SEPARATOR} ".join(parts).strip()

    def _append(self, parts: list[str]) -> None:
        number = self.table.rowCount()
        self.table.insertRow(number)
        for column in range(self.table.columnCount()):
            self.table.setItem(number, column, QTableWidgetItem(parts[column] if column < len(parts) else ""))

    def _add(self) -> None:
        """Append an empty row, and begin to write in it."""
        self._append([])
        self._fit()
        self.table.setCurrentCell(self.table.rowCount() - 1, 0)
        self.table.setFocus()
        item = self.table.item(self.table.rowCount() - 1, 0)
        if item is not None:
            self.table.editItem(item)

    def _paste(self) -> None:
        """Append the lines that were copied elsewhere, such as a list of names."""
        lines = [line.strip() for line in QGuiApplication.clipboard().text().splitlines() if line.strip()]
        self.table.blockSignals(True)
        for line in lines[:MAX_VALUES]:
            self._append([part.strip() for part in line.split(SEPARATOR, self.table.columnCount() - 1)])
        self.table.blockSignals(False)
        if lines:
            self._fit()
            self.table.setCurrentCell(self.table.rowCount() - 1, 0)
            self.edited.emit()

    def _move(self, by: int) -> None:
        """Move the chosen row up (-1) or down (1)."""
        number = self.table.currentRow()
        other = number + by
        if number < 0 or not 0 <= other < self.table.rowCount():
            return
        self.table.blockSignals(True)
        for column in range(self.table.columnCount()):
            here, there = self.table.takeItem(number, column), self.table.takeItem(other, column)
            self.table.setItem(other, column, here)
            self.table.setItem(number, column, there)
        self.table.blockSignals(False)
        self.table.setCurrentCell(other, self.table.currentColumn())
        self.edited.emit()

    def _remove(self) -> None:
        number = self.table.currentRow()
        if number >= 0:
            self.table.removeRow(number)
            self._fit()
            self.edited.emit()

    def _fit(self) -> None:
        """Make the table as high as its rows, and leave room for the first."""
        rows = min(MAX_ROWS_SHOWN, max(1, self.table.rowCount()))
        height = self.table.verticalHeader().defaultSectionSize() * rows
        self.table.setFixedHeight(height + self.table.horizontalHeader().sizeHint().height() + 4)
        self.remove.setEnabled(self.table.rowCount() > 0)
