"""C2SP signed notes and the log's checkpoints (record-log.md, section 7; verification in section 10)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from evidence_app.errors import InputError, VerificationError
from evidence_app.proof import signing
from evidence_app.proof.encoding import base64
from evidence_app.proof.merkle import HASH_SIZE

MOST_SIGNATURES: Final = 16
NOTE_LIMIT: Final = 65_536
Read = TypeVar("Read")
_LEAST_SIGNATURE: Final = 5


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature of a note: the key's name, its 4-byte ID and the signature's bytes."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A parsed note. Its text means nothing before a signature of a known key has been verified."""

    text: str
    signatures: tuple[SignatureLine, ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: its origin, the number of its records and the root of its tree."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.encode(self.root)}\n"

    @property
    def line(self) -> str:
        """The head on one line, for an e-mail: fingerprint, size and whole root hash."""
        return f"{self.origin} {self.size} {base64.encode(self.root)}"


def sign_note(key: signing.LogKey, text: str) -> str:
    """Sign a text, which ends in a newline, with the log's key."""
    signature = signing.key_id(key.origin, key.public) + key.sign(text.encode("utf-8"))
    return f"{text}\n— {key.origin} {base64.encode(signature)}\n"


def parse_note(untrusted: str) -> Note:
    """Take a note apart.

    Raises:
        VerificationError: malformed.
    """
    if len(untrusted) > NOTE_LIMIT or any(ord(c) < 0x20 and c != "\n" for c in untrusted):
        raise malformed("The note holds control characters or is too long.")
    text, blank, block = untrusted.rpartition("\n\n")
    if not blank or not text or not block.endswith("\n"):
        raise malformed("The note has no signatures.")
    lines = block[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise malformed("The note has too many signatures.")
    return Note(text + "\n", tuple(_parse_signature(line) for line in lines))


def _parse_signature(untrusted_line: str) -> SignatureLine:
    parts = untrusted_line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not parts[1] or "+" in parts[1] or any(c.isspace() for c in parts[1]):
        raise malformed("A signature line of the note is malformed.")
    content = well_formed(lambda: base64.decode(parts[2]))
    if len(content) < _LEAST_SIGNATURE:
        raise malformed("A signature of the note is too short.")
    return SignatureLine(parts[1], content[:4], content[4:])


def malformed(sentence: str) -> VerificationError:
    """Return the error for bytes that do not have the form they must have."""
    return VerificationError("malformed", sentence)


def well_formed(read: Callable[[], Read]) -> Read:
    """Read a part of something that is to be verified; what cannot be read is malformed."""
    try:
        return read()
    except InputError as error:
        raise malformed(error.sentence) from error


def verify_note(untrusted: str, public_key: bytes) -> str:
    """Return the text of a note that the log with this key has signed.

    Raises:
        VerificationError: malformed, other-log, bad-signature.
    """
    note = parse_note(untrusted)
    name = signing.origin_of(public_key)
    if not signing.is_sound_key(public_key):
        raise VerificationError("bad-signature", "The log's key is one that anybody can sign for.")
    own = [line for line in note.signatures if line.name == name and line.key_id == signing.key_id(name, public_key)]
    if not own:
        raise VerificationError("other-log", "It is not signed by the log it names.")
    if len(own) > 1 or not signing.is_signed(public_key, own[0].signature, note.text.encode("utf-8")):
        raise VerificationError("bad-signature", "The log's signature does not fit the text.")
    return note.text


def with_own_signature(signed_checkpoint: str) -> str:
    """Return a checkpoint that was verified with its log's own signature alone; others may stand below it, and are asked nobody about."""
    text = parse_note(signed_checkpoint).text
    origin = text.partition("\n")[0]
    own = [line for line in signed_checkpoint[len(text) + 1 :].splitlines() if line.startswith(f"— {origin} ")]
    return f"{text}\n{own[0]}\n" if own else signed_checkpoint


def parse_checkpoint_text(untrusted: str) -> Checkpoint:
    """Read the text of a checkpoint.

    Raises:
        VerificationError: malformed.
    """
    lines = untrusted.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise malformed("A checkpoint has three lines: origin, size and root.")
    return Checkpoint(lines[0], read_decimal(lines[1]), well_formed(lambda: base64.decode(lines[2], size=HASH_SIZE)))


def read_decimal(untrusted: str) -> int:
    """Read a decimal number without leading zeroes.

    Raises:
        VerificationError: malformed.
    """
    if (
        not (untrusted.isascii() and untrusted.isdigit())
        or (untrusted[0] == "0" and untrusted != "0")
        or len(untrusted) > 18
    ):
        raise malformed("A number is not a plain decimal.")
    return int(untrusted)


def verify_checkpoint(untrusted: str, public_key: bytes) -> Checkpoint:
    """Verify a checkpoint of the log with this key (record-log.md, section 10).

    Raises:
        VerificationError: malformed, other-log, bad-signature.
    """
    text = parse_note(untrusted).text
    checkpoint = parse_checkpoint_text(text)
    if checkpoint.origin != signing.origin_of(public_key):
        raise VerificationError("other-log", "The checkpoint names another log than its key.")
    verify_note(untrusted, public_key)
    return checkpoint
