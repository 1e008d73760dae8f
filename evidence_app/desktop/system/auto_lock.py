"""What locks the window by itself, and hides it from pictures of the screen."""

import sys
import time
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

IDLE_MINUTES: Final = 10
USE: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
LOOK_SECONDS: Final = 2
SLEPT_SECONDS: Final = 30
"""A clock that goes on while the machine sleeps is ahead, after it, of one that does not."""
IDLE: Final = "Locked, because nothing was done for a while."
SLEPT: Final = "Locked, because the machine slept or its clock was changed."
HIDDEN: Final = 0x11
"""WDA_EXCLUDEFROMCAPTURE of the Windows call SetWindowDisplayAffinity."""


class AutoLock(QObject):
    """Watches for a person who is not there, and for a machine that slept. `lock_asked` says why."""

    lock_asked = Signal(str)

    def __init__(self, window: QWidget, idle_minutes: int = IDLE_MINUTES) -> None:
        super().__init__(window)
        self._window = window
        self._idle = QTimer(self, interval=idle_minutes * 60_000, singleShot=True)
        self._idle.timeout.connect(lambda: self.lock_asked.emit(IDLE))
        self._look = QTimer(self, interval=LOOK_SECONDS * 1_000)
        self._look.timeout.connect(self._look_at_clocks)
        self._ahead = 0.0

    def start(self) -> None:
        """Begin to watch: a store is open."""
        self._idle.start()
        self._ahead = time.time() - time.monotonic()
        self._look.start()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def stop(self) -> None:
        """Watch no more: it is locked."""
        self._idle.stop()
        self._look.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def lock_after(self, minutes: float) -> None:
        """Lock after so many minutes without use."""
        self._idle.setInterval(round(minutes * 60_000))

    def hide_from_capture(self, hidden: bool) -> None:
        """Ask the system to leave the window out of pictures of the screen, where it can: Windows 10, 2004 and later."""
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.user32.SetWindowDisplayAffinity(int(self._window.winId()), HIDDEN if hidden else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take any use of keyboard or mouse as a sign that somebody is there."""
        if event.type() in USE and self._idle.isActive():
            self._idle.start()
        return super().eventFilter(watched, event)

    def _look_at_clocks(self) -> None:
        ahead = time.time() - time.monotonic()
        if abs(ahead - self._ahead) > SLEPT_SECONDS:
            self.lock_asked.emit(SLEPT)
        self._ahead = ahead
