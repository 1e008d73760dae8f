"""Buttons for what is written beside a plan: cover and story, and papers as Word or CSV."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from evidence_app.desktop.bundles.picture_ticks import PictureTicks
from evidence_app.desktop.design.dialogs import FormDialog, line, plain
from evidence_app.desktop.design.widgets import Message, button, row
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.domain.plan.bundle_names import bundle_file_name
from evidence_app.domain.plan.plan_files import MAX_STORY_LENGTH, read_saved_plan
from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.domain.plan.saved_plan import Cover, SavedPlan
from evidence_app.domain.plan.statement_text import read_statement_text, statement_as_text
from evidence_app.domain.plan.story_text import StoryText, read_story_text, story_as_text
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError
from evidence_app.services.bundles.papers import MadePaper, make_paper, statement_of_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.bundles.stories import story_of_plan
from evidence_app.services.core.session import Session

MAX_LINE: Final = 120
PAPER_TITLES: Final = {
    "index": "Index",
    "chronology": "Chronology",
    "issues": "List of issues",
    "schedule": "Scott schedule",
    "statement": "Witness statement",
}
"""The titles of the papers in the menu."""
SORTS: Final = "Word (*.docx);;CSV (*.csv)"


class PlanPapers(QWidget):
    """The buttons. `changed` gives the plan with another cover, story or statement."""

    changed = Signal(object)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._plan: SavedPlan | None = None
        self.message = Message()
        self.message.give_way()
        self.cover = button(tr("Cover and story…"), self._ask_cover)
        self.statement = button(tr("Statement…"), self._ask_statement)
        self.papers = QPushButton(tr("For Word and tables"))
        menu = QMenu(self.papers)
        for kind, title in PAPER_TITLES.items():
            menu.addAction(tr(title) + "…").triggered.connect(partial(self._ask_paper, kind))
        self.papers.setMenu(menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row(self.cover, self.statement, self.papers, None))
        column.addWidget(self.message)
        self.show_plan(None)

    def show_plan(self, plan: SavedPlan | None) -> None:
        """Set the plan that the buttons are about; None disables them."""
        self._plan = plan
        for each in (self.cover, self.statement, self.papers):
            each.setEnabled(plan is not None)

    def _ask_cover(self) -> None:
        plan = self._plan
        if plan is not None:
            self._runner.call_aside(
                lambda session: story_of_plan(session, plan),
                lambda story: self._show(CoverAndStory(self, plan, story)),
                self.message.fault,
                owner=self,
            )

    def _ask_statement(self) -> None:
        plan = self._plan
        if plan is not None:
            self._runner.call_aside(
                lambda session: statement_of_plan(session, plan),
                lambda paragraphs: self._show(StatementText(self, plan, paragraphs)),
                self.message.fault,
                owner=self,
            )

    def _show(self, form: "CoverAndStory | StatementText") -> None:
        form.accepted.connect(lambda: self.changed.emit(form.plan()))
        form.finished.connect(form.deleteLater)
        form.open()

    def _ask_paper(self, kind: str) -> None:
        if self._plan is None:
            return
        plan = self._plan
        title = f"{tr(PAPER_TITLES[kind])} – {plan.title or plan.name}"
        today = london_day(datetime.now(UTC))
        named = bundle_file_name(PROFILES.get(plan.profile), title, plan.case_ref, today, ".docx")
        chosen, sort = QFileDialog.getSaveFileName(self, tr("Save the paper as"), named, tr(SORTS))
        if chosen:
            ending = "" if chosen.lower().endswith((".docx", ".csv")) else ".csv" if "csv" in sort else ".docx"
            self.make(kind, Path(f"{chosen}{ending}"))

    def make(self, kind: str, path: Path) -> None:
        """Write a paper of the plan in the background."""
        plan = self._plan
        if plan is None:
            return
        self.message.say(tr("Making it…"))

        def work(session: Session) -> MadePaper:
            # The file dialog has asked about a file that is there.
            return make_paper(session, plan, Choice(), kind, path, replacing=True)

        self._runner.call_aside(
            work, lambda made: self.message.done(tr_value(made.in_words())), self.message.fault, owner=self
        )

    def wipe(self) -> None:
        """Clear what is said, because the store is being locked."""
        self.message.say("")
        self.show_plan(None)


def _lines(text: str, height: int) -> QPlainTextEdit:
    field = QPlainTextEdit(text)
    field.setTabChangesFocus(True)
    field.setMinimumHeight(height)
    return field


class CoverAndStory(FormDialog):
    """Form for what the cover says, what happened in ten lines, what is asked, and the pages that matter."""

    def __init__(self, parent: QWidget, plan: SavedPlan, story: StoryText) -> None:
        self._plan, self._made = plan, story
        cover = plan.cover
        self.court, self.number = line(MAX_LINE, cover.court), line(MAX_LINE, cover.number)
        self.hearing, self.representative = line(MAX_LINE, cover.hearing), line(MAX_LINE, cover.representative)
        self.parties = _lines("\n".join(cover.parties), 52)
        self.asked = line(MAX_STORY_LENGTH, story.asked)
        written = story_as_text(StoryText(story.lines, "", story.matters))
        self.story = _lines("\n".join(each for each in written.splitlines() if each != "asked: "), 240)
        fields: dict[str, QWidget] = {
            "Court, tribunal or panel": self.court,
            "Case number": self.number,
            "Parties, a line each": self.parties,
            "Hearing": self.hearing,
            "Who represents whom": self.representative,
            "What is asked": self.asked,
            "What happened, and the pages that matter": self.story,
        }
        self.pictures = PictureTicks()
        self.pictures.show_ticked(plan.pictures)
        fields["Pictures"] = self.pictures
        super().__init__(parent, tr("Cover and story"), fields, tr("Keep"), self._error)
        self.resize(760, 640)

    def plan(self) -> SavedPlan:
        """Return the plan with what the form says.

        Raises:
            InputError: a line has another form.
        """
        story = read_story_text(self.story.toPlainText())
        # What the program made and nobody changed stays the program's, and follows the records.
        lines = story.lines if self._plan.story or story.lines != self._made.lines else ()
        matters = story.matters if self._plan.matters or story.matters != self._made.matters else ()
        parties = tuple(
            each for each in (" ".join(text.split()) for text in self.parties.toPlainText().splitlines()) if each
        )
        cover = Cover(plain(self.court), plain(self.number), parties, plain(self.hearing), plain(self.representative))
        told = replace(
            self._plan,
            cover=cover,
            story=lines,
            asked=plain(self.asked),
            matters=matters,
            pictures=self.pictures.ticked(),
        )
        return read_saved_plan(told.to_json())

    def _error(self) -> str:
        try:
            self.plan()
        except InputError as error:
            return error.sentence
        return ""


class StatementText(FormDialog):
    """Form for the paragraphs of a witness statement."""

    def __init__(self, parent: QWidget, plan: SavedPlan, paragraphs: tuple[str, ...]) -> None:
        self._plan = plan
        self.text = _lines(statement_as_text(paragraphs), 420)
        super().__init__(parent, tr("Statement"), {"Paragraphs": self.text}, tr("Keep"), self._error)
        self.resize(760, 600)

    def plan(self) -> SavedPlan:
        """Return the plan with the paragraphs of the form.

        Raises:
            InputError: they are too many or too long.
        """
        told = replace(self._plan, statement=read_statement_text(self.text.toPlainText()))
        return read_saved_plan(told.to_json())

    def _error(self) -> str:
        try:
            self.plan()
        except InputError as error:
            return error.sentence
        return ""
