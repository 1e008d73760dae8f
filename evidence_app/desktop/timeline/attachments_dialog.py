"""The files of a record, looked at inside the window: no file is written, and no other program sees them."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QListWidget, QVBoxLayout, QWidget

from evidence_app.desktop.design.page_view import PageView
from evidence_app.desktop.design.tables import Beside
from evidence_app.desktop.design.widgets import Message, button, label, row, scrolling
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.domain.record.records import AttachmentFacts, SealedRecord
from evidence_app.services.bundles.previewing import PagePixels, PdfPages, look_at_attachment
from evidence_app.services.core.session import Session

MAX_WORDS: Final = 20_000
STEP: Final = 1.3
MIN_SIZE: Final = QSize(220, 260)
MAX_ZOOM: Final = 4.0
SIZE: Final = QSize(900, 760)
Page = tuple[PagePixels, str, int]


class AttachmentsDialog(QDialog):
    """The list of files, and the pages of the one that is chosen."""

    def __init__(self, parent: QWidget, runner: BackgroundRunner, record: SealedRecord) -> None:
        super().__init__(parent)
        self._runner, self._record = runner, record
        self._pages: PdfPages | None = None
        self._number, self._asked = 0, 0
        self.setWindowTitle(tr("Files of record {}", record.index))
        room = self.screen().availableGeometry().size()
        self.resize(SIZE.boundedTo(QSize(room.width() - 40, room.height() - 80)))
        self.files, self.message, self.page = QListWidget(), Message(), PageView()
        self.files.setAccessibleName(tr("Files"))
        self.files.setWordWrap(True)
        for facts in record.attachments:
            self.files.addItem(_in_a_line(facts))
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

    def _open(self, place: int) -> None:
        """Make the pages of a file."""
        self._pages = None
        self._asked += 1
        asked, index = self._asked, self._record.index
        self.page.show_words(tr("One moment…"))
        self.message.say("")

        def work(session: Session) -> PdfPages:
            return look_at_attachment(session, index, place)

        def done(pages: PdfPages) -> None:
            if asked == self._asked:
                self._pages, self._number = pages, 0
                self._show()

        self._runner.call_aside(work, done, self._fault, owner=self)

    def _fault(self, sentence: str) -> None:
        self.page.show_words(sentence)
        self.message.fault(sentence)

    def zoom(self, by: float) -> None:
        """Show the page larger or smaller; it is scrolled where it does not fit."""
        self._zoom = min(MAX_ZOOM, max(1.0, self._zoom * by))
        seen = self.room.viewport().size()
        if self._zoom > 1:
            height = round(seen.height() * self._zoom)
            self.page.setMinimumSize(QSize(round(height * self._ratio), height))
        else:
            self.page.setMinimumSize(MIN_SIZE)

    def _turn(self, by: int) -> None:
        if self._pages is not None and 0 <= self._number + by < self._pages.count:
            self._number += by
            self._show()

    def _show(self) -> None:
        pages, number, asked = self._pages, self._number, self._asked
        if pages is None:
            return
        self.before.setEnabled(number > 0)
        self.after.setEnabled(number + 1 < pages.count)
        self.where.setText(tr("Page {} of {}", number + 1, pages.count))
        room = self.page.size() * self.page.devicePixelRatio()

        def work() -> Page:
            width, height = pages.size(number)
            fits = min(room.width() / max(width, 1), room.height() / max(height, 1))
            return pages.picture(number, 72 * max(0.2, min(fits, 4.0))), pages.words(number)[:MAX_WORDS], number

        def done(page: Page) -> None:
            picture, words, which = page
            if asked == self._asked and which == self._number:
                self._ratio = picture.width / max(1, picture.height)
                self.page.show_picture(picture, words or tr("A page without words that can be read out"))

        self._runner.run(work, done, self._fault, owner=self, lane=Lane.LONG)


def _in_a_line(facts: AttachmentFacts) -> str:
    kept = "" if facts.kept else "\n" + tr("only its digest is kept here")
    return f"{facts.name}\n{facts.size:,} bytes{kept}"


def can_be_looked_at(attachments: Sequence[AttachmentFacts]) -> bool:
    """Whether a record has files that can be looked at."""
    return any(facts.kept for facts in attachments)
