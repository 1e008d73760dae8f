"""Check page: verifies the open store, or a bundle or seal receipt in a file."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QListWidget, QVBoxLayout, QWidget

from evidence_app.desktop.design.forms.folds import Fold, FoldCard
from evidence_app.desktop.design.verdict_seal import VerdictSeal
from evidence_app.desktop.design.widgets import Message, button, focus_back, label, row, turn
from evidence_app.desktop.design.work_bar import WorkBar
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
        self.message, self.bar, self.verdict = Message(), WorkBar(), VerdictSeal()
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
        column.addWidget(self.verdict)
        self.details = Fold(tr("What it rests on"), self.items)
        self.details.setVisible(False)
        card = FoldCard()
        card.add(self.details)
        self._card = card
        card.setVisible(False)
        self.items.setMinimumHeight(200)
        column.addWidget(card)
        column.addStretch(1)
        # The list takes the rest of the page when it is unfolded, and a folded card only its line.
        self.details.title.toggled.connect(lambda on: column.setStretchFactor(card, 1000 if on else 0))
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
        self.bar.setVisible(busy)
        self.bar.setRange(0, 0)
        self.file.setEnabled(not busy)
        turn(self.now, self.stop, working=busy)
        if busy:
            self._clear()
        else:
            focus_back(self.now)

    def _clear(self) -> None:
        """Take an earlier verdict away: it is not that of what is looked at now."""
        self.items.clear()
        self.verdict.clear()
        self._card.setVisible(False)

    def _progressed(self, what: str, done: int, total: int) -> None:
        if what == "check" and self._cancel is not None:
            self.bar.show_progress(done, total)

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
            self.verify(Path(name))

    def verify(self, path: Path) -> None:
        """Verify a bundle or a seal receipt in a file, in the background."""
        self._clear()
        self.message.say(tr("Verifying {}…", path.name))
        self._runner.run(
            lambda: verify_file(path),
            lambda report: self._show(report, f"{path.name}: "),
            self.message.fault,
            lane=Lane.LONG,
        )

    def _show(self, report: Report, what: str = "") -> None:
        self._clear()
        self.message.say("")
        self.verdict.show_verdict(report.verdict, f"{what}{tr(WORDS[report.verdict])}", report.conclusion)
        # What does not hold comes first: of a thousand lines it may be the last.
        for check in sorted(report.checks, key=lambda check: check.verdict is Verdict.VERIFIED):
            self.items.addItem(f"{tr(MARKS[check.verdict])} {check.name}: {check.detail}")
        for note in report.notes:
            self.items.addItem(f"– {note}")
        wrong = sum(1 for check in report.checks if check.verdict is not Verdict.VERIFIED)
        self.details.title.say(
            tr("{} of {} do not hold", wrong, len(report.checks)) if wrong else tr("{} checked", len(report.checks))
        )
        self._card.setVisible(True)
        self.details.setVisible(True)
        # What does not hold is in sight; what holds is unfolded by whoever wants it.
        self.details.title.setChecked(bool(wrong))

    def wipe(self) -> None:
        """Cancel a running check, and clear the page, because the store is being locked."""
        was_checking = self._cancel is not None
        self._stop()
        self._working(None)
        self._clear()
        self.message.say(tr(LOCKED) if was_checking else "")
