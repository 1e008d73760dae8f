"""Threads page: each concern or instruction with its related records, as a diagram, and the next step."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QVBoxLayout, QWidget

from evidence_app.desktop.casework.thread_diagram import ThreadDiagram, heading
from evidence_app.desktop.design.tables import Beside, make_list
from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.system.language import tr
from evidence_app.domain.thread.letters import LETTERS
from evidence_app.domain.thread.next_steps import NextStep
from evidence_app.domain.thread.threads import Thread

NO_STEP = "Next step"
MAX_SHOWN = 500
"""Largest number of threads listed."""
ONLY = "The {} threads that changed last, of {}. Find an older one in the Timeline, and press Thread there."


class ThreadsPage(QWidget):
    """List of threads with the thread diagram beside it.

    `step_asked` gives a thread and its next step, `pages_asked` the index of its first record; the other signals give the index of the selected record.
    """

    step_asked = Signal(object, object)
    record_asked = Signal(int)
    draft_asked = Signal(int)
    repeat_asked = Signal(int)
    pages_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.threads = make_list(tr("Threads"))
        self.threads.currentRowChanged.connect(self._chosen)
        self.ladder, self.message, self.only = ThreadDiagram(), Message(), label("", "soft")
        self.title, self.state = label("", "label"), label("")
        self.next = button(tr(NO_STEP), self._take_step, main=True)
        self.show_record = button(tr("Show the record"), self._show_record)
        self.draft = button(tr("Draft the e-mail…"), self._draft)
        self.again = button(tr("Raise it again…"), self._raise_again)
        self.pages = button(tr("Print this thread…"), self._make_pages)
        self.empty = label(tr("No concern or instruction is sealed yet. Press Ctrl+N, then C, to raise one."), "soft")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.ladder.currentRowChanged.connect(lambda _: self._offer())
        self.ladder.itemActivated.connect(lambda _: self._show_record())
        self._all: list[Thread] = []
        self._listed: list[Thread] = []
        self._arrange()
        self._chosen(-1)

    def _arrange(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self.state)
        column.addWidget(self.ladder, 1)
        column.addWidget(row(self.next, None))
        column.addWidget(row(self.show_record, self.draft, self.again, self.pages, None))
        self.split = Beside(self.threads, right, (2, 3))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 10, 12, 8)
        whole.addWidget(self.message)
        whole.addWidget(self.only)
        whole.addWidget(self.empty, 1)
        whole.addWidget(self.split, 1)

    def show_threads(self, threads: Sequence[Thread]) -> None:
        """List these threads; the selected thread stays selected."""
        chosen = self.thread_shown()
        self._all, self._listed = list(threads), list(threads[:MAX_SHOWN])
        self.only.setText(tr(ONLY, MAX_SHOWN, len(self._all)))
        self.only.setVisible(len(self._all) > MAX_SHOWN)
        row_number = self._row_of(chosen.root.index) if chosen is not None else 0
        self._fill()
        self.empty.setVisible(not self._listed)
        self.split.setVisible(bool(self._listed))
        row_number = max(0, row_number) if self._listed else -1
        self.threads.setCurrentRow(row_number)
        self._chosen(row_number)

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
            case = f"{thread.root.case_ref}   " if thread.root.case_ref else ""
            self.threads.addItem(QListWidgetItem(f"{case}{thread.title}\n{thread.state}"))
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
        step_records = [step.record.index for step in holding.steps]
        self.ladder.setCurrentRow(step_records.index(record) if record in step_records else len(step_records) - 1)
        return True

    def thread_shown(self) -> Thread | None:
        """Return the thread whose diagram is shown, or None."""
        row_number = self.threads.currentRow()
        return self._listed[row_number] if 0 <= row_number < len(self._listed) else None

    def _chosen(self, row_number: int) -> None:
        thread = self._listed[row_number] if 0 <= row_number < len(self._listed) else None
        self.title.setText(thread.title if thread else "")
        self.state.setText(heading(thread) if thread else "")
        self.ladder.show_thread(thread)
        next_step = thread.following if thread else None
        self.next.setText(next_step.words if next_step else tr(NO_STEP))
        self.next.setVisible(next_step is not None)
        self.next.setEnabled(True)
        self.pages.setEnabled(thread is not None)
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

    def _raise_again(self) -> None:
        step = self.ladder.step()
        if step is not None:
            self.repeat_asked.emit(step.record.index)

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self.show_threads(())
        self.message.say("")
