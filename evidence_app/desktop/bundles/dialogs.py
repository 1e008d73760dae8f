"""Form dialogs for bundles: new plan, redactions, leaving out a document, where a print is stored."""

from collections.abc import Sequence

from PySide6.QtWidgets import QSpinBox, QWidget

from evidence_app.desktop.bundles.profile_words import audience_of
from evidence_app.desktop.design.dialogs import FormDialog, line, plain, spoken_or_nothing
from evidence_app.desktop.design.forms.day_field import DayField
from evidence_app.desktop.design.widgets import Choices
from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.plan_files import MAX_NAME_LENGTH, MAX_REASON_LENGTH, MAX_WORDS_LENGTH
from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.plan.saved_plan import CLASSES, MAX_DATE_LENGTH, MAX_TITLE_LENGTH, Document, Redaction
from evidence_app.errors import InputError
from evidence_app.services.bundles import printing
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.records.reading import choose


class NewPlan(FormDialog):
    """Form for a new plan: its name, the profile, and the records that it starts with. `taken` are the names in use."""

    def __init__(
        self, parent: QWidget, profiles: Sequence[Profile], cases: Sequence[str], taken: Sequence[str] = ()
    ) -> None:
        self.name, self.first, self.last = line(MAX_NAME_LENGTH), DayField(), DayField()
        for day in (self.first, self.last):
            day.setMaxLength(MAX_DATE_LENGTH)
        self.title, self.recipient = line(MAX_TITLE_LENGTH), line(MAX_TITLE_LENGTH)
        self.title.setPlaceholderText(tr("as the profile has it"))
        self.recipient.setPlaceholderText(tr("Name and role of the person it is for"))
        self._used_names = frozenset(taken)
        self.first.setPlaceholderText(tr("3 March 2025, or empty for the beginning"))
        self.last.setPlaceholderText(tr("today, or empty for the end"))
        self.profile, self.case = Choices(name=tr("For")), Choices(["", *cases], editable=True, name=tr("Case"))
        self._one_case = {profile.name: profile.one_case for profile in profiles}
        for profile in profiles:
            self.profile.addItem(audience_of(profile), profile.name)
        fields: dict[str, QWidget] = {"Name": self.name, "For": self.profile, "Case": self.case}
        fields |= {"From": self.first, "To": self.last, "Prepared for": self.recipient, "Title": self.title}
        super().__init__(parent, tr("New plan"), fields, tr("Begin"), self._error)

    def _error(self) -> str:
        if not plain(self.name):
            return tr("Give the plan a name.")
        if plain(self.name) in self._used_names:
            return f"There is a plan “{plain(self.name)}” already: give this one another name."
        try:
            for field in (self.first, self.last):
                spoken_or_nothing(field.text())
        except InputError as error:
            return error.sentence
        if self._one_case[str(self.profile.currentData())] and not self.case.currentText().strip():
            return tr("This bundle is about one case. Choose the case first.")
        return ""

    def choice(self) -> Choice:
        """Return the records that the plan starts with, its title and its recipient.

        Raises:
            InputError: a date cannot be read.
        """
        case = self.case.currentText().strip()
        first, last = (spoken_or_nothing(field.text()) for field in (self.first, self.last))
        selection = choose(case_ref=case, first_day=first, last_day=last)
        return Choice(selection, case, None, plain(self.title), plain(self.recipient))


