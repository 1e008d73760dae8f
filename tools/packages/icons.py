"""The program's icon as Windows wants it."""

import io
import os
from pathlib import Path

SIZES = (16, 24, 32, 48, 64, 256)


def write_ico(source: Path, out: Path) -> None:
    """Draw an SVG in the sizes of an icon, and write it as .ico."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image

    drawn = [Image.open(io.BytesIO(_drawn(source, size))) for size in SIZES]
    drawn[-1].save(out, "ICO", sizes=[(size, size) for size in SIZES], append_images=drawn[:-1])


def _drawn(source: Path, size: int) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(source)).render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.data())
