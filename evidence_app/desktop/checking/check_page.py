"""Check page: verifies the open store, or a bundle or seal receipt in a file."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QListWidget, QProgressBar, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import Message, button, focus_back, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner, Cancel, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.proof.verdicts import Report, Verdict
from evidence_app.services.safekeeping.checking import check_and_remember
from evidence_app.services.safekeeping.verifying import verify_file

WORDS = {
    Verdict.VERIFIED: "Verified: every item holds.",
    Verdict.ALTERED: "Altered: look at the items marked so.",
    Verdict.UNREADABLE: "Unreadable: it could not be judged.",
}
"""Sentence for each verdict on the whole."""
WAY_ON = (
    "A backup is the first way on. Without one, lock the store, choose Another store…, then Rescue a damaged store…: "
    "what can be read becomes a new store."
)
LOCKED = "The store was locked while it was checked: check it again."
MARKS = {Verdict.VERIFIED: "✓", Verdict.ALTERED: "✗ altered –", Verdict.UNREADABLE: "? unreadable –"}
"""Mark in front of each checked item, in characters and words, so that colour is not needed."""


class CheckPage(QWidget):
    """List of checked items with their verdicts.

    `checked`: a check of the store has ended. `witnesses_asked` and `stamps_asked` ask for the pages of that name.
    """

    checked = Signal()
    witnesses_asked = Signal()
    stamps_asked = Signal()

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._cancel: Cancel | None = None
        self.message, self.bar = Message(), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.items = QListWidget()
        self.items.setAccessibleName(tr("Items checked"))
        self.items.setWordWrap(True)
        self.stop = button(tr("Cancel"), self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.addWidget(label(tr("Check"), "title"))
        column.addWidget(
            label(
                tr("Every hash of the store is derived again and compared; or a bundle or seal receipt is verified."),
                "soft",
            )
        )
        self.now, self.file = (
            button(tr("Check this store"), self.check, main=True),
            button(tr("Verify a file…"), self._choose),
        )
        self.witnesses = button(tr("Witnesses…"), self.witnesses_asked.emit)
        self.stamps = button(tr("Time stamps…"), self.stamps_asked.emit)
        column.addWidget(row(self.now, self.file, self.stop, None, self.witnesses, self.stamps))
        column.addWidget(self.bar)
        column.addWidget(self.message)
        column.addWidget(self.items, 1)
        runner.progressed.connect(self._progressed)
        self._working(None)

    def check(self) -> None:
        """Verify the open store, in the background, and remember when it was checked."""
        cancel = Cancel()
        self._working(cancel)
        self.message.say(tr("Checking…"))
        self._runner.call_aside(
            lambda session: check_and_remember(
                session, lambda done, total: self._runner.report("check", done, total), cancel
            ),
            self._show_store,
            self._failed,
            self._stopped,
            owner=self,
        )

    def _working(self, cancel: Cancel | None) -> None:
        self._cancel = cancel
        busy = cancel is not None
        for widget in (self.bar, self.stop):
            widget.setVisible(busy)
        self.bar.setRange(0, 0)
        for start_button in (self.now, self.file):
            start_button.setEnabled(not busy)
        if not busy:
            focus_back(self.now)

    def _progressed(self, what: str, done: int, total: int) -> None:
        if what == "check" and self._cancel is not None:
            self.bar.setRange(0, max(1, total))
            self.bar.setValue(done)

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel.wish()

    def _stopped(self) -> None:
        self._working(None)
        self.message.say(tr("Cancelled. Nothing was found out."))

    def _failed(self, sentence: str) -> None:
        self._working(None)
        self.message.fault(sentence)

    def _show_store(self, report: Report) -> None:
        self._working(None)
        self._show(report)
        if report.verdict is not Verdict.VERIFIED:
            self.items.addItem(f"– {tr(WAY_ON)}")
        self.checked.emit()

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Verify a file"), "", tr("Bundles and seal receipts (*.pdf *.tlog-proof);;All files (*)")
        )
        if name:
            self.message.say(tr("Verifying {}…", Path(name).name))
            self._runner.run(
                lambda: verify_file(Path(name)),
                lambda report: self._show(report, f"{Path(name).name}: "),
                self.message.fault,
                lane=Lane.LONG,
            )

    def _show(self, report: Report, what: str = "") -> None:
        role = "soft" if report.verdict is Verdict.VERIFIED else "fault"
        self.message.say(f"{what}{tr(WORDS[report.verdict])} {report.conclusion}".strip(), role)
        self.items.clear()
        for check in report.checks:
            self.items.addItem(f"{tr(MARKS[check.verdict])} {check.name}: {check.detail}")
        for note in report.notes:
            self.items.addItem(f"– {note}")

    def wipe(self) -> None:
        """Cancel a running check, and clear the page, because the store is being locked."""
        was_checking = self._cancel is not None
        self._stop()
        self._working(None)
        self.items.clear()
        self.message.say(tr(LOCKED) if was_checking else "")
