"""Restoring a backup, before any store is open."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFormLayout, QLineEdit, QProgressBar

from evidence_app.desktop.jobs import Cancel, StoreThread
from evidence_app.desktop.safekeeping.secrets import secret_field
from evidence_app.desktop.way import Way, name_by_label
from evidence_app.desktop.widgets import button, label, row
from evidence_app.services.backups import LOST, restore
from evidence_app.services.session import PASSPHRASE, RECOVERY, Session

WHAT = (
    "A backup becomes a store in a new folder; the backup stays as it is. Everything in it is checked first. "
    "What was sealed after the backup is not in it, and the new store says so in a sealed record."
)


class RestorePage(Way):
    """Which backup, into which folder, with which passphrase. `restored` gives the folder."""

    restored = Signal(str)

    def __init__(self, thread: StoreThread, back: Callable[[], None]) -> None:
        super().__init__("Restore a backup")
        self._thread, self._back = thread, back
        self._cancel: Cancel | None = None
        self.backup, self.folder, self.secret, self.why = QLineEdit(), QLineEdit(), secret_field(), QLineEdit()
        self.backup.setPlaceholderText("A folder that begins with evidence-trail-backup")
        self.folder.setPlaceholderText("A new, empty folder")
        self.why.setPlaceholderText(LOST)
        self.by_code = QCheckBox("It is the &recovery code")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.bar.hide()
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow("&Backup", row(self.backup, button("Choose…", lambda: self._choose(self.backup))))
        form.addRow("Into &folder", row(self.folder, button("Choose…", lambda: self._choose(self.folder))))
        form.addRow("&Passphrase", self.secret)
        form.addRow("", self.by_code)
        form.addRow("&Why", self.why)
        name_by_label(form)
        self.backup.setAccessibleName("Backup")
        self.folder.setAccessibleName("Into folder")
        self.go = button("Restore", self.restore, main=True)
        self.secret.returnPressed.connect(self.restore)
        self.column.addWidget(label(WHAT, "soft"))
        self.column.addLayout(form)
        self.column.addWidget(self.bar)
        self.column.addWidget(row(button("Back", self._leave), None, self.go))
        thread.progressed.connect(self._progressed)
        self.finish()

    def _choose(self, field: QLineEdit) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Choose a folder")
        if folder:
            field.setText(folder)

    def _leave(self) -> None:
        if self._cancel is None:
            self._back()
        self.wipe()

    def restore(self) -> None:
        """Restore, and open what was restored."""
        if self._cancel is not None:
            return
        typed = [field.text().strip() for field in (self.backup, self.folder)]
        if not all(typed) or not self.secret.text():
            self.message.fault("Say which backup, into which folder, and its passphrase or recovery code.")
            return
        cancel = self._cancel = Cancel()
        secret, by_code, why = self.secret.text(), self.by_code.isChecked(), self.why.text().strip()
        self.go.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.message.say("Restoring…")

        def work() -> tuple[Session, str]:
            from evidence_app.crypto.keys import read_recovery_code

            opened = restore(
                Path(typed[0]),
                Path(typed[1]),
                read_recovery_code(secret) if by_code else secret,
                opens_with=RECOVERY if by_code else PASSPHRASE,
                progress=self._thread.report,
                cancel=cancel,
                why=why or LOST,
            )
            return opened, typed[1]

        self._thread.keep(work, self._done, self._failed, self._stopped)

    def _progressed(self, what: str, done: int, total: int) -> None:
        if self._cancel is not None and what in {"copying", "trying"}:
            self.bar.setRange(0, max(1, total))
            self.bar.setValue(done)

    def _ended(self) -> None:
        self._cancel = None
        self.go.setEnabled(True)
        self.bar.hide()

    def _done(self, folder: str) -> None:
        self._ended()
        self.secret.clear()
        self.message.say("")
        self.restored.emit(folder)

    def _stopped(self) -> None:
        self._ended()
        self.message.say("Cancelled. Nothing was left in the folder.")

    def wipe(self) -> None:
        """Stop a restore that is under way, and forget the passphrase."""
        if self._cancel is not None:
            self._cancel.wish()
        self.secret.clear()

    def _failed(self, sentence: str) -> None:
        self._ended()
        self.message.fault(sentence)
