"""Threads page: each concern or instruction with its related records, as a diagram, and the next step."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from evidence_app.desktop.casework.thread_diagram import ThreadDiagram, heading
from evidence_app.desktop.casework.thread_standing import ThreadStanding, chip_of
from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.lists.kind_icons import icon_of
from evidence_app.desktop.design.lists.rows import RowList, RowText
from evidence_app.desktop.design.lists.tables import Beside
from evidence_app.desktop.design.widgets import Message, WordChoices, button, label, row
from evidence_app.desktop.system.clipboard import COPIED
from evidence_app.desktop.system.language import tr, tr_day
from evidence_app.domain.thread.letters import LETTERS
from evidence_app.domain.thread.next_steps import NextStep
from evidence_app.domain.thread.threads import Thread
from evidence_app.domain.time.times import london_day

NO_STEP = "Next step"
MIN_LINES: Final = 8
"""Lines that the list and the ladder show at least; what is above them scrolls away first."""
MAX_SHOWN = 500
"""Largest number of threads listed."""
ONLY = "The first {} threads, of {}. Find an older one in the Timeline, and press Thread there."


ALL: Final = "All"
FILTERS: Final = (ALL, *ThreadStanding)
"""What the list can be narrowed to."""


def _silent_longest(thread: Thread) -> tuple[int, int]:
    """Return what puts the thread that waits longest for an answer first, and those that wait for none last."""
    waited = [ask.waited for ask in thread.asks if ask.open]
    return (0, -max(waited)) if waited else (1, 0)


def _as_given(_thread: Thread) -> tuple[int]:
    return (0,)


ORDERS: Final[Mapping[str, Callable[[Thread], tuple[Any, ...]]]] = {
    "Changed last": _as_given,
    "Longest without an answer": _silent_longest,
    "Begun first": lambda thread: (thread.root.event[0],),
    "By case": lambda thread: (not thread.root.case_ref, thread.root.case_ref),
}
"""The orders of the list; threads come in the order of their last change, which a sort keeps among equals."""


def _row_text(thread: Thread) -> RowText:
    """Return what the row of a thread says."""
    root, chip = thread.root, chip_of(thread)
    times = tr("raised {} times", thread.raised) if thread.raised > 1 else ""
    opened = tr("opened, according to a receipt") if thread.opened else ""
    begun = tr("since {}", tr_day(london_day(root.event[0])))
    facts = " · ".join(part for part in (root.case_ref, tr(root.kind.label), times, opened, begun) if part)
    return RowText(root.headline(200), facts, chip.words, chip.tone, icon_of(root.kind.name))


class ThreadsPage(QWidget):
    """List of threads with the thread diagram beside it.

    `step_asked` gives a thread and its next step, `pages_asked` and `extract_asked` the index of its first record, `agenda_asked` nothing; the other signals give the index of the selected record.
    """

    step_asked = Signal(object, object)
    record_asked = Signal(int)
    draft_asked = Signal(int)
    repeat_asked = Signal(int)
    pages_asked = Signal(int)
    agenda_asked = Signal()
    extract_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.threads = RowList(tr("Threads"))
        self.threads.currentRowChanged.connect(self._chosen)
        self.ladder, self.message, self.only = ThreadDiagram(), Message(), label("", "soft")
        self.title, self.state = label("", "heading"), label("", "soft")
        self.next = button(tr(NO_STEP), self._take_step, main=True)
        self.show_record = button(tr("Show the record"), self._show_record)
        self.draft = button(tr("Draft the e-mail…"), self._draft)
        self.again = button(tr("Raise it again…"), self._raise_again)
        self.pages = button(tr("Print this thread…"), self._make_pages)
        self.extract = button(tr("Copy as a learning extract"), self._ask_extract)
        self.extract.setToolTip(tr("Kinds, roles, words of lists and days: nothing that anybody wrote freely"))
        self.agenda = button(tr("Copy the agenda"), self.agenda_asked.emit)
        self.agenda.setToolTip(tr("What is open, how often it was raised and since when, for the next meeting"))
        self.empty = label(tr("No concern or instruction is sealed yet. Press Ctrl+N, then C, to raise one."), "soft")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.none = label(tr("No thread stands so. Choose another button above, or “All”."), "soft")
        self.none.hide()
        self.ladder.currentRowChanged.connect(lambda _: self._offer())
        self.ladder.itemActivated.connect(lambda _: self._show_record())
        for part in (self.ladder, self.threads):
            part.setMinimumHeight(part.fontMetrics().lineSpacing() * MIN_LINES)
        self.filters = QButtonGroup(self)
        self.filters.setExclusive(True)
        for number, name in enumerate(FILTERS):
            chip = button(tr(name), self._narrow)
            chip.setCheckable(True)
            chip.setChecked(name == ALL)
            self.filters.addButton(chip, number)
        self.order = WordChoices(tuple(ORDERS), tr("Order"))
        self.order.currentIndexChanged.connect(lambda _: self._narrow())
        self._all: list[Thread] = []
        self._standings: list[ThreadStanding] = []
        self._listed: list[Thread] = []
        self._arrange()
        self._chosen(-1)

    def _arrange(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(tokens.SPACE_S, 0, 0, 0)
        column.setSpacing(tokens.SPACE_S)
        column.addWidget(self.title)
        column.addWidget(self.state)
        column.addWidget(self.ladder, 1)
        column.addWidget(row(self.next, None))
        column.addWidget(row(self.show_record, self.draft, self.again, self.pages, self.extract, None))
        left = QWidget()
        list_column = QVBoxLayout(left)
        list_column.setContentsMargins(0, 0, 0, 0)
        list_column.setSpacing(tokens.SPACE_S)
        list_column.addWidget(row(*self.filters.buttons(), None))
        order = label(tr("Order"), "label", wrap=False)
        order.setBuddy(self.order)
        list_column.addWidget(row(order, self.order, None, self.agenda))
        list_column.addWidget(self.none)
        list_column.addWidget(self.threads, 1)
        self.split = Beside(left, right, (2, 3))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_XL, tokens.SPACE_M, tokens.SPACE_XL, tokens.SPACE_M)
        whole.addWidget(self.message)
        whole.addWidget(self.only)
        whole.addWidget(self.empty, 1)
        whole.addWidget(self.split, 1)

    def show_threads(self, threads: Sequence[Thread]) -> None:
        """List these threads; the selected thread stays selected."""
        chosen = self.thread_shown()
        if threads is not self._all:
            self._all, self._standings = list(threads), [chip_of(thread).standing for thread in threads]
        self._listed = self._wanted()[:MAX_SHOWN]
        self._count()
        self.only.setText(tr(ONLY, MAX_SHOWN, len(self._all)))
        self.only.setVisible(len(self._all) > MAX_SHOWN)
        listed_roots = [thread.root.index for thread in self._listed]
        stays = chosen is not None and (not self._is_narrowed() or chosen.root.index in listed_roots)
        row_number = self._row_of(chosen.root.index) if chosen is not None and stays else 0
        self._fill()
        self.empty.setVisible(not self._all)
        self.split.setVisible(bool(self._all))
        self.none.setVisible(bool(self._all) and not self._listed)
        row_number = max(0, row_number) if self._listed else -1
        self.threads.setCurrentRow(row_number)
        self._chosen(row_number)

    def _wanted(self) -> list[Thread]:
        """Return the threads that the chosen filter lets through."""
        name = FILTERS[max(0, self.filters.checkedId())]
        wanted = [
            thread
            for thread, standing in zip(self._all, self._standings, strict=True)
            if name == ALL or standing is name
        ]
        return sorted(wanted, key=ORDERS[self.order.value()])

    def _count(self) -> None:
        """Say at each filter how many threads it lets through."""
        counts = Counter(self._standings)
        for name, chip in zip(FILTERS, self.filters.buttons(), strict=True):
            count = len(self._all) if name == ALL else counts[ThreadStanding(name)]
            chip.setText(f"{tr(name)}  {count}")

    def _is_narrowed(self) -> bool:
        return self.filters.checkedId() > 0

    def _narrow(self) -> None:
        self.show_threads(self._all)

    def _row_of(self, root: int) -> int:
        """Return the row of a thread by the index of its root; append an older thread to the list. -1 if it is unknown."""
        listed_roots = [thread.root.index for thread in self._listed]
        if root not in listed_roots:
            older = [thread for thread in self._all if thread.root.index == root]
            self._listed += older
            return len(listed_roots) if older else -1
        return listed_roots.index(root)

    def _fill(self) -> None:
        self.threads.blockSignals(True)
        self.threads.clear()
        for thread in self._listed:
            self.threads.add_row(_row_text(thread))
        self.threads.blockSignals(False)

    def choose(self, record: int) -> bool:
        """Select the thread that contains a record, and the record's step. Return False if no thread contains it."""
        holding = next((thread for thread in self._all if record in thread.positions), None)
        if holding is None:
            return False
        row_number = self._row_of(holding.root.index)
        # `_row_of` has appended an older thread to the list of data, which the widget does not show yet.
        if row_number >= self.threads.count():
            self._fill()
        self.threads.setCurrentRow(row_number)
        step_records = [record.index for record in holding.members]
        self.ladder.setCurrentRow(step_records.index(record) if record in step_records else len(step_records) - 1)
        return True

    def thread_shown(self) -> Thread | None:
        """Return the thread whose diagram is shown, or None."""
        row_number = self.threads.currentRow()
        return self._listed[row_number] if 0 <= row_number < len(self._listed) else None

    def _chosen(self, row_number: int) -> None:
        thread = self._listed[row_number] if 0 <= row_number < len(self._listed) else None
        self.title.setText(tr(thread.title) if thread else "")
        self.state.setText(heading(thread) if thread else "")
        self.ladder.show_thread(thread)
        next_step = thread.following if thread else None
        self.next.setText(tr(next_step.words) if next_step else tr(NO_STEP))
        self.next.setVisible(next_step is not None)
        self.next.setEnabled(True)
        self.pages.setEnabled(thread is not None)
        self.extract.setEnabled(thread is not None)
        self._offer()

    def _offer(self) -> None:
        step = self.ladder.step()
        self.show_record.setEnabled(step is not None)
        self.draft.setEnabled(step is not None and step.record.kind.name in LETTERS)
        self.again.setEnabled(step is not None and step.record.kind.name == "concern")

    def _take_step(self) -> None:
        thread = self.thread_shown()
        if thread is not None and isinstance(thread.following, NextStep):
            self.step_asked.emit(thread, thread.following)

    def _show_record(self) -> None:
        step = self.ladder.step()
        if step is not None:
            self.record_asked.emit(step.record.index)

    def _draft(self) -> None:
        step = self.ladder.step()
        if step is not None:
            self.draft_asked.emit(step.record.index)

    def _make_pages(self) -> None:
        thread, step = self.thread_shown(), self.ladder.step()
        if thread is not None:
            self.pages_asked.emit((step.record if step is not None else thread.root).index)

    def _ask_extract(self) -> None:
        thread = self.thread_shown()
        if thread is not None:
            self.extract_asked.emit(thread.root.index)

    def take_extract(self, text: str) -> None:
        """Copy a learning extract, to be pasted into a document."""
        COPIED.copy(text)
        self.message.done(tr("Copied: days, roles and words of lists. Read it as somebody would who knows the case."))

    def take_agenda(self, text: str) -> None:
        """Copy an agenda, to be pasted into a mail or a document."""
        COPIED.copy(text)
        self.message.done(tr("Copied: paste it where you write the agenda. Read it through: it may name people."))

    def _raise_again(self) -> None:
        step = self.ladder.step()
        if step is not None:
            self.repeat_asked.emit(step.record.index)

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self.show_threads(())
        self.message.say("")
