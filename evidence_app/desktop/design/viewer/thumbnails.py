"""Small pictures of the pages of a file, drawn as they come into sight."""

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.services.bundles.previewing import PagePixels, PdfPages

SIDE: Final = QSize(72, 102)
"""Room for the picture of one page, in pixels."""
DPI: Final = 11.0
"""Resolution in dots per inch: 90 pixels for the width of an A4 page."""


class Thumbnails(QListWidget):
    """List of pages. `chosen` gives the number of a page that was clicked or gone to by key, from 0."""

    chosen = Signal(int)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._pages: PdfPages | None = None
        self._drawn: set[int] = set()
        self._busy = False
        self.setAccessibleName(tr("Pages"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setIconSize(SIDE)
        self.setGridSize(QSize(SIDE.width() + 28, SIDE.height() + self.fontMetrics().height() + 16))
        self.setUniformItemSizes(True)
        self.setFixedWidth(SIDE.width() + 28 + 18)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentRowChanged.connect(self._choose)
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self._draw_next)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._soon.start())

    def show_pages(self, pages: PdfPages | None) -> None:
        """Show an empty sheet for each page, and begin to draw those in sight."""
        # A drawing that runs is of other pages, or will not be delivered after a lock.
        self._pages, self._drawn, self._busy = pages, set(), False
        self.blockSignals(True)
        self.clear()
        empty = QPixmap(SIDE)
        empty.fill(Qt.GlobalColor.white)
        for number in range(pages.count if pages is not None else 0):
            item = QListWidgetItem(QIcon(empty), str(number + 1))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, tr("Page {}", number + 1))
            self.addItem(item)
        self.blockSignals(False)
        self._soon.start()

    def mark(self, page: int) -> None:
        """Mark the page that is on the screen."""
        self.blockSignals(True)
        self.setCurrentRow(page if page < self.count() else -1)
        self.blockSignals(False)

    def _choose(self, page: int) -> None:
        if page >= 0:
            self.chosen.emit(page)

    def _draw_next(self) -> None:
        """Draw the first page in sight that is not drawn yet; the next follows when it is done."""
        pages = self._pages
        if pages is None or self._busy or not self.isVisible():
            return
        first, last = self.indexAt(self.viewport().rect().topLeft()), self.viewport().height()
        start = max(0, first.row())
        in_sight = range(start, min(self.count(), start + last // max(1, self.gridSize().height()) + 2))
        number = next((each for each in in_sight if each not in self._drawn), None)
        if number is None:
            return
        self._busy = True

        def drawn(picture: PagePixels) -> None:
            self._busy = False
            item: QListWidgetItem | None = self.item(number)
            if pages is self._pages and item is not None:
                self._drawn.add(number)
                image = QImage(
                    picture.pixels, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888
                )
                item.setIcon(QIcon(QPixmap.fromImage(image)))
            self._soon.start()

        def failed(_: str) -> None:
            self._busy = False
            self._drawn.add(number)
            self._soon.start()

        self._runner.run(lambda: pages.picture(number, DPI), drawn, failed, owner=self, lane=Lane.LONG)
