"""Threads: each concern with everything around it, and the one sensible next step."""

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
ONLY = "The {} threads that changed last, of {}. Find an older one in the Timeline, and press Thread there."


class ThreadsPage(QWidget):
    """The list of threads with the ladder beside it."""

    step_asked = Signal(object, object)
    record_asked = Signal(int)
    draft_asked = Signal(int)
    repeat_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.threads = make_list(tr("Threads"))
        self.threads.currentRowChanged.connect(self._chosen)
        self.ladder, self.message, self.only = ThreadDiagram(), Message(), label("", "soft")
        self.title, self.state = label("", "label"), label("")
        self.next = button(tr(NO_STEP), self._go_on, main=True)
        self.show_record = button(tr("Show the record"), self._show_record)
        self.draft = button(tr("Draft the e-mail…"), self._draft)
        self.again = button(tr("Raise it again…"), self._again)
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
        column.addWidget(row(self.show_record, self.draft, self.again, None))
        self.split = Beside(self.threads, right, (2, 3))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 10, 12, 8)
        whole.addWidget(self.message)
        whole.addWidget(self.only)
        whole.addWidget(self.empty, 1)
        whole.addWidget(self.split, 1)

    def show_threads(self, threads: Sequence[Thread]) -> None:
        """Show these threads; the one that was chosen stays chosen."""
        chosen = self.thread_shown()
        self._all, self._listed = list(threads), list(threads[:MAX_SHOWN])
        self.only.setText(tr(ONLY, MAX_SHOWN, len(self._all)))
        self.only.setVisible(len(self._all) > MAX_SHOWN)
        place = self._place_of(chosen.root.index) if chosen is not None else 0
        self._fill()
        self.empty.setVisible(not self._listed)
        self.split.setVisible(bool(self._listed))
        place = max(0, place) if self._listed else -1
        self.threads.setCurrentRow(place)
        self._chosen(place)

    def _place_of(self, root: int) -> int:
        """Return where a thread stands in the list; an older one is put at its end. -1 where there is none."""
        places = [thread.root.index for thread in self._listed]
        if root not in places:
            older = [thread for thread in self._all if thread.root.index == root]
            self._listed += older
            return len(places) if older else -1
        return places.index(root)

    def _fill(self) -> None:
        self.threads.blockSignals(True)
        self.threads.clear()
        for thread in self._listed:
            case = f"{thread.root.case_ref}   " if thread.root.case_ref else ""
            self.threads.addItem(QListWidgetItem(f"{case}{thread.title}\n{thread.state}"))
        self.threads.blockSignals(False)

    def choose(self, record: int) -> bool:
        """Show the thread that a record belongs to, at its step; return whether there is one."""
        holding = next((thread for thread in self._all if record in thread.positions), None)
        if holding is None:
            return False
        place = self._place_of(holding.root.index)
        if place >= self.threads.count():
            self._fill()
        self.threads.setCurrentRow(place)
        places = [step.record.index for step in holding.steps]
        self.ladder.setCurrentRow(places.index(record) if record in places else len(places) - 1)
        return True

    def thread_shown(self) -> Thread | None:
        """Return the thread whose ladder is shown."""
        number = self.threads.currentRow()
        return self._listed[number] if 0 <= number < len(self._listed) else None

    def _chosen(self, number: int) -> None:
        thread = self._listed[number] if 0 <= number < len(self._listed) else None
        self.title.setText(thread.title if thread else "")
        self.state.setText(heading(thread) if thread else "")
        self.ladder.show_thread(thread)
        following = thread.following if thread else None
        self.next.setText(following.words if following else tr(NO_STEP))
        self.next.setVisible(following is not None)
        self.next.setEnabled(True)
        self._offer()

    def _offer(self) -> None:
        step = self.ladder.step()
        self.show_record.setEnabled(step is not None)
        self.draft.setEnabled(step is not None and step.record.kind.name in LETTERS)
        self.again.setEnabled(step is not None and step.record.kind.name == "concern")

    def _go_on(self) -> None:
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

    def _again(self) -> None:
        step = self.ladder.step()
        if step is not None:
            self.repeat_asked.emit(step.record.index)

    def wipe(self) -> None:
        """Take everything off the screen."""
        self.show_threads(())
        self.message.say("")
