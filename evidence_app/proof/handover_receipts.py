"""Receipts for hand-overs: a signed note of the file received and its checkpoint (docs/spec/exchange.md, section 8)."""

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
"""First line of the receipt: its format and version."""
DIGEST_BYTES: Final = 32
"""Length of a SHA-256 digest in bytes."""


@dataclass(frozen=True, slots=True)
class HandoverReceipt:
    """A receipt: the SHA-256 of the bundle, its checkpoint, the time by the receiver's clock (UTC), and the record's position.

    `record` is the position in the receiver's log of the record that holds the bundle.
    """

    sha256: bytes
    checkpoint: Checkpoint
    received_at: datetime
    record: int

    def sign(self, key: LogKey) -> str:
        """Return the receipt as a signed note by the key of the receiver's log."""
        return sign_note(
            key,
            f"{FIRST_LINE}\nfile {base64.encode(self.sha256)}\nhead {self.checkpoint.line}\n"
            f"received {spell(self.received_at)}\nrecord {self.record}\n",
        )


def signer_of(untrusted: str) -> str:
    """Return the origin of the log that a receipt claims to be signed by, unverified, to look up its card.

    Raises:
        VerificationError: malformed.
    """
    return parse_note(untrusted).signatures[0].name


def read_receipt(untrusted: str, log_key: bytes) -> HandoverReceipt:
    """Parse a receipt and verify its signature by the log with this key.

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
    checkpoint = read_checkpoint_line(values[1])
    if checkpoint is None:
        raise malformed("The head in the receipt is malformed.")
    received_at = well_formed(lambda: read_moment(values[2]))
    record = read_decimal(values[3])
    verify_note(untrusted, log_key)
    return HandoverReceipt(digest, checkpoint, received_at, record)


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise malformed("A line of the receipt is missing.")
    return line.removeprefix(word)
