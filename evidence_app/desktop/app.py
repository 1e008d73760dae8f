"""Start the window."""

import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from evidence_app.desktop import theme
from evidence_app.desktop.main_window import MainWindow
from evidence_app.errors import ExitCode

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


def open_window(folder: Path | None) -> ExitCode:
    """Open the window, with the store in `folder` asked for first, and stay until it is closed."""
    app = make_app()
    window = MainWindow(folder)
    window.show()
    # Python sees Ctrl+C in the terminal only when it gets a turn.
    signal.signal(signal.SIGINT, lambda *_: window.close())
    turn = QTimer(interval=300)
    turn.timeout.connect(lambda: None)
    turn.start()
    return ExitCode.DONE if app.exec() == 0 else ExitCode.BUG
