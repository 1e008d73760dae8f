"""Checkpoints of a log (docs/spec/record-log.md, section 7; verification in section 10; c2sp.org/tlog-checkpoint)."""

from dataclasses import dataclass

from evidence_app.errors import VerificationError
from evidence_app.proof import signing
from evidence_app.proof.encoding import base64
from evidence_app.proof.malformed import malformed, read_decimal, well_formed
from evidence_app.proof.merkle import HASH_SIZE
from evidence_app.proof.signed_notes import parse_note, verify_note


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's origin, the number of its records and the 32-byte root of its Merkle tree (RFC 9162 calls it a tree head)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed: three lines (record-log.md, section 7)."""
        return f"{self.origin}\n{self.size}\n{base64.encode(self.root)}\n"

    @property
    def line(self) -> str:
        """The checkpoint on one line, for an e-mail: origin, size and root in base64 (docs/spec/mail.md, section 5)."""
        return f"{self.origin} {self.size} {base64.encode(self.root)}"


def with_own_signature(signed_checkpoint: str) -> str:
    """Return a verified checkpoint with its log's own signature line only, without cosignatures and other lines."""
    text = parse_note(signed_checkpoint).text
    origin = text.partition("\n")[0]
    own = [line for line in signed_checkpoint[len(text) + 1 :].splitlines() if line.startswith(f"— {origin} ")]
    return f"{text}\n{own[0]}\n" if own else signed_checkpoint


def parse_checkpoint_text(untrusted: str) -> Checkpoint:
    """Parse the text of a checkpoint (record-log.md, section 10, step 2). No signature is verified here.

    Raises:
        VerificationError: malformed.
    """
    # Exactly three lines: this log writes no extension lines, which C2SP tlog-checkpoint would allow.
    lines = untrusted.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise malformed("A checkpoint has three lines: origin, size and root.")
    return Checkpoint(lines[0], read_decimal(lines[1]), well_formed(lambda: base64.decode(lines[2], size=HASH_SIZE)))


def verify_checkpoint(untrusted: str, public_key: bytes) -> Checkpoint:
    """Verify a checkpoint of the log with this key (record-log.md, section 10).

    Raises:
        VerificationError: malformed, other-log, bad-signature.
    """
    # 1. and 2. The note and its three lines.
    text = parse_note(untrusted).text
    checkpoint = parse_checkpoint_text(text)
    # 3. The origin is derived from the key, so a checkpoint cannot name one log and be signed by another.
    if checkpoint.origin != signing.origin_of(public_key):
        raise VerificationError("other-log", "The checkpoint names another log than its key.")
    # 4. and 5. A sound key, and its one valid signature.
    verify_note(untrusted, public_key)
    return checkpoint
