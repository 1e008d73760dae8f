"""Keys that sign releases: C2SP signed notes with Ed25519 (docs/spec/release.md, section 1; c2sp.org/signed-note)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence_app.errors import InputError, VerificationError
from evidence_app.proof import signing
from evidence_app.proof.encoding import base64
from evidence_app.proof.signed_notes import parse_note

ED25519: Final = b"\x01"
"""The signature type of an Ed25519 note, which goes into the vkey."""
MAX_VKEY_CHARACTERS: Final = 400
_VKEY: Final = re.compile(r"([A-Za-z0-9./_-]{1,100})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")
NOT_A_KEY: Final = "That is no release key: it looks like name+8 hexadecimal digits+letters."


@dataclass(frozen=True, slots=True)
class ReleaseKey:
    """A public key that may sign releases, with its name."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The 4-byte key ID."""
        return signing.key_id(self.name, self.public)

    def spell(self) -> str:
        """Encode the key as a C2SP vkey."""
        return f"{self.name}+{self.key_id.hex()}+{base64.encode(ED25519 + self.public)}"

    @property
    def in_words(self) -> str:
        """The name and the ID, as people compare them."""
        return f"{self.name}+{self.key_id.hex()}"


def read_release_key(untrusted: str) -> ReleaseKey:
    """Return the key in a vkey.

    Raises:
        InputError: it is no vkey of an Ed25519 note, or its key is of small order.
    """
    match = _VKEY.fullmatch(untrusted) if len(untrusted) <= MAX_VKEY_CHARACTERS else None
    if match is None:
        raise InputError(NOT_A_KEY)
    typed = base64.decode(match[3])
    key = ReleaseKey(match[1], typed[1:])
    if typed[:1] != ED25519 or len(key.public) != signing.PUBLIC_KEY_SIZE or key.spell() != untrusted:
        raise InputError(NOT_A_KEY)
    if not signing.is_sound_key(key.public):
        raise InputError(NOT_A_KEY)
    return key


def read_release_keys(text: str) -> tuple[ReleaseKey, ...]:
    """Return the keys in a text with a vkey a line; a line that begins with # is a remark.

    Raises:
        InputError: a line is neither.
    """
    lines = (line.strip() for line in text.splitlines())
    return tuple(read_release_key(line) for line in lines if line and not line.startswith("#"))


def verify_release_note(untrusted: str, keys: Sequence[ReleaseKey]) -> tuple[str, ReleaseKey]:
    """Return the text of a note and the key of these that signed it.

    Raises:
        VerificationError: malformed, other-key, bad-signature.
    """
    note = parse_note(untrusted)
    for key in keys:
        own = [line for line in note.signatures if (line.name, line.key_id) == (key.name, key.key_id)]
        if not own:
            continue
        if len(own) > 1 or not signing.is_signed(key.public, own[0].signature, note.text.encode("utf-8")):
            raise VerificationError("bad-signature", "The signature of the release does not fit it: it was changed.")
        return note.text, key
    signers = ", ".join(f"{line.name}+{line.key_id.hex()}" for line in note.signatures)
    raise VerificationError("other-key", f"It is signed by another key than this program trusts: {signers}.")


def sign_release(private_key: bytes, name: str, text: str) -> str:
    """Return a release note: the text, which ends in a newline, an empty line, and the signature line of a key of 32 bytes."""
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    public = ReleaseKey(name, key.public_key().public_bytes_raw())
    signature = public.key_id + key.sign(text.encode("utf-8"))
    return f"{text}\n— {name} {base64.encode(signature)}\n"
