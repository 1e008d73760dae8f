"""Saving the sheet of a client agreement, to be printed and signed."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from evidence_app.desktop.design.widgets import Message
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.services.records.agreements import write_agreement


def ask_for_sheet(page: QWidget, runner: BackgroundRunner, index: int, message: Message) -> None:
    """Ask where the sheet of an agreement is saved, and save it there."""
    chosen, _ = QFileDialog.getSaveFileName(page, tr("Save the sheet as"), "agreement.pdf", tr("PDF (*.pdf)"))
    if chosen:
        save_sheet(page, runner, index, Path(chosen), message)


def save_sheet(page: QWidget, runner: BackgroundRunner, index: int, out: Path, message: Message) -> None:
    """Write the sheet in the thread of the store, and say what to do when it is signed."""
    done = tr("Saved: {}. When it is signed, add the scan to the record.", out.name)
    runner.call(
        lambda session: write_agreement(session, index, out, replacing=True),
        lambda _: message.done(done),
        message.fault,
        owner=page,
    )
