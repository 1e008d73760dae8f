"""Import of exchanged texts and files: type of a block, receipts with countersignatures, QR codes (docs/spec/exchange.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence_app.crypto.age_key import HEAD
from evidence_app.errors import EvidenceError, InputError
from evidence_app.files import reason
from evidence_app.proof.encoding.blocks import Label, after_block, find_block, has_block, on_one_line
from evidence_app.services.attestation.other_witnesses import take_any
from evidence_app.services.attestation.witnessing import take_answer, witnessed
from evidence_app.services.core.sealing import Sealed
from evidence_app.services.core.session import Session
from evidence_app.services.handover.send import TakenBefore, take_receipt

__all__ = ["Label", "TakenIn", "is_age_file", "qr_modules", "take_receipts", "what_is"]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Result of importing a returned text: the sealed records and a sentence. `refused` is true if a part was not imported."""

    sealed: tuple[Sealed, ...]
    words: str
    refused: bool = False


def what_is(untrusted_text: str) -> Label:
    """Return the type of the first block in a text (docs/spec/exchange.md, section 1).

    Raises:
        InputError: the text has no block, or the block is incomplete.
    """
    return find_block(untrusted_text)[0]


def is_age_file(path: Path) -> bool:
    """Whether a file starts with the header of an age file (age-encryption.org/v1).

    Raises:
        InputError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(HEAD)) == HEAD
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {reason(error)}.") from error


def take_receipts(session: Session, untrusted_text: str) -> TakenIn:
    """Import the answer of a witness or a receiver: a hand-over receipt, a countersigned checkpoint, or a receipt followed by one.

    Raises:
        InputError: the text has neither, a block is incomplete, or all of it was imported before.
        VerificationError: as in `take_receipt` and `take_answer`. Nothing of the failing block was sealed.
        EnvironmentProblem: the store cannot be written.
    """
    if not has_block(untrusted_text) or find_block(untrusted_text)[0] is not Label.RECEIPT:
        return TakenIn(tuple(take_any(session, untrusted_text)), witnessed(session)[-1].in_words())
    # The two blocks of a receipt are independent: where one is a duplicate or fails, the other is still imported
    # (docs/spec/exchange.md, section 8).
    sealed: tuple[Sealed, ...] = ()
    rest = after_block(untrusted_text)
    try:
        receipt = take_receipt(session, untrusted_text)
        given_by = session.store.records.get(receipt.index).fields["given_by"]
        sealed, words = (receipt,), f"{given_by} received it; their receipt is record {receipt.index}."
    except TakenBefore as error:
        if not has_block(rest):
            raise
        words = error.sentence
    if not has_block(rest):
        return TakenIn(sealed, words)
    try:
        answer = take_answer(session, rest)
    except EvidenceError as error:
        if not sealed:
            raise
        return TakenIn(sealed, f"{words} The countersignature with it was not taken in: {error.sentence}", refused=True)
    return TakenIn((*sealed, answer), f"{words} {witnessed(session)[-1].in_words()}")


def qr_modules(block: str) -> Sequence[Sequence[bool]]:
    """Return the modules of a QR code with a block as one line, row by row; true is dark. Error correction level L."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code: Any = QRCode(None, QRErrorCorrectLevel.L)
    code.addData(on_one_line(block))
    code.make()
    size = code.getModuleCount()
    return [[bool(code.isDark(row, column)) for column in range(size)] for row in range(size)]
