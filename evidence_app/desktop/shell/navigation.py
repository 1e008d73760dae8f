"""Navigation of an open store: the list of pages, the tool bar with the search field, and the current page."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.desktop.design import theme, tokens
from evidence_app.desktop.design.undo_bar import UndoBar
from evidence_app.desktop.design.widgets import label
from evidence_app.desktop.system.language import tr
from evidence_app.desktop.writing.form_groups import begun_alone
from evidence_app.domain.record.fields import Holder, Kind

PLACES: Final = (
    ("Home", "home"),
    ("Members", "user-check"),
    ("Timeline", "history"),
    ("Threads", "ladder"),
    ("Cases and people", "users"),
    ("Over time", "chart-line"),
    ("Drafts", "pencil"),
    ("Bundles", "download"),
    ("Check", "shield-check"),
    ("Safekeeping", "archive"),
    ("Settings", "sliders"),
)
"""Name and icon of each page in the navigation list, in order."""
HELD_BY: Final = {
    "Members": frozenset({Holder.REP, Holder.MANAGER}),
    "Over time": frozenset({Holder.OFFICER}),
}
"""Pages that exist only in the stores of some holders."""
CALLED: Final = {(Holder.MANAGER, "Members"): "Officers"}
"""What a page is called in one holder's store, where it is called otherwise there."""
NAME: Final = Qt.ItemDataRole.UserRole
"""Item role with the name of a page."""
SEARCH_WIDTH: Final = 560
"""Largest width of the search field, in pixels."""
TOOL_ICONS: Final = ("plus", "inbox", "lock", "help")
"""Icons of the tool buttons, in order."""
ICON: Final = 18
"""Side of the icons of places, in pixels, at the usual size of the text."""
NARROW: Final = 900
"""Width in pixels below which the tool buttons show only their icons."""
USUAL_HEIGHT: Final = 18
"""Height of a line at the usual size of the text, in pixels, for which `NARROW` is meant."""
NARROWEST: Final = 680
"""Width in pixels below which the navigation list shows only icons, with tooltips."""


