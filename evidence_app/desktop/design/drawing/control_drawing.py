"""How the style draws controls: fields, choices, numbers, buttons and boxes to tick."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QPlainTextEdit,
    QRadioButton,
    QStyleOption,
    QStyleOptionToolButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.drawing.shapes import (
    State,
    chevron,
    has,
    has_focus,
    is_link,
    is_main,
    is_within_box,
    rounded_box,
    text_colour,
)
from evidence_app.desktop.design.tokens import Colours


def draw_field(colours: Colours, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw the ground and edge of a field: of the accent where the mouse is, thicker where the focus is."""
    focused, enabled = has_focus(option, widget), has(option, State.State_Enabled)
    hovered = has(option, State.State_MouseOver) and enabled
    edge = colours.accent if focused or hovered else colours.line if enabled else colours.hair
    width = tokens.FOCUS_EDGE if focused else tokens.EDGE
    rounded_box(painter, option.rect, colours.paper if enabled else colours.ground, edge, width, tokens.RADIUS)


def draw_line_edit(colours: Colours, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw the ground of a line to write in; within a choice or number the box around it is drawn instead."""
    if not is_within_box(widget):
        draw_field(colours, option, painter, widget)


def draw_frame(colours: Colours, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw the edge of a list or a table; a text of several lines looks like any other field."""
    # In a list the row is marked that has the focus: a ring round a whole pane says nothing of where one is.
    focused = (
        isinstance(widget, QAbstractScrollArea) and widget.hasFocus() and not isinstance(widget, QAbstractItemView)
    )
    width = tokens.FOCUS_EDGE if focused else tokens.EDGE
    if isinstance(widget, QPlainTextEdit):
        written_in = not widget.isReadOnly() and widget.isEnabled()
        edge = colours.accent if focused or (written_in and widget.underMouse()) else colours.line
        rounded_box(painter, option.rect, colours.paper if written_in else colours.ground, edge, width, tokens.RADIUS)
        return
    edge = colours.accent if focused else colours.hair
    rounded_box(painter, option.rect, None, edge, width, tokens.RADIUS / 2)


def draw_button(colours: Colours, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw a button by its rank: the main one filled, a usual one with an edge, a flat one as a link."""
    enabled, pressed = has(option, State.State_Enabled), has(option, State.State_Sunken)
    hovered, focused = has(option, State.State_MouseOver) and enabled, has(option, State.State_HasFocus)
    if widget is not None and is_link(widget):
        if focused or hovered:
            rounded_box(
                painter, option.rect, None, colours.accent if focused else colours.hair, tokens.EDGE, tokens.RADIUS
            )
        return
    if is_main(widget) and enabled:
        ground = QColor(colours.accent)
        if hovered or pressed:
            ground = ground.darker(112) if colours.accent_ink == "#ffffff" else ground.lighter(112)
        rounded_box(painter, option.rect, ground.name(), ground.name(), tokens.EDGE, tokens.RADIUS)
        if focused:
            # The ring of the main button stands within it, in the colour of its words.
            inner = option.rect.adjusted(3, 3, -3, -3)
            rounded_box(painter, inner, None, colours.accent_ink, 1.5, tokens.RADIUS - 2)
        return
    ground_name = colours.sunken if pressed or has(option, State.State_On) else colours.paper
    edge = colours.accent if focused or hovered else colours.line if enabled else colours.hair
    width = tokens.FOCUS_EDGE if focused else tokens.EDGE
    rounded_box(painter, option.rect, ground_name if enabled else colours.ground, edge, width, tokens.RADIUS)


def draw_check(colours: Colours, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw a box to tick."""
    on = has(option, State.State_On) or has(option, State.State_NoChange)
    enabled = has(option, State.State_Enabled)
    ground = colours.accent if on and enabled else colours.paper
    focused = has(option, State.State_HasFocus) or (widget is not None and widget.hasFocus() and not _is_list(widget))
    edge = colours.accent if on or focused else colours.line
    side = min(option.rect.width(), option.rect.height())
    box = QRect(option.rect.topLeft(), QSize(side, side))
    rounded_box(painter, box, ground, edge, tokens.FOCUS_EDGE if focused and not on else tokens.EDGE, 4)
    if on:
        pen = QPen(QColor(colours.accent_ink if enabled else colours.soft), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y, unit = box.x(), box.y(), side / 18
        points = [
            QPointF(x + 4.5 * unit, y + 9.5 * unit),
            QPointF(x + 7.8 * unit, y + 12.8 * unit),
            QPointF(x + 13.5 * unit, y + 5.8 * unit),
        ]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))


def _is_list(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractScrollArea)


def draw_radio(colours: Colours, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw a box of which one in a group is ticked."""
    on, focused = has(option, State.State_On), widget is not None and widget.hasFocus()
    side = min(option.rect.width(), option.rect.height())
    rounded_box(
        painter,
        QRect(option.rect.topLeft(), QSize(side, side)),
        colours.paper,
        colours.accent if on or focused else colours.line,
        tokens.FOCUS_EDGE if on or focused else tokens.EDGE,
        side / 2,
    )
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawEllipse(QRectF(option.rect.x() + side / 2 - 4, option.rect.y() + side / 2 - 4, 8, 8))


def draw_focus(colours: Colours, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw the ring of what has no edge of its own: a tab, a link, the words of a box to tick. A list marks its row, a field its edge."""
    if isinstance(widget, QTabBar | QCheckBox | QRadioButton) or (widget is not None and is_link(widget)):
        rounded_box(painter, option.rect, None, colours.accent, tokens.FOCUS_EDGE, tokens.RADIUS)


def draw_tool_label(
    colours: Colours, option: QStyleOptionToolButton, painter: QPainter, widget: QWidget | None
) -> None:
    """Draw icon and words of a tool button, in the middle together and apart from each other."""
    icon, size, words = option.icon, option.iconSize, option.text
    shows_icon = not icon.isNull() and option.toolButtonStyle is not Qt.ToolButtonStyle.ToolButtonTextOnly
    shows_words = bool(words) and option.toolButtonStyle is not Qt.ToolButtonStyle.ToolButtonIconOnly
    width = option.fontMetrics.horizontalAdvance(words) if shows_words else 0
    between = tokens.SPACE_S if shows_icon and shows_words else 0
    left = option.rect.center().x() - (width + between + (size.width() if shows_icon else 0)) // 2
    if shows_icon:
        place = QRect(left, option.rect.center().y() - size.height() // 2 + 1, size.width(), size.height())
        icon.paint(painter, place)
        left += size.width() + between
    if shows_words:
        colour = colours.accent_ink if is_main(widget) else text_colour(colours, option)
        painter.setPen(QColor(colour))
        area = QRect(left, option.rect.top(), width + 4, option.rect.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic
        painter.drawText(area, flags, words)


def draw_down(colours: Colours, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw the arrow of what opens downwards."""
    if isinstance(widget, QToolButton) and widget.popupMode() is QToolButton.ToolButtonPopupMode.InstantPopup:
        return  # A word with dots after it says already that more is asked.
    chevron(painter, QRectF(option.rect).center(), text_colour(colours, option), up=False, size=3.2)


def draw_up(colours: Colours, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw the arrow of what opens upwards."""
    chevron(painter, QRectF(option.rect).center(), text_colour(colours, option), up=True, size=3.2)
