"""A QR code on the screen, for a telephone to read."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QSizePolicy, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import button, label, row
from evidence_app.desktop.system.language import tr
from evidence_app.services.handover.exchange import qr_modules

QUIET: Final = 4
"""The light modules that a QR code has around it (ISO/IEC 18004)."""


class QrCode(QWidget):
    """The squares themselves: black on white whatever the theme, for readers expect that."""

    def __init__(self, modules: Sequence[Sequence[bool]]) -> None:
        super().__init__()
        self._modules = modules
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("QR code"))

    def sizeHint(self) -> QSize:
        """Ask for four points a square."""
        side = (len(self._modules) + 2 * QUIET) * 4
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Ask for three points a square, the least that a camera makes out."""
        side = (len(self._modules) + 2 * QUIET) * 3
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it as large as whole points for each square allow."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        squares = len(self._modules) + 2 * QUIET
        side = max(1, min(self.width(), self.height()) // squares)
        left, top = (self.width() - side * squares) // 2, (self.height() - side * squares) // 2
        for down, line in enumerate(self._modules, start=QUIET):
            for across, dark in enumerate(line, start=QUIET):
                if dark:
                    painter.fillRect(QRect(left + across * side, top + down * side, side, side), Qt.GlobalColor.black)
        painter.end()


class QrDialog(QDialog):
    """A QR code, what it is, and a button to close it."""

    def __init__(self, parent: QWidget, title: str, block: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        column = QVBoxLayout(self)
        column.addWidget(label(title, "title"))
        column.addWidget(
            label(tr("Read it with a telephone, and send yourself the text. It holds no word of any record."), "soft")
        )
        self.code = QrCode(qr_modules(block))
        column.addWidget(self.code, 1)
        column.addWidget(row(None, button(tr("Close"), self.accept, main=True)))
