"""The window: a list of places, a search field, and one place at a time."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QWidget,
)

from evidence_app.desktop import theme
from evidence_app.desktop.bundles.bundles_page import BundlesPage
from evidence_app.desktop.capture import CapturePage, new_entry
from evidence_app.desktop.casework import Casework
from evidence_app.desktop.checking import CheckPage
from evidence_app.desktop.copying import COPIED
from evidence_app.desktop.drafts_page import DraftsPage
from evidence_app.desktop.frame import PLACES, Frame, place_number
from evidence_app.desktop.guarding import IDLE_MINUTES, Guard
from evidence_app.desktop.jobs import StoreThread
from evidence_app.desktop.safekeeping.restore_page import RestorePage
from evidence_app.desktop.safekeeping.safekeeping_page import SafekeepingPage
from evidence_app.desktop.sealing import SealDialog, SealedDialog, as_record, seal_now
from evidence_app.desktop.timeline import TimelinePage
from evidence_app.desktop.welcome import CreatePage, RecoveryPage, UnlockPage, WelcomePage
from evidence_app.desktop.widgets import scrolling
from evidence_app.domain.fields import Json, JsonObject, Kind
from evidence_app.domain.kinds import KINDS
from evidence_app.domain.settings import Settings
from evidence_app.errors import EvidenceError
from evidence_app.services import drafts
from evidence_app.services.backups import LastBackup, last_backup
from evidence_app.services.drafts import Draft
from evidence_app.services.sealing import Sealed
from evidence_app.services.session import Session

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
        self._counts, self._clock = "", "no outside clock yet"
        self.thread_of_store = StoreThread()
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.status = QLabel()
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.statusBar().addWidget(self.status, 1)
        self._build_ways()
        self._build_inside()
        self._build_keys()
        self.guard = Guard(self, idle_minutes)
        self.guard.lock_asked.connect(self.lock)
        if folder is None:
            self.stack.setCurrentWidget(self.welcome)
        else:
            self.ask_for(folder)

    # Building

    def _build_ways(self) -> None:
        self.welcome = WelcomePage(
            lambda: self.stack.setCurrentWidget(self.create_page),
            self.ask_for,
            lambda: self.stack.setCurrentWidget(self.restore),
        )
        self.restore = RestorePage(self.thread_of_store, lambda: self.stack.setCurrentWidget(self.welcome))
        self.restore.restored.connect(self._restored)
        self.create_page = CreatePage(self.thread_of_store, lambda: self.stack.setCurrentWidget(self.welcome))
        self.create_page.made.connect(self._store_made)
        self.recovery = RecoveryPage(self.thread_of_store, self._enter)
        self.unlock = UnlockPage(self.thread_of_store, lambda: self.stack.setCurrentWidget(self.welcome))
        self.unlock.unlocked.connect(self._enter)
        for page in (self.welcome, self.create_page, self.restore, self.recovery, self.unlock):
            self.stack.addWidget(page)

    def _build_inside(self) -> None:
        self.inside = Frame(self.begin)
        self.places, self.place = self.inside.places, self.inside.place
        self.search, self.new = self.inside.search, self.inside.new
        self.search.textChanged.connect(self._search)
        self.inside.import_asked.connect(self.bring_in)
        self.inside.lock_asked.connect(self.lock)
        self.timeline = TimelinePage(self.thread_of_store)
        self.timeline.addendum_asked.connect(self._addendum)
        self.drafts_page = DraftsPage()
        self.drafts_page.chosen.connect(self.open_draft)
        self.bundles = BundlesPage(self.thread_of_store)
        self.export_page = self.bundles.export
        self.check_page = CheckPage(self.thread_of_store)
        self.safekeeping = SafekeepingPage(self.thread_of_store)
        self.safekeeping.changed.connect(self._refresh)
        self._safe = scrolling(self.safekeeping)
        self.casework = Casework(self.thread_of_store)
        work = self.casework
        for page in (
            work.home,
            self.timeline,
            work.threads,
            self.drafts_page,
            self.bundles,
            self.check_page,
            self._safe,
            scrolling(work.settings),
            work.mail_in,
            scrolling(work.mail_out),
        ):
            self.place.addWidget(page)
        self._wire_casework()
        self.places.currentRowChanged.connect(self._go_to)
        self.places.itemClicked.connect(lambda _: self._go_to(self.places.currentRow()))
        self.bundles.exported.connect(self._refresh)
        self.stack.addWidget(self.inside)

    def _wire_casework(self) -> None:
        work = self.casework
        work.shown.connect(self._show_page)
        work.left.connect(lambda: self._go_to(self.places.currentRow()))
        self.timeline.draft_asked.connect(work.draft)
        self.timeline.thread_asked.connect(work.show_thread)
        work.record_asked.connect(self.show_record)
        work.entry_asked.connect(lambda kind, entry: self.begin(KINDS[kind], entry=entry))
        work.changed.connect(self._refresh)
        work.clock_found.connect(self._clock_found)
        work.settings.kept.connect(self._apply)
        work.home.backup_asked.connect(lambda: self.go_to("Safekeeping"))
        self.thread_of_store.progressed.connect(self._progressed)
        self.setAcceptDrops(True)

    def _progressed(self, what: str, done: int, total: int) -> None:
        if what == "mail":
            self.casework.mail_in.progressed(done, total)

    def _build_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+K", self.search.setFocus),
            ("Ctrl+N", self.new.showMenu),
            ("Ctrl+I", lambda: self.bring_in()),
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

    def _restored(self, folder: str) -> None:
        self._folder = Path(folder)
        self._enter()

    def _enter(self) -> None:
        self.stack.setCurrentWidget(self.inside)
        self.places.setCurrentRow(0)
        self._go_to(0)
        self.timeline.reload()
        self.casework.settings.load()
        self.casework.home.items.setFocus()
        self.guard.start()
        identity, self._left_open = self._left_open, ""
        if identity:
            self.thread_of_store.call(lambda session: session.store.drafts.get(identity), self.open_draft, self._say)

    def lock(self, why: str = "Locked.") -> None:
        """Wipe the screen, then lock the store. A draft that is open is kept first."""
        if self.stack.currentWidget() is not self.inside or self._folder is None:
            return
        self.guard.stop()
        folder, capture = self._folder, self._capture
        if capture is not None:
            capture.save()
            self._left_open = capture.draft.identity
        self.casework.mail_out.keep()
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.ask_for(folder, why)
        self._wipe()
        COPIED.clear()
        self.thread_of_store.lock(lambda: None)

    def _wipe(self) -> None:
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        self._drop_capture()
        self.search.clear()
        for page in (self.timeline, self.drafts_page, self.bundles, self.check_page, self.safekeeping, self.casework):
            page.wipe()
        self.status.clear()

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
        self.guard.end()
        # What is being made is stopped, and what was changed a moment ago is kept, before the store is closed.
        self.hide()
        self.bundles.wipe()
        self.thread_of_store.stop()
        super().closeEvent(event)

    # Places

    def _go_to(self, number: int) -> None:
        if self._capture is not None:
            self._capture.close_page()
            return
        if 0 <= number < len(PLACES):
            self.place.setCurrentIndex(number)
            self._refresh()
            if self.place.currentWidget() is self.bundles:
                self.bundles.arrive()
            elif self.place.currentWidget() is self._safe:
                self.safekeeping.load()

    def go_to(self, name: str) -> None:
        """Go to a place by its name."""
        row = place_number(name)
        self.places.setCurrentRow(row)
        self._go_to(row)

    def _show_page(self, page: QWidget) -> None:
        if self._capture is not None:
            self._capture.save()
            self._drop_capture()
        if page is self.casework.threads:
            self.places.setCurrentRow(place_number("Threads"))
        for number in range(self.place.count()):
            inside = self.place.widget(number)
            if inside is page or (inside is not None and inside.isAncestorOf(page)):
                self.place.setCurrentIndex(number)

    def bring_in(self, paths: list[Path] | None = None) -> None:
        """Bring mail in, from files that were dropped or are chosen on the page."""
        self.casework.bring_in(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take mail that is dragged anywhere on the window."""
        if event.mimeData().hasUrls() and self.stack.currentWidget() is self.inside:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what is dropped."""
        self.bring_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def show_record(self, index: int) -> None:
        """Show a record in the timeline."""
        self.search.clear()
        self.go_to("Timeline")
        self.timeline.reload(index)

    def _refresh(self) -> None:
        def work(session: Session) -> tuple[int, list[Draft], list[str], LastBackup | None]:
            records = session.store.records
            return session.store.log.size(), drafts.all_drafts(session), records.case_refs(), last_backup(session)

        self.thread_of_store.call(work, self._refreshed, self._say)
        self.casework.refresh()
        if self.place.currentWidget() is self.timeline and not self.search.text():
            self.timeline.refresh()

    def _apply(self, settings: Settings) -> None:
        self.guard.lock_after(settings.lock_after)
        self.guard.hide_from_capture(settings.hidden_from_capture)
        COPIED.seconds = settings.clear_copied_after

    def _clock_found(self, covered: str) -> None:
        self._clock = covered
        self._say(f"{self._counts}   ·   {covered}")

    def _refreshed(self, found: tuple[int, list[Draft], list[str], LastBackup | None]) -> None:
        size, begun, cases, backup = found
        self._cases = cases
        self.drafts_page.show_drafts(begun)
        self.bundles.load_cases(cases)
        kept = backup.in_words() if backup is not None else "no backup yet"
        self._counts = f"{size} sealed   ·   {len(begun)} {'draft' if len(begun) == 1 else 'drafts'}   ·   {kept}"
        self.casework.home.remind(backup is None or backup.due)
        self._say(f"{self._counts}   ·   {self._clock}")

    def _say(self, text: str) -> None:
        self.status.setText(text)

    def _search(self, text: str) -> None:
        if self.stack.currentWidget() is self.inside:
            if text:
                self.go_to("Timeline")
            self.timeline.search(text)

    # Capture

    def begin(self, kind: Kind, links: list[Json] | None = None, entry: JsonObject | None = None) -> None:
        """Begin a draft of a kind, empty or from an entry that something else has begun."""
        entry = entry or new_entry(kind, links)
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
        self.go_to("Timeline")
        self.timeline.reload(sealed.index)
        dialog = SealedDialog(self, sealed, as_record(draft))
        dialog.draft_asked.connect(self.casework.draft)
        self._show(dialog)


def _kind_for_addendum(kind: Kind) -> str:
    return "note" if kind.by_program else kind.name
