"""A box for free text that is as high as its text."""

from math import ceil
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from evidence_app.desktop.design import tokens

MAX_LINES: Final = 16
"""Lines that a box shows before it scrolls within itself."""


class GrowingText(QPlainTextEdit):
    """Text of several lines. The box grows with it from `least` lines to `MAX_LINES`; `lead` sets it in the larger size of a person's own words."""

    def __init__(self, least: int, *, lead: bool = False) -> None:
        super().__init__()
        self._least = least
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if lead:
            font = QFont(QApplication.font())
            font.setPointSizeF(font.pointSizeF() * tokens.LEAD)
            self.setFont(font)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        # The layout of a plain text counts its height in lines, not in pixels.
        lines = max(1, ceil(self.document().size().height()))
        shown = min(max(lines, self._least), MAX_LINES)
        margins = 2 * self.document().documentMargin() + 2 * self.frameWidth()
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > shown else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setFixedHeight(ceil(shown * self.fontMetrics().lineSpacing() + margins))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the new width."""
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page while all the text is shown."""
        if self.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            event.ignore()
        else:
            super().wheelEvent(event)
