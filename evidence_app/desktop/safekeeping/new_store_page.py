"""Page that creates a store from a backup or from a damaged store. It is shown before any store is open."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFormLayout, QLineEdit

from evidence_app.desktop.design.centred_page import CentredPage, name_by_label
from evidence_app.desktop.design.widgets import button, label, row
from evidence_app.desktop.design.work_bar import WorkBar
from evidence_app.desktop.safekeeping.secrets import SecretField
from evidence_app.desktop.system.background_runner import BackgroundRunner, Cancel
from evidence_app.desktop.system.language import tr
from evidence_app.domain.progress import StageProgress
from evidence_app.services.core.session import PASSPHRASE, RECOVERY, Session
from evidence_app.services.safekeeping import backups, rescuing

Make = Callable[[Path, Path, str, str, str, StageProgress, Cancel], tuple[Session, str]]
"""Function of source, new folder, secret, type of secret, reason, progress and cancellation; returns the session and a message."""


@dataclass(frozen=True, slots=True)
class StoreOrigin:
    """Source type of a new store (backup or damaged store): the texts of the page, and `make`, which creates the store."""

    title: str
    what: str
    source: str
    hint: str
    why: str
    doing: str
    make: Make


def _restored(
    source: Path, folder: Path, secret: str, opens_with: str, why: str, progress: StageProgress, cancel: Cancel
) -> tuple[Session, str]:
    session = backups.restore(source, folder, secret, opens_with=opens_with, why=why, progress=progress, cancel=cancel)
    return session, "Restored and checked."


def _rescued(
    source: Path, folder: Path, secret: str, opens_with: str, why: str, progress: StageProgress, cancel: Cancel
) -> tuple[Session, str]:
    session, result = rescuing.rescue(
        source, folder, secret, opens_with=opens_with, why=why, progress=progress, cancel=cancel
    )
    return session, result.in_words()


BACKUP: Final = StoreOrigin(
    "Restore a backup",
    "A backup becomes a store in a new folder; the backup stays as it is. Everything in it is checked first. "
    "What was sealed after the backup is not in it, and the new store says so in a sealed record.",
    "&Backup",
    "A folder that begins with evidence-trail-backup",
    backups.LOST,
    "Restoring…",
    _restored,
)
DAMAGED: Final = StoreOrigin(
    "Rescue a damaged store",
    "What can be read of a damaged store becomes a new one; the damaged store stays as it is. A backup is better, where there is "
    "one that is new enough. The new store says in a sealed record what was lost, and earlier receipts and bundles still fit it.",
    "&Damaged store",
    "Its folder",
    rescuing.DAMAGED,
    "Rescuing…",
    _rescued,
)


class NewStorePage(CentredPage):
    """Form for source, new folder, secret and reason. `made` gives the folder of the new store and a message."""

    made = Signal(str, str)

    def __init__(self, runner: BackgroundRunner, back: Callable[[], None], origin: StoreOrigin) -> None:
        super().__init__(tr(origin.title))
        self._runner, self._back, self._origin = runner, back, origin
        self._cancel: Cancel | None = None
        self.source, self.folder, self.secret, self.why = QLineEdit(), QLineEdit(), SecretField(), QLineEdit()
        self.source.setPlaceholderText(tr(origin.hint))
        self.folder.setPlaceholderText(tr("A new, empty folder"))
        self.why.setPlaceholderText(tr(origin.why))
        self.by_code = QCheckBox(tr("It is the &recovery code"))
        self.bar = WorkBar()
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr(origin.source), row(self.source, button(tr("Choose…"), lambda: self._choose(self.source))))
        form.addRow(tr("Into &folder"), row(self.folder, button(tr("Choose…"), lambda: self._choose(self.folder))))
        form.addRow(tr("&Passphrase"), self.secret)
        form.addRow("", self.by_code)
        form.addRow(tr("&Why"), self.why)
        name_by_label(form)
        self.source.setAccessibleName(tr(origin.source).replace("&", ""))
        self.folder.setAccessibleName(tr("Into folder"))
        self.go = button(tr(origin.title), self.make, main=True)
        self.secret.returnPressed.connect(self.make)
        self.column.addWidget(label(tr(origin.what), "soft"))
        self.column.addLayout(form)
        self.column.addWidget(self.bar)
        self.column.addWidget(row(button(tr("Back"), self._leave), None, self.go))
        runner.progressed.connect(self._progressed)
        self.finish()

    def begin_with(self, source: Path) -> None:
        """Set the source, and move the focus to the new folder."""
        self.source.setText(str(source))
        self.folder.setFocus()

    def _choose(self, field: QLineEdit) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Choose a folder"))
        if folder:
            field.setText(folder)

    def _leave(self) -> None:
        if self._cancel is None:
            self._back()
        self.wipe()

    def make(self) -> None:
        """Create the store in the background, and open it."""
        if self._cancel is not None:
            return
        source, folder = (field.text().strip() for field in (self.source, self.folder))
        if not source or not folder or not self.secret.text():
            self.message.fault(tr("Say from which folder, into which folder, and its passphrase or recovery code."))
            return
        cancel = self._cancel = Cancel()
        secret, by_code = self.secret.text(), self.by_code.isChecked()
        why = self.why.text().strip() or self._origin.why
        self.go.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.message.say(tr(self._origin.doing))

        def work() -> tuple[Session, tuple[str, str]]:
            from evidence_app.services.safekeeping.unlocking import read_recovery_code

            checked_secret, opens_with = (read_recovery_code(secret), RECOVERY) if by_code else (secret, PASSPHRASE)
            session, words = self._origin.make(
                Path(source), Path(folder), checked_secret, opens_with, why, self._runner.report, cancel
            )
            return session, (folder, words)

        self._runner.keep(work, self._done, self._failed, self._stopped)

    def _progressed(self, what: str, done: int, total: int) -> None:
        if self._cancel is not None and what in {"copying", "rescuing", "trying"}:
            self.bar.show_progress(done, total)

    def _ended(self) -> None:
        self._cancel = None
        self.go.setEnabled(True)
        self.bar.hide()

    def _done(self, made: tuple[str, str]) -> None:
        self._ended()
        self.secret.clear()
        self.message.say("")
        self.made.emit(*made)

    def _stopped(self) -> None:
        self._ended()
        self.message.say(tr("Cancelled. Nothing was left in the folder."))

    def wipe(self) -> None:
        """Cancel running work, and clear the secret."""
        if self._cancel is not None:
            self._cancel.wish()
        self.secret.clear()

    def _failed(self, sentence: str) -> None:
        self._ended()
        self.message.fault(sentence)
