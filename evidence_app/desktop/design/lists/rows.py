"""Lists of two-line rows: an icon, what it is about, a line of facts, and at the right a chip that says how it stands."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from evidence_app.desktop.design import theme, tokens

ROW: Final = Qt.ItemDataRole.UserRole + 20
"""Item role with the `RowText`."""
TITLE_LINES: Final = 2
"""Most lines of a row's title; what is longer ends in dots, and the tool tip has all of it."""
ICON: Final = 18
BESIDE_ICON: Final = 14
ABOVE: Final = 9
"""Side of the icon beside text of the usual size, and pixels between it and the text, and above and below."""
BETWEEN: Final = 3
"""Pixels between the title and the facts."""
GROUP_ABOVE: Final = 14
"""Pixels above the name of a group."""
MIN_TITLE: Final = 140
"""Least width of a title beside a chip, in pixels."""
AT_A_TIME: Final = 40
"""Rows that are laid out at a time, so that a long list does not block the window."""
BARE: Final = "bare"
"""The tone of words at the right that are no state, such as a date: they have no ground."""
TONES: Final = {
    BARE: ("soft", ""),
    "plain": ("soft", "sunken"),
    "attention": ("warning", "warning_ground"),
    "fault": ("fault", "fault_ground"),
    "settled": ("settled", "settled_ground"),
}
"""The colours of a chip's words and ground, by what they mean."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RowText:
    """What a row says. `tone` is a key of `TONES`, for the chip; `group` names the group that begins with this row."""

    title: str
    facts: str = ""
    chip: str = ""
    tone: str = "plain"
    icon: str = ""
    group: str = ""

    def in_words(self) -> str:
        """Return the whole row as text, for copying and for screen readers."""
        return "\n".join(part for part in (self.title, self.facts, self.chip) if part)


class RowList(QListWidget):
    """List of rows. Screen readers get each row as a sentence; a tool tip has the words that do not fit."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(RowDelegate(self))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setLayoutMode(QListWidget.LayoutMode.Batched)
        self.setBatchSize(AT_A_TIME)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add_row(self, text: RowText) -> QListWidgetItem:
        """Append a row, and return its item."""
        item = QListWidgetItem(text.in_words())
        item.setData(ROW, text)
        item.setToolTip(text.title)
        spoken = ". ".join(part.rstrip(".") for part in (text.group, text.title, text.facts, text.chip) if part)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        self.addItem(item)
        return item

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out again: their height follows from the width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class RowDelegate(QStyledItemDelegate):
    """Paints a row, in the tokens of the theme."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row at the list's width, in pixels."""
        parent = self.parent()
        width = parent.viewport().width() if isinstance(parent, QListWidget) else 400
        text = index.data(ROW)
        if not isinstance(text, RowText):
            return super().sizeHint(option, index)
        title, facts = _fonts(option.font)
        height = 2 * ABOVE + len(_title_lines(text, title, width)) * QFontMetrics(title).lineSpacing()
        if text.facts or not _is_beside(text, title, width):
            height += BETWEEN + QFontMetrics(facts).lineSpacing()
        height += GROUP_ABOVE + QFontMetrics(facts).lineSpacing() if text.group else 0
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row: the name of its group, the icon, the title, the facts and the chip."""
        text = index.data(ROW)
        if not isinstance(text, RowText):
            super().paint(painter, option, index)
            return
        colours = theme.colours()
        title, facts = _fonts(option.font)
        left = _left(title)
        area = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if text.group:
            painter.setFont(title)
            painter.setPen(QColor(colours.soft))
            height = QFontMetrics(facts).lineSpacing()
            painter.drawText(QPointF(area.left() + tokens.SPACE_M, area.top() + GROUP_ABOVE + height - 4), text.group)
            area.setTop(area.top() + GROUP_ABOVE + height)
        ground = QStyleOptionViewItem(option)
        ground.rect = area
        style = QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, ground, painter, None)
        if text.icon:
            theme.icon(text.icon, "soft").paint(
                painter, QRect(area.left() + tokens.SPACE_M, area.top() + ABOVE, _icon_side(title), _icon_side(title))
            )
        top = float(area.top() + ABOVE)
        beside = _is_beside(text, title, option.rect.width())
        metrics = QFontMetrics(title)
        painter.setFont(title)
        painter.setPen(QColor(colours.ink))
        for line in _title_lines(text, title, option.rect.width()):
            painter.drawText(QPointF(area.left() + left, top + metrics.ascent()), line)
            top += metrics.lineSpacing()
        if text.facts:
            small = QFontMetrics(facts)
            painter.setFont(facts)
            painter.setPen(QColor(colours.soft))
            room = area.width() - left - tokens.SPACE_M
            room -= 0 if beside else _chip_width(text.chip, facts) + tokens.SPACE_S
            fitting = small.elidedText(text.facts, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(area.left() + left, top + BETWEEN + small.ascent()), fitting)
        if text.chip:
            # Where it would leave no room for the title it stands on the line of facts.
            height = area.top() + ABOVE - 1 if beside else round(top) + BETWEEN - 2
            draw_chip(painter, text.chip, text.tone, facts, area.right() - tokens.SPACE_M, height)
        if not option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colours.hair))
            painter.drawLine(area.left() + left, area.bottom(), area.right(), area.bottom())
        painter.restore()


def draw_chip(painter: QPainter, words: str, tone: str, font: QFont, right: int, top: int) -> None:
    """Draw a chip whose right and upper edges are given, in pixels."""
    colours = theme.colours()
    ink, ground = TONES[tone]
    metrics = QFontMetrics(font)
    width, height = _chip_width(words, font), metrics.height() + 4
    area = QRectF(right - width, top, width, height)
    if ground:
        painter.setPen(QColor(getattr(colours, ink)) if colours.paper == "#000000" else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(colours, ground)))
        painter.drawRoundedRect(area, height / 2, height / 2)
    painter.setPen(QColor(getattr(colours, ink)))
    painter.setFont(font)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)


def row_height(font: QFont) -> int:
    """Return the height of a row with a title of two lines and facts, in pixels."""
    title, facts = _fonts(font)
    return 2 * ABOVE + TITLE_LINES * QFontMetrics(title).lineSpacing() + BETWEEN + QFontMetrics(facts).lineSpacing()


def _chip_width(words: str, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(words) + 18


def _fonts(base: QFont) -> tuple[QFont, QFont]:
    """Return the faces of the title and of the facts."""
    title, facts = QFont(base), QFont(base)
    title.setWeight(QFont.Weight.DemiBold)
    facts.setPointSizeF(base.pointSizeF() * 0.95)
    return title, facts


def _icon_side(title: QFont) -> int:
    return tokens.icon_side(ICON, QFontMetrics(title).height())


def _left(title: QFont) -> int:
    """Return the pixels from the left edge of a row to its text."""
    return tokens.SPACE_M + _icon_side(title) + BESIDE_ICON


def _is_beside(text: RowText, font: QFont, width: int) -> bool:
    """Return whether the chip stands beside the title, which then still has room."""
    return not text.chip or width - _left(font) - 2 * tokens.SPACE_M - _chip_width(text.chip, font) >= MIN_TITLE


def _title_lines(text: RowText, font: QFont, width: int) -> list[str]:
    """Return the title in lines that fit beside the chip, the last with dots where there is more."""
    room = width - _left(font) - tokens.SPACE_M
    if text.chip and _is_beside(text, font, width):
        room -= _chip_width(text.chip, font) + tokens.SPACE_M
    room = max(40, room)
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text.title) <= room:
        return [text.title]
    layout = QTextLayout(text.title, font)
    options = QTextOption()
    options.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(options)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < TITLE_LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(room)
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(text.title)]
    lines = [text.title[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    return [*lines[:-1], metrics.elidedText(lines[-1], Qt.TextElideMode.ElideRight, room)]
