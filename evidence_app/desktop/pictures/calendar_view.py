"""The year day by day: a row for each month, a column for each day, the silences below the days that they last."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from evidence_app.desktop.design import theme, tokens
from evidence_app.desktop.pictures.period_drawing import PeriodDrawing, PlacedMark
from evidence_app.desktop.system.language import tr, tr_month
from evidence_app.domain.summary.period import Mark, by_day, rows_of_bars

MAX_SIGNS: Final = 4
"""Signs of one day that are drawn above each other; a day with more says how many more. The table has all."""
DAYS: Final = 31
SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class _Row:
    """A month and where its row stands, in pixels; `marks` are cut to its days, `more` are the days with signs that are not drawn."""

    month: date
    top: float
    height: float
    marks: tuple[Mark, ...]
    more: tuple[tuple[int, int], ...]

    @property
    def days(self) -> int:
        """How many days the month has."""
        return monthrange(self.month.year, self.month.month)[1]


class CalendarView(PeriodDrawing):
    """The calendar of a period."""

    def __init__(self) -> None:
        self._rows: list[_Row] = []
        super().__init__(tr("The year, day by day"))

    def place(self, width: int) -> tuple[list[PlacedMark], int]:
        """Place the signs of each day above each other, and the bars below them."""
        rows, placed, top = [], [], self.legend(width).height + self.line * 1.2
        step = self._step(width)
        for month in self.period.months():
            row = self._row(month, top)
            rows.append(row)
            top += row.height
            placed += self._placed_in(row, step)
        if width == self.width():
            self._rows = rows
        placed.sort(key=lambda each: (each.mark.first, each.area.top()))
        return placed, round(top + tokens.SPACE_S)

    def _label_width(self) -> float:
        return self.fontMetrics().horizontalAdvance("Mmm 2025")

    def _step(self, width: int) -> float:
        return max(6.0, (width - self._label_width() - tokens.SPACE_S) / DAYS)

    def _row(self, month: date, top: float) -> _Row:
        marks = self.period.between(month, month.replace(day=monthrange(month.year, month.month)[1])).marks
        signs = by_day(marks)
        highest = max((min(len(each), MAX_SIGNS) for each in signs.values()), default=0)
        more = tuple((day.day, len(each) - MAX_SIGNS) for day, each in signs.items() if len(each) > MAX_SIGNS)
        bars = len(rows_of_bars(marks))
        height = tokens.SPACE_S + highest * self._sign_step() + bars * self._bar_step()
        return _Row(month, top, max(self.line + 6.0, height), marks, more)

    def _sign_step(self) -> float:
        return self.sign * 2 + 4

    def _bar_step(self) -> float:
        return self.sign + 3

    def _placed_in(self, row: _Row, step: float) -> list[PlacedMark]:
        placed = []
        left, size = self._label_width(), self.sign
        for day, signs in by_day(row.marks).items():
            middle = left + step * (day.day - 0.5)
            for number, mark in enumerate(signs[:MAX_SIGNS]):
                y = row.top + 4 + self._sign_step() * (number + 0.5)
                placed.append(PlacedMark(mark, QRectF(middle - size, y - size, 2 * size, 2 * size)))
        bars = rows_of_bars(row.marks)
        for number, together in enumerate(bars):
            y = row.top + row.height - 3 - self._bar_step() * (len(bars) - number - 0.5)
            for mark in together:
                begin, end = left + step * (mark.first.day - 1) + 1, left + step * mark.last.day - 1
                placed.append(PlacedMark(mark, QRectF(begin, y - size / 2, end - begin, size)))
        return placed

    def paint_ground(self, painter: QPainter) -> None:
        """Paint the numbers of the days, and of each month its name, its weekends and what is no day."""
        colours = theme.colours()
        left, step = self._label_width(), self._step(self.width())
        top = self._rows[0].top - self.line * 1.1 if self._rows else 0.0
        painter.setPen(QColor(colours.soft))
        for day in range(1, DAYS + 1):
            # In a narrow window there is room for every fifth number alone.
            if step > self.line * 1.1 or day == 1 or day % 5 == 0:
                area = QRectF(left + step * (day - 1) - 8, top, step + 16, self.line)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(day))
        for number, row in enumerate(self._rows):
            self._paint_row(painter, row, with_year=number == 0 or row.month.month == 1)

    def _paint_row(self, painter: QPainter, row: _Row, *, with_year: bool) -> None:
        colours = theme.colours()
        left, step = self._label_width(), self._step(self.width())
        for day in range(1, row.days + 1):
            if row.month.replace(day=day).weekday() >= SATURDAY:
                area = QRectF(left + step * (day - 1), row.top, step, row.height)
                painter.fillRect(area, QColor(colours.sunken))
        beyond = QRectF(left + step * row.days, row.top, step * (DAYS - row.days), row.height)
        painter.fillRect(beyond, QColor(colours.hair))
        painter.setPen(QColor(colours.soft))
        name = QRectF(2, row.top, left, row.height)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, tr_month(row.month, with_year=with_year))
        for day, more in row.more:
            area = QRectF(left + step * day - step, row.top + 4 + self._sign_step() * MAX_SIGNS - 3, step, self.line)
            painter.drawText(area, Qt.AlignmentFlag.AlignHCenter, f"+{more}")
        painter.setPen(QPen(QColor(colours.hair), 1))
        bottom = row.top + row.height
        painter.drawLine(QPointF(0, bottom), QPointF(left + step * DAYS, bottom))
