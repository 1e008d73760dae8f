"""Printing of a PDF, page by page: pages are rendered in the long lane and painted on the window's thread; it can be cancelled."""

from typing import Final

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.services.bundles.previewing import PagePixels, PdfPages

DPI: Final = 200.0
"""Resolution at which pages are rendered for the printer, in dots per inch."""
NOT_PRINTED: Final = "The printer could not be begun. Nothing was printed."
STOPPED: Final = "Printing was stopped. What has come out of the printer is not in the register: destroy it, or say where it is kept."


class PrintRun(QObject):
    """One print job. `finished`: every page was sent to the printer. `failed`: one sentence for the user."""

    progressed = Signal(int, int)
    finished = Signal()
    failed = Signal(str)

    def __init__(self, runner: BackgroundRunner, pages: PdfPages, printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._pages, self._printer = runner, pages, printer
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

    def _print_page(self, number: int) -> None:
        if number == self._pages.count:
            self._painter.end()
            self.finished.emit()
            return
        self._runner.run(
            lambda: self._pages.picture(number, DPI),
            lambda picture: None if self._stopped else self._draw(number, picture),
            self._fail,
            owner=self,
            lane=Lane.LONG,
        )

    def _fail(self, sentence: str) -> None:
        if self._painter.isActive():
            self._painter.end()
        self.failed.emit(sentence)

    def _draw(self, number: int, picture: PagePixels) -> None:
        is_landscape = picture.width > picture.height
        orientation = QPageLayout.Orientation.Landscape if is_landscape else QPageLayout.Orientation.Portrait
        self._printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self._printer.setPageOrientation(orientation)
        # The page layout must be set before the page begins; the first page begins with the painter itself.
        ready = self._printer.newPage() if self._painter.isActive() else self._painter.begin(self._printer)
        if not ready:
            self._fail(tr(NOT_PRINTED))
            return
        image = QImage(picture.pixels, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
        page_area = QRectF(self._painter.viewport())
        scale = min(page_area.width() / image.width(), page_area.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        self._painter.drawImage(
            QRectF((page_area.width() - width) / 2, (page_area.height() - height) / 2, width, height), image
        )
        self.progressed.emit(number + 1, self._pages.count)
        self._print_page(number + 1)
