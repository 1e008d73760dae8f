"""An independent checker of notes and cosignatures, written from the C2SP pages (signed-note, tlog-checkpoint, tlog-cosignature)."""

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def read_vkey(vkey: str) -> tuple[str, bytes, int, bytes]:
    """Return name, key ID, type and key of a vkey whose key ID fits."""
    name, spelled_id, spelled = vkey.split("+", 2)
    typed = base64.b64decode(spelled, validate=True)
    key_id = hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]
    assert key_id.hex() == spelled_id, "the key ID does not fit the key"
    return name, key_id, typed[0], typed[1:]


def note_parts(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Return the text of a note, and name and bytes of each signature line."""
    text, _, block = note.rpartition("\n\n")
    lines = []
    for line in block.splitlines():
        dash, name, spelled = line.split(" ")
        assert dash == "\N{EM DASH}"
        lines.append((name, base64.b64decode(spelled, validate=True)))
    return text + "\n", lines


def cosigned_at(note: str, vkey: str) -> int:
    """Return the POSIX time of a valid Ed25519 cosignature over a checkpoint.

    Raises:
        InvalidSignature: there is none, or it does not fit.
    """
    name, key_id, kind, public_key = read_vkey(vkey)
    assert kind == 4
    text, lines = note_parts(note)
    for its_name, content in lines:
        if its_name == name and content[:4] == key_id:
            seconds = int.from_bytes(content[4:12], "big")
            message = f"cosignature/v1\ntime {seconds}\n{text}".encode()
            Ed25519PublicKey.from_public_bytes(public_key).verify(content[12:], message)
            return seconds
    raise InvalidSignature


def log_signed(note: str, public_key: bytes) -> bool:
    """Whether the log with this key signed a note, after signed-note, type 0x01."""
    text, lines = note_parts(note)
    for name, content in lines:
        if content[:4] == hashlib.sha256(name.encode() + b"\n\x01" + public_key).digest()[:4]:
            try:
                Ed25519PublicKey.from_public_bytes(public_key).verify(content[4:], text.encode())
            except InvalidSignature:
                return False
            return True
    return False
