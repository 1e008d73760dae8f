"""One drawn page, scaled to the widget; an area can be marked on it with the mouse or with keys."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidence_app.desktop.design import theme
from evidence_app.desktop.system.language import tr
from evidence_app.services.bundles.previewing import PagePixels

Area = tuple[float, float, float, float]
"""Left, top, right and bottom, in fractions of the page (0 to 1) from its top left."""
MIN_AREA_SIDE = 6
"""Smallest side of a marked area, in pixels; a shorter drag counts as a click."""
MARGIN = 8
"""Pixels round the page."""
FIRST_AREA = (0.3, 0.4, 0.7, 0.5)
"""The area that marking by keys begins with."""
KEY_STEP, SMALL_STEP = 0.02, 0.004
"""How far an arrow key moves an area or its edge, as a part of the page: usually, and with Ctrl."""
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PageView(QWidget):
    """One page. `turned` gives a step of pages (+1 or -1), `zoom_asked` +1 or -1, `drawn` the area that was marked (an `Area`); `marked` where on the widget an area is that is being
    marked by keys, as a `QRect`.

    An area is marked with the mouse, or by keys: Enter begins one, arrows move it, with Shift they move its lower right corner, with Ctrl by a small
    step; Enter takes it, Escape gives it up.
    """

    turned = Signal(int)
    marked = Signal(object)
    zoom_asked = Signal(int)
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
        self._area: Area | None = None

    def show_picture(self, picture: PagePixels, words: str) -> None:
        """Show a page; `words` become its description for screen readers."""
        image = QImage(picture.pixels, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
        # QImage only refers to the bytes it is given: the copy owns its pixels.
        self._image = image.copy()
        self._area = None
        self.setAccessibleDescription(words)
        self.update()

    def show_words(self, words: str) -> None:
        """Show a text instead of a page."""
        self._image, self._words, self._area = None, words, None
        self.setAccessibleDescription(words)
        self.update()

    def page_area(self) -> QRectF:
        """Return the rectangle of the page on the widget, in pixels; an empty one if no page is shown."""
        if self._image is None:
            return QRectF()
        available = QSize(self.width() - 2 * MARGIN, self.height() - 2 * MARGIN)
        size = self._image.size().scaled(available, Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - size.width()) / 2, MARGIN, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page, the area being marked, and the focus frame."""
        del event
        painter = QPainter(self)
        colours = theme.colours()
        painter.fillRect(self.rect(), QColor(colours.sunken))
        if self._image is None:
            painter.setPen(QColor(colours.soft))
            painter.drawText(
                self.rect().adjusted(20, 20, -20, -20),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self._words,
            )
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            page = self.page_area()
            painter.drawImage(page, self._image)
            painter.setPen(QPen(QColor(colours.hair), 1))
            painter.drawRect(page)
            painter.setPen(QPen(QColor(colours.fault), 2))
            if self._drag_start is not None:
                painter.drawRect(QRect(self._drag_start, self._drag_end).normalized())
            elif self._area is not None:
                painter.drawRect(self._on_widget(self._area))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _on_widget(self, area: Area) -> QRectF:
        page = self.page_area()
        left, top, right, bottom = area
        begin = QPointF(page.left() + left * page.width(), page.top() + top * page.height())
        end = QPointF(page.left() + right * page.width(), page.top() + bottom * page.height())
        return QRectF(begin, end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages with Page Up, Page Down and the left and right arrows; zoom with plus and minus; mark an area by keys."""
        if self.drawing_allowed and self._image is not None and self._mark_by_key(event):
            return
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        if event.text() in ("+", "=", "-"):
            self.zoom_asked.emit(-1 if event.text() == "-" else 1)
        elif step is None:
            super().keyPressEvent(event)
        else:
            self.turned.emit(step)

    def _mark_by_key(self, event: QKeyEvent) -> bool:
        """Begin, change, take or give up an area by key; return whether the key was for that."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            area, self._area = self._area, None if self._area is not None else self._in_sight(FIRST_AREA)
            if area is not None:
                self.drawn.emit(area)
            else:
                self._say_area()
        elif self._area is not None and key is Qt.Key.Key_Escape:
            self._area = None
        elif self._area is not None and key in ARROWS:
            small = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            step = SMALL_STEP if small else KEY_STEP
            across, down = (side * step for side in ARROWS[key])
            grows = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._area = _resized(self._area, across, down) if grows else _moved(self._area, across, down)
            self._say_area()
        else:
            return False
        self.update()
        return True

    def _in_sight(self, area: Area) -> Area:
        """Return an area moved into the part of the page that is in sight, where one looks."""
        page, seen = self.page_area(), self.visibleRegion().boundingRect()
        if seen.isEmpty() or page.isEmpty():
            return area
        middle = seen.center()
        left, top, right, bottom = area
        across = (middle.x() - page.left()) / page.width() - (left + right) / 2
        down = (middle.y() - page.top()) / page.height() - (top + bottom) / 2
        return _moved(area, across, down)

    def _say_area(self) -> None:
        """Tell where the area is: a screen reader in words, and whoever scrolls the page in pixels."""
        if self._area is not None:
            self.marked.emit(self._on_widget(self._area).toRect())
            left, top, right, bottom = (round(100 * each) for each in self._area)
            self.setAccessibleName(tr("Area from {} % across and {} % down to {} % and {} %", left, top, right, bottom))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

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


def _moved(area: Area, across: float, down: float) -> Area:
    """Return an area moved by parts of the page, within it."""
    left, top, right, bottom = area
    across = min(max(across, -left), 1 - right)
    down = min(max(down, -top), 1 - bottom)
    return left + across, top + down, right + across, bottom + down


def _resized(area: Area, across: float, down: float) -> Area:
    """Return an area whose lower right corner is moved by parts of the page; it keeps a side of a small step at least."""
    left, top, right, bottom = area
    return left, top, min(1.0, max(left + SMALL_STEP, right + across)), min(1.0, max(top + SMALL_STEP, bottom + down))
