"""A thread drawn as a ladder: a line of dated steps, the newest at the bottom, each with a shape of its own."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from evidence_app.desktop.design import theme
from evidence_app.desktop.system.language import tr
from evidence_app.domain.thread.steps import Shape, Step
from evidence_app.domain.thread.threads import Thread

STEP = Qt.ItemDataRole.UserRole
LAST = Qt.ItemDataRole.UserRole + 1
RAIL, LEFT, GAP = 18, 38, 7
Index = QModelIndex | QPersistentModelIndex


class ThreadDiagram(QListWidget):
    """The steps of one thread. Arrow keys go from step to step; a screen reader hears each as a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Steps of the thread"))
        self.setItemDelegate(_StepDelegate(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)

    def show_thread(self, thread: Thread | None) -> None:
        """Show the steps of a thread, or nothing."""
        self.clear()
        steps = thread.steps if thread is not None else ()
        for number, step in enumerate(steps):
            item = QListWidgetItem()
            item.setData(STEP, step)
            item.setData(LAST, number == len(steps) - 1)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, in_a_sentence(step))
            self.addItem(item)
        if steps:
            self.setCurrentRow(len(steps) - 1)

    def step(self) -> Step | None:
        """Return the chosen step."""
        item: QListWidgetItem | None = self.currentItem()
        found = item.data(STEP) if item is not None else None
        return found if isinstance(found, Step) else None


def in_a_sentence(step: Step) -> str:
    """Say a step for those who do not see its shape."""
    parts = (f"{step.when}, {step.shape.value}: {step.words}", step.detail, step.limit)
    return ". ".join(part.rstrip(".") for part in parts if part)


class _StepDelegate(QStyledItemDelegate):
    """Paints a step: rail and shape left, then date, words, detail and the limit in small print."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room that a step needs at the list's width."""
        parent = self.parent()
        width = parent.viewport().width() if isinstance(parent, QListWidget) else 400
        step = index.data(STEP)
        height = sum(self._height(text, font, width) for text, font, _ in _lines(step, option.font))
        return QSize(width, height + 2 * GAP)

    def _height(self, text: str, font: QFont, width: int) -> int:
        room = QRect(0, 0, max(80, width - LEFT - 16), 10_000)
        return QFontMetrics(font).boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() + 2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one step."""
        step, now = index.data(STEP), theme.colours()
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if _has(option.state, QStyle.StateFlag.State_Selected):
            painter.fillRect(area, QColor(now.ground))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(now.accent))
        y = area.top() + GAP
        first = True
        for text, font, colour in _lines(step, option.font):
            height = self._height(text, font, area.width())
            if first:
                self._rail(painter, area, y + height / 2, step, last=bool(index.data(LAST)))
                first = False
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(
                QRect(area.left() + LEFT, y, area.width() - LEFT - 16, height), Qt.TextFlag.TextWordWrap, text
            )
            y += height
        painter.restore()

    def _rail(self, painter: QPainter, area: QRect, y: float, step: Step, *, last: bool) -> None:
        x, now = area.left() + RAIL, theme.colours()
        if not last:
            broken = step.shape is Shape.SILENCE
            pen = QPen(QColor(now.warning if broken else now.line), 1.4)
            pen.setStyle(Qt.PenStyle.DashLine if broken else Qt.PenStyle.SolidLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(x, y + 8), QPointF(x, area.bottom() + 1))
        draw_shape(painter, step.shape, x, y)


def _has(state: QStyle.StateFlag, flag: QStyle.StateFlag) -> bool:
    return state & flag == flag


def _lines(step: Step, base: QFont) -> list[tuple[str, QFont, str]]:
    now = theme.colours()
    bold, small = QFont(base), QFont(base)
    bold.setBold(True)
    small.setItalic(True)
    small.setPointSizeF(max(7.0, base.pointSizeF() * 0.88))
    lines = [(step.when, base, now.soft), (step.words, bold, now.ink)]
    lines += [(step.detail[:400], base, now.ink)] if step.detail else []
    return lines + ([(step.limit, small, now.soft)] if step.limit else [])


def draw_shape(painter: QPainter, shape: Shape, x: float, y: float) -> None:
    """Draw a step's shape around a point: form and word tell it from the others, and colour only helps."""
    now, size = theme.colours(), 6.0
    accent, ink, warning, paper = (QColor(each) for each in (now.accent, now.ink, now.warning, now.paper))
    painter.setPen(QPen(accent, 1.8))
    painter.setBrush(accent)
    square = QRectF(x - size, y - size, 2 * size, 2 * size)
    match shape:
        case Shape.SEALED:
            painter.drawRect(square)
        case Shape.DRAFT:
            painter.setBrush(paper)
            painter.drawRect(square)
        case Shape.OUT:
            painter.drawPolygon(_points((x - size, y - size), (x + size + 1, y), (x - size, y + size)))
        case Shape.IN:
            painter.setPen(QPen(ink, 1.8))
            painter.setBrush(ink)
            painter.drawPolygon(_points((x + size, y - size), (x - size - 1, y), (x + size, y + size)))
        case Shape.ARRIVED:
            painter.setBrush(paper)
            painter.drawPolygon(_points((x, y - size), (x + size, y), (x, y + size), (x - size, y)))
        case Shape.OPENED:
            painter.setBrush(paper)
            painter.drawEllipse(QPointF(x, y), size + 3, size - 0.5)
            painter.setBrush(accent)
            painter.drawEllipse(QPointF(x, y), 2.2, 2.2)
        case Shape.SILENCE:
            painter.setPen(QPen(warning, 2.4))
            for start in (-9, -2, 5):
                painter.drawLine(QPointF(x + start, y), QPointF(x + start + 4, y))
        case Shape.UP:
            painter.setPen(QPen(warning, 1.8))
            painter.setBrush(warning)
            painter.drawPolygon(_points((x - size, y + size), (x + size, y + size), (x, y - size)))


def _points(*places: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in places])


def heading(thread: Thread) -> str:
    """Say how a thread stands."""
    opened = " Opened, according to a receipt." if thread.opened else ""
    return f"{thread.state}.{opened}"
