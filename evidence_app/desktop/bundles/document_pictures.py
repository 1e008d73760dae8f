"""Small pictures of the exhibits of a plan: of each the page on which it begins, drawn as it comes into sight.

Records have none: they share pages, and their titles say more than a page so small.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPen, QPixmap

from evidence_app.desktop.bundles.plan_tree import PlanTree
from evidence_app.desktop.design import theme, tokens
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.services.bundles.previewing import PagePixels, PdfPages

SIDE: Final = QSize(30, 42)
"""Room for the picture of a page, in pixels, at the usual size of the text."""
DPI: Final = 8.0
"""Resolution in dots per inch: 66 pixels for the width of an A4 page, so that it is clear on a fine screen too."""
PageOf = Callable[[str], int]
"""Returns the page on which an exhibit (its SHA-256) begins, from 0; -1 for one that is not in the bundle."""


class DocumentPictures(QObject):
    """Draws the pictures of a tree's exhibits. What was drawn stays until the pages were made anew."""

    def __init__(self, tree: PlanTree, runner: BackgroundRunner) -> None:
        super().__init__(tree)
        self._tree, self._runner = tree, runner
        self._pages: PdfPages | None = None
        self._page_of: PageOf = lambda _: -1
        self._done: set[str] = set()
        self._busy = False
        side = tokens.icon_side(SIDE.width(), tree.fontMetrics().height())
        self._side = QSize(side, side * SIDE.height() // SIDE.width())
        tree.setIconSize(self._side)
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self._draw_next)
        tree.verticalScrollBar().valueChanged.connect(lambda _: self._soon.start())

    def show_pages(self, pages: PdfPages, page_of: PageOf) -> None:
        """Draw the exhibits from these pages. Until a new picture is there the old one stays."""
        self._pages, self._page_of = pages, page_of
        self._done, self._busy = set(), False
        self._soon.start()

    def wipe(self) -> None:
        """Forget pages and pictures, because the store is being locked."""
        self._pages, self._done = None, set()
        self._soon.stop()

    def _draw_next(self) -> None:
        """Draw the first exhibit in sight that is not drawn yet; the next follows when it is done."""
        pages = self._pages
        if pages is None or self._busy or not self._tree.isVisible():
            return
        key = next((each for each in self._tree.exhibits_in_sight() if each not in self._done), None)
        if key is None:
            return
        self._done.add(key)
        number = self._page_of(key)
        if not 0 <= number < pages.count:
            self._soon.start()
            return
        self._busy = True

        def drawn(picture: PagePixels) -> None:
            if pages is self._pages:
                self._busy = False
                self._tree.set_picture(key, _icon_of(picture, self._side))
                self._soon.start()

        def failed(_: str) -> None:
            self._busy = False
            self._soon.start()

        self._runner.run(lambda: pages.picture(number, DPI), drawn, failed, owner=self, lane=Lane.LONG)


def _icon_of(picture: PagePixels, side: QSize) -> QIcon:
    image = QImage(picture.pixels, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
    fine = side * 2
    scaled = image.scaled(fine, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    pixmap = QPixmap.fromImage(scaled)
    painter = QPainter(pixmap)
    # An edge: white paper on a white ground would not look like a page.
    painter.setPen(QPen(QColor(theme.colours().line), 2))
    painter.drawRect(pixmap.rect().adjusted(0, 0, -1, -1))
    painter.end()
    return QIcon(pixmap)
