"""Whatever somebody was sent: a card, a request, an answer, a receipt, a hand-over (docs/spec/exchange.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence_app.crypto.age_key import HEAD
from evidence_app.encoding.blocks import Label, after_block, find_block, on_one_line
from evidence_app.errors import InputError
from evidence_app.files import reason
from evidence_app.services.handing_over import take_receipt
from evidence_app.services.sealing import Sealed
from evidence_app.services.session import Session
from evidence_app.services.witnessing import take_answer, witnessed

__all__ = ["Label", "TakenIn", "is_age_file", "qr_modules", "take_receipts", "what_is"]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was sealed of a text that came back, and what it says."""

    sealed: tuple[Sealed, ...]
    words: str


def what_is(untrusted_text: str) -> Label:
    """Say what a text holds.

    Raises:
        InputError: nothing of the sort, or it is not whole.
    """
    return find_block(untrusted_text)[0]


def is_age_file(path: Path) -> bool:
    """Whether a file begins as an age file does.

    Raises:
        InputError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(HEAD)) == HEAD
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {reason(error)}.") from error


def take_receipts(session: Session, untrusted_text: str) -> TakenIn:
    """Take in what a witness or a receiver gave back: a receipt, a countersigned head, or one after the other.

    Raises:
        InputError: there is none in the text, or it is not whole, or all of it was taken in before.
        VerificationError: as `take_receipt` and `take_answer` say. Nothing of that block was sealed.
        EnvironmentProblem: the store cannot be written.
    """
    if find_block(untrusted_text)[0] is not Label.RECEIPT:
        sealed = take_answer(session, untrusted_text)
        return TakenIn((sealed,), witnessed(session)[-1].in_words())
    receipt = take_receipt(session, untrusted_text)
    fields = session.store.records.get(receipt.index).fields
    words = f"{fields['given_by']} received it; their receipt is record {receipt.index}."
    rest = after_block(untrusted_text)
    if "EVIDENCE TRAIL" not in rest:
        return TakenIn((receipt,), words)
    answer = take_answer(session, rest)
    return TakenIn((receipt, answer), f"{words} {witnessed(session)[-1].in_words()}")


def qr_modules(block: str) -> Sequence[Sequence[bool]]:
    """Return the dark and light squares of a QR code that holds a block, row by row."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code: Any = QRCode(None, QRErrorCorrectLevel.L)
    code.addData(on_one_line(block))
    code.make()
    size = code.getModuleCount()
    return [[bool(code.isDark(row, column)) for column in range(size)] for row in range(size)]
