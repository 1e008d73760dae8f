"""Fields and dialog for a new passphrase, with an estimate of its strength."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from evidence_app.desktop.design import theme, tokens
from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.system.language import tr

ADVICE = "Four or more words that only you would put together. Nobody can reset it."


class SecretField(QLineEdit):
    """Field for a passphrase, with a button that shows what is typed. `caps_lock` tells whether Caps Lock seems to be on.

    The input method is asked not to store or predict its text.
    """

    caps_lock = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.eye = QAction(self)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show_text)
        self.addAction(self.eye, QLineEdit.ActionPosition.TrailingPosition)
        self._show_text(False)

    def hide_text(self) -> None:
        """Empty the field, and show dots again for what will be typed."""
        self.clear()
        self.eye.setChecked(False)

    def _show_text(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.setIcon(theme.icon("eye-off" if shown else "eye"))
        self.eye.setText(tr("Hide what is typed") if shown else tr("Show what is typed"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Notice Caps Lock: a letter that comes as a capital without Shift, or small with it. Qt does not tell its state."""
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.upper() != letter.lower():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(letter.isupper() != shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock.emit(False)
        super().keyPressEvent(event)


def caps_hint(field: SecretField) -> QLabel:
    """Return a line that says when Caps Lock seems to be on; its place is kept free, so that nothing moves when it comes."""
    hint = label(" ", "caption", wrap=False)
    field.caps_lock.connect(lambda on: hint.setText(tr("Caps Lock is on.") if on else " "))
    return hint


class NewPassphrase(QWidget):
    """Two fields for the same passphrase, with a strength bar from 0 to 4."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = SecretField(), SecretField()
        self.strength = QProgressBar()
        self.strength.setRange(0, 4)
        self.strength.setTextVisible(False)
        self.strength.setFixedHeight(8)
        self.strength.setAccessibleName(tr("Strength of the passphrase"))
        self.words = label(tr(ADVICE), "soft")
        # Room for two lines, whether there are two or one: the field below stays under the mouse.
        self.words.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + tokens.SPACE_XS)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("&Passphrase"), self.first)
        form.addRow("", self.strength)
        form.addRow("", self.words)
        form.addRow(tr("The &same again"), self.second)
        self.first.setAccessibleName(tr("Passphrase"))
        self.second.setAccessibleName(tr("The same again"))
        self.first.textChanged.connect(self._show_strength)

    def _show_strength(self, passphrase: str) -> None:
        from evidence_app.services.safekeeping.keys import passphrase_strength

        strength = passphrase_strength(passphrase)
        self.strength.setValue(strength.score)
        self.words.setText(f"{strength.words}." if passphrase else tr(ADVICE))

    def wrong(self) -> str:
        """Return an error sentence about the passphrase, or "" if it is acceptable."""
        if self.first.text() != self.second.text():
            return tr("The two passphrases differ.")
        from evidence_app.services.safekeeping.keys import passphrase_strength

        if passphrase_strength(self.first.text()).score == 0:
            return tr("That passphrase would be guessed at once. Use four or more words.")
        return ""

    def clear(self) -> None:
        """Clear both fields."""
        self.first.clear()
        self.second.clear()


class PassphraseDialog(QDialog):
    """Dialog for changing the passphrase; it can be accepted only with a valid new passphrase."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Change the passphrase"))
        self.setMinimumWidth(460)
        self.typed, self.message = NewPassphrase(), Message()
        self.change = button(tr("Change it"), self._accept_if_valid, main=True)
        self.typed.second.returnPressed.connect(self._accept_if_valid)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        column.setSpacing(10)
        column.addWidget(label(tr("Change the passphrase"), "title"))
        column.addWidget(
            label(
                tr(
                    "The old one opens the store no more, but it still opens older backups. That it was changed is sealed."
                ),
                "soft",
            )
        )
        self.now = SecretField()
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("The one &now, or the recovery code"), self.now)
        self.now.setAccessibleName(tr("The passphrase now, or the recovery code"))
        column.addLayout(form)
        column.addWidget(label(tr("The new one"), "label"))
        column.addWidget(self.typed)
        column.addWidget(self.message)
        column.addWidget(row(None, button(tr("Cancel"), self.reject), self.change))
        self.now.setFocus()

    def _accept_if_valid(self) -> None:
        error = self.typed.wrong() if self.now.text() else tr("Type the passphrase that opens the store now.")
        if error:
            self.message.fault(error)
        else:
            self.accept()
