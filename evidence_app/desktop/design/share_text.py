"""Buttons to share a text block: copy it, save it, or show it as a QR code."""

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
"""Longest text shown as a QR code, in characters. A version 40-L code holds 2,953 bytes (ISO/IEC 18004)."""


class ShareText(QWidget):
    """Row of buttons for one text block. `name` is the suggested file name; outcomes are shown in `message`."""

    def __init__(self, title: str, name: str, message: Message) -> None:
        super().__init__()
        self._title, self._name, self._message, self._block = title, name, message, ""
        self.copy = button(tr("Copy"), self._copy)
        self.save = button(tr("Save…"), self._save)
        self.show_code = button(tr("QR code…"), self._show_code)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row(label(title, "label"), self.copy, self.save, self.show_code, None))
        for share_button in (self.copy, self.save, self.show_code):
            share_button.setAccessibleName(f"{title}: {share_button.text()}")
        self.set_block("")

    def set_block(self, block: str) -> None:
        """Set the text block to share; an empty one disables the buttons."""
        self._block = block
        for share_button in (self.copy, self.save):
            share_button.setEnabled(bool(block))
        self.show_code.setEnabled(0 < len(block) <= MAX_IN_CODE)

    def _copy(self) -> None:
        # Not secret, and perhaps pasted much later: unlike other copies, it is not cleared from the clipboard.
        QGuiApplication.clipboard().setText(self._block)
        self._message.done(tr("Copied."))

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self._title, self._name, tr("Text (*.txt)"))
        if chosen:
            self.save_to(Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.txt"))

    def save_to(self, path: Path) -> None:
        """Write the text block to a file, as UTF-8."""
        try:
            write_whole(path, self._block.encode("utf-8"))
            self._message.done(tr("Saved as {}.", path.name))
        except EvidenceError as error:
            self._message.fault(error.sentence)

    def _show_code(self) -> None:
        QrDialog(self, self._title, self._block).open()
