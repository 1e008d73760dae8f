"""Viewer for the attachments of a record, inside the window: no file is written, and no other program is started."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QListWidget, QVBoxLayout, QWidget

from evidence_app.desktop.design.lists.tables import Beside
from evidence_app.desktop.design.page_view import PageView
from evidence_app.desktop.design.widgets import Message, button, label, row, scrolling
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.domain.record.records import AttachmentFacts, SealedRecord
from evidence_app.services.bundles.previewing import PagePixels, PdfPages, look_at_attachment
from evidence_app.services.core.session import Session

MAX_WORDS: Final = 20_000
"""Longest text of a page given to screen readers, in characters."""
STEP: Final = 1.3
"""Factor of one zoom step."""
MIN_SIZE: Final = QSize(220, 260)
"""Smallest size of the page, in pixels."""
MAX_ZOOM: Final = 4.0
"""Largest zoom, relative to the size that fits the dialog."""
SIZE: Final = QSize(900, 760)
"""Preferred size of the dialog, in pixels."""
Page = tuple[PagePixels, str, int]
"""A rendered page, its text, and its number from 0."""


class AttachmentsDialog(QDialog):
    """Dialog with the list of attachments and the pages of the selected one."""

    def __init__(self, parent: QWidget, runner: BackgroundRunner, record: SealedRecord) -> None:
        super().__init__(parent)
        self._runner, self._record = runner, record
        self._pages: PdfPages | None = None
        self._number, self._request = 0, 0
        self.setWindowTitle(tr("Files of record {}", record.index))
        available = self.screen().availableGeometry().size()
        self.resize(SIZE.boundedTo(QSize(available.width() - 40, available.height() - 80)))
        self.files, self.message, self.page = QListWidget(), Message(), PageView()
        self.files.setAccessibleName(tr("Files"))
        self.files.setWordWrap(True)
        for facts in record.attachments:
            self.files.addItem(_file_line(facts))
        self.where = label("", "soft", wrap=False)
        self.before, self.after = (
            button(tr("Page before"), lambda: self._turn(-1)),
            button(tr("Next page"), lambda: self._turn(1)),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        self.room = scrolling(self.page)
        self.files.setVisible(len(record.attachments) > 1)
        self._zoom, self._ratio = 1.0, 0.7
        larger, smaller = (
            button(tr("Larger"), lambda: self.zoom(STEP)),
            button(tr("Smaller"), lambda: self.zoom(1 / STEP)),
        )
        for key, by in ((QKeySequence.StandardKey.ZoomIn, STEP), (QKeySequence.StandardKey.ZoomOut, 1 / STEP)):
            QShortcut(QKeySequence(key), self).activated.connect(lambda by=by: self.zoom(by))
        column.addWidget(Beside(self.files, self.room, (1, 3)), 1)
        column.addWidget(self.message)
        column.addWidget(
            row(self.before, self.after, self.where, None, smaller, larger, button(tr("Close"), self.reject, main=True))
        )
        self.files.currentRowChanged.connect(self._open)
        self.page.turned.connect(self._turn)
        self.page.resized.connect(self._show)
        lock = getattr(parent.window(), "lock", None)
        if callable(lock):
            QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(lambda: lock())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.files.setCurrentRow(0)

    def _open(self, file_index: int) -> None:
        """Convert the selected attachment to pages, in the background; a result for an earlier selection is discarded."""
        self._pages = None
        self._request += 1
        request, index = self._request, self._record.index
        self.page.show_words(tr("One moment…"))
        self.message.say("")

        def work(session: Session) -> PdfPages:
            return look_at_attachment(session, index, file_index)

        def done(pages: PdfPages) -> None:
            if request == self._request:
                self._pages, self._number = pages, 0
                self._show()

        self._runner.call_aside(work, done, self._fault, owner=self)

    def _fault(self, sentence: str) -> None:
        self.page.show_words(sentence)
        self.message.fault(sentence)

    def zoom(self, by: float) -> None:
        """Multiply the zoom by a factor, between 1 (fits the dialog) and `MAX_ZOOM`; a larger page scrolls."""
        self._zoom = min(MAX_ZOOM, max(1.0, self._zoom * by))
        visible = self.room.viewport().size()
        if self._zoom > 1:
            height = round(visible.height() * self._zoom)
            self.page.setMinimumSize(QSize(round(height * self._ratio), height))
        else:
            self.page.setMinimumSize(MIN_SIZE)

    def _turn(self, by: int) -> None:
        if self._pages is not None and 0 <= self._number + by < self._pages.count:
            self._number += by
            self._show()

    def _show(self) -> None:
        pages, number, request = self._pages, self._number, self._request
        if pages is None:
            return
        self.before.setEnabled(number > 0)
        self.after.setEnabled(number + 1 < pages.count)
        self.where.setText(tr("Page {} of {}", number + 1, pages.count))
        available = self.page.size() * self.page.devicePixelRatio()

        def work() -> Page:
            width, height = pages.size(number)
            scale = min(available.width() / max(width, 1), available.height() / max(height, 1))
            # 72 points an inch (ISO 32000): a scale of 1 is 72 dpi.
            return pages.picture(number, 72 * max(0.2, min(scale, 4.0))), pages.words(number)[:MAX_WORDS], number

        def done(page: Page) -> None:
            picture, words, page_number = page
            if request == self._request and page_number == self._number:
                self._ratio = picture.width / max(1, picture.height)
                self.page.show_picture(picture, words or tr("A page without words that can be read out"))

        self._runner.run(work, done, self._fault, owner=self, lane=Lane.LONG)


def _file_line(facts: AttachmentFacts) -> str:
    kept = "" if facts.kept else "\n" + tr("only its digest is kept here")
    return f"{facts.name}\n{facts.size:,} bytes{kept}"


def can_be_looked_at(attachments: Sequence[AttachmentFacts]) -> bool:
    """Return whether any attachment is stored with its content (of others, only the digest is stored)."""
    return any(facts.kept for facts in attachments)
