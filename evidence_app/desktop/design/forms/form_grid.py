"""The grid of a form: a label above each field, two fields beside each other where there is room."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.widgets import label

TWO_COLUMNS: Final = 520
"""Width in pixels from which two fields stand beside each other."""


class Cell(QWidget):
    """One field of a form: its label, the field, and below it a hint if there is one."""

    def __init__(self, name: QLabel, editor: QWidget, hint: QLabel | None) -> None:
        super().__init__()
        self.name, self.hint = name, hint
        # On what has the focus, not on the frame around it: by this a screen reader finds the name of a choice, whose own text is its value.
        name.setBuddy(editor.focusProxy() or editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_XS)
        column.addWidget(name)
        column.addWidget(editor)
        if hint is not None:
            column.addWidget(hint)
        column.addStretch(1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(hint is not None)
        self.setSizePolicy(policy)


class FormGrid(QWidget):
    """Fields in two columns, or in one where two do not fit; wide fields have a row of their own."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: list[tuple[Cell, bool]] = []
        self._hidden: set[Cell] = set()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.SPACE_L)
        self._grid.setVerticalSpacing(tokens.SPACE_M)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, name: str, editor: QWidget, *, wide: bool = False, hint: QLabel | None = None) -> Cell:
        """Append a field; `hint` is a label whose line is kept free below it, whether it says something or not."""
        cell = Cell(label(name, "label"), editor, hint)
        self._cells.append((cell, wide))
        self._lay_out(self._columns or 2)
        return cell

    def show_cell(self, cell: Cell, *, shown: bool) -> None:
        """Show or hide a field; the others take its place."""
        (self._hidden.discard if shown else self._hidden.add)(cell)
        cell.setVisible(shown)
        self._lay_out(self._columns or 2)

    def minimumSizeHint(self) -> QSize:
        """Return the least size: that of one column, since two become one where they do not fit."""
        widest = max((cell.minimumSizeHint().width() for cell, _ in self._cells), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the fields out in the columns that the width has room for."""
        super().resizeEvent(event)
        columns = 2 if event.size().width() >= TWO_COLUMNS else 1
        if columns != self._columns:
            self._lay_out(columns)

    def _lay_out(self, columns: int) -> None:
        self._columns = columns
        self._grid.setColumnStretch(1, 1 if columns > 1 else 0)
        for cell, _ in self._cells:
            self._grid.removeWidget(cell)
        line = column = 0
        for cell, wide in self._cells:
            if cell in self._hidden:
                continue
            if wide and column:
                line, column = line + 1, 0
            self._grid.addWidget(cell, line, column, 1, columns if wide else 1)
            column = columns if wide else column + 1
            if column >= columns:
                line, column = line + 1, 0
