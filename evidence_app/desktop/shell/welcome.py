"""Pages shown before a store exists: start page, creation of a store, its recovery code."""

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFormLayout, QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from evidence_app.desktop.design.centred_page import CentredPage, name_by_label
from evidence_app.desktop.design.lists.rows import RowList, RowText
from evidence_app.desktop.design.widgets import Choices, Message, button, label, row
from evidence_app.desktop.safekeeping.recovery_code import RecoveryCode
from evidence_app.desktop.safekeeping.secrets import NewPassphrase
from evidence_app.desktop.shell.unlock_page import other_languages
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.desktop.system.window_memory import recall, remember
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.lists.people_lists import ROLES
from evidence_app.errors import EnvironmentProblem
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping.creating import create_store
from evidence_app.services.safekeeping.unlocking import holds_store

FOLDER: Final = Qt.ItemDataRole.UserRole
"""Item role with the folder of a store."""


class WelcomePage(CentredPage):
    """Start page: buttons to create, open, restore or rescue a store. `ways` maps their texts to actions, the main one first."""

    def __init__(
        self,
        ways: Mapping[str, Callable[[], None]],
        open_store: Callable[[Path], None],
        speak: Callable[[str], None],
    ) -> None:
        super().__init__(tr("Evidence Trail"))
        self._open_store = open_store
        about = label(
            tr(
                "A private, tamper-evident record of instructions, decisions and concerns. It stays on this machine; "
                "nothing leaves it unless you export it."
            )
        )
        # It takes the focus first: a passphrase that is typed here by habit must press no button.
        about.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.column.addWidget(about)
        self._recent = RecentStores(self.open_folder)
        self.column.addWidget(self._recent)
        first, *others = (button(tr(words), go, main=not position) for position, (words, go) in enumerate(ways.items()))
        for action_button in (first, button(tr("Open a store…"), self._choose), *others):
            self.column.addWidget(action_button)
        self.column.addWidget(other_languages(speak))
        self.finish()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the stores that are remembered now."""
        super().showEvent(event)
        self._recent.load()
        if self._recent.items.count():
            QTimer.singleShot(0, self._recent.items, self._recent.items.setFocus)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Open a store: choose its folder"))
        if folder:
            self.open_folder(Path(folder))

    def open_folder(self, folder: Path) -> None:
        """Open the store in a folder; one that holds none is said at once, before anybody types a passphrase."""
        found = store_in(folder)
        if holds_store(found):
            self.message.say("")
            self._open_store(found)
        else:
            self.message.fault(
                tr("There is no store in {}. Choose the folder that it was made in, or make a new one.", folder.name)
            )


class RecentStores(QWidget):
    """The stores that are remembered on this computer, each to be opened or forgotten; hidden while there are none."""

    def __init__(self, open_folder: Callable[[Path], None]) -> None:
        super().__init__()
        self._open_folder = open_folder
        self.items = RowList(tr("Stores that are remembered on this computer"))
        self.items.itemActivated.connect(lambda _: self._open())
        self.items.itemClicked.connect(lambda _: self._open())
        self.forget = button(tr("Forget it"), self._forget, flat=True)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.items)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._forget)
        self.message = Message()
        parts = QVBoxLayout(self)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.addWidget(self.items)
        parts.addWidget(row(self.message, None, self.forget))
        self.load()

    def load(self) -> None:
        """Show what is remembered now."""
        self.items.clear()
        for folder in recall().stores:
            there = holds_store(folder)
            facts = str(folder.parent) if there else tr("not there now: is the drive plugged in?")
            self.items.add_row(RowText(title=folder.name, facts=facts, icon="archive")).setData(FOLDER, str(folder))
        self.items.setFixedHeight(self.items.sizeHintForRow(0) * self.items.count() + 4 if self.items.count() else 0)
        self.items.setCurrentRow(0)
        self.setVisible(self.items.count() > 0)

    def _chosen(self) -> Path | None:
        item: QListWidgetItem | None = self.items.currentItem()
        return Path(item.data(FOLDER)) if item is not None else None

    def _open(self) -> None:
        folder = self._chosen()
        if folder is not None:
            self._open_folder(folder)

    def _forget(self) -> None:
        folder = self._chosen()
        if folder is None:
            return
        try:
            remember(recall().without_store(folder))
        except EnvironmentProblem as error:
            self.message.fault(error.sentence)
        self.load()


def store_in(folder: Path) -> Path:
    """Return the folder itself, or its subfolder “store” if only that is a store (as in the demonstration)."""
    inner = folder / "store"
    return inner if not holds_store(folder) and holds_store(inner) else folder


class CreatePage(CentredPage):
    """Form that creates a store. `made` gives its folder and its recovery code."""

    made = Signal(str, str)

    def __init__(self, runner: BackgroundRunner, back: Callable[[], None]) -> None:
        super().__init__(tr("Make a new store"))
        self._runner = runner
        self.folder = QLineEdit()
        self.folder.setPlaceholderText(tr("A new, empty folder"))
        self.folder.setAccessibleName(tr("Folder"))
        self.owner, self.role = QLineEdit(), Choices(("", *ROLES.texts), editable=True, name=tr("Your role"))
        self.holder = Choices(name=tr("The store is for"))
        self.holder.addItem(tr("An officer: records of my own"), Holder.OFFICER)
        self.holder.addItem(tr("A union rep: what members hand over to me"), Holder.REP)
        self.holder.addItem(tr("A manager: records of my own, and what officers hand over to count"), Holder.MANAGER)
        self.machine = Choices(name=tr("This machine is"))
        self.machine.addItem(tr("My employer's machine"), "employer")
        self.machine.addItem(tr("Another machine: nothing that identifies a client is kept"), "other")
        self.typed = NewPassphrase()
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("&Folder"), row(self.folder, button(tr("Choose…"), self._choose)))
        form.addRow(tr("The store is &for"), self.holder)
        form.addRow(tr("Your &name"), self.owner)
        form.addRow(tr("Your &role"), self.role)
        form.addRow(tr("This &machine is"), self.machine)
        name_by_label(form)
        self.column.addLayout(form)
        self.column.addWidget(self.typed)
        self.remember = QCheckBox(tr("Re&member on this computer where this store is"))
        self.column.addWidget(self.remember)
        self.make = button(tr("Make the store"), self._make, main=True)
        self.column.addWidget(row(button(tr("Back"), back), None, self.make))
        self.typed.second.returnPressed.connect(self._make)
        self.finish()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Choose or make an empty folder"))
        if folder:
            self.folder.setText(folder)

    def _make(self) -> None:
        if not self.folder.text().strip():
            self.message.fault(tr("Choose a folder first."))
            return
        error = self.typed.wrong()
        if error:
            self.message.fault(error)
            return
        folder, passphrase = Path(self.folder.text().strip()), self.typed.first.text()
        owner, role, machine = (
            self.owner.text().strip(),
            self.role.currentText().strip(),
            str(self.machine.currentData()),
        )
        holder = Holder(self.holder.currentData())
        self.make.setEnabled(False)
        self.message.say(tr("Making the store. This takes a second or two."))

        def work() -> tuple[Session, str]:
            created = create_store(folder, passphrase, owner=owner, role=role, machine=machine, holder=holder)
            return created.session, created.recovery_code

        self._runner.keep(work, lambda code: self._done(folder, code), self._failed)

    def _done(self, folder: Path, code: str) -> None:
        self.make.setEnabled(True)
        self.typed.clear()
        self.message.say("")
        if self.remember.isChecked():
            with contextlib.suppress(EnvironmentProblem):
                remember(recall().with_store(folder.resolve()))
        self.made.emit(str(folder), code)

    def _failed(self, sentence: str) -> None:
        self.make.setEnabled(True)
        self.message.fault(sentence)


class RecoveryPage(CentredPage):
    """Shows the recovery code of a new store, once; it can be left only after the user confirmed having it on paper."""

    def __init__(self, runner: BackgroundRunner, go_on: Callable[[], None]) -> None:
        super().__init__(tr("Your recovery code"))
        self._go_on = go_on
        self.column.addWidget(
            label(
                tr(
                    "It opens the store if you forget the passphrase. It is shown this once and kept nowhere. Write it down on paper, or print "
                    "the sheet, and keep it at work, locked away and apart from this machine."
                )
            )
        )
        self.code = RecoveryCode(runner)
        self.next = button(tr("Go on"), self._leave, main=True)
        self.next.setEnabled(False)
        self.code.written.connect(self.next.setEnabled)
        self.column.addWidget(self.code)
        self.column.addWidget(row(None, self.next))
        self.finish()

    def show_code(self, code: str) -> None:
        """Show a recovery code."""
        self.code.show_code(code)

    def _leave(self) -> None:
        self.code.wipe()
        self._go_on()
