"""Cases-and-people page: all cases and people named in records, their roles over time, and their records."""

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

from evidence_app.desktop.design.lists.tables import Beside, fill, make_list, make_table
from evidence_app.desktop.design.widgets import Message, WholeText, button, column, focus_back, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr, tr_day, tr_value
from evidence_app.domain.people.directory import CaseEntry, Directory, PersonEntry
from evidence_app.domain.record.cases.assessments import ToolStanding
from evidence_app.domain.record.records import SealedRecord
from evidence_app.services.core.session import Session
from evidence_app.services.records.cached_scan import CachedScan
from evidence_app.services.records.directory import whole_directory
from evidence_app.services.records.reading import records_at

Entry = CaseEntry | PersonEntry
TABS: Final = ("Cases", "People")
"""Tabs; `_entries` relies on this order."""
COLUMNS: Final = ("When", "Record", "No.")
MAX_SHOWN: Final = 2_000
"""Largest number of records listed for one case or person."""
MAX_WHY: Final = 200
"""Characters of what is said of an assessment; its record says all."""
NOTHING: Final = "No record names a case or a person yet. Press Ctrl+N to write something down."


class DirectoryPage(QWidget):
    """List of cases or people, with roles and records of the selected one. `record_asked` gives a record's index."""

    record_asked = Signal(int)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._scan = CachedScan(whole_directory, runner.give_way)
        self._directory = Directory((), ())
        self._listed: list[Entry] = []
        self._selected: Entry | None = None
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
        self.title, self.facts = label("", "heading"), WholeText("soft")
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
        self.items.currentRowChanged.connect(lambda _: self._show_selected())
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
        line = self.fontMetrics().lineSpacing()
        self.roles.setMaximumHeight(line * 8)
        for part, lines in ((self.items, 6), (self.roles, 4), (self.records, 6)):
            part.setMinimumHeight(line * lines)
        self.split = Beside(left, right, (2, 5))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 10, 12, 8)
        whole.addWidget(self.message)
        whole.addWidget(self.empty, 1)
        whole.addWidget(self.split, 1)

    def load(self) -> None:
        """Scan the log for cases and people, in the background."""
        self._runner.call_aside(self._scan, self._show, self.message.fault, owner=self, lane=Lane.OVERVIEW)

    def _show(self, directory: Directory) -> None:
        if directory is not self._directory:
            chosen = self.chosen()
            self._directory = directory
            self._list(_name(chosen) if chosen is not None else "")
        focus_back(self.items)

    def _entries(self) -> Sequence[Entry]:
        text = self.finder.text().casefold().strip()
        entries: Sequence[Entry] = self._directory.cases if self.tabs.currentIndex() == 0 else self._directory.people
        return [each for each in entries if text in _name(each).casefold()]

    def _list(self, select: str = "") -> None:
        entries = self._listed = list(self._entries())
        self.items.blockSignals(True)
        self.items.clear()
        for entry in entries:
            self.items.addItem(f"{_name(entry)}\n{_summary(entry)}")
        names = [_name(entry) for entry in entries]
        self.items.setCurrentRow(names.index(select) if select in names else 0 if names else -1)
        self.items.blockSignals(False)
        is_empty = not (self._directory.cases or self._directory.people)
        self.empty.setText(tr(NOTHING))
        self.empty.setVisible(is_empty)
        self.split.setVisible(not is_empty)
        self._show_selected()

    def chosen(self) -> Entry | None:
        """Return the selected case or person, or None."""
        row_number, entries = self.items.currentRow(), self._listed
        return entries[row_number] if 0 <= row_number < len(entries) else None

    def _show_selected(self) -> None:
        entry = self._selected = self.chosen()
        self.title.setText(_name(entry) if entry is not None else "")
        self.facts.setText(_facts(entry) if entry is not None else "")
        self.roles.clear()
        if isinstance(entry, CaseEntry):
            self.roles_title.setText(tr("Who was there in which role, and when, as the records say"))
            self.roles.addItems([f"{name}, {tr_value(stretch.in_words())}" for name, stretch in entry.people])
        elif entry is not None:
            self.roles_title.setText(tr("Roles, as the records say"))
            self.roles.addItems([tr_value(stretch.in_words()) for stretch in entry.roles])
        self.records.setRowCount(0)
        self.show_record.setEnabled(False)
        if entry is None:
            return
        positions = entry.records[:MAX_SHOWN]

        def work(session: Session) -> list[SealedRecord]:
            return records_at(session, positions)

        self._runner.call(work, lambda records: self._fill(entry, records), self.message.fault, owner=self)

    def _fill(self, entry: Entry, records: Sequence[SealedRecord]) -> None:
        # Another entry may have been selected while the records were read.
        if entry is not self._selected:
            return
        self._positions = [record.index for record in records]
        fill(
            self.records,
            [
                (
                    tr_value(record.event_in_words()),
                    f"{tr(record.kind.label)}:  {record.headline(160)}",
                    str(record.index),
                )
                for record in records
            ],
        )
        self.show_record.setEnabled(bool(records))

    def _show_record(self) -> None:
        row_number = self.records.currentRow()
        if 0 <= row_number < len(self._positions):
            self.record_asked.emit(self._positions[row_number])

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self._scan.wipe()
        self._directory = Directory((), ())
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
        flags = [*([tr("limited access")] if entry.limited else []), *([tr("hold")] if entry.held_by else [])]
        marked = "\n" + "   ".join(f"⚑ {flag}" for flag in flags) if flags else ""
        return tr("{}, last {}", _count(entry), tr_day(entry.last)) + marked
    return ", ".join(part for part in (entry.role, _count(entry)) if part)


def _assessed(standing: ToolStanding) -> str:
    """Return how a tool stands in a case, with the beginning of what was said of it."""
    why = " ".join(standing.why.split())
    shortened = why if len(why) <= MAX_WHY else f"{why[:MAX_WHY].rsplit(' ', 1)[0]} […]"
    return f"{tr_value(standing.in_words())}{f': {shortened}' if shortened else ''}"


def _facts(entry: Entry) -> str:
    if isinstance(entry, CaseEntry):
        kinds = ", ".join(f"{count} × {tr(kind)}" for kind, count in entry.kinds.most_common())
        lines = [tr("{} to {}: {}", entry.first, entry.last, kinds)]
        lines += [
            tr("Limited access case: it stays out of every bundle but your own unless it is named.")
        ] * entry.limited
        lines += [tr("Under a hold of record {}: it must not be destroyed.", record) for record in entry.held_by]
        lines += [tr_value(entry.hands_in_words())] if entry.allocated else []
        lines += [_assessed(standing) for standing in entry.assessed]
        pseudonyms = "; ".join(
            tr("“{}” in the export of record {}", pseudonym, export) for pseudonym, export in entry.pseudonyms
        )
        return "\n".join([*lines, *([tr("Pseudonyms: {}", pseudonyms)] if pseudonyms else [])])
    lines = [", ".join(entry.addresses)] if entry.addresses else []
    lines += [tr("Cases: {}", ", ".join(entry.cases))] if entry.cases else []
    return "\n".join(lines) or tr("Named in the settings; in no record yet.")
