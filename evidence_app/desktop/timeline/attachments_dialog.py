"""Viewer for the attachments of a record, inside the window: no file is written, and no other program is started."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QListWidget, QVBoxLayout, QWidget

from evidence_app.desktop.design.lists.tables import Beside
from evidence_app.desktop.design.screens import fitting
from evidence_app.desktop.design.viewer.page_viewer import PageViewer
from evidence_app.desktop.design.widgets import Message, button, row
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.record.records import AttachmentFacts, SealedRecord
from evidence_app.services.bundles.previewing import PdfPages, look_at_attachment
from evidence_app.services.core.session import Session

SIZE: Final = QSize(900, 760)
"""Preferred size of the dialog, in pixels."""


class AttachmentsDialog(QDialog):
    """Dialog with the list of attachments and the pages of the selected one."""

    def __init__(self, parent: QWidget, runner: BackgroundRunner, record: SealedRecord) -> None:
        super().__init__(parent)
        self._runner, self._record = runner, record
        self._request = 0
        self.setWindowTitle(tr("Files of record {}", record.index))
        self.resize(fitting(self, SIZE))
        self.files, self.message, self.viewer = QListWidget(), Message(), PageViewer(runner)
        self.files.setAccessibleName(tr("Files"))
        self.files.setWordWrap(True)
        for facts in record.attachments:
            self.files.addItem(_file_line(facts))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        self.files.setVisible(len(record.attachments) > 1)
        column.addWidget(Beside(self.files, self.viewer, (1, 3)), 1)
        column.addWidget(self.message)
        column.addWidget(row(None, button(tr("Close"), self.reject, main=True)))
        self.files.currentRowChanged.connect(self._open)
        self.viewer.failed.connect(self._fault)
        lock = getattr(parent.window(), "lock", None)
        if callable(lock):
            QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(lambda: lock())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.files.setCurrentRow(0)

    def _open(self, file_index: int) -> None:
        """Convert the selected attachment to pages, in the background; a result for an earlier selection is discarded."""
        self._request += 1
        request, index = self._request, self._record.index
        self.viewer.show_words(tr("One moment…"))
        self.message.say("")

        def work(session: Session) -> PdfPages:
            return look_at_attachment(session, index, file_index)

        def done(pages: PdfPages) -> None:
            if request == self._request:
                self.viewer.show_pages(pages)

        self._runner.call_aside(work, done, self._fault, owner=self)

    def _fault(self, sentence: str) -> None:
        self.viewer.show_words(sentence)
        self.message.fault(sentence)


def _file_line(facts: AttachmentFacts) -> str:
    kept = "" if facts.kept else "\n" + tr("only its digest is kept here")
    return f"{facts.name}\n{facts.size:,} bytes{kept}"


def can_be_looked_at(attachments: Sequence[AttachmentFacts]) -> bool:
    """Return whether any attachment is stored with its content (of others, only the digest is stored)."""
    return any(facts.kept for facts in attachments)
