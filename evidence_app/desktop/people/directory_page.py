"""Cases and people: everybody and every case in the records, roles over time, and the records in order."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from evidence_app.desktop.design.tables import Beside, fill, make_list, make_table
from evidence_app.desktop.design.widgets import Message, button, column, focus_back, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.domain.people.directory import CaseEntry, Directory, PersonEntry
from evidence_app.domain.record.records import SealedRecord
from evidence_app.proof.encoding.times import day_in_words
from evidence_app.services.core.session import Session
from evidence_app.services.records.cached_scan import CachedScan
from evidence_app.services.records.directory import whole_directory
from evidence_app.services.records.reading import records_at

Entry = CaseEntry | PersonEntry
TABS: Final = ("Cases", "People")
COLUMNS: Final = ("When", "Record", "No.")
MAX_SHOWN: Final = 2_000
NOTHING: Final = "No record names a case or a person yet. Press Ctrl+N to write something down."


class DirectoryPage(QWidget):
    """A list of cases or people, and what the records say of the one that is chosen."""

    record_asked = Signal(int)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._overview = CachedScan(whole_directory, runner.give_way)
        self._found = Directory((), ())
        self._listed: list[Entry] = []
        self._wanted: Entry | None = None
        self._positions: list[int] = []
        self.message = Message()
        self.tabs = QTabBar()
        for name in TABS:
            self.tabs.addTab(tr(name))
        self.tabs.setAccessibleName(tr("Cases or people"))
        self.finder = QLineEdit()
        self.finder.setPlaceholderText(tr("Find a case or a person"))
        self.finder.setAccessibleName(tr("Find a case or a person"))
        self.finder.setClearButtonEnabled(True)
        self.items = make_list(tr("Cases and people"))
        self.title, self.facts = label("", "heading"), label("", "soft")
        self.roles = QListWidget()
        self.roles.setAccessibleName(tr("Who was there in which role, and when"))
        self.roles.setWordWrap(True)
        self.records = make_table(tr("Records"), COLUMNS, (1,))
        self.show_record = button(tr("Show the record"), self._show_record, main=True)
        self.empty = label("", "soft")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._arrange()
        self.tabs.currentChanged.connect(lambda _: self._list())
        self.finder.textChanged.connect(lambda _: self._list())
        self.items.currentRowChanged.connect(lambda _: self._chosen())
        self.records.itemActivated.connect(lambda _: self._show_record())
        self._list()

    def _arrange(self) -> None:
        left = column(self.tabs, self.finder, self.items)
        self.roles_title = label("", "label")
        right = column(
            self.title,
            self.facts,
            self.roles_title,
            self.roles,
            label(tr("Records, in the order in which things happened"), "label"),
            self.records,
            row(self.show_record, None),
        )
        self.roles.setMaximumHeight(self.fontMetrics().lineSpacing() * 8)
        self.split = Beside(left, right, (2, 5))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 10, 12, 8)
        whole.addWidget(self.message)
        whole.addWidget(self.empty, 1)
        whole.addWidget(self.split, 1)

    def load(self) -> None:
        """Read who and what is in the records."""
        self._runner.call_aside(self._overview, self._show, self.message.fault, owner=self, lane=Lane.OVERVIEW)

    def _show(self, found: Directory) -> None:
        if found is not self._found:
            chosen = self.chosen()
            self._found = found
            self._list(_name(chosen) if chosen is not None else "")
        focus_back(self.items)

    def _entries(self) -> Sequence[Entry]:
        text = self.finder.text().casefold().strip()
        entries: Sequence[Entry] = self._found.cases if self.tabs.currentIndex() == 0 else self._found.people
        return [each for each in entries if text in _name(each).casefold()]

    def _list(self, select: str = "") -> None:
        entries = self._listed = list(self._entries())
        self.items.blockSignals(True)
        self.items.clear()
        for each in entries:
            self.items.addItem(f"{_name(each)}\n{_summary(each)}")
        names = [_name(each) for each in entries]
        self.items.setCurrentRow(names.index(select) if select in names else 0 if names else -1)
        self.items.blockSignals(False)
        nobody = not (self._found.cases or self._found.people)
        self.empty.setText(tr(NOTHING))
        self.empty.setVisible(nobody)
        self.split.setVisible(not nobody)
        self._chosen()

    def chosen(self) -> Entry | None:
        """Return the case or person that is chosen."""
        place, entries = self.items.currentRow(), self._listed
        return entries[place] if 0 <= place < len(entries) else None

    def _chosen(self) -> None:
        entry = self._wanted = self.chosen()
        self.title.setText(_name(entry) if entry is not None else "")
        self.facts.setText(_facts(entry) if entry is not None else "")
        self.roles.clear()
        if isinstance(entry, CaseEntry):
            self.roles_title.setText(tr("Who was there in which role, and when, as the records say"))
            self.roles.addItems([f"{name}, {stretch.in_words()}" for name, stretch in entry.people])
        elif entry is not None:
            self.roles_title.setText(tr("Roles, as the records say"))
            self.roles.addItems([stretch.in_words() for stretch in entry.roles])
        self.records.setRowCount(0)
        self.show_record.setEnabled(False)
        if entry is None:
            return
        positions = entry.records[:MAX_SHOWN]

        def work(session: Session) -> list[SealedRecord]:
            return records_at(session, positions)

        self._runner.call(work, lambda records: self._fill(entry, records), self.message.fault, owner=self)

    def _fill(self, entry: Entry, records: Sequence[SealedRecord]) -> None:
        if entry is not self._wanted:
            return
        self._positions = [record.index for record in records]
        fill(
            self.records,
            [
                (record.event_in_words(), f"{tr(record.kind.label)}:  {record.headline(160)}", str(record.index))
                for record in records
            ],
        )
        self.show_record.setEnabled(bool(records))

    def _show_record(self) -> None:
        place = self.records.currentRow()
        if 0 <= place < len(self._positions):
            self.record_asked.emit(self._positions[place])

    def wipe(self) -> None:
        """Take everything off the screen."""
        self._overview.wipe()
        self._found = Directory((), ())
        self.finder.clear()
        self._list()
        self.empty.clear()
        self.message.say("")


def _name(entry: Entry) -> str:
    return entry.ref if isinstance(entry, CaseEntry) else entry.name


def _count(entry: Entry) -> str:
    return tr("{:,} record" if len(entry.records) == 1 else "{:,} records", len(entry.records))


def _summary(entry: Entry) -> str:
    if isinstance(entry, CaseEntry):
        return tr("{}, last {}", _count(entry), day_in_words(entry.last)) + (
            "   ⚑ " + tr("limited access") if entry.limited else ""
        )
    return ", ".join(part for part in (entry.role, _count(entry)) if part)


def _facts(entry: Entry) -> str:
    if isinstance(entry, CaseEntry):
        kinds = ", ".join(f"{count} × {tr(kind)}" for kind, count in entry.kinds.most_common())
        lines = [f"{day_in_words(entry.first)} to {day_in_words(entry.last)}: {kinds}"]
        lines += [
            tr("Limited access case: it stays out of every bundle but your own unless it is named.")
        ] * entry.limited
        called = "; ".join(
            tr("“{}” in the export of record {}", pseudonym, export) for pseudonym, export in entry.pseudonyms
        )
        return "\n".join([*lines, *([tr("Pseudonyms: {}", called)] if called else [])])
    lines = [", ".join(entry.addresses)] if entry.addresses else []
    lines += [tr("Cases: {}", ", ".join(entry.cases))] if entry.cases else []
    return "\n".join(lines) or tr("Named in the settings; in no record yet.")
