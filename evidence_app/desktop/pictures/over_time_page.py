"""Over time: the year as a calendar, each case on a line, and the workload, each on a tab of its own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import Message, scrolling
from evidence_app.desktop.pictures.calendar_view import CalendarView
from evidence_app.desktop.pictures.case_lines import CaseLines
from evidence_app.desktop.pictures.period_page import PeriodPage
from evidence_app.desktop.pictures.workload_page import WorkloadPage
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.domain.summary.period import Period
from evidence_app.services.records.cached_scan import CachedScan
from evidence_app.services.records.period import whole_period


class OverTimePage(QWidget):
    """The tabs. `record_asked` gives a record's index, `snapshot_asked` asks for a new workload snapshot, `bundle_asked` gives a picture and a case."""

    record_asked = Signal(int)
    snapshot_asked = Signal()
    bundle_asked = Signal(str, str)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._scan = CachedScan(whole_period, runner.give_way)
        self._shown: Period | None = None
        self.message = Message()
        self.message.give_way()
        self.year = PeriodPage(CalendarView(), "calendar")
        self.cases = PeriodPage(CaseLines(), "cases")
        self.workload = WorkloadPage(runner)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Over time"))
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.year, tr("The year"))
        self.tabs.addTab(self.cases, tr("Cases"))
        self.tabs.addTab(scrolling(self.workload), tr("Workload"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.message)
        column.addWidget(self.tabs)
        for page in (self.year, self.cases):
            page.bundle_asked.connect(self.bundle_asked)
        for source in (self.year, self.cases, self.workload):
            source.record_asked.connect(self.record_asked)
        self.workload.snapshot_asked.connect(self.snapshot_asked)

    def load(self) -> None:
        """Scan the log for what is drawn, in the background."""
        self._runner.call_aside(self._scan, self._show, self.message.fault, owner=self, lane=Lane.OVERVIEW)
        self.workload.load()

    def _show(self, period: Period) -> None:
        # CachedScan returns the same object while the store is unchanged: what was chosen on the drawing stays.
        if period is not self._shown:
            self._shown = period
            self.year.show_period(period)
            self.workload.chart.show_events(period)
            self.cases.show_period(Period(tuple(mark for mark in period.marks if mark.case)))

    def wipe(self) -> None:
        """Clear everything that the tabs show, because the store is being locked."""
        self._scan.wipe()
        self._shown = None
        for page in (self.year, self.cases, self.workload):
            page.wipe()
        self.message.say("")
