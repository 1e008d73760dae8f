"""Unlock page. It is the first page shown, so it imports little (docs/decisions/0016)."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from evidence_app.desktop.design.centred_page import CentredPage
from evidence_app.desktop.design.widgets import button, label, row
from evidence_app.desktop.safekeeping.secrets import SecretField, caps_hint
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import LANGUAGES, in_force, tr
from evidence_app.desktop.system.window_memory import WindowMemory, recall, remember
from evidence_app.errors import EnvironmentProblem, StoreDamaged
from evidence_app.services.safekeeping.unlocking import load_key_derivation, unlock_store

if TYPE_CHECKING:
    from evidence_app.services.core.session import Session

LOAD_MS: Final = 100  # From showing the page to loading what derives the key: nobody has typed a passphrase by then.


class UnlockPage(CentredPage):
    """Asks for the passphrase or recovery code of a store.

    `begun`: the key is being derived; `unlocked`: the store is open. `rescue_asked` gives the folder of a damaged store,
    `language_asked` the code of a language.
    """

    unlocked = Signal()
    begun = Signal()
    rescue_asked = Signal(object)
    language_asked = Signal(str)

    def __init__(self, runner: BackgroundRunner, other: Callable[[], None]) -> None:
        super().__init__(tr("Unlock"))
        self._runner = runner
        self._folder = Path()
        self.where = label("", "soft")
        self.secret = SecretField()
        self.secret.setAccessibleName(tr("Passphrase or recovery code"))
        self.by_code = QCheckBox(tr("I have forgotten the passphrase: use the &recovery code"))
        self.by_code.toggled.connect(self._set_input_mode)
        self.unlock = button(tr("Unlock"), self._unlock, main=True)
        self.secret.returnPressed.connect(self._unlock)
        self.secret.textEdited.connect(lambda _: self.message.say(""))
        self.column.addWidget(self.where)
        self.column.addWidget(self.secret)
        self.column.addWidget(caps_hint(self.secret))
        self.remember = QCheckBox(tr("Re&member on this computer where this store is"))
        self.remember.setToolTip(
            tr("Its folder, and the size and place of the window: nothing else is written outside the store")
        )
        self.remember.clicked.connect(self._wish)
        self.column.addWidget(self.remember)
        self.column.addWidget(self.by_code)
        self.rescue = button(tr("Rescue what can be read…"), lambda: self.rescue_asked.emit(self._folder))
        self.column.addWidget(row(button(tr("Another store…"), other), None, self.rescue, self.unlock))
        self.column.addWidget(other_languages(self.language_asked.emit))
        self.finish()
        self._set_input_mode(False)

    def ask_for(self, folder: Path, why: str = "") -> None:
        """Show the page for the store in a folder. `why` is a message, such as the reason for locking."""
        self._folder = folder
        self.rescue.hide()
        self.where.setText(str(folder))
        self.secret.hide_text()
        self.by_code.setChecked(False)
        self.remember.setChecked(folder in recall().stores)
        self.message.say(why)
        self.secret.setFocus()
        # What derives the key takes a moment to load: while the passphrase is typed, and not before there is a field for it.
        QTimer.singleShot(LOAD_MS, self, load_key_derivation)

    def _set_input_mode(self, by_code: bool) -> None:
        self.secret.setPlaceholderText(tr("Recovery code: seven groups of four") if by_code else tr("Passphrase"))
        # A code is read off a sheet of paper, group by group: it is shown while it is typed.
        self.secret.eye.setChecked(by_code)

    def _wish(self, remembered: bool) -> None:
        """Forget the store at once if that is wished; it is remembered when it has been opened."""
        if not remembered:
            self._keep(recall().without_store(self._folder))
        self.secret.setFocus()

    def _keep(self, memory: WindowMemory) -> None:
        try:
            remember(memory)
        except EnvironmentProblem as error:
            self.message.fault(error.sentence)

    def _unlock(self) -> None:
        folder, secret, by_code = self._folder, self.secret.text(), self.by_code.isChecked()
        if not secret or not self.unlock.isEnabled():
            return
        self.unlock.setEnabled(False)
        self.message.say(tr("Unlocking…"))

        # Set by the worker, read on the window's thread after it has ended: `failed` receives only the sentence.
        damaged: list[StoreDamaged] = []

        def work() -> "tuple[Session, None]":
            try:
                return unlock_store(folder, secret, by_code=by_code), None
            except StoreDamaged as error:
                damaged.append(error)
                raise

        def failed(sentence: str) -> None:
            self._failed(sentence)
            self.rescue.setVisible(bool(damaged))

        self._runner.keep(work, lambda _: self._done(), failed)
        self.begun.emit()

    def _done(self) -> None:
        self.unlock.setEnabled(True)
        self.secret.hide_text()
        self.message.say("")
        if self.remember.isChecked():
            self._keep(recall().with_store(self._folder))
        self.unlocked.emit()

    def _failed(self, sentence: str) -> None:
        self.unlock.setEnabled(True)
        self.secret.selectAll()
        self.secret.setFocus()
        self.message.fault(sentence)


def other_languages(speak: Callable[[str], None]) -> QWidget:
    """Return a row with a button for each language except the current one, labelled in that language."""
    others = [(code, name) for code, name in LANGUAGES.items() if code != in_force()]
    return row(None, *(button(name, partial(speak, code), flat=True) for code, name in others))
