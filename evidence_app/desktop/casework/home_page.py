"""Home page: what is overdue or due, with the buttons for the next action, and the latest records."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.lists.kind_icons import icon_of
from evidence_app.desktop.design.lists.rows import RowList, RowText
from evidence_app.desktop.design.lists.tables import Beside
from evidence_app.desktop.design.tiles import Tile
from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.design.widgets import column as column_of
from evidence_app.desktop.system.language import tr, tr_day, tr_value
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.thread.due_items import DueItem
from evidence_app.proof.encoding.times import LONDON
from evidence_app.services.core.session import SystemClock

WAYS = {
    "reply": "Record that no answer came",
    "receipt": "Record that no receipt came",
    "sent-copy": "Bring in the sent copy…",
    "action": "It was done…",
    "review": "It was done…",
    "deadline": "It was done…",
    "renewal": "Time stamps…",
    "limit": "It was done…",
    "file": "It was done…",
    "date": "It was done…",
    "cases": "It was done…",
    "supervision": "Record that there was none",
}
"""Label of the main button, by the type of the due item."""
QUICK = {
    Holder.OFFICER: ("instruction", "decision", "concern", "meeting"),
    Holder.REP: ("member", "member-case", "deadline", "note"),
    Holder.MANAGER: ("instruction", "decision", "allocation", "meeting"),
}
"""Kinds of record offered as quick links, by the holder of the store."""
SILENCES: Final = frozenset({"reply", "receipt", "supervision"})
"""Types of due items for which nothing came."""
PROMISED: Final = frozenset({"action", "review", "deadline", "sent-copy", "renewal", "limit", "file", "date", "cases"})
"""Types of due items of which it can be said that they were not done."""
SORT_ICONS: Final = {
    "reply": "reply",
    "receipt": "mail-check",
    "sent-copy": "send",
    "action": "circle-check",
    "review": "calendar",
    "deadline": "clock",
    "renewal": "seal",
    "limit": "clock",
    "file": "file-text",
    "date": "calendar",
    "cases": "users",
    "supervision": "users",
}
"""Icon of a due item, by its type."""
MAX_SHOWN = 500
"""Largest number of due items listed: a list of thousands would be slow to lay out."""
NOT_DONE = "It was not done…"
LOOKING = "Looking at what is due…"
NOTHING_DUE = "Nothing needs chasing. Press Ctrl+N to write something down, or bring in a mail."
NOON: Final = 12
EVENING: Final = 18
"""Hours from which the greeting is another."""
OLD_BACKUP = "The last backup is old, or there is none: if this machine is lost, what was sealed since is lost."


GROUPS: Final = (
    (60, "Late by months"),
    (10, "Late by weeks"),
    (1, "Late by days"),
    (0, "Coming up"),
)
"""Groups of due items: from how many working days late, and what it is called."""


def _greeting() -> str:
    """Return the words for the time of day, by the clock of Europe/London."""
    hour = SystemClock().now().astimezone(LONDON).hour
    return tr("Good morning") if hour < NOON else tr("Good afternoon") if hour < EVENING else tr("Good evening")


def _row_of(due_item: DueItem, day: date | None, group: str) -> RowText:
    """Return what the row of a due item says."""
    tone = "plain" if not due_item.overdue_by else "fault" if due_item.sort in SILENCES else "attention"
    facts = tr("waiting since {}", tr_day(due_item.since))
    case = f"{due_item.record.case_ref} · " if due_item.record.case_ref else ""
    del day
    return RowText(
        tr_value(due_item.words), case + facts, tr_value(due_item.state), tone, SORT_ICONS[due_item.sort], group
    )


class HomePage(QWidget):
    """List of unanswered, due and promised items.

    The signals give the identity of a due item (`outcome_asked` also the outcome), a record's index, the name of a kind, or a sentence to keep.
    """

    absence_asked = Signal(str)
    outcome_asked = Signal(str, str)
    import_asked = Signal()
    thread_asked = Signal(int)
    backup_asked = Signal()
    kind_asked = Signal(str)
    sentence_asked = Signal(str)
    record_asked = Signal(int)
    stamps_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.items = RowList(tr("What needs chasing"))
        self.items.currentRowChanged.connect(lambda _: self._offer())
        self.items.itemActivated.connect(lambda _: self._show())
        self.message, self.today, self.of_the_folder = Message(), label("", "soft"), Message()
        old = label(tr(OLD_BACKUP), "warning")
        old.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.backup = row(old, button(tr("Safekeeping…"), lambda: self.backup_asked.emit()))
        self.backup.hide()
        self.empty = label(tr(LOOKING), "soft")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.way = button(tr(WAYS["action"]), self._take_way)
        self.not_done = button(tr(NOT_DONE), lambda: self._outcome("not done"))
        self.show_thread = button(tr("Show the thread"), self._show)
        self.latest = RowList(tr("Latest records"))
        self.latest.itemActivated.connect(lambda _: self._show_latest())
        self.latest_title = label(tr("Sealed last"), "section")
        self.tiles = QVBoxLayout()
        self.tiles.setContentsMargins(0, 0, 0, 0)
        self.sentence = QLineEdit()
        self.sentence.setPlaceholderText(tr("Or just write it down: “She said in the corridor, move him to monthly.”"))
        self.sentence.setAccessibleName(tr("A sentence to keep"))
        self.sentence.returnPressed.connect(self._keep_sentence)
        self.keep = button(tr("Keep as draft"), self._keep_sentence)
        self.title = label(tr("Home"), "title")
        self._listed: list[DueItem] = []
        self._latest: list[SealedRecord] = []
        self._arrange()
        self.show_for(Holder.OFFICER)
        self.show_chasers(None, ())
        self.show_latest([])

    def _arrange(self) -> None:
        due = column_of(
            label(tr("What needs chasing"), "section"),
            self.empty,
            self.items,
            row(self.way, self.not_done, self.show_thread, None),
        )
        last = column_of(self.latest_title, self.latest)
        self.empty.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        note = row(self.sentence, self.keep)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_XL, tokens.SPACE_M, tokens.SPACE_XL, tokens.SPACE_L)
        column.setSpacing(tokens.SPACE_M)
        column.addWidget(self.title)
        column.addWidget(self.today)
        # Said once, when a store is opened, and of few folders: no place is kept for it.
        self.of_the_folder.give_way()
        column.addWidget(self.of_the_folder)
        column.addWidget(self.message)
        column.addLayout(self.tiles)
        column.addWidget(note)
        column.addWidget(self.backup)
        self.beside = Beside(due, last, (3, 2))
        column.addWidget(self.beside, 1)

    def show_for(self, holder: Holder) -> None:
        """Show tiles for the kinds of record that this holder of a store writes most."""
        old_item = self.tiles.takeAt(0)
        if old_item is not None:
            old_widget = old_item.widget()
            if old_widget is not None:
                old_widget.deleteLater()
        tiles: list[QWidget] = []
        for name in QUICK[holder]:
            kind = KINDS[name]
            tile = Tile(icon_of(name), tr(kind.label), tr(kind.purpose), kind.letter.upper())
            tile.clicked.connect(self._kind_requester(name))
            tiles.append(tile)
        mail = Tile("inbox", tr("Bring in mail"), tr("A message, a receipt or a reply, as a file"))
        mail.clicked.connect(lambda: self.import_asked.emit())
        self.tiles.addWidget(row(*tiles, mail))

    def _keep_sentence(self) -> None:
        words = self.sentence.text().strip()
        if words:
            self.sentence_asked.emit(words)

    def show_chasers(self, day: date | None, chasers: Sequence[DueItem]) -> None:
        """List the due items of a day, and keep the selection and the focus; None for the day clears its line."""
        chosen, row_before = self.chosen(), self.items.currentRow()
        had_focus = self.items.hasFocus() or self.way.hasFocus()
        self._listed = list(chasers[:MAX_SHOWN])
        overdue = sum(1 for due_item in chasers if due_item.overdue_by)
        counts = tr("{} overdue, {} coming up", overdue, len(chasers) - overdue) if chasers else tr("nothing open")
        counts += "; " + tr("the {} longest overdue", MAX_SHOWN) if len(chasers) > MAX_SHOWN else ""
        self.today.setText(f"{tr_day(day)}: {counts}" if day else "")
        self.title.setText(_greeting() if day else tr("Home"))
        self.items.clear()
        self._group = ""
        for due_item in self._listed:
            self.items.add_row(_row_of(due_item, day, self._group_of(due_item)))
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

    def _group_of(self, due_item: DueItem) -> str:
        """Return the name of the group that begins with an item, or "" within a group."""
        group = next(words for least, words in GROUPS if due_item.overdue_by >= least)
        begins, self._group = group != self._group, group
        return tr(group) if begins else ""

    def remind(self, due: bool) -> None:
        """Show or hide the reminder that a backup is due."""
        self.backup.setVisible(due)

    def show_latest(self, records: Sequence[SealedRecord]) -> None:
        """List the records that were sealed last."""
        self._latest = list(records)
        self.latest.clear()
        for record in records:
            facts = f"{tr(record.kind.label)} · {record.index} · {tr_value(record.event_in_words())}"
            case = f" · {record.case_ref}" if record.case_ref else ""
            self.latest.add_row(RowText(record.headline(160), facts + case, icon=icon_of(record.kind.name)))
        for part in (self.latest, self.latest_title):
            part.setVisible(bool(records))

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
        absent = due_item is not None and due_item.sort in SILENCES
        promised = due_item is not None and due_item.sort in PROMISED
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
        if due_item.sort in SILENCES:
            self.absence_asked.emit(due_item.identity)
        elif due_item.sort == "sent-copy":
            self.import_asked.emit()
        elif due_item.sort == "renewal":
            self.stamps_asked.emit()
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
        self.sentence.clear()
        self.message.say("")
        self.of_the_folder.say("")

    def say_of_the_folder(self, remarks: Sequence[str]) -> None:
        """Show what is to be said of the folder that the store lies in, as long as it is open."""
        self.of_the_folder.say("\n".join(remarks), "warning")
