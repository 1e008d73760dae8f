"""Home page: what is overdue or due, with the buttons for the next action, and the latest records."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from evidence_app.desktop.design.tables import make_list
from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.system.language import tr
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.thread.due_items import DueItem
from evidence_app.proof.encoding.times import day_in_words

WAYS = {
    "reply": "Record that no answer came",
    "receipt": "Record that no receipt came",
    "sent-copy": "Bring in the sent copy…",
    "action": "It was done…",
    "review": "It was done…",
    "deadline": "It was done…",
}
"""Label of the main button, by the type of the due item."""
QUICK = {
    Holder.OFFICER: ("instruction", "decision", "concern", "meeting", "note"),
    Holder.REP: ("member", "member-case", "deadline", "note", "meeting"),
}
"""Kinds of record offered as quick links, by the holder of the store."""
MAX_SHOWN = 500
"""Largest number of due items listed: a list of thousands would be slow to lay out."""
NOT_DONE = "It was not done…"
LOOKING = "Looking at what is due…"
NOTHING_DUE = "Nothing needs chasing. Press Ctrl+N to write something down, or bring in a mail."
OLD_BACKUP = "The last backup is old, or there is none: if this machine is lost, what was sealed since is lost."


class HomePage(QWidget):
    """List of unanswered, due and promised items.

    The signals give the identity of a due item (`outcome_asked` also the outcome), a record's index, or the name of a kind.
    """

    absence_asked = Signal(str)
    outcome_asked = Signal(str, str)
    import_asked = Signal()
    thread_asked = Signal(int)
    backup_asked = Signal()
    kind_asked = Signal(str)
    record_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.items = make_list(tr("What needs chasing"))
        self.items.currentRowChanged.connect(lambda _: self._offer())
        self.items.itemActivated.connect(lambda _: self._show())
        self.message, self.today, self.of_the_folder = Message(), label("", "soft"), Message()
        old = label(tr(OLD_BACKUP), "warning")
        old.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.backup = row(old, button(tr("Safekeeping…"), lambda: self.backup_asked.emit()))
        self.backup.hide()
        self.empty = label(tr(LOOKING), "soft")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.way = button(tr(WAYS["action"]), self._take_way, main=True)
        self.not_done = button(tr(NOT_DONE), lambda: self._outcome("not done"))
        self.show_thread = button(tr("Show the thread"), self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(label(tr("What needs chasing"), "title"))
        column.addWidget(self.today)
        column.addWidget(self.of_the_folder)
        column.addWidget(self.message)
        column.addWidget(self.backup)
        column.addWidget(self.empty, 1)
        column.addWidget(self.items, 1)
        column.addWidget(row(self.way, self.not_done, self.show_thread, None))
        self.latest = QListWidget()
        self.latest.setAccessibleName(tr("Latest records"))
        self.latest.setMaximumHeight(self.fontMetrics().lineSpacing() * 7)
        self.latest.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.latest.itemActivated.connect(lambda _: self._show_latest())
        self._quick = QVBoxLayout()
        self._quick.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._quick)
        self.latest_title = label(tr("Sealed last"), "heading")
        column.addWidget(self.latest_title)
        column.addWidget(self.latest)
        self._listed: list[DueItem] = []
        self._latest: list[SealedRecord] = []
        self.show_for(Holder.OFFICER)
        self.show_chasers(None, ())
        self.show_latest([])

    def show_for(self, holder: Holder) -> None:
        """Show quick links for the kinds of record that this holder of a store writes most."""
        old_item = self._quick.takeAt(0)
        if old_item is not None:
            old_widget = old_item.widget()
            if old_widget is not None:
                old_widget.deleteLater()
        kind_buttons = [button(tr(KINDS[name].label), self._kind_requester(name), flat=True) for name in QUICK[holder]]
        words = label(tr("Write down:"), "soft", wrap=False), label(tr("or Ctrl+N and a letter"), "soft", wrap=False)
        self._quick.addWidget(row(words[0], *kind_buttons, words[1], None))

    def show_chasers(self, day: date | None, chasers: Sequence[DueItem]) -> None:
        """List the due items of a day, and keep the selection and the focus; None for the day clears its line."""
        chosen, row_before = self.chosen(), self.items.currentRow()
        had_focus = self.items.hasFocus() or self.way.hasFocus()
        self._listed = list(chasers[:MAX_SHOWN])
        overdue = sum(1 for due_item in chasers if due_item.overdue_by)
        counts = tr("{} overdue, {} coming up", overdue, len(chasers) - overdue) if chasers else tr("nothing open")
        counts += "; " + tr("the {} longest overdue", MAX_SHOWN) if len(chasers) > MAX_SHOWN else ""
        self.today.setText(f"{day_in_words(day)}: {counts}" if day else "")
        self.items.clear()
        for due_item in self._listed:
            self.items.addItem(
                QListWidgetItem(
                    f"{due_item.words}\n{due_item.state}; " + tr("waiting since {}", day_in_words(due_item.since))
                )
            )
        self.items.setVisible(bool(chasers))
        self.empty.setText(tr(NOTHING_DUE) if day else tr(LOOKING))
        self.empty.setVisible(not chasers)
        names = [due_item.identity for due_item in self._listed]
        nearest = min(max(0, row_before), len(names) - 1)
        new_row = names.index(chosen.identity) if chosen is not None and chosen.identity in names else nearest
        self.items.setCurrentRow(new_row if self._listed else -1)
        if had_focus:
            self.items.setFocus()
        self._offer()

    def remind(self, due: bool) -> None:
        """Show or hide the reminder that a backup is due."""
        self.backup.setVisible(due)

    def show_latest(self, records: Sequence[SealedRecord]) -> None:
        """List the records that were sealed last."""
        self._latest = list(records)
        self.latest.clear()
        for record in records:
            self.latest.addItem(f"{record.index}   {tr(record.kind.label)}:  {record.headline(120)}")
        self.latest.setVisible(bool(records))
        self.latest_title.setVisible(bool(records))

    def _show_latest(self) -> None:
        row_number = self.latest.currentRow()
        if 0 <= row_number < len(self._latest):
            self.record_asked.emit(self._latest[row_number].index)

    def _kind_requester(self, name: str) -> Callable[[], None]:
        return lambda: self.kind_asked.emit(name)

    def chosen(self) -> DueItem | None:
        """Return the selected due item, or None."""
        row_number = self.items.currentRow()
        return self._listed[row_number] if 0 <= row_number < len(self._listed) else None

    def _offer(self) -> None:
        due_item = self.chosen()
        absent = due_item is not None and due_item.sort in {"reply", "receipt"}
        promised = due_item is not None and due_item.sort in {"action", "review", "deadline", "sent-copy"}
        self.way.setText(tr(WAYS[due_item.sort if due_item else "action"]))
        self.way.setVisible(due_item is not None)
        self.way.setEnabled(due_item is not None and (not absent or bool(due_item.overdue_by)))
        self.not_done.setVisible(promised)
        self.not_done.setText(
            tr("It was not sent…") if due_item is not None and due_item.sort == "sent-copy" else tr(NOT_DONE)
        )
        self.show_thread.setVisible(due_item is not None)

    def _take_way(self) -> None:
        due_item = self.chosen()
        if due_item is None:
            return
        if due_item.sort in {"reply", "receipt"}:
            self.absence_asked.emit(due_item.identity)
        elif due_item.sort == "sent-copy":
            self.import_asked.emit()
        else:
            self._outcome("done")

    def _outcome(self, state: str) -> None:
        due_item = self.chosen()
        if due_item is not None:
            self.outcome_asked.emit(due_item.identity, state)

    def _show(self) -> None:
        due_item = self.chosen()
        if due_item is not None:
            self.thread_asked.emit(due_item.record.index)

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self.show_chasers(None, ())
        self.show_latest([])
        self.message.say("")
        self.of_the_folder.say("")

    def say_of_the_folder(self, remarks: Sequence[str]) -> None:
        """Show what is to be said of the folder that the store lies in, as long as it is open."""
        self.of_the_folder.say("\n".join(remarks), "warning")
