"""Window of a file that somebody opened with a double click: a bundle, a seal receipt or a time stamp, verified without a store."""

import threading
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QVBoxLayout, QWidget

from evidence_app.desktop.checking.check_page import MARKS, WORDS
from evidence_app.desktop.design.screens import fitting
from evidence_app.desktop.design.verdict_seal import VerdictSeal
from evidence_app.desktop.design.widgets import Message, button, label, row, scrolling
from evidence_app.desktop.system.language import tr
from evidence_app.errors import EvidenceError
from evidence_app.proof.verdicts import Report, Verdict
from evidence_app.services.safekeeping.verifying import verify_file

SIZE: Final = QSize(760, 620)
LINES: Final = 8
"""Lines of the list that are seen at least."""


class LookWindow(QDialog):
    """The verdict on a file, and each item. `judged` is emitted when it is known, `refused` with the reason where it cannot be."""

    judged = Signal(object)
    refused = Signal(str)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.setWindowTitle(path.name)
        self.message, self.verdict, self.items = Message(), VerdictSeal(), QListWidget()
        self.items.setAccessibleName(tr("Items checked"))
        self.items.setWordWrap(True)
        self.items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.items.setMinimumHeight(LINES * self.items.fontMetrics().lineSpacing())
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 18, 24, 6)
        column.addWidget(label(path.name, "title"))
        column.addWidget(self.verdict)
        column.addWidget(self.message)
        column.addWidget(self.items, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        # With large letters the sentence alone is higher than the window.
        whole.addWidget(scrolling(content), 1)
        foot = row(None, button(tr("Close"), self.reject, main=True))
        foot.setContentsMargins(24, 0, 24, 12)
        whole.addWidget(foot)
        self.resize(fitting(self, SIZE))
        self.judged.connect(self._show)
        self.refused.connect(self.message.fault)

    def judge(self) -> None:
        """Verify the file in a thread of its own; the judging itself runs in a worker."""
        self.message.say(tr("Verifying {}…", self._path.name))
        threading.Thread(target=self._judge, daemon=True).start()

    def _judge(self) -> None:
        try:
            self.judged.emit(verify_file(self._path))
        except EvidenceError as error:
            self.refused.emit(error.sentence)

    def _show(self, report: Report) -> None:
        self.message.say("")
        self.verdict.show_verdict(report.verdict, tr(WORDS[report.verdict]), report.conclusion)
        for check in sorted(report.checks, key=lambda check: check.verdict is Verdict.VERIFIED):
            self.items.addItem(f"{tr(MARKS[check.verdict])} {check.name}: {check.detail}")
        for note in report.notes:
            self.items.addItem(f"– {note}")
