"""Workload: the snapshots over time with the line at 110 per cent, and what fell due in the same week."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.desktop.design import theme
from evidence_app.desktop.design.tables import fill, make_table
from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.domain.summary.workload import RED_LINE, Snapshot, Week, Workload
from evidence_app.proof.encoding.times import day_in_words
from evidence_app.services.records.cached_scan import CachedScan
from evidence_app.services.records.directory import whole_workload

COLUMNS: Final = ("When", "WMT", "Cases", "Due within 14 days", "How it was seen", "No.")
NOTHING: Final = (
    "No workload snapshot is sealed yet. Take one whenever the figure changes: what it was, and how you saw it."
)
MIN_DAYS: Final = 14
HEADROOM: Final = 1.15


class Chart(QWidget):
    """Bars for cases, diamonds for WMT per cent, the line at 110, and below small bars for what falls due in each week.

    The table beneath says the same in words and numbers.
    """

    def __init__(self) -> None:
        super().__init__()
        self._workload, self._most = Workload((), ()), RED_LINE * HEADROOM
        self.setAccessibleName(tr("Chart of the workload"))
        self.setMinimumHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Room for some lines of text and the chart."""
        return QSize(480, self.fontMetrics().lineSpacing() * 15)

    def show_workload(self, workload: Workload) -> None:
        """Draw these."""
        self._workload = workload
        self._most = max([each.percent or 0 for each in workload.snapshots] + [RED_LINE]) * HEADROOM
        self.setAccessibleDescription(workload.in_words())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chart in the colours in force."""
        snapshots, weeks = self._workload.snapshots, self._workload.weeks
        if not snapshots:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().lineSpacing()
        room = QRectF(12, line * 1.5, self.width() - 24, self.height() - line * 6)
        weeks_room = QRectF(12, room.bottom() + line * 1.5, room.width(), line * 2)
        span = _span(snapshots, weeks)
        self._cases(painter, room, span)
        self._red_line(painter, room)
        self._percents(painter, room, span)
        self._due(painter, weeks_room, span)
        painter.setPen(QColor(theme.colours().soft))
        painter.drawText(
            QPointF(12, line), tr("bars: cases     diamonds: WMT per cent     below: what falls due, by week")
        )
        painter.end()

    def _cases(self, painter: QPainter, room: QRectF, span: tuple[date, date]) -> None:
        most = max((each.cases or 0 for each in self._workload.snapshots), default=0) * 1.4
        for each in self._workload.snapshots:
            if each.cases and most:
                x, tall = _place(room, span, each.day), room.height() * each.cases / most
                painter.fillRect(QRectF(x - 6, room.bottom() - tall, 12, tall), QColor(theme.colours().line))
                painter.setPen(QColor(theme.colours().soft))
                painter.drawText(QPointF(x - 8, room.bottom() + self.fontMetrics().ascent() + 2), f"{each.cases:g}")

    def _level(self, room: QRectF, percent: float) -> float:
        return room.bottom() - room.height() * percent / self._most

    def _red_line(self, painter: QPainter, room: QRectF) -> None:
        y = self._level(room, RED_LINE)
        painter.setPen(QPen(QColor(theme.colours().warning), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        words = "110 %"
        painter.drawText(QPointF(room.right() - self.fontMetrics().horizontalAdvance(words), y - 3), words)

    def _percents(self, painter: QPainter, room: QRectF, span: tuple[date, date]) -> None:
        colours = theme.colours()
        before = -100.0
        for each in self._workload.snapshots:
            if each.percent is None:
                continue
            x, y = _place(room, span, each.day), self._level(room, each.percent)
            diamond = QPolygonF([QPointF(x, y - 6), QPointF(x + 6, y), QPointF(x, y + 6), QPointF(x - 6, y)])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawPolygon(diamond)
            words = f"{each.percent:g}"
            width = self.fontMetrics().horizontalAdvance(words)
            if x - before > width + 6:
                painter.setPen(QColor(colours.ink))
                painter.drawText(QPointF(min(x - width / 2, room.right() - width), y - 9), words)
                before = x

    def _due(self, painter: QPainter, room: QRectF, span: tuple[date, date]) -> None:
        most = max((len(week.things) for week in self._workload.weeks), default=0)
        painter.setPen(QPen(QColor(theme.colours().line), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        for week in self._workload.weeks:
            tall = room.height() * len(week.things) / most
            x = _place(room, span, week.monday)
            painter.fillRect(QRectF(x - 3, room.bottom() - tall, 6, tall), QColor(theme.colours().warning))
        painter.setPen(QColor(theme.colours().soft))
        baseline = room.bottom() + self.fontMetrics().ascent() + 3
        first, last = day_in_words(span[0]), day_in_words(span[1])
        painter.drawText(QPointF(room.left(), baseline), first)
        painter.drawText(QPointF(room.right() - self.fontMetrics().horizontalAdvance(last), baseline), last)


def _span(snapshots: Sequence[Snapshot], weeks: Sequence[Week]) -> tuple[date, date]:
    days = [each.day for each in snapshots] + [week.monday for week in weeks]
    return min(days), max(days)


def _place(room: QRectF, span: tuple[date, date], day: date) -> float:
    days = max((span[1] - span[0]).days, MIN_DAYS)
    return room.left() + 12 + (room.width() - 24) * (day - span[0]).days / days


class WorkloadPage(QWidget):
    """The chart, the same as a table, and the weeks in which most fell due."""

    record_asked = Signal(int)
    snapshot_asked = Signal()

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._overview = CachedScan(whole_workload, runner.give_way)
        self._records: list[int] = []
        self.message, self.words = Message(), label("")
        self.chart = Chart()
        self.snapshots = make_table(tr("Workload snapshots"), COLUMNS, (3, 4))
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
            self.chart,
            row(self.new, self.show_record, None),
            self.snapshots,
            label(tr("What falls due together"), "heading"),
            self.weeks,
        ):
            column.addWidget(part)
        self._shown: Workload | None = None
        self._show(Workload((), ()))

    def load(self) -> None:
        """Read the workload anew."""
        self._runner.call_aside(self._overview, self._show, self.message.fault, owner=self, lane=Lane.OVERVIEW)

    def _show(self, workload: Workload) -> None:
        if workload is self._shown:
            return
        self._shown = workload
        self.chart.show_workload(workload)
        self.words.setText(workload.in_words() if workload.snapshots else tr(NOTHING))
        latest = list(reversed(workload.snapshots))
        self._records = [each.record for each in latest]
        fill(self.snapshots, [_cells(each) for each in latest])
        crowded = sorted(workload.weeks, key=lambda week: (-len(week.things), week.monday))
        fill(
            self.weeks,
            [
                (day_in_words(week.monday), str(len(week.things)), "; ".join(what for _, what in week.things))
                for week in crowded
            ],
        )
        for part in (self.chart, self.snapshots, self.show_record):
            part.setVisible(bool(workload.snapshots))

    def _show_record(self) -> None:
        place = self.snapshots.currentRow()
        if 0 <= place < len(self._records):
            self.record_asked.emit(self._records[place])

    def wipe(self) -> None:
        """Take everything off the screen."""
        self._overview.wipe()
        self._show(Workload((), ()))
        self.words.clear()
        self.message.say("")


def _cells(each: Snapshot) -> tuple[str, ...]:
    percent = tr("not known") if each.percent is None else f"{each.percent:g} %{', above 110' if each.over else ''}"
    cases = "" if each.cases is None else f"{each.cases:g}"
    return day_in_words(each.day), percent, cases, each.due_in_words(), each.how_seen, str(each.record)
