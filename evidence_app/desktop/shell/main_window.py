"""Main window: the pages that open or create a store, and the workspace of an open store."""

import contextlib
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMainWindow, QStackedWidget, QWidget

from evidence_app.desktop.design import theme
from evidence_app.desktop.design.screens import fitting
from evidence_app.desktop.design.widgets import focus_first
from evidence_app.desktop.shell.unlock_page import UnlockPage
from evidence_app.desktop.system import language
from evidence_app.desktop.system.auto_lock import IDLE_MINUTES, AutoLock
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.clipboard import COPIED
from evidence_app.desktop.system.idle_collection import IdleCollection, collect_all
from evidence_app.desktop.system.language import tr
from evidence_app.desktop.system.window_memory import WindowMemory, recall, remember
from evidence_app.errors import EnvironmentProblem
from evidence_app.services.safekeeping.unlocking import holds_store

# Everything but the unlock page is imported when it is first needed (docs/decisions/0016).
if TYPE_CHECKING:
    from evidence_app.desktop.safekeeping.new_store_page import NewStorePage, StoreOrigin
    from evidence_app.desktop.shell.first_run import PlayPage
    from evidence_app.desktop.shell.help_window import HelpWindow
    from evidence_app.desktop.shell.welcome import CreatePage, RecoveryPage, WelcomePage
    from evidence_app.desktop.shell.workspace import Workspace
    from evidence_app.domain.settings import Settings

SIZE: Final = QSize(1180, 760)
"""Preferred size of the window, in pixels."""
UPDATE: Final = ".update"
"""How the name of an update file ends."""
AnyPage = TypeVar("AnyPage", bound=QWidget)


