"""The window: the ways into a store, and what is inside it."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QWidget

from evidence_app.desktop.design import theme
from evidence_app.desktop.design.widgets import focus_first
from evidence_app.desktop.shell.unlock_page import UnlockPage
from evidence_app.desktop.system.auto_lock import IDLE_MINUTES, AutoLock
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.clipboard import COPIED
from evidence_app.desktop.system.language import tr

# All but the page that asks for the passphrase is loaded when it is needed (docs/decisions/0016).
if TYPE_CHECKING:
    from evidence_app.desktop.safekeeping.new_store_page import NewStorePage, StoreOrigin
    from evidence_app.desktop.shell.first_run import PlayPage
    from evidence_app.desktop.shell.help_window import HelpWindow
    from evidence_app.desktop.shell.welcome import CreatePage, RecoveryPage, WelcomePage
    from evidence_app.desktop.shell.workspace import Workspace
    from evidence_app.domain.settings import Settings

SIZE: Final = QSize(1180, 760)
Way = TypeVar("Way", bound=QWidget)


class MainWindow(QMainWindow):
    """The whole program as a person sees it. `language_asked` gives a language, before a store is open."""

    language_asked = Signal(str)

    def __init__(self, folder: Path | None = None, idle_minutes: int = IDLE_MINUTES) -> None:
        super().__init__()
        self.setWindowTitle(tr("Evidence Trail"))
        room = self.screen().availableGeometry().size()
        self.resize(SIZE.boundedTo(QSize(room.width() - 20, room.height() - 60)))
        self.folder = folder
        self.thread_of_store = BackgroundRunner()
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.statusBar()
        self.stack.currentChanged.connect(lambda _: self._arrive_at_way())
        self._help: HelpWindow | None = None
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self).activated.connect(self.show_help)
        self.setAcceptDrops(True)
        self.guard = AutoLock(self, idle_minutes)
        self.guard.lock_asked.connect(self.lock)
        if folder is None:
            self._show_welcome()
        else:
            self.ask_for(folder)

    # What is made when it is needed

    @cached_property
    def inside(self) -> "Workspace":
        """Everything inside an open store."""
        from evidence_app.desktop.shell.workspace import Workspace

        made = Workspace(self.thread_of_store, self)
        made.lock_asked.connect(self.lock)
        made.help_asked.connect(self.show_help)
        made.settings_kept.connect(self._apply)
        self.statusBar().addWidget(made.status, 1)
        return self._add(made)

    @cached_property
    def unlock(self) -> UnlockPage:
        """Where the passphrase is asked for."""
        page = UnlockPage(self.thread_of_store, self._show_welcome)
        page.unlocked.connect(self._enter)
        page.rescue_asked.connect(self.rescue_store)
        page.language_asked.connect(self.language_asked)
        # While the key is derived, which takes another thread a good quarter of a second, the inside is made.
        page.begun.connect(lambda: QTimer.singleShot(0, self, self._make_inside))
        return self._add(page)

    def _make_inside(self) -> None:
        self._add(self.inside)

    @cached_property
    def welcome(self) -> "WelcomePage":
        """The first page when no store was named."""
        from evidence_app.desktop.shell.welcome import WelcomePage

        ways = {
            "Make a new store…": lambda: self.stack.setCurrentWidget(self.create_page),
            "Play with an invented case…": lambda: self.stack.setCurrentWidget(self.play),
            "Restore a backup…": lambda: self.stack.setCurrentWidget(self.restore),
            "Rescue a damaged store…": lambda: self.rescue_store(None),
        }
        return self._add(WelcomePage(ways, self.ask_for, self.language_asked.emit))

    @cached_property
    def create_page(self) -> "CreatePage":
        """Where a new store is made."""
        from evidence_app.desktop.shell.welcome import CreatePage

        page = CreatePage(self.thread_of_store, self._show_welcome)
        page.made.connect(self._store_made)
        return self._add(page)

    @cached_property
    def recovery(self) -> "RecoveryPage":
        """Where the recovery code of a new store is shown."""
        from evidence_app.desktop.shell.welcome import RecoveryPage

        return self._add(RecoveryPage(self.thread_of_store, self._enter_first))

    @cached_property
    def play(self) -> "PlayPage":
        """Where the invented case is made."""
        from evidence_app.desktop.shell.first_run import PlayPage

        page = PlayPage(self.thread_of_store, self._show_welcome)
        page.made.connect(self._made_of)
        return self._add(page)

    @cached_property
    def restore(self) -> "NewStorePage":
        """Where a store is made of a backup."""
        from evidence_app.desktop.safekeeping.new_store_page import BACKUP

        return self._new_store_of(BACKUP)

    @cached_property
    def rescue(self) -> "NewStorePage":
        """Where a store is made of what can be read of a damaged one."""
        from evidence_app.desktop.safekeeping.new_store_page import DAMAGED

        return self._new_store_of(DAMAGED)

    def _new_store_of(self, origin: "StoreOrigin") -> "NewStorePage":
        from evidence_app.desktop.safekeeping.new_store_page import NewStorePage

        page = NewStorePage(self.thread_of_store, self._show_welcome, origin)
        page.made.connect(self._made_of)
        return self._add(page)

    def _add(self, page: Way) -> Way:
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        return page

    def _is_inside(self) -> bool:
        return "inside" in self.__dict__ and self.stack.currentWidget() is self.inside

    # Coming and going

    def _show_welcome(self) -> None:
        self.stack.setCurrentWidget(self.welcome)

    def _arrive_at_way(self) -> None:
        page = self.stack.currentWidget()
        if page is not None and not self._is_inside():
            focus_first(page)

    def ask_for(self, folder: Path, why: str = "") -> None:
        """Ask for the passphrase of a store."""
        self.folder = folder
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.ask_for(folder, tr(why) if why else "")

    def _store_made(self, folder: str, code: str) -> None:
        self.folder = Path(folder)
        self.recovery.show_code(code)
        self.stack.setCurrentWidget(self.recovery)

    def rescue_store(self, folder: Path | None) -> None:
        """Ask where to put what can be read of a damaged store."""
        if folder is not None:
            self.rescue.begin_with(folder)
        self.stack.setCurrentWidget(self.rescue)

    def _made_of(self, folder: str, words: str) -> None:
        self.folder = Path(folder)
        self._enter()
        self.inside.casework.home.message.say(words)

    def _enter(self) -> None:
        self.stack.setCurrentWidget(self.inside)
        self.inside.enter()
        self.guard.start()

    def _enter_first(self) -> None:
        self._enter()
        self.inside.capture.begin_first()

    def show_help(self) -> None:
        """Show what the guide tells of what is on the screen."""
        from evidence_app.desktop.shell.help_window import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self)
        self._help.show_about(self.inside.where() if self._is_inside() else "")

    def lock(self, why: str = "") -> None:
        """Wipe the screen, then lock the store. A draft that is open is kept first."""
        if not self._is_inside() or self.folder is None:
            return
        self.guard.stop()
        folder = self.folder
        self.inside.lay_aside()
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.ask_for(folder, tr(why or "Locked."))
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        self.inside.wipe()
        COPIED.clear()
        self.thread_of_store.lock(lambda: None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system from light to dark and back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ThemeChange:
            self._show_theme()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep an open draft, lock, and end."""
        self.guard.stop()
        # What is being made is stopped, and what was changed a moment ago is kept, before the store is closed.
        self.hide()
        made = self.__dict__
        if "inside" in made:
            self.inside.capture.save()
            self.inside.lay_aside()
            self.inside.wipe()
        for name in ("restore", "rescue"):
            if name in made:
                made[name].wipe()
        self.thread_of_store.stop()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take mail that is dragged anywhere on the window."""
        if event.mimeData().hasUrls() and self._is_inside():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what is dropped."""
        self.inside.bring_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _apply(self, settings: "Settings") -> None:
        self.guard.lock_after(settings.lock_after)
        self.guard.hide_from_capture(settings.hidden_from_capture)
        COPIED.seconds = settings.clear_copied_after
        if theme.choose(settings.appearance):
            self._show_theme()

    def _show_theme(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app)
            if "inside" in self.__dict__:
                self.inside.show_icons()
