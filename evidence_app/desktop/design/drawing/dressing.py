"""How the style dresses widgets: the font and colour of a label by its role, of a button by its rank."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget

from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.drawing.shapes import is_link, is_main
from evidence_app.desktop.design.tokens import Colours

ROLES: Final[Mapping[str, tuple[float, bool, str]]] = MappingProxyType(
    {
        "title": (tokens.TITLE, True, "ink"),
        "brand": (tokens.LEAD, True, "accent"),
        "heading": (tokens.HEADING, True, "ink"),
        "lead": (tokens.LEAD, False, "ink"),
        "section": (tokens.BODY, True, "soft"),
        "soft": (tokens.BODY, False, "soft"),
        "label": (tokens.BODY, False, "soft"),
        "caption": (tokens.CAPTION, False, "soft"),
        "code": (tokens.CODE, True, "ink"),
        "done": (tokens.BODY, True, "settled"),
        "warning": (tokens.BODY, True, "warning"),
        "fault": (tokens.BODY, True, "fault"),
    }
)
"""For each role of a label its size, whether it is semibold, and its colour."""


def ground(widget: QWidget, colour: str) -> None:
    """Fill a widget with a colour."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor(colour))
    widget.setPalette(palette)
    widget.setAutoFillBackground(True)


def dress_button(colours: Colours, widget: QPushButton | QToolButton) -> None:
    """Give a button the colour of its words, by its rank."""
    if not (is_main(widget) or is_link(widget)):
        return
    palette = widget.palette()
    words = colours.accent_ink if is_main(widget) else colours.accent
    if widget.property("tone") is not None:
        words = colours.warning if widget.property("tone") else colours.soft
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        palette.setColor(group, QPalette.ColorRole.ButtonText, QColor(words))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, QColor(colours.soft))
    widget.setPalette(palette)
    font = QFont(QApplication.font())
    font.setWeight(QFont.Weight.DemiBold if is_main(widget) else QFont.Weight.Normal)
    widget.setFont(font)


def dress_label(colours: Colours, widget: QLabel) -> None:
    """Give a label the font and colour of its role."""
    role = widget.property("role")
    if not isinstance(role, str) or role not in ROLES:
        return
    size, semibold, colour = ROLES[role]
    font = QFont(QApplication.font())
    if role == "code":
        font.setFamily(tokens.MONOSPACE)
    font.setPointSizeF(font.pointSizeF() * size)
    font.setWeight(QFont.Weight.DemiBold if semibold else QFont.Weight.Normal)
    widget.setFont(font)
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(getattr(colours, colour)))
    widget.setPalette(palette)
