"""Helpers of the style: the state of a control, and the shapes that controls are drawn from."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QStyle, QStyleOption, QWidget

from evidence_app.desktop.design.tokens import Colours

State = QStyle.StateFlag


def has(option: QStyleOption, flag: State) -> bool:
    """Return whether a control is in a state."""
    return bool(option.state & flag)


def is_link(widget: QWidget) -> bool:
    """Return whether a button looks like a link."""
    return bool(widget.property("link") == "true")


def is_main(widget: QWidget | None) -> bool:
    """Return whether a button is the main one of its page."""
    return widget is not None and widget.property("main") == "true"


def is_within_box(widget: QWidget | None) -> bool:
    """Return whether a line to write in is a part of a choice or number."""
    parent = widget.parentWidget() if widget is not None else None
    return isinstance(parent, QComboBox | QAbstractSpinBox)


def has_focus(option: QStyleOption, widget: QWidget | None) -> bool:
    """Return whether a control, or the line to write in that is a part of it, has the focus."""
    if isinstance(widget, QComboBox | QAbstractSpinBox):
        inner = widget.lineEdit() if isinstance(widget, QComboBox) else None
        return widget.hasFocus() or (inner is not None and inner.hasFocus())
    return has(option, State.State_HasFocus)


def text_colour(colours: Colours, option: QStyleOption) -> str:
    """Return the colour of the words of a control."""
    return colours.ink if has(option, State.State_Enabled) else colours.soft


def rounded_box(painter: QPainter, area: QRect, ground: str | None, edge: str, width: float, radius: float) -> None:
    """Draw a rounded box whose edge lies within an area."""
    painter.setBrush(QColor(ground) if ground is not None else QBrush(Qt.BrushStyle.NoBrush))
    painter.setPen(QPen(QColor(edge), width))
    inner = QRectF(area).adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.drawRoundedRect(inner, radius, radius)


def chevron(painter: QPainter, centre: QPointF, colour: str, *, up: bool, size: float = 4.0) -> None:
    """Draw an arrow without a stem; `size` is half its width, in pixels."""
    pen = QPen(QColor(colour), 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    tip = -size / 2 if up else size / 2
    left, right = centre + QPointF(-size, -tip), centre + QPointF(size, -tip)
    painter.drawPolyline(QPolygonF([left, centre + QPointF(0, tip), right]))


def draw_nothing(_colours: Colours, _option: QStyleOption, _painter: QPainter, _widget: QWidget | None) -> None:
    """Draw nothing: what Fusion draws here the window does without."""


def arrow_right(painter: QPainter, centre: QPointF, colour: str, *, size: float = 4.0) -> None:
    """Draw an arrow without a stem that points to the right; `size` is half its height, in pixels."""
    pen = QPen(QColor(colour), 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    tip = size / 2
    up, down = centre + QPointF(-tip, -size), centre + QPointF(-tip, size)
    painter.drawPolyline(QPolygonF([up, centre + QPointF(tip, 0), down]))
