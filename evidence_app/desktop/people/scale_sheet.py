"""Saving the scale sheet: how many cases were changed from what to what, over what officers handed over."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from evidence_app.desktop.design.widgets import Message
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.summary.scale import Scale
from evidence_app.services.core.session import Session
from evidence_app.services.records.scale import scale, write_scale


def ask_for_scale(page: QWidget, runner: BackgroundRunner, message: Message) -> None:
    """Ask where the scale sheet is saved, and save it there."""
    chosen, _ = QFileDialog.getSaveFileName(page, tr("Save the sheet as"), "scale.pdf", tr("PDF (*.pdf)"))
    if chosen:
        save_scale(page, runner, Path(chosen), message)


def save_scale(page: QWidget, runner: BackgroundRunner, out: Path, message: Message) -> None:
    """Count and write the sheet in the thread of the store, and say how many cases it is of."""

    def work(session: Session) -> Scale:
        found = scale(session, Selection())
        write_scale(session, found, Selection(), out, replacing=True)
        return found

    def done(found: Scale) -> None:
        message.done(
            tr("Saved: {}. Cases that instructions covered: {}; logs: {}.", out.name, found.covered, found.logs)
        )

    runner.call(work, done, message.fault, owner=page)
