"""Row of controls that makes the bundle of a plan: file dialog, progress, cancellation."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from evidence_app.desktop.bundles.export_page import LOCKED, STAGES
from evidence_app.desktop.bundles.made_bundle import MadeBundle
from evidence_app.desktop.bundles.plan_papers import PlanPapers
from evidence_app.desktop.design.dialogs import Sure
from evidence_app.desktop.design.widgets import Message, button, focus_back, row, turn
from evidence_app.desktop.design.work_bar import WorkBar
from evidence_app.desktop.system.background_runner import BackgroundRunner, Cancel
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.documents.media_types import AGE_ENDING
from evidence_app.domain.plan.bundle_names import bundle_file_name
from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.time.times import london_day
from evidence_app.services.attestation.cards import find_card
from evidence_app.services.bundles import plans, saved_plans
from evidence_app.services.bundles.exporting import Exported, export_plan
from evidence_app.services.core.session import Session
from evidence_app.services.handover.send import hand_over

SORTS: Final = "PDF (*.pdf);;Hand-overs, encrypted for the owner of the card it is prepared for (*.age)"
"""File types of the save dialog."""


def late_beside(path: Path) -> Path:
    """Return the path of the separate file with the late section of a bundle."""
    return path.with_name(f"{path.stem}-late{path.suffix}")


def _is_encrypted(path: Path) -> bool:
    return path.name.lower().endswith(AGE_ENDING)


class MakeRow(QWidget):
    """Buttons, progress bar and message. `made` gives the export and the plan as stored afterwards; `working` whether it runs, `changed` the plan
    with another cover, story or statement.
    """

    made = Signal(object, object)
    changed = Signal(object)
    working = Signal(bool)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._plan: SavedPlan | None = None
        self._cancel: Cancel | None = None
        self.message, self.bar = Message(), WorkBar()
        self.make, self.stop = button(tr("Make the bundle…"), self._ask, main=True), button(tr("Cancel"), self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.papers = PlanPapers(runner)
        self.papers.changed.connect(self.changed)
        column.addWidget(self.papers)
        column.addWidget(row(self.make, self.stop, None))
        column.addWidget(self.bar)
        column.addWidget(self.message)
        self.made_file = MadeBundle()
        column.addWidget(self.made_file)
        runner.progressed.connect(self._progressed)
        self.show_plan(None)

    def show_plan(self, plan: SavedPlan | None) -> None:
        """Set the plan whose bundle the button makes; None disables it."""
        self._plan = plan
        self.papers.show_plan(plan if self._cancel is None else None)
        turn(self.make, self.stop, working=self._cancel is not None)
        self.make.setEnabled(plan is not None and self._cancel is None)

    def _ask(self) -> None:
        if self._plan is None:
            return
        plan, today = self._plan, london_day(datetime.now(UTC))
        suggested_name = bundle_file_name(PROFILES.get(plan.profile), plan.title or plan.name, plan.case_ref, today)
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Make the bundle as"), suggested_name, tr(SORTS))
        if not chosen:
            return
        path = Path(chosen) if chosen.lower().endswith((".pdf", AGE_ENDING)) else Path(f"{chosen}.pdf")
        late_path = late_beside(path)
        if not _is_encrypted(path) and self._plan.late and late_path.exists():
            dialog = Sure(
                self,
                tr("{} is there already", late_path.name),
                tr("The late section by itself is written to it."),
                tr("Replace it"),
            )
            dialog.accepted.connect(lambda: self.make_bundle(path))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()
        else:
            self.make_bundle(path)

    def make_bundle(self, path: Path) -> None:
        """Make the bundle in the background; a plan with late sections also writes the last of them to a separate file.

        A path that ends in .age makes a hand-over, encrypted for the card of the plan's recipient.
        """
        plan = self._plan
        if plan is None:
            return
        late_path = late_beside(path) if plan.late and not _is_encrypted(path) else None
        cancel = self._cancel = Cancel()
        self.made_file.offer(None)
        self.message.say(tr("Making the bundle…"))
        self._work(on=True)

        def work(session: Session) -> tuple[Exported, SavedPlan]:
            report, choice = self._runner.report, plans.Choice()
            if _is_encrypted(path):
                card = find_card(session, plan.recipient)
                exported = hand_over(
                    session, plan, path, choice, card, keep=True, replacing=True, progress=report, cancel=cancel
                )
            else:
                exported = export_plan(
                    session,
                    plan,
                    path,
                    choice,
                    section_alone=late_path,
                    keep=True,
                    replacing=True,
                    progress=report,
                    cancel=cancel,
                )
            return exported, saved_plans.plan_named(session, plan.name)

        self._runner.call_aside(work, self._done, self._failed, self._stopped, owner=self)

    def _progressed(self, what: str, done: int, total: int) -> None:
        if self._cancel is not None and not self._cancel():
            self.bar.show_progress(done, total)
            self.message.say(tr(STAGES.get(what, what)) + "…")

    def _work(self, *, on: bool) -> None:
        self.bar.setVisible(on)
        if not on:
            self._cancel = None
            # Deferred: the button is enabled only by `show_plan` below.
            QTimer.singleShot(0, self.make, lambda: focus_back(self.make))
        self.show_plan(self._plan)
        self.working.emit(on)

    def _done(self, result: tuple[Exported, SavedPlan]) -> None:
        exported, plan = result
        self._work(on=False)
        words = "\n".join(map(tr_value, [exported.in_words(), *exported.warnings]))
        if exported.warnings:
            self.message.say(words, "warning")
        else:
            self.message.done(words)
        self.made_file.offer(exported.path)
        self.made.emit(exported, plan)

    def _failed(self, sentence: str) -> None:
        self._work(on=False)
        self.message.fault(sentence)

    def _stopped(self) -> None:
        self._work(on=False)
        self.message.say(tr("Cancelled. No file was written."))

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel.wish()
            self.message.say(tr("Stopping…"))

    def wipe(self) -> None:
        """Clear the controls and cancel: after the lock the outcome is not delivered any more."""
        was_making = self._cancel is not None
        self._stop()
        self._work(on=False)
        self.message.say(tr(LOCKED) if was_making else "")
        self.papers.wipe()
        self.made_file.offer(None)
        self.show_plan(None)
