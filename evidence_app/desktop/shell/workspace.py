"""Everything inside an open store: the places, the draft that is open, and the quiet line below."""

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
from evidence_app.desktop.timeline.timeline_page import TimelinePage
from evidence_app.desktop.writing.draft_controller import DraftController
from evidence_app.domain.record.fields import Holder, Kind
from evidence_app.domain.record.kinds import KINDS
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.services.records import drafts

# Each of these pages is loaded when it is first gone to (docs/decisions/0016).
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
AHEAD_MS: Final = 2_000
KEYS: Final = 10


class Wiped(Protocol):
    """A page that can be taken off the screen."""

    def wipe(self) -> None:
        """Take everything off the screen."""


Page = TypeVar("Page", bound=Wiped)


class Workspace(NavigationFrame):
    """The places of an open store. A page is made when it is first gone to. `settings_kept` gives the settings as they are now."""

    settings_kept = Signal(object)

    def __init__(self, runner: BackgroundRunner, window: QWidget) -> None:
        super().__init__(self.begin)
        self._runner = runner
        # What asks for it several times in one turn is shown it once.
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._read_anew)
        self._state: State | None = None
        self._unread = False
        self.status = StateLine(runner)
        self.status.read.connect(self._refreshed)
        self.capture = DraftController(runner, self.place, window)
        self.casework = CaseworkController(runner)
        self.timeline = TimelinePage(runner)
        self._made: list[Wiped] = [self.timeline, self.casework]
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
        self._arrivals: dict[str, Callable[[], None]] = {
            "Members": lambda: self.members.load(),
            "Cases and people": lambda: self.directory.load(),
            "Workload": lambda: self.workload.load(),
            "Bundles": lambda: self.bundles.arrive(),
            "Safekeeping": lambda: self.safekeeping.load(),
            "Settings": self.casework.settings.arrive,
        }
        for _ in PLACES:
            self.place.addWidget(QWidget())
        for name in ("Home", "Timeline"):
            self._put(name, self._pages[name]())
        self._wire()
        self._build_keys()

    # The pages that are made when they are needed

    @cached_property
    def members(self) -> "MembersPage":
        """The members whom a rep supports."""
        from evidence_app.desktop.people.members_page import MembersPage

        page = MembersPage(self._runner)
        page.record_asked.connect(self.show_record)
        page.kind_asked.connect(lambda name, entry: self.begin(KINDS[name], entry=entry))
        page.changed.connect(self._refresh)
        return self._keep(page)

    @cached_property
    def directory(self) -> "DirectoryPage":
        """Cases and people."""
        from evidence_app.desktop.people.directory_page import DirectoryPage

        page = DirectoryPage(self._runner)
        page.record_asked.connect(self.show_record)
        return self._keep(page)

    @cached_property
    def workload(self) -> "WorkloadPage":
        """The workload over time."""
        from evidence_app.desktop.people.workload_page import WorkloadPage

        page = WorkloadPage(self._runner)
        page.record_asked.connect(self.show_record)
        page.snapshot_asked.connect(lambda: self.begin(KINDS["workload"]))
        return self._keep(page)

    @cached_property
    def drafts_page(self) -> "DraftsPage":
        """What is not sealed yet, or was deleted lately."""
        from evidence_app.desktop.writing.drafts_page import DraftsPage

        page = DraftsPage(self._runner)
        page.changed.connect(self._refresh)
        page.chosen.connect(self.capture.open)
        if self._state is not None:
            page.show_drafts(self._state.drafts)
            page.show_deleted(self._state.deleted)
        return self._keep(page)

    @cached_property
    def bundles(self) -> "BundlesPage":
        """Bundles: made, planned, looked through, registered."""
        from evidence_app.desktop.bundles.bundles_page import BundlesPage

        page = BundlesPage(self._runner)
        page.exported.connect(self._refresh)
        if self._state is not None:
            page.load_cases(self._state.cases)
        return self._keep(page)

    @cached_property
    def check_page(self) -> "CheckPage":
        """Checking the store, and verifying files."""
        from evidence_app.desktop.checking.check_page import CheckPage

        page = CheckPage(self._runner)
        page.checked.connect(self._refresh)
        page.witnesses_asked.connect(self._show_witnesses)
        page.stamps_asked.connect(self._show_stamps)
        return self._keep(page)

    @cached_property
    def witnesses(self) -> "WitnessPage":
        """Cards, and countersigning."""
        from evidence_app.desktop.checking.witness_page import WitnessPage

        page = WitnessPage(self._runner)
        page.changed.connect(self._refresh)
        page.left.connect(lambda: self._go_to(self.places.currentRow()))
        return self._keep(page)

    def _show_witnesses(self) -> None:
        self._show_page(self.witnesses)
        self.witnesses.load()

    @cached_property
    def time_stamps(self) -> "TimeStampsPage":
        """Time stamps, and the authorities that give them."""
        from evidence_app.desktop.checking.time_stamps_page import TimeStampsPage

        page = TimeStampsPage(self._runner)
        page.changed.connect(self._refresh)
        page.left.connect(lambda: self._go_to(self.places.currentRow()))
        return self._keep(page)

    def _show_stamps(self) -> None:
        self._show_page(self.time_stamps)
        self.time_stamps.load()

    @cached_property
    def safekeeping(self) -> "SafekeepingPage":
        """Backups and keys."""
        from evidence_app.desktop.safekeeping.safekeeping_page import SafekeepingPage

        page = SafekeepingPage(self._runner)
        page.changed.connect(self._refresh)
        return self._keep(page)

    def _keep(self, page: Page) -> Page:
        self._made.append(page)
        return page

    def _put(self, name: str, page: QWidget) -> None:
        number = place_number(name)
        before = self.place.widget(number)
        if before is None or before.isAncestorOf(page):
            return
        shown = self.place.currentIndex()
        self.place.insertWidget(number, scrolling(page))
        self.place.removeWidget(before)
        before.deleteLater()
        self.place.setCurrentIndex(shown)

    def _wire(self) -> None:
        work = self.casework
        work.shown.connect(self._show_page)
        work.left.connect(lambda: self._go_to(self.places.currentRow()))
        work.record_asked.connect(self.show_record)
        work.entry_asked.connect(lambda kind, entry: self.begin(KINDS[kind], entry=entry))
        work.changed.connect(self._refresh)
        work.clock_found.connect(self.status.show_clock)
        work.settings.kept.connect(self.settings_kept)
        work.home.backup_asked.connect(lambda: self.go_to("Safekeeping"))
        work.home.kind_asked.connect(lambda name: self.begin(KINDS[name]))
        work.home.record_asked.connect(self.show_record)
        self.timeline.addendum_asked.connect(self.capture.add_to)
        self.timeline.draft_asked.connect(work.draft)
        self.timeline.thread_asked.connect(work.show_thread)
        self.search.textChanged.connect(self._search)
        self.import_asked.connect(self.bring_in)
        self.places.currentRowChanged.connect(self._go_to)
        self.places.itemClicked.connect(lambda _: self._go_to(self.places.currentRow()))
        self.capture.left.connect(self._capture_left)
        self.capture.opened.connect(self.status.refresh)
        self.capture.sealed.connect(self.show_record)
        self.capture.draft_asked.connect(work.draft)
        self.capture.lock_asked.connect(self.lock_asked)
        self.capture.failed.connect(self._say)

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

    # Coming and going

    def enter(self) -> None:
        """Show a store that was just opened, from its first place."""
        self._unread = True
        self.places.setCurrentRow(0)
        self._go_to(0)
        self.casework.settings.load()
        self._runner.call(lambda session: session.holder, self._show_for, self._say)
        self.casework.home.items.setFocus()
        self._runner.call(drafts.destroy_long_deleted, lambda _: None, self._say)
        self.capture.take_up()
        QTimer.singleShot(AHEAD_MS, self, self._load_ahead)

    def _show_for(self, holder: Holder) -> None:
        self.show_for(holder)
        self.casework.home.show_for(holder)

    def _load_ahead(self) -> None:
        """Load, beside everything else, the code of the places that take longest, before somebody goes there."""
        self._runner.run(lambda: [import_module(each) for each in PRELOADED], lambda _: None, self._say, lane=Lane.LONG)

    def lay_aside(self) -> None:
        """Keep what is being written."""
        self.capture.lay_aside()
        self.casework.keep()

    def wipe(self) -> None:
        """Take everything off the screen, and stop what is being made."""
        self.capture.drop()
        self.search.clear()
        self._state = None
        for page in self._made:
            page.wipe()
        self.status.clear()

    # Places

    def _go_to(self, number: int) -> None:
        if self.capture.close_page():
            return
        if 0 <= number < len(PLACES):
            name = PLACES[number][0]
            self._put(name, self._pages[name]())
            self.place.setCurrentIndex(number)
            self._refresh()
            arrive = self._arrivals.get(name)
            if arrive is not None:
                arrive()

    def go_to(self, name: str) -> None:
        """Go to a place by its name."""
        row = place_number(name)
        if row == self.places.currentRow():
            self._go_to(row)
        else:
            self.places.setCurrentRow(row)

    def _go_by_key(self, number: int) -> None:
        offered = self.offered()
        if number >= len(offered):
            return
        self.go_to(offered[number])
        page = self.place.currentWidget()
        if page is not None and self.capture.page is None:
            # A page that was made a moment ago is not on the screen before the next turn.
            QTimer.singleShot(0, page, partial(focus_inside, page))

    def _show_page(self, page: QWidget) -> None:
        self.capture.save()
        self.capture.drop()
        if page is self.casework.threads:
            self._put("Threads", page)
            self.places.setCurrentRow(place_number("Threads"))
        inside = next((each for each in self._placed() if each.isAncestorOf(page)), None)
        if inside is None:
            inside = scrolling(page)
            self.place.addWidget(inside)
        self.place.setCurrentWidget(inside)

    def _placed(self) -> list[QWidget]:
        found = (self.place.widget(number) for number in range(self.place.count()))
        return [each for each in found if each is not None]

    def show_record(self, index: int) -> None:
        """Show a record in the timeline, whatever was searched for or filtered before."""
        self.search.clear()
        self.go_to("Timeline")
        self.timeline.show_record(index)
        self.timeline.table.setFocus()

    def bring_in(self, paths: list[Path] | None = None) -> None:
        """Bring mail in, from files that were dropped or are chosen on the page."""
        self.casework.bring_in(paths)

    def _refresh(self) -> None:
        self._soon.start()

    def _read_anew(self) -> None:
        if (self.timeline.isVisible() or self._unread) and not self.search.text():
            self._unread = False
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

    def _say(self, text: str) -> None:
        self.status.setText(text)

    def _search(self, text: str) -> None:
        if self.isVisible():
            if text:
                self.go_to("Timeline")
            self.timeline.search(text)

    def where(self) -> str:
        """Return what is on the screen, as the guide calls it."""
        return "Writing" if self.capture.page is not None else PLACES[max(0, self.places.currentRow())][0]

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
