"""Cosigned checkpoints (docs/spec/exchange.md, sections 4 and 9; C2SP tlog-cosignature).

A cosigned checkpoint is a signed note with two signature lines: the log's own, then the witness's cosignature.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from evidence_app.errors import VerificationError
from evidence_app.proof.checkpoints import Checkpoint, parse_checkpoint_text, verify_checkpoint, with_own_signature
from evidence_app.proof.cosigner_key import TIME_BYTES, CosignerKey, WitnessKey
from evidence_app.proof.encoding import base64
from evidence_app.proof.malformed import malformed
from evidence_app.proof.signed_notes import SignatureLine, parse_note

MAX_SECONDS: Final = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())
"""Latest time of a cosignature, in seconds since 1970 (UTC): the last day that the calendar of `datetime` has."""


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A checkpoint that a cosigner countersigned. `at` is by the cosigner's clock, in UTC."""

    checkpoint: Checkpoint
    cosigner: CosignerKey
    at: datetime


def cosign(key: WitnessKey, signed_checkpoint: str, at: datetime) -> str:
    """Countersign a verified checkpoint: return it with the log's own signature line and this witness's below it."""
    text = parse_note(signed_checkpoint).text
    # The line holds key ID || time (8 bytes, big-endian) || signature; the time is signed too, as a line of the message.
    seconds = int(at.timestamp())
    message = key.cosigner.message(text, parse_checkpoint_text(text), seconds)
    line = base64.encode(key.cosigner.key_id + seconds.to_bytes(TIME_BYTES, "big") + key.sign(message))
    return f"{with_own_signature(signed_checkpoint)}— {key.name} {line}\n"


def verify_cosigned(untrusted: str, log_key: bytes, cosigner: CosignerKey) -> Cosigned:
    """Verify a checkpoint with exactly two signatures: its log's (by `log_key`) and one cosigner's.

    Raises:
        VerificationError: malformed, other-log, bad-signature, unknown-witness, bad-cosignature.
    """
    verify_checkpoint(untrusted, log_key)
    return verify_cosignature(untrusted, cosigner)


def verify_cosignature(untrusted: str, cosigner: CosignerKey) -> Cosigned:
    """Verify the cosigner's signature in a cosigned checkpoint. The log's own signature is not verified here.

    Raises:
        VerificationError: malformed, unknown-witness, bad-cosignature.
    """
    # The form of docs/spec/exchange.md, section 5: a checkpoint's text and exactly two signature lines.
    note = parse_note(untrusted)
    if len(note.signatures) != 2:
        raise malformed("A cosigned checkpoint has two signatures: the log's, and its witness's below it.")
    return verify_line(note.text, note.signatures[1], cosigner)


def is_line_of(line: SignatureLine, cosigner: CosignerKey) -> bool:
    """Return whether a line is this cosigner's: by key name and key ID both (C2SP signed-note)."""
    return line.name == cosigner.name and line.key_id == cosigner.key_id


def verify_line(text: str, line: SignatureLine, cosigner: CosignerKey) -> Cosigned:
    """Verify one cosignature of a checkpoint's text (docs/spec/exchange.md, sections 4 and 9).

    Raises:
        VerificationError: malformed, unknown-witness, bad-cosignature.
    """
    checkpoint = parse_checkpoint_text(text)
    if not is_line_of(line, cosigner):
        raise VerificationError("unknown-witness", "It is not countersigned with the key of that witness.")
    if len(line.signature) != cosigner.signature_bytes:
        raise malformed("The cosignature is not of the length that it must have.")
    seconds = int.from_bytes(line.signature[:TIME_BYTES], "big")
    # A witness of another maker may sign without a time (C2SP tlog-cosignature): that says nothing of when.
    if seconds > MAX_SECONDS or (seconds == 0 and not cosigner.is_of_card):
        raise VerificationError("bad-cosignature", "The cosignature cannot hold: it has no time, or an impossible one.")
    if not cosigner.is_signed(line.signature[TIME_BYTES:], cosigner.message(text, checkpoint, seconds)):
        raise VerificationError(
            "bad-cosignature", "The cosignature does not fit the checkpoint: it is forged or altered."
        )
    return Cosigned(checkpoint, cosigner, datetime.fromtimestamp(seconds, UTC))


def cosigner_of(untrusted: str) -> str:
    """Return the key name of the witness in a cosigned checkpoint, unverified, to look up its key.

    Raises:
        VerificationError: malformed.
    """
    signatures = parse_note(untrusted).signatures
    if len(signatures) != 2:
        raise malformed("A cosigned checkpoint has two signatures: the log's, and its witness's below it.")
    return signatures[1].name
