"""The frame inside an open store: the list of places, the bar with the search field, and room for one page."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
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

from evidence_app.desktop.design import theme
from evidence_app.desktop.system.language import tr
from evidence_app.domain.record.fields import Holder, Kind
from evidence_app.domain.record.kinds import kinds_of

PLACES: Final = (
    ("Home", "home"),
    ("Members", "user-check"),
    ("Timeline", "history"),
    ("Threads", "ladder"),
    ("Cases and people", "users"),
    ("Workload", "chart-line"),
    ("Drafts", "pencil"),
    ("Bundles", "download"),
    ("Check", "shield-check"),
    ("Safekeeping", "archive"),
    ("Settings", "sliders"),
)
HELD_BY: Final = {"Members": Holder.REP, "Workload": Holder.OFFICER}
"""The places that only one holder of a store has."""
TOOL_ICONS: Final = ("plus", "inbox", "lock", "help")
NARROW: Final = 900
NARROWEST: Final = 680
"""Below it the places are told by their icons and tips."""


class NavigationFrame(QWidget):
    """Places left, search and buttons above, one page in the middle."""

    import_asked = Signal()
    lock_asked = Signal()
    help_asked = Signal()

    def __init__(self, begin: Callable[[Kind], None]) -> None:
        super().__init__()
        self._begin = begin
        self.places = QListWidget()
        self.places.setObjectName("places")
        self.places.setAccessibleName(tr("Places"))
        self.places.setIconSize(QSize(18, 18))
        for name, icon in PLACES:
            item = QListWidgetItem(theme.icon(icon), "")
            item.setSizeHint(QSize(0, self.fontMetrics().height() + 18))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, tr(name))
            self.places.addItem(item)
        self._name_places(named=True)
        self.place = QStackedWidget()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search all records (Ctrl+K)"))
        self.search.setAccessibleName(tr("Search all records"))
        self.search.setClearButtonEnabled(True)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.search)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self.search.clear)
        self.new = _tool(tr("New…"), "plus", tr("New record (Ctrl+N, then a letter)"))
        self.new.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.show_for(Holder.OFFICER)
        self._arrange()

    def _arrange(self) -> None:
        bring = _tool(tr("Bring in mail…"), "inbox", tr("Messages, receipts and replies, as files (Ctrl+I)"))
        bring.clicked.connect(lambda: self.import_asked.emit())
        lock = _tool(tr("Lock"), "lock", tr("Lock (Ctrl+L)"))
        lock.clicked.connect(lambda: self.lock_asked.emit())
        bar = QWidget()
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(12, 10, 12, 4)
        layout.addWidget(self.search, 1)
        guide = _tool(tr("Help"), "help", tr("Help (F1)"))
        guide.clicked.connect(lambda: self.help_asked.emit())
        self._tools = (self.new, bring, lock, guide)
        for each in self._tools:
            layout.addWidget(each)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(bar)
        right.addWidget(self.place, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.places)
        whole.addLayout(right, 1)

    def show_for(self, holder: Holder) -> None:
        """Offer the places and the kinds of record that the holder of the store has."""
        for number, (name, _) in enumerate(PLACES):
            self.places.item(number).setHidden(HELD_BY.get(name, holder) is not holder)
        for number, name in enumerate(self.offered(), start=1):
            self.places.item(place_number(name)).setToolTip(f"{tr(name)} (Ctrl+{number % 10})")
        menu = QMenu(self)
        for kind in kinds_of(holder):
            menu.addAction(_with_letter(kind), lambda kind=kind: self._begin(kind))  # type: ignore[misc]
        before = self.new.menu()
        self.new.setMenu(menu)
        if before is not None:
            before.deleteLater()

    def offered(self) -> list[str]:
        """Return the places that are offered, in the order of their keys."""
        return [name for number, (name, _) in enumerate(PLACES) if not self.places.item(number).isHidden()]

    def show_icons(self) -> None:
        """Draw the icons in the colours in force."""
        for number, (_, icon) in enumerate(PLACES):
            self.places.item(number).setIcon(theme.icon(icon))
        for tool, icon in zip(self._tools, TOOL_ICONS, strict=True):
            tool.setIcon(theme.icon(icon))

    def _name_places(self, *, named: bool) -> None:
        widest = max(self.fontMetrics().horizontalAdvance(tr(name)) for name, _ in PLACES)
        self.places.setFixedWidth(widest + 18 + 58 if named else 18 + 40)
        for number, (name, _) in enumerate(PLACES):
            self.places.item(number).setText(tr(name) if named else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words of the buttons to their tips where there is no room for them."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for each in self._tools:
            each.setToolButtonStyle(style)
        named = event.size().width() >= NARROWEST
        if named != bool(self.places.item(0).text()):
            self._name_places(named=named)


def _tool(text: str, icon: str, tip: str) -> QToolButton:
    made = QToolButton()
    made.setText(text)
    made.setIcon(theme.icon(icon))
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setToolTip(tip)
    return made


def place_number(name: str) -> int:
    """Return the number of a place by its name."""
    return [place for place, _ in PLACES].index(name)


def _with_letter(kind: Kind) -> str:
    """Return a kind's name for the menu, with the letter that chooses it underlined or behind it."""
    words = tr(kind.label)
    place = words.lower().find(kind.letter)
    return f"{words[:place]}&{words[place:]}" if place >= 0 else f"{words} (&{kind.letter.upper()})"
