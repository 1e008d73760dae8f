"""What small forms have in common, and the question before something is gone."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.system.language import tr
from evidence_app.domain.text.folding import fold
from evidence_app.domain.time.spoken_times import spoken_day
from evidence_app.domain.time.times import london_day
from evidence_app.services.core.session import SystemClock

Fields = Mapping[str, QWidget]


class FormDialog(QDialog):
    """A few named fields and one button. `take` reads them, and raises nothing: it returns what is wrong, or nothing."""

    def __init__(self, parent: QWidget, title: str, fields: Fields, words: str, take: Callable[[], str]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self._take = take
        self.message = Message()
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name, widget in fields.items():
            widget.setAccessibleName(tr(name))
            form.addRow(label(tr(name), "label"), widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        column.setSpacing(10)
        column.addWidget(label(title, "title"))
        column.addLayout(form)
        column.addWidget(self.message)
        self.ok = button(words, self._ok, main=True)
        column.addWidget(row(None, button(tr("Cancel"), self.reject), self.ok))
        lock = getattr(parent.window(), "lock", None)
        if callable(lock):
            QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(lambda: lock())

    def ask_again(self, why: str) -> None:
        """Show the form again, with what was typed in it and what was wrong."""
        self.message.fault(why)
        self.open()

    def _ok(self) -> None:
        wrong = self._take()
        if wrong:
            self.message.fault(wrong)
        else:
            self.accept()


def line(limit: int, text: str = "") -> QLineEdit:
    """Return a line for so many characters."""
    made = QLineEdit(text)
    made.setMaxLength(limit)
    return made


def plain(widget: QLineEdit) -> str:
    """Return the words of a line as they can be kept: single spaces, and no marks that are not seen."""
    return " ".join(fold(widget.text()).text.split())


class Sure(FormDialog):
    """Ask before something is gone."""

    def __init__(self, parent: QWidget, title: str, sentence: str, words: str) -> None:
        super().__init__(parent, title, {}, words, lambda: "")
        self.message.say(sentence)


def spoken_or_nothing(text: str) -> str:
    """Return the day that a text names, spelled, or nothing where there is no text.

    Raises:
        InputError: it names no day.
    """
    return spoken_day(text, london_day(SystemClock().now())).isoformat() if text.strip() else ""
