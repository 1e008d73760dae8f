"""Reads attached files in the background, one at a time, so that the search finds their words."""

from PySide6.QtCore import QObject, QTimer, Signal

from evidence_app.desktop.system.background_runner import BackgroundRunner, Cancel
from evidence_app.services.core.session import Session

PAUSE_MS = 200
"""Pause between two files, in which other work of the lane comes first."""
WAIT_MS = 1_500
"""Pause before the first one: what reads files takes long to load, and the pages that were asked for come first."""


class FileReading(QObject):
    """Reading of the attached files that are not searched yet. `finished` is emitted when all that were waiting are read."""

    finished = Signal()

    def __init__(self, runner: BackgroundRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._cancel = Cancel()
        self._busy = self._has_read = False
        self._wait = QTimer(self, interval=WAIT_MS, singleShot=True)
        self._wait.timeout.connect(self._next)

    def begin(self) -> None:
        """Read whatever waits, unless that is under way."""
        if not self._busy:
            self._busy, self._has_read = True, False
            self._cancel = Cancel()
            self._wait.start()

    def stop(self) -> None:
        """Stop, because the store is being locked."""
        self._cancel.wish()
        self._wait.stop()
        self._busy = False

    def _next(self) -> None:
        cancel = self._cancel

        def work(session: Session) -> tuple[int, bool]:
            # What reads files is loaded when there is something to read, and not while the window opens.
            from evidence_app.services.mail.file_search import read_files

            # One file: what the user asks for in this lane waits no longer than that.
            counts: list[int] = []
            left = read_files(session, lambda _done, total: counts.append(total), cancel, limit=1)
            return left, any(counts)

        if not cancel():
            self._runner.call_aside(work, self._one_read, self._failed, self._stopped, self)

    def _one_read(self, result: tuple[int, bool]) -> None:
        left, has_read = result
        self._has_read |= has_read
        if left and has_read:
            QTimer.singleShot(PAUSE_MS, self, self._next)
            return
        self._busy = False
        if self._has_read:
            self.finished.emit()

    def _failed(self, _sentence: str) -> None:
        # Nobody asked for this: what is not read is read the next time.
        self._stopped()

    def _stopped(self) -> None:
        self._busy = False
