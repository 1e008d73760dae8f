"""Clipboard copies that are cleared after a time."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication


class Copied:
    """Copies text and clears it after `seconds`. Remembers the text, so that what another program copied is never cleared."""

    def __init__(self) -> None:
        self.seconds = 60
        self._text = ""
        self._timer: QTimer | None = None

    def copy(self, text: str) -> None:
        """Copy a text to the clipboard and start the timer that clears it."""
        self._text = text
        QGuiApplication.clipboard().setText(text)
        if self._timer is None:
            self._timer = QTimer(singleShot=True)
            self._timer.timeout.connect(self.clear)
        self._timer.start(self.seconds * 1_000)

    def clear(self) -> None:
        """Clear the clipboard now, if it still holds the text copied here."""
        clipboard = QGuiApplication.clipboard()
        if self._text and clipboard.text() == self._text:
            clipboard.clear()
        self._text = ""
        if self._timer is not None:
            self._timer.stop()


COPIED: Final = Copied()
"""The one instance of the program; the settings change its `seconds`."""
