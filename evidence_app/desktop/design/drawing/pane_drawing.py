"""How the style draws what controls stand in and beside: rows, menus, tabs, headings, bars."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOption, QWidget

from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.drawing.shapes import (
    State,
    has,
    rounded_box,
)
from evidence_app.desktop.design.tokens import Colours


def draw_item(colours: Colours, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw the ground of a row: its selection lies behind the ink, with a bar at the left edge of the list, so that it is not told by colour alone."""
    selected, hovered = has(option, State.State_Selected), has(option, State.State_MouseOver)
    if widget is not None and widget.objectName() == "places":
        inner = option.rect.adjusted(tokens.SPACE_S, 1, -tokens.SPACE_S, -1)
        if selected:
            rounded_box(painter, inner, colours.paper, colours.hair, tokens.EDGE, tokens.RADIUS)
            painter.fillRect(QRect(inner.left() + 1, inner.top() + 7, 3, inner.height() - 14), QColor(colours.accent))
        elif hovered:
            rounded_box(painter, inner, None, colours.hair, tokens.EDGE, tokens.RADIUS)
        if has(option, State.State_HasFocus):
            rounded_box(painter, inner, None, colours.accent, tokens.FOCUS_EDGE, tokens.RADIUS)
        return
    background = getattr(option, "backgroundBrush", None)
    if isinstance(background, QBrush) and background.style() is not Qt.BrushStyle.NoBrush:
        painter.fillRect(option.rect, background)
    if selected:
        painter.fillRect(option.rect, QColor(colours.selection))
    elif hovered:
        painter.fillRect(option.rect, QColor(colours.sunken))
    position = getattr(option, "viewItemPosition", None)
    is_first = position is None or getattr(position, "name", "") in {"Invalid", "Beginning", "OnlyOne"}
    if selected and is_first:
        painter.fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), QColor(colours.accent))
    if has(option, State.State_HasFocus):
        rounded_box(painter, option.rect, None, colours.accent, tokens.FOCUS_EDGE, tokens.RADIUS / 2)


def draw_menu(colours: Colours, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw the ground of a menu."""
    painter.fillRect(option.rect, QColor(colours.paper))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5))


def draw_group(colours: Colours, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw the edge round a group."""
    rounded_box(painter, option.rect, None, colours.hair, tokens.EDGE, tokens.CARD_RADIUS)


def draw_scroll_bar(colours: Colours, option: QStyleOption, slider: QRect, painter: QPainter) -> None:
    """Draw a scroll bar: its slider stands out from its ground at least 3 : 1 in every theme."""
    painter.fillRect(option.rect, QColor(colours.ground))
    if not has(option, State.State_Enabled) or slider.isEmpty():
        return
    inner = (
        QRectF(slider).adjusted(3, 2, -3, -2)
        if slider.height() > slider.width()
        else QRectF(slider).adjusted(2, 3, -2, -3)
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.soft if has(option, State.State_MouseOver) else colours.line))
    painter.drawRoundedRect(inner, 3, 3)


def draw_groove(colours: Colours, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw what the bar of a progress runs in."""
    rounded_box(
        painter, option.rect, colours.sunken, colours.line, tokens.EDGE, min(tokens.RADIUS, option.rect.height() / 2)
    )


def draw_progress(colours: Colours, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw how far a progress is."""
    least, most, value = (getattr(option, name, 0) for name in ("minimum", "maximum", "progress"))
    area = QRectF(option.rect).adjusted(2, 2, -2, -2)
    radius = min(tokens.RADIUS - 2, area.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.accent))
    if most <= least:
        # How far it is nobody knows: a bar in the middle says that something is done.
        area = area.adjusted(area.width() / 3, 0, -area.width() / 3, 0)
        painter.drawRoundedRect(area, radius, radius)
    elif value > least:
        area.setWidth(max(2 * radius, area.width() * (value - least) / (most - least)))
        painter.drawRoundedRect(area, radius, radius)


def draw_header(colours: Colours, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw the ground of a column heading."""
    painter.fillRect(option.rect, QColor(colours.ground))
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), QColor(colours.hair))


def draw_tab(colours: Colours, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw a tab: the chosen one with a thick line below."""
    selected = has(option, State.State_Selected)
    height = 3 if selected else 1
    line = QRect(option.rect.left(), option.rect.bottom() + 1 - height, option.rect.width(), height)
    painter.fillRect(line, QColor(colours.accent if selected else colours.hair))
    if has(option, State.State_MouseOver) and not selected:
        painter.fillRect(option.rect.adjusted(0, 0, 0, -1), QColor(colours.sunken))
    if selected and widget is not None and widget.hasFocus():
        rounded_box(painter, option.rect, None, colours.accent, tokens.FOCUS_EDGE, tokens.RADIUS)


def draw_splitter(colours: Colours, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw three dots where two panes can be moved against each other."""
    centre = option.rect.center()
    upright = option.rect.height() > option.rect.width()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.line))
    for step in (-8, 0, 8):
        point = QPointF(centre.x(), centre.y() + step) if upright else QPointF(centre.x() + step, centre.y())
        painter.drawEllipse(point, 1.4, 1.4)
