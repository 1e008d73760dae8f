"""The review: what identifies somebody in a bundle, or may, each in its sentence, and a person's decision about it."""

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
from evidence_app.services.bundles.reviewing import UNDECIDED, Finding
from evidence_app.services.core.session import Session

COLUMNS = ("Words", "What", "Where", "Now")
NOTHING = "Nothing is found that identifies anybody. Names that nobody has set, and pictures, can hide from this: read the bundle through."


@dataclass(frozen=True, slots=True)
class _About:
    """Which bundle is looked through: a plan, or a profile with a case."""

    plan: str
    profile: str
    case: str


class ReviewPage(QWidget):
    """A table of findings and two buttons. Decisions hold for every later bundle."""

    decided = Signal()

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._found: list[Finding] = []
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
        """Offer plans, profiles and cases."""
        chosen = self.case.currentText()
        self.case.clear()
        self.case.addItems(["", *cases])
        self.case.setEditText(chosen)

        def work(session: Session) -> tuple[list[str], Mapping[str, Profile]]:
            return list(saved_plans.saved_plans(session)), all_profiles(session)

        self._runner.call(work, self._offer, self.message.fault, owner=self)

    def _offer(self, found: tuple[list[str], Mapping[str, Profile]]) -> None:
        names, profiles = found
        chosen = self.about.currentText()
        self.about.clear()
        for name in names:
            self.about.addItem(f"Plan: {name}", ("plan", name))
        for profile in profiles.values():
            if profile.pseudonyms and not profile.counts:
                self.about.addItem(profile.audience, ("profile", profile.name))
        self.about.setCurrentIndex(max(0, self.about.findText(chosen)))

    def wipe(self) -> None:
        """Take everything off the screen."""
        self._found = []
        self.table.setRowCount(0)
        self.about.clear()
        self.case.clear()
        self.sentence.setText("")
        self.message.say("")

    def run(self) -> None:
        """Look the chosen bundle through."""
        data = self.about.currentData()
        if not data:
            return
        sort, name = (str(part) for part in data)
        case = self.case.currentText().strip()
        about = _About(name, "", case) if sort == "plan" else _About("", name, case)
        self.message.say(tr("Looking…"))
        self._runner.call_aside(lambda session: _look(session, about), self._show, self._failed, owner=self)

    def _failed(self, why: str) -> None:
        """Say why, over an empty table: what was found before belongs to another bundle."""
        self._show([])
        self.message.fault(why)

    def _show(self, found: list[Finding]) -> None:
        self._found = sorted(found, key=lambda each: each.decision != UNDECIDED)
        self.table.setRowCount(len(self._found))
        for place, each in enumerate(self._found):
            for column, text in enumerate((each.words, each.sort, each.where, each.decision)):
                item = QTableWidgetItem(text)
                if each.decision == UNDECIDED:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                self.table.setItem(place, column, item)
        undecided = len({each.words for each in found if each.decision == UNDECIDED})
        if not found:
            self.message.say(tr(NOTHING))
        elif undecided:
            self.message.say(tr("{} found; undecided words: {}.", len(found), undecided), "warning")
        else:
            self.message.say(tr("{} found; nothing is undecided.", len(found)))
        if self._found:
            self.table.selectRow(0)
        self._show_sentence()

    def current(self) -> Finding | None:
        """Return the finding that is chosen."""
        rows = {index.row() for index in self.table.selectedIndexes()}
        return self._found[min(rows)] if rows and min(rows) < len(self._found) else None

    def _show_sentence(self) -> None:
        each = self.current()
        self.withhold.setEnabled(each is not None and each.decision == UNDECIDED)
        self.keep.setEnabled(each is not None and each.sort in {reviewing.MAY_NAME, reviewing.CLIENT})
        text = f"…{each.before}» {each.words} «{each.after}…" if each else ""
        field = f", {each.field.removesuffix('_ref').replace('_', ' ')}" if each and each.field else ""
        self.sentence.setText(f"{each.where}{field}: {text}" if each else "")

    def _decide(self, *, withhold: bool) -> None:
        each = self.current()
        if each is None:
            return
        words = (each.words,)

        def work(session: Session) -> None:
            reviewing.decide(session, withhold=words if withhold else (), keep=() if withhold else words)

        def done(_: None) -> None:
            self.decided.emit()
            self.run()
            self.table.setFocus()

        self._runner.call(work, done, self.message.fault, owner=self)


def _look(session: Session, about: _About) -> list[Finding]:
    saved = saved_plans.plan_named(session, about.plan) if about.plan else SavedPlan(about.profile)
    case = saved.case_ref if about.plan else about.case
    choice = plans.Choice(case_ref=case) if about.plan or not case else plans.choice_of_case(case)
    return reviewing.review(session, plans.work_out(session, saved, choice))
