"""The dialogs before and after sealing: the record as it will be sealed, and the receipt for the record that was."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QTextBrowser, QVBoxLayout, QWidget

from evidence_app.desktop.design.record_text import draft_as_html
from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.system.clipboard import COPIED
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.domain.record.kinds import fields_of
from evidence_app.domain.record.lists.word_lists import WORD_LISTS
from evidence_app.domain.record.lists.words import WordList
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.unsaid import unsaid
from evidence_app.domain.record.word_remarks import remarks_on_words
from evidence_app.domain.text.identifiers import sorts_in
from evidence_app.domain.thread.letters import LETTERS
from evidence_app.domain.thread.ndelius_text import paste_text
from evidence_app.domain.time.times import london_day
from evidence_app.errors import EvidenceError
from evidence_app.files import write_whole
from evidence_app.services.core.sealing import Sealed
from evidence_app.services.records.receipt_files import receipt_name


def warnings_of(record: SealedRecord, lists: Mapping[str, WordList] = WORD_LISTS) -> list[str]:
    """Return what a person should look at once more before sealing. `lists` are the words that forms offer."""
    warnings = [tr("The words hold a {}.", what) for what in sorts_in(record.fields)]
    if record.late and not record.fields.get("late_reason"):
        warnings.append(
            tr(
                "This is written more than one working day after it happened. You can say why, under “Notes, place and tags”."
            )
        )
    if record.event[0] > record.recorded_at + timedelta(minutes=5):
        warnings.append(tr("The time given for what happened lies in the future."))
    remarks = remarks_on_words(fields_of(record.kind), record.fields, london_day(record.event[0]), lambda: lists)
    return [*warnings, *map(tr_value, remarks)]


class SealDialog(QDialog):
    """Shows an entry as it will read for ever, and asks once. `add_asked` gives the path of the first thing that it does not say."""

    add_asked = Signal(str)

    def __init__(self, parent: QWidget, record: SealedRecord, lists: Mapping[str, WordList] = WORD_LISTS) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Seal"))
        self.resize(720, 640)
        text = QTextBrowser()
        text.setOpenLinks(False)
        text.setAccessibleName(tr("The record as it will be sealed"))
        text.setHtml(draft_as_html(record, warnings_of(record, lists)))
        column = QVBoxLayout(self)
        column.addWidget(label(tr("Once sealed it can never be changed or removed. You can add to it later."), "soft"))
        column.addWidget(text, 1)
        missing = unsaid(record)
        seal = button(tr("Seal all the same") if missing else tr("Seal it"), self.accept, main=True)
        self.unsaid = label("", "warning")
        add = button(tr("Add it"), lambda: self._add(missing[0][0]))
        if missing:
            self.unsaid.setText(tr("Not said: {}.", ", ".join(tr(words) for _, words in missing)))
            column.addWidget(self.unsaid)
        column.addWidget(row(button(tr("Not yet"), self.reject), *([add] if missing else []), None, seal))
        # Enter seals what says everything; where something is missing it leads there.
        (add if missing else seal).setFocus()

    def _add(self, path: str) -> None:
        self.reject()
        self.add_asked.emit(path)


class SealedDialog(QDialog):
    """The receipt, right after sealing."""

    draft_asked = Signal(int)

    def __init__(self, parent: QWidget, sealed: Sealed) -> None:
        super().__init__(parent)
        self._sealed = sealed
        self.setWindowTitle(tr("Sealed"))
        self.setMinimumWidth(480)
        code = label(sealed.code, "code", wrap=False)
        code.setAccessibleName(tr("Code {}", sealed.code))
        self.message = Message()
        text = paste_text(sealed.record)
        column = QVBoxLayout(self)
        column.addWidget(label(tr("Sealed. Record {}, code", sealed.index), "soft"))
        column.addWidget(code)
        column.addWidget(
            label(
                tr(
                    "The seal receipt proves that this record was in your log, without showing it. Keep it where others can vouch for it."
                )
            )
        )
        copies = [
            button(tr("Copy the code"), lambda: COPIED.copy(sealed.code)),
            button(tr("Save the seal receipt…"), self._save),
        ]
        if text:
            copies.append(button(tr("Copy for nDelius"), lambda: COPIED.copy(text)))
        if sealed.record.kind.name in LETTERS:
            copies.append(button(tr("Draft the e-mail…"), self._draft))
        column.addWidget(row(*copies))
        column.addWidget(self.message)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(self.reject)
        column.addWidget(box)

    def _draft(self) -> None:
        self.reject()
        self.draft_asked.emit(self._sealed.index)

    def _save(self) -> None:
        name = receipt_name(self._sealed.index, self._sealed.code)
        save_receipt(self, name, self._sealed.receipt, self.message)


def save_receipt(parent: QWidget, name: str, receipt: str, message: Message) -> None:
    """Ask where to, and write a seal receipt."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent, tr("Save the seal receipt"), name, tr("Seal receipts (*.tlog-proof)")
    )
    if not chosen:
        return
    path = Path(chosen)
    path = path if path.suffix else path.with_suffix(".tlog-proof")
    try:
        write_whole(path, receipt.encode("utf-8"))
        message.done(tr("Saved as {}.", path.name))
    except EvidenceError as error:
        message.fault(error.sentence)
