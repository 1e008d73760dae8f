"""Workload page: snapshots over time, with the limit of 110 per cent, and the weeks in which most fell due."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.desktop.design import theme
from evidence_app.desktop.design.lists.tables import fill, make_table
from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.pictures.figure_lines import FigureLines
from evidence_app.desktop.pictures.period_drawing import paint_mark
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr, tr_day, tr_value
from evidence_app.domain.summary.period import Mark, MarkSort, Period
from evidence_app.domain.summary.workload import RED_LINE, Snapshot, Week, Workload
from evidence_app.services.records.cached_scan import CachedScan
from evidence_app.services.records.directory import whole_workload

COLUMNS: Final = ("When", "Cases", "What they are made of", "Due within 14 days", "WMT", "How it was seen", "No.")
NOTHING: Final = (
    "No workload snapshot is sealed yet. Take one whenever the figure changes: what it was, and how you saw it."
)
MIN_DAYS: Final = 14
"""Shortest span of the time axis, in days, so that a few snapshots do not spread over the whole width."""
EVENTS: Final = frozenset({MarkSort.INSTRUCTION, MarkSort.RAISED, MarkSort.INCIDENT})
"""What stands above the chart."""
HEADROOM: Final = 1.15
"""Factor from the largest percentage to the top of the axis."""


class Chart(QWidget):
    """Bars for cases, and below small bars for what falls due in each week. Where a tool gave percentages, diamonds for them and a line at 110 per cent.

    The tables on the page give the same data in words and numbers, so nothing depends on seeing the chart.
    """

    def __init__(self) -> None:
        super().__init__()
        self._workload, self._axis_top = Workload((), ()), RED_LINE * HEADROOM
        self._events: tuple[Mark, ...] = ()
        self.setAccessibleName(tr("Chart of the workload"))
        self.setMinimumHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Return the preferred size, in pixels: high enough for the chart and its captions."""
        return QSize(480, self.fontMetrics().lineSpacing() * 17)

    @property
    def _measured(self) -> bool:
        """Whether a measurement tool gave any percentage."""
        return any(each.percent is not None for each in self._workload.snapshots)

    def show_workload(self, workload: Workload) -> None:
        """Show a workload."""
        self._workload = workload
        self._axis_top = max([each.percent or 0 for each in workload.snapshots] + [RED_LINE]) * HEADROOM
        self.setAccessibleDescription(tr_value(workload.in_words()))
        self.update()

    def show_events(self, period: Period) -> None:
        """Draw above the chart what was instructed, raised and happened in its time; `The year` has the same as a table."""
        self._events = tuple(mark for mark in period.marks if mark.sort in EVENTS and not mark.lasts)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chart in the colours of the current theme."""
        snapshots, weeks = self._workload.snapshots, self._workload.weeks
        if not snapshots:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line_height = self.fontMetrics().lineSpacing()
        plot_area = QRectF(12, line_height * 2, self.width() - 24, self.height() - line_height * 6.5)
        weeks_area = QRectF(12, plot_area.bottom() + line_height * 1.5, plot_area.width(), line_height * 2)
        span = _span(snapshots, weeks)
        self._draw_events(painter, plot_area, span)
        self._draw_cases(painter, plot_area, span)
        if self._measured:
            self._draw_red_line(painter, plot_area)
        self._draw_percents(painter, plot_area, span)
        self._draw_due(painter, weeks_area, span)
        painter.end()

    def legend(self) -> str:
        """Return what the signs of the chart mean."""
        return "     ".join(
            [
                tr("bars: cases"),
                *([tr("diamonds: WMT per cent")] if self._measured else []),
                tr("above: what was told, raised, happened"),
                tr("below: what falls due, by week"),
            ]
        )

    def _draw_events(self, painter: QPainter, plot_area: QRectF, span: tuple[date, date]) -> None:
        """Draw the signs of events in a row above the plot, each with a thin line down to it."""
        size, middle = self.fontMetrics().lineSpacing() / 4, plot_area.top() - self.fontMetrics().lineSpacing() * 0.9
        for mark in self._events:
            if span[0] <= mark.first <= span[1]:
                x = _x_of(plot_area, span, mark.first)
                painter.setPen(QPen(QColor(theme.colours().hair), 1))
                painter.drawLine(QPointF(x, middle), QPointF(x, plot_area.bottom()))
                paint_mark(painter, mark, QRectF(x - size, middle - size, 2 * size, 2 * size))

    def _draw_cases(self, painter: QPainter, plot_area: QRectF, span: tuple[date, date]) -> None:
        # Cases have their own scale, with the tallest bar at 1 / 1.4 of the height.
        max_cases = max((snapshot.cases or 0 for snapshot in self._workload.snapshots), default=0) * 1.4
        for snapshot in self._workload.snapshots:
            if snapshot.cases and max_cases:
                x, bar_height = _x_of(plot_area, span, snapshot.day), plot_area.height() * snapshot.cases / max_cases
                painter.fillRect(
                    QRectF(x - 6, plot_area.bottom() - bar_height, 12, bar_height), QColor(theme.colours().line)
                )
                painter.setPen(QColor(theme.colours().soft))
                painter.drawText(
                    QPointF(x - 8, plot_area.bottom() + self.fontMetrics().ascent() + 2), f"{snapshot.cases:g}"
                )

    def _y_of(self, plot_area: QRectF, percent: float) -> float:
        return plot_area.bottom() - plot_area.height() * percent / self._axis_top

    def _draw_red_line(self, painter: QPainter, plot_area: QRectF) -> None:
        # On the middle of a row of pixels it is as dark as it is meant to be.
        y = int(self._y_of(plot_area, RED_LINE)) + 0.5
        painter.setPen(QPen(QColor(theme.colours().warning), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot_area.left(), y), QPointF(plot_area.right(), y))
        words = "110 %"
        painter.drawText(QPointF(plot_area.right() - self.fontMetrics().horizontalAdvance(words), y - 3), words)

    def _draw_percents(self, painter: QPainter, plot_area: QRectF, span: tuple[date, date]) -> None:
        colours = theme.colours()
        last_label_x = -100.0
        for snapshot in self._workload.snapshots:
            if snapshot.percent is None:
                continue
            x, y = _x_of(plot_area, span, snapshot.day), self._y_of(plot_area, snapshot.percent)
            diamond = QPolygonF([QPointF(x, y - 6), QPointF(x + 6, y), QPointF(x, y + 6), QPointF(x - 6, y)])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawPolygon(diamond)
            words = f"{snapshot.percent:g}"
            width = self.fontMetrics().horizontalAdvance(words)
            # A label that would overlap the one before it is omitted; the table has the number.
            if x - last_label_x > width + 6:
                text_x, text_y = min(x - width / 2, plot_area.right() - width), y - 9
                # Behind a number the lines are wiped away: it would be struck through by that of the limit.
                height = self.fontMetrics().ascent()
                painter.fillRect(QRectF(text_x - 2, text_y - height, width + 4, height + 3), QColor(colours.ground))
                painter.setPen(QColor(colours.ink))
                painter.drawText(QPointF(text_x, text_y), words)
                last_label_x = x

    def _draw_due(self, painter: QPainter, weeks_area: QRectF, span: tuple[date, date]) -> None:
        max_due = max((len(week.things) for week in self._workload.weeks), default=0)
        painter.setPen(QPen(QColor(theme.colours().line), 1))
        painter.drawLine(weeks_area.bottomLeft(), weeks_area.bottomRight())
        for week in self._workload.weeks:
            bar_height = weeks_area.height() * len(week.things) / max_due
            x = _x_of(weeks_area, span, week.monday)
            painter.fillRect(
                QRectF(x - 3, weeks_area.bottom() - bar_height, 6, bar_height), QColor(theme.colours().warning)
            )
        painter.setPen(QColor(theme.colours().soft))
        baseline = weeks_area.bottom() + self.fontMetrics().ascent() + 3
        first, last = tr_day(span[0]), tr_day(span[1])
        painter.drawText(QPointF(weeks_area.left(), baseline), first)
        painter.drawText(QPointF(weeks_area.right() - self.fontMetrics().horizontalAdvance(last), baseline), last)


def _span(snapshots: Sequence[Snapshot], weeks: Sequence[Week]) -> tuple[date, date]:
    days = [each.day for each in snapshots] + [week.monday for week in weeks]
    return min(days), max(days)


def _x_of(plot_area: QRectF, span: tuple[date, date], day: date) -> float:
    """Return the horizontal position of a day, in pixels; 12 pixels stay free at either end."""
    days = max((span[1] - span[0]).days, MIN_DAYS)
    return plot_area.left() + 12 + (plot_area.width() - 24) * (day - span[0]).days / days


class WorkloadPage(QWidget):
    """Chart, table of snapshots, and table of weeks. `record_asked` gives a record's index; `snapshot_asked` asks for a new one."""

    record_asked = Signal(int)
    snapshot_asked = Signal()

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._scan = CachedScan(whole_workload, runner.give_way)
        self._records: list[int] = []
        self.message, self.words, self.legend = Message(), label(""), label("", "soft")
        self.chart, self.figures = Chart(), FigureLines()
        self.snapshots = make_table(tr("Workload snapshots"), COLUMNS, (2, 3, 5))
        self.weeks = make_table(tr("What falls due together"), ("Week from", "Things", "What falls due in it"), (2,))
        self.snapshots.itemActivated.connect(lambda _: self._show_record())
        self.new = button(tr("New snapshot…"), self.snapshot_asked.emit, main=True)
        self.show_record = button(tr("Show the record"), self._show_record)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 12)
        column.setSpacing(8)
        for part in (
            label(tr("Workload"), "title"),
            self.message,
            self.words,
            self.legend,
            self.chart,
            self.figures,
            row(self.new, self.show_record, None),
            self.snapshots,
            label(tr("What falls due together"), "heading"),
            self.weeks,
        ):
            column.addWidget(part)
        self._shown: Workload | None = None
        self._show(Workload((), ()))
        # Nothing is known before the first scan: that there is nothing must not be said yet.
        self.words.clear()

    def load(self) -> None:
        """Scan the log for the workload, in the background."""
        self._runner.call_aside(self._scan, self._show, self.message.fault, owner=self, lane=Lane.OVERVIEW)

    def _show(self, workload: Workload) -> None:
        # CachedScan returns the same object while the store is unchanged.
        if workload is self._shown:
            return
        self._shown = workload
        self.chart.show_workload(workload)
        self.legend.setText(self.chart.legend())
        self.figures.show_workload(workload)
        self.words.setText(tr_value(workload.in_words()) if workload.snapshots else tr(NOTHING))
        latest = list(reversed(workload.snapshots))
        self._records = [each.record for each in latest]
        fill(self.snapshots, [_cells(each) for each in latest])
        crowded = sorted(workload.weeks, key=lambda week: (-len(week.things), week.monday))
        fill(
            self.weeks,
            [
                (tr_day(week.monday), str(len(week.things)), "; ".join(tr_value(what) for _, what in week.things))
                for week in crowded
            ],
        )
        for part in (self.legend, self.chart, self.snapshots, self.show_record):
            part.setVisible(bool(workload.snapshots))

    def _show_record(self) -> None:
        row_number = self.snapshots.currentRow()
        if 0 <= row_number < len(self._records):
            self.record_asked.emit(self._records[row_number])

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self._scan.wipe()
        self.chart.show_events(Period())
        self._show(Workload((), ()))
        self.words.clear()
        self.message.say("")


def _cells(snapshot: Snapshot) -> tuple[str, ...]:
    percent = (
        "" if snapshot.percent is None else tr("{:g} %, above 110" if snapshot.over else "{:g} %", snapshot.percent)
    )
    cases = "" if snapshot.cases is None else f"{snapshot.cases:g}"
    return (
        tr_day(snapshot.day),
        cases,
        tr_value(snapshot.made_of),
        tr_value(snapshot.due_in_words()),
        percent,
        snapshot.how_seen,
        str(snapshot.record),
    )
