"""A witness's Ed25519 key: C2SP tlog-cosignature, type 0x04 (exchange.md, section 4)."""

import re
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence_app.errors import InputError
from evidence_app.proof.encoding import base64
from evidence_app.proof.signing import PUBLIC_KEY_SIZE, fingerprint, is_sound_key

NAME_PREFIX: Final = "evidence-trail/witness/"
_TYPE: Final = b"\x04"
_VKEY: Final = re.compile(r"(evidence-trail/witness/[a-z2-7]{32})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{1,80})")


def witness_name(public_key: bytes) -> str:
    """Return the key name of a witness: it is made from its key, so one name cannot stand for two."""
    return NAME_PREFIX + fingerprint(public_key)


def cosigner_id(name: str, public_key: bytes) -> bytes:
    """Return the key ID of an Ed25519 cosigner."""
    return sha256(name.encode("utf-8") + b"\n" + _TYPE + public_key).digest()[:4]


def spell_vkey(public_key: bytes) -> str:
    """Return a witness key as a C2SP vkey."""
    name = witness_name(public_key)
    return f"{name}+{cosigner_id(name, public_key).hex()}+{base64.encode(_TYPE + public_key)}"


def read_vkey(untrusted: str) -> bytes:
    """Return the public key of a witness's vkey.

    Raises:
        InputError: it is none, or one that anybody can sign for.
    """
    match = _VKEY.fullmatch(untrusted)
    if match is None:
        raise InputError("A witness key is malformed.")
    typed = base64.decode(match[3], size=1 + PUBLIC_KEY_SIZE)
    public_key = typed[1:]
    if typed[:1] != _TYPE or spell_vkey(public_key) != untrusted or not is_sound_key(public_key):
        raise InputError("A witness key is malformed.")
    return public_key


class WitnessKey:
    """The private key with which one countersigns the logs of others. It is none that signs a log."""

    def __init__(self, private_key: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private_key)
        self.public = self._key.public_key().public_bytes_raw()
        self.name = witness_name(self.public)

    @staticmethod
    def generate() -> bytes:
        """Return a new private key."""
        return Ed25519PrivateKey.generate().private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Sign a message."""
        return self._key.sign(message)
