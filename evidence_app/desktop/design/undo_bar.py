"""Undo bar: what was just done, and the one press that takes it back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QWidget

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
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._watch)

    def offer(self, words: str, undo: Callable[[], None], act: str = "") -> None:
        """Say what was done, and offer to take it back with `undo`, or to do what `act` says instead."""
        self._undo = undo
        self.undo.setText(act or tr("Undo"))
        self.words.setText(words)
        self.setAccessibleName(words)
        self.show()
        self._watch(None, QApplication.focusWidget())

    def _watch(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Watch the field that has the focus, while there is something to take back."""
        if self.isVisible() and isinstance(now, QLineEdit):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Ctrl+Z to the bar where a field has nothing of its own to take back: fields claim the key all the same."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.isVisible():
            undoes = event.matches(QKeySequence.StandardKey.Undo)
            if undoes and isinstance(watched, QLineEdit) and not watched.isUndoAvailable():
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _take_back(self) -> None:
        undo = self._undo
        self.put_away()
        undo()

    def put_away(self) -> None:
        """Hide the bar, and forget what it would take back."""
        self._undo = lambda: None
        self.words.clear()
        self.hide()
