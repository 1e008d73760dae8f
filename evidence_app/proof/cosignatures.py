"""Cosigned checkpoints: C2SP tlog-cosignature, Ed25519 (exchange.md, section 4)."""

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


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A checkpoint that a witness countersigned. `at` is the word of the witness's clock, in UTC."""

    checkpoint: Checkpoint
    witness: bytes
    at: datetime


def _message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def cosign(key: WitnessKey, signed_checkpoint: str, at: datetime) -> str:
    """Return a checkpoint, which was verified, with the log's signature and this witness's below it."""
    text = parse_note(signed_checkpoint).text
    seconds = int(at.timestamp())
    signature = seconds.to_bytes(_TIME_BYTES, "big") + key.sign(_message(text, seconds))
    line = base64.encode(cosigner_id(key.name, key.public) + signature)
    return f"{with_own_signature(signed_checkpoint)}— {key.name} {line}\n"


def verify_cosigned(untrusted: str, log_key: bytes, witness: bytes) -> Cosigned:
    """Verify a checkpoint with the log's signature and one witness's, and no others.

    Raises:
        VerificationError: malformed, other-log, bad-signature, unknown-witness, bad-cosignature.
    """
    verify_checkpoint(untrusted, log_key)
    return verify_cosignature(untrusted, witness)


def verify_cosignature(untrusted: str, witness: bytes) -> Cosigned:
    """Verify a witness's signature below a log's, whose key is not asked for.

    Raises:
        VerificationError: malformed, unknown-witness, bad-cosignature.
    """
    note = parse_note(untrusted)
    checkpoint = parse_checkpoint_text(note.text)
    if len(note.signatures) != 2:
        raise malformed("A cosigned checkpoint has two signatures: the log's, and its witness's below it.")
    name = witness_name(witness)
    line = note.signatures[1]
    if line.name != name or line.key_id != cosigner_id(name, witness):
        raise VerificationError("unknown-witness", "It is not countersigned with the key of that witness.")
    if len(line.signature) != _TIME_BYTES + signing.SIGNATURE_SIZE:
        raise malformed("The cosignature is not of the length that it must have.")
    seconds = int.from_bytes(line.signature[:_TIME_BYTES], "big")
    message = _message(note.text, seconds)
    if seconds > MAX_SECONDS or not signing.is_sound_key(witness):
        raise VerificationError("bad-cosignature", "The cosignature cannot hold.")
    if not signing.is_signed(witness, line.signature[_TIME_BYTES:], message):
        raise VerificationError(
            "bad-cosignature", "The cosignature does not fit the checkpoint: it is forged or altered."
        )
    return Cosigned(checkpoint, witness, datetime.fromtimestamp(seconds, UTC))


def cosigner_of(untrusted: str) -> str:
    """Return the name of the witness in a cosigned checkpoint, unverified: for finding its key.

    Raises:
        VerificationError: malformed.
    """
    signatures = parse_note(untrusted).signatures
    if len(signatures) != 2:
        raise malformed("A cosigned checkpoint has two signatures: the log's, and its witness's below it.")
    return signatures[1].name
