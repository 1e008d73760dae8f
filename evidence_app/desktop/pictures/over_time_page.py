"""Over time: the year as a calendar, each case on a line, and the workload, each on a tab of its own."""

from functools import cached_property
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.desktop.design.tabs_on_demand import TabsOnDemand
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

TABS: Final = {"year": "The year", "cases": "Cases", "workload": "Workload"}
"""The tabs, by the name of their page, and their titles."""


class OverTimePage(QWidget):
    """The tabs. `record_asked` gives a record's index, `snapshot_asked` asks for a new workload snapshot, `bundle_asked` gives a picture and a case."""

    record_asked = Signal(int)
    snapshot_asked = Signal()
    bundle_asked = Signal(str, str)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._scan = CachedScan(whole_period, runner.give_way)
        # What each tab shows, by its name.
        self._shown: dict[str, Period] = {}
        self.message = Message()
        self.message.give_way()
        self.tabs = TabsOnDemand(tr("Over time"), TABS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.message)
        column.addWidget(self.tabs)
        self.tabs.currentChanged.connect(lambda _: self.load())

    # The pages, created on first use

    @cached_property
    def year(self) -> PeriodPage:
        """The year as a calendar."""
        return self._put("year", PeriodPage(CalendarView(), "calendar"))

    @cached_property
    def cases(self) -> PeriodPage:
        """Each case on a line."""
        return self._put("cases", PeriodPage(CaseLines(), "cases"))

    @cached_property
    def workload(self) -> WorkloadPage:
        """The workload, with the events above it."""
        page = WorkloadPage(self._runner)
        page.record_asked.connect(self.record_asked)
        page.snapshot_asked.connect(self.snapshot_asked)
        return self.tabs.put("workload", page, scrolling(page))

    def _put(self, name: str, page: PeriodPage) -> PeriodPage:
        page.record_asked.connect(self.record_asked)
        page.bundle_asked.connect(self.bundle_asked)
        return self.tabs.put(name, page)

    def load(self) -> None:
        """Make the page of the current tab, if it was never looked at, and scan the log in the background for what it draws."""
        if self.tabs.current_name() == "workload":
            self.workload.load()
        self._runner.call_aside(self._scan, self._show, self.message.fault, owner=self, lane=Lane.OVERVIEW)

    def _show(self, period: Period) -> None:
        name = self.tabs.current_name()
        # CachedScan returns the same object while the store is unchanged: what was chosen on the drawing stays.
        if self._shown.get(name) is period:
            return
        self._shown[name] = period
        match name:
            case "year":
                self.year.show_period(period)
            case "cases":
                self.cases.show_period(Period(tuple(mark for mark in period.marks if mark.case)))
            case _:
                self.workload.chart.show_events(period)

    def wipe(self) -> None:
        """Clear everything that the tabs show, because the store is being locked."""
        self._scan.wipe()
        self._shown = {}
        for name in TABS:
            if name in self.__dict__:
                self.__dict__[name].wipe()
        self.message.say("")
