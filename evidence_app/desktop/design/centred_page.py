"""Base class of the pages that are shown before a store is open: a narrow column in the middle of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import Message, label, scrolling

WIDTH = 560
"""Maximum width of the column, in pixels."""


class CentredPage(QWidget):
    """Page with a title and a centred, scrolling column. Subclasses add to `column`, then call `finish`."""

    def __init__(self, title: str) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.inner = QWidget()
        self.inner.setMaximumWidth(WIDTH)
        self.inner.setMinimumWidth(320)
        self.column = QVBoxLayout(self.inner)
        self.column.setSpacing(10)
        self.column.addStretch(1)
        self.column.addWidget(label(title, "title"))
        middle = QWidget()
        centring = QHBoxLayout(middle)
        centring.addStretch(1)
        centring.addWidget(self.inner, 8)
        centring.addStretch(1)
        scroll = scrolling(middle)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        outer.addWidget(scroll)
        self.message = Message()

    def finish(self) -> None:
        """Add the message line and the stretch below it, after everything else."""
        self.column.addWidget(self.message)
        self.column.addStretch(2)


def name_by_label(form: QFormLayout) -> None:
    """Set each field's accessible name, where it has none, to the text of its label without the & of the shortcut."""
    for row_number in range(form.rowCount()):
        field_item = form.itemAt(row_number, QFormLayout.ItemRole.FieldRole)
        label_item = form.itemAt(row_number, QFormLayout.ItemRole.LabelRole)
        label_widget = label_item.widget() if label_item is not None else None
        if field_item is not None and label_widget is not None:
            text = str(label_widget.property("text")).replace("&", "")
            widget = field_item.widget()
            if text and widget is not None and not widget.accessibleName():
                widget.setAccessibleName(text)
