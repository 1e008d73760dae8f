"""What the load was made of, over time: each figure on a line of its own, as bars with their numbers."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidence_app.desktop.design import theme, tokens
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.domain.summary.load_figures import CASES, FigureOverTime
from evidence_app.domain.summary.workload import Workload

BAR_WIDTH: Final = 5
MAX_LABEL_SHARE: Final = 0.4
"""Largest share of the width that the labels take."""
MIN_DAYS: Final = 14


class FigureLines(QWidget):
    """One line for each figure that any snapshot says. The table of snapshots has the same numbers in words."""

    def __init__(self) -> None:
        super().__init__()
        self._figures: Sequence[FigureOverTime] = ()
        self._days: Sequence[date] = ()
        self.setAccessibleName(tr("What the load was made of"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_workload(self, workload: Workload) -> None:
        """Show the figures of a workload besides the number of cases, which the chart has."""
        self._figures = [each for each in workload.over_time() if each.figure is not CASES]
        self._days = [each.day for each in workload.snapshots]
        self.setAccessibleDescription("; ".join(tr_value(each.in_words()) for each in self._figures))
        self.setVisible(bool(self._figures))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the preferred size, in pixels: a line of text and some room for each figure."""
        return QSize(480, round(self._line_height() * len(self._figures)) + tokens.SPACE_S)

    def minimumSizeHint(self) -> QSize:
        """Return the least size: all lines are always shown whole."""
        return QSize(200, self.sizeHint().height())

    def _line_height(self) -> float:
        return self.fontMetrics().lineSpacing() * 1.5

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines in the colours of the current theme."""
        if not self._figures:
            return
        painter = QPainter(self)
        metrics, height = painter.fontMetrics(), self._line_height()
        labels = [tr_value(each.figure.label) for each in self._figures]
        widest = max(metrics.horizontalAdvance(each) for each in labels)
        label_width = min(widest, self.width() * MAX_LABEL_SHARE)
        left = 12 + label_width + tokens.SPACE_M
        for number, (figure, words) in enumerate(zip(self._figures, labels, strict=True)):
            area = QRectF(left, height * number, self.width() - left - 12, height)
            painter.setPen(QColor(theme.colours().ink))
            elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, round(label_width))
            painter.drawText(QRectF(12, area.top(), label_width, height), Qt.AlignmentFlag.AlignVCenter, elided)
            self._draw_figure(painter, area, figure)
        painter.end()

    def _draw_figure(self, painter: QPainter, area: QRectF, figure: FigureOverTime) -> None:
        """Draw the bars of one figure, each as high as its share of the highest, with the numbers that have room."""
        colours, metrics = theme.colours(), painter.fontMetrics()
        painter.setPen(QPen(QColor(colours.hair), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        days = max((self._days[-1] - self._days[0]).days, MIN_DAYS)
        room = area.width() - metrics.horizontalAdvance("0000") - BAR_WIDTH
        places = [area.left() + room * (self._days[place] - self._days[0]).days / days for place, _ in figure.values]
        # A number that would run into the next bar is left out: the table has it.
        nexts = [*places[1:], area.right() + BAR_WIDTH]
        for x, next_x, (_, value) in zip(places, nexts, figure.values, strict=True):
            bar = (area.height() - 4) * value / figure.highest if figure.highest else 0.0
            bar = max(bar, 1.0)
            painter.fillRect(QRectF(x, area.bottom() - bar, BAR_WIDTH, bar), QColor(colours.accent))
            words = f"{value:g}"
            if x + BAR_WIDTH + 4 + metrics.horizontalAdvance(words) <= next_x:
                painter.setPen(QColor(colours.soft))
                baseline = area.center().y() + metrics.ascent() / 2 - 1
                painter.drawText(QPointF(x + BAR_WIDTH + 3, baseline), words)
