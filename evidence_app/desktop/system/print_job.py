"""A PDF onto paper, page by page: drawn on the store's thread, put on paper on the window's, and stopped between two pages."""

from typing import Final

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.services.bundles.previewing import PagePixels, PdfPages

DPI: Final = 200.0
NOT_PRINTED: Final = "The printer could not be begun. Nothing was printed."
STOPPED: Final = "Printing was stopped. What has come out of the printer is not in the register: destroy it, or say where it is kept."


class PrintRun(QObject):
    """One print. `finished` says that every page was handed to the printer."""

    progressed = Signal(int, int)
    finished = Signal()
    failed = Signal(str)

    def __init__(self, runner: BackgroundRunner, pages: PdfPages, printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._pages, self._printer = runner, pages, printer
        self._painter = QPainter()
        self._stopped = False

    def start(self) -> None:
        """Begin with the first page."""
        self._next(0)

    def stop(self) -> None:
        """Stop at once: a printer must not be in the middle of a page when nobody tells it more."""
        if not self._stopped:
            self._stopped = True
            if self._painter.isActive():
                self._printer.abort()
                self._painter.end()
            self.failed.emit(STOPPED)

    def _next(self, number: int) -> None:
        if number == self._pages.count:
            self._painter.end()
            self.finished.emit()
            return
        self._runner.run(
            lambda: self._pages.picture(number, DPI),
            lambda picture: None if self._stopped else self._put(number, picture),
            self._fault,
            owner=self,
            lane=Lane.LONG,
        )

    def _fault(self, sentence: str) -> None:
        if self._painter.isActive():
            self._painter.end()
        self.failed.emit(sentence)

    def _put(self, number: int, picture: PagePixels) -> None:
        wide = picture.width > picture.height
        orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        self._printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self._printer.setPageOrientation(orientation)
        ready = self._printer.newPage() if self._painter.isActive() else self._painter.begin(self._printer)
        if not ready:
            self._fault(tr(NOT_PRINTED))
            return
        image = QImage(picture.pixels, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
        room = QRectF(self._painter.viewport())
        scale = min(room.width() / image.width(), room.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        self._painter.drawImage(QRectF((room.width() - width) / 2, (room.height() - height) / 2, width, height), image)
        self.progressed.emit(number + 1, self._pages.count)
        self._next(number + 1)
