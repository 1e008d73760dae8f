"""Field for a day: typed in words, or chosen from a calendar."""

from datetime import UTC, date, datetime

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton, QVBoxLayout, QWidget

from evidence_app.desktop.design import theme, tokens
from evidence_app.desktop.system.language import in_force, tr
from evidence_app.domain.time.spoken_times import spoken_day
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError


class DayField(QLineEdit):
    """A line for a day in words, with a button (or Alt and the down arrow) that opens a calendar."""

    def __init__(self, placeholder: str = "", *, ahead: bool = False) -> None:
        """Make an empty field. `ahead` reads a day without a year as one to come (`spoken_day`)."""
        super().__init__()
        self._ahead = ahead
        self.setPlaceholderText(placeholder)
        self._popup: _CalendarPopup | None = None
        self.open = QAction(theme.icon("calendar"), tr("Choose from a calendar"), self)
        self.open.setShortcut(QKeySequence("Alt+Down"))
        self.open.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.open.triggered.connect(self._open)
        self.addAction(self.open, QLineEdit.ActionPosition.TrailingPosition)
        self.setToolTip(tr("A day in words, or Alt and the down arrow for a calendar"))

    def show_day(self, day: date) -> None:
        """Show a day, in the words in which one is typed."""
        self.setText(f"{day.day} {day:%B %Y}")

    def _open(self) -> None:
        today = london_day(datetime.now(UTC))
        try:
            day = spoken_day(self.text(), today, ahead=self._ahead) if self.text().strip() else today
        except InputError:
            day = today
        self._popup = _CalendarPopup(self, day)
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup.show()
        self._popup.calendar.setFocus()


class _CalendarPopup(QWidget):
    """The calendar below a field. Enter and a click choose, Escape leaves."""

    def __init__(self, field: DayField, day: date) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._field = field
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(tr("Calendar"))
        self.calendar.setLocale(QLocale(in_force() if in_force() != "en" else "en_GB"))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        # Wide enough for the short name of each day.
        self.calendar.setMinimumWidth(self.fontMetrics().averageCharWidth() * 50)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for name, sign, words in (
            ("qt_calendar_prevmonth", "‹", tr("Previous month")),
            ("qt_calendar_nextmonth", "›", tr("Next month")),
        ):
            # Qt's own arrows are black in every theme.
            turn = self.calendar.findChild(QToolButton, name)
            if turn is not None:
                turn.setIcon(QIcon())
                turn.setText(sign)
                turn.setAccessibleName(words)
        plain = QTextCharFormat()
        plain.setForeground(self.palette().text())
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            # Qt draws them red, which is for what failed.
            self.calendar.setWeekdayTextFormat(weekend, plain)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_XS, tokens.SPACE_XS, tokens.SPACE_XS, tokens.SPACE_XS)
        column.addWidget(self.calendar)

    def _take(self, chosen: QDate) -> None:
        self._field.show_day(date(chosen.year(), chosen.month(), chosen.day()))
        self._field.setFocus()
        self.close()
