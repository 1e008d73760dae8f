"""Lists with columns, and two parts that stand beside each other where there is room."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListWidget,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from evidence_app.desktop.system.language import tr

NARROW: Final = 760
SAMPLED: Final = 40
"""How many rows tell how wide a column must be: a table of thousands is not measured whole."""
AT_A_TIME: Final = 40


def make_table(name: str, columns: Sequence[str], wide: Sequence[int]) -> QTableWidget:
    """Return a table of rows to choose from. `wide` are the columns that share what room is left."""
    table = QTableWidget(0, len(columns))
    table.setHorizontalHeaderLabels([tr(each) for each in columns])
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setResizeContentsPrecision(SAMPLED)
    for number in wide:
        header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
    return table


def make_list(name: str) -> QListWidget:
    """Return a list of lines that wrap. A long one is laid out a piece at a time, so that nobody waits for it."""
    made = QListWidget()
    made.setAccessibleName(name)
    made.setWordWrap(True)
    made.setSpacing(3)
    made.setResizeMode(QListWidget.ResizeMode.Adjust)
    made.setLayoutMode(QListWidget.LayoutMode.Batched)
    made.setBatchSize(AT_A_TIME)
    return made


def fill(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    """Show these rows, and choose the first. The columns are measured once, after all of it: Qt would do so after each cell."""
    header = table.horizontalHeader()
    modes = [header.sectionResizeMode(number) for number in range(header.count())]
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.setRowCount(len(rows))
    for place, cells in enumerate(rows):
        for number, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            table.setItem(place, number, item)
    for number, mode in enumerate(modes):
        header.setSectionResizeMode(number, mode)
    if rows:
        table.selectRow(0)


class Beside(QSplitter):
    """Two parts beside each other, with so much of the room each; below each other where the window is narrow."""

    def __init__(self, left: QWidget, right: QWidget, shares: tuple[int, int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.addWidget(left)
        self.addWidget(right)
        for place, share in enumerate(shares):
            self.setStretchFactor(place, share)
        self.setChildrenCollapsible(False)
        self.setSizes([share * 140 for share in shares])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the room changes."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        self.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
