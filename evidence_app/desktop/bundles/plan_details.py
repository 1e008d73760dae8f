"""Form for the details of a document or section of a plan: title, date, pages."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from evidence_app.desktop.bundles.plan_tree import Group, HeldDocument
from evidence_app.desktop.design.dialogs import plain
from evidence_app.desktop.design.forms.form_grid import FormGrid
from evidence_app.desktop.design.widgets import row
from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.plan_files import MAX_MARK_LENGTH
from evidence_app.domain.plan.saved_plan import (
    MAX_DATE_LENGTH,
    MAX_TITLE_LENGTH,
    Document,
    ranges_in_words,
    read_ranges,
)
from evidence_app.errors import InputError


class PlanDetails(QWidget):
    """Details of the current item of the tree.

    `document_set` gives the changed document, `title_set` a section's new title, `refused` an error sentence.
    """

    document_set = Signal(object)
    title_set = Signal(str)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._held: object = None
        self.title, self.date, self.pages = QLineEdit(), QLineEdit(), QLineEdit()
        self.title.setMaxLength(MAX_TITLE_LENGTH)
        self.date.setMaxLength(MAX_DATE_LENGTH)
        self.looked = QCheckBox(tr("Looked through: it may be shown"))
        self.page_alone = QCheckBox(tr("Without comments, changes"))
        self.parts = QCheckBox(tr("Keep its own index"))
        self.core = QCheckBox(tr("In the core bundle"))
        self.mark = QLineEdit()
        self.mark.setMaxLength(MAX_MARK_LENGTH)
        self.mark.setPlaceholderText(tr("such as: R, disputed"))
        grid = FormGrid()
        for name, widget in {
            "Title": self.title,
            "Date": self.date,
            "Pages": self.pages,
            "Mark": self.mark,
        }.items():
            widget.setAccessibleName(tr(name))
            grid.add(tr(name), widget)
            widget.editingFinished.connect(self._changed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(grid)
        whole.addWidget(row(self.looked, self.core, self.page_alone, self.parts, None))
        self.title.setPlaceholderText(tr("as the program calls it"))
        self.date.setPlaceholderText(tr("as the record has it"))
        self.pages.setPlaceholderText(tr("all, or 1-3, 7"))
        self.looked.clicked.connect(lambda _: self._changed())
        for box in (self.page_alone, self.parts, self.core):
            box.clicked.connect(lambda _: self._changed())
        self.show_held(None)

    def show_held(self, held: object) -> None:
        """Show the details of an item of the tree: a `Group`, a `HeldDocument`, a redaction (nothing to edit) or None."""
        self._held = held
        document = held.document if isinstance(held, HeldDocument) else Document()
        section = held.section.title if isinstance(held, Group) else ""
        self.title.setText(document.title or section)
        self.date.setText(document.date)
        self.pages.setText(ranges_in_words(document.pages))
        self.looked.setChecked(document.looked_through)
        self.page_alone.setChecked(document.page_alone)
        self.parts.setChecked(document.parts)
        self.core.setChecked(document.core)
        self.mark.setText(document.mark)
        self.title.setEnabled(isinstance(held, HeldDocument) or bool(section))
        self.date.setEnabled(isinstance(held, HeldDocument))
        for widget in (self.core, self.mark):
            widget.setEnabled(isinstance(held, HeldDocument))
        for widget in (self.pages, self.looked, self.page_alone, self.parts):
            widget.setEnabled(bool(document.exhibit))

    def _changed(self) -> None:
        title = plain(self.title)
        if isinstance(self._held, Group) and title and title != self._held.section.title:
            self.title_set.emit(title)
        elif isinstance(self._held, HeldDocument):
            try:
                changed = replace(
                    self._held.document,
                    title=title,
                    date=plain(self.date),
                    pages=read_ranges(self.pages.text()),
                    looked_through=self.looked.isChecked(),
                    page_alone=self.page_alone.isChecked(),
                    parts=self.parts.isChecked(),
                    core=self.core.isChecked(),
                    mark=plain(self.mark),
                )
            except InputError as error:
                self.refused.emit(error.sentence)
                return
            if changed != self._held.document:
                self.document_set.emit(changed)
