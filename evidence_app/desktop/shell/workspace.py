"""Workspace of an open store: creates and connects its pages, the open draft and the status bar."""

from collections.abc import Callable
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from evidence_app.desktop.casework.casework_controller import CaseworkController
from evidence_app.desktop.design.widgets import focus_first, focus_inside, scrolling
from evidence_app.desktop.shell.navigation import PLACES, NavigationFrame, place_number
from evidence_app.desktop.shell.state_line import State, StateLine
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.desktop.timeline.timeline_page import TimelinePage
from evidence_app.desktop.writing.draft_controller import DraftController
from evidence_app.domain.record.fields import Holder, Kind
from evidence_app.domain.record.kinds import KINDS
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.services.records import drafts

# Each of these pages is imported when it is first visited (docs/decisions/0016).
if TYPE_CHECKING:
    from evidence_app.desktop.bundles.bundles_page import BundlesPage
    from evidence_app.desktop.checking.check_page import CheckPage
    from evidence_app.desktop.checking.time_stamps_page import TimeStampsPage
    from evidence_app.desktop.checking.witness_page import WitnessPage
    from evidence_app.desktop.people.directory_page import DirectoryPage
    from evidence_app.desktop.people.members_page import MembersPage
    from evidence_app.desktop.people.workload_page import WorkloadPage
    from evidence_app.desktop.safekeeping.safekeeping_page import SafekeepingPage
    from evidence_app.desktop.writing.drafts_page import DraftsPage

PRELOADED: Final = ("evidence_app.desktop.bundles.bundles_page", "evidence_app.desktop.safekeeping.safekeeping_page")
AHEAD_MS: Final = 2_000  # From opening a store to importing the modules above, which are the slowest to import.
KEYS: Final = 10  # Pages with a shortcut, Ctrl+1 to Ctrl+0.


class Wiped(Protocol):
    """Interface of pages that can be cleared."""

    def wipe(self) -> None:
        """Clear everything shown, because the store is being locked."""


Page = TypeVar("Page", bound=Wiped)