class SidePane(QWidget):
    """The ground of the navigation."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground in the colours of the theme."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().sunken))
        painter.end()


class NavigationFrame(QWidget):
    """Navigation list on the left, search and tool buttons above, one page in the middle.

    `begin` opens a new draft of a kind. The signals ask for the mail import page, for locking and for help.
    """

    import_asked = Signal()
    lock_asked = Signal()
    help_asked = Signal()
    update_asked = Signal()

    def __init__(self, begin: Callable[[Kind], None]) -> None:
        super().__init__()
        self._begin, self._holder = begin, Holder.OFFICER
        self.places = QListWidget()
        self.places.setObjectName("places")
        self.places.setAccessibleName(tr("Places"))
        side = tokens.icon_side(ICON, self.fontMetrics().height())
        self.places.setIconSize(QSize(side, side))
        for name, icon in PLACES:
            item = QListWidgetItem(theme.icon(icon), "")
            item.setSizeHint(QSize(0, self.fontMetrics().height() + 18))
            item.setData(NAME, name)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, tr(name))
            self.places.addItem(item)
        self._set_names_shown(named=True)
        self.place = QStackedWidget()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search records, commands, cases, people (Ctrl+K)"))
        self.search.setAccessibleName(tr("Search all records"))
        self.search.setClearButtonEnabled(True)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.search)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self.search.clear)
        self.search.setMaximumWidth(SEARCH_WIDTH)
        self.new = _tool(tr("New…"), "plus", tr("New record (Ctrl+N, then a letter)"))
        self.new.setProperty("main", "true")
        self.new.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.show_for(Holder.OFFICER)
        self._arrange()
        self.show_icons()

    def _arrange(self) -> None:
        import_button = _tool(tr("Bring in mail…"), "inbox", tr("Messages, receipts and replies, as files (Ctrl+I)"))
        import_button.clicked.connect(lambda: self.import_asked.emit())
        lock_button = _tool(tr("Lock"), "lock", tr("Lock (Ctrl+L)"))
        lock_button.clicked.connect(lambda: self.lock_asked.emit())
        bar = QWidget()
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(tokens.SPACE_XL, tokens.SPACE_M, tokens.SPACE_XL, tokens.SPACE_S)
        layout.setSpacing(tokens.SPACE_S)
        layout.addWidget(self.search, 3)
        layout.addStretch(1)
        help_button = _tool(tr("Help"), "help", tr("Help (F1)"))
        help_button.clicked.connect(lambda: self.help_asked.emit())
        self._tools = (self.new, import_button, lock_button, help_button)
        icon_side = tokens.icon_side(self.new.iconSize().width(), self.fontMetrics().height())
        for tool in self._tools:
            tool.setIconSize(QSize(icon_side, icon_side))
            layout.addWidget(tool)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(bar)
        right.addWidget(self.place, 1)
        self.undo = UndoBar()
        right.addWidget(self.undo)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.side = SidePane()
        self.brand = label(tr("Evidence Trail"), "brand", wrap=False)
        self.brand.setContentsMargins(tokens.SPACE_L, tokens.SPACE_L, tokens.SPACE_S, tokens.SPACE_M)
        side = QVBoxLayout(self.side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self.brand)
        side.addWidget(self.places, 1)
        whole.addWidget(self.side)
        whole.addLayout(right, 1)

    def show_for(self, holder: Holder) -> None:
        """Show the pages and the kinds of new record that this type of holder has."""
        self._holder = holder
        for number, (name, _) in enumerate(PLACES):
            item, called = self.places.item(number), tr(self._called(name))
            item.setHidden(holder not in HELD_BY.get(name, frozenset(Holder)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, called)
            item.setText(called if item.text() else "")
        for number, name in enumerate(self.offered(), start=1):
            self.places.item(place_number(name)).setToolTip(f"{tr(self._called(name))} (Ctrl+{number % 10})")
        menu = QMenu(self)
        for kind in begun_alone(holder):
            menu.addAction(_menu_text(kind), lambda kind=kind: self._begin(kind))  # type: ignore[misc]
        old_menu = self.new.menu()
        self.new.setMenu(menu)
        if old_menu is not None:
            old_menu.deleteLater()

    def _called(self, name: str) -> str:
        return CALLED.get((self._holder, name), name)

    def offered(self) -> list[str]:
        """Return the names of the visible pages, in the order of their keyboard shortcuts."""
        return [name for number, (name, _) in enumerate(PLACES) if not self.places.item(number).isHidden()]

    def show_icons(self) -> None:
        """Redraw the icons in the colours of the current theme."""
        for number, (_, icon) in enumerate(PLACES):
            self.places.item(number).setIcon(theme.icon(icon))
        for tool, icon in zip(self._tools, TOOL_ICONS, strict=True):
            tool.setIcon(theme.icon(icon, "accent_ink" if tool is self.new else "ink"))

    def _set_names_shown(self, *, named: bool) -> None:
        widest = max(self.fontMetrics().horizontalAdvance(tr(name)) for name, _ in PLACES)
        side = self.places.iconSize().width()
        self.places.setFixedWidth(widest + side + 82 if named else side + 44)
        for number, (name, _) in enumerate(PLACES):
            self.places.item(number).setText(tr(self._called(name)) if named else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show or hide the texts of tool buttons and navigation list, according to the width."""
        super().resizeEvent(event)
        # In a larger text the words of the buttons would leave no room for the search field.
        narrow = event.size().width() < NARROW * self.fontMetrics().height() / USUAL_HEIGHT
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for tool in self._tools:
            tool.setToolButtonStyle(style)
        named = event.size().width() >= NARROWEST
        if named != bool(self.places.item(0).text()):
            self._set_names_shown(named=named)
            self.brand.setVisible(named)


def _tool(text: str, icon: str, tip: str) -> QToolButton:
    tool_button = QToolButton()
    tool_button.setText(text)
    tool_button.setIcon(theme.icon(icon))
    tool_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    tool_button.setToolTip(tip)
    return tool_button


def place_number(name: str) -> int:
    """Return the row of a page in the navigation list, by its name."""
    return [place for place, _ in PLACES].index(name)


def _menu_text(kind: Kind) -> str:
    """Return a kind's menu text, with its letter as the mnemonic (&): within the name, or in brackets after it."""
    words = tr(kind.label)
    position = words.lower().find(kind.letter)
    return f"{words[:position]}&{words[position:]}" if position >= 0 else f"{words} (&{kind.letter.upper()})"
