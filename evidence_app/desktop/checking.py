"""Check the store, or a file that somebody sent."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QListWidget, QVBoxLayout, QWidget

from evidence_app.desktop.jobs import Lane, StoreThread
from evidence_app.desktop.widgets import Message, button, label, row
from evidence_app.receipts.verdicts import Report, Verdict
from evidence_app.services.checking import check_and_remember
from evidence_app.services.verifying import verify_file

WORDS = {
    Verdict.VERIFIED: "Verified: every item holds.",
    Verdict.ALTERED: "Altered: look at the items marked so.",
    Verdict.UNREADABLE: "Unreadable: it could not be judged.",
}
MARKS = {Verdict.VERIFIED: "✓", Verdict.ALTERED: "✗ altered –", Verdict.UNREADABLE: "? unreadable –"}


class CheckPage(QWidget):
    """Where the log and files are checked, item by item."""

    checked = Signal()

    def __init__(self, thread: StoreThread) -> None:
        super().__init__()
        self._thread = thread
        self.message = Message()
        self.items = QListWidget()
        self.items.setAccessibleName("Items checked")
        self.items.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.addWidget(label("Check", "title"))
        column.addWidget(
            label(
                "Every hash of the store is derived again and compared; or a bundle or seal receipt is verified.",
                "soft",
            )
        )
        column.addWidget(
            row(button("Check this store", self.check, main=True), button("Verify a file…", self._choose), None)
        )
        column.addWidget(self.message)
        column.addWidget(self.items, 1)

    def check(self) -> None:
        """Check the open store."""
        self.message.say("Checking…")
        self._thread.call_aside(
            lambda session: check_and_remember(session, lambda done, total: self._thread.report("check", done, total)),
            self._show_store,
            self.message.fault,
        )

    def _show_store(self, report: Report) -> None:
        self._show(report)
        self.checked.emit()

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Verify a file", "", "Bundles and seal receipts (*.pdf *.tlog-proof);;All files (*)"
        )
        if name:
            self.message.say("Verifying…")
            self._thread.run(lambda: verify_file(Path(name)), self._show, self.message.fault, lane=Lane.LONG)

    def _show(self, report: Report) -> None:
        role = "soft" if report.verdict is Verdict.VERIFIED else "fault"
        self.message.say(f"{WORDS[report.verdict]} {report.conclusion}".strip(), role)
        self.items.clear()
        for check in report.checks:
            self.items.addItem(f"{MARKS[check.verdict]} {check.name}: {check.detail}")
        for note in report.notes:
            self.items.addItem(f"– {note}")

    def wipe(self) -> None:
        """Take everything off the screen."""
        self.items.clear()
        self.message.say("")
