"""Receipts for hand-overs: a signed note that says which file was received, and with which head (exchange.md, section 8)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.times import read_moment, spell
from evidence_app.proof.malformed import malformed, read_decimal, well_formed
from evidence_app.proof.quoted_checkpoints import read_checkpoint_line
from evidence_app.proof.signed_notes import parse_note, sign_note, verify_note
from evidence_app.proof.signing import LogKey

FIRST_LINE: Final = "evidence-trail/handover-receipt/v1"
DIGEST_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class HandoverReceipt:
    """Which bundle was received, the head in it, when by the receiver's clock (UTC), and as which record of the receiver's log."""

    sha256: bytes
    checkpoint: Checkpoint
    received_at: datetime
    record: int

    def sign(self, key: LogKey) -> str:
        """Return the receipt's content, signed with the key of the receiver's log."""
        return sign_note(
            key,
            f"{FIRST_LINE}\nfile {base64.encode(self.sha256)}\nhead {self.checkpoint.line}\n"
            f"received {spell(self.received_at)}\nrecord {self.record}\n",
        )


def signer_of(untrusted: str) -> str:
    """Return the origin of the log that a receipt says it is signed by, unverified: for finding its card.

    Raises:
        VerificationError: malformed.
    """
    return parse_note(untrusted).signatures[0].name


def read_receipt(untrusted: str, log_key: bytes) -> HandoverReceipt:
    """Read and verify a receipt of the log with this key.

    Raises:
        VerificationError: malformed, other-log, bad-signature.
    """
    note = parse_note(untrusted)
    lines = note.text.split("\n")
    if len(lines) != 6 or lines[0] != FIRST_LINE or lines[5] or len(note.signatures) != 1:
        raise malformed("This is no receipt of a form that this program knows.")
    values = [
        _after(word, line) for word, line in zip(("file ", "head ", "received ", "record "), lines[1:5], strict=True)
    ]
    digest = well_formed(lambda: base64.decode(values[0], size=DIGEST_BYTES))
    head = read_checkpoint_line(values[1])
    if head is None:
        raise malformed("The head in the receipt is malformed.")
    received_at = well_formed(lambda: read_moment(values[2]))
    record = read_decimal(values[3])
    verify_note(untrusted, log_key)
    return HandoverReceipt(digest, head, received_at, record)


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise malformed("A line of the receipt is missing.")
    return line.removeprefix(word)
