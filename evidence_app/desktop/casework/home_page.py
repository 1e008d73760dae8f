"""Home: what needs chasing today, and one button for each way on."""

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
QUICK = {
    Holder.OFFICER: ("instruction", "decision", "concern", "meeting", "note"),
    Holder.REP: ("member", "member-case", "deadline", "note", "meeting"),
}
MAX_SHOWN = 500
NOT_DONE = "It was not done…"
OLD_BACKUP = "The last backup is old, or there is none: if this machine is lost, what was sealed since is lost."


class HomePage(QWidget):
    """The list of what is unanswered, due and promised."""

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
        self.message, self.today = Message(), label("", "soft")
        old = label(tr(OLD_BACKUP), "warning")
        old.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.backup = row(old, button(tr("Safekeeping…"), lambda: self.backup_asked.emit()))
        self.backup.hide()
        self.empty = label(
            tr("Nothing needs chasing. Press Ctrl+N to write something down, or bring in a mail."), "soft"
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.way = button(tr(WAYS["action"]), self._go, main=True)
        self.not_done = button(tr(NOT_DONE), lambda: self._outcome("not done"))
        self.show_thread = button(tr("Show the thread"), self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(label(tr("What needs chasing"), "title"))
        column.addWidget(self.today)
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
        """Offer to write down what the holder of the store writes most."""
        before = self._quick.takeAt(0)
        if before is not None:
            gone = before.widget()
            if gone is not None:
                gone.deleteLater()
        write = [button(tr(KINDS[name].label), self._asker(name), flat=True) for name in QUICK[holder]]
        words = label(tr("Write down:"), "soft", wrap=False), label(tr("or Ctrl+N and a letter"), "soft", wrap=False)
        self._quick.addWidget(row(words[0], *write, words[1], None))

    def show_chasers(self, day: date | None, chasers: Sequence[DueItem]) -> None:
        """Show what needs chasing on a day."""
        chosen, place_before = self.chosen(), self.items.currentRow()
        had_focus = self.items.hasFocus() or self.way.hasFocus()
        self._listed = list(chasers[:MAX_SHOWN])
        late = sum(1 for each in chasers if each.overdue_by)
        counts = tr("{} overdue, {} coming up", late, len(chasers) - late) if chasers else tr("nothing open")
        counts += "; " + tr("the {} longest overdue", MAX_SHOWN) if len(chasers) > MAX_SHOWN else ""
        self.today.setText(f"{day_in_words(day)}: {counts}" if day else "")
        self.items.clear()
        for each in self._listed:
            self.items.addItem(
                QListWidgetItem(f"{each.words}\n{each.state}; " + tr("waiting since {}", day_in_words(each.since)))
            )
        self.items.setVisible(bool(chasers))
        self.empty.setVisible(not chasers)
        names = [each.identity for each in self._listed]
        following = min(max(0, place_before), len(names) - 1)
        place = names.index(chosen.identity) if chosen is not None and chosen.identity in names else following
        self.items.setCurrentRow(place if self._listed else -1)
        if had_focus:
            self.items.setFocus()
        self._offer()

    def remind(self, due: bool) -> None:
        """Say, or no more, that a backup is due."""
        self.backup.setVisible(due)

    def show_latest(self, records: Sequence[SealedRecord]) -> None:
        """Show the records that were sealed last."""
        self._latest = list(records)
        self.latest.clear()
        for record in records:
            self.latest.addItem(f"{record.index}   {tr(record.kind.label)}:  {record.headline(120)}")
        self.latest.setVisible(bool(records))
        self.latest_title.setVisible(bool(records))

    def _show_latest(self) -> None:
        place = self.latest.currentRow()
        if 0 <= place < len(self._latest):
            self.record_asked.emit(self._latest[place].index)

    def _asker(self, name: str) -> Callable[[], None]:
        return lambda: self.kind_asked.emit(name)

    def chosen(self) -> DueItem | None:
        """Return what is chosen."""
        number = self.items.currentRow()
        return self._listed[number] if 0 <= number < len(self._listed) else None

    def _offer(self) -> None:
        each = self.chosen()
        absent = each is not None and each.sort in {"reply", "receipt"}
        promised = each is not None and each.sort in {"action", "review", "deadline", "sent-copy"}
        self.way.setText(tr(WAYS[each.sort if each else "action"]))
        self.way.setVisible(each is not None)
        self.way.setEnabled(each is not None and (not absent or bool(each.overdue_by)))
        self.not_done.setVisible(promised)
        self.not_done.setText(tr("It was not sent…") if each is not None and each.sort == "sent-copy" else tr(NOT_DONE))
        self.show_thread.setVisible(each is not None)

    def _go(self) -> None:
        each = self.chosen()
        if each is None:
            return
        if each.sort in {"reply", "receipt"}:
            self.absence_asked.emit(each.identity)
        elif each.sort == "sent-copy":
            self.import_asked.emit()
        else:
            self._outcome("done")

    def _outcome(self, state: str) -> None:
        each = self.chosen()
        if each is not None:
            self.outcome_asked.emit(each.identity, state)

    def _show(self) -> None:
        each = self.chosen()
        if each is not None:
            self.thread_asked.emit(each.record.index)

    def wipe(self) -> None:
        """Take everything off the screen."""
        self.show_chasers(None, ())
        self.show_latest([])
        self.message.say("")