class WithholdWords(FormDialog):
    """Form for a redaction: words, everywhere or in the selected document; or a whole field of its record.

    `fields` are the names and labels of the fields of that record.
    """

    EVERYWHERE, HERE = "wherever they stand", "only in the chosen document"

    def __init__(self, parent: QWidget, document: Document | None, fields: Sequence[tuple[str, str]]) -> None:
        self._document = document
        self.words, self.why = line(MAX_WORDS_LENGTH), line(MAX_REASON_LENGTH)
        self.category = Choices(CLASSES, name=tr("Class"))
        self.where = Choices([self.EVERYWHERE, *([self.HERE] if document else [])], name=tr("Where"))
        self.field = Choices(name=tr("Whole field"))
        self.field.addItem("", "")
        for name, text in fields:
            self.field.addItem(text, name)
        shown: dict[str, QWidget] = {"Words": self.words, "Where": self.where}
        shown |= {"Or the whole field": self.field} if fields else {}
        shown |= {"Class": self.category, "Why (for the schedule)": self.why}
        super().__init__(parent, tr("Withhold"), shown, tr("Withhold"), self._error)

    def _error(self) -> str:
        if not plain(self.words) and not self.field.currentData():
            return tr("Say which words, or which field.")
        return tr("Either words or a whole field, not both.") if plain(self.words) and self.field.currentData() else ""

    def redaction(self) -> Redaction:
        """Return the redaction that the form describes."""
        category, why = self.category.currentText(), plain(self.why)
        record = self._document.record if self._document else None
        exhibit = self._document.exhibit if self._document else ""
        if self.field.currentData():
            return Redaction(category, why, record=record, field=str(self.field.currentData()))
        words = plain(self.words)
        if self.where.currentText() == self.EVERYWHERE:
            return Redaction(category, why, words)
        return Redaction(category, why, words, record=record, exhibit=exhibit)


class WithholdArea(FormDialog):
    """Form for the reason of a redaction that was drawn on a page."""

    def __init__(self, parent: QWidget) -> None:
        self.category, self.why = Choices(CLASSES, name=tr("Class")), line(MAX_REASON_LENGTH)
        fields = {"Class": self.category, "Why (for the schedule)": self.why}
        super().__init__(parent, tr("Withhold this area"), fields, tr("Withhold"), lambda: "")


class LeaveOut(FormDialog):
    """Form for the reason why a document is left out, which is printed in the bundle."""

    def __init__(self, parent: QWidget, reason: str = "") -> None:
        self.reason = line(MAX_REASON_LENGTH, reason)
        self.reason.setPlaceholderText(tr("not relied on"))
        super().__init__(
            parent, tr("Leave out"), {"Reason (printed in the annex)": self.reason}, tr("Leave out"), lambda: ""
        )


class WordsDialog(FormDialog):
    """Form for one line of text. `what` is the label of the field."""

    def __init__(self, parent: QWidget, title: str, what: str, words: str = "") -> None:
        self.words = line(MAX_TITLE_LENGTH, words)
        super().__init__(parent, title, {what: self.words}, tr("Keep"), self._error)

    def _error(self) -> str:
        return "" if plain(self.words) else tr("Say it in words.")


class PrintForm(FormDialog):
    """Form for the print register: the number of copies, where the paper is stored and, with `ask_what`, what was printed.

    With a `count` of pages it asks which of them.
    """

    def __init__(self, parent: QWidget, title: str, words: str, *, ask_what: bool = False, count: int = 0) -> None:
        self.pages, self.sides, self._count = line(MAX_REASON_LENGTH), Choices(name=tr("Sides")), count
        self.pages.setPlaceholderText(tr("all, or 1-3, 7"))
        for each in printing.SIDES:
            self.sides.addItem(tr(each), each)
        self.what, self.kept_at, self.copies = line(MAX_REASON_LENGTH), line(MAX_REASON_LENGTH), QSpinBox()
        self.copies.setRange(1, 100)
        self.kept_at.setPlaceholderText(tr("locked cabinet, room 2"))
        fields: dict[str, QWidget] = {"What": self.what} if ask_what else {}
        fields |= {"Pages": self.pages, "Sides": self.sides} if count else {}
        fields |= {"Copies": self.copies, "Where the paper is kept": self.kept_at}
        self._asks_what = ask_what
        super().__init__(parent, title, fields, words, self._error)

    def _error(self) -> str:
        if self._asks_what and not self.what.text().strip():
            return tr("Say what was printed.")
        try:
            self.chosen_pages()
        except InputError as error:
            return error.sentence
        return "" if self.kept_at.text().strip() else tr("Say where the paper is kept.")

    def chosen_pages(self) -> tuple[int, ...]:
        """Return the numbers of the pages to be printed, from 1; none where the form does not ask for them.

        Raises:
            InputError: what is typed names no pages of the file.
        """
        if not self._count:
            return ()
        return printing.chosen_pages(self.pages.text(), str(self.sides.currentData()), self._count)
