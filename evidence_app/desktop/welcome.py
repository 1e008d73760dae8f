"""The way in: choose or make a store, see the recovery code once, unlock."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
)

from evidence_app.desktop.jobs import StoreThread
from evidence_app.desktop.safekeeping.recovery_code import RecoveryCode
from evidence_app.desktop.safekeeping.secrets import NewPassphrase, secret_field
from evidence_app.desktop.way import Way, name_by_label
from evidence_app.desktop.widgets import Choices, button, label, row
from evidence_app.domain.vocabularies import ROLES
from evidence_app.errors import StoreDamaged
from evidence_app.services.creating import create_store
from evidence_app.services.session import PASSPHRASE, RECOVERY, Session


class WelcomePage(Way):
    """The first page when no store was named."""

    def __init__(self, ways: Mapping[str, Callable[[], None]], open_store: Callable[[Path], None]) -> None:
        super().__init__("Evidence Trail")
        self._open_store = open_store
        self.column.addWidget(
            label(
                "A private, tamper-evident record of instructions, decisions and concerns. It stays on this machine; "
                "nothing leaves it unless you export it."
            )
        )
        first, *others = (button(words, go, main=not place) for place, (words, go) in enumerate(ways.items()))
        for each in (first, button("Open a store…", self._choose), *others):
            self.column.addWidget(each)
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
        self.typed = NewPassphrase()
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow("&Folder", row(self.folder, button("Choose…", self._choose)))
        form.addRow("Your &name", self.owner)
        form.addRow("Your &role", self.role)
        form.addRow("This &machine is", self.machine)
        name_by_label(form)
        self.column.addLayout(form)
        self.column.addWidget(self.typed)
        self.make = button("Make the store", self._make, main=True)
        self.column.addWidget(row(button("Back", back), None, self.make))
        self.typed.second.returnPressed.connect(self._make)
        self.finish()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Choose or make an empty folder")
        if folder:
            self.folder.setText(folder)

    def _make(self) -> None:
        if not self.folder.text().strip():
            self.message.fault("Choose a folder first.")
            return
        wrong = self.typed.wrong()
        if wrong:
            self.message.fault(wrong)
            return
        folder, passphrase = Path(self.folder.text().strip()), self.typed.first.text()
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
        self.typed.clear()
        self.message.say("")
        self.made.emit(str(folder), code)

    def _failed(self, sentence: str) -> None:
        self.make.setEnabled(True)
        self.message.fault(sentence)


class RecoveryPage(Way):
    """The recovery code, shown this once."""

    def __init__(self, thread: StoreThread, go_on: Callable[[], None]) -> None:
        super().__init__("Your recovery code")
        self._go_on = go_on
        self.column.addWidget(
            label(
                "It opens the store if you forget the passphrase. It is shown this once and kept nowhere. Write it down on paper, or print "
                "the sheet, and keep it at work, locked away and apart from this machine."
            )
        )
        self.code = RecoveryCode(thread)
        self.next = button("Go on", self._leave, main=True)
        self.next.setEnabled(False)
        self.code.written.connect(self.next.setEnabled)
        self.column.addWidget(self.code)
        self.column.addWidget(row(None, self.next))
        self.finish()

    def show_code(self, code: str) -> None:
        """Show a code."""
        self.code.show_code(code)

    def _leave(self) -> None:
        self.code.wipe()
        self._go_on()


class UnlockPage(Way):
    """Where a store is unlocked."""

    unlocked = Signal()
    rescue_asked = Signal(object)

    def __init__(self, thread: StoreThread, other: Callable[[], None]) -> None:
        super().__init__("Unlock")
        self._thread = thread
        self._folder = Path()
        self.where = label("", "soft")
        self.secret = secret_field()
        self.secret.setAccessibleName("Passphrase or recovery code")
        self.by_code = QCheckBox("I have forgotten the passphrase: use the &recovery code")
        self.by_code.toggled.connect(self._switch)
        self.unlock = button("Unlock", self._unlock, main=True)
        self.secret.returnPressed.connect(self._unlock)
        self.column.addWidget(self.where)
        self.column.addWidget(self.secret)
        self.column.addWidget(self.by_code)
        self.rescue = button("Rescue what can be read…", lambda: self.rescue_asked.emit(self._folder))
        self.column.addWidget(row(button("Another store…", other), None, self.rescue, self.unlock))
        self.finish()
        self._switch(False)

    def ask_for(self, folder: Path, why: str = "") -> None:
        """Ask for the secret of a store. `why` says why it is locked."""
        self._folder = folder
        self.rescue.hide()
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

        damaged: list[StoreDamaged] = []

        def work() -> tuple[Session, None]:
            from evidence_app.crypto.keys import read_recovery_code

            known = read_recovery_code(secret) if by_code else secret
            try:
                return Session.open(folder, known, opens_with=RECOVERY if by_code else PASSPHRASE), None
            except StoreDamaged as error:
                damaged.append(error)
                raise

        def failed(sentence: str) -> None:
            self._failed(sentence)
            self.rescue.setVisible(bool(damaged))

        self._thread.keep(work, lambda _: self._done(), failed)

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
