"""Typing a passphrase that is to be new, with how strong it is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.system.language import tr

ADVICE = "Four or more words that only you would put together. Nobody can reset it."


def secret_field() -> QLineEdit:
    """Return a field whose text is not shown, learnt or suggested."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return field


class NewPassphrase(QWidget):
    """Two fields that must agree, and a bar."""

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
        self.first.textChanged.connect(self._judge)

    def _judge(self, passphrase: str) -> None:
        from evidence_app.services.safekeeping.keys import passphrase_strength

        strength = passphrase_strength(passphrase)
        self.strength.setValue(strength.score)
        self.words.setText(f"{strength.words}." if passphrase else tr(ADVICE))

    def wrong(self) -> str:
        """Return what is wrong with what was typed, or nothing."""
        if self.first.text() != self.second.text():
            return tr("The two passphrases differ.")
        from evidence_app.services.safekeeping.keys import passphrase_strength

        if passphrase_strength(self.first.text()).score == 0:
            return tr("That passphrase would be guessed at once. Use four or more words.")
        return ""

    def clear(self) -> None:
        """Empty both fields."""
        self.first.clear()
        self.second.clear()


class PassphraseDialog(QDialog):
    """Where a new passphrase is typed. Accepted only when it can be taken."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Change the passphrase"))
        self.setMinimumWidth(460)
        self.typed, self.message = NewPassphrase(), Message()
        self.change = button(tr("Change it"), self._take, main=True)
        self.typed.second.returnPressed.connect(self._take)
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
        now = QFormLayout()
        now.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        now.addRow(tr("The one &now, or the recovery code"), self.now)
        self.now.setAccessibleName(tr("The passphrase now, or the recovery code"))
        column.addLayout(now)
        column.addWidget(label(tr("The new one"), "label"))
        column.addWidget(self.typed)
        column.addWidget(self.message)
        column.addWidget(row(None, button(tr("Cancel"), self.reject), self.change))
        self.now.setFocus()

    def _take(self) -> None:
        wrong = self.typed.wrong() if self.now.text() else tr("Type the passphrase that opens the store now.")
        if wrong:
            self.message.fault(wrong)
        else:
            self.accept()
