"""The list below the search field: commands, places, cases and people that what is typed may mean."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from evidence_app.desktop.design import theme, tokens
from evidence_app.desktop.design.lists.rows import BARE, RowList, RowText
from evidence_app.desktop.design.widgets import label
from evidence_app.desktop.system.language import tr
from evidence_app.domain.text.folding import fold

MAX_ROWS: Final = 7
"""Rows that are shown at once."""
MIN_WIDTH: Final = 380
"""Least width of the list, in pixels."""


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """Something that can be done or gone to: its name, what it is, its icon, the keys that do the same, and the act."""

    name: str
    facts: str
    icon: str
    run: Callable[[], None]
    keys: str = ""

    def fits(self, words: Iterable[str]) -> bool:
        """Return whether each of these folded words begins a word of the name."""
        parts = _words(self.name)
        return all(any(part.startswith(word) for part in parts) for word in words)


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in fold(text).text.casefold()).split()


class Palette(QWidget):
    """List below a search field, which keeps the focus: Down and Up choose, Enter does it, Escape closes the list.

    Nothing is chosen until an arrow key is pressed: who types a word and presses Enter searches the records, as before. `done`: Enter was pressed, and
    the field is not needed any more.
    """

    done = Signal()

    def __init__(self, field: QLineEdit, entries: Callable[[], list[PaletteEntry]], frame: QWidget) -> None:
        super().__init__(frame)
        self._field, self._entries, self._frame = field, entries, frame
        self._shown: list[PaletteEntry] = []
        self.items = RowList(tr("Commands, cases and people"))
        self.items.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.items.setFrameShape(RowList.Shape.NoFrame)
        self.items.itemClicked.connect(lambda _: self._run())
        parts = QVBoxLayout(self)
        parts.setContentsMargins(tokens.SPACE_XS, tokens.SPACE_XS, tokens.SPACE_XS, tokens.SPACE_XS)
        parts.addWidget(self.items)
        self.hint = label(
            tr("Down chooses, Enter does it; Enter alone goes to the records that were found"), "caption", wrap=False
        )
        self.hint.setContentsMargins(tokens.SPACE_M, 0, 0, tokens.SPACE_XS)
        parts.addWidget(self.hint)
        field.textChanged.connect(lambda _: self._fill())
        field.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show everything that can be done, with the cursor in the field."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        self._fill(everything=True)

    def refresh(self) -> None:
        """Fill the list again, because there are other cases or people, if it is open."""
        if self.isVisible():
            self._fill(everything=not self._field.text().strip())

    def _fill(self, *, everything: bool = False) -> None:
        words = _words(self._field.text())
        wanted = (bool(words) or everything) and self._field.hasFocus()
        self._shown = [each for each in self._entries() if each.fits(words)] if wanted else []
        self.items.clear()
        for each in self._shown:
            self.items.add_row(RowText(title=each.name, facts=each.facts, icon=each.icon, chip=each.keys, tone=BARE))
        self.items.setCurrentRow(-1)
        self.setVisible(bool(self._shown))
        if self._shown:
            self._place()

    def _place(self) -> None:
        """Put the list below its field, as high as its rows."""
        frame = self._frame
        below = self._field.mapTo(frame, QPoint(0, self._field.height() + 2))
        height = self.items.sizeHintForRow(0) * min(MAX_ROWS, len(self._shown)) + 3 * tokens.SPACE_XS + 2
        height += self.hint.sizeHint().height() + tokens.SPACE_S
        room = frame.height() - below.y() - tokens.SPACE_M
        width = max(MIN_WIDTH, self._field.width())
        self.setGeometry(below.x(), below.y(), min(width, frame.width() - below.x()), min(height, room))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that choose while the field has the focus, and close when it loses it."""
        if event.type() == QEvent.Type.FocusOut:
            # A click on a row takes the focus from the field first: the row is still there to be clicked.
            QTimer.singleShot(200, self, self._close_unless_used)
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.isVisible() and event.key() == Qt.Key.Key_Escape:
                # Escape closes the list first; only then it clears the field, by a shortcut of its own.
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.isVisible():
            return self._take_key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _close_unless_used(self) -> None:
        if not self._field.hasFocus():
            self.hide()

    def _take_key(self, key: Qt.Key) -> bool:
        row = self.items.currentRow()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            row = min(max(0, row + step), len(self._shown) - 1)
            self.items.setCurrentRow(row)
            # The focus stays in the field: a screen reader hears the row as its description.
            self._field.setAccessibleDescription(f"{self._shown[row].name}. {self._shown[row].facts}")
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if row >= 0:
                self._run()
            else:
                self.hide()
                self.done.emit()
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return not self._field.text()
        return False

    def _run(self) -> None:
        row = self.items.currentRow()
        if 0 <= row < len(self._shown):
            chosen = self._shown[row]
            self.hide()
            self._field.clear()
            self._field.setAccessibleDescription("")
            chosen.run()
            self.done.emit()

    def wipe(self) -> None:
        """Forget the rows, which may name people, because the store is being locked."""
        self._shown = []
        self.items.clear()
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground and the edge in the tokens of the theme."""
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.line), tokens.EDGE))
        painter.setBrush(QColor(colours.paper))
        painter.drawRoundedRect(
            self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), tokens.CARD_RADIUS, tokens.CARD_RADIUS
        )
        painter.end()
