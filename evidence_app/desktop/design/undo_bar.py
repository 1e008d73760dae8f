"""Undo bar: what was just done, and the one press that takes it back."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from evidence_app.desktop.design.widgets import button, label
from evidence_app.desktop.system.language import tr


class UndoBar(QFrame):
    """Bar at the foot of the window. It stays until it is pressed, closed, or replaced by the next: nobody has to be quick."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("undo")
        self._undo: Callable[[], None] = lambda: None
        self.words = label("", wrap=False)
        self.undo = button(tr("Undo"), self._take_back)
        self.close_bar = button(tr("Close"), self.put_away, flat=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(12)
        line.addWidget(self.words)
        line.addWidget(self.undo)
        line.addStretch(1)
        line.addWidget(self.close_bar)
        self.hide()

    def offer(self, words: str, undo: Callable[[], None], act: str = "") -> None:
        """Say what was done, and offer to take it back with `undo`, or to do what `act` says instead."""
        self._undo = undo
        self.undo.setText(act or tr("Undo"))
        self.words.setText(words)
        self.setAccessibleName(words)
        self.show()

    def _take_back(self) -> None:
        undo = self._undo
        self.put_away()
        undo()

    def put_away(self) -> None:
        """Hide the bar, and forget what it would take back."""
        self._undo = lambda: None
        self.words.clear()
        self.hide()
