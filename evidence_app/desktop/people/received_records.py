"""Records that a member handed over: search, list and reading. They are read-only."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from evidence_app.desktop.design.lists.tables import fill, make_table
from evidence_app.desktop.design.record_text import received_as_html
from evidence_app.desktop.design.widgets import Message, label
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.domain.record.selection import Received, ReceivedQuery
from evidence_app.services.members.members import received

COLUMNS: Final = ("When", "Record", "Position")
MAX_SHOWN: Final = 2_000
"""Largest number of records listed."""
TYPING_MS: Final = 150
"""Milliseconds after the last key before a search starts."""


class ReceivedRecords(QWidget):
    """Search field, table, and the text of the selected record."""

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._origins: tuple[str, ...] = ()
        self._records: list[Received] = []
        self.message = Message()
        self.finder = QLineEdit()
        self.finder.setPlaceholderText(tr("Search what was handed over"))
        self.finder.setAccessibleName(tr("Search what was handed over"))
        self.finder.setClearButtonEnabled(True)
        self.table = make_table(tr("Records handed over"), COLUMNS, (1,))
        self.count = label("", "soft")
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("The record"))
        self.text.setOpenLinks(False)
        self._search_timer = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._search_timer.timeout.connect(self._read)
        self.finder.textChanged.connect(lambda _: self._search_timer.start())
        self.table.currentCellChanged.connect(lambda row_number, *_: self._show(row_number))
        line_height = self.fontMetrics().lineSpacing()
        self.table.setMinimumHeight(8 * line_height)
        self.text.setMinimumHeight(10 * line_height)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.finder)
        column.addWidget(self.count)
        column.addWidget(self.message)
        column.addWidget(self.table, 3)
        column.addWidget(self.text, 4)

    def show_of(self, origins: Sequence[str]) -> None:
        """List the records received from these logs (their origins)."""
        self._origins = tuple(origins)
        self._read()

    def _read(self) -> None:
        query = ReceivedQuery(self._origins, words=self.finder.text())
        if not self._origins:
            self._list([])
            return
        self._runner.call(
            lambda session: received(session, query, MAX_SHOWN), self._list, self.message.fault, owner=self
        )

    def _list(self, records: list[Received]) -> None:
        self._records = records
        more = "+" if len(records) == MAX_SHOWN else ""
        self.count.setText(
            tr("{}{} records, as they were last shown to you", len(records), more)
            if records
            else tr("No such record was handed over.")
        )
        self.table.blockSignals(True)
        fill(
            self.table,
            [
                (
                    tr_value(item.record.event_in_words()),
                    f"{tr(item.record.kind.label)}:  {item.record.headline(160)}",
                    str(item.record.index),
                )
                for item in records
            ],
        )
        self.table.blockSignals(False)
        self._show(0 if records else -1)

    def _show(self, row_number: int) -> None:
        if 0 <= row_number < len(self._records):
            self.text.setHtml(received_as_html(self._records[row_number].record, self._records[row_number].handover))
        else:
            self.text.clear()

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self.finder.clear()
        self._search_timer.stop()
        self.show_of(())
        self.message.say("")
