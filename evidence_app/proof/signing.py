"""The log's Ed25519 key, its fingerprint and its origin (docs/spec/record-log.md, sections 6 and 7; RFC 8032)."""

import base64 as standard_base64
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ORIGIN_PREFIX: Final = "evidence-trail/"  # of every log's origin
FINGERPRINT_BYTES: Final = 20  # 160 bits are 32 characters of base32
PUBLIC_KEY_SIZE: Final = 32  # bytes (RFC 8032)
SIGNATURE_SIZE: Final = 64  # bytes (RFC 8032)
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
"""The y coordinates of the points of small order (1, 2, 4 or 8) in every 32-byte encoding, canonical or not, without the sign bit."""
# The signature type of an Ed25519 note, which goes into the key ID (C2SP signed-note).
_ED25519_NOTE: Final = b"\x01"


def fingerprint(public_key: bytes) -> str:
    """Return a log's fingerprint: the first 20 bytes of the SHA-256 of its key, in lower-case base32 (section 6)."""
    return standard_base64.b32encode(sha256(public_key).digest()[:FINGERPRINT_BYTES]).decode("ascii").lower()


def origin_of(public_key: bytes) -> str:
    """Return a log's origin, the first line of its checkpoints."""
    return ORIGIN_PREFIX + fingerprint(public_key)


def key_id(name: str, public_key: bytes) -> bytes:
    """Return the 4-byte key ID of an Ed25519 key in a C2SP signed note: SHA-256(name || LF || 0x01 || key)[:4] (section 7)."""
    return sha256(name.encode("utf-8") + b"\n" + _ED25519_NOTE + public_key).digest()[:4]


def is_sound_key(public_key: bytes) -> bool:
    """Return whether a public key is not of small order. For a key of small order anybody can make valid signatures.

    Ed25519 verification (RFC 8032, section 5.1.7) does not refuse such keys by itself.
    """
    # The last byte's top bit is the sign of x, which does not change the order.
    return bytes([*public_key[:-1], public_key[-1] & 0x7F]) not in _SMALL_ORDER


def is_signed(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Verify an Ed25519 signature (RFC 8032, section 5.1.7)."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


class LogKey:
    """The private key of a log, with its public key and its origin."""

    def __init__(self, private_key: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private_key)
        self.public = self._key.public_key().public_bytes_raw()
        self.origin = origin_of(self.public)

    @staticmethod
    def generate() -> bytes:
        """Return a new random private key of 32 bytes."""
        return Ed25519PrivateKey.generate().private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of a message (RFC 8032)."""
        return self._key.sign(message)
