"""Form dialogs, the confirmation dialog, and helpers for their fields."""

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
"""Widgets of a form, by the English text of their labels."""


class FormDialog(QDialog):
    """Dialog with labelled fields and one button. `take` validates them and returns an error sentence, or "" (it must not raise)."""

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
        """Reopen the form with its content unchanged, and show an error."""
        self.message.fault(why)
        self.open()

    def _ok(self) -> None:
        wrong = self._take()
        if wrong:
            self.message.fault(wrong)
        else:
            self.accept()


def line(limit: int, text: str = "") -> QLineEdit:
    """Return a line edit for at most `limit` characters."""
    field = QLineEdit(text)
    field.setMaxLength(limit)
    return field


def plain(widget: QLineEdit) -> str:
    """Return the text of a line edit for storage: folded, with single spaces and no invisible characters."""
    return " ".join(fold(widget.text()).text.split())


class Sure(FormDialog):
    """Confirmation dialog for an action that cannot be undone: a sentence and one button beside Cancel."""

    def __init__(self, parent: QWidget, title: str, sentence: str, words: str) -> None:
        super().__init__(parent, title, {}, words, lambda: "")
        self.message.say(sentence)


def spoken_or_nothing(text: str) -> str:
    """Return the day that a text names, as YYYY-MM-DD in Europe/London; "" for an empty text.

    Raises:
        InputError: the text names no day.
    """
    return spoken_day(text, london_day(SystemClock().now())).isoformat() if text.strip() else ""
