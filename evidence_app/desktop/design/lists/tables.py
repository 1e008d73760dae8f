"""Tables, lists, and a splitter that turns vertical in narrow windows."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
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

from evidence_app.desktop.design import tokens
from evidence_app.desktop.system.language import tr

NARROW: Final = 760
"""Width in pixels below which a `Beside` is vertical, for text of the usual size."""
SAMPLED: Final = 40
"""Number of rows measured to size a column, because measuring thousands would be slow."""
AT_A_TIME: Final = 40
"""Number of lines that a list lays out at a time."""


def make_table(name: str, columns: Sequence[str], wide: Sequence[int]) -> QTableWidget:
    """Return an empty table with selectable rows. `wide` lists the columns that share the spare width."""
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
    """Return a list with wrapping lines, laid out in batches so that a long one does not block the window."""
    list_widget = QListWidget()
    list_widget.setAccessibleName(name)
    list_widget.setWordWrap(True)
    list_widget.setSpacing(3)
    list_widget.setResizeMode(QListWidget.ResizeMode.Adjust)
    list_widget.setLayoutMode(QListWidget.LayoutMode.Batched)
    list_widget.setBatchSize(AT_A_TIME)
    return list_widget


def fill(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    """Replace the rows of a table, and select the first."""
    header = table.horizontalHeader()
    # With fixed columns while it fills: otherwise Qt measures the columns again after every cell.
    modes = [header.sectionResizeMode(column_number) for column_number in range(header.count())]
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.setRowCount(len(rows))
    for row_number, cells in enumerate(rows):
        for column_number, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            table.setItem(row_number, column_number, item)
    for column_number, mode in enumerate(modes):
        header.setSectionResizeMode(column_number, mode)
    if rows:
        table.selectRow(0)


class Beside(QSplitter):
    """Splitter with two parts and the given shares of the width; vertical where it is narrower than `NARROW`, or than both parts need."""

    def __init__(self, left: QWidget, right: QWidget, shares: tuple[int, int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.addWidget(left)
        self.addWidget(right)
        # The order in which a screen reader meets the parts is that in which they lie above each other.
        right.raise_()
        for index, share in enumerate(shares):
            self.setStretchFactor(index, share)
        self.setChildrenCollapsible(False)
        self.setSizes([share * 140 for share in shares])
        self.splitterMoved.connect(lambda: self._give_height())
        for part in (left, right):
            part.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the orientation for the new width."""
        super().resizeEvent(event)
        needed = sum(width for width in self._least()) + self.handleWidth()
        least = max(NARROW, NARROW * self.fontMetrics().height() // tokens.USUAL_LINE)
        narrow = event.size().width() < max(least, needed)
        orientation = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if orientation != self.orientation():
            self.setOrientation(orientation)
            # One below the other they need more height: what scrolls the page has to know.
            self.updateGeometry()
        self._give_height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the height again where the content of a part changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._give_height()
        return super().eventFilter(watched, event)

    def _give_height(self) -> None:
        """Give each part the height that its content needs at its width: a splitter does not ask, and rows that wrap would lie over lists."""
        for part in self._parts():
            layout = part.layout()
            if layout is not None and layout.hasHeightForWidth():
                width = self.width() if self.orientation() == Qt.Orientation.Vertical else part.width()
                part.setMinimumHeight(layout.totalMinimumHeightForWidth(width))

    def _least(self) -> list[int]:
        return [max(part.minimumSizeHint().width(), part.minimumWidth()) for part in self._parts()]

    def _parts(self) -> list[QWidget]:
        parts = (self.widget(index) for index in range(self.count()))
        return [part for part in parts if part is not None]

    def minimumSizeHint(self) -> QSize:
        """Return the least size: that of one below the other, since two parts turn so where they do not fit."""
        return QSize(max(self._least(), default=0), super().minimumSizeHint().height())
