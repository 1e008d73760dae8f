"""A recovery code, shown once: on the screen, on paper, or as a sheet in a file."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.desktop.system.print_job import PrintRun
from evidence_app.files import write_whole
from evidence_app.services.bundles.previewing import PdfPages
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping.keys import recovery_sheet

WRITTEN: Final = "I have it on paper"
IN_CLEAR: Final = "The sheet is in {}, in clear. Print it, then delete the file: whoever has it can open the store."


class RecoveryCode(QWidget):
    """The code in large letters, with two ways onto paper. `written` says that the person has it there."""

    written = Signal(bool)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._code = ""
        self._run: PrintRun | None = None
        self.message = Message()
        self.code = label("", "code")
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAccessibleName(tr("Recovery code"))
        self.print, self.save = (
            button(tr("Print the sheet…"), self._ask_printer),
            button(tr("Save the sheet…"), self._ask_file),
        )
        self.on_paper = QCheckBox(tr(WRITTEN))
        self.on_paper.toggled.connect(self.written)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.code, row(self.print, self.save, None), self.message, self.on_paper):
            column.addWidget(part)

    def show_code(self, code: str) -> None:
        """Show a code, in two lines of groups."""
        self._code = code
        groups = code.split("-")
        self.code.setText("-".join(groups[:4]) + "-\n" + "-".join(groups[4:]))
        self.on_paper.setChecked(False)
        self.message.say("")
        self.on_paper.setFocus()

    def wipe(self) -> None:
        """Take the code off the screen."""
        self._code = ""
        self.code.clear()
        self.message.say("")

    def _sheet(self, done: Callable[[bytes], None]) -> None:
        code, now = self._code, datetime.now(UTC)

        def work(session: Session) -> bytes:
            return recovery_sheet(session, code, now)

        if code:
            self._runner.call_aside(work, done, self.message.fault, owner=self)

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save the recovery sheet as"), "recovery-sheet.pdf", tr("PDF (*.pdf)")
        )
        if chosen:
            self.save_sheet(Path(chosen))

    def save_sheet(self, path: Path) -> None:
        """Write the sheet to a file, in clear, and say what to do with it."""

        def keep(content: bytes) -> None:
            self._runner.run(
                lambda: write_whole(path, content),
                lambda _: self.message.say(tr(IN_CLEAR, path.name), "warning"),
                self.message.fault,
                owner=self,
            )

        self._sheet(keep)

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self.print_sheet(printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def print_sheet(self, printer: QPrinter) -> None:
        """Put the sheet on paper; it touches no disk on the way but the printer's own."""

        def begin(pages: PdfPages) -> None:
            run = self._run = PrintRun(self._runner, pages, printer, self)
            run.finished.connect(lambda: self.message.done(tr("Printed. Look whether every letter can be read.")))
            run.failed.connect(self.message.fault)
            run.start()

        def draw(content: bytes) -> None:
            self._runner.run(lambda: PdfPages(content), begin, self.message.fault, owner=self, lane=Lane.LONG)

        self._sheet(draw)
