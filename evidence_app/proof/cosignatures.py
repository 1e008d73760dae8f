"""Cosigned checkpoints: C2SP tlog-cosignature, type 0x04, Ed25519 (docs/spec/exchange.md, section 4; c2sp.org/tlog-cosignature).

A cosigned checkpoint is a signed note with two signature lines: the log's own, then the witness's cosignature.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from evidence_app.errors import VerificationError
from evidence_app.proof import signing
from evidence_app.proof.checkpoints import Checkpoint, parse_checkpoint_text, verify_checkpoint, with_own_signature
from evidence_app.proof.encoding import base64
from evidence_app.proof.malformed import malformed
from evidence_app.proof.signed_notes import parse_note
from evidence_app.proof.witness_key import WitnessKey, cosigner_id, witness_name

_TIME_BYTES: Final = 8
MAX_SECONDS: Final = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())
"""Latest time of a cosignature, in seconds since 1970 (UTC): the last day that the calendar of `datetime` has."""


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A checkpoint that a witness countersigned. `witness` is its 32-byte public key; `at` is by the witness's clock, in UTC."""

    checkpoint: Checkpoint
    witness: bytes
    at: datetime


def _message(text: str, seconds: int) -> bytes:
    """Return the signed message of C2SP tlog-cosignature: a version line, a time line, and the checkpoint's text."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def cosign(key: WitnessKey, signed_checkpoint: str, at: datetime) -> str:
    """Countersign a verified checkpoint: return it with the log's own signature line and this witness's below it."""
    text = parse_note(signed_checkpoint).text
    # The line holds key ID || time (8 bytes, big-endian) || signature; the time is signed too, as a line of the message.
    seconds = int(at.timestamp())
    signature = seconds.to_bytes(_TIME_BYTES, "big") + key.sign(_message(text, seconds))
    line = base64.encode(cosigner_id(key.name, key.public) + signature)
    return f"{with_own_signature(signed_checkpoint)}— {key.name} {line}\n"


def verify_cosigned(untrusted: str, log_key: bytes, witness: bytes) -> Cosigned:
    """Verify a checkpoint with exactly two signatures: its log's (by `log_key`) and one witness's (by the key `witness`).

    Raises:
        VerificationError: malformed, other-log, bad-signature, unknown-witness, bad-cosignature.
    """
    verify_checkpoint(untrusted, log_key)
    return verify_cosignature(untrusted, witness)


def verify_cosignature(untrusted: str, witness: bytes) -> Cosigned:
    """Verify the witness's signature in a cosigned checkpoint. The log's own signature is not verified here.

    Raises:
        VerificationError: malformed, unknown-witness, bad-cosignature.
    """
    # The form of docs/spec/exchange.md, section 5: a checkpoint's text and exactly two signature lines.
    note = parse_note(untrusted)
    checkpoint = parse_checkpoint_text(note.text)
    if len(note.signatures) != 2:
        raise malformed("A cosigned checkpoint has two signatures: the log's, and its witness's below it.")
    # A line is this witness's only by both key name and key ID (C2SP signed-note).
    name = witness_name(witness)
    line = note.signatures[1]
    if line.name != name or line.key_id != cosigner_id(name, witness):
        raise VerificationError("unknown-witness", "It is not countersigned with the key of that witness.")
    if len(line.signature) != _TIME_BYTES + signing.SIGNATURE_SIZE:
        raise malformed("The cosignature is not of the length that it must have.")
    seconds = int.from_bytes(line.signature[:_TIME_BYTES], "big")
    message = _message(note.text, seconds)
    # A key of small order verifies signatures that anybody can make (docs/spec/record-log.md, section 6).
    if seconds > MAX_SECONDS or not signing.is_sound_key(witness):
        raise VerificationError("bad-cosignature", "The cosignature cannot hold.")
    if not signing.is_signed(witness, line.signature[_TIME_BYTES:], message):
        raise VerificationError(
            "bad-cosignature", "The cosignature does not fit the checkpoint: it is forged or altered."
        )
    return Cosigned(checkpoint, witness, datetime.fromtimestamp(seconds, UTC))


def cosigner_of(untrusted: str) -> str:
    """Return the key name of the witness in a cosigned checkpoint, unverified, to look up its key.

    Raises:
        VerificationError: malformed.
    """
    signatures = parse_note(untrusted).signatures
    if len(signatures) != 2:
        raise malformed("A cosigned checkpoint has two signatures: the log's, and its witness's below it.")
    return signatures[1].name
