"""Printing of a PDF, page by page: pages are rendered in the long lane and painted on the window's thread; it can be cancelled."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.services.bundles.previewing import PagePixels, PdfPages

DPI: Final = 300.0
"""Resolution at which pages are rendered for the printer, in dots per inch."""
POINTS: Final = 72.0
"""Points in an inch."""
NOT_PRINTED: Final = "The printer could not be begun. Nothing was printed."
STOPPED: Final = "Printing was stopped. What has come out of the printer is not in the register: destroy it, or say where it is kept."


class PrintRun(QObject):
    """One print job. `finished`: every page was sent to the printer. `failed`: one sentence for the user."""

    progressed = Signal(int, int)
    finished = Signal()
    failed = Signal(str)

    def __init__(
        self, runner: BackgroundRunner, pages: PdfPages, numbers: Sequence[int], printer: QPrinter, parent: QObject
    ) -> None:
        """Prepare to print the pages of these numbers, from 1, in this order."""
        super().__init__(parent)
        self._runner, self._pages, self._numbers, self._printer = runner, pages, tuple(numbers), printer
        self._painter = QPainter()
        self._stopped = False

    def start(self) -> None:
        """Print the first page; each page starts the next."""
        self._print_page(0)

    def stop(self) -> None:
        """Cancel at once: abort the job of the printer, which would otherwise wait in the middle of a page."""
        if not self._stopped:
            self._stopped = True
            if self._painter.isActive():
                self._printer.abort()
                self._painter.end()
            self.failed.emit(STOPPED)

    def _print_page(self, place: int) -> None:
        if place == len(self._numbers):
            self._painter.end()
            self.finished.emit()
            return
        number = self._numbers[place] - 1
        self._runner.run(
            lambda: (self._pages.picture(number, DPI), self._pages.size(number)),
            lambda drawn: None if self._stopped else self._draw(place, *drawn),
            self._fail,
            owner=self,
            lane=Lane.LONG,
        )

    def _fail(self, sentence: str) -> None:
        if self._painter.isActive():
            self._painter.end()
        self.failed.emit(sentence)

    def _draw(self, place: int, picture: PagePixels, size: tuple[float, float]) -> None:
        is_landscape = picture.width > picture.height
        orientation = QPageLayout.Orientation.Landscape if is_landscape else QPageLayout.Orientation.Portrait
        # The paper is that of the dialog; turned for each page as it needs, and without the margins that would make the page smaller.
        self._printer.setFullPage(True)
        self._printer.setPageOrientation(orientation)
        # The page layout must be set before the page begins; the first page begins with the painter itself.
        ready = self._printer.newPage() if self._painter.isActive() else self._painter.begin(self._printer)
        if not ready:
            self._fail(tr(NOT_PRINTED))
            return
        image = QImage(picture.pixels, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
        paper = QRectF(self._painter.viewport())
        # In its own size, 72 points an inch; smaller only where the paper is.
        width, height = (side * self._printer.resolution() / POINTS for side in size)
        fitting = min(1.0, paper.width() / width, paper.height() / height)
        width, height = width * fitting, height * fitting
        self._painter.drawImage(
            QRectF((paper.width() - width) / 2, (paper.height() - height) / 2, width, height), image
        )
        self.progressed.emit(place + 1, len(self._numbers))
        self._print_page(place + 1)
