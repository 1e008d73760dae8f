"""Widgets beside one another that go on in a new line where there is no room: at 300 % and in narrow windows nothing is cut off."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget

GAP: Final = 6
GROWS: Final = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding


class FlowLayout(QLayout):
    """Lines of widgets. What may grow, and stretches, share what room a line has left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def add_stretch(self) -> None:
        """Add room that pushes what follows to the right."""
        self.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))

    def addItem(self, item: QLayoutItem) -> None:
        """Add what Qt hands over."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Say that it needs no more height than its lines."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Say that narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the lines are in so much room."""
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        heights = [max((_size(item).height() for item in line), default=0) for line in lines]
        return sum(heights) + GAP * max(0, len(heights) - 1) + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        """Return the room for one line."""
        return self._with_margins(
            QSize(
                sum(_size(item).width() for item in self._shown()) + GAP * max(0, len(self._shown()) - 1),
                max((_size(item).height() for item in self._shown()), default=0),
            )
        )

    def minimumSize(self) -> QSize:
        """Return the room for the widest of them alone."""
        least = QSize(0, 0)
        for item in self._shown():
            least = least.expandedTo(QSize(item.minimumSize().width(), _size(item).height()))
        return self._with_margins(least)

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        """Put every widget in its place."""
        super().setGeometry(rect)
        margins = self.contentsMargins()
        room = rect.adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom())
        top = room.top()
        for line in self._lines(room.width()):
            height = max((_size(item).height() for item in line), default=0)
            self._put(line, QRect(room.left(), top, room.width(), height))
            top += height + GAP

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty() or item.spacerItem() is not None]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._shown():
            needed = _size(item).width()
            if lines[-1] and used + GAP + needed > width:
                lines.append([])
                used = 0
            used += needed + (GAP if lines[-1] else 0)
            lines[-1].append(item)
        return lines

    def _put(self, line: list[QLayoutItem], room: QRect) -> None:
        widths = [min(_size(item).width(), room.width()) for item in line]
        growing = [place for place, item in enumerate(line) if _grows(item)]
        spare = room.width() - sum(widths) - GAP * max(0, len(line) - 1)
        for nth, place in enumerate(growing):
            share = max(0, spare) // (len(growing) - nth)
            widths[place] += share
            spare -= share
        left = room.left()
        for item, width in zip(line, widths, strict=True):
            height = min(room.height(), _size(item).height())
            item.setGeometry(QRect(QPoint(left, room.top() + (room.height() - height) // 2), QSize(width, height)))
            left += width + GAP


def _grows(item: QLayoutItem) -> bool:
    if item.spacerItem() is not None:
        return True
    widget = item.widget()
    return widget is not None and widget.sizePolicy().horizontalPolicy() in GROWS


def _size(item: QLayoutItem) -> QSize:
    """Return the room that an item wants."""
    return item.sizeHint().expandedTo(item.minimumSize())
