"""QR code on the screen, to be read by a telephone (ISO/IEC 18004)."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QSizePolicy, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import button, label, row
from evidence_app.desktop.system.language import tr
from evidence_app.services.handover.exchange import qr_modules

QUIET: Final = 4
"""Width of the quiet zone around a QR code, in modules (ISO/IEC 18004)."""


class QrCode(QWidget):
    """The code itself: black on white in every theme, because readers expect dark modules on a light ground."""

    def __init__(self, modules: Sequence[Sequence[bool]]) -> None:
        super().__init__()
        self._modules = modules
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("QR code"))

    def sizeHint(self) -> QSize:
        """Return the preferred size: four pixels a module."""
        side = (len(self._modules) + 2 * QUIET) * 4
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size: three pixels a module, the least that a camera resolves."""
        side = (len(self._modules) + 2 * QUIET) * 3
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the code as large as possible with a whole number of pixels a module, centred."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        modules_across = len(self._modules) + 2 * QUIET
        size = max(1, min(self.width(), self.height()) // modules_across)
        left, top = (
            (self.width() - size * modules_across) // 2,
            (self.height() - size * modules_across) // 2,
        )
        for y, module_row in enumerate(self._modules, start=QUIET):
            for x, dark in enumerate(module_row, start=QUIET):
                if dark:
                    painter.fillRect(
                        QRect(left + x * size, top + y * size, size, size),
                        Qt.GlobalColor.black,
                    )
        painter.end()


class QrDialog(QDialog):
    """Dialog with a title, the QR code of a text block, and a Close button."""

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
