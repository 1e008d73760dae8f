"""Editor for the days on which a person does not work: a list, and a form that adds a day, days, or a weekday."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidgetItem, QVBoxLayout, QWidget

from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.dialogs import FormDialog, spoken_or_nothing
from evidence_app.desktop.design.forms.day_field import DayField
from evidence_app.desktop.design.lists.tables import make_list
from evidence_app.desktop.design.widgets import WordChoices, button, row
from evidence_app.desktop.system.language import tr, tr_day, tr_weekday
from evidence_app.domain.settings import Setting
from evidence_app.domain.time.non_working_days import FreeDays, read_free_days
from evidence_app.domain.time.spoken_times import WEEKDAYS
from evidence_app.errors import InputError

VALUE = Qt.ItemDataRole.UserRole
"""Item role with a value as the setting has it."""
EVERY_DAY = "every day"
MAX_LINES_SHOWN = 6


class FreeDaysSetting(QWidget):
    """List of free days, with a form for another."""

    edited = Signal()

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.items = make_list(tr(setting.label))
        self.add = button(tr("Add days…"), self._ask)
        self.remove = button(tr("Remove"), self._remove)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.items)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_XS)
        column.addWidget(self.items)
        column.addWidget(row(self.add, self.remove, None))
        self.setFocusProxy(self.items)
        self._fit()

    def show_value(self, value: object) -> None:
        """Show the values of a list."""
        self.items.clear()
        for text in value if isinstance(value, tuple) else ():
            self._append(str(text))
        self._fit()
        self.edited.emit()

    def values(self) -> list[str]:
        """Return the values, as the setting has them."""
        return [str(self.items.item(number).data(VALUE)) for number in range(self.items.count())]

    def add_days(self, text: str) -> None:
        """Append a value."""
        self._append(text)
        self.items.setCurrentRow(self.items.count() - 1)
        self._fit()
        self.edited.emit()

    def _append(self, text: str) -> None:
        try:
            words = _in_words(read_free_days(text))
        except InputError:
            # What cannot be read is shown as it stands: saving names it.
            words = text
        item = QListWidgetItem(words)
        item.setData(VALUE, text)
        self.items.addItem(item)

    def _ask(self) -> None:
        form = NewFreeDays(self)
        form.accepted.connect(lambda: self.add_days(form.value()))
        form.finished.connect(form.deleteLater)
        form.open()

    def _remove(self) -> None:
        number = self.items.currentRow()
        if number >= 0:
            self.items.takeItem(number)
            self._fit()
            self.edited.emit()

    def _fit(self) -> None:
        lines = min(MAX_LINES_SHOWN, max(1, self.items.count()))
        self.items.setFixedHeight((self.fontMetrics().lineSpacing() + 2 * tokens.SPACE_S + 6) * lines + tokens.SPACE_S)
        self.remove.setEnabled(self.items.count() > 0)


class NewFreeDays(FormDialog):
    """Form for a day, days, or one weekday of a time."""

    def __init__(self, parent: QWidget) -> None:
        self.first = DayField(tr("4 August 2025; for a weekday empty where it was always so"))
        self.last = DayField(tr("empty for one day, or for a weekday until further notice"))
        self.only = WordChoices((EVERY_DAY, *(each.capitalize() for each in WEEKDAYS)), tr("Only on"))
        for number in range(len(WEEKDAYS)):
            self.only.setItemText(number + 1, tr_weekday(number))
        fields: dict[str, QWidget] = {"From": self.first, "To": self.last, "Only on": self.only}
        super().__init__(parent, tr("Days on which I do not work"), fields, tr("Add"), self._error)

    def value(self) -> str:
        """Return the days as the setting has them.

        Raises:
            InputError: a day cannot be read, the last is before the first, or there is none.
        """
        first, last = (spoken_or_nothing(each.text()) for each in (self.first, self.last))
        if self.only.value() == EVERY_DAY:
            if not first:
                raise InputError("Say the day, or the first of several.")
            text = f"{first} to {last}" if last and last != first else first
        else:
            text = self.only.value()
            text += f" from {first}" if first else ""
            text += f" to {last}" if last else ""
        read_free_days(text)
        return text

    def _error(self) -> str:
        try:
            self.value()
        except InputError as error:
            return error.sentence
        return ""


def _in_words(days: FreeDays) -> str:
    """Return free days in a sentence."""
    if days.weekday is None:
        return tr_day(days.first) if days.first == days.last else tr("{} to {}", days.first, days.last)
    weekday, begins, ends = tr_weekday(days.weekday), days.first != date.min, days.last != date.max
    if begins and ends:
        return tr("every {} from {} to {}", weekday, days.first, days.last)
    if begins:
        return tr("every {} from {}", weekday, days.first)
    return tr("every {} to {}", weekday, days.last) if ends else tr("every {}", weekday)
