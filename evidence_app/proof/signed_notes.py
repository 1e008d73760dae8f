"""C2SP signed notes: a text with signature lines below it (docs/spec/record-log.md, section 7; c2sp.org/signed-note)."""

from dataclasses import dataclass
from typing import Final

from evidence_app.errors import VerificationError
from evidence_app.proof import signing
from evidence_app.proof.encoding import base64
from evidence_app.proof.malformed import malformed, well_formed

MAX_SIGNATURES: Final = 16  # signature lines of a note
MAX_NOTE_CHARACTERS: Final = 65_536  # characters of a whole note
_MIN_SIGNATURE: Final = 5


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature of a note: the key's name, its 4-byte ID and the bytes of the signature (any algorithm)."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A parsed note, its signatures not verified. `text` ends in a newline."""

    text: str
    signatures: tuple[SignatureLine, ...]


def sign_note(key: signing.LogKey, text: str) -> str:
    """Return a note: the text, which ends in a newline, an empty line, and the signature line of the log's key."""
    signature = signing.key_id(key.origin, key.public) + key.sign(text.encode("utf-8"))
    return f"{text}\n— {key.origin} {base64.encode(signature)}\n"


def parse_note(untrusted: str) -> Note:
    """Split a note into its text and signature lines (record-log.md, section 10, step 1). No signature is verified here.

    Raises:
        VerificationError: malformed.
    """
    if len(untrusted) > MAX_NOTE_CHARACTERS or any(c != "\n" and (ord(c) < 0x20 or ord(c) == 0x7F) for c in untrusted):
        raise malformed("The note holds control characters or is too long.")
    # The last empty line divides text and signatures, as in C2SP signed-note; the text may hold empty lines of its own.
    text, blank, block = untrusted.rpartition("\n\n")
    if not blank or not text or not block.endswith("\n"):
        raise malformed("The note has no signatures.")
    lines = block[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise malformed("The note has too many signatures.")
    return Note(text + "\n", tuple(_parse_signature(line) for line in lines))


def _parse_signature(untrusted_line: str) -> SignatureLine:
    """Parse ``— name base64(key ID || signature)``. A name has no white space and no ``+`` (C2SP signed-note)."""
    parts = untrusted_line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not parts[1] or "+" in parts[1] or any(c.isspace() for c in parts[1]):
        raise malformed("A signature line of the note is malformed.")
    content = well_formed(lambda: base64.decode(parts[2]))
    if len(content) < _MIN_SIGNATURE:
        raise malformed("A signature of the note is too short.")
    return SignatureLine(parts[1], content[:4], content[4:])


def verify_note(untrusted: str, public_key: bytes) -> str:
    """Verify a note signed by the log with this key, and return its text (record-log.md, section 10, steps 1, 4 and 5).

    Signature lines of other keys are ignored, as in C2SP signed-note.

    Raises:
        VerificationError: malformed, other-log, bad-signature.
    """
    note = parse_note(untrusted)
    name = signing.origin_of(public_key)
    # 4. For a key of small order, valid signatures can be made without a private key.
    if not signing.is_sound_key(public_key):
        raise VerificationError("bad-signature", "The log's key is one that anybody can sign for.")
    # 5. Exactly one line with the log's name and key ID, and a valid Ed25519 signature of the text (RFC 8032).
    own = [line for line in note.signatures if line.name == name and line.key_id == signing.key_id(name, public_key)]
    if not own:
        raise VerificationError("other-log", "It is not signed by the log it names.")
    if len(own) > 1 or not signing.is_signed(public_key, own[0].signature, note.text.encode("utf-8")):
        raise VerificationError("bad-signature", "The log's signature does not fit the text.")
    return note.text
