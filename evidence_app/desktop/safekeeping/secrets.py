"""Fields and dialog for a new passphrase, with an estimate of its strength."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.system.language import tr

ADVICE = "Four or more words that only you would put together. Nobody can reset it."


def secret_field() -> QLineEdit:
    """Return a password field; the input method is asked not to store or predict its text."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return field


class NewPassphrase(QWidget):
    """Two fields for the same passphrase, with a strength bar from 0 to 4."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = secret_field(), secret_field()
        self.strength = QProgressBar()
        self.strength.setRange(0, 4)
        self.strength.setTextVisible(False)
        self.strength.setFixedHeight(8)
        self.strength.setAccessibleName(tr("Strength of the passphrase"))
        self.words = label(tr(ADVICE), "soft")
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
        self.now = secret_field()
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