class MainWindow(QMainWindow):
    """Main window of the program, over the store that a `runner` holds open if one is given.

    `language_asked` gives the code of a language, before a store is open; `looks_asked` the code of a language and a size of
    the text in per cent, as the settings of the open store have them.
    """

    language_asked = Signal(str)
    looks_asked = Signal(str, int)

    def __init__(
        self, folder: Path | None = None, idle_minutes: int = IDLE_MINUTES, runner: BackgroundRunner | None = None
    ) -> None:
        super().__init__()
        self.setWindowTitle(tr("Evidence Trail"))
        self.folder = folder
        self._is_released = False
        self.thread_of_store = runner or BackgroundRunner()
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.statusBar()
        self.stack.currentChanged.connect(lambda _: self._focus_page())
        self._help: HelpWindow | None = None
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self).activated.connect(self.show_help)
        self.setAcceptDrops(True)
        self.guard = AutoLock(self, idle_minutes)
        self.guard.lock_asked.connect(self.lock)
        self._collection = IdleCollection(self.guard.quiet_seconds, self)
        memory = recall()
        self._take_place(memory)
        last = memory.stores[0] if memory.stores else None
        if runner is not None:
            self._enter()
        elif folder is not None:
            self.ask_for(folder)
        elif last is not None and holds_store(last):
            self.ask_for(last)
        else:
            self._show_welcome()

    def _take_place(self, memory: WindowMemory) -> None:
        """Give the window the size and place that it had, if they are on a screen that is there now."""
        self.resize(fitting(self, SIZE))
        if memory.place is not None:
            place = QRect(*memory.place)
            screens = (screen.availableGeometry() for screen in QApplication.screens())
            if any(screen.contains(place) for screen in screens):
                self.setGeometry(place)
        if memory.maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _keep_place(self) -> None:
        """Remember size and place of the window, if its user wished that a store is remembered."""
        memory = recall()
        if memory.stores:
            place = self.normalGeometry() if self.isMaximized() else self.geometry()
            kept = (place.left(), place.top(), place.width(), place.height())
            with contextlib.suppress(EnvironmentProblem):
                remember(replace(memory, place=kept, maximised=self.isMaximized()))

    # Pages, created on first use

    @cached_property
    def inside(self) -> "Workspace":
        """Workspace of an open store."""
        from evidence_app.desktop.shell.workspace import Workspace

        workspace = Workspace(self.thread_of_store, self)
        workspace.lock_asked.connect(self.lock)
        workspace.help_asked.connect(self.show_help)
        workspace.update_asked.connect(self._ask_update)
        workspace.settings_kept.connect(self._apply_settings)
        self.statusBar().addWidget(workspace.status, 1)
        return self._add(workspace)

    @cached_property
    def unlock(self) -> UnlockPage:
        """Page that asks for the passphrase."""
        page = UnlockPage(self.thread_of_store, self._show_welcome)
        page.unlocked.connect(self._enter)
        page.rescue_asked.connect(self.rescue_store)
        page.language_asked.connect(self.language_asked)
        # The workspace is created while another thread derives the key, which takes about a quarter of a second.
        page.begun.connect(lambda: QTimer.singleShot(0, self, self._make_inside))
        return self._add(page)

    def _make_inside(self) -> None:
        self._add(self.inside)

    @cached_property
    def welcome(self) -> "WelcomePage":
        """Start page, if no store was named."""
        from evidence_app.desktop.shell.welcome import WelcomePage

        actions = {
            "Make a new store…": lambda: self.stack.setCurrentWidget(self.create_page),
            "Play with an invented case…": lambda: self.stack.setCurrentWidget(self.play),
            "Restore a backup…": lambda: self.stack.setCurrentWidget(self.restore),
            "Rescue a damaged store…": lambda: self.rescue_store(None),
        }
        return self._add(WelcomePage(actions, self.ask_for, self.language_asked.emit))

    @cached_property
    def create_page(self) -> "CreatePage":
        """Page that creates a store."""
        from evidence_app.desktop.shell.welcome import CreatePage

        page = CreatePage(self.thread_of_store, self._show_welcome)
        page.made.connect(self._show_recovery_code)
        return self._add(page)

    @cached_property
    def recovery(self) -> "RecoveryPage":
        """Page that shows the recovery code of a new store."""
        from evidence_app.desktop.shell.welcome import RecoveryPage

        return self._add(RecoveryPage(self.thread_of_store, self._enter_for_first_time))

    @cached_property
    def play(self) -> "PlayPage":
        """Page that creates the demonstration store."""
        from evidence_app.desktop.shell.first_run import PlayPage

        page = PlayPage(self.thread_of_store, self._show_welcome)
        page.made.connect(self._enter_new_store)
        return self._add(page)

    @cached_property
    def restore(self) -> "NewStorePage":
        """Page that restores a backup."""
        from evidence_app.desktop.safekeeping.new_store_page import BACKUP

        return self._new_store_of(BACKUP)

    @cached_property
    def rescue(self) -> "NewStorePage":
        """Page that rescues a damaged store."""
        from evidence_app.desktop.safekeeping.new_store_page import DAMAGED

        return self._new_store_of(DAMAGED)

    def _new_store_of(self, origin: "StoreOrigin") -> "NewStorePage":
        from evidence_app.desktop.safekeeping.new_store_page import NewStorePage

        page = NewStorePage(self.thread_of_store, self._show_welcome, origin)
        page.made.connect(self._enter_new_store)
        return self._add(page)

    def _add(self, page: AnyPage) -> AnyPage:
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        return page

    def _is_inside(self) -> bool:
        return "inside" in self.__dict__ and self.stack.currentWidget() is self.inside

    # Navigation and locking

    def _show_welcome(self) -> None:
        self.stack.setCurrentWidget(self.welcome)

    def _focus_page(self) -> None:
        page = self.stack.currentWidget()
        if page is not None and not self._is_inside():
            focus_first(page)

    def ask_for(self, folder: Path, why: str = "") -> None:
        """Show the unlock page for a store. `why` is an untranslated message."""
        self.folder = folder
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.ask_for(folder, tr(why) if why else "")

    def asked_again_for(self, folder: Path) -> None:
        """Ask for a store that was named when the program was started again; one that is open stays open, and is said."""
        if not self._is_inside():
            self.ask_for(folder)
        elif folder.resolve() != (self.folder or folder).resolve():
            self.inside.status.say(tr("Another store is open. Lock it to open {}.", folder.name))

    def _show_recovery_code(self, folder: str, code: str) -> None:
        self.folder = Path(folder)
        self.recovery.show_code(code)
        self.stack.setCurrentWidget(self.recovery)

    def rescue_store(self, folder: Path | None) -> None:
        """Show the rescue page; a `folder` becomes its source."""
        if folder is not None:
            self.rescue.begin_with(folder)
        self.stack.setCurrentWidget(self.rescue)

    def _enter_new_store(self, folder: str, words: str) -> None:
        self.folder = Path(folder)
        self._enter()
        self.inside.casework.home.message.say(words)

    def _enter(self) -> None:
        self.stack.setCurrentWidget(self.inside)
        self.inside.enter()
        self.guard.start()

    def _enter_for_first_time(self) -> None:
        self._enter()
        self.inside.capture.begin_first()

    def show_help(self) -> None:
        """Open the help window at the section about the current page."""
        from evidence_app.desktop.shell.help_window import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self)
        self._help.show_about(self.inside.where() if self._is_inside() else "")

    def lock(self, why: str = "") -> None:
        """Save open drafts, clear the window, then lock the store. `why` is an untranslated message."""
        if not self._is_inside() or self.folder is None:
            return
        self.guard.stop()
        folder = self.folder
        # Saving is queued in the store lane before the lock, so it runs first. The unlock page covers the workspace at once,
        # before dialogs are closed and pages cleared.
        self.inside.lay_aside()
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.ask_for(folder, tr(why or "Locked."))
        popup = QApplication.activePopupWidget()
        if popup is not None:
            # A menu or a calendar is a window of its own, and would stand over the locked one.
            popup.close()
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        self.inside.wipe()
        COPIED.clear()
        # What the pages showed is gone when the objects that only refer to each other are gone too.
        self.thread_of_store.lock(collect_all)

    def changeEvent(self, event: QEvent) -> None:
        """Apply the theme again when the system switches between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ThemeChange:
            self._show_theme()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save open drafts, cancel running work, close the store, and end the background threads."""
        self.guard.stop()
        if self._is_released:
            super().closeEvent(event)
            return
        self._keep_place()
        # Order: clearing the pages saves pending changes and cancels running work, then `stop` waits for the lanes.
        self.hide()
        created = self.__dict__
        if "inside" in created:
            self.inside.capture.save()
            self.inside.lay_aside()
            self.inside.wipe()
        for name in ("restore", "rescue"):
            if name in created:
                created[name].wipe()
        self.thread_of_store.stop()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept mail files that are dragged onto the window while a store is open, and an update file at any time."""
        if event.mimeData().hasUrls() and (self._is_inside() or _update_among(_files_of(event)) is not None):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped files on the mail import page; an update file in a window of its own."""
        files = _files_of(event)
        update = _update_among(files)
        if update is not None:
            self.check_update(update)
        elif self._is_inside():
            self.inside.bring_in(files)

    def _ask_update(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Which update file?"), "", f"*{UPDATE}")
        if chosen:
            self.check_update(Path(chosen))

    def check_update(self, path: Path) -> None:
        """Check an update file, and show what it changes."""
        from evidence_app.desktop.safekeeping.update_window import UpdateWindow

        shown = UpdateWindow(self, path)
        shown.finished.connect(shown.deleteLater)
        shown.open()
        shown.check()

    def _apply_settings(self, settings: "Settings") -> None:
        self.guard.lock_after(settings.lock_after)
        self.guard.hide_from_capture(settings.hidden_from_capture)
        COPIED.seconds = settings.clear_copied_after
        if theme.choose(settings.appearance):
            self._show_theme()
        code, percent = language.code_of(settings.language), int(settings.text_size.removesuffix(" %"))
        if (code, percent) != (language.in_force(), theme.text_size()):
            self.looks_asked.emit(code, percent)

    def release(self) -> BackgroundRunner:
        """Save what is open, clear the pages and return the runner with its open store, for a window that takes the place of this one."""
        self.guard.stop()
        self._is_released = True
        self.inside.lay_aside()
        self.inside.wipe()
        self.inside.stop_refreshing()
        self.thread_of_store.drop_results()
        return self.thread_of_store

    def _show_theme(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app)
            if "inside" in self.__dict__:
                self.inside.show_icons()


def _files_of(event: QDropEvent) -> list[Path]:
    """Return the files that are dragged."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _update_among(files: list[Path]) -> Path | None:
    """Return the first update file, by its name, or None."""
    return next((path for path in files if path.suffix == UPDATE), None)
