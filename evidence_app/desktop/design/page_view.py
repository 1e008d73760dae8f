"""Preview widget for rendered pages: one page at a time, scaled to fit; an area can be marked with the mouse."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidence_app.desktop.design import theme
from evidence_app.desktop.system.language import tr
from evidence_app.services.bundles.previewing import PagePixels

Area = tuple[float, float, float, float]
"""Left, top, right and bottom, in fractions of the page (0 to 1) from its top left."""
MIN_AREA_SIDE = 6
"""Smallest side of a marked area, in pixels; a shorter drag counts as a click."""


class PageView(QWidget):
    """One page. `turned` gives a step of pages (+1 or -1), `drawn` the area that was marked (an `Area`)."""

    turned = Signal(int)
    drawn = Signal(tuple)
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(QSize(220, 260))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Preview of the page"))
        self.drawing_allowed = False
        self._image: QImage | None = None
        self._words = tr("Nothing to show yet.")
        self._drag_start: QPoint | None = None
        self._drag_end = QPoint()

    def show_picture(self, picture: PagePixels, words: str) -> None:
        """Show a page; `words` become its description for screen readers."""
        image = QImage(picture.pixels, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
        # QImage only refers to the bytes it is given: the copy owns its pixels.
        self._image = image.copy()
        self.setAccessibleDescription(words)
        self.update()

    def show_words(self, words: str) -> None:
        """Show a text instead of a page."""
        self._image, self._words = None, words
        self.setAccessibleDescription(words)
        self.update()

    def page_area(self) -> QRectF:
        """Return the rectangle of the page on the widget, in pixels; an empty one if no page is shown."""
        if self._image is None:
            return QRectF()
        available = QSize(self.width() - 8, self.height() - 8)
        size = self._image.size().scaled(available, Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - size.width()) / 2, 4, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page, the area being marked, and the focus frame."""
        del event
        painter = QPainter(self)
        colours = theme.colours()
        painter.fillRect(self.rect(), QColor(colours.ground))
        if self._image is None:
            painter.setPen(QColor(colours.soft))
            painter.drawText(
                self.rect().adjusted(20, 20, -20, -20),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self._words,
            )
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.page_area(), self._image)
            if self._drag_start is not None:
                painter.setPen(QPen(QColor(colours.fault), 2))
                painter.drawRect(QRect(self._drag_start, self._drag_end).normalized())
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages with Page Up, Page Down and the left and right arrows."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turned.emit(step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start marking an area."""
        if self.drawing_allowed and self._image is not None and event.button() is Qt.MouseButton.LeftButton:
            self._drag_start = self._drag_end = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the area to the pointer."""
        if self._drag_start is not None:
            self._drag_end = event.position().toPoint()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the area, and emit `drawn` unless it was a click."""
        start, self._drag_start = self._drag_start, None
        self.update()
        if start is None:
            return
        selection = QRect(start, event.position().toPoint()).normalized()
        if selection.width() >= MIN_AREA_SIDE and selection.height() >= MIN_AREA_SIDE:
            self.drawn.emit(self._fractions(selection))

    def _fractions(self, selection: QRect) -> Area:
        page = self.page_area()

        def fraction_of(point: QPoint) -> QPointF:
            across = (point.x() - page.left()) / max(1.0, page.width())
            down = (point.y() - page.top()) / max(1.0, page.height())
            return QPointF(min(1.0, max(0.0, across)), min(1.0, max(0.0, down)))

        begin, end = fraction_of(selection.topLeft()), fraction_of(selection.bottomRight())
        return begin.x(), begin.y(), end.x(), end.y()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Emit `resized`, so that the owner renders the page at the new size."""
        super().resizeEvent(event)
        self.resized.emit()
