"""Start the window."""

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from evidence_app.desktop.design import theme
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.system import language
from evidence_app.errors import EnvironmentProblem, ExitCode

ENOUGH: Final = 1 << 40


def make_app(arguments: list[str] | None = None) -> QApplication:
    """Return the application with its name and theme."""
    _keep_alive()
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(arguments or sys.argv[:1])
    app.setApplicationName("Evidence Trail")
    # Qt's file dialog would keep the names of folders that were visited; nothing about the work is written in clear.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    app.setDesktopFileName("evidence-trail")
    with contextlib.suppress(EnvironmentProblem):
        language.choose(language.wished())
    theme.apply(app)
    return app


def _keep_alive() -> None:
    """Give None, True and False more references than can be used up (docs/decisions/0009).

    PySide6 6.12 gives one away with every call that returns nothing, and of the others with some. From Python 3.12 on they cannot die (PEP 683);
    before, the program would end within minutes.
    """
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        for each in (None, True, False):
            if sys.getrefcount(each) < ENOUGH:
                ctypes.c_ssize_t.from_address(id(each)).value += ENOUGH


class OpenedWindow(QObject):
    """The window that is on the screen. Where another language is asked for, before a store is open, it is made anew."""

    def __init__(self, folder: Path | None) -> None:
        super().__init__()
        self.window = self._make(folder)

    def _make(self, folder: Path | None) -> MainWindow:
        window = MainWindow(folder)
        window.language_asked.connect(self._speak)
        window.show()
        return window

    def _speak(self, wanted: str) -> None:
        language.choose(wanted)
        before = self.window
        self.window = self._make(before.folder)
        self.window.setGeometry(before.geometry())
        before.close()
        before.deleteLater()


def open_window(folder: Path | None) -> ExitCode:
    """Open the window, with the store in `folder` asked for first, and stay until it is closed."""
    app = make_app()
    opened = OpenedWindow(folder)
    # Python sees Ctrl+C in the terminal only when it gets a turn.
    signal.signal(signal.SIGINT, lambda *_: opened.window.close())
    turn = QTimer(interval=300)
    turn.timeout.connect(lambda: None)
    turn.start()
    return ExitCode.DONE if app.exec() == 0 else ExitCode.BUG
