"""Filter bar of the timeline: a form, removable chips for the active filters, and saved views."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.desktop.design.dialogs import spoken_or_nothing
from evidence_app.desktop.design.forms.day_field import DayField
from evidence_app.desktop.design.widgets import Choices, Message, button, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.summary.saved_views import ORDERS, STATES, View
from evidence_app.errors import InputError
from evidence_app.services.core.session import Session
from evidence_app.services.records.saved_views import all_views, keep_view, remove_view

CHIP: Final = "{}  ✕"
"""Label of a chip: the filter in words, and a cross to remove it."""


class Filters(QWidget):
    """Bar above the timeline. `changed` gives the current view (the active filters)."""

    changed = Signal(object)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self.view = View()
        self.message = Message()
        self.open = QToolButton()
        self.open.setText(tr("Filter…"))
        self.open.setCheckable(True)
        self.open.setToolTip(tr("Choose what is shown (Ctrl+F)"))
        self.views = QToolButton()
        self.views.setText(tr("Views"))
        self.views.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.views.setMenu(QMenu(self))
        self._forget = QMenu(tr("Forget"), self)
        self.chips = QWidget()
        self._chip_row = QHBoxLayout(self.chips)
        self._chip_row.setContentsMargins(0, 0, 0, 0)
        self._chip_row.setSpacing(4)
        self.form = self._make_form()
        self.form.hide()
        self.open.toggled.connect(self._opened)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(row(self.open, self.views, self.chips, None))
        whole.addWidget(self.form)
        whole.addWidget(self.message)
        shortcut = QShortcut(QKeySequence("Ctrl+F"), self)
        shortcut.activated.connect(self.open.toggle)
        self.show_views({})

    def _make_form(self) -> QWidget:
        self.case = Choices(("",), editable=True, name=tr("Case"))
        self.person, self.first, self.last = QLineEdit(), DayField(), DayField()
        self.kind, self.state = Choices(name=tr("Kind")), Choices(name=tr("Thread"))
        self.kind.addItem(tr("any"), "")
        for kind in KINDS.values():
            self.kind.addItem(tr(kind.label), kind.name)
        self.state.addItem(tr("any"), "")
        for state, words in STATES.items():
            self.state.addItem(tr(words.removeprefix("in a thread ")), state)
        self.order = Choices(name=tr("Order"))
        for order, words in ORDERS.items():
            self.order.addItem(tr(words), "" if order == "latest" else order)
        self.first.setPlaceholderText(tr("1 April, or last Monday"))
        self.last.setPlaceholderText(tr("today"))
        fields = {
            "Case": self.case,
            "Names": self.person,
            "Kind": self.kind,
            "From": self.first,
            "To": self.last,
            "Thread": self.state,
            "Order": self.order,
        }
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        for index, (name, field) in enumerate(fields.items()):
            field.setAccessibleName(tr(name))
            grid.addWidget(label(tr(name), "label", wrap=False), index // 3, index % 3 * 2)
            grid.addWidget(field, index // 3, index % 3 * 2 + 1)
            grid.setColumnStretch(index % 3 * 2 + 1, 1)
            line_edit = (
                field if isinstance(field, QLineEdit) else field.lineEdit() if isinstance(field, Choices) else None
            )
            if line_edit is not None:
                line_edit.returnPressed.connect(self._ask)
        grid.addWidget(
            row(button(tr("Show these"), self._ask, main=True), button(tr("Show all"), self.clear), None), 3, 0, 1, 6
        )
        return form

    def _opened(self, is_open: bool) -> None:
        self.form.setVisible(is_open)
        if is_open:
            self.case.setFocus()

    def load(self, cases: Sequence[str]) -> None:
        """Offer these case references, and load the saved views."""
        choices = ["", *cases]
        if choices != [self.case.itemText(index) for index in range(self.case.count())]:
            typed = self.case.currentText()
            self.case.clear()
            self.case.addItems(choices)
            self.case.setEditText(typed)
        self._runner.call(all_views, self.show_views, self.message.fault, owner=self)

    def _ask(self) -> None:
        try:
            view = replace(
                self.view,
                case=self.case.currentText().strip(),
                person=" ".join(self.person.text().split()),
                kind=str(self.kind.currentData()),
                first_day=spoken_or_nothing(self.first.text()),
                last_day=spoken_or_nothing(self.last.text()),
                thread=str(self.state.currentData()),
                order=str(self.order.currentData()),
            )
        except InputError as error:
            self.message.fault(error.sentence)
            return
        self.show_view(view)

    def clear(self) -> None:
        """Remove all filters."""
        self.show_view(View())

    def search(self, text: str) -> None:
        """Set the text to search for; the other filters stay."""
        self.show_view(replace(self.view, text=" ".join(text.split())), fill=False)

    def show_view(self, view: View, *, fill: bool = True) -> None:
        """Apply a view and show its chips. `fill` also fills the fields of the form."""
        self.message.say("")
        self.view = view
        if fill:
            self.case.setEditText(view.case)
            self.person.setText(view.person)
            self.first.setText(view.first_day)
            self.last.setText(view.last_day)
            self.kind.setCurrentIndex(max(0, self.kind.findData(view.kind)))
            self.state.setCurrentIndex(max(0, self.state.findData(view.thread)))
            self.order.setCurrentIndex(max(0, self.order.findData(view.order)))
        self._show_chips()
        self.changed.emit(view)

    def _show_chips(self) -> None:
        while (item := self._chip_row.takeAt(0)) is not None:
            chip = item.widget()
            if chip is not None:
                chip.deleteLater()
        for name, words in [(name, tr_value(words)) for name, words in self.view.in_words()]:
            if name != "text":
                chip = button(tr(CHIP, words), self._chip_remover(name))
                chip.setAccessibleName(tr("Take off: {}", words))
                self._chip_row.addWidget(chip)

    def _chip_remover(self, name: str) -> Callable[[], None]:
        return lambda: self.show_view(replace(self.view, **{name: ""}))

    # Saved views

    def show_views(self, views: Mapping[str, View]) -> None:
        """Offer these saved views, by their names."""
        menu = self.views.menu()
        menu.clear()
        for name, view in views.items():
            menu.addAction(name, lambda view=view: self.show_view(view))  # type: ignore[misc]
        if views:
            menu.addSeparator()
        menu.addAction(tr("Keep this view…"), self._ask_name)
        menu.addMenu(self._forget)
        self._forget.clear()
        self._forget.setEnabled(bool(views))
        for name in views:
            self._forget.addAction(name, lambda name=name: self._change(lambda session: remove_view(session, name)))  # type: ignore[misc]

    def _ask_name(self) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(tr("Keep this view"))
        dialog.setLabelText(tr("Under which name?"))
        dialog.textValueSelected.connect(self.keep)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def keep(self, name: str) -> None:
        """Save the current view under a name."""
        view = self.view
        self._change(lambda session: keep_view(session, name, view))

    def _change(self, change: Callable[[Session], None]) -> None:
        def work(session: Session) -> Mapping[str, View]:
            change(session)
            return all_views(session)

        self._runner.call(work, self.show_views, self.message.fault, owner=self)

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self.open.setChecked(False)
        self.case.clear()
        self.show_views({})
        self.show_view(View())
