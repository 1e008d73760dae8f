"""Workspace of an open store: creates and connects its pages, the open draft and the status bar."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from evidence_app.desktop.casework.casework_controller import CaseworkController
from evidence_app.desktop.design.widgets import focus_first, focus_inside, scrolling
from evidence_app.desktop.shell.commands import commands_of
from evidence_app.desktop.shell.navigation import PLACES, place_number
from evidence_app.desktop.shell.pages_on_demand import PagesOnDemand
from evidence_app.desktop.shell.palette import Palette
from evidence_app.desktop.shell.state_line import State, StateLine
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.desktop.timeline.timeline_page import TimelinePage
from evidence_app.desktop.writing.draft_controller import DraftController
from evidence_app.domain.record.fields import Holder, Kind
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.summary.saved_views import View
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.services.records import drafts
from evidence_app.services.records.drafts import Draft

PRELOADED: Final = (
    "evidence_app.desktop.casework.settings_page",
    "evidence_app.desktop.pictures.over_time_page",
    "evidence_app.desktop.bundles.bundles_page",
    "evidence_app.desktop.safekeeping.safekeeping_page",
)
AHEAD_MS: Final = 2_000  # From opening a store to importing the modules above, which are the slowest to import.
KEYS: Final = 10  # Pages with a shortcut, Ctrl+1 to Ctrl+0.


class Workspace(PagesOnDemand):
    """Pages of an open store, each created when it is first visited. `settings_kept` gives the current settings."""

    settings_kept = Signal(object)

    def __init__(self, runner: BackgroundRunner, window: QWidget) -> None:
        super().__init__(runner)
        # A timer of 0 ms merges all requests of one turn of the event loop into one refresh.
        self._refresh_timer = QTimer(self, interval=0, singleShot=True)
        self._refresh_timer.timeout.connect(self._refresh_now)
        self._timeline_stale = False
        self.status = StateLine(runner)
        self.status.read.connect(self._refreshed)
        self.status.place_asked.connect(self.go_to)
        self.capture = DraftController(runner, self.place, window)
        self.casework = CaseworkController(runner)
        self.timeline = TimelinePage(runner)
        self._created_pages += [self.timeline, self.casework]
        self._pages: dict[str, Callable[[], QWidget]] = {
            "Home": lambda: self.casework.home,
            "Members": lambda: self.members,
            "Timeline": lambda: self.timeline,
            "Threads": lambda: self.casework.threads,
            "Cases and people": lambda: self.directory,
            "Over time": lambda: self.over_time,
            "Drafts": lambda: self.drafts_page,
            "Bundles": lambda: self.bundles,
            "Check": lambda: self.check_page,
            "Safekeeping": lambda: self.safekeeping,
            "Settings": lambda: self.casework.settings,
        }
        self._loaders: dict[str, Callable[[], None]] = {
            "Members": lambda: self.members.load(),
            "Cases and people": lambda: self.directory.load(),
            "Over time": lambda: self.over_time.load(),
            "Bundles": lambda: self.bundles.arrive(),
            "Safekeeping": lambda: self.safekeeping.load(),
            "Settings": lambda: self.casework.settings.arrive(),
        }
        # Empty placeholders give every page its index in the stack before it exists.
        for _ in PLACES:
            self.place.addWidget(QWidget())
        for name in ("Home", "Timeline"):
            self._install(name, self._pages[name]())
        self.palette_list = Palette(self.search, lambda: commands_of(self), self)
        self.palette_list.done.connect(self._leave_search)
        self._wire()
        self._build_keys()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

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
        casework.left.connect(self._go_back)
        casework.entry_asked.connect(lambda kind, entry: self.begin(KINDS[kind], entry=entry))
        casework.changed.connect(self.refresh)
        casework.clock_found.connect(self.status.show_clock)
        casework.print_asked.connect(self._print)
        casework.settings_kept.connect(self.settings_kept)
        for asked in (casework.record_asked, casework.home.record_asked, self.capture.sealed):
            asked.connect(self.show_record)
        casework.home.backup_asked.connect(lambda: self.go_to("Safekeeping"))
        casework.home.stamps_asked.connect(lambda: self._show_loaded(self.time_stamps))
        casework.home.sentence_asked.connect(self._keep_sentence)
        casework.home.kind_asked.connect(lambda name: self.begin(KINDS[name]))
        self.timeline.addendum_asked.connect(self.capture.add_to)
        self.timeline.draft_asked.connect(casework.draft)
        self.timeline.thread_asked.connect(casework.show_thread)
        self.timeline.sealed.connect(self.refresh)
        self.timeline.linked_asked.connect(self.capture.begin_linked)
        self.search.textChanged.connect(self._search)
        self.import_asked.connect(self.bring_in)
        self.places.currentRowChanged.connect(self._go_to)
        self.places.itemClicked.connect(lambda _: self._go_back())
        self.capture.left.connect(self._draft_left)
        self.capture.opened.connect(self.status.refresh)
        self.capture.draft_asked.connect(casework.draft)
        self.capture.lock_asked.connect(self.lock_asked)
        self.capture.failed.connect(self._show_status)
        self.capture.deleted.connect(self.offer_draft_back)

    def _build_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+K", self._open_palette),
            ("Ctrl+N", self.new.showMenu),
            ("Ctrl+I", lambda: self.bring_in()),
            ("Ctrl+L", self.lock_asked.emit),
            ("Ctrl+Z", self._undo),
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
        self.holder = holder
        self.show_for(holder)
        self.casework.home.show_for(holder)
        if "members" in self.__dict__:
            self.members.show_for(holder)

    def _preload(self) -> None:
        """Import the slowest modules in the background, before their pages are visited."""
        self._runner.run(
            lambda: [import_module(each) for each in PRELOADED], lambda _: None, self._show_status, lane=Lane.LONG
        )

    def lay_aside(self) -> None:
        """Save the open draft and the e-mail being written."""
        self.capture.lay_aside()
        self.casework.keep()

    def stop_refreshing(self) -> None:
        """Ask for nothing more: the window is going."""
        self._refresh_timer.stop()

    def wipe(self) -> None:
        """Clear all pages and cancel their running work, because the store is being locked."""
        self.capture.wipe()
        self.undo.put_away()
        self.search.clear()
        self.people = {}
        self.palette_list.wipe()
        self._state = None
        for page in self._created_pages:
            page.wipe()
        self.status.wipe()

    # Navigation

    def _go_back(self) -> None:
        self._go_to(self.places.currentRow())

    def _go_to(self, number: int) -> None:
        if self.capture.close_page():
            return
        if 0 <= number < len(PLACES):
            name = PLACES[number][0]
            if name != "Timeline" and self.search.text() and not self.search.hasFocus():
                # What was searched for belongs to the timeline, and stands on no other page.
                self.search.blockSignals(True)
                self.search.clear()
                self.search.blockSignals(False)
                self.timeline.search("")
            self._install(name, self._pages[name]())
            self.place.setCurrentIndex(number)
            self.refresh()
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
            QTimer.singleShot(0, page, partial(self._focus_in, page, focus_inside))

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

    def _print(self, path: Path) -> None:
        self.go_to("Bundles")
        self.bundles.print_file(path)

    def bring_in(self, paths: list[Path] | None = None) -> None:
        """Show the mail import page, and inspect these files, if any."""
        self.casework.bring_in(paths)

    def refresh(self) -> None:
        """Read again what the pages show, once in this turn of the event loop."""
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

    def _undo(self) -> None:
        """Take back what the bar below offers to take back; a field that is written in has this key for itself."""
        if self.undo.isVisible():
            self.undo.undo.click()

    # The palette

    def _leave_search(self) -> None:
        """Go from the search field to what was found or done, unless that has the focus already."""
        page = self.place.currentWidget()
        if page is not None and self.search.hasFocus():
            QTimer.singleShot(0, page, partial(self._focus_in, page, focus_inside))

    def _open_palette(self) -> None:
        """Open the palette at once, and fill in the people when they are known."""
        self.palette_list.open()

        def known(people: dict[str, str]) -> None:
            self.people = people
            self.palette_list.refresh()

        self._runner.call(self.capture.known_people, known, self._show_status, owner=self)

    def show_view(self, view: View) -> None:
        """Show the timeline with these filters."""
        self.go_to("Timeline")
        self.timeline.filters.show_view(view)
        self.timeline.table.setFocus()

    def _show_status(self, text: str) -> None:
        self.status.say(text)

    def _search(self, text: str) -> None:
        if self.isVisible():
            if text and not self.timeline.isVisible():
                # From another page all records are searched: a filter that nobody sees there would hide some.
                self.timeline.filters.clear()
                self.go_to("Timeline")
            self.timeline.search(text)

    def where(self) -> str:
        """Return the name of the current page for the help window; “Writing” if a draft is open."""
        return "Writing" if self.capture.page is not None else PLACES[max(0, self.places.currentRow())][0]

    def begin(self, kind: Kind, links: list[Json] | None = None, entry: JsonObject | None = None) -> None:
        """Open a new draft of a kind, empty or from a prepared entry; `links` are its links to other records."""
        self.capture.begin(kind, links, entry)

    def open_draft(self, draft: Draft) -> None:
        """Open a draft that was begun before."""
        self.capture.open(draft)

    def _keep_sentence(self, words: str) -> None:
        def kept(draft: Draft) -> None:
            self.casework.home.sentence.clear()
            self.undo.offer(tr("Kept as the draft of a note."), lambda: self.capture.open(draft), tr("Go on with it"))
            self.refresh()

        self.capture.keep_sentence(words, kept)

    def offer_draft_back(self, identity: str) -> None:
        """Say that a draft was deleted, and offer to bring it back."""
        self.undo.offer(tr("The draft is deleted."), lambda: self.capture.bring_back(identity))

    def _draft_left(self) -> None:
        # The place that was asked for while the form was open may never have been visited: it is made here, as for any visit.
        self._go_to(max(0, self.places.currentRow()))
        page = self.place.currentWidget()
        if page is not None and not self.search.hasFocus():
            QTimer.singleShot(0, page, partial(self._focus_in, page, focus_first))

    def _focus_in(self, page: QWidget, focus: Callable[[QWidget], None]) -> None:
        focus(page)
        self._give_focus()

    def _focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if not self.isVisible():
            return
        if now is None:
            # What had the focus may be about to give it to something else: that is waited for.
            QTimer.singleShot(0, self, self._give_focus)
        elif self.status.isAncestorOf(now) and not self._was_left(old):
            QTimer.singleShot(0, self, self._fetch_focus)

    def _was_left(self, old: QWidget | None) -> bool:
        """Return whether a control that had the focus is still there: then somebody went on from it."""
        return old is not None and isValid(old) and old.isVisible() and old.isEnabled()

    def _fetch_focus(self) -> None:
        """Bring the focus back into the page, where Qt has thrown it to the status bar because its control is gone."""
        page, focused = self.place.currentWidget(), QApplication.focusWidget()
        if page is not None and focused is not None and self.status.isAncestorOf(focused):
            self._focus_in(page, focus_inside)

    def _give_focus(self) -> None:
        """Give the focus to the list of places if nothing has it: without a focus no key would do anything."""
        if (
            QApplication.focusWidget() is None
            and self.isVisible()
            and self.window().isActiveWindow()
            and QApplication.activePopupWidget() is None
            and QApplication.activeModalWidget() is None
        ):
            self.places.setFocus()
