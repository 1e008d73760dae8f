"""Small widgets that several places use."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QCompleter,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from evidence_app.desktop.design import theme
from evidence_app.desktop.design.flow_layout import FlowLayout


class Button(QPushButton):
    """A button that Enter presses as well as the space bar, in a dialog or not."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.isEnabled():
            self.click()
        else:
            super().keyPressEvent(event)


class Choices(QComboBox):
    """A list of words to choose from. Scrolling past it changes nothing, and typing never turns into another word."""

    def __init__(self, words: Sequence[str] = (), *, editable: bool = False, name: str = "") -> None:
        super().__init__()
        self.addItems(list(words))
        self.setEditable(editable)
        self.setAccessibleName(name)
        completer = self.completer()
        if editable and completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw its edge as that of other fields is drawn: the style's own cannot be seen on black."""
        super().paintEvent(event)
        line = self.lineEdit()
        focused = self.hasFocus() or (line is not None and line.hasFocus())
        now = theme.colours()
        painter = QPainter(self)
        painter.setPen(QPen(QColor(now.accent if focused else now.line), 2 if focused else 1))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 3, 3)
        painter.end()


def label(text: str, role: str = "", *, wrap: bool = True) -> QLabel:
    """Return a text. `role` is one of the roles in the theme."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def button(text: str, action: Callable[[], None], *, main: bool = False, flat: bool = False) -> QPushButton:
    """Return a button; `main` is the one to press next."""
    made = Button(text)
    made.setAutoDefault(main)
    made.setDefault(main)
    if main:
        made.setProperty("main", "true")
    if flat:
        made.setProperty("flat", "true")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda _checked=False: action())
    return made


def focus_back(to: QWidget) -> None:
    """Give the focus to a control when what it began has ended, unless somebody has gone on elsewhere.

    A control that is disabled loses the focus to whatever comes next, which is often the list of places.
    """
    now = QApplication.focusWidget()
    if to.isVisible() and to.isEnabled() and (now is None or now.objectName() == "places" or not now.isVisible()):
        to.setFocus()


def turn(start: QWidget, stop: QWidget, *, working: bool) -> None:
    """Enable what stops some work while it is under way, and else what starts it; the focus goes from one to the other."""
    before, after = (start, stop) if working else (stop, start)
    had_focus = before.hasFocus()
    after.setEnabled(True)
    if had_focus:
        after.setFocus()
    before.setEnabled(False)


def focus_inside(page: QWidget) -> None:
    """Give the focus to what had it last in a page, or else to its first control."""
    last: QWidget | None = page.focusWidget()
    if last and last.isVisible() and last.isEnabled():
        last.setFocus(Qt.FocusReason.TabFocusReason)
    else:
        focus_first(page)


def focus_first(page: QWidget) -> None:
    """Give the focus to the first control of a page that Tab reaches; where there is none yet, take it off whatever has it."""
    each = page.nextInFocusChain()
    while each is not None and each is not page:
        if (
            page.isAncestorOf(each)
            and each.isVisible()
            and each.isEnabled()
            and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            each.setFocus(Qt.FocusReason.TabFocusReason)
            return
        each = each.nextInFocusChain()
    now = QApplication.focusWidget()
    if now is not None:
        now.clearFocus()


def row(*parts: QWidget | None) -> QWidget:
    """Return widgets beside one another, in more lines where there is no room; None stretches."""
    made = QWidget()
    layout = FlowLayout(made)
    for part in parts:
        if part is None:
            layout.add_stretch()
        else:
            layout.addWidget(part)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def column(*parts: QWidget | None, margin: int = 0) -> QWidget:
    """Return widgets below one another; None stretches."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(margin, margin, margin, margin)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        else:
            layout.addWidget(part)
    return made


def scrolling(page: QWidget) -> QScrollArea:
    """Return a page that scrolls where the window is too small for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


class Message(QLabel):
    """A line that says what went wrong or well; screen readers are told when it changes."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    def say(self, text: str, role: str = "soft") -> None:
        """Show a text; `role` is soft, done, warning or fault."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setVisible(bool(text))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def fault(self, text: str) -> None:
        """Show what went wrong."""
        self.say(text, "fault")

    def done(self, text: str) -> None:
        """Show that something was done; the mark says so without colour."""
        self.say(f"✓ {text}", "done")
