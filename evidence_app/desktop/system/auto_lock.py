"""Automatic locking of the window, and its exclusion from screen captures."""

import math
import sys
import time
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

IDLE_MINUTES: Final = 10
"""Minutes without input before locking, unless the settings name another number."""
USE: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
"""Input events that show that the user is present."""
REST_MS: Final = 1_000
"""Milliseconds after an input in which none is listened for: every event of the program, those of drawing too, would be asked what it is."""
LOOK_SECONDS: Final = 2
"""Interval in seconds between two comparisons of the clocks."""
SLEPT_SECONDS: Final = 30
"""Change of the offset between the two clocks, in seconds, from which sleep or a changed clock is assumed."""
IDLE: Final = "Locked, because nothing was done for a while."
SLEPT: Final = "Locked, because the machine slept or its clock was changed."
HIDDEN: Final = 0x11
"""Flag WDA_EXCLUDEFROMCAPTURE of the Windows function SetWindowDisplayAffinity."""


class AutoLock(QObject):
    """Requests a lock after a time without input, and after the machine slept. `lock_asked` gives the reason to show."""

    lock_asked = Signal(str)

    def __init__(self, window: QWidget, idle_minutes: int = IDLE_MINUTES) -> None:
        super().__init__(window)
        self._window = window
        self._idle = QTimer(self, interval=idle_minutes * 60_000, singleShot=True)
        self._idle.timeout.connect(lambda: self.lock_asked.emit(IDLE))
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._listen)
        self._look = QTimer(self, interval=LOOK_SECONDS * 1_000)
        self._look.timeout.connect(self._look_at_clocks)
        self._clock_offset = 0.0

    def start(self) -> None:
        """Start watching, after a store was opened."""
        self._idle.start()
        self._clock_offset = time.time() - time.monotonic()
        self._look.start()
        self._listen()

    def stop(self) -> None:
        """Stop watching, before the store is locked."""
        self._idle.stop()
        self._look.stop()
        self._rest.stop()
        self._listen(False)

    def _listen(self, listens: bool = True) -> None:
        """Look at every event of the program for inputs, or no longer."""
        app = QApplication.instance()
        if app is not None:
            (app.installEventFilter if listens else app.removeEventFilter)(self)

    def lock_after(self, minutes: float) -> None:
        """Set the number of minutes without input after which to lock."""
        self._idle.setInterval(round(minutes * 60_000))

    def quiet_seconds(self) -> float:
        """Return for how long there was no input, in seconds; without an open store for ever."""
        return (self._idle.interval() - self._idle.remainingTime()) / 1_000 if self._idle.isActive() else math.inf

    def hide_from_capture(self, hidden: bool) -> None:
        """Exclude the window from screenshots and screen sharing, or include it again. Windows only (from Windows 10, version 2004)."""
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.user32.SetWindowDisplayAffinity(int(self._window.winId()), HIDDEN if hidden else 0)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Restart the idle timer on keyboard, mouse or touch input to the application, once a second. No event is consumed."""
        if event.type() in USE and self._idle.isActive():
            self._idle.start()
            self._listen(False)
            self._rest.start()
        return False

    def _look_at_clocks(self) -> None:
        # The wall clock runs on while the machine sleeps, the monotonic clock of Linux and macOS stands still. So a jump of
        # their difference means that the machine slept, or that somebody changed the wall clock (in either direction).
        clock_offset = time.time() - time.monotonic()
        if abs(clock_offset - self._clock_offset) > SLEPT_SECONDS:
            self.lock_asked.emit(SLEPT)
        self._clock_offset = clock_offset
