"""What somebody was sent: a card, a request, an answer (docs/spec/exchange.md)."""

from collections.abc import Sequence
from typing import Any

from evidence_app.encoding.blocks import Label, find_block, on_one_line

__all__ = ["Label", "qr_modules", "what_is"]


def what_is(untrusted_text: str) -> Label:
    """Say what a text holds.

    Raises:
        InputError: nothing of the sort, or it is not whole.
    """
    return find_block(untrusted_text)[0]


def qr_modules(block: str) -> Sequence[Sequence[bool]]:
    """Return the dark and light squares of a QR code that holds a block, row by row."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code: Any = QRCode(None, QRErrorCorrectLevel.L)
    code.addData(on_one_line(block))
    code.make()
    size = code.getModuleCount()
    return [[bool(code.isDark(row, column)) for column in range(size)] for row in range(size)]
