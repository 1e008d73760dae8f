"""Thread diagram: the dated steps of a thread along a vertical rail, the newest at the bottom, one shape for each type of step."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from evidence_app.desktop.design import theme
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.domain.thread.steps import Shape, Step
from evidence_app.domain.thread.threads import Thread

STEP = Qt.ItemDataRole.UserRole
"""Item role with the `Step`."""
LAST = Qt.ItemDataRole.UserRole + 1
"""Item role that is true for the last step."""
RAIL, LEFT, GAP = 18, 38, 7
"""Pixels from the left edge to the rail and to the text, and above and below the text of a step."""
Index = QModelIndex | QPersistentModelIndex


class ThreadDiagram(QListWidget):
    """List of the steps of one thread. Arrow keys move between steps; screen readers get each step as a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Steps of the thread"))
        self.setItemDelegate(_StepDelegate(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)

    def show_thread(self, thread: Thread | None) -> None:
        """Show the steps of a thread and select the last; None clears the diagram."""
        self.clear()
        steps = thread.steps if thread is not None else ()
        for row_number, step in enumerate(steps):
            item = QListWidgetItem()
            item.setData(STEP, step)
            item.setData(LAST, row_number == len(steps) - 1)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, in_a_sentence(step))
            self.addItem(item)
        if steps:
            self.setCurrentRow(len(steps) - 1)

    def step(self) -> Step | None:
        """Return the selected step, or None."""
        item: QListWidgetItem | None = self.currentItem()
        data = item.data(STEP) if item is not None else None
        return data if isinstance(data, Step) else None


def in_a_sentence(step: Step) -> str:
    """Return a step as one sentence, with its shape in words, for screen readers."""
    parts = (
        f"{tr_value(step.when)}, {tr_value(step.shape.value)}: {tr_value(step.words)}",
        step.detail,
        tr_value(step.limit),
    )
    return ". ".join(part.rstrip(".") for part in parts if part)


class _StepDelegate(QStyledItemDelegate):
    """Paints a step: rail and shape on the left, then date, title, detail and, in small print, the limit of what it proves."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a step at the list's width, in pixels."""
        # Qt may ask before the item has a rectangle: the width comes from the list, and the height from the wrapped text.
        parent = self.parent()
        width = parent.viewport().width() if isinstance(parent, QListWidget) else 400
        step = index.data(STEP)
        height = sum(self._text_height(text, font, width) for text, font, _ in _lines(step, option.font))
        return QSize(width, height + 2 * GAP)

    def _text_height(self, text: str, font: QFont, width: int) -> int:
        # `sizeHint` and `paint` must both use this, otherwise the painted text would not fit its item.
        bounds = QRect(0, 0, max(80, width - LEFT - 16), 10_000)
        return QFontMetrics(font).boundingRect(bounds, Qt.TextFlag.TextWordWrap, text).height() + 2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one step, from top to bottom; the first line carries the shape."""
        step, colours = index.data(STEP), theme.colours()
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Selection: a grey ground and a bar at the left edge, so that it is not marked by colour alone.
        if _has(option.state, QStyle.StateFlag.State_Selected):
            painter.fillRect(area, QColor(colours.ground))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(colours.accent))
        top = area.top() + GAP
        is_first = True
        for text, font, colour in _lines(step, option.font):
            height = self._text_height(text, font, area.width())
            if is_first:
                self._draw_rail(painter, area, top + height / 2, step, last=bool(index.data(LAST)))
                is_first = False
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(
                QRect(area.left() + LEFT, top, area.width() - LEFT - 16, height), Qt.TextFlag.TextWordWrap, text
            )
            top += height
        painter.restore()

    def _draw_rail(self, painter: QPainter, area: QRect, y: float, step: Step, *, last: bool) -> None:
        x, colours = area.left() + RAIL, theme.colours()
        # The rail goes from below this shape to the bottom of the item; the next item continues it. Silence is dashed.
        if not last:
            is_silence = step.shape is Shape.SILENCE
            pen = QPen(QColor(colours.warning if is_silence else colours.line), 1.4)
            pen.setStyle(Qt.PenStyle.DashLine if is_silence else Qt.PenStyle.SolidLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(x, y + 8), QPointF(x, area.bottom() + 1))
        draw_shape(painter, step.shape, x, y)


def _has(state: QStyle.StateFlag, flag: QStyle.StateFlag) -> bool:
    return state & flag == flag


def _lines(step: Step, base: QFont) -> list[tuple[str, QFont, str]]:
    """Return the text blocks of a step, from top to bottom: text, font and colour."""
    colours = theme.colours()
    bold, small = QFont(base), QFont(base)
    bold.setBold(True)
    small.setItalic(True)
    small.setPointSizeF(max(7.0, base.pointSizeF() * 0.88))
    lines = [(tr_value(step.when), base, colours.soft), (tr_value(step.words), bold, colours.ink)]
    lines += [(step.detail[:400], base, colours.ink)] if step.detail else []
    return lines + ([(tr_value(step.limit), small, colours.soft)] if step.limit else [])


def draw_shape(painter: QPainter, shape: Shape, x: float, y: float) -> None:
    """Draw a step's shape centred at a point. Shapes differ in form, so that colour is not needed to tell them apart."""
    colours, size = theme.colours(), 6.0
    accent, ink, warning, paper = (
        QColor(each) for each in (colours.accent, colours.ink, colours.warning, colours.paper)
    )
    painter.setPen(QPen(accent, 1.8))
    painter.setBrush(accent)
    square = QRectF(x - size, y - size, 2 * size, 2 * size)
    match shape:
        case Shape.SEALED:
            painter.drawRect(square)
        case Shape.DRAFT:
            painter.setBrush(paper)
            painter.drawRect(square)
        # Messages are triangles: to the right for sent, to the left for received, so that the direction is visible.
        case Shape.OUT:
            painter.drawPolygon(_points((x - size, y - size), (x + size + 1, y), (x - size, y + size)))
        case Shape.IN:
            painter.setPen(QPen(ink, 1.8))
            painter.setBrush(ink)
            painter.drawPolygon(_points((x + size, y - size), (x - size - 1, y), (x + size, y + size)))
        case Shape.ARRIVED:
            painter.setBrush(paper)
            painter.drawPolygon(_points((x, y - size), (x + size, y), (x, y + size), (x - size, y)))
        # An eye: an outlined ellipse with a dot.
        case Shape.OPENED:
            painter.setBrush(paper)
            painter.drawEllipse(QPointF(x, y), size + 3, size - 0.5)
            painter.setBrush(accent)
            painter.drawEllipse(QPointF(x, y), 2.2, 2.2)
        # Three dashes across the rail.
        case Shape.SILENCE:
            painter.setPen(QPen(warning, 2.4))
            for dash_start in (-9, -2, 5):
                painter.drawLine(QPointF(x + dash_start, y), QPointF(x + dash_start + 4, y))
        case Shape.UP:
            painter.setPen(QPen(warning, 1.8))
            painter.setBrush(warning)
            painter.drawPolygon(_points((x - size, y + size), (x + size, y + size), (x, y - size)))


def _points(*corners: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in corners])


def heading(thread: Thread) -> str:
    """Return the state of a thread in words, for the line above the diagram."""
    opened = f" {tr('Opened, according to a receipt.')}" if thread.opened else ""
    return f"{tr_value(thread.state)}.{opened}"
