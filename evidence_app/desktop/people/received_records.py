"""The records that a member handed over: searched, listed and read. Nothing in them is the rep's to change."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from evidence_app.desktop.design.record_text import received_as_html
from evidence_app.desktop.design.tables import fill, make_table
from evidence_app.desktop.design.widgets import Message, label
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.record.selection import Received, ReceivedQuery
from evidence_app.services.members.members import received

COLUMNS: Final = ("When", "Record", "Position")
MAX_SHOWN: Final = 2_000
TYPING_MS: Final = 150


class ReceivedRecords(QWidget):
    """A field to search in, a table, and the record that is chosen."""

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._origins: tuple[str, ...] = ()
        self._found: list[Received] = []
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
        self._soon = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._soon.timeout.connect(self._read)
        self.finder.textChanged.connect(lambda _: self._soon.start())
        self.table.currentCellChanged.connect(lambda place, *_: self._show(place))
        line = self.fontMetrics().lineSpacing()
        self.table.setMinimumHeight(8 * line)
        self.text.setMinimumHeight(10 * line)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.finder)
        column.addWidget(self.count)
        column.addWidget(self.message)
        column.addWidget(self.table, 3)
        column.addWidget(self.text, 4)

    def show_of(self, origins: Sequence[str]) -> None:
        """Show the records of these logs."""
        self._origins = tuple(origins)
        self._read()

    def _read(self) -> None:
        wanted = ReceivedQuery(self._origins, words=self.finder.text())
        if not self._origins:
            self._list([])
            return
        self._runner.call(
            lambda session: received(session, wanted, MAX_SHOWN), self._list, self.message.fault, owner=self
        )

    def _list(self, found: list[Received]) -> None:
        self._found = found
        more = "+" if len(found) == MAX_SHOWN else ""
        self.count.setText(
            tr("{}{} records, as they were last shown to you", len(found), more)
            if found
            else tr("No such record was handed over.")
        )
        self.table.blockSignals(True)
        fill(
            self.table,
            [
                (
                    each.record.event_in_words(),
                    f"{tr(each.record.kind.label)}:  {each.record.headline(160)}",
                    str(each.record.index),
                )
                for each in found
            ],
        )
        self.table.blockSignals(False)
        self._show(0 if found else -1)

    def _show(self, place: int) -> None:
        if 0 <= place < len(self._found):
            self.text.setHtml(received_as_html(self._found[place].record, self._found[place].handover))
        else:
            self.text.clear()

    def wipe(self) -> None:
        """Take everything off the screen."""
        self.finder.clear()
        self._soon.stop()
        self.show_of(())
        self.message.say("")
