"""Page with one drawing of a period, the choice of case and time, and the table that says the same."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.lists.tables import fill, make_table
from evidence_app.desktop.design.widgets import Choices, button, label, row, scrolling
from evidence_app.desktop.pictures.period_drawing import PeriodDrawing, days_of
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.domain.record.records import RecordRef
from evidence_app.domain.summary.period import Mark, Period

COLUMNS: Final = ("When", "Sort", "What", "Case", "No.")
MAX_ROWS: Final = 2_000
"""Marks that the table lists, the first in time."""
NOTHING: Final = (
    "Nothing to draw yet. Instructions, decisions, concerns, answers, meetings and mails stand here on their days."
)
LAST_YEAR: Final = "The last twelve months"
ALL: Final = "All of it"
"""The choices of time that are no calendar year."""


class PeriodPage(QWidget):
    """A drawing with its table. `record_asked` gives a record's index, `bundle_asked` the picture and the case that a bundle is to have."""

    record_asked = Signal(int)
    bundle_asked = Signal(str, str)

    def __init__(self, drawing: PeriodDrawing, picture: str) -> None:
        super().__init__()
        self._whole, self._listed = Period(), tuple[Mark, ...]()
        self.drawing, self.picture = drawing, picture
        self.case, self.time = Choices(name=tr("Case")), Choices(name=tr("Time"))
        for choice in (self.case, self.time):
            choice.setSizeAdjustPolicy(Choices.SizeAdjustPolicy.AdjustToContents)
        self.words = label("", "soft")
        self.table = make_table(tr("The same as a table"), COLUMNS, (2,))
        self.show_record = button(tr("Show the record"), self._show_record)
        self.to_bundle = button(tr("Put it in a bundle…"), self._ask_bundle)
        self.area = scrolling(drawing)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_XL, tokens.SPACE_L, tokens.SPACE_XL, tokens.SPACE_M)
        column.setSpacing(tokens.SPACE_S)
        case_label, time_label = label(tr("Case"), "label", wrap=False), label(tr("Time"), "label", wrap=False)
        case_label.setBuddy(self.case)
        time_label.setBuddy(self.time)
        column.addWidget(row(case_label, self.case, time_label, self.time, None))
        column.addWidget(self.words)
        column.addWidget(self.area, 3)
        column.addWidget(self.table, 2)
        column.addWidget(row(self.show_record, self.to_bundle, None))
        for choice in (self.case, self.time):
            choice.currentIndexChanged.connect(lambda _: self._draw())
        drawing.chosen.connect(self._select_row)
        drawing.asked.connect(self._ask_record)
        self.table.currentCellChanged.connect(lambda *_: self._mark_chosen())
        self.table.itemActivated.connect(lambda _: self._show_record())
        self.show_period(Period())

    def show_period(self, period: Period) -> None:
        """Show a period; the case and the time that were chosen stay, as far as it has them."""
        self._whole = period
        years = sorted({day.year for mark in period.marks for day in (mark.first, mark.last)}, reverse=True)
        _offer(self.case, [(tr("All cases"), ""), *((case, case) for case in period.cases())])
        _offer(self.time, [(tr(LAST_YEAR), LAST_YEAR), *((str(year), str(year)) for year in years), (tr(ALL), ALL)])
        self._draw()

    def _draw(self) -> None:
        case, time = str(self.case.currentData() or ""), str(self.time.currentData() or LAST_YEAR)
        period = self._whole.of_case(case) if case else self._whole
        if period.marks and time == LAST_YEAR:
            period = period.between(_a_year_before(period.last), period.last)
        elif period.marks and time != ALL:
            period = period.between(date(int(time), 1, 1), date(int(time), 12, 31))
        self.drawing.show_period(period)
        # A drawing of few rows leaves its room to the table.
        self.area.setMaximumHeight(self.drawing.sizeHint().height() + tokens.SPACE_S)
        self._listed = period.marks[:MAX_ROWS]
        left = len(period.marks) - len(self._listed)
        more = f" {tr('The first {} are in the table.', MAX_ROWS)}" if left else ""
        self.words.setText(f"{tr_value(period.in_words())}{more}" if period.marks else tr(NOTHING))
        self.table.blockSignals(True)
        fill(self.table, [_cells(mark) for mark in self._listed])
        self.table.blockSignals(False)
        for part in (self.area, self.table, self.show_record, self.to_bundle):
            part.setVisible(bool(period.marks) or bool(self._whole.marks))

    def _select_row(self, mark: Mark) -> None:
        # A silence or a gap that goes over the end of a month is drawn in parts: its row is that of the whole.
        rows = [number for number, each in enumerate(self._listed) if _is_part(mark, each)]
        if rows:
            self.table.blockSignals(True)
            self.table.selectRow(rows[0])
            self.table.blockSignals(False)

    def _mark_chosen(self) -> None:
        mark = self._selected()
        if mark is not None:
            drawn = [each.mark for each in self.drawing.placed if _is_part(each.mark, mark)]
            self.drawing.choose_mark(drawn[0] if drawn else mark)

    def _selected(self) -> Mark | None:
        number = self.table.currentRow()
        return self._listed[number] if 0 <= number < len(self._listed) else None

    def _show_record(self) -> None:
        mark = self._selected()
        if mark is not None:
            self._ask_record(mark)

    def _ask_record(self, mark: Mark) -> None:
        if not isinstance(mark.record, RecordRef):
            self.record_asked.emit(mark.record)

    def _ask_bundle(self) -> None:
        self.bundle_asked.emit(self.picture, str(self.case.currentData() or ""))

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self.show_period(Period())
        self.words.clear()


def _offer(choices: Choices, offered: Sequence[tuple[str, str]]) -> None:
    """Offer some words with what each stands for; what was chosen stays chosen."""
    chosen = choices.currentData()
    choices.blockSignals(True)
    choices.clear()
    for words, value in offered:
        choices.addItem(words, value)
    choices.setCurrentIndex(max(0, choices.findData(chosen)))
    choices.blockSignals(False)


def _a_year_before(last: date) -> date:
    """Return the first day of the month eleven months before that of a day: twelve months are shown, whole."""
    return date(last.year - 1, last.month + 1, 1) if last.month < 12 else date(last.year, 1, 1)


def _is_part(part: Mark, whole: Mark) -> bool:
    same = (part.record, part.sort) == (whole.record, whole.sort)
    return same and whole.first <= part.first and part.last <= whole.last


def _cells(mark: Mark) -> tuple[str, ...]:
    return days_of(mark), tr_value(mark.sort.value), tr_value(mark.words), mark.case, str(mark.record)
