"""Base of the drawings of a period: signs and bars that mouse and keyboard reach, each leading to its record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from evidence_app.desktop.design import theme, tokens
from evidence_app.desktop.system.language import tr, tr_day, tr_value
from evidence_app.domain.summary.period import SIGNS, Mark, MarkSort, Period

MEANINGS: Final = {"ink": "ink", "soft": "soft", "accent": "accent", "attention": "warning", "fault": "fault"}
"""The colour of the theme for each meaning in `SIGNS`."""
REACH: Final = 4.0
"""How far from a mark the mouse still means it, in pixels."""
DASH: Final = (3.0, 2.2)
"""A dash of a silence and the gap behind it, in widths of its line."""
LEGEND_LINE: Final = 1.25
"""Height of a line of a legend, in lines of its text."""
LEGEND_LEFT: Final = 2.0
SAMPLE_DAY: Final = date(2025, 1, 1)
"""The day of the marks in a legend, which is not drawn."""
BAR: Final = 0.6
"""Height of a bar, as a part of its area."""
MIN_BAR: Final = 3.5
"""Least height of a bar, in pixels."""


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark, and the rectangle in which it is drawn, in pixels."""

    mark: Mark
    area: QRectF


class PeriodDrawing(QWidget):
    """A drawing of a period. `chosen` gives the mark that mouse or keyboard came to, `asked` the one whose record is wanted.

    The arrow keys go from mark to mark: to the side in the order of time, up and down to the nearest in the row above or
    below. Enter and a double click ask for the record. A subclass places the marks and paints what lies behind them.
    """

    chosen = Signal(object)
    asked = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.period = Period()
        self.placed: list[PlacedMark] = []
        self._cached: dict[int, tuple[list[PlacedMark], int]] = {}
        self.current = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_period(self, period: Period) -> None:
        """Draw a period; none of its marks is chosen."""
        self.period, self.current = period, -1
        self._cached = {}
        self.setAccessibleDescription(tr(period.in_words()))
        self._place_all()
        self.updateGeometry()
        self.update()

    def _placed_for(self, width: int) -> tuple[list[PlacedMark], int]:
        """Return what `place` says, worked out once for each width: Qt asks for the size again and again."""
        if width not in self._cached:
            # The width that is painted last: a subclass keeps what it needs of it to paint.
            self._cached = {width: self.place(width)}
        return self._cached[width]

    def place(self, width: int) -> tuple[list[PlacedMark], int]:
        """Return the marks in their places for a width, in the order of time, and the height of the whole, in pixels."""
        raise NotImplementedError

    def paint_ground(self, painter: QPainter) -> None:
        """Paint what lies behind the marks: rows, names, scales."""
        raise NotImplementedError

    @property
    def line(self) -> int:
        """The height of a line of small text, in pixels."""
        return round(self.fontMetrics().lineSpacing() * tokens.CAPTION)

    @property
    def sign(self) -> float:
        """Half the size of a sign, in pixels; it grows with the text."""
        return self.line / 3.6

    def small(self) -> QFont:
        """Return the font of what is written on the drawing."""
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * tokens.CAPTION)
        return font

    def legend(self, width: float) -> "Legend":
        """Return the legend of the period for a width, in pixels."""
        return legend_of([sort for sort, _ in self.period.counts()], QFontMetrics(self.small()), width, self.sign)

    def mark(self) -> Mark | None:
        """Return the chosen mark, or None."""
        return self.placed[self.current].mark if 0 <= self.current < len(self.placed) else None

    def sizeHint(self) -> QSize:
        """Return the preferred size, in pixels: as high as its rows are."""
        return QSize(480, self._placed_for(max(self.width(), 480))[1])

    def minimumSizeHint(self) -> QSize:
        """Return the least size, in pixels: all rows, in a narrow window too."""
        return QSize(240, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the marks anew."""
        super().resizeEvent(event)
        self._place_all()

    def _place_all(self) -> None:
        self.placed = self._placed_for(self.width())[0]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, every mark, and the ring round the chosen one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.small())
        self.legend(self.width()).paint(painter)
        self.paint_ground(painter)
        seen = event.rect().toRectF()
        for each in self.placed:
            if each.area.intersects(seen):
                paint_mark(painter, each.mark, each.area)
        if 0 <= self.current < len(self.placed):
            painter.setPen(QPen(QColor(theme.colours().accent), tokens.FOCUS_EDGE))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.placed[self.current].area.adjusted(-3, -3, 3, 3), 3, 3)
        painter.end()

    def found_at(self, point: QPointF) -> int:
        """Return the number of the mark at a point, or -1. Signs come before bars, which lie behind them."""
        near = [number for number, each in enumerate(self.placed) if _grown(each.area).contains(point)]
        return min(
            near,
            key=lambda number: (self.placed[number].mark.lasts, _distance(self.placed[number].area, point)),
            default=-1,
        )

    def event(self, event: QEvent) -> bool:
        """Show the words of the mark below the mouse."""
        if isinstance(event, QHelpEvent):
            number = self.found_at(event.pos().toPointF())
            QToolTip.showText(event.globalPos(), mark_in_words(self.placed[number].mark) if number >= 0 else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the mark below the mouse."""
        self._choose(self.found_at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the record of the mark below the mouse."""
        self._choose(self.found_at(event.position()))
        self._ask()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand where there is something to choose."""
        over = self.found_at(event.position()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come to the first mark where none is chosen, if the keyboard brought the focus."""
        super().focusInEvent(event)
        if self.current < 0 and event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._choose(0 if self.placed else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from mark to mark."""
        match event.key():
            case Qt.Key.Key_Right:
                self._choose(min(self.current + 1, len(self.placed) - 1))
            case Qt.Key.Key_Left:
                self._choose(max(self.current - 1, 0) if self.placed else -1)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._choose(self._beyond(1 if event.key() == Qt.Key.Key_Down else -1))
            case Qt.Key.Key_Home:
                self._choose(0 if self.placed else -1)
            case Qt.Key.Key_End:
                self._choose(len(self.placed) - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._ask()
            case _:
                super().keyPressEvent(event)

    def _beyond(self, way: int) -> int:
        """Return the nearest mark below the chosen one (`way` 1) or above it (-1); the chosen one where there is none."""
        if self.current < 0:
            return 0 if self.placed else -1
        here = self.placed[self.current].area.center()
        beyond = [
            (way * (each.area.center().y() - here.y()), abs(each.area.center().x() - here.x()), number)
            for number, each in enumerate(self.placed)
            if way * (each.area.center().y() - here.y()) > self.sign
        ]
        return min(beyond)[2] if beyond else self.current

    def choose_mark(self, mark: Mark) -> None:
        """Choose a mark without saying so: the table beside the drawing came to it."""
        self.current = next((number for number, each in enumerate(self.placed) if each.mark == mark), -1)
        self.update()

    def _choose(self, number: int) -> None:
        if number != self.current:
            self.current = number
            self.update()
            mark = self.mark()
            if mark is not None:
                self.setAccessibleDescription(mark_in_words(mark))
                self.chosen.emit(mark)

    def _ask(self) -> None:
        mark = self.mark()
        if mark is not None:
            self.asked.emit(mark)


def mark_in_words(mark: Mark) -> str:
    """Return a mark as it is told: its days, its sort, its words."""
    return f"{days_of(mark)} · {tr_value(mark.sort.value)}\n{tr_value(mark.words)}"


def days_of(mark: Mark) -> str:
    """Return the day of a mark, or its first and last."""
    return tr_day(mark.first) if mark.first == mark.last else tr("{} to {}", mark.first, mark.last)


def paint_mark(painter: QPainter, mark: Mark, area: QRectF) -> None:
    """Paint a mark within its area: a sign, a bar, or for a silence a broken line. Signs differ in form, not in colour alone."""
    colours = theme.colours()
    colour, corners = SIGNS.get(mark.sort, ("attention", ()))
    ink = QColor(getattr(colours, MEANINGS[colour]))
    middle = area.center()
    if mark.sort is MarkSort.SILENCE:
        pen = QPen(ink, max(2.0, area.height() / 3))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(list(DASH))
        painter.setPen(pen)
        painter.drawLine(QPointF(area.left(), middle.y()), QPointF(area.right(), middle.y()))
        return
    # A thin edge in the colour of the ground keeps signs apart that lie on each other.
    painter.setPen(QPen(QColor(colours.ground), 1.0))
    painter.setBrush(ink)
    if mark.lasts or not corners:
        height = max(MIN_BAR, area.height() * BAR)
        painter.drawRoundedRect(QRectF(area.left(), middle.y() - height / 2, area.width(), height), 1, 1)
    else:
        size = area.height() / 2
        # The corners have y upwards, the screen downwards.
        painter.drawPolygon(QPolygonF([QPointF(middle.x() + size * x, middle.y() - size * y) for x, y in corners]))


@dataclass(frozen=True, slots=True)
class Legend:
    """The signs with their meanings, on as many lines as they take: where each stands, and the height of all, in pixels."""

    placed: tuple[tuple[MarkSort, QRectF, QRectF], ...]
    height: float

    def paint(self, painter: QPainter) -> None:
        """Paint each sign with its meaning."""
        for sort, sign, words in self.placed:
            paint_mark(painter, Mark(sort, SAMPLE_DAY, SAMPLE_DAY, 0, "", ""), sign)
            painter.setPen(QColor(theme.colours().soft))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, tr_value(sort.value))


def legend_of(sorts: Sequence[MarkSort], metrics: QFontMetrics, width: float, size: float) -> Legend:
    """Place the signs of some sorts, of half the size `size`, on lines of a width."""
    line = metrics.lineSpacing() * LEGEND_LINE
    placed, x, y = [], LEGEND_LEFT, 0.0
    for sort in sorts:
        half = size * (1.6 if sort not in SIGNS else 1)
        words = metrics.horizontalAdvance(tr_value(sort.value)) + 2.0
        if x > LEGEND_LEFT and x + 2 * half + 5 + words > width:
            x, y = LEGEND_LEFT, y + line
        sign = QRectF(x, y + line / 2 - size, 2 * half, 2 * size)
        placed.append((sort, sign, QRectF(x + 2 * half + 5, y, words, line)))
        x += 2 * half + 5 + words + tokens.SPACE_L
    return Legend(tuple(placed), y + line)


def _grown(area: QRectF) -> QRectF:
    return area.adjusted(-REACH, -REACH, REACH, REACH)


def _distance(area: QRectF, point: QPointF) -> float:
    return (area.center() - point).manhattanLength()
