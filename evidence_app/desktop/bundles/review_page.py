"""Review page: words of a bundle that identify somebody, or may, in context, and the user's decisions about them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from evidence_app.desktop.bundles.profile_words import audience_of
from evidence_app.desktop.design.viewer.page_view import PageView
from evidence_app.desktop.design.widgets import Choices, Message, button, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.people.pseudonyms import CLIENT
from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.services.bundles import decisions, findings, plans, reviewing, saved_plans
from evidence_app.services.bundles.findings import IN_DOUBT, NEARLY, SURNAME, UNDECIDED, ReviewFinding
from evidence_app.services.bundles.place_pictures import picture_of_place
from evidence_app.services.bundles.previewing import PagePixels
from evidence_app.services.bundles.profiles import all_profiles
from evidence_app.services.core.session import Session

COLUMNS = ("Words", "What", "Who", "Where", "Now")
NOTHING = "Nothing is found that identifies anybody. Names that nobody has set, and pictures, can hide from this: read the bundle through."


@dataclass(frozen=True, slots=True)
class _Subject:
    """Bundle to review: a plan, or its name, or a profile with a case reference; the other fields are empty."""

    plan: SavedPlan | str
    profile: str
    case: str


class ReviewPage(QWidget):
    """Table of findings with the place of each as a picture. A decision applies to every later bundle; `decided`: one was made."""

    decided = Signal()

    def __init__(self, runner: BackgroundRunner, *, chooses: bool = True) -> None:
        """Make the page; without `chooses` it stands beside a plan, and reviews what it is told to (`look_through`)."""
        super().__init__()
        self._runner = runner
        self._subject: _Subject | None = None
        self._findings: list[ReviewFinding] = []
        self.about, self.case, self.message = (
            Choices(name=tr("Bundle")),
            Choices(editable=True, name=tr("Case")),
            Message(),
        )
        self.about.setMinimumContentsLength(28)
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setHorizontalHeaderLabels([tr(each) for each in COLUMNS])
        self.table.setAccessibleName(tr("What identifies somebody, or may"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().setVisible(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setMinimumHeight(120)
        self.sentence = label("", "soft")
        self.sentence.setFixedHeight(2 * self.sentence.fontMetrics().lineSpacing() + 4)
        self.look = button(tr("Look through"), self.run, main=True)
        self.picture = PageView()
        self.picture.setAccessibleName(tr("The place on the page"))
        # Always as high: nothing moves under the mouse, and the decisions below it stay in sight.
        self.picture.setFixedHeight(140)
        self.withhold = button(tr("Withhold everywhere: it names somebody"), self._withhold)
        self.same = button(tr("The same person"), self._join)
        self.keep = button(tr("Keep: it is nobody's secret"), self._keep)
        self.seen = button(tr("I have looked at this page"), self._look_at)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        chooser = row(label(tr("Bundle"), "label"), self.about, label(tr("Case"), "label"), self.case, self.look, None)
        column.addWidget(chooser)
        if not chooses:
            chooser.hide()
        column.addWidget(self.table, 1)
        column.addWidget(self.sentence)
        column.addWidget(self.picture)
        column.addWidget(row(self.withhold, self.same, self.keep, self.seen, None))
        column.addWidget(self.message)
        self.table.itemSelectionChanged.connect(self._show_sentence)
        self._show_sentence()

    def load(self, cases: list[str]) -> None:
        """Load the plans and profiles to choose from. `cases` are the case references offered."""
        chosen = self.case.currentText()
        self.case.clear()
        self.case.addItems(["", *cases])
        self.case.setEditText(chosen)

        def work(session: Session) -> tuple[list[str], Mapping[str, Profile]]:
            return list(saved_plans.saved_plans(session)), all_profiles(session)

        self._runner.call(work, self._offer, self.message.fault, owner=self)

    def _offer(self, result: tuple[list[str], Mapping[str, Profile]]) -> None:
        names, profiles = result
        chosen = self.about.currentText()
        self.about.clear()
        for name in names:
            self.about.addItem(tr("Plan: {}", name), ("plan", name))
        for profile in profiles.values():
            if profile.pseudonyms and not profile.counts:
                self.about.addItem(audience_of(profile), ("profile", profile.name))
        self.about.setCurrentIndex(max(0, self.about.findText(chosen)))

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self._findings, self._subject = [], None
        self.table.setRowCount(0)
        self.about.clear()
        self.case.clear()
        self.sentence.setText("")
        self.picture.show_words("")
        self.message.say("")

    def run(self) -> None:
        """Review the selected bundle, in the background."""
        data = self.about.currentData()
        if not data:
            return
        source_kind, name = (str(part) for part in data)
        case = self.case.currentText().strip()
        self._look(_Subject(name, "", case) if source_kind == "plan" else _Subject("", name, case))

    def look_through(self, plan: SavedPlan) -> None:
        """Review a plan as it is now, kept or not, in the background."""
        self._look(_Subject(plan, "", ""))

    def _look(self, subject: _Subject) -> None:
        self._subject = subject
        self.message.say(tr("Looking…"))
        self._runner.call_aside(lambda session: _find_in(session, subject), self._show, self._failed, owner=self)

    def _failed(self, why: str) -> None:
        """Show an error and empty the table, because earlier findings belong to another bundle."""
        self._show([])
        self.message.fault(why)

    def _show(self, found: list[ReviewFinding]) -> None:
        self._findings = in_order(found)
        self.table.setRowCount(len(self._findings))
        for row_number, finding in enumerate(self._findings):
            for column_number, text in enumerate(
                (finding.words, finding.sort, finding.person, finding.place, finding.decision)
            ):
                item = QTableWidgetItem(text)
                if finding.decision == UNDECIDED:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                self.table.setItem(row_number, column_number, item)
        undecided = len({(each.words, each.place * (not each.words)) for each in found if each.decision == UNDECIDED})
        if not found:
            self.message.say(tr(NOTHING))
        elif undecided:
            self.message.say(tr("{} found; undecided words and pages: {}.", len(found), undecided), "warning")
        else:
            self.message.say(tr("{} found; nothing is undecided.", len(found)))
        if self._findings:
            self.table.selectRow(0)
        self._show_sentence()

    def current(self) -> ReviewFinding | None:
        """Return the selected finding, or None."""
        rows = {index.row() for index in self.table.selectedIndexes()}
        return self._findings[min(rows)] if rows and min(rows) < len(self._findings) else None

    def _show_sentence(self) -> None:
        finding = self.current()
        asked = finding is not None and finding.decision == UNDECIDED
        words = asked and finding is not None and finding.sort != IN_DOUBT
        self.withhold.setEnabled(words)
        self.same.setVisible(asked and finding is not None and finding.sort in {NEARLY, SURNAME})
        self.same.setText(tr("The same person as {}", finding.person if finding else ""))
        self.keep.setEnabled(finding is not None and (words or finding.sort in {CLIENT, NEARLY}))
        self.seen.setVisible(finding is not None and finding.sort == IN_DOUBT)
        self.sentence.setText(_sentence(finding))
        self.picture.show_words("")
        if finding is not None and finding.page:
            self._runner.call_aside(
                lambda session: (finding, picture_of_place(session, finding)),
                self._show_picture,
                self.message.fault,
                owner=self,
            )

    def _show_picture(self, result: tuple[ReviewFinding, PagePixels | None]) -> None:
        finding, picture = result
        if finding is not self.current():
            return
        if picture is None:
            self.picture.show_words(tr("Its page is in the preview."))
        else:
            self.picture.show_picture(picture, _sentence(finding))

    def _withhold(self) -> None:
        self._decide(lambda session, finding: decisions.decide(session, withhold=[finding.words]))

    def _keep(self) -> None:
        self._decide(lambda session, finding: decisions.decide(session, keep=[finding.words]))

    def _join(self) -> None:
        self._decide(lambda session, finding: decisions.join(session, finding.words, finding.person))

    def _look_at(self) -> None:
        self._decide(lambda session, finding: decisions.look_at(session, finding.digest, [finding.page]))

    def _decide(self, keep: Callable[[Session, ReviewFinding], None]) -> None:
        finding = self.current()
        if finding is None:
            return

        def done(_: None) -> None:
            self.decided.emit()
            if self._subject is not None:
                self._look(self._subject)
            self.table.setFocus()

        self._runner.call(lambda session: keep(session, finding), done, self.message.fault, owner=self)


def in_order(found: list[ReviewFinding]) -> list[ReviewFinding]:
    """Return findings with what is undecided first, then what is withheld, person by person."""
    first = [each for each in found if each.decision == UNDECIDED]
    return [*first, *(each for person in findings.by_person(found) for each in person.findings)]


def _sentence(finding: ReviewFinding | None) -> str:
    if finding is None:
        return ""
    if finding.sort == IN_DOUBT:
        return tr("{}: {}. Look at it: does it show what must be withheld?", finding.place, finding.before)
    field = f", {finding.field.removesuffix('_ref').replace('_', ' ')}" if finding.field else ""
    return f"{finding.place}{field}: …{finding.before}» {finding.words} «{finding.after}…"


def _find_in(session: Session, subject: _Subject) -> list[ReviewFinding]:
    if isinstance(subject.plan, SavedPlan):
        plan = subject.plan
    else:
        plan = saved_plans.plan_named(session, subject.plan) if subject.plan else SavedPlan(subject.profile)
    case = plan.case_ref if subject.plan else subject.case
    choice = plans.Choice(case_ref=case) if subject.plan or not case else plans.choice_of_case(case)
    return reviewing.review(session, plans.work_out(session, plan, choice))
