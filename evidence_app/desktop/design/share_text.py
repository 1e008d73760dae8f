"""A text that is handed out: copied, saved, or shown as a QR code."""

from pathlib import Path
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from evidence_app.desktop.design.qr_dialog import QrDialog
from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.system.language import tr
from evidence_app.errors import EvidenceError
from evidence_app.files import write_whole

MAX_IN_CODE: Final = 2_900
"""A QR code of the largest sort holds 2,953 bytes."""


class ShareText(QWidget):
    """A text that is handed over: copied, saved, or shown as a QR code."""

    def __init__(self, title: str, name: str, message: Message) -> None:
        super().__init__()
        self._title, self._name, self._message, self._block = title, name, message, ""
        self.copy = button(tr("Copy"), self._copy)
        self.save = button(tr("Save…"), self._save)
        self.show_code = button(tr("QR code…"), self._show_code)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row(label(title, "label"), self.copy, self.save, self.show_code, None))
        for each in (self.copy, self.save, self.show_code):
            each.setAccessibleName(f"{title}: {each.text()}")
        self.set_block("")

    def set_block(self, block: str) -> None:
        """Say what is handed over; nothing, and the buttons rest."""
        self._block = block
        for each in (self.copy, self.save):
            each.setEnabled(bool(block))
        self.show_code.setEnabled(0 < len(block) <= MAX_IN_CODE)

    def _copy(self) -> None:
        # It is no secret, and it may take a while until it is pasted: it is not taken off the clipboard again.
        QGuiApplication.clipboard().setText(self._block)
        self._message.done(tr("Copied."))

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self._title, self._name, tr("Text (*.txt)"))
        if chosen:
            self.save_to(Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.txt"))

    def save_to(self, path: Path) -> None:
        """Write it to a file."""
        try:
            write_whole(path, self._block.encode("utf-8"))
            self._message.done(tr("Saved as {}.", path.name))
        except EvidenceError as error:
            self._message.fault(error.sentence)

    def _show_code(self) -> None:
        QrDialog(self, self._title, self._block).open()