class Workspace(NavigationFrame):
    """Pages of an open store, each created when it is first visited. `settings_kept` gives the current settings."""

    settings_kept = Signal(object)

    def __init__(self, runner: BackgroundRunner, window: QWidget) -> None:
        super().__init__(self.begin)
        self._runner = runner
        # A timer of 0 ms merges all requests of one turn of the event loop into one refresh.
        self._refresh_timer = QTimer(self, interval=0, singleShot=True)
        self._refresh_timer.timeout.connect(self._refresh_now)
        self._state: State | None = None
        self._timeline_stale = False
        self.status = StateLine(runner)
        self.status.read.connect(self._refreshed)
        self.capture = DraftController(runner, self.place, window)
        self.casework = CaseworkController(runner)
        self.timeline = TimelinePage(runner)
        self._created_pages: list[Wiped] = [self.timeline, self.casework]
        self._pages: dict[str, Callable[[], QWidget]] = {
            "Home": lambda: self.casework.home,
            "Members": lambda: self.members,
            "Timeline": lambda: self.timeline,
            "Threads": lambda: self.casework.threads,
            "Cases and people": lambda: self.directory,
            "Workload": lambda: self.workload,
            "Drafts": lambda: self.drafts_page,
            "Bundles": lambda: self.bundles,
            "Check": lambda: self.check_page,
            "Safekeeping": lambda: self.safekeeping,
            "Settings": lambda: self.casework.settings,
        }
        self._loaders: dict[str, Callable[[], None]] = {
            "Members": lambda: self.members.load(),
            "Cases and people": lambda: self.directory.load(),
            "Workload": lambda: self.workload.load(),
            "Bundles": lambda: self.bundles.arrive(),
            "Safekeeping": lambda: self.safekeeping.load(),
            "Settings": self.casework.settings.arrive,
        }
        # Empty placeholders give every page its index in the stack before it exists.
        for _ in PLACES:
            self.place.addWidget(QWidget())
        for name in ("Home", "Timeline"):
            self._install(name, self._pages[name]())
        self._wire()
        self._build_keys()

    # Pages, created on first use

    @cached_property
    def members(self) -> "MembersPage":
        """Members page of a rep's store."""
        from evidence_app.desktop.people.members_page import MembersPage

        page = MembersPage(self._runner)
        page.record_asked.connect(self.show_record)
        page.kind_asked.connect(lambda name, entry: self.begin(KINDS[name], entry=entry))
        page.changed.connect(self._refresh)
        return self._register(page)

    @cached_property
    def directory(self) -> "DirectoryPage":
        """Cases-and-people page."""
        from evidence_app.desktop.people.directory_page import DirectoryPage

        page = DirectoryPage(self._runner)
        page.record_asked.connect(self.show_record)
        return self._register(page)

    @cached_property
    def workload(self) -> "WorkloadPage":
        """Workload page."""
        from evidence_app.desktop.people.workload_page import WorkloadPage

        page = WorkloadPage(self._runner)
        page.record_asked.connect(self.show_record)
        page.snapshot_asked.connect(lambda: self.begin(KINDS["workload"]))
        return self._register(page)

    @cached_property
    def drafts_page(self) -> "DraftsPage":
        """Drafts page: open drafts, and those deleted in the last week."""
        from evidence_app.desktop.writing.drafts_page import DraftsPage

        page = DraftsPage(self._runner)
        page.changed.connect(self._refresh)
        page.chosen.connect(self.capture.open)
        if self._state is not None:
            page.show_drafts(self._state.drafts)
            page.show_deleted(self._state.deleted)
        return self._register(page)

    @cached_property
    def bundles(self) -> "BundlesPage":
        """Bundles page, with its tabs."""
        from evidence_app.desktop.bundles.bundles_page import BundlesPage

        page = BundlesPage(self._runner)
        page.exported.connect(self._refresh)
        if self._state is not None:
            page.load_cases(self._state.cases)
        return self._register(page)

    @cached_property
    def check_page(self) -> "CheckPage":
        """Check page."""
        from evidence_app.desktop.checking.check_page import CheckPage

        page = CheckPage(self._runner)
        page.checked.connect(self._refresh)
        page.witnesses_asked.connect(lambda: self._show_loaded(self.witnesses))
        page.stamps_asked.connect(lambda: self._show_loaded(self.time_stamps))
        return self._register(page)

    @cached_property
    def witnesses(self) -> "WitnessPage":
        """Witness page."""
        from evidence_app.desktop.checking.witness_page import WitnessPage

        page = WitnessPage(self._runner)
        page.changed.connect(self._refresh)
        page.left.connect(lambda: self._go_to(self.places.currentRow()))
        return self._register(page)

    def _show_loaded(self, page: "WitnessPage | TimeStampsPage") -> None:
        self._show_page(page)
        page.load()

    def _print(self, path: Path) -> None:
        self.go_to("Bundles")
        self.bundles.print_file(path)

    @cached_property
    def time_stamps(self) -> "TimeStampsPage":
        """Time-stamps page."""
        from evidence_app.desktop.checking.time_stamps_page import TimeStampsPage

        page = TimeStampsPage(self._runner)
        page.changed.connect(self._refresh)
        page.left.connect(lambda: self._go_to(self.places.currentRow()))
        return self._register(page)

    @cached_property
    def safekeeping(self) -> "SafekeepingPage":
        """Safekeeping page: backups and keys."""
        from evidence_app.desktop.safekeeping.safekeeping_page import SafekeepingPage

        page = SafekeepingPage(self._runner)
        page.changed.connect(self._refresh)
        return self._register(page)

    def _register(self, page: Page) -> Page:
        self._created_pages.append(page)
        return page

    def _install(self, name: str, page: QWidget) -> None:
        """Replace a page's placeholder in the stack with the page, unless done before; the visible page stays the same."""
        index = place_number(name)
        placeholder = self.place.widget(index)
        if placeholder is None or placeholder.isAncestorOf(page):
            return
        current = self.place.currentIndex()
        self.place.insertWidget(index, scrolling(page))
        self.place.removeWidget(placeholder)
        placeholder.deleteLater()
        self.place.setCurrentIndex(current)

    def _wire(self) -> None:
        casework = self.casework
        casework.shown.connect(self._show_page)
        casework.left.connect(lambda: self._go_to(self.places.currentRow()))
        casework.entry_asked.connect(lambda kind, entry: self.begin(KINDS[kind], entry=entry))
        casework.changed.connect(self._refresh)
        casework.clock_found.connect(self.status.show_clock)
        casework.print_asked.connect(self._print)
        casework.settings.kept.connect(self.settings_kept)
        for asked in (casework.record_asked, casework.home.record_asked, self.capture.sealed):
            asked.connect(self.show_record)
        casework.home.backup_asked.connect(lambda: self.go_to("Safekeeping"))
        casework.home.kind_asked.connect(lambda name: self.begin(KINDS[name]))
        self.timeline.addendum_asked.connect(self.capture.add_to)
        self.timeline.draft_asked.connect(casework.draft)
        self.timeline.thread_asked.connect(casework.show_thread)
        self.search.textChanged.connect(self._search)
        self.import_asked.connect(self.bring_in)
        self.places.currentRowChanged.connect(self._go_to)
        self.places.itemClicked.connect(lambda _: self._go_to(self.places.currentRow()))
        self.capture.left.connect(self._draft_left)
        self.capture.opened.connect(self.status.refresh)
        self.capture.draft_asked.connect(casework.draft)
        self.capture.lock_asked.connect(self.lock_asked)
        self.capture.failed.connect(self._show_status)
        self.capture.deleted.connect(self._offer_draft_back)

    def _build_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+K", self.search.setFocus),
            ("Ctrl+N", self.new.showMenu),
            ("Ctrl+I", lambda: self.bring_in()),
            ("Ctrl+L", self.lock_asked.emit),
            *((f"Ctrl+{(number + 1) % 10}", partial(self._go_by_key, number)) for number in range(KEYS)),
        )
        for key, action in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    # Opening and locking

    def enter(self) -> None:
        """Show a store that was just opened, from its first page."""
        self._timeline_stale = True
        self.places.setCurrentRow(0)
        self._go_to(0)
        self.casework.enter()
        self._runner.call(lambda session: session.holder, self._show_for, self._show_status)
        self.casework.home.items.setFocus()
        self._runner.call(drafts.destroy_long_deleted, lambda _: None, self._show_status)
        self.capture.take_up()
        QTimer.singleShot(AHEAD_MS, self, self._preload)

    def _show_for(self, holder: Holder) -> None:
        self.show_for(holder)
        self.casework.home.show_for(holder)

    def _preload(self) -> None:
        """Import the slowest modules in the background, before their pages are visited."""
        self._runner.run(
            lambda: [import_module(each) for each in PRELOADED], lambda _: None, self._show_status, lane=Lane.LONG
        )

    def lay_aside(self) -> None:
        """Save the open draft and the e-mail being written."""
        self.capture.lay_aside()
        self.casework.keep()

    def wipe(self) -> None:
        """Clear all pages and cancel their running work, because the store is being locked."""
        self.capture.drop()
        self.undo.put_away()
        self.search.clear()
        self._state = None
        for page in self._created_pages:
            page.wipe()
        self.status.wipe()

    # Navigation

    def _go_to(self, number: int) -> None:
        if self.capture.close_page():
            return
        if 0 <= number < len(PLACES):
            name = PLACES[number][0]
            self._install(name, self._pages[name]())
            self.place.setCurrentIndex(number)
            self._refresh()
            load = self._loaders.get(name)
            if load is not None:
                load()

    def go_to(self, name: str) -> None:
        """Show a page by its name."""
        row_number = place_number(name)
        if row_number == self.places.currentRow():
            self._go_to(row_number)
        else:
            self.places.setCurrentRow(row_number)

    def _go_by_key(self, number: int) -> None:
        offered = self.offered()
        if number >= len(offered):
            return
        self.go_to(offered[number])
        page = self.place.currentWidget()
        if page is not None and self.capture.page is None:
            # A page created just now is not visible, and cannot take the focus, before the next turn of the event loop.
            QTimer.singleShot(0, page, partial(focus_inside, page))

    def _show_page(self, page: QWidget) -> None:
        self.capture.save()
        self.capture.drop()
        if page is self.casework.threads:
            self._install("Threads", page)
            self.places.setCurrentRow(place_number("Threads"))
        container = next((existing for existing in self._containers() if existing.isAncestorOf(page)), None)
        if container is None:
            container = scrolling(page)
            self.place.addWidget(container)
        self.place.setCurrentWidget(container)

    def _containers(self) -> list[QWidget]:
        widgets = (self.place.widget(index) for index in range(self.place.count()))
        return [each for each in widgets if each is not None]

    def show_record(self, index: int) -> None:
        """Show a record in the timeline, by its index; the search and the filters are cleared."""
        self.search.clear()
        self.go_to("Timeline")
        self.timeline.show_record(index)
        self.timeline.table.setFocus()

    def bring_in(self, paths: list[Path] | None = None) -> None:
        """Show the mail import page, and inspect these files, if any."""
        self.casework.bring_in(paths)

    def _refresh(self) -> None:
        self._refresh_timer.start()

    def _refresh_now(self) -> None:
        if (self.timeline.isVisible() or self._timeline_stale) and not self.search.text():
            self._timeline_stale = False
            self.timeline.refresh()
        self.status.refresh()
        self.casework.refresh()

    def _refreshed(self, state: State) -> None:
        self._state = state
        self.capture.cases = state.cases
        self.timeline.filters.load(state.cases)
        self.casework.home.remind(state.backup_due)
        self.casework.home.show_latest(state.latest)
        if "drafts_page" in self.__dict__:
            self.drafts_page.show_drafts(state.drafts)
            self.drafts_page.show_deleted(state.deleted)
        if "bundles" in self.__dict__:
            self.bundles.load_cases(state.cases)

    def _show_status(self, text: str) -> None:
        self.status.setText(text)

    def _search(self, text: str) -> None:
        if self.isVisible():
            if text:
                self.go_to("Timeline")
            self.timeline.search(text)

    def where(self) -> str:
        """Return the name of the current page for the help window; “Writing” if a draft is open."""
        return "Writing" if self.capture.page is not None else PLACES[max(0, self.places.currentRow())][0]

    def begin(self, kind: Kind, links: list[Json] | None = None, entry: JsonObject | None = None) -> None:
        """Open a new draft of a kind, empty or from a prepared entry; `links` are its links to other records."""
        self.capture.begin(kind, links, entry)

    def _offer_draft_back(self, identity: str) -> None:
        self.undo.offer(tr("The draft is deleted."), lambda: self.capture.bring_back(identity))

    def _draft_left(self) -> None:
        # The place that was asked for while the form was open may never have been visited: it is made here, as for any visit.
        self._go_to(max(0, self.places.currentRow()))
        page = self.place.currentWidget()
        if page is not None:
            QTimer.singleShot(0, page, partial(focus_first, page))
