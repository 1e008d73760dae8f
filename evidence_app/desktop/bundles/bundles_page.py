"""Bundles page: tabs for export, plans, review, the print register and profiles."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.desktop.bundles.export_page import ExportPage
from evidence_app.desktop.bundles.made_bundle import MadeBundle
from evidence_app.desktop.bundles.plans_page import PlansPage
from evidence_app.desktop.bundles.profiles_page import ProfilesPage
from evidence_app.desktop.bundles.register_page import RegisterPage
from evidence_app.desktop.bundles.review_page import ReviewPage
from evidence_app.desktop.design.tabs_on_demand import TabsOnDemand
from evidence_app.desktop.design.widgets import scrolling
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.record.fields import Holder
from evidence_app.services.attestation.cards import KnownCard, known_cards
from evidence_app.services.bundles.profiles import all_profiles
from evidence_app.services.core.session import Session
from evidence_app.services.members.members import all_members

TABS: Final = {
    "export": "Export",
    "plans": "Plans",
    "review": "Review",
    "register": "Print register",
    "profiles": "Profiles",
}
"""The tabs, by the name of their page, and their titles."""


class BundlesPage(QWidget):
    """Tabs with the five pages about bundles. `exported`: a bundle or a print was sealed; `verify_asked` and `stamp_asked` give a file."""

    exported = Signal()
    verify_asked = Signal(object)
    stamp_asked = Signal(object)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._cases: list[str] = []
        self.tabs = TabsOnDemand(tr("Bundles"), TABS)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.tabs)
        self.tabs.currentChanged.connect(lambda _: self._load())

    # The pages, created on first use

    @cached_property
    def export(self) -> ExportPage:
        """Page that exports a bundle without a plan."""
        page = ExportPage(self._runner)
        page.exported.connect(lambda _: self.exported.emit())
        self._hear(page.made)
        return self.tabs.put("export", page, scrolling(page))

    @cached_property
    def plans(self) -> PlansPage:
        """Page with the plans."""
        page = PlansPage(self._runner)
        page.exported.connect(lambda _: self.exported.emit())
        self._hear(page.making.made_file)
        return self.tabs.put("plans", page)

    @cached_property
    def review(self) -> ReviewPage:
        """Page with the review of any bundle."""
        page = ReviewPage(self._runner)
        page.decided.connect(self._preview_again)
        return self.tabs.put("review", page)

    @cached_property
    def register(self) -> RegisterPage:
        """Print register."""
        page = RegisterPage(self._runner)
        page.sealed.connect(self.exported.emit)
        return self.tabs.put("register", page)

    @cached_property
    def profiles(self) -> ProfilesPage:
        """Page with the profiles."""
        page = ProfilesPage(self._runner)
        page.changed.connect(self._load_profiles)
        page.changed.connect(self._preview_again)
        return self.tabs.put("profiles", page)

    def _hear(self, made: MadeBundle) -> None:
        made.verify_asked.connect(self.verify_asked)
        made.stamp_asked.connect(self.stamp_asked)
        made.print_asked.connect(self.print_file)

    def _preview_again(self) -> None:
        if "plans" in self.__dict__:
            self.plans.preview.again()

    def load_cases(self, cases: list[str]) -> None:
        """Offer these case references on the pages."""
        self._cases = cases
        self.export.load_cases(cases)

    def arrive(self) -> None:
        """Load the data of the current tab."""
        self._load_profiles()
        self._load()

    def with_picture(self, picture: str, case: str) -> None:
        """Show the export with a picture ticked that a bundle is to have, and a case if one is named."""
        self.tabs.show_tab("export")
        self.export.with_picture(picture, case)

    def print_file(self, path: Path) -> None:
        """Show the print register and print a bundle there."""
        self.tabs.show_tab("register")
        self.register.print_file(path)

    def _load_profiles(self) -> None:
        def work(session: Session) -> tuple[Mapping[str, Profile], list[KnownCard], list[str] | None]:
            members = [each.name for each in all_members(session)] if session.holder is Holder.REP else None
            return all_profiles(session), known_cards(session), members

        def done(result: tuple[Mapping[str, Profile], list[KnownCard], list[str] | None]) -> None:
            self.export.load_profiles(result[0])
            self.export.load_cards(result[1])
            self.export.load_members(result[2])

        self._runner.call(work, done, self.export.message.fault, owner=self)

    def _load(self) -> None:
        """Make the page of the current tab, if it was never looked at, and load it."""
        match self.tabs.current_name():
            case "plans":
                self.plans.load(self._cases)
            case "review":
                self.review.load(self._cases)
            case "register":
                self.register.load()
            case "profiles":
                self.profiles.load()
            case _:
                self.export.load_cases(self._cases)

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        for name in TABS:
            if name in self.__dict__:
                self.__dict__[name].wipe()
