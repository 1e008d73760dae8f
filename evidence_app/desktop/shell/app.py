"""Start of the graphical user interface."""

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSettings, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from evidence_app.desktop.design import theme
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.system import language
from evidence_app.desktop.system.idle_collection import collect_seldom
from evidence_app.desktop.system.one_instance import OneInstance, own_folder
from evidence_app.errors import EnvironmentProblem, ExitCode
from evidence_app.files import resource
from evidence_app.proof.verdicts import Verdict

SWITCH_SECONDS: Final = 0.0005
"""After how long a thread of Python lets another one go on (docs/decisions/0014-work-aside.md)."""
ENOUGH: Final = 1 << 40
"""References added to each singleton: more than a run of the program can use up."""


def make_app(arguments: list[str] | None = None) -> QApplication:
    """Create the application, or reuse the existing one, and set its name, language and theme."""
    _pin_singletons()
    sys.setswitchinterval(SWITCH_SECONDS)
    collect_seldom()
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(arguments or sys.argv[:1])
    app.setApplicationName("Evidence Trail")
    # Qt's file dialog would save the names of visited folders; nothing about the work may be stored unencrypted.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    app.setDesktopFileName("evidence-trail")
    app.setWindowIcon(QIcon(str(resource("icons/evidence-trail.svg"))))
    with contextlib.suppress(EnvironmentProblem):
        language.choose(language.wished())
    theme.apply(app)
    return app


def _pin_singletons() -> None:
    """Add references to None, True and False, so that they are never freed (docs/decisions/0009).

    PySide6 6.12 drops one reference too many to None on every call that returns nothing, and to the others on some. From Python 3.12
    they are immortal (PEP 683); on 3.11 the interpreter would abort within minutes.
    """
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        for singleton in (None, True, False):
            if sys.getrefcount(singleton) < ENOUGH:
                # ob_refcnt is the first member of a CPython object, and id() is the address of the object.
                ctypes.c_ssize_t.from_address(id(singleton)).value += ENOUGH


class OpenedWindow(QObject):
    """Holder of the main window. A change of the language or of the size of the text replaces the window, over the same open store."""

    def __init__(self, folder: Path | None) -> None:
        super().__init__()
        self.window = self._open(MainWindow(folder))

    def _open(self, window: MainWindow) -> MainWindow:
        window.language_asked.connect(self._change_language)
        # Later, when the page that asks has ended what it does: it goes with its window.
        window.looks_asked.connect(self._change_looks, Qt.ConnectionType.QueuedConnection)
        window.show()
        return window

    def come_forward(self, folder: str) -> None:
        """Bring the window to the front; a store that is named is asked for, unless one is open."""
        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if folder:
            window.asked_again_for(Path(folder))

    def _change_language(self, code: str) -> None:
        language.choose(code)
        old_window = self.window
        self._replace(old_window, MainWindow(old_window.folder))

    def _change_looks(self, code: str, percent: int) -> None:
        app, old_window = QApplication.instance(), self.window
        if not isinstance(app, QApplication) or (code, percent) == (language.in_force(), theme.text_size()):
            return
        try:
            language.choose(code)
        except EnvironmentProblem as error:
            old_window.inside.status.say(error.sentence)
            return
        place = old_window.inside.where()
        runner = old_window.release()
        theme.choose_text_size(percent)
        theme.apply(app)
        self._replace(old_window, MainWindow(old_window.folder, runner=runner))
        # A draft that was open is taken up again by itself.
        if place in self.window.inside.offered():
            self.window.inside.go_to(place)

    def _replace(self, old_window: MainWindow, new_window: MainWindow) -> None:
        self.window = self._open(new_window)
        self.window.setGeometry(old_window.geometry())
        old_window.close()
        old_window.deleteLater()


def open_window(folder: Path | None) -> ExitCode:
    """Open the window and run until it is closed. With a `folder` it starts with the passphrase of that store."""
    app = make_app()
    instance = OneInstance(own_folder())
    if not instance.is_first():
        wrong = instance.ask(folder)
        if wrong:
            sys.stderr.write(f"The window is open already, and could not be brought to the front: {wrong}.\n")
        return ExitCode.ENVIRONMENT if wrong else ExitCode.DONE
    opened = OpenedWindow(folder)
    instance.asked.connect(opened.come_forward)
    # Python runs signal handlers only while it executes bytecode: the timer lets it, so that Ctrl+C in a terminal works.
    signal.signal(signal.SIGINT, lambda *_: opened.window.close())
    wake_timer = QTimer(interval=300)
    wake_timer.timeout.connect(lambda: None)
    wake_timer.start()
    code = app.exec()
    instance.leave()
    return ExitCode.DONE if code == 0 else ExitCode.BUG


def show_file(path: Path) -> ExitCode:
    """Verify a file in a window of its own, without a store, and run until it is closed. The exit code says what was found."""
    from evidence_app.desktop.checking.look_window import LookWindow

    app = make_app()
    window = LookWindow(path)
    found = [ExitCode.INPUT]
    window.judged.connect(
        lambda report: found.append(ExitCode.DONE if report.verdict is Verdict.VERIFIED else ExitCode.BAD_NEWS)
    )
    window.show()
    window.judge()
    app.exec()
    return found[-1]
