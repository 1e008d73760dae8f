"""Window of an update file: whose it is, what it changes, and its packages written to a folder. Nothing is started from here."""

import threading
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QTextBrowser, QVBoxLayout, QWidget

from evidence_app.desktop.design.made_file import MadeFile
from evidence_app.desktop.design.screens import fitting
from evidence_app.desktop.design.widgets import Message, button, label, row, scrolling
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.errors import EvidenceError
from evidence_app.services.safekeeping.updates import Update, read_update, write_packages

SIZE: Final = QSize(760, 620)
SAYS_NOTHING: Final = "Its changelog says nothing of this version."
WRITTEN: Final = "Written. Close Evidence Trail, then start or unpack it yourself: {}"


class UpdateWindow(QDialog):
    """What an update file says, once it is checked. `checked` is emitted with it, `written` with the packages, `refused` with the reason where it does not hold."""

    checked = Signal(object)
    written = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget, path: Path) -> None:
        super().__init__(parent)
        self._path = path
        self._update: Update | None = None
        self.setWindowTitle(tr("Update file"))
        self.message, self.sentences = Message(), label("")
        self.changes = QTextBrowser()
        self.changes.setAccessibleName(tr("What changes"))
        self.changes.setOpenLinks(False)
        self.changes.setMinimumHeight(8 * self.changes.fontMetrics().lineSpacing())
        self.heading = label(tr("What changes"), "heading")
        self.save = button(tr("Write it to a folder…"), self._ask_folder, main=True)
        self.made = MadeFile(tr("Open"))
        self.made.open.setVisible(False)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 18, 24, 6)
        for part in (label(path.name, "title"), self.message, self.sentences, self.heading):
            column.addWidget(part)
        column.addWidget(self.changes, 1)
        column.addWidget(self.made)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(content), 1)
        foot = row(None, button(tr("Close"), self.reject), self.save)
        foot.setContentsMargins(24, 0, 24, 12)
        whole.addWidget(foot)
        self.resize(fitting(self, SIZE))
        self._show_update(None)
        self.checked.connect(self._show_update)
        self.written.connect(self._show_written)
        self.refused.connect(self._refuse)

    def check(self) -> None:
        """Check the file in a thread of its own."""
        self.message.say(tr("Checking {}…", self._path.name))
        threading.Thread(target=self._check, daemon=True).start()

    def _check(self) -> None:
        try:
            self.checked.emit(read_update(self._path))
        except EvidenceError as error:
            self.refused.emit(error.sentence)

    def _show_update(self, update: Update | None) -> None:
        self._update = update
        self.message.say("")
        self.sentences.setText("\n\n".join(tr_value(each) for each in update.in_words()) if update else "")
        self.changes.setMarkdown((update.changes or tr(SAYS_NOTHING)) if update else "")
        for part in (self.sentences, self.heading, self.changes, self.save):
            part.setVisible(update is not None)

    def _refuse(self, sentence: str) -> None:
        self.save.setEnabled(True)
        self.message.fault(sentence)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Write it to which folder?"))
        if chosen:
            self.write(Path(chosen))

    def write(self, folder: Path) -> None:
        """Write the packages to a folder, in a thread of its own."""
        if self._update is None:
            return
        self.save.setEnabled(False)
        self.message.say(tr("One moment…"))
        threading.Thread(target=self._write, args=(self._update, folder), daemon=True).start()

    def _write(self, update: Update, folder: Path) -> None:
        try:
            self.written.emit(write_packages(update, folder))
        except EvidenceError as error:
            self.refused.emit(error.sentence)

    def _show_written(self, paths: list[Path]) -> None:
        self.save.setEnabled(True)
        self.message.done(tr(WRITTEN, ", ".join(path.name for path in paths)))
        self.made.offer(paths[0])
        self.made.open.setVisible(False)
