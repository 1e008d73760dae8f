"""What this program puts on the clipboard, and takes off it again."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication


class Copied:
    """Remembers what was copied here, so that nothing else is ever cleared. It is taken off after so many seconds."""

    def __init__(self) -> None:
        self.seconds = 60
        self._text = ""
        self._timer: QTimer | None = None

    def copy(self, text: str) -> None:
        """Put a text on the clipboard, for a while."""
        self._text = text
        QGuiApplication.clipboard().setText(text)
        if self._timer is None:
            self._timer = QTimer(singleShot=True)
            self._timer.timeout.connect(self.clear)
        self._timer.start(self.seconds * 1_000)

    def clear(self) -> None:
        """Take what was copied here off the clipboard, if it is still there."""
        clipboard = QGuiApplication.clipboard()
        if self._text and clipboard.text() == self._text:
            clipboard.clear()
        self._text = ""
        if self._timer is not None:
            self._timer.stop()


COPIED: Final = Copied()
