"""What the pages before an open store have in common: a narrow column in the middle of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import Message, label, scrolling

WIDTH = 560


class CentredPage(QWidget):
    """A narrow column in the middle of the window."""

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
        beside = QHBoxLayout(middle)
        beside.addStretch(1)
        beside.addWidget(self.inner, 8)
        beside.addStretch(1)
        scroll = scrolling(middle)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        outer.addWidget(scroll)
        self.message = Message()

    def finish(self) -> None:
        """End the column."""
        self.column.addWidget(self.message)
        self.column.addStretch(2)


def name_by_label(form: QFormLayout) -> None:
    """Name each field of a form for screen readers as it is labelled."""
    for number in range(form.rowCount()):
        item = form.itemAt(number, QFormLayout.ItemRole.FieldRole)
        named = form.itemAt(number, QFormLayout.ItemRole.LabelRole)
        title = named.widget() if named is not None else None
        if item is not None and title is not None:
            text = str(title.property("text")).replace("&", "")
            widget = item.widget()
            if text and widget is not None and not widget.accessibleName():
                widget.setAccessibleName(text)
