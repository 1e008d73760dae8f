"""The window: a list of places, a search field, and one place at a time."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QStackedWidget,
    QWidget,
)

from evidence_app.desktop import theme
from evidence_app.desktop.bundles.bundles_page import BundlesPage
from evidence_app.desktop.capture_round import CaptureRound
from evidence_app.desktop.casework import Casework
from evidence_app.desktop.checking import CheckPage
from evidence_app.desktop.copying import COPIED
from evidence_app.desktop.directory_page import DirectoryPage
from evidence_app.desktop.drafts_page import DraftsPage
from evidence_app.desktop.first_run import PlayPage
from evidence_app.desktop.frame import PLACES, Frame, place_number
from evidence_app.desktop.guarding import IDLE_MINUTES, Guard
from evidence_app.desktop.help_window import HelpWindow
from evidence_app.desktop.jobs import StoreThread
from evidence_app.desktop.language import tr
from evidence_app.desktop.safekeeping.new_store_page import BACKUP, DAMAGED, NewStorePage
from evidence_app.desktop.safekeeping.safekeeping_page import SafekeepingPage
from evidence_app.desktop.state_line import State, StateLine
from evidence_app.desktop.timeline import TimelinePage
from evidence_app.desktop.welcome import CreatePage, RecoveryPage, UnlockPage, WelcomePage
from evidence_app.desktop.widgets import focus_first, scrolling
from evidence_app.desktop.workload_page import WorkloadPage
from evidence_app.domain.fields import Json, JsonObject, Kind
from evidence_app.domain.kinds import KINDS
from evidence_app.domain.settings import Settings
from evidence_app.services import drafts

SIZE: Final = QSize(1180, 760)


class MainWindow(QMainWindow):
    """The whole program as a person sees it. `language_asked` gives a language, before a store is open."""

    language_asked = Signal(str)

    def __init__(self, folder: Path | None = None, idle_minutes: int = IDLE_MINUTES) -> None:
        super().__init__()
        self.setWindowTitle(tr("Evidence Trail"))
        room = self.screen().availableGeometry().size()
        self.resize(SIZE.boundedTo(QSize(room.width() - 20, room.height() - 60)))
        self.folder = folder
        self.thread_of_store = StoreThread()
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.status = StateLine(self.thread_of_store)
        self.status.read.connect(self._refreshed)
        self.statusBar().addWidget(self.status, 1)
        self._build_ways()
        self._build_inside()
        self._help: HelpWindow | None = None
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
            {
                "Make a new store…": lambda: self.stack.setCurrentWidget(self.create_page),
                "Play with an invented case…": lambda: self.stack.setCurrentWidget(self.play),
                "Restore a backup…": lambda: self.stack.setCurrentWidget(self.restore),
                "Rescue a damaged store…": lambda: self.rescue_store(None),
            },
            self.ask_for,
            self.language_asked.emit,
        )
        self.restore, self.rescue = (
            NewStorePage(self.thread_of_store, lambda: self.stack.setCurrentWidget(self.welcome), origin)
            for origin in (BACKUP, DAMAGED)
        )
        self.play = PlayPage(self.thread_of_store, lambda: self.stack.setCurrentWidget(self.welcome))
        for made in (self.restore, self.rescue, self.play):
            made.made.connect(self._made_of)
        self.create_page = CreatePage(self.thread_of_store, lambda: self.stack.setCurrentWidget(self.welcome))
        self.create_page.made.connect(self._store_made)
        self.recovery = RecoveryPage(self.thread_of_store, self._enter_first)
        self.unlock = UnlockPage(self.thread_of_store, lambda: self.stack.setCurrentWidget(self.welcome))
        self.unlock.unlocked.connect(self._enter)
        self.unlock.rescue_asked.connect(self.rescue_store)
        self.unlock.language_asked.connect(self.language_asked)
        for page in (self.welcome, self.create_page, self.play, self.restore, self.rescue, self.recovery, self.unlock):
            self.stack.addWidget(page)
        self.stack.currentChanged.connect(lambda _: self._arrive_at_way())

    def _arrive_at_way(self) -> None:
        page = self.stack.currentWidget()
        if page is not None and page is not self.inside:
            focus_first(page)

    def _build_inside(self) -> None:
        self.inside = Frame(self.begin)
        self.places, self.place = self.inside.places, self.inside.place
        self.search, self.new = self.inside.search, self.inside.new
        self.capture = CaptureRound(self.thread_of_store, self.place, self)
        self.search.textChanged.connect(self._search)
        self.inside.import_asked.connect(self.bring_in)
        self.inside.lock_asked.connect(self.lock)
        self.inside.help_asked.connect(self.show_help)
        self.timeline = TimelinePage(self.thread_of_store)
        self.timeline.addendum_asked.connect(self.capture.add_to)
        self.directory = DirectoryPage(self.thread_of_store)
        self.workload = WorkloadPage(self.thread_of_store)
        for told in (self.directory, self.workload):
            told.record_asked.connect(self.show_record)
        self.workload.snapshot_asked.connect(lambda: self.begin(KINDS["workload"]))
        self.drafts_page = DraftsPage(self.thread_of_store)
        self.drafts_page.changed.connect(self._refresh)
        self.drafts_page.chosen.connect(self.capture.open)
        self.bundles = BundlesPage(self.thread_of_store)
        self.export_page = self.bundles.export
        self.check_page = CheckPage(self.thread_of_store)
        self.safekeeping = SafekeepingPage(self.thread_of_store)
        self.safekeeping.changed.connect(self._refresh)
        self.casework = Casework(self.thread_of_store)
        work = self.casework
        for page in (
            work.home,
            self.timeline,
            work.threads,
            self.directory,
            self.workload,
            self.drafts_page,
            self.bundles,
            self.check_page,
            self.safekeeping,
            work.settings,
            work.mail_in,
            work.mail_out,
        ):
            self.place.addWidget(scrolling(page))
        self._arrivals: dict[str, Callable[[], None]] = {
            "Cases and people": self.directory.load,
            "Workload": self.workload.load,
            "Bundles": self.bundles.arrive,
            "Safekeeping": self.safekeeping.load,
            "Settings": self.casework.settings.arrive,
        }
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
        work.clock_found.connect(self.status.show_clock)
        work.settings.kept.connect(self._apply)
        work.home.backup_asked.connect(lambda: self.go_to("Safekeeping"))
        work.home.kind_asked.connect(lambda name: self.begin(KINDS[name]))
        work.home.record_asked.connect(self.show_record)
        self.check_page.checked.connect(self._refresh)
        self.thread_of_store.progressed.connect(self._progressed)
        self.setAcceptDrops(True)
        self.capture.left.connect(self._capture_left)
        self.capture.opened.connect(self.status.refresh)
        self.capture.sealed.connect(self.show_record)
        self.capture.draft_asked.connect(work.draft)
        self.capture.lock_asked.connect(self.lock)
        self.capture.failed.connect(self._say)

    def _progressed(self, what: str, done: int, total: int) -> None:
        if what == "mail":
            self.casework.mail_in.progressed(done, total)

    def _build_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+K", self.search.setFocus),
            ("Ctrl+N", self.new.showMenu),
            ("Ctrl+I", lambda: self.bring_in()),
            ("Ctrl+L", lambda: self.lock()),
            *((f"Ctrl+{(number + 1) % 10}", partial(self.go_to, name)) for number, (name, _) in enumerate(PLACES)),
        )
        for key, action in keys:
            shortcut = QShortcut(QKeySequence(key), self.inside)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self).activated.connect(self.show_help)

    # Coming and going

    def ask_for(self, folder: Path, why: str = "") -> None:
        """Ask for the passphrase of a store."""
        self.folder = folder
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.ask_for(folder, tr(why) if why else "")

    def _store_made(self, folder: str, code: str) -> None:
        self.folder = Path(folder)
        self.recovery.show_code(code)
        self.stack.setCurrentWidget(self.recovery)

    def rescue_store(self, folder: Path | None) -> None:
        """Ask where to put what can be read of a damaged store."""
        if folder is not None:
            self.rescue.begin_with(folder)
        self.stack.setCurrentWidget(self.rescue)

    def _made_of(self, folder: str, words: str) -> None:
        self.folder = Path(folder)
        self._enter()
        self.casework.home.message.say(words)

    def _enter(self) -> None:
        self.stack.setCurrentWidget(self.inside)
        self.places.setCurrentRow(0)
        self._go_to(0)
        self.timeline.reload()
        self.casework.settings.load()
        self.casework.home.items.setFocus()
        self.guard.start()
        self.thread_of_store.call(drafts.destroy_long_deleted, lambda _: None, self._say)
        self.capture.take_up()

    def _enter_first(self) -> None:
        self._enter()
        self.capture.begin_first()

    def show_help(self) -> None:
        """Show what the guide tells of what is on the screen."""
        if self._help is None:
            self._help = HelpWindow(self)
        inside = self.stack.currentWidget() is self.inside
        place = PLACES[max(0, self.places.currentRow())][0] if inside else ""
        self._help.show_about("Writing" if inside and self.capture.page is not None else place)

    def lock(self, why: str = "") -> None:
        """Wipe the screen, then lock the store. A draft that is open is kept first."""
        if self.stack.currentWidget() is not self.inside or self.folder is None:
            return
        self.guard.stop()
        folder = self.folder
        self.capture.lay_aside()
        self.casework.mail_out.keep()
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.ask_for(folder, tr(why or "Locked."))
        self._wipe()
        COPIED.clear()
        self.thread_of_store.lock(lambda: None)

    def _wipe(self) -> None:
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        self.capture.drop()
        self.search.clear()
        for wiped in (
            self.timeline,
            self.directory,
            self.workload,
            self.drafts_page,
            self.bundles,
            self.check_page,
            self.safekeeping,
            self.casework,
        ):
            wiped.wipe()
        self.status.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system from light to dark and back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ThemeChange:
            self._show_theme()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep an open draft, lock, and end."""
        self.capture.save()
        self.guard.end()
        # What is being made is stopped, and what was changed a moment ago is kept, before the store is closed.
        self.hide()
        for stopped in (self.bundles, self.safekeeping, self.check_page, self.restore, self.rescue):
            stopped.wipe()
        self.thread_of_store.stop()
        super().closeEvent(event)

    # Places

    def _go_to(self, number: int) -> None:
        if self.capture.close_page():
            return
        if 0 <= number < len(PLACES):
            self.place.setCurrentIndex(number)
            self._refresh()
            arrive = self._arrivals.get(PLACES[number][0])
            if arrive is not None:
                arrive()

    def go_to(self, name: str) -> None:
        """Go to a place by its name."""
        row = place_number(name)
        self.places.setCurrentRow(row)
        self._go_to(row)

    def _show_page(self, page: QWidget) -> None:
        self.capture.save()
        self.capture.drop()
        if page is self.casework.threads:
            self.places.setCurrentRow(place_number("Threads"))
        for number in range(self.place.count()):
            inside = self.place.widget(number)
            if inside is page or (inside is not None and inside.isAncestorOf(page)):
                self.place.setCurrentIndex(number)

    def show_record(self, index: int) -> None:
        """Show a record in the timeline, whatever was searched for or filtered before."""
        self.search.clear()
        self.go_to("Timeline")
        self.timeline.show_record(index)
        self.timeline.table.setFocus()

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

    def _refresh(self) -> None:
        self.status.refresh()
        self.casework.refresh()
        if self.timeline.isVisible() and not self.search.text():
            self.timeline.refresh()

    def _apply(self, settings: Settings) -> None:
        self.guard.lock_after(settings.lock_after)
        self.guard.hide_from_capture(settings.hidden_from_capture)
        COPIED.seconds = settings.clear_copied_after
        if theme.choose(settings.appearance):
            self._show_theme()

    def _show_theme(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app)
            self.inside.show_icons()

    def _refreshed(self, state: State) -> None:
        self.capture.cases = state.cases
        self.drafts_page.show_drafts(state.drafts)
        self.drafts_page.show_deleted(state.deleted)
        self.bundles.load_cases(state.cases)
        self.timeline.filters.load(state.cases)
        self.casework.home.remind(state.backup_due)
        self.casework.home.show_latest(state.latest)

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
        self.capture.begin(kind, links, entry)

    def _capture_left(self) -> None:
        self.place.setCurrentIndex(max(0, self.places.currentRow()))
        page = self.place.currentWidget()
        if page is not None:
            focus_first(page)
        self._refresh()
