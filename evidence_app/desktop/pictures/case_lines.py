"""The life of each case on a line, from its first record to its last, below one scale of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from evidence_app.desktop.design import theme, tokens
from evidence_app.desktop.pictures.period_drawing import PeriodDrawing, PlacedMark
from evidence_app.desktop.system.language import tr, tr_month
from evidence_app.domain.summary.period import Period, rows_of_bars

MAX_CASES: Final = 200
"""Cases that are drawn, the first to come up; the table has the records of all."""
MIN_SPAN: Final = timedelta(days=28)
"""Shortest time that the scale covers, so that a few days do not spread over the whole width."""
MAX_LEVELS: Final = 4
"""Signs that stand below each other where there is no room beside each other."""
MAX_LABEL: Final = 180
"""Widest that the names of the cases may be, in pixels."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A case and where its line stands, in pixels."""

    case: str
    top: float
    height: float
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where days stand: from `left` on `length` pixels for the days of `span` after `first`. Names have `label_width`."""

    first: date
    span: timedelta
    label_width: float
    left: float
    length: float

    def x(self, day: date) -> float:
        """Return the place of a day, in pixels."""
        return self.left + self.length * ((day - self.first) / self.span)


class CaseLines(PeriodDrawing):
    """Each case on a line."""

    def __init__(self) -> None:
        self._lines: list[_Line] = []
        self._scale = _Scale(date.min, MIN_SPAN, 0.0, 0.0, 1.0)
        super().__init__(tr("Each case on a line"))

    def place(self, width: int) -> tuple[list[PlacedMark], int]:
        """Place the signs of each case on its line, and its bars below it."""
        lines: list[_Line] = []
        placed: list[PlacedMark] = []
        top, size = self.legend(width).height + self.line * 1.5, self.sign
        cases = dict(islice(self.period.by_case().items(), MAX_CASES))
        scale = self._scale_for(cases, width)
        for case, own in cases.items():
            bars = rows_of_bars(own.marks)
            signs, levels = self._signs(own, top + tokens.SPACE_S + size, scale)
            placed += signs
            height = tokens.SPACE_S * 2 + size * 2 * levels + len(bars) * (size + 3)
            for number, together in enumerate(bars):
                y = top + tokens.SPACE_S + size * 2 * levels + 3 + (size + 3) * (number + 0.5)
                for mark in together:
                    begin, end = scale.x(mark.first), scale.x(mark.last)
                    placed.append(PlacedMark(mark, QRectF(begin, y - size / 2, max(4.0, end - begin), size)))
            lines.append(_Line(case, top, height, scale.x(own.first), scale.x(own.last)))
            top += height
        if width == self.width():
            self._lines, self._scale = lines, scale
        return placed, round(top + tokens.SPACE_S)

    def _signs(self, case: Period, middle: float, scale: "_Scale") -> tuple[list[PlacedMark], int]:
        """Place the signs of a case, those that would lie on each other below each other, and return how many stand so at most."""
        placed, size = [], self.sign
        ends: list[float] = []
        for mark in case.marks:
            if mark.lasts:
                continue
            x = scale.x(mark.first)
            free = next((level for level, end in enumerate(ends) if end <= x - size), None)
            if free is None and len(ends) < MAX_LEVELS:
                ends.append(x)
                free = len(ends) - 1
            level = MAX_LEVELS - 1 if free is None else free
            ends[level] = x + size
            placed.append(PlacedMark(mark, QRectF(x - size, middle - size + 2 * size * level, 2 * size, 2 * size)))
        return placed, max(1, len(ends))

    def _scale_for(self, cases: Iterable[str], width: int) -> "_Scale":
        """Return the scale of time for a width, beside the names of the cases."""
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(case) for case in cases), default=0)
        label_width = min(MAX_LABEL, widest) + tokens.SPACE_L
        left = label_width + self.sign * 2
        if not self.period.marks:
            return _Scale(date.min, MIN_SPAN, label_width, left, 1.0)
        first = self.period.first
        span = max(self.period.last - first, MIN_SPAN)
        return _Scale(first, span, label_width, left, width - left - self.sign * 3)

    def paint_ground(self, painter: QPainter) -> None:
        """Paint the months, and of each case its name and the line from its first day to its last."""
        if not self._lines:
            return
        colours, scale = theme.colours(), self._scale
        self._paint_months(painter)
        for line in self._lines:
            middle = line.top + tokens.SPACE_S + self.sign
            painter.setPen(QColor(colours.ink))
            name = painter.fontMetrics().elidedText(
                line.case, Qt.TextElideMode.ElideRight, round(scale.label_width - tokens.SPACE_S)
            )
            area = QRectF(2, middle - self.line, scale.label_width, self.line * 2)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QPointF(line.begin, middle), QPointF(line.end, middle))
            painter.setPen(QPen(QColor(colours.hair), 1))
            painter.drawLine(QPointF(0, line.top + line.height), QPointF(self.width(), line.top + line.height))

    def _paint_months(self, painter: QPainter) -> None:
        colours, metrics = theme.colours(), painter.fontMetrics()
        scale, first = self._scale, self.period.first
        label_end, top, bottom = 0.0, self._lines[0].top, self._lines[-1].top + self._lines[-1].height
        for number, month in enumerate(self.period.months()):
            x = scale.x(max(month, first))
            painter.setPen(QPen(QColor(colours.hair), 1))
            painter.drawLine(QPointF(x, top - self.line * 0.2), QPointF(x, bottom))
            words = tr_month(month, with_year=number == 0 or month.month == 1)
            width = metrics.horizontalAdvance(words)
            if x >= label_end and x + width < self.width():
                painter.setPen(QColor(colours.soft))
                painter.drawText(QPointF(x, top - self.line * 0.5), words)
                label_end = x + width + tokens.SPACE_S
