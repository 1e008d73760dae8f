"""Saves the pages of one thread, to be printed and kept: asks for a file, makes it beside the window."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from evidence_app.desktop.casework.threads_page import ThreadsPage
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.bundle_names import bundle_file_name
from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.domain.time.times import london_day
from evidence_app.services.bundles.exporting import Exported
from evidence_app.services.bundles.printing import save_thread_pages


def save_thread(
    runner: BackgroundRunner, page: ThreadsPage, index: int, done: Callable[[Exported], None], path: Path | None = None
) -> None:
    """Save the pages of the thread of a record; without a `path` the person is asked for one. `done` gets what was made."""
    if path is None:
        named = bundle_file_name(PROFILES["thread"], tr("Thread {}", index), "", london_day(datetime.now(UTC)))
        chosen, _ = QFileDialog.getSaveFileName(page, tr("Save the pages as"), named, tr("PDF (*.pdf)"))
        if not chosen:
            return
        path = Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")
    out = path
    page.message.say(tr("Making the pages…"))
    runner.call_aside(
        # The file dialog has asked about a file that is there.
        lambda session: save_thread_pages(session, index, out, replacing=True),
        done,
        page.message.fault,
        owner=page,
    )
