"""The cases that one record covers, and what became of each: said for one or for many at once, in seconds."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLineEdit, QVBoxLayout, QWidget

from evidence_app.desktop.design.lists.tables import fill, make_table
from evidence_app.desktop.design.screens import fitting
from evidence_app.desktop.design.widgets import Choices, Message, WordChoices, button, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.record.lists.word_lists import FREQUENCIES
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.vocabularies import CASE_OUTCOMES
from evidence_app.domain.thread.case_outcomes import CaseStanding, counted
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.services.core.session import Session
from evidence_app.services.records import case_outcomes as service

SIZE: Final = QSize(820, 640)
COLUMNS: Final = ("Case", "What became of it", "Changed to", "Why, or why not")


class CoveredCasesDialog(QDialog):
    """Table of the cases; what is chosen in it is sealed, a record for each. `sealed` when something was."""

    sealed = Signal()

    def __init__(self, parent: QWidget, runner: BackgroundRunner, record: SealedRecord) -> None:
        super().__init__(parent)
        self._runner, self._index = runner, record.index
        self._standings: Sequence[CaseStanding] = ()
        self.setWindowTitle(tr("Cases of record {}", record.index))
        self.message, self.summary = Message(), label("", "soft")
        self.table = make_table(tr("Cases that it covers"), COLUMNS, (3,))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.became = WordChoices(CASE_OUTCOMES, tr("What became of it"))
        self.changed_to = Choices(("", *FREQUENCIES.texts), editable=True, name=tr("Changed to"))
        self.why = QLineEdit()
        self.why.setAccessibleName(tr("Why, or why not"))
        self.why.setPlaceholderText(tr("Why, or why not"))
        self.rest = button(tr("Choose the rest"), self.choose_rest)
        self.seal = button(tr("Seal for the chosen cases"), self.say, main=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.addWidget(label(record.headline(160), "heading"))
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(row(self.became, self.changed_to, self.why))
        column.addWidget(self.message)
        column.addWidget(row(self.rest, None, button(tr("Close"), self.reject), self.seal))
        self.resize(fitting(self, SIZE))
        self.table.itemSelectionChanged.connect(self._count)
        lock = getattr(parent.window(), "lock", None)
        if callable(lock):
            QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(lambda: lock())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.load()

    def load(self) -> None:
        """Read the cases and what became of them."""
        index = self._index
        self._runner.call(
            lambda session: service.standings_of(session, index)[1], self._show, self.message.fault, owner=self
        )

    def _show(self, standings: Sequence[CaseStanding]) -> None:
        self._standings = standings
        limited = tr("limited access")
        fill(
            self.table,
            [
                (
                    f"{each.case.ref} ({limited})" if each.case.limited else each.case.ref,
                    tr(each.became),
                    each.to_value,
                    each.why,
                )
                for each in standings
            ],
        )
        self.table.clearSelection()
        counts = ", ".join(f"{count} {tr(what)}" for what, count in counted(standings).items())
        self.summary.setText(tr("{} cases: {}", len(standings), counts))
        self._count()

    def choose_rest(self) -> None:
        """Choose the cases of which nothing was said yet."""
        self.table.clearSelection()
        model, selection = self.table.model(), self.table.selectionModel()
        for number, each in enumerate(self._standings):
            if each.last is None:
                flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
                selection.select(model.index(number, 0), flags)
        self.table.setFocus()

    def _chosen(self) -> list[str]:
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self._standings[number].case.ref for number in rows if number < len(self._standings)]

    def _count(self) -> None:
        count = len(self._chosen())
        self.seal.setEnabled(count > 0)
        self.seal.setText(tr("Seal for {} cases", count) if count != 1 else tr("Seal for one case"))

    def say(self) -> None:
        """Seal what became of the chosen cases."""
        refs, index = self._chosen(), self._index
        fields: JsonObject = {"became": self.became.value()}
        for name, text in (("to_value", self.changed_to.currentText().strip()), ("why", self.why.text().strip())):
            if text:
                fields[name] = text
        self.seal.setEnabled(False)

        def work(session: Session) -> int:
            return len(service.follow_up(session, index, refs, fields))

        def done(count: int) -> None:
            self.message.done(tr("Sealed: {}.", count))
            self.changed_to.setEditText("")
            self.why.clear()
            self.sealed.emit()
            self.load()

        self._runner.call(work, done, self._failed, owner=self)

    def _failed(self, sentence: str) -> None:
        self.message.fault(sentence)
        self.load()
