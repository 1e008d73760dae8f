"""Small widgets and layout helpers, shared by the pages."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QCompleter,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStatusBar,
    QVBoxLayout,
    QWidget,
)

from evidence_app.desktop.design.flow_layout import FlowLayout
from evidence_app.desktop.system.language import tr


class Button(QPushButton):
    """Button that Enter presses as well as the space bar, also outside dialogs."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Click on Return and Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.isEnabled():
            self.click()
        else:
            super().keyPressEvent(event)


class Choices(QComboBox):
    """Combo box that ignores the mouse wheel. An editable one completes in a popup and never replaces typed text."""

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
        """Ignore the wheel, so that the page scrolls instead of the choice changing."""
        event.ignore()


class WordChoices(Choices):
    """Choices among words of the program: each is shown in the language of the window, and is a value in English."""

    def __init__(self, words: Sequence[str], name: str) -> None:
        super().__init__(name=name)
        for word in words:
            self.addItem(tr(word), word)

    def value(self) -> str:
        """Return the chosen word, in English."""
        return str(self.currentData())

    def choose(self, word: str) -> None:
        """Choose a word by its English; of any other the first."""
        self.setCurrentIndex(max(0, self.findData(word)))


def label(text: str, role: str = "", *, wrap: bool = True) -> QLabel:
    """Return a plain-text label. `role` is a role in the style sheet, such as title, heading, soft or warning."""
    widget = QLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setWordWrap(wrap)
    if role:
        widget.setProperty("role", role)
    return widget


class WholeText(QLabel):
    """A label of several lines that is never squeezed: what lays it out knows how high its text is at its width."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", role)

    def setText(self, text: str) -> None:
        """Show a text, and ask for its height."""
        super().setText(text)
        self._ask_for_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height of the text at the new width."""
        super().resizeEvent(event)
        self._ask_for_height()

    def _ask_for_height(self) -> None:
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())) if self.text() else 0)


def button(text: str, action: Callable[[], None], *, main: bool = False, flat: bool = False) -> QPushButton:
    """Return a button. `main` marks the default button of a page, `flat` one that looks like a link."""
    widget = Button(text)
    widget.setAutoDefault(main)
    widget.setDefault(main)
    if main:
        widget.setProperty("main", "true")
    if flat:
        widget.setProperty("link", "true")
        widget.setCursor(Qt.CursorShape.PointingHandCursor)
    widget.clicked.connect(lambda _checked=False: action())
    return widget


def focus_back(to: QWidget) -> None:
    """Return the focus to a control when the work that it started has ended, unless the user moved the focus meanwhile.

    Qt moves the focus off a disabled control to the next one, often the navigation list or the status bar: focus there counts as not moved.
    """
    focused = QApplication.focusWidget()
    if (
        to.isVisible()
        and to.isEnabled()
        and (focused is None or focused.objectName() == "places" or not focused.isVisible() or _is_in_status(focused))
    ):
        to.setFocus()


def _is_in_status(widget: QWidget) -> bool:
    """Return whether a control is in the status bar, where nobody goes in the middle of work."""
    above: QWidget | None = widget
    while above is not None and not isinstance(above, QStatusBar):
        above = above.parentWidget()
    return above is not None


def turn(start: QWidget, stop: QWidget, *, working: bool) -> None:
    """Enable `stop` while work is running, otherwise `start`; the focus moves from one to the other."""
    to_disable, to_enable = (start, stop) if working else (stop, start)
    had_focus = to_disable.hasFocus()
    # Enabled first: a disabled widget cannot take the focus.
    to_enable.setEnabled(True)
    if had_focus:
        to_enable.setFocus()
    to_disable.setEnabled(False)


def focus_inside(page: QWidget) -> None:
    """Focus the control that had the focus last in a page, or else its first control."""
    last: QWidget | None = page.focusWidget()
    if last and last.isVisible() and last.isEnabled():
        last.setFocus(Qt.FocusReason.TabFocusReason)
    else:
        focus_first(page)


def focus_first(page: QWidget) -> None:
    """Focus the first control of a page that Tab reaches; if there is none, clear the focus."""
    widget = page.nextInFocusChain()
    while widget is not None and widget is not page:
        if (
            page.isAncestorOf(widget)
            and widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return
        widget = widget.nextInFocusChain()
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()


def row(*parts: QWidget | None) -> QWidget:
    """Return a row of widgets that wraps where it does not fit; None adds a stretch."""
    widget = QWidget()
    layout = FlowLayout(widget)
    for part in parts:
        if part is None:
            layout.add_stretch()
        else:
            layout.addWidget(part)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
    return widget


def column(*parts: QWidget | None, margin: int = 0) -> QWidget:
    """Return a column of widgets; None adds a stretch. `margin` is in pixels."""
    widget = QWidget()
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(margin, margin, margin, margin)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        else:
            layout.addWidget(part)
    return widget


def scrolling(page: QWidget) -> QScrollArea:
    """Wrap a page in a scroll area."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


class Message(QLabel):
    """Status line of a page; it notifies screen readers when it changes. Its line is kept free while it is empty, so that nothing moves."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setMinimumHeight(self.fontMetrics().lineSpacing())
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    def say(self, text: str, role: str = "soft") -> None:
        """Show a text; `role` is soft, done, warning or fault. An empty text hides the line."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setProperty("role", role)
        # The style dresses a label by its role when it is polished.
        self.style().polish(self)
        self.setVisible(bool(text))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def give_way(self) -> None:
        """Keep no line free: where a page has little room, and nothing to click lies below."""
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(False)
        self.setSizePolicy(policy)

    def fault(self, text: str) -> None:
        """Show an error."""
        self.say(text, "fault")

    def done(self, text: str) -> None:
        """Show a success, with a tick mark, so that colour is not needed to recognise it."""
        self.say(f"✓ {text}", "done")
