"""Bundles page: tabs for export, plans, review, the print register and profiles."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from evidence_app.desktop.bundles.export_page import ExportPage
from evidence_app.desktop.bundles.plans_page import PlansPage
from evidence_app.desktop.bundles.profiles_page import ProfilesPage
from evidence_app.desktop.bundles.register_page import RegisterPage
from evidence_app.desktop.bundles.review_page import ReviewPage
from evidence_app.desktop.design.widgets import scrolling
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.profiles import Profile
from evidence_app.domain.record.fields import Holder
from evidence_app.services.attestation.cards import KnownCard, known_cards
from evidence_app.services.bundles.profiles import all_profiles
from evidence_app.services.core.session import Session
from evidence_app.services.members.members import all_members


class BundlesPage(QWidget):
    """Tabs with the five pages about bundles. `exported`: a bundle or a print was sealed; `verify_asked` gives a file to be verified."""

    exported = Signal()
    verify_asked = Signal(object)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._cases: list[str] = []
        self.export, self.plans, self.review = ExportPage(runner), PlansPage(runner), ReviewPage(runner)
        self.register, self.profiles = RegisterPage(runner), ProfilesPage(runner)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Bundles"))
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(scrolling(self.export), tr("Export"))
        self.tabs.addTab(self.plans, tr("Plans"))
        self.tabs.addTab(self.review, tr("Review"))
        self.tabs.addTab(self.register, tr("Print register"))
        self.tabs.addTab(self.profiles, tr("Profiles"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self.tabs.currentChanged.connect(lambda _: self._load())
        self.profiles.changed.connect(self._load_profiles)
        for signal in (self.profiles.changed, self.review.decided):
            signal.connect(self.plans.preview.again)
        for signal in (self.export.exported, self.plans.exported):
            signal.connect(lambda _: self.exported.emit())
        self.register.sealed.connect(self.exported.emit)
        for made in (self.export.made, self.plans.making.made_file):
            made.verify_asked.connect(self.verify_asked)
            made.print_asked.connect(self.print_file)

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
        self.tabs.setCurrentIndex(0)
        self.export.with_picture(picture, case)

    def print_file(self, path: Path) -> None:
        """Show the print register and print a bundle there."""
        self.tabs.setCurrentWidget(self.register)
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
        page = self.tabs.currentWidget()
        if page is self.plans:
            self.plans.load(self._cases)
        elif page is self.review:
            self.review.load(self._cases)
        elif page is self.register:
            self.register.load()
        elif page is self.profiles:
            self.profiles.load()

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        for page in (self.export, self.plans, self.review, self.register, self.profiles):
            page.wipe()
