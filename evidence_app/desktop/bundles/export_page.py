"""Export page: choose recipients and records, then make a bundle, with progress and cancellation."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from evidence_app.desktop.bundles.made_bundle import MadeBundle
from evidence_app.desktop.bundles.picture_ticks import PictureTicks
from evidence_app.desktop.bundles.profile_gallery import ProfileGallery
from evidence_app.desktop.bundles.profile_words import purpose_of, told_of
from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.dialogs import spoken_or_nothing
from evidence_app.desktop.design.forms.day_field import DayField
from evidence_app.desktop.design.lists.tables import Beside
from evidence_app.desktop.design.widgets import Choices, Message, button, focus_back, label, row, turn
from evidence_app.desktop.design.work_bar import WorkBar
from evidence_app.desktop.system.background_runner import BackgroundRunner, Cancel
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.documents.media_types import AGE_ENDING
from evidence_app.domain.plan.bundle_names import bundle_file_name
from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError
from evidence_app.services.attestation.cards import KnownCard
from evidence_app.services.bundles.exporting import Exported, export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.session import Session
from evidence_app.services.handover.send import hand_over, is_fit
from evidence_app.services.records.reading import choose

STAGES = {
    "exhibits": "Preparing exhibits",
    "pages": "Drawing pages",
    "assembly": "Putting the file together",
    "signature": "Signing",
    "search": "Searching the finished file",
}
"""Text shown for each stage that the export reports."""
LOCKED = "The store was locked while a bundle was being made: no file was written, unless the register names it."


class ExportPage(QWidget):
    """Form for exporting a bundle without a plan. `exported` gives the export."""

    exported = Signal(object)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._cancel: Cancel | None = None
        self.profile, self.case = ProfileGallery(), Choices(editable=True, name=tr("Case"))
        self._profiles: Mapping[str, Profile] = PROFILES
        self.card, self._cards = Choices(), list[KnownCard]()
        self.member, self._by_rep = Choices(), False
        self.first, self.last = DayField(), DayField()
        self.recipient, self.title, self.quoted = (QLineEdit() for _ in range(3))
        self.pictures = PictureTicks()
        self.form = QFormLayout()
        self.load_profiles(PROFILES)
        self.load_cards([])
        self.first.setPlaceholderText(tr("3 March 2025, or empty for the beginning"))
        self.last.setPlaceholderText(tr("today, or empty for the end"))
        self.recipient.setPlaceholderText(tr("Name and role of the person it is for"))
        self.quoted.setPlaceholderText(tr("7/12, 9/3: hand-over and position; or empty"))
        self.about, self.message = label("", "soft"), Message()
        self.bar = WorkBar()
        self.start = button(tr("Export…"), self._ask, main=True)
        self.stop = button(tr("Cancel"), self._stop)
        self.stop.setEnabled(False)
        self.made = MadeBundle()
        self._arrange()
        self.load_members(None)
        self.profile.changed.connect(self._describe)
        self._describe()
        runner.progressed.connect(self._progressed)

    def _arrange(self) -> None:
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows = {
            "Case": self.case,
            "Member": self.member,
            "Words quoted without a name": self.quoted,
            "From": self.first,
            "To": self.last,
            "Encrypted for": self.card,
            "Prepared for": self.recipient,
            "Title": self.title,
            "Pictures": self.pictures,
        }
        for name, widget in rows.items():
            widget.setAccessibleName(tr(name))
            self.form.addRow(label(tr(name), "label"), widget)
        right = QWidget()
        right.setMaximumWidth(tokens.form_width(self.fontMetrics().height()))
        column = QVBoxLayout(right)
        column.setContentsMargins(tokens.SPACE_S, 0, 0, 0)
        column.addLayout(self.form)
        column.addWidget(self.about)
        column.addWidget(row(self.start, self.stop, None))
        column.addWidget(self.bar)
        column.addWidget(self.message)
        column.addWidget(self.made)
        column.addStretch(1)
        about = tr(
            "One PDF: an indexed, paginated audit trail that anyone can check. The export itself is sealed as a record."
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_XL, tokens.SPACE_L, tokens.SPACE_XL, tokens.SPACE_L)
        whole.addWidget(label(tr("Whom is it for?"), "title"))
        whole.addWidget(label(about, "soft"))
        whole.addWidget(Beside(self.profile, right, (1, 1)), 1)

    def load_profiles(self, profiles: Mapping[str, Profile]) -> None:
        """Offer these profiles; the selected one stays selected."""
        self._profiles = profiles
        self.profile.show_profiles(profiles)

    def load_cards(self, known: list[KnownCard]) -> None:
        """Offer to encrypt the bundle for the owner of one of these cards."""
        chosen = self.card.currentData()
        self._cards = known
        self.card.clear()
        self.card.addItem(tr("nobody: a PDF that anybody can open"), "")
        for known_card in known:
            self.card.addItem(tr("{} (words {})", known_card.card.name, known_card.compared), known_card.words)
        self.card.setCurrentIndex(max(0, self.card.findData(chosen)))

    def load_members(self, names: list[str] | None) -> None:
        """Offer these members, in a rep's store; None in an officer's store, which has none."""
        chosen = self.member.currentData()
        self._by_rep = names is not None
        self.member.clear()
        self.member.addItem(tr("everybody whom it is about"), "")
        for name in names or ():
            self.member.addItem(name, name)
        self.member.setCurrentIndex(max(0, self.member.findData(chosen)))
        self._describe()

    def given_to(self) -> KnownCard | None:
        """Return the card that the bundle is to be encrypted for, or None."""
        words = self.card.currentData() if self.card.isEnabled() else ""
        return next((each for each in self._cards if each.words == words), None)

    def load_cases(self, case_refs: list[str]) -> None:
        """Offer these case references."""
        chosen = self.case.currentText()
        self.case.clear()
        self.case.addItems(["", *case_refs])
        self.case.setEditText(chosen)

    def with_picture(self, picture: str, case: str) -> None:
        """Tick a picture that the bundle is to have, and choose a case if one is named."""
        self.pictures.tick(picture)
        if case:
            self.case.setEditText(case)
        self.pictures.setFocus()

    def _wanted_pictures(self) -> tuple[str, ...]:
        """Return the pictures that are ticked, where the profile has a place for them."""
        return self.pictures.ticked() if self.form.isRowVisible(self.pictures) else ()

    def wipe(self) -> None:
        """Clear the page and cancel a running export, because the store is being locked."""
        was_exporting = self._cancel is not None
        if self._cancel is not None:
            self._cancel.wish()
        self._working(False)
        self.made.offer(None)
        # A cleared form would select the bundle of the whole store: the profile must be chosen again.
        self.profile.setCurrentRow(0)
        self.load_cards([])
        self.case.clear()
        self.load_members(None)
        for line in (self.first, self.last, self.recipient, self.title, self.quoted):
            line.clear()
        self.pictures.clear()
        self.message.say(tr(LOCKED) if was_exporting else "")

    def _describe(self) -> None:
        profile = self._profiles.get(self.profile.chosen())
        if profile is None:
            return
        self.about.setText(tr("{} Marked {}. {}", purpose_of(profile), profile.marking, told_of(profile)))
        self.title.setPlaceholderText(profile.title)
        # Only a profile that conceals everybody who may be identified allows a hand-over, encrypted or not.
        self.card.setEnabled(is_fit(profile))
        # A rep's statistics cover the whole store, and a rep makes no hand-overs.
        counted = self._by_rep and profile.counts
        for widget in (self.case, self.first, self.last):
            self.form.setRowVisible(widget, not counted)
        self.form.setRowVisible(self.member, self._by_rep and not counted)
        self.form.setRowVisible(self.quoted, counted)
        self.form.setRowVisible(self.pictures, not (profile.counts or profile.brief))
        self.form.setRowVisible(self.card, not self._by_rep)

    def _choice(self, selection: Selection) -> Choice:
        """Return the choice of records from the visible rows of the form; hidden rows are ignored."""
        title, recipient = self.title.text().strip(), self.recipient.text().strip()
        if self.form.isRowVisible(self.quoted):
            quoted = tuple(self.quoted.text().replace(",", " ").split())
            return Choice(Selection(), title=title, recipient=recipient, extracts=quoted)
        member = str(self.member.currentData() or "")
        members = (member,) if member and self.form.isRowVisible(self.member) else ()
        return Choice(selection, selection.case_ref, None, title, recipient, members=members)

    def _ask(self) -> None:
        if self._profiles[self.profile.chosen()].one_case and not self.case.currentText().strip():
            self.message.fault(tr("This bundle is about one case. Choose the case first."))
            self.case.setFocus()
            return
        profile = self._profiles[self.profile.chosen()]
        extension = AGE_ENDING if self.given_to() is not None else ".pdf"
        today = london_day(datetime.now(UTC))
        suggested_name = bundle_file_name(profile, self.title.text().strip(), self.case.currentText(), today, extension)
        file_filter = tr("PDF (*.pdf)") if extension == ".pdf" else tr("Hand-overs (*.age)")
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Export the bundle as"), suggested_name, file_filter)
        if chosen:
            path = Path(chosen)
            self.export_to(path if path.suffix else path.with_suffix(extension))

    def export_to(self, path: Path) -> None:
        """Export to a file, in the background, and seal that it was exported."""
        try:
            selection = choose(
                case_ref=self.case.currentText().strip(),
                first_day=spoken_or_nothing(self.first.text()),
                last_day=spoken_or_nothing(self.last.text()),
            )
        except InputError as error:
            self.message.fault(error.sentence)
            return
        profile, recipient_card, choice = self.profile.chosen(), self.given_to(), self._choice(selection)
        cancel = self._cancel = Cancel()
        self._working(True)
        self.made.offer(None)
        self.message.say(tr("Exporting…"))
        plan = SavedPlan(profile, pictures=self._wanted_pictures())

        def work(session: Session) -> Exported:
            report = self._runner.report
            if recipient_card is not None:
                return hand_over(
                    session, plan, path, choice, recipient_card, replacing=True, progress=report, cancel=cancel
                )
            return export_plan(session, plan, path, choice, replacing=True, progress=report, cancel=cancel)

        self._runner.call_aside(work, self._done, self._failed, self._stopped)

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel.wish()
            self.message.say(tr("Stopping…"))

    def _progressed(self, what: str, done: int, total: int) -> None:
        self.bar.show_progress(done, total)
        if self._cancel is not None and not self._cancel():
            self.message.say(tr(STAGES.get(what, what)) + "…")

    def _done(self, made: Exported) -> None:
        self._working(False)
        self.exported.emit(made)
        self.message.say(
            "\n".join(map(tr_value, [made.in_words(), *made.warnings])), "warning" if made.warnings else "soft"
        )
        self.made.offer(made.path)

    def _failed(self, sentence: str) -> None:
        self._working(False)
        self.message.fault(sentence)

    def _stopped(self) -> None:
        self._working(False)
        self.message.say(tr("Cancelled. No file was written."))

    def _working(self, on: bool) -> None:
        turn(self.start, self.stop, working=on)
        self.bar.setVisible(on)
        if not on:
            self._cancel = None
            focus_back(self.start)
