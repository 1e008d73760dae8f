"""Window of the lists of words to choose from: what is in use, a list that somebody signed, and changes of one's own to hand round."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QTabWidget, QVBoxLayout, QWidget

from evidence_app.desktop.design.forms.day_field import DayField
from evidence_app.desktop.design.lists.tables import make_list
from evidence_app.desktop.design.screens import fitting
from evidence_app.desktop.design.widgets import Choices, Message, button, label, row, scrolling
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr, tr_day
from evidence_app.domain.record.lists.word_list_file import in_words
from evidence_app.domain.record.lists.words import Word, WordChange, WordList
from evidence_app.domain.record.taken_word_lists import SignedList
from evidence_app.domain.time.spoken_times import spoken_day
from evidence_app.errors import EvidenceError, InputError
from evidence_app.files import read_small, write_whole
from evidence_app.services.attestation import word_lists as service
from evidence_app.services.core.session import Session

SIZE: Final = QSize(760, 720)
MAX_FILE_BYTES: Final = 1024 * 1024
WHAT: Final = "What forms offer. Any other word can be typed: it is sealed as typed, and counted apart. Records keep the words they have."
SORTS: Final = "Word lists (*.note *.txt)"


@dataclass(frozen=True, slots=True)
class ListsSeen:
    """The lists by name, those that were taken in, and the day of today."""

    lists: Mapping[str, WordList]
    taken: list[SignedList]
    today: date


def look(session: Session) -> ListsSeen:
    """Read what the window shows."""
    return ListsSeen(service.word_lists(session), service.taken_lists(session), service.today(session))


class WordListsWindow(QDialog):
    """Shows one list at a time. Changes are gathered below it until they are signed."""

    def __init__(self, parent: QWidget, runner: BackgroundRunner) -> None:
        super().__init__(parent)
        self._runner = runner
        self._seen: ListsSeen | None = None
        self._changes: list[WordChange] = []
        self._untrusted = ""
        self.setWindowTitle(tr("Lists of words"))
        self.message = Message()
        self.which = Choices(name=tr("List"))
        self.words, self.taken = make_list(tr("Words")), make_list(tr("Lists that you took in"))
        self.word, self.since, self.until = QLineEdit(), DayField(tr("from")), DayField(tr("until"))
        self.title = QLineEdit()
        for edit, name in (
            (self.word, tr("Word")),
            (self.since, tr("From")),
            (self.until, tr("Until")),
            (self.title, tr("What the list is called")),
        ):
            edit.setAccessibleName(name)
        self.word.setPlaceholderText(tr("A new word"))
        self.title.setPlaceholderText(tr("What the list is called, such as: Words of the Anytown branch"))
        self.changes = make_list(tr("Changes to hand round"))
        self.take = button(tr("Take it in"), self.take_in, main=True)
        self.sign = button(tr("Sign and save…"), self._ask_where)
        self._arrange()
        self.which.currentIndexChanged.connect(lambda _: self._show_list())
        self.take.hide()
        self._show_changes()
        self.load()

    def _arrange(self) -> None:
        add, end = button(tr("Add the word"), self.add), button(tr("End the chosen word"), self.end)
        look_at = row(button(tr("Look at a signed list…"), self._choose), self.take, None)
        tabs = QTabWidget()
        tabs.addTab(_stacked(look_at, self.taken), tr("A list that somebody handed round"))
        own = _stacked(self.word, row(self.since, self.until, add, end), self.changes, row(self.title, self.sign))
        tabs.addTab(own, tr("Changes to hand round"))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 18, 24, 6)
        for part in (label(tr("Lists of words"), "title"), label(tr(WHAT), "soft"), self.which):
            column.addWidget(part)
        column.addWidget(self.words, 3)
        column.addWidget(self.message)
        column.addWidget(tabs, 2)
        for each in (self.words, self.taken, self.changes):
            each.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(content), 1)
        foot = row(None, button(tr("Close"), self.reject))
        foot.setContentsMargins(24, 0, 24, 12)
        whole.addWidget(foot)
        self.resize(fitting(self, SIZE))

    def load(self) -> None:
        """Read the lists, and show them."""
        self._runner.call(look, self._show, self.message.fault, owner=self)

    def _show(self, seen: ListsSeen) -> None:
        self._seen = seen
        if not self.which.count():
            self.which.blockSignals(True)
            for name, each in seen.lists.items():
                self.which.addItem(tr(each.label), name)
            self.which.blockSignals(False)
        self._show_list()
        self.taken.clear()
        self.taken.addItems(
            [tr("“{}”, signed by {}, record {}", each.file.title, each.signed_by, each.index) for each in seen.taken]
            or [tr("None yet")]
        )

    def _chosen(self) -> WordList | None:
        return self._seen.lists.get(str(self.which.currentData())) if self._seen else None

    def _show_list(self) -> None:
        chosen = self._chosen()
        self.words.clear()
        if chosen is not None and self._seen is not None:
            self.words.addItems([_line(word, self._seen.today) for word in chosen.words])

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Look at a signed list"), "", tr(SORTS))
        if chosen:
            self.look_at(Path(chosen))

    def look_at(self, path: Path) -> None:
        """Say what a signed list changes, and offer to take it in."""
        self.take.hide()
        try:
            untrusted = read_small(path, what="The file", limit=MAX_FILE_BYTES).decode("utf-8-sig")
        except UnicodeDecodeError:
            self.message.fault(tr("That is no text, so it is no word list."))
            return
        except InputError as error:
            self.message.fault(error.sentence)
            return

        def work(session: Session) -> tuple[SignedList, list[str]]:
            found = service.look_at_list(session, untrusted)
            return found, list(in_words(found.file, service.word_lists(session)))

        def show(result: tuple[SignedList, list[str]]) -> None:
            found, sentences = result
            said = tr("“{}”, signed by {}:", found.file.title, found.signed_by)
            self.message.say("\n".join((said, *sentences)))
            self._untrusted = untrusted
            self.take.show()

        self._runner.call(work, show, self.message.fault, owner=self)

    def take_in(self) -> None:
        """Take in the list that was looked at."""
        untrusted = self._untrusted

        def done(index: int) -> None:
            self.message.done(tr("Taken in, with record {}. Forms offer its words from now on.", index))
            self.take.hide()
            self.load()

        self._runner.call(
            lambda session: service.take_list(session, untrusted).index, done, self.message.fault, owner=self
        )

    def add(self) -> None:
        """Add the typed word to the changes."""
        text = " ".join(self.word.text().split())
        if not text:
            self.message.fault(tr("Type a word first."))
            return
        self._change(lambda name: WordChange(name, Word(text, self._day(self.since), self._day(self.until))))
        self.word.clear()

    def end(self) -> None:
        """Add to the changes that the word which is chosen in the list ends on the day in “until”."""
        chosen, number = self._chosen(), self.words.currentRow()
        if chosen is None or number < 0 or not self.until.text().strip():
            self.message.fault(tr("Choose a word in the list, and write the last day on which it is in use."))
            return
        word = chosen.words[number]
        self._change(lambda name: WordChange(name, Word(word.text, None, self._day(self.until)), ends=True))

    def _change(self, make: Callable[[str], WordChange]) -> None:
        try:
            change = make(str(self.which.currentData()))
        except InputError as error:
            self.message.fault(error.sentence)
            return
        self._changes = [each for each in self._changes if each.word.text != change.word.text] + [change]
        self.message.say("")
        self._show_changes()

    def _day(self, field: DayField) -> date | None:
        if not field.text().strip() or self._seen is None:
            return None
        return spoken_day(field.text(), self._seen.today, ahead=True)

    def _show_changes(self) -> None:
        self.changes.clear()
        lists = self._seen.lists if self._seen else {}
        for change in self._changes:
            words = tr("ends") if change.ends else tr("new")
            self.changes.addItem(f"{tr(lists[change.list_name].label)}: {_line(change.word, None)} ({words})")
        self.sign.setEnabled(bool(self._changes))

    def _ask_where(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save the signed list as"), "words.note", tr(SORTS))
        if chosen:
            self.sign_to(Path(chosen))

    def sign_to(self, path: Path) -> None:
        """Sign the changes and write them to a file."""
        title, changes = " ".join(self.title.text().split()) or tr("Lists of words"), tuple(self._changes)

        def save(note: str) -> None:
            try:
                write_whole(path, note.encode("utf-8"))
            except EvidenceError as error:
                self.message.fault(error.sentence)
                return
            self.message.done(tr("Saved: {}. Whoever has your card can take it in.", path.name))

        self._runner.call(
            lambda session: service.sign_list(session, title, changes), save, self.message.fault, owner=self
        )


def _stacked(*parts: QWidget) -> QWidget:
    """Return a page with parts below each other."""
    page = QWidget()
    column = QVBoxLayout(page)
    for part in parts:
        column.addWidget(part)
    return page


def _line(word: Word, today: date | None) -> str:
    """Return a word with its days; one that is not in use today says so."""
    days = [tr("from {}", tr_day(word.since))] if word.since else []
    days += [tr("until {}", tr_day(word.until))] if word.until else []
    unused = today is not None and not word.is_in_use(today)
    said = ", ".join([*([tr("not in use")] if unused else []), *days])
    return f"{word.text} – {said}" if said else word.text
