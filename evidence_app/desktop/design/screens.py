"""The screen that a window is on."""

from typing import Final, cast

from PySide6.QtCore import QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

FRAME: Final = QSize(40, 80)
"""What a window's frame and the bar of the desktop may take, in pixels."""


def fitting(window: QWidget, wished: QSize) -> QSize:
    """Return a size for a window that fits its screen.

    There is no screen while a remote session is taken up again or the last display is unplugged: then the wished size stays.
    """
    # Qt's stubs promise a screen.
    screen = cast("QScreen | None", window.screen())
    return wished if screen is None else wished.boundedTo(screen.availableGeometry().size() - FRAME)
