"""Tiles: large buttons with an icon, a name and a line that says what it is for."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from evidence_app.desktop.design import theme, tokens
from evidence_app.desktop.design.drawn_button import DrawnButton

WIDTH: Final = 154
"""Least width of a tile, in pixels: those of a row share the rest."""
USUAL_HEIGHT: Final = 18
"""Height of a line at the usual size of the text, in pixels, for which `WIDTH` is meant."""
ICON: Final = 20
LINES: Final = 3
"""Lines of what a tile is for."""


class Tile(DrawnButton):
    """Tile of a row. `purpose` says what it is for; `key` is the letter that does the same, if there is one."""

    def __init__(self, icon: str, name: str, purpose: str, key: str = "") -> None:
        super().__init__()
        self._icon, self._purpose, self._key = icon, purpose, key
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(purpose)
        self.setToolTip(purpose)

    def sizeHint(self) -> QSize:
        """Return the preferred size, in pixels."""
        height = 2 * tokens.SPACE_M + self._icon_side() + tokens.SPACE_S
        # As wide as its words need: twice the size of the text is twice the tile.
        width = round(WIDTH * self.fontMetrics().height() / USUAL_HEIGHT)
        width = max(width, QFontMetrics(_bold(self)).horizontalAdvance(self.text()) + 2 * tokens.SPACE_M + 6)
        return QSize(width, height + QFontMetrics(_bold(self)).lineSpacing() + LINES * self.fontMetrics().lineSpacing())

    def _icon_side(self) -> int:
        return tokens.icon_side(ICON, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Return the least size, in pixels."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tile in the tokens of the theme."""
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.isEnabled() and (self.hasFocus() or self.underMouse())
        width = tokens.FOCUS_EDGE if self.hasFocus() else tokens.EDGE
        edge = colours.accent if lit else colours.line if self.isEnabled() else colours.hair
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(colours.sunken if self.isDown() else colours.paper))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), tokens.CARD_RADIUS, tokens.CARD_RADIUS)
        left, top = tokens.SPACE_M + 2, tokens.SPACE_M
        side = self._icon_side()
        theme.icon(self._icon, "accent" if self.isEnabled() else "soft").paint(painter, QRect(left, top, side, side))
        bold = _bold(self)
        metrics = QFontMetrics(bold)
        painter.setFont(bold)
        painter.setPen(QColor(colours.ink if self.isEnabled() else colours.soft))
        top += side + tokens.SPACE_S
        room = self.width() - 2 * left
        name = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(left, top + metrics.ascent()), name)
        if self._key:
            painter.setPen(QColor(colours.soft))
            painter.drawText(
                QPointF(self.width() - left - metrics.horizontalAdvance(self._key), tokens.SPACE_M + metrics.ascent()),
                self._key,
            )
        painter.setFont(self.font())
        painter.setPen(QColor(colours.soft))
        area = QRect(left, top + metrics.lineSpacing(), room, LINES * self.fontMetrics().lineSpacing())
        painter.drawText(area, Qt.TextFlag.TextWordWrap, self._purpose)
        painter.end()


def _bold(widget: QWidget) -> QFont:
    font = QFont(widget.font())
    font.setWeight(QFont.Weight.DemiBold)
    return font
