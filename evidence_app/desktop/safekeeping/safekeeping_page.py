"""Safekeeping page: backups, the passphrase, the recovery code."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QLineEdit, QVBoxLayout, QWidget

from evidence_app.desktop.design.dialogs import Sure
from evidence_app.desktop.design.widgets import Message, button, focus_back, label, row
from evidence_app.desktop.design.work_bar import WorkBar
from evidence_app.desktop.safekeeping.recovery_code import RecoveryCode
from evidence_app.desktop.safekeeping.secrets import PassphraseDialog
from evidence_app.desktop.system.background_runner import BackgroundRunner, Cancel, Lane
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.times import read_moment
from evidence_app.proof.verdicts import Report, Verdict
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping import keys
from evidence_app.services.safekeeping.backups import Backup, LastBackup, back_up, last_backup, try_backup

STAGES: Final = {
    "copying": "Copying the store…",
    "reading": "Reading the backup…",
    "trying": "Deriving every hash of the copy again…",
}
"""Text shown for each stage that a backup reports."""
MADE: Final = {
    "passphrase": "the passphrase made {}",
    "recovery code": "the recovery code made {}",
}
"""What is said of a way in, by its kind."""
NEVER: Final = "There is no backup yet. If this machine is lost, everything in it is lost."
BACKUP: Final = (
    "A backup is a folder with an encrypted copy of the store: on another drive, kept at work. It is tried as soon as it is made. "
    "The passphrase of today opens it."
)
CODE: Final = "It opens the store when the passphrase is forgotten. Keep it on paper, at work, locked away and apart from this machine."
REPLACE: Final = "The old code opens the store no more, but it still opens older backups. The new one is shown once."
UPDATES: Final = "An update comes as a file, by mail or on a stick: the program never asks for one. Drop it on this window, and see whose it is and what it changes."
LOCKED: Final = "The store was locked meanwhile: a backup that was not finished was stopped, and left nothing."
Opened = tuple[LastBackup | None, Sequence[tuple[str, str]]]
"""Latest backup, and for each key slot the type of its secret and when it was made (UTC, as in records)."""


class SafekeepingPage(QWidget):
    """Backups and secrets of the store. `changed`: something was sealed or backed up; `update_asked`: an update file is to be checked."""

    changed = Signal()
    update_asked = Signal()

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._cancel: Cancel | None = None
        self.state, self.ways = label(""), label("", "soft")
        self.message, self.progress = Message(), label("", "soft")
        self.bar = WorkBar()
        self.make = button(tr("Back up now…"), self._choose_folder, main=True)
        self.trial = button(tr("Try a backup…"), self._ask_backup)
        self.stop = button(tr("Cancel"), self._stop)
        self.passphrase = button(tr("Change the passphrase…"), self._ask_passphrase)
        self.code = button(tr("Make a new recovery code…"), self._ask_code)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(8)
        for part in (
            label(tr("Safekeeping"), "title"),
            self.message,
            label(tr("Backup"), "heading"),
            self.state,
            label(tr(BACKUP), "soft"),
            row(self.make, self.trial, self.stop, None),
            self.bar,
            self.progress,
            label(tr("Passphrase"), "heading"),
            self.ways,
            row(self.passphrase, None),
            label(tr("Recovery code"), "heading"),
            label(tr(CODE), "soft"),
            row(self.code, None),
            label(tr("Updates"), "heading"),
            label(tr(UPDATES), "soft"),
            row(button(tr("Check an update file…"), self.update_asked.emit), None),
        ):
            column.addWidget(part)
        column.addStretch(1)
        runner.progressed.connect(self._progressed)
        self._working(None)

    def load(self) -> None:
        """Load the latest backup and the key slots."""

        def work(session: Session) -> Opened:
            slots = [(slot.opens_with, slot.made_at) for slot in keys.slots(session)]
            return last_backup(session), slots

        self._runner.call(work, self._show, self.message.fault, owner=self)

    def _show(self, result: Opened) -> None:
        last, slots = result
        words = tr_value(last.in_words()) if last is not None else tr(NEVER)
        self.state.setText(f"{words[:1].upper()}{words[1:]}" + ("." if last is not None else ""))
        self.state.setProperty("role", "warning" if last is None or last.due else "")
        self.state.style().polish(self.state)
        self.ways.setText(
            tr("The store opens with: ")
            + "; ".join(tr(MADE[what], london_day(read_moment(made))) for what, made in slots)
            + "."
        )

    # Backups

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Back up into which folder? Best on another drive"))
        if chosen:
            self.back_up(Path(chosen))

    def back_up(self, into: Path) -> None:
        """Make a backup in a new subfolder of `into`, in the background, and verify it."""
        cancel = self._working(Cancel())

        def work(session: Session) -> Backup:
            return back_up(session, into, self._runner.report, cancel)

        self._runner.call_aside(work, self._backed_up, self._failed, self._stopped, owner=self)

    def _backed_up(self, backup: Backup) -> None:
        self._working(None)
        size = f"{max(1, backup.size // 1024 // 1024):,} MB"
        self.message.done(tr("Backed up and tried: {} records, {}, in {}.", backup.records, size, backup.folder.name))
        self.load()
        self.changed.emit()

    def _ask_backup(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Try which backup? Choose its folder"))
        if not chosen:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle(tr("Try a backup"))
        dialog.setLabelText(tr("The passphrase that opened the store when it was made:"))
        dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
        dialog.textValueSelected.connect(lambda secret: self.try_backup(Path(chosen), secret))
        self._open(dialog)

    def try_backup(self, folder: Path, secret: str) -> None:
        """Open and verify a backup with a passphrase, in the background, without changing it."""
        cancel = self._working(Cancel())
        self._runner.run(
            lambda: try_backup(folder, secret, progress=self._runner.report, cancel=cancel),
            self._tried,
            self._failed,
            self._stopped,
            owner=self,
            lane=Lane.LONG,
        )

    def _tried(self, report: Report) -> None:
        self._working(None)
        failures = [check for check in report.checks if check.verdict is not Verdict.VERIFIED]
        if failures:
            self.message.fault(tr("This backup does not hold – {}: {}", failures[0].name, failures[0].detail))
        else:
            self.message.done(
                tr("This backup holds: it opens, and every record and attachment in it is what was sealed.")
            )

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel.wish()

    def _stopped(self) -> None:
        self._working(None)
        self.message.say(tr("Cancelled. No backup was left there."))

    def _failed(self, sentence: str) -> None:
        self._working(None)
        self.message.fault(sentence)

    def _working(self, cancel: Cancel | None) -> Cancel:
        self._cancel = cancel
        busy = cancel is not None
        for widget in (self.bar, self.progress, self.stop):
            widget.setVisible(busy)
        for start_button in (self.make, self.trial, self.passphrase, self.code):
            start_button.setEnabled(not busy)
        if not busy:
            focus_back(self.make)
        self.bar.setRange(0, 0)
        self.progress.setText("")
        if busy:
            self.message.say("")
        return cancel or Cancel()

    def _progressed(self, what: str, done: int, total: int) -> None:
        if self._cancel is not None and what in STAGES:
            self.bar.show_progress(done, total)
            self.progress.setText(tr(STAGES[what]))

    # Passphrase and recovery code

    def _ask_passphrase(self) -> None:
        dialog = PassphraseDialog(self)
        dialog.accepted.connect(lambda: self.change_passphrase(dialog.now.text(), dialog.typed.first.text()))
        self._open(dialog)

    def change_passphrase(self, now: str, passphrase: str) -> None:
        """Replace the passphrase, and seal that it was changed. `now` is the current passphrase or recovery code."""

        def work(session: Session) -> None:
            keys.require_opens(session, now)
            keys.change_passphrase(session, passphrase)

        self._change(
            work,
            lambda _: self.message.done(
                tr("The passphrase is changed. Make a backup: older ones open with the old one.")
            ),
        )

    def _ask_code(self) -> None:
        dialog = Sure(self, tr("Make a new recovery code?"), tr(REPLACE), tr("Make it"))
        dialog.accepted.connect(lambda: self._change(keys.replace_recovery_code, self._show_code))
        self._open(dialog)

    def _show_code(self, code: str) -> None:
        dialog = QDialog(self)
        dialog.setWindowTitle(tr("Your new recovery code"))
        recovery_code = RecoveryCode(self._runner)
        recovery_code.show_code(code)
        close = button(tr("Done"), dialog.accept, main=True)
        close.setEnabled(False)
        recovery_code.written.connect(close.setEnabled)
        dialog.finished.connect(lambda _: recovery_code.wipe())
        column = QVBoxLayout(dialog)
        column.setContentsMargins(20, 16, 20, 16)
        for part in (
            label(tr("Your new recovery code"), "title"),
            label(tr(CODE), "soft"),
            recovery_code,
            row(None, close),
        ):
            column.addWidget(part)
        self._open(dialog)

    def _change(self, work: Callable[[Session], object], done: Callable[..., None]) -> None:
        def finished(result: object) -> None:
            done(result)
            self.load()
            self.changed.emit()

        self.message.say(tr("One moment…"))
        self._runner.call(work, finished, self.message.fault, owner=self)

    def _open(self, dialog: QDialog) -> None:
        lock = getattr(self.window(), "lock", None)
        if callable(lock):
            QShortcut(QKeySequence("Ctrl+L"), dialog).activated.connect(lambda: lock())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def wipe(self) -> None:
        """Cancel a running backup, and clear the page, because the store is being locked."""
        was_busy = self._cancel is not None
        self._stop()
        self._working(None)
        for part in (self.state, self.ways):
            part.clear()
        self.message.say(tr(LOCKED) if was_busy else "")
