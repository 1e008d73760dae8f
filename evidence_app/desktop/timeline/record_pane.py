"""The record beside the timeline: its words, links to other records that lead there and back, and what can be done with it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QTextBrowser, QVBoxLayout, QWidget

from evidence_app.desktop.design.record_text import LINK, as_html
from evidence_app.desktop.design.widgets import button, row
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.clipboard import COPIED
from evidence_app.desktop.system.language import tr
from evidence_app.desktop.timeline.attachments_dialog import AttachmentsDialog, can_be_looked_at
from evidence_app.desktop.timeline.covered_cases_dialog import CoveredCasesDialog
from evidence_app.desktop.timeline.marked_words import mark_words
from evidence_app.domain.record.cases.covered_cases import covered_by
from evidence_app.domain.record.cases.holds import sets_hold
from evidence_app.domain.thread.letters import LETTERS
from evidence_app.services.records.reading import Shown

MAX_VISITED: Final = 100
"""Records that *back* remembers."""


class RecordPane(QWidget):
    """Shows one record. The signals give its index, or that of a record that it names; `sealed`: something about it was sealed; `linked_asked`: a record of a kind is to be begun that names it by a relation."""

    addendum_asked = Signal(int)
    draft_asked = Signal(int)
    thread_asked = Signal(int)
    receipt_asked = Signal(int)
    record_asked = Signal(int)
    sheet_asked = Signal(int)
    copied = Signal()
    sealed = Signal()
    linked_asked = Signal(str, int, str)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self.shown: Shown | None = None
        self._searched = ""
        self._before: list[int] = []
        self._after: list[int] = []
        self.detail = QTextBrowser()
        self.detail.setOpenLinks(False)
        self.detail.setAccessibleName(tr("Record"))
        self.detail.anchorClicked.connect(self._follow)
        self.back, self.forward = button("‹", self.go_back), button("›", self.go_forward)
        for each, name in ((self.back, tr("Back (Alt+Left)")), (self.forward, tr("Forward (Alt+Right)"))):
            each.setAccessibleName(name)
            each.setToolTip(name)
            each.setFixedWidth(36)
        self.add = button(tr("Add to it…"), lambda: self._emit(self.addendum_asked.emit))
        self.thread_button = button(tr("Thread"), lambda: self._emit(self.thread_asked.emit))
        self.receipt = button(tr("Save receipt…"), lambda: self._emit(self.receipt_asked.emit))
        self.code = button(tr("Copy code"), lambda: self._copy(lambda shown: shown.record.code))
        self.files = button(tr("Look at the files…"), self.look_at_files)
        self.mail = button(tr("Draft the e-mail…"), lambda: self._emit(self.draft_asked.emit))
        self.ndelius = button(tr("Copy for nDelius"), lambda: self._copy(lambda shown: shown.ndelius_text))
        self.cases = button(tr("Cases that it covers…"), self.show_cases)
        self.lift = button(tr("Lift the hold…"), lambda: self._begin_linked("hold-end", "about"))
        self.sheet = button(tr("Sheet to sign…"), lambda: self._emit(self.sheet_asked.emit))
        self.under = button(tr("Instruction under it…"), lambda: self._begin_linked("instruction", "under"))
        self._acts = (
            *(self.add, self.thread_button, self.cases, self.sheet, self.lift, self.under, self.receipt, self.code),
            *(self.files, self.mail, self.ndelius),
        )
        self.bar = row(self.back, self.forward, *self._acts, None)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.detail, 1)
        column.addWidget(self.bar)
        for keys, action in (("Alt+Left", self.go_back), ("Alt+Right", self.go_forward)):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        # The text has these keys for a history of its own, which is empty: it takes them first, when it has the focus.
        self.detail.installEventFilter(self)
        self.show_record(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back and forward by key while the text has the focus too."""
        if watched is self.detail and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            alone = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
            if alone and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                (self.go_back if event.key() == Qt.Key.Key_Left else self.go_forward)()
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Show the record again in the colours of another theme: its text has them written in."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.shown is not None:
            self.show_record(self.shown, self._searched)

    def show_record(self, shown: Shown | None, searched: str = "") -> int:
        """Show a record, or none, with the words that were searched for marked. Return in how many places they stand."""
        self.shown, self._searched = shown, searched
        self.bar.setEnabled(shown is not None)
        self.mail.setVisible(shown is not None and shown.record.kind.name in LETTERS)
        self.ndelius.setVisible(shown is not None and bool(shown.ndelius_text))
        self.sheet.setVisible(shown is not None and shown.record.kind.name == "client-agreement")
        self.lift.setVisible(shown is not None and sets_hold(shown.record))
        self.under.setVisible(shown is not None and shown.record.kind.name == "policy")
        self.cases.setVisible(shown is not None and bool(covered_by(shown.record)))
        self.files.setVisible(shown is not None and can_be_looked_at(shown.record.attachments))
        self.detail.setHtml(as_html(shown) if shown is not None else "")
        self._show_ways()
        return mark_words(self.detail, searched)

    def wipe(self) -> None:
        """Forget the record and what was visited, because the store is being locked."""
        self._before, self._after = [], []
        self.show_record(None)

    # Links

    def _follow(self, url: QUrl) -> None:
        """Go to the record that a link names; what is shown now can be gone back to."""
        index = url.toString().removeprefix(LINK)
        if self.shown is not None and index.isdigit():
            self._before = [*self._before, self.shown.record.index][-MAX_VISITED:]
            self._after = []
            self.record_asked.emit(int(index))

    def go_back(self) -> None:
        """Show again what was shown before the last link."""
        self._go(self._before, self._after)

    def go_forward(self) -> None:
        """Undo the last *back*."""
        self._go(self._after, self._before)

    def _go(self, source: list[int], target: list[int]) -> None:
        if source and self.shown is not None:
            target.append(self.shown.record.index)
            self.record_asked.emit(source.pop())

    def _show_ways(self) -> None:
        visited = bool(self._before or self._after)
        for each, records in ((self.back, self._before), (self.forward, self._after)):
            # They take no room while no link was followed.
            each.setVisible(visited)
            each.setEnabled(bool(records))

    # What can be done with the record

    def show_menu(self, place: QPoint) -> None:
        """Show what can be done with the record as a menu, at a place on the screen."""
        self.menu().popup(place)

    def menu(self) -> QMenu:
        """Return a menu of what can be done with the record now."""
        menu = QMenu(self)
        for each in self._acts:
            if not each.isHidden():
                menu.addAction(each.text(), each.click)
        menu.addAction(tr("Copy the whole text"), self.copy_text).setShortcut(QKeySequence.StandardKey.Copy)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def copy_text(self) -> None:
        """Copy the record as it is shown, whole."""
        self._copy(lambda _: self.detail.toPlainText())

    def look_at_files(self) -> None:
        """Show the attachments of the record in a dialog."""
        if self.shown is not None and can_be_looked_at(self.shown.record.attachments):
            AttachmentsDialog(self, self._runner, self.shown.record).open()

    def show_cases(self) -> None:
        """Show the cases that the record covers, and what became of each, in a dialog."""
        if self.shown is not None and covered_by(self.shown.record):
            dialog = CoveredCasesDialog(self, self._runner, self.shown.record)
            dialog.sealed.connect(self.sealed)
            dialog.open()

    def _begin_linked(self, kind: str, relation: str) -> None:
        if self.shown is not None:
            self.linked_asked.emit(kind, self.shown.record.index, relation)

    def _copy(self, what: Callable[[Shown], str]) -> None:
        if self.shown is not None:
            COPIED.copy(what(self.shown))
            self.copied.emit()

    def _emit(self, emit: Callable[[int], None]) -> None:
        if self.shown is not None:
            emit(self.shown.record.index)
