"""A witness's Ed25519 key: C2SP tlog-cosignature, type 0x04 (docs/spec/exchange.md, section 4)."""

import re
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence_app.errors import InputError
from evidence_app.proof.encoding import base64
from evidence_app.proof.signing import PUBLIC_KEY_SIZE, fingerprint, is_sound_key

NAME_PREFIX: Final = "evidence-trail/witness/"  # of every witness's key name
# The signature type of an Ed25519 cosignature, which goes into the key ID and the vkey (C2SP tlog-cosignature).
_TYPE: Final = b"\x04"
_VKEY: Final = re.compile(r"(evidence-trail/witness/[a-z2-7]{32})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{1,80})")


def witness_name(public_key: bytes) -> str:
    """Return the key name of a witness. It is derived from the key's fingerprint, so that two keys never have one name."""
    return NAME_PREFIX + fingerprint(public_key)


def cosigner_id(name: str, public_key: bytes) -> bytes:
    """Return the 4-byte key ID of an Ed25519 cosigner: SHA-256(name || LF || 0x04 || key)[:4]."""
    return sha256(name.encode("utf-8") + b"\n" + _TYPE + public_key).digest()[:4]


def spell_vkey(public_key: bytes) -> str:
    """Encode a witness's public key as a C2SP vkey: name, key ID in hexadecimal and base64(type || key), joined by ``+``."""
    name = witness_name(public_key)
    return f"{name}+{cosigner_id(name, public_key).hex()}+{base64.encode(_TYPE + public_key)}"


def read_vkey(untrusted: str) -> bytes:
    """Return the 32-byte public key of a witness's vkey.

    Raises:
        InputError: it is not a vkey of this type, or its key is of small order.
    """
    match = _VKEY.fullmatch(untrusted)
    if match is None:
        raise InputError("A witness key is malformed.")
    typed = base64.decode(match[3], size=1 + PUBLIC_KEY_SIZE)
    public_key = typed[1:]
    # Encoding it again verifies the name and the key ID too, since both are derived from the key.
    if typed[:1] != _TYPE or spell_vkey(public_key) != untrusted or not is_sound_key(public_key):
        raise InputError("A witness key is malformed.")
    return public_key


class WitnessKey:
    """The private key for countersigning the checkpoints of other logs. It is never a log's own signing key."""

    def __init__(self, private_key: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private_key)
        self.public = self._key.public_key().public_bytes_raw()
        self.name = witness_name(self.public)

    @staticmethod
    def generate() -> bytes:
        """Return a new random private key of 32 bytes."""
        return Ed25519PrivateKey.generate().private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of a message (RFC 8032)."""
        return self._key.sign(message)
