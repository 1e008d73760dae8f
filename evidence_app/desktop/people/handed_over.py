"""Hand-overs of one member: when each was received, what it omitted, and the receipt to return."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.desktop.design.lists.tables import make_list
from evidence_app.desktop.design.share_text import ShareText
from evidence_app.desktop.design.widgets import Message, button, row
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr, tr_moment
from evidence_app.domain.record.records import SealedRecord
from evidence_app.services.members.handover_log import write_receipt


class HandoverList(QWidget):
    """List of hand-overs, with the receipt for the selected one. `record_asked` gives a record's index."""

    record_asked = Signal(int)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._records: list[SealedRecord] = []
        self.message = Message()
        self.items = make_list(tr("Hand-overs"))
        self.items.setMinimumHeight(6 * self.fontMetrics().lineSpacing())
        self.receipt = ShareText(tr("The receipt to send back"), "receipt.txt", self.message)
        self.show_record = button(tr("Show the record"), self._show_record)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.items, 1)
        column.addWidget(self.receipt)
        column.addWidget(self.message)
        column.addWidget(row(self.show_record, None))
        self.items.currentRowChanged.connect(lambda _: self._load_receipt())
        self.items.itemActivated.connect(lambda _: self._show_record())

    def show_of(self, records: Sequence[SealedRecord]) -> None:
        """List these hand-over records (given in log order), the latest first."""
        self._records = list(reversed(records))
        self.message.say("")
        self.items.blockSignals(True)
        self.items.clear()
        self.items.addItems([_in_words(each) for each in self._records])
        self.items.setCurrentRow(0 if self._records else -1)
        self.items.blockSignals(False)
        self._load_receipt()

    def _load_receipt(self) -> None:
        self.receipt.set_block("")
        row_number = self.items.currentRow()
        self.show_record.setEnabled(0 <= row_number < len(self._records))
        if not 0 <= row_number < len(self._records):
            return
        index = self._records[row_number].index
        self._runner.call(
            lambda session: (index, write_receipt(session, index)), self._show_receipt, self.message.fault, owner=self
        )

    def _show_receipt(self, result: tuple[int, str]) -> None:
        # Another hand-over may have been selected while the receipt was written.
        index, block = result
        row_number = self.items.currentRow()
        if 0 <= row_number < len(self._records) and self._records[row_number].index == index:
            self.receipt.set_block(block)

    def _show_record(self) -> None:
        row_number = self.items.currentRow()
        if 0 <= row_number < len(self._records):
            self.record_asked.emit(self._records[row_number].index)


def _in_words(record: SealedRecord) -> str:
    fields = record.fields
    lines = [tr("{}: {} records", tr_moment(record.sealed_at), fields.get("records_shown", 0))]
    if fields.get("left_out"):
        lines.append(tr("Left out: {}", fields["left_out"]))
    if fields.get("no_longer_shown"):
        lines.append(tr("Shown before, and not this time: {}", fields["no_longer_shown"]))
    if fields.get("takes_the_place_of"):
        lines.append(tr("Another log than before"))
    return "\n".join(lines)
