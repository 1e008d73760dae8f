"""Flow layout: widgets in a row that wraps, so that nothing is cut off in narrow windows and at 300 % text size."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget

GAP: Final = 6
"""Pixels between two items of a line, and between two lines."""
GROWS: Final = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding
"""Horizontal size policies of widgets that share the spare width of their line."""


class FlowLayout(QLayout):
    """Layout of wrapping lines. Stretches and growing widgets share the spare width of their line equally."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        # Heights by width. Qt asks for the same one a dozen times while a page is laid out.
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def add_stretch(self) -> None:
        """Add a stretch, which pushes the following items to the right."""
        self.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))

    def addItem(self, item: QLayoutItem) -> None:
        """Append an item (called by `QLayout.addWidget`)."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return the item at an index, or None, as `QLayout` requires."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return the item at an index, or None."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return that spare width is used, and spare height is not."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Return that the height depends on the width: a narrower layout has more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at a width, both in pixels and with the margins."""
        if width not in self._heights:
            self._heights[width] = self._measured_height(width)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget what was measured: an item came, went, or has another size now."""
        self._heights.clear()
        super().invalidate()

    def _measured_height(self, width: int) -> int:
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        heights = [max((_size(item).height() for item in line), default=0) for line in lines]
        return sum(heights) + GAP * max(0, len(heights) - 1) + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        """Return the preferred size: all items in one line."""
        return self._with_margins(
            QSize(
                sum(_size(item).width() for item in self._shown()) + GAP * max(0, len(self._shown()) - 1),
                max((_size(item).height() for item in self._shown()), default=0),
            )
        )

    def minimumSize(self) -> QSize:
        """Return the smallest size: a line for each item, as wide as the widest."""
        least = QSize(0, 0)
        for item in self._shown():
            least = least.expandedTo(QSize(item.minimumSize().width(), _size(item).height()))
        return self._with_margins(least)

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        """Place every item inside a rectangle."""
        super().setGeometry(rect)
        margins = self.contentsMargins()
        area = rect.adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom())
        top = area.top()
        for line in self._lines(area.width()):
            height = max((_size(item).height() for item in line), default=0)
            self._put(line, QRect(area.left(), top, area.width(), height))
            top += height + GAP

    def _shown(self) -> list[QLayoutItem]:
        # isEmpty is true for hidden widgets, and for every spacer as well: spacers are kept.
        return [item for item in self._items if not item.isEmpty() or item.spacerItem() is not None]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """Break the visible items into lines, greedily. An item wider than the width gets a line to itself."""
        lines: list[list[QLayoutItem]] = [[]]
        used_width = 0
        for item in self._shown():
            needed_width = _size(item).width()
            if lines[-1] and used_width + GAP + needed_width > width:
                lines.append([])
                used_width = 0
            used_width += needed_width + (GAP if lines[-1] else 0)
            lines[-1].append(item)
        return lines

    def _put(self, line: list[QLayoutItem], area: QRect) -> None:
        """Place the items of one line in its area, from the left, and centred vertically."""
        widths = [min(_size(item).width(), area.width()) for item in line]
        growing = [index for index, item in enumerate(line) if _grows(item)]
        spare = area.width() - sum(widths) - GAP * max(0, len(line) - 1)
        # Dividing what is left by the number of items still to serve gives every pixel away, despite integer division.
        for served, index in enumerate(growing):
            share = max(0, spare) // (len(growing) - served)
            widths[index] += share
            spare -= share
        left = area.left()
        for item, width in zip(line, widths, strict=True):
            height = min(area.height(), _size(item).height())
            item.setGeometry(QRect(QPoint(left, area.top() + (area.height() - height) // 2), QSize(width, height)))
            left += width + GAP


def _grows(item: QLayoutItem) -> bool:
    if item.spacerItem() is not None:
        return True
    widget = item.widget()
    return widget is not None and widget.sizePolicy().horizontalPolicy() in GROWS


def _size(item: QLayoutItem) -> QSize:
    """Return the preferred size of an item, but never less than its minimum."""
    return item.sizeHint().expandedTo(item.minimumSize())
