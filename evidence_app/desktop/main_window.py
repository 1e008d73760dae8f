"""The window: a list of places, a search field, and one place at a time."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.desktop import theme
from evidence_app.desktop.capture import CapturePage, new_entry
from evidence_app.desktop.checking import CheckPage
from evidence_app.desktop.drafts_page import DraftsPage
from evidence_app.desktop.exporting import ExportPage
from evidence_app.desktop.jobs import StoreThread
from evidence_app.desktop.sealing import SealDialog, SealedDialog, as_record, seal_now
from evidence_app.desktop.timeline import TimelinePage
from evidence_app.desktop.welcome import CreatePage, RecoveryPage, UnlockPage, WelcomePage
from evidence_app.desktop.widgets import scrolling
from evidence_app.domain.fields import Json, Kind
from evidence_app.domain.kinds import KINDS
from evidence_app.errors import EvidenceError
from evidence_app.services import drafts
from evidence_app.services.drafts import Draft
from evidence_app.services.sealing import Sealed
from evidence_app.services.session import Session

IDLE_MINUTES: Final = 10
USE: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
PLACES: Final = (("Timeline", "history"), ("Drafts", "pencil"), ("Bundles", "download"), ("Check", "shield-check"))
SIZE: Final = QSize(1180, 760)


class MainWindow(QMainWindow):
    """The whole program as a person sees it."""

    def __init__(self, folder: Path | None = None, idle_minutes: int = IDLE_MINUTES) -> None:
        super().__init__()
        self.setWindowTitle("Evidence Trail")
        room = self.screen().availableGeometry().size()
        self.resize(SIZE.boundedTo(QSize(room.width() - 20, room.height() - 60)))
        self._folder = folder
        self._capture: CapturePage | None = None
        self._left_open = ""
        self.thread_of_store = StoreThread()
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self._build_ways()
        self._build_inside()
        self._build_keys()
        self._idle = QTimer(self, interval=idle_minutes * 60_000, singleShot=True)
        self._idle.timeout.connect(lambda: self.lock("Locked, because nothing was done for a while."))
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        if folder is None:
            self.stack.setCurrentWidget(self.welcome)
        else:
            self.ask_for(folder)

    # Building

    def _build_ways(self) -> None:
        self.welcome = WelcomePage(lambda: self.stack.setCurrentWidget(self.create_page), self.ask_for)
        self.create_page = CreatePage(self.thread_of_store, lambda: self.stack.setCurrentWidget(self.welcome))
        self.create_page.made.connect(self._store_made)
        self.recovery = RecoveryPage(self._enter)
        self.unlock = UnlockPage(self.thread_of_store, lambda: self.stack.setCurrentWidget(self.welcome))
        self.unlock.unlocked.connect(self._enter)
        for page in (self.welcome, self.create_page, self.recovery, self.unlock):
            self.stack.addWidget(page)

    def _build_inside(self) -> None:
        self.inside = QWidget()
        self.places = QListWidget()
        self.places.setObjectName("places")
        self.places.setAccessibleName("Places")
        self.places.setIconSize(QSize(18, 18))
        self.places.setFixedWidth(self.fontMetrics().averageCharWidth() * 12 + 50)
        for name, icon in PLACES:
            item = QListWidgetItem(theme.icon(icon), name)
            item.setSizeHint(QSize(0, self.fontMetrics().height() + 18))
            self.places.addItem(item)
        self.timeline = TimelinePage(self.thread_of_store)
        self.timeline.addendum_asked.connect(self._addendum)
        self.drafts_page = DraftsPage()
        self.drafts_page.chosen.connect(self.open_draft)
        self.export_page = ExportPage(self.thread_of_store)
        self.check_page = CheckPage(self.thread_of_store)
        self.place = QStackedWidget()
        for page in (self.timeline, self.drafts_page, scrolling(self.export_page), self.check_page):
            self.place.addWidget(page)
        self.places.currentRowChanged.connect(self._go_to)
        self.places.itemClicked.connect(lambda _: self._go_to(self.places.currentRow()))
        self.export_page.exported.connect(self._refresh)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._top_bar())
        right.addWidget(self.place, 1)
        whole = QHBoxLayout(self.inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.places)
        whole.addLayout(right, 1)
        self.stack.addWidget(self.inside)

    def _top_bar(self) -> QWidget:
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search all records (Ctrl+K)")
        self.search.setAccessibleName("Search all records")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.new = QToolButton()
        self.new.setText("New…")
        self.new.setIcon(theme.icon("plus"))
        self.new.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.new.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.new.setMenu(self._new_menu())
        self.new.setToolTip("New record (Ctrl+N, then a letter)")
        lock = QToolButton()
        lock.setText("Lock")
        lock.setIcon(theme.icon("lock"))
        lock.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        lock.setToolTip("Lock (Ctrl+L)")
        lock.clicked.connect(lambda: self.lock())
        bar = QWidget()
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(12, 10, 12, 4)
        layout.addWidget(self.search, 1)
        layout.addWidget(self.new)
        layout.addWidget(lock)
        return bar

    def _new_menu(self) -> QMenu:
        menu = QMenu(self)
        for kind in KINDS.values():
            if not kind.by_program:
                menu.addAction(_with_letter(kind), lambda kind=kind: self.begin(kind))  # type: ignore[misc]
        return menu

    def _build_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+K", self.search.setFocus),
            ("Ctrl+N", self.new.showMenu),
            ("Ctrl+L", lambda: self.lock()),
        )
        for key, action in keys:
            shortcut = QShortcut(QKeySequence(key), self.inside)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    # Coming and going

    def ask_for(self, folder: Path, why: str = "") -> None:
        """Ask for the passphrase of a store."""
        self._folder = folder
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.ask_for(folder, why)

    def _store_made(self, folder: str, code: str) -> None:
        self._folder = Path(folder)
        self.recovery.show_code(code)
        self.stack.setCurrentWidget(self.recovery)

    def _enter(self) -> None:
        self.stack.setCurrentWidget(self.inside)
        self.places.setCurrentRow(0)
        self._go_to(0)
        self.timeline.reload()
        self.timeline.table.setFocus()
        self._idle.start()
        identity, self._left_open = self._left_open, ""
        if identity:
            self.thread_of_store.call(lambda session: session.store.drafts.get(identity), self.open_draft, self._say)

    def lock(self, why: str = "Locked.") -> None:
        """Wipe the screen, then lock the store. A draft that is open is kept first."""
        if self.stack.currentWidget() is not self.inside or self._folder is None:
            return
        self._idle.stop()
        folder, capture = self._folder, self._capture
        if capture is not None:
            capture.save()
            self._left_open = capture.draft.identity
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.ask_for(folder, why)
        self._wipe()
        self.thread_of_store.lock(lambda: None)

    def _wipe(self) -> None:
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        self._drop_capture()
        self.search.clear()
        for page in (self.timeline, self.drafts_page, self.export_page, self.check_page):
            page.wipe()
        self.statusBar().clearMessage()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take any use of keyboard or mouse as a sign that somebody is there."""
        if event.type() in USE and self._idle.isActive():
            self._idle.start()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system from light to dark and back."""
        super().changeEvent(event)
        app = QApplication.instance()
        if event.type() == QEvent.Type.ThemeChange and isinstance(app, QApplication):
            theme.apply(app)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep an open draft, lock, and end."""
        if self._capture is not None:
            self._capture.save()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._idle.stop()
        self.thread_of_store.stop()
        super().closeEvent(event)

    # Places

    def _go_to(self, number: int) -> None:
        if self._capture is not None:
            self._capture.close_page()
            return
        if 0 <= number < self.place.count():
            self.place.setCurrentIndex(number)
            self._refresh()

    def _refresh(self) -> None:
        def work(session: Session) -> tuple[int, list[Draft], list[str]]:
            return session.store.log.size(), drafts.all_drafts(session), session.store.records.case_refs()

        self.thread_of_store.call(work, self._refreshed, self._say)

    def _refreshed(self, found: tuple[int, list[Draft], list[str]]) -> None:
        size, begun, cases = found
        self._cases = cases
        self.drafts_page.show_drafts(begun)
        self.export_page.load_cases(cases)
        self._say(f"{size} sealed   ·   {len(begun)} drafts   ·   no outside clock yet")

    def _say(self, text: str) -> None:
        self.statusBar().showMessage(text)

    def _search(self, text: str) -> None:
        if self.stack.currentWidget() is self.inside:
            self.places.setCurrentRow(0)
            if text:
                self._go_to(0)
            self.timeline.search(text)

    # Capture

    def begin(self, kind: Kind, links: list[Json] | None = None) -> None:
        """Begin a draft of a kind."""
        entry = new_entry(kind, links)
        self.thread_of_store.call(
            lambda session: drafts.begin_draft(session, kind.name, entry), self.open_draft, self._say
        )

    def _addendum(self, index: int) -> None:
        def done(kind: str) -> None:
            self.begin(KINDS[kind], [{"to": index, "as": "adds to"}])

        self.thread_of_store.call(
            lambda session: _kind_for_addendum(session.store.records.get(index).kind), done, self._say
        )

    def open_draft(self, draft: Draft) -> None:
        """Open a draft in its form."""
        self._drop_capture()
        page = CapturePage(self.thread_of_store, draft, getattr(self, "_cases", []))
        page.left.connect(self._capture_left)
        page.seal_asked.connect(self._seal)
        self._capture = page
        self.place.addWidget(page)
        self.place.setCurrentWidget(page)
        page.editors[page.kind.main].setFocus()

    def _drop_capture(self) -> None:
        if self._capture is not None:
            page, self._capture = self._capture, None
            if page.unsaved:
                page.save()
            self.place.removeWidget(page)
            page.deleteLater()

    def _capture_left(self) -> None:
        self._drop_capture()
        self.place.setCurrentIndex(max(0, self.places.currentRow()))
        self._refresh()

    def _seal(self, page: CapturePage) -> None:
        draft = page.draft
        try:
            record = as_record(draft)
        except EvidenceError as error:
            page.explain(error.sentence)
            return
        dialog = SealDialog(self, record)
        dialog.accepted.connect(
            lambda: seal_now(
                self.thread_of_store, draft, lambda sealed: self._sealed(sealed, draft), page.message.fault
            )
        )
        self._show(dialog)

    def _show(self, dialog: QDialog) -> None:
        QShortcut(QKeySequence("Ctrl+L"), dialog).activated.connect(self.lock)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _sealed(self, sealed: Sealed, draft: Draft) -> None:
        self._drop_capture()
        self.places.setCurrentRow(0)
        self.place.setCurrentWidget(self.timeline)
        self.timeline.reload(sealed.index)
        self._refresh()
        self._show(SealedDialog(self, sealed, as_record(draft)))


def _with_letter(kind: Kind) -> str:
    """Return a kind's name for the menu, with the letter that chooses it underlined or behind it."""
    place = kind.label.lower().find(kind.letter)
    return f"{kind.label[:place]}&{kind.label[place:]}" if place >= 0 else f"{kind.label} (&{kind.letter.upper()})"


def _kind_for_addendum(kind: Kind) -> str:
    return "note" if kind.by_program else kind.name
