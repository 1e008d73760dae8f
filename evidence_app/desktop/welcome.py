"""The way in: choose or make a store, see the recovery code once, unlock."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from evidence_app.desktop.jobs import StoreThread
from evidence_app.desktop.widgets import Choices, Message, button, label, row
from evidence_app.domain.vocabularies import ROLES
from evidence_app.services.creating import create_store
from evidence_app.services.keys import passphrase_strength
from evidence_app.services.session import PASSPHRASE, RECOVERY, Session

WIDTH = 560


class Way(QWidget):
    """A narrow column in the middle of the window."""

    def __init__(self, title: str) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.inner = QWidget()
        self.inner.setMaximumWidth(WIDTH)
        self.inner.setMinimumWidth(320)
        self.column = QVBoxLayout(self.inner)
        self.column.setSpacing(10)
        self.column.addStretch(1)
        self.column.addWidget(label(title, "title"))
        middle = QWidget()
        beside = QHBoxLayout(middle)
        beside.addStretch(1)
        beside.addWidget(self.inner, 8)
        beside.addStretch(1)
        scroll.setWidget(middle)
        outer.addWidget(scroll)
        self.message = Message()

    def finish(self) -> None:
        """End the column."""
        self.column.addWidget(self.message)
        self.column.addStretch(2)


class WelcomePage(Way):
    """The first page when no store was named."""

    def __init__(self, make: Callable[[], None], open_store: Callable[[Path], None]) -> None:
        super().__init__("Evidence Trail")
        self._open_store = open_store
        self.column.addWidget(
            label(
                "A private, tamper-evident record of instructions, decisions and concerns. It stays on this machine; "
                "nothing leaves it unless you export it."
            )
        )
        self.column.addWidget(button("Make a new store…", make, main=True))
        self.column.addWidget(button("Open a store…", self._choose))
        self.finish()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Open a store: choose its folder")
        if folder:
            self._open_store(Path(folder))


class CreatePage(Way):
    """Where a store is made."""

    made = Signal(str, str)

    def __init__(self, thread: StoreThread, back: Callable[[], None]) -> None:
        super().__init__("Make a new store")
        self._thread = thread
        self.folder = QLineEdit()
        self.folder.setPlaceholderText("A new, empty folder")
        self.folder.setAccessibleName("Folder")
        self.owner, self.role = QLineEdit(), Choices(("", *ROLES), editable=True, name="Your role")
        self.machine = Choices(name="This machine is")
        self.machine.addItem("My employer's machine", "employer")
        self.machine.addItem("Another machine: nothing that identifies a client is kept", "other")
        self.first, self.second = _secret_field(), _secret_field()
        self.strength = QProgressBar()
        self.strength.setRange(0, 4)
        self.strength.setTextVisible(False)
        self.strength.setFixedHeight(8)
        self.strength.setAccessibleName("Strength of the passphrase")
        self.words = label("Four or more words that only you would put together. Nobody can reset it.", "soft")
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow("&Folder", row(self.folder, button("Choose…", self._choose)))
        form.addRow("Your &name", self.owner)
        form.addRow("Your &role", self.role)
        form.addRow("This &machine is", self.machine)
        form.addRow("&Passphrase", self.first)
        form.addRow("", self.strength)
        form.addRow("", self.words)
        form.addRow("The &same again", self.second)
        _name_by_label(form)
        self.column.addLayout(form)
        self.make = button("Make the store", self._make, main=True)
        self.column.addWidget(row(button("Back", back), None, self.make))
        self.first.textChanged.connect(self._judge)
        self.second.returnPressed.connect(self._make)
        self.finish()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Choose or make an empty folder")
        if folder:
            self.folder.setText(folder)

    def _judge(self, passphrase: str) -> None:
        strength = passphrase_strength(passphrase)
        self.strength.setValue(strength.score)
        self.words.setText(f"{strength.words}." if passphrase else "")

    def _make(self) -> None:
        if not self.folder.text().strip():
            self.message.fault("Choose a folder first.")
            return
        if self.first.text() != self.second.text():
            self.message.fault("The two passphrases differ.")
            return
        if passphrase_strength(self.first.text()).score == 0:
            self.message.fault("That passphrase would be guessed at once. Use four or more words.")
            return
        folder, passphrase = Path(self.folder.text().strip()), self.first.text()
        owner, role, machine = (
            self.owner.text().strip(),
            self.role.currentText().strip(),
            str(self.machine.currentData()),
        )
        self.make.setEnabled(False)
        self.message.say("Making the store. This takes a second or two.")

        def work() -> tuple[Session, str]:
            new = create_store(folder, passphrase, owner=owner, role=role, machine=machine)
            return new.session, new.recovery_code

        self._thread.keep(work, lambda code: self._done(folder, code), self._failed)

    def _done(self, folder: Path, code: str) -> None:
        self.make.setEnabled(True)
        self.first.clear()
        self.second.clear()
        self.message.say("")
        self.made.emit(str(folder), code)

    def _failed(self, sentence: str) -> None:
        self.make.setEnabled(True)
        self.message.fault(sentence)


class RecoveryPage(Way):
    """The recovery code, shown this once."""

    def __init__(self, go_on: Callable[[], None]) -> None:
        super().__init__("Your recovery code")
        self._go_on = go_on
        self.column.addWidget(
            label(
                "It opens the store if you forget the passphrase. It is shown this once and kept nowhere. Write it down on paper, "
                "and keep it at work, locked away and apart from this machine."
            )
        )
        self.code = label("", "code")
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAccessibleName("Recovery code")
        self.column.addWidget(self.code)
        self.written = QCheckBox("I have written it down")
        self.next = button("Go on", self._leave, main=True)
        self.next.setEnabled(False)
        self.written.toggled.connect(self.next.setEnabled)
        self.column.addWidget(self.written)
        self.column.addWidget(row(None, self.next))
        self.finish()

    def show_code(self, code: str) -> None:
        """Show a code, in two lines of groups."""
        groups = code.split("-")
        self.code.setText("-".join(groups[:4]) + "-\n" + "-".join(groups[4:]))
        self.written.setChecked(False)
        self.written.setFocus()

    def _leave(self) -> None:
        self.code.clear()
        self._go_on()


class UnlockPage(Way):
    """Where a store is unlocked."""

    unlocked = Signal()

    def __init__(self, thread: StoreThread, other: Callable[[], None]) -> None:
        super().__init__("Unlock")
        self._thread = thread
        self._folder = Path()
        self.where = label("", "soft")
        self.secret = _secret_field()
        self.secret.setAccessibleName("Passphrase or recovery code")
        self.by_code = QCheckBox("I have forgotten the passphrase: use the &recovery code")
        self.by_code.toggled.connect(self._switch)
        self.unlock = button("Unlock", self._unlock, main=True)
        self.secret.returnPressed.connect(self._unlock)
        self.column.addWidget(self.where)
        self.column.addWidget(self.secret)
        self.column.addWidget(self.by_code)
        self.column.addWidget(row(button("Another store…", other), None, self.unlock))
        self.finish()
        self._switch(False)

    def ask_for(self, folder: Path, why: str = "") -> None:
        """Ask for the secret of a store. `why` says why it is locked."""
        self._folder = folder
        self.where.setText(str(folder))
        self.secret.clear()
        self.by_code.setChecked(False)
        self.message.say(why)
        self.secret.setFocus()

    def _switch(self, by_code: bool) -> None:
        self.secret.setPlaceholderText("Recovery code: seven groups of four" if by_code else "Passphrase")
        self.secret.setEchoMode(QLineEdit.EchoMode.Normal if by_code else QLineEdit.EchoMode.Password)

    def _unlock(self) -> None:
        folder, secret, by_code = self._folder, self.secret.text(), self.by_code.isChecked()
        if not secret or not self.unlock.isEnabled():
            return
        self.unlock.setEnabled(False)
        self.message.say("Unlocking…")

        def work() -> tuple[Session, None]:
            from evidence_app.crypto.keys import read_recovery_code

            known = read_recovery_code(secret) if by_code else secret
            return Session.open(folder, known, opens_with=RECOVERY if by_code else PASSPHRASE), None

        self._thread.keep(work, lambda _: self._done(), self._failed)

    def _done(self) -> None:
        self.unlock.setEnabled(True)
        self.secret.clear()
        self.message.say("")
        self.unlocked.emit()

    def _failed(self, sentence: str) -> None:
        self.unlock.setEnabled(True)
        self.secret.selectAll()
        self.secret.setFocus()
        self.message.fault(sentence)


def _secret_field() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return field


def _name_by_label(form: QFormLayout) -> None:
    for number in range(form.rowCount()):
        item = form.itemAt(number, QFormLayout.ItemRole.FieldRole)
        named = form.itemAt(number, QFormLayout.ItemRole.LabelRole)
        title = named.widget() if named is not None else None
        if item is not None and title is not None:
            text = str(title.property("text")).replace("&", "")
            widget = item.widget()
            if text and widget is not None and not widget.accessibleName():
                widget.setAccessibleName(text)


_copied: list[str] = []


def copy_text(text: str) -> None:
    """Put a text on the clipboard."""
    _copied[:] = [text]
    QGuiApplication.clipboard().setText(text)


def clear_copied() -> None:
    """Take what was copied here off the clipboard, if it is still there."""
    clipboard = QGuiApplication.clipboard()
    if _copied and clipboard.text() == _copied[0]:
        clipboard.clear()
    _copied.clear()
