"""Print register: exports and prints, where the paper is stored, and printing of bundles."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.desktop.bundles.dialogs import PrintForm
from evidence_app.desktop.bundles.profile_words import audience_of
from evidence_app.desktop.design.dialogs import plain
from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.design.work_bar import WorkBar
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr, tr_moment
from evidence_app.desktop.system.print_job import STOPPED, PrintRun
from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.domain.record.program_kinds import PRINT
from evidence_app.domain.record.records import SealedRecord
from evidence_app.services.bundles import printing
from evidence_app.services.bundles.previewing import PdfPages
from evidence_app.services.bundles.printing import Printed
from evidence_app.services.core.session import Session

COLUMNS = ("No.", "When", "What", "For whom", "Pages", "Where it is kept")


class RegisterPage(QWidget):
    """Table of exports and prints, with printing. `sealed`: a print was sealed."""

    sealed = Signal()

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._print_run: PrintRun | None = None
        self._records: Sequence[SealedRecord] = ()
        self._stop_notice = ""
        self.message = Message()
        self.bar = WorkBar()
        self.bar.setAccessibleName(tr("Pages printed"))
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setHorizontalHeaderLabels([tr(each) for each in COLUMNS])
        self.table.setAccessibleName(tr("Exports and prints"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().setVisible(False)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.print = button(tr("Print a bundle…"), self._choose_file, main=True)
        self.elsewhere = button(tr("Something was printed elsewhere…"), self._elsewhere)
        self.stop = button(tr("Cancel printing"), self._stop)
        self.stop.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(
            label(
                tr(
                    "Every export is sealed, and every print with the place where its paper is kept. Nothing here can be taken back."
                ),
                "soft",
            )
        )
        column.addWidget(self.table, 1)
        column.addWidget(row(self.print, self.elsewhere, self.stop, None))
        column.addWidget(self.bar)
        column.addWidget(self.message)

    def load(self) -> None:
        """Load the register."""
        self._runner.call(printing.register, self._show, self.message.fault, owner=self)

    def wipe(self) -> None:
        """Cancel a running print, and clear the page, because the store is being locked; the notice of a cancelled print stays."""
        self._stop()
        self._working(False)
        self._records = ()
        self.table.setRowCount(0)
        self.message.say(self._stop_notice)

    def _show(self, records: Sequence[SealedRecord]) -> None:
        self._records = records
        self.table.setRowCount(len(records))
        for row_number, record in enumerate(reversed(records)):
            for column_number, text in enumerate(_cells(record)):
                self.table.setItem(row_number, column_number, QTableWidgetItem(text))

    # Printing

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Print which bundle?"), "", tr("PDF (*.pdf)"))
        if chosen:
            self.print_file(Path(chosen))

    def print_file(self, path: Path, printer: QPrinter | None = None) -> None:
        """Print a bundle that this store exported: ask where the paper will be stored, print it, and seal that it was printed.

        Without a `printer` the print dialog of the system is shown.
        """

        def work(session: Session) -> tuple[SealedRecord, PdfPages]:
            return printing.export_in(session, path), PdfPages.of_file(path)

        def done(result: tuple[SealedRecord, PdfPages]) -> None:
            export, pages = result
            form = PrintForm(self, tr("Print {}, {} pages", path.name, pages.count), tr("Print…"), count=pages.count)
            form.accepted.connect(
                lambda: self._ask_printer(
                    pages,
                    form.chosen_pages(),
                    Printed(plain(form.kept_at), form.copies.value(), export.index),
                    printer,
                )
            )
            form.finished.connect(form.deleteLater)
            form.open()

        self._runner.call_aside(work, done, self.message.fault, owner=self)

    def _ask_printer(
        self, pages: PdfPages, numbers: tuple[int, ...], printed: Printed, printer: QPrinter | None
    ) -> None:
        if printer is not None:
            printer.setCopyCount(printed.copies)
            self._print(pages, numbers, printed, printer)
            return
        chosen = QPrinter(QPrinter.PrinterMode.HighResolution)
        chosen.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        chosen.setCopyCount(printed.copies)
        dialog = QPrintDialog(chosen, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, pages.count)
        dialog.accepted.connect(lambda: self._print(pages, _in_range(numbers, chosen), printed, chosen))
        dialog.rejected.connect(lambda: self.message.say(tr("Nothing was printed.")))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def _print(self, pages: PdfPages, numbers: tuple[int, ...], printed: Printed, printer: QPrinter) -> None:
        """Print what was asked for; what is sealed is what the printer was told: pages and copies of its own dialog too."""
        if not numbers:
            self.message.fault(tr("None of the pages lies in the range of the dialog: nothing was printed."))
            return
        printed = replace(
            printed,
            copies=max(1, printer.copyCount()),
            pages=len(numbers),
            page_numbers=printing.page_numbers_in_words(numbers, pages.count),
        )
        self._working(True)
        self._print_run = PrintRun(self._runner, pages, numbers, printer, self)
        self._print_run.progressed.connect(self._progressed)
        self._print_run.failed.connect(self._failed)
        self._print_run.finished.connect(lambda: self._printed(printed))
        self._stop_notice = ""
        self._print_run.start()

    def _printed(self, printed: Printed) -> None:
        self._working(False)
        self._seal(printed)

    def _progressed(self, done: int, total: int) -> None:
        self.bar.show_progress(done, total)

    def _failed(self, sentence: str) -> None:
        self._working(False)
        self._stop_notice = sentence if sentence == STOPPED else ""
        self.message.fault(sentence)

    def _stop(self) -> None:
        if self._print_run is not None:
            self._print_run.stop()

    def _working(self, on: bool) -> None:
        self.bar.setVisible(on)
        self.print.setEnabled(not on)
        self.elsewhere.setEnabled(not on)
        self.stop.setEnabled(on)
        if not on and self._print_run is not None:
            self._print_run.deleteLater()
            self._print_run = None

    # Sealing

    def _elsewhere(self) -> None:
        form = PrintForm(self, "Something was printed elsewhere", "Seal", ask_what=True)
        form.accepted.connect(
            lambda: self._seal(Printed(plain(form.kept_at), form.copies.value(), None, plain(form.what)))
        )
        form.finished.connect(form.deleteLater)
        form.open()

    def _seal(self, printed: Printed) -> None:
        def done(index: int) -> None:
            self.message.done(tr("Sealed as record {}: {} ×, kept: {}.", index, printed.copies, printed.kept_at))
            self.sealed.emit()
            self.load()

        self._runner.call(
            lambda session: printing.seal_print(session, printed).index, done, self.message.fault, owner=self
        )

    def sizeHint(self) -> QSize:
        """Return a preferred size with room for a few rows, in pixels."""
        return QSize(640, 420)


def _in_range(numbers: tuple[int, ...], printer: QPrinter) -> tuple[int, ...]:
    """Return the pages that lie in the range which the system's dialog asked for; all where it asked for none."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange:
        return numbers
    return tuple(number for number in numbers if printer.fromPage() <= number <= printer.toPage())


def _cells(record: SealedRecord) -> tuple[str, ...]:
    fields = record.fields
    if record.kind is PRINT:
        what = tr("Printed {} ×: {}", fields.get("copies", 1), fields.get("what", ""))
        if "page_numbers" in fields:
            what = tr("{}, pages {}", what, fields["page_numbers"])
    else:
        profile = str(fields.get("profile", ""))
        audience = audience_of(PROFILES[profile]) if profile in PROFILES else profile
        what = tr("Exported: {}", fields.get("plan") or audience)
    return (
        str(record.index),
        tr_moment(record.event[0]),
        what,
        str(fields.get("recipient", "")),
        str(fields.get("pages", "")),
        str(fields.get("kept_at", "")),
    )
