"""Attachments of a draft: adding with progress, list, removal."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QListWidget, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.design.work_bar import WorkBar
from evidence_app.desktop.system.background_runner import BackgroundRunner, Cancel
from evidence_app.desktop.system.language import tr
from evidence_app.errors import Cancelled, EvidenceError
from evidence_app.services.core.session import Session
from evidence_app.services.records import drafts
from evidence_app.services.records.drafts import Draft

WHAT: Final = "attaching"
"""Stage under which progress is reported."""
MAX_NAMED: Final = 3
"""Largest number of errors shown in full."""
LINES: Final = 6
"""Largest height of the list, in lines."""
Attached = tuple[Draft, list[str]]
"""The draft with its attachments, and error sentences."""


class DraftFiles(QWidget):
    """List of attachments with buttons. `changed` gives the draft afterwards, `busy` whether files are being attached."""

    changed = Signal(object)
    busy = Signal(bool)

    def __init__(self, runner: BackgroundRunner, draft: Draft) -> None:
        super().__init__()
        self._runner, self._identity = runner, draft.identity
        self._cancel: Cancel | None = None
        self._contents: list[int] = []
        self.items, self.message, self.bar = QListWidget(), Message(), WorkBar()
        self.items.setAccessibleName(tr("Attached files"))
        self.items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add = button(tr("Attach files…"), self._choose)
        self.remove = button(tr("Remove"), self._remove)
        self.stop = button(tr("Cancel"), self.stop_now)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.items)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.items)
        column.addWidget(row(self.add, label(tr("or drop them here"), "soft"), self.remove, self.stop, None))
        column.addWidget(self.bar)
        column.addWidget(self.message)
        runner.progressed.connect(self._progressed)
        self._working(None)
        self._show(draft)

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, tr("Attach files"))
        self.attach([Path(name) for name in names])

    def attach(self, paths: list[Path]) -> None:
        """Store the content of files with the draft, one after the other, in the background.

        A file that cannot be read is reported, and the others are stored; after a cancellation the stored ones stay.
        """
        if not paths or self._cancel is not None:
            return
        identity, cancel = self._identity, Cancel()
        self._working(cancel)
        self.message.say(tr("Attaching…"))

        def progress(done: int, total: int) -> None:
            if cancel():
                raise Cancelled
            self._runner.report(WHAT, done, total)

        def work(session: Session) -> Attached:
            errors = []
            for path in paths:
                try:
                    drafts.attach_to_draft(session, identity, path, progress)
                except Cancelled:
                    errors.append(tr("Cancelled: the rest was not attached."))
                    break
                except EvidenceError as error:
                    errors.append(error.sentence)
            return drafts.draft_of(session, identity), errors

        self._runner.call_aside(work, self._attached, self._failed, owner=self)

    def _attached(self, result: Attached) -> None:
        draft, errors = result
        self._working(None)
        self._show(draft)
        rest = " " + tr("And {} more.", len(errors) - MAX_NAMED) if len(errors) > MAX_NAMED else ""
        if errors:
            self.message.fault(" ".join(errors[:MAX_NAMED]) + rest)
        self.changed.emit(draft)

    def _failed(self, sentence: str) -> None:
        self._working(None)
        self.message.fault(sentence)

    @property
    def is_busy(self) -> bool:
        """True while files are being attached."""
        return self._cancel is not None

    def stop_now(self) -> None:
        """Cancel attaching; files that are stored already stay."""
        if self._cancel is not None:
            self._cancel.wish()

    def _working(self, cancel: Cancel | None) -> None:
        self._cancel = cancel
        on = cancel is not None
        self.bar.setRange(0, 0)
        self.bar.setVisible(on)
        self.stop.setVisible(on)
        self.add.setEnabled(not on)
        self.remove.setEnabled(not on)
        self.message.say("")
        self.busy.emit(on)

    def _progressed(self, what: str, done: int, total: int) -> None:
        if what == WHAT and self._cancel is not None:
            # In thousandths, because QProgressBar takes 32-bit integers, and files may exceed 2 GB.
            self.bar.show_progress(1000 * done // max(1, total), 1000)

    def _show(self, draft: Draft) -> None:
        self._contents = [each.content for each in draft.attachments]
        self.items.clear()
        self.items.addItems([tr("{}   {:,} bytes", each.name, each.size) for each in draft.attachments])
        self.items.setMaximumHeight((self.fontMetrics().lineSpacing() + 8) * min(LINES, max(1, self.items.count())))
        for part in (self.items, self.remove):
            part.setVisible(bool(self._contents))
        if self._contents:
            self.items.setCurrentRow(0)

    def _remove(self) -> None:
        row_number, identity = self.items.currentRow(), self._identity
        if 0 <= row_number < len(self._contents):
            content = self._contents[row_number]
            self._runner.call(
                lambda session: (drafts.detach_from_draft(session, identity, content), []),
                self._attached,
                self.message.fault,
                owner=self,
            )
