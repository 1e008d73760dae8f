"""Page that creates the demonstration store with an invented case."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QLineEdit

from evidence_app.demo.make import PASSPHRASE, build_invented_store
from evidence_app.desktop.design.centred_page import CentredPage, name_by_label
from evidence_app.desktop.design.widgets import button, label, row
from evidence_app.desktop.design.work_bar import WorkBar
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.services.core.session import Session

WHAT: Final = (
    "A year of an invented officer in an invented office: instructions by mouth, concerns, mails with receipts, silence. "
    "Nobody in it exists. Change it, export it, break it: it is a store like any other, in a folder that you can delete."
)
OPENED: Final = "This is the invented case; nothing in it is real. Its passphrase is “{}”."


class PlayPage(CentredPage):
    """Creates the demonstration store in the background. `made` gives the store's folder and a message."""

    made = Signal(str, str)

    def __init__(self, runner: BackgroundRunner, back: Callable[[], None]) -> None:
        super().__init__(tr("Play with an invented case"))
        self._runner = runner
        self.folder = QLineEdit()
        self.folder.setPlaceholderText(tr("A new, empty folder"))
        self.bar = WorkBar()
        self.bar.setAccessibleName(tr("Making the invented case"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("Into &folder"), row(self.folder, button(tr("Choose…"), self._choose)))
        name_by_label(form)
        self.folder.setAccessibleName(tr("Into folder"))
        self.go = button(tr("Make it"), self.make, main=True)
        self.folder.returnPressed.connect(self.make)
        self.back = button(tr("Back"), back)
        self.column.addWidget(label(tr(WHAT), "soft"))
        self.column.addLayout(form)
        self.column.addWidget(self.bar)
        self.column.addWidget(row(self.back, None, self.go))
        self.finish()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Choose or make an empty folder"))
        if folder:
            self.folder.setText(folder)

    def make(self) -> None:
        """Create the store in the chosen folder, and open it."""
        folder = self.folder.text().strip()
        if not folder:
            self.message.fault(tr("Choose a folder first."))
            return
        self._working(on=True)
        self.message.say(tr("A year is being written down. This takes a few seconds."))

        def work() -> tuple[Session, str]:
            return build_invented_store(Path(folder), lambda _: None), str(Path(folder) / "store")

        self._runner.keep(work, self._done, self._failed)

    def _working(self, *, on: bool) -> None:
        self.bar.setVisible(on)
        self.go.setEnabled(not on)
        self.back.setEnabled(not on)

    def _done(self, folder: str) -> None:
        self._working(on=False)
        self.message.say("")
        self.made.emit(folder, tr(OPENED, PASSPHRASE))

    def _failed(self, sentence: str) -> None:
        self._working(on=False)
        self.message.fault(sentence)
