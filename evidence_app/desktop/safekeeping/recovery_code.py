"""Display of a new recovery code: on the screen, as a printed sheet, or as a PDF file."""

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
    """The code in large letters, with buttons to print or save it. `written` gives whether the user has it on paper."""

    written = Signal(bool)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._code = ""
        self._print_run: PrintRun | None = None
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
        """Show a code: seven groups of four characters, in two lines."""
        self._code = code
        groups = code.split("-")
        self.code.setText("-".join(groups[:4]) + "-\n" + "-".join(groups[4:]))
        self.on_paper.setChecked(False)
        self.message.say("")
        self.on_paper.setFocus()

    def wipe(self) -> None:
        """Clear the code."""
        self._code = ""
        self.code.clear()
        self.message.say("")

    def _make_sheet(self, done: Callable[[bytes], None]) -> None:
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
        """Write the sheet to a PDF file, unencrypted, and show a warning to delete it after printing."""

        def write(content: bytes) -> None:
            self._runner.run(
                lambda: write_whole(path, content),
                lambda _: self.message.say(tr(IN_CLEAR, path.name), "warning"),
                self.message.fault,
                owner=self,
            )

        self._make_sheet(write)

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self.print_sheet(printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def print_sheet(self, printer: QPrinter) -> None:
        """Print the sheet without writing it to a file (the print system may spool it)."""

        def begin(pages: PdfPages) -> None:
            print_run = self._print_run = PrintRun(self._runner, pages, range(1, pages.count + 1), printer, self)
            print_run.finished.connect(lambda: self.message.done(tr("Printed. Look whether every letter can be read.")))
            print_run.failed.connect(self.message.fault)
            print_run.start()

        def render(content: bytes) -> None:
            self._runner.run(lambda: PdfPages(content), begin, self.message.fault, owner=self, lane=Lane.LONG)

        self._make_sheet(render)
