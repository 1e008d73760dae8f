"""Folds: groups of a form, one below the other in a card, each opened by its title."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.desktop.design import theme, tokens
from evidence_app.desktop.design.drawing.shapes import arrow_right, chevron
from evidence_app.desktop.design.drawn_button import DrawnButton
from evidence_app.desktop.system.language import tr

ABOVE: Final = 11
"""Pixels above and below the title of a fold."""
ARROW: Final = 16
"""Width of the place of the arrow, in pixels."""


class FoldTitle(DrawnButton):
    """Title of a fold: an arrow, its name, and at the right in short what is in it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setText(name)
        self.setCheckable(True)
        self.facts = ""
        self.toggled.connect(self._describe)
        self._describe()

    def say(self, facts: str) -> None:
        """Show in short what is in the fold."""
        self.facts = facts
        self._describe()
        self.update()

    def _describe(self) -> None:
        state = tr("open") if self.isChecked() else tr("closed")
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(f"{state}, {self.facts}" if self.facts else state)

    def sizeHint(self) -> QSize:
        """Return the preferred size, in pixels."""
        return QSize(200, self.fontMetrics().height() + 2 * ABOVE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the title in the tokens of the theme."""
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.sunken))
            painter.drawRoundedRect(self.rect().adjusted(3, 3, -3, -3), tokens.RADIUS, tokens.RADIUS)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), tokens.FOCUS_EDGE))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().toRectF().adjusted(3, 3, -3, -3), tokens.RADIUS, tokens.RADIUS)
        centre = QPointF(tokens.SPACE_L + ARROW / 2 - 2, self.height() / 2)
        if self.isChecked():
            chevron(painter, centre, colours.soft, up=False)
        else:
            arrow_right(painter, centre, colours.soft)
        metrics = self.fontMetrics()
        facts_width = metrics.horizontalAdvance(self.facts) if self.facts else 0
        left = tokens.SPACE_L + ARROW + tokens.SPACE_XS
        room = self.width() - left - facts_width - tokens.SPACE_L - tokens.SPACE_M
        painter.setPen(QColor(colours.ink if self.isEnabled() else colours.soft))
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        painter.setFont(font)
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(self.font())
        painter.setPen(QColor(colours.soft))
        area = QRect(self.width() - tokens.SPACE_L - facts_width, 0, facts_width + 2, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.facts)
        painter.end()


class Fold(QWidget):
    """A title and what it opens, which may be made as late as that. `opened` is sent when it is opened for the first time or again."""

    opened = Signal()

    def __init__(self, name: str, body: QWidget | None = None) -> None:
        super().__init__()
        self.title = FoldTitle(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        frame = QWidget()
        self._inner = QVBoxLayout(frame)
        self._inner.setContentsMargins(tokens.SPACE_L, tokens.SPACE_XS, tokens.SPACE_L, tokens.SPACE_L)
        if body is not None:
            self.put(body)
        column.addWidget(frame)
        self._frame = frame
        frame.setVisible(False)
        self.title.toggled.connect(self._toggled)

    def put(self, body: QWidget) -> None:
        """Put into the fold what it opens."""
        self._inner.addWidget(body)

    def _toggled(self, on: bool) -> None:
        if on:
            self.opened.emit()
        self._frame.setVisible(on)

    def open(self) -> None:
        """Show what is in the fold."""
        self.title.setChecked(True)


class FoldCard(QWidget):
    """A card with folds, a hairline between each two."""

    def __init__(self) -> None:
        super().__init__()
        self.folds: list[Fold] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(1)

    def add(self, fold: Fold) -> Fold:
        """Append a fold."""
        self.folds.append(fold)
        self._column.addWidget(fold)
        return fold

    def fold_of(self, widget: QWidget) -> Fold | None:
        """Return the fold that a widget is in, if it is in one."""
        return next((fold for fold in self.folds if fold.isAncestorOf(widget)), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card in the tokens of the theme."""
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.hair), tokens.EDGE))
        painter.setBrush(QColor(colours.paper))
        painter.drawRoundedRect(
            self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), tokens.CARD_RADIUS, tokens.CARD_RADIUS
        )
        for fold in self.folds[1:]:
            painter.fillRect(QRect(1, fold.y() - 1, self.width() - 2, 1), QColor(colours.hair))
        painter.end()
