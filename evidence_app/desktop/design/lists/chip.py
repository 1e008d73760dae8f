"""A chip: a few words on a rounded ground that say how something stands."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy

from evidence_app.desktop.design import theme, tokens
from evidence_app.desktop.design.lists.rows import TONES


class Chip(QLabel):
    """Words on the ground of their tone, one of `TONES` in `rows`. The words say all that the colour says."""

    def __init__(self, text: str = "", tone: str = "plain") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "caption")
        self.setContentsMargins(tokens.SPACE_S + 1, 2, tokens.SPACE_S + 1, 2)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._tone = tone

    def say(self, text: str, tone: str) -> None:
        """Show other words in another tone."""
        self._tone = tone
        self.setText(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground in the tokens of the theme, then the words."""
        colours = theme.colours()
        words, ground = TONES[self._tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.hair) if ground == "sunken" else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(colours, ground)) if ground else Qt.BrushStyle.NoBrush)
        radius = self.height() / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != QColor(getattr(colours, words)):
            palette.setColor(QPalette.ColorRole.WindowText, QColor(getattr(colours, words)))
            self.setPalette(palette)
        super().paintEvent(event)
