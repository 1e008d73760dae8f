"""A preview of pages: one page at a time, as large as there is room for; an area of it can be drawn with the mouse."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidence_app.desktop.design import theme
from evidence_app.desktop.system.language import tr
from evidence_app.services.bundles.previewing import PagePixels

Area = tuple[float, float, float, float]
MIN_AREA_SIDE = 6
"""A drag over fewer pixels is a click."""


class PageView(QWidget):
    """One page. `turned` asks for another, `drawn` says which area was drawn, in fractions of the page from its top left."""

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
        self._from: QPoint | None = None
        self._to = QPoint()

    def show_picture(self, picture: PagePixels, words: str) -> None:
        """Show a page; `words` describe it to whoever does not see it."""
        image = QImage(picture.pixels, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
        self._image = image.copy()
        self.setAccessibleDescription(words)
        self.update()

    def show_words(self, words: str) -> None:
        """Show words instead of a page."""
        self._image, self._words = None, words
        self.setAccessibleDescription(words)
        self.update()

    def page_area(self) -> QRectF:
        """Where the page stands on the widget."""
        if self._image is None:
            return QRectF()
        room = QSize(self.width() - 8, self.height() - 8)
        size = self._image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - size.width()) / 2, 4, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, and the area that is being drawn on it."""
        del event
        painter = QPainter(self)
        now = theme.colours()
        painter.fillRect(self.rect(), QColor(now.ground))
        if self._image is None:
            painter.setPen(QColor(now.soft))
            painter.drawText(
                self.rect().adjusted(20, 20, -20, -20),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self._words,
            )
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.page_area(), self._image)
            if self._from is not None:
                painter.setPen(QPen(QColor(now.fault), 2))
                painter.drawRect(QRect(self._from, self._to).normalized())
        if self.hasFocus():
            painter.setPen(QPen(QColor(now.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages with the keys that turn pages."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turned.emit(step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw an area."""
        if self.drawing_allowed and self._image is not None and event.button() is Qt.MouseButton.LeftButton:
            self._from = self._to = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on drawing."""
        if self._from is not None:
            self._to = event.position().toPoint()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say which area was drawn."""
        begun, self._from = self._from, None
        self.update()
        if begun is None:
            return
        box = QRect(begun, event.position().toPoint()).normalized()
        if box.width() >= MIN_AREA_SIDE and box.height() >= MIN_AREA_SIDE:
            self.drawn.emit(self._fractions(box))

    def _fractions(self, box: QRect) -> Area:
        page = self.page_area()

        def place(point: QPoint) -> QPointF:
            across = (point.x() - page.left()) / max(1.0, page.width())
            down = (point.y() - page.top()) / max(1.0, page.height())
            return QPointF(min(1.0, max(0.0, across)), min(1.0, max(0.0, down)))

        begin, end = place(box.topLeft()), place(box.bottomRight())
        return begin.x(), begin.y(), end.x(), end.y()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for a picture of the new size."""
        super().resizeEvent(event)
        self.resized.emit()
