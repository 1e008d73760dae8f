"""One window for one user: a program that is started again brings the window to the front that is there already.

The two talk by a file in a folder that only this user can read, watched by the first; no socket is opened. Both are gone when the window
is closed (docs/decisions/0036).
"""

import os
import stat
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDir, QFileSystemWatcher, QLockFile, QObject, Signal

from evidence_app.files import reason

MAX_BYTES: Final = 32_768
"""Longest path that is taken from the file."""


def own_folder() -> Path | None:
    """Return a folder for files of this run, made if need be; None where none is to be had that only this user can read."""
    base = os.environ.get("XDG_RUNTIME_DIR")
    name = (
        "evidence-trail"
        if base
        else f"evidence-trail-{getattr(os, 'getuid', lambda: os.environ.get('USERNAME', ''))()}"
    )
    folder = Path(base or QDir.tempPath()) / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    if not stat.S_ISDIR(found.st_mode):
        return None
    if hasattr(os, "getuid") and (found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077):
        return None
    return folder


class OneInstance(QObject):
    """Holds the place of the one window. `asked` gives the folder of a store, or "" for none, that a program started later was given."""

    asked = Signal(str)

    def __init__(self, folder: Path | None) -> None:
        super().__init__()
        self._request = folder / "asked" if folder is not None else None
        self._lock = QLockFile(str(folder / "window.lock")) if folder is not None else None
        self._watcher: QFileSystemWatcher | None = None
        if self._lock is not None:
            # A window is open for days: without this, Qt takes a lock of more than thirty seconds for one that a crash left.
            self._lock.setStaleLockTime(0)

    def is_first(self) -> bool:
        """Return whether this is the only window of the user, and take its place; also where that cannot be told."""
        if self._lock is None or self._request is None:
            return True
        # A lock whose program is gone, after a crash, is taken over.
        if not self._lock.tryLock(0) and self._lock.error() == QLockFile.LockError.LockFailedError:
            return False
        self._request.unlink(missing_ok=True)
        self._watcher = QFileSystemWatcher([str(self._request.parent)], self)
        self._watcher.directoryChanged.connect(self._look)
        return True

    def ask(self, folder: Path | None) -> str:
        """Ask the window that is there already to come to the front, with a store if one is named. Return why it failed, or "" if it did not."""
        if self._request is None:
            return ""
        waiting = self._request.with_suffix(".new")
        try:
            waiting.write_bytes(os.fsencode(str(folder.resolve()) if folder is not None else ""))
            waiting.replace(self._request)
        except OSError as error:
            return reason(error)
        return ""

    def _look(self) -> None:
        if self._request is None:
            return
        try:
            with self._request.open("rb") as file:
                untrusted = file.read(MAX_BYTES)
            self._request.unlink()
        except OSError:
            return
        self.asked.emit(os.fsdecode(untrusted))

    def leave(self) -> None:
        """Give the place up, and leave nothing behind."""
        if self._watcher is not None and self._request is not None and self._lock is not None:
            self._watcher.deleteLater()
            self._watcher = None
            self._request.unlink(missing_ok=True)
            self._lock.unlock()
