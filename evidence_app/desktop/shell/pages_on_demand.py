"""The pages of an open store that are made when they are first visited."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from evidence_app.desktop.shell.navigation import NavigationFrame
from evidence_app.desktop.shell.state_line import State
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.domain.record.fields import Holder, Kind
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.summary.saved_views import View
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.services.records.drafts import Draft

# Each of these pages is imported when it is first visited (docs/decisions/0016).
if TYPE_CHECKING:
    from evidence_app.desktop.bundles.bundles_page import BundlesPage
    from evidence_app.desktop.checking.check_page import CheckPage
    from evidence_app.desktop.checking.time_stamps_page import TimeStampsPage
    from evidence_app.desktop.checking.witness_page import WitnessPage
    from evidence_app.desktop.people.directory_page import DirectoryPage
    from evidence_app.desktop.people.members_page import MembersPage
    from evidence_app.desktop.pictures.over_time_page import OverTimePage
    from evidence_app.desktop.safekeeping.safekeeping_page import SafekeepingPage
    from evidence_app.desktop.writing.drafts_page import DraftsPage


class Wiped(Protocol):
    """Interface of pages that can be cleared."""

    def wipe(self) -> None:
        """Clear everything shown, because the store is being locked."""


Page = TypeVar("Page", bound=Wiped)


class PagesOnDemand(NavigationFrame):
    """Pages of an open store, each imported and made when it is first asked for. What a page asks for is done by the `Workspace`."""

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__(self.begin)
        self._runner = runner
        self._state: State | None = None
        self._created_pages: list[Wiped] = []
        self.holder = Holder.OFFICER
        self.people: dict[str, str] = {}

    def begin(self, kind: Kind, links: list[Json] | None = None, entry: JsonObject | None = None) -> None:
        """Open a new draft of a kind."""
        raise NotImplementedError

    def offer_draft_back(self, identity: str) -> None:
        """Say that a draft was deleted, and offer to bring it back."""
        raise NotImplementedError

    def open_draft(self, draft: Draft) -> None:
        """Open a draft that was begun before."""
        raise NotImplementedError

    def bring_in(self, paths: list[Path] | None = None) -> None:
        """Show the mail import page, and inspect these files, if any."""
        raise NotImplementedError

    def show_view(self, view: View) -> None:
        """Show the timeline with these filters."""
        raise NotImplementedError

    def cases(self) -> list[str]:
        """Return the references of the cases in the store, as far as they are known already."""
        return self._state.cases if self._state is not None else []

    def check_now(self) -> None:
        """Show the Check page, and check the store."""
        self.go_to("Check")
        self.check_page.check()

    def show_record(self, index: int) -> None:
        """Show a record in the timeline, by its index."""
        raise NotImplementedError

    def verify_file(self, path: Path) -> None:
        """Show the Check page, and verify a file there."""
        self.go_to("Check")
        self.check_page.verify(path)

    def stamp_file(self, path: Path) -> None:
        """Show the time-stamps page, with the file of a bundle as what is to be stamped."""
        self.time_stamps.stamp_bundle(path)
        self._show_loaded(self.time_stamps)

    def go_to(self, name: str) -> None:
        """Show a page by its name."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read again what the pages show, once in this turn of the event loop."""
        raise NotImplementedError

    def _show_page(self, page: QWidget) -> None:
        raise NotImplementedError

    def _go_back(self) -> None:
        """Show the place that is marked in the list of places."""
        raise NotImplementedError

    @cached_property
    def members(self) -> "MembersPage":
        """Members page of a rep's store."""
        from evidence_app.desktop.people.members_page import MembersPage

        page = MembersPage(self._runner)
        page.show_for(self.holder)
        page.record_asked.connect(self.show_record)
        page.kind_asked.connect(lambda name, entry: self.begin(KINDS[name], entry=entry))
        page.changed.connect(self.refresh)
        return self._register(page)

    @cached_property
    def directory(self) -> "DirectoryPage":
        """Cases-and-people page."""
        from evidence_app.desktop.people.directory_page import DirectoryPage

        page = DirectoryPage(self._runner)
        page.record_asked.connect(self.show_record)
        return self._register(page)

    @cached_property
    def over_time(self) -> "OverTimePage":
        """Over-time page, with the workload."""
        from evidence_app.desktop.pictures.over_time_page import OverTimePage

        page = OverTimePage(self._runner)
        page.record_asked.connect(self.show_record)
        page.snapshot_asked.connect(lambda: self.begin(KINDS["workload"]))
        page.bundle_asked.connect(self._put_in_bundle)
        return self._register(page)

    def _put_in_bundle(self, picture: str, case: str) -> None:
        """Show the page where a bundle is made, with a picture ticked, and the case that it shows."""
        self.go_to("Bundles")
        self.bundles.with_picture(picture, case)

    @cached_property
    def drafts_page(self) -> "DraftsPage":
        """Drafts page: open drafts, and those deleted in the last week."""
        from evidence_app.desktop.writing.drafts_page import DraftsPage

        page = DraftsPage(self._runner)
        page.changed.connect(self.refresh)
        page.chosen.connect(self.open_draft)
        page.deleted_one.connect(self.offer_draft_back)
        if self._state is not None:
            page.show_drafts(self._state.drafts)
            page.show_deleted(self._state.deleted)
        return self._register(page)

    @cached_property
    def bundles(self) -> "BundlesPage":
        """Bundles page, with its tabs."""
        from evidence_app.desktop.bundles.bundles_page import BundlesPage

        page = BundlesPage(self._runner)
        page.exported.connect(self.refresh)
        page.verify_asked.connect(self.verify_file)
        page.stamp_asked.connect(self.stamp_file)
        if self._state is not None:
            page.load_cases(self._state.cases)
        return self._register(page)

    @cached_property
    def check_page(self) -> "CheckPage":
        """Check page."""
        from evidence_app.desktop.checking.check_page import CheckPage

        page = CheckPage(self._runner)
        page.checked.connect(self.refresh)
        page.witnesses_asked.connect(lambda: self._show_loaded(self.witnesses))
        page.stamps_asked.connect(lambda: self._show_loaded(self.time_stamps))
        return self._register(page)

    @cached_property
    def witnesses(self) -> "WitnessPage":
        """Witness page."""
        from evidence_app.desktop.checking.witness_page import WitnessPage

        page = WitnessPage(self._runner)
        page.changed.connect(self.refresh)
        page.left.connect(self._go_back)
        return self._register(page)

    @cached_property
    def time_stamps(self) -> "TimeStampsPage":
        """Time-stamps page."""
        from evidence_app.desktop.checking.time_stamps_page import TimeStampsPage

        page = TimeStampsPage(self._runner)
        page.changed.connect(self.refresh)
        page.left.connect(self._go_back)
        return self._register(page)

    @cached_property
    def safekeeping(self) -> "SafekeepingPage":
        """Safekeeping page: backups and keys."""
        from evidence_app.desktop.safekeeping.safekeeping_page import SafekeepingPage

        page = SafekeepingPage(self._runner)
        page.changed.connect(self.refresh)
        page.update_asked.connect(self.update_asked)
        return self._register(page)

    def _register(self, page: Page) -> Page:
        self._created_pages.append(page)
        return page

    def _show_loaded(self, page: "WitnessPage | TimeStampsPage") -> None:
        self._show_page(page)
        page.load()
