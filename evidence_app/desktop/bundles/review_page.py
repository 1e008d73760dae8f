"""Review page: words of a bundle that identify somebody, or may, in context, and the user's decisions about them."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import Choices, Message, button, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.profiles import Profile
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.services.bundles import plans, reviewing, saved_plans
from evidence_app.services.bundles.profiles import all_profiles
from evidence_app.services.bundles.reviewing import UNDECIDED, ReviewFinding
from evidence_app.services.core.session import Session

COLUMNS = ("Words", "What", "Where", "Now")
NOTHING = "Nothing is found that identifies anybody. Names that nobody has set, and pictures, can hide from this: read the bundle through."


@dataclass(frozen=True, slots=True)
class _Subject:
    """Bundle to review: a plan by name, or a profile with a case reference; the other fields are empty."""

    plan: str
    profile: str
    case: str


class ReviewPage(QWidget):
    """Table of findings with two buttons. A decision applies to every later bundle; `decided`: one was made."""

    decided = Signal()

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
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
        self.sentence = label("", "soft")
        self.look = button(tr("Look through"), self.run, main=True)
        self.withhold = button(tr("Withhold: it names somebody"), lambda: self._decide(withhold=True))
        self.keep = button(tr("Keep: it is nobody's secret"), lambda: self._decide(withhold=False))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(
            row(label(tr("Bundle"), "label"), self.about, label(tr("Case"), "label"), self.case, self.look, None)
        )
        column.addWidget(self.table, 1)
        column.addWidget(self.sentence)
        column.addWidget(row(self.withhold, self.keep, None))
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
            self.about.addItem(f"Plan: {name}", ("plan", name))
        for profile in profiles.values():
            if profile.pseudonyms and not profile.counts:
                self.about.addItem(profile.audience, ("profile", profile.name))
        self.about.setCurrentIndex(max(0, self.about.findText(chosen)))

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self._findings = []
        self.table.setRowCount(0)
        self.about.clear()
        self.case.clear()
        self.sentence.setText("")
        self.message.say("")

    def run(self) -> None:
        """Review the selected bundle, in the background."""
        data = self.about.currentData()
        if not data:
            return
        source_kind, name = (str(part) for part in data)
        case = self.case.currentText().strip()
        subject = _Subject(name, "", case) if source_kind == "plan" else _Subject("", name, case)
        self.message.say(tr("Looking…"))
        self._runner.call_aside(lambda session: _find_in(session, subject), self._show, self._failed, owner=self)

    def _failed(self, why: str) -> None:
        """Show an error and empty the table, because earlier findings belong to another bundle."""
        self._show([])
        self.message.fault(why)

    def _show(self, findings: list[ReviewFinding]) -> None:
        self._findings = sorted(findings, key=lambda finding: finding.decision != UNDECIDED)
        self.table.setRowCount(len(self._findings))
        for row_number, finding in enumerate(self._findings):
            for column_number, text in enumerate((finding.words, finding.sort, finding.where, finding.decision)):
                item = QTableWidgetItem(text)
                if finding.decision == UNDECIDED:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                self.table.setItem(row_number, column_number, item)
        undecided = len({finding.words for finding in findings if finding.decision == UNDECIDED})
        if not findings:
            self.message.say(tr(NOTHING))
        elif undecided:
            self.message.say(tr("{} found; undecided words: {}.", len(findings), undecided), "warning")
        else:
            self.message.say(tr("{} found; nothing is undecided.", len(findings)))
        if self._findings:
            self.table.selectRow(0)
        self._show_sentence()

    def current(self) -> ReviewFinding | None:
        """Return the selected finding, or None."""
        rows = {index.row() for index in self.table.selectedIndexes()}
        return self._findings[min(rows)] if rows and min(rows) < len(self._findings) else None

    def _show_sentence(self) -> None:
        finding = self.current()
        self.withhold.setEnabled(finding is not None and finding.decision == UNDECIDED)
        self.keep.setEnabled(finding is not None and finding.sort in {reviewing.MAY_NAME, reviewing.CLIENT})
        text = f"…{finding.before}» {finding.words} «{finding.after}…" if finding else ""
        field = f", {finding.field.removesuffix('_ref').replace('_', ' ')}" if finding and finding.field else ""
        self.sentence.setText(f"{finding.where}{field}: {text}" if finding else "")

    def _decide(self, *, withhold: bool) -> None:
        finding = self.current()
        if finding is None:
            return
        words = (finding.words,)

        def work(session: Session) -> None:
            reviewing.decide(session, withhold=words if withhold else (), keep=() if withhold else words)

        def done(_: None) -> None:
            self.decided.emit()
            self.run()
            self.table.setFocus()

        self._runner.call(work, done, self.message.fault, owner=self)


def _find_in(session: Session, subject: _Subject) -> list[ReviewFinding]:
    plan = saved_plans.plan_named(session, subject.plan) if subject.plan else SavedPlan(subject.profile)
    case = plan.case_ref if subject.plan else subject.case
    choice = plans.Choice(case_ref=case) if subject.plan or not case else plans.choice_of_case(case)
    return reviewing.review(session, plans.work_out(session, plan, choice))
