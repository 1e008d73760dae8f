"""The log's Ed25519 key, its fingerprint and its origin (record-log.md, sections 6 and 7)."""

import base64 as standard_base64
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ORIGIN_PREFIX: Final = "evidence-trail/"
FINGERPRINT_BYTES: Final = 20
PUBLIC_KEY_SIZE: Final = 32
SIGNATURE_SIZE: Final = 64
_SMALL_ORDER: Final = frozenset(
    bytes.fromhex(encoded)
    for encoded in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)
"""The y coordinates of the points of small order, in every encoding, without the sign bit."""
_ED25519_NOTE: Final = b"\x01"


def fingerprint(public_key: bytes) -> str:
    """Return a log's fingerprint: 32 characters of base32 from the SHA-256 of its public key."""
    return standard_base64.b32encode(sha256(public_key).digest()[:FINGERPRINT_BYTES]).decode("ascii").lower()


def origin_of(public_key: bytes) -> str:
    """Return a log's origin, the first line of its checkpoints."""
    return ORIGIN_PREFIX + fingerprint(public_key)


def key_id(name: str, public_key: bytes) -> bytes:
    """Return the key ID of a C2SP signed-note Ed25519 key."""
    return sha256(name.encode("utf-8") + b"\n" + _ED25519_NOTE + public_key).digest()[:4]


def is_sound_key(public_key: bytes) -> bool:
    """Whether a public key has no small order: for such a key anybody can make signatures (RFC 8032, section 5.1)."""
    return bytes([*public_key[:-1], public_key[-1] & 0x7F]) not in _SMALL_ORDER


def is_signed(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 signature is that key's over that message (RFC 8032)."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


class LogKey:
    """The private key of a log."""

    def __init__(self, private_key: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private_key)
        self.public = self._key.public_key().public_bytes_raw()
        self.origin = origin_of(self.public)

    @staticmethod
    def generate() -> bytes:
        """Return a new private key."""
        return Ed25519PrivateKey.generate().private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Sign a message."""
        return self._key.sign(message)
