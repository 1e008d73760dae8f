"""Derive the database key from a passphrase or recovery code (docs/spec/store.md, "Header").

A random data key encrypts the database. Each key slot holds it wrapped by a key that is derived from one secret, so that
a passphrase can change without encrypting the database anew.
"""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from evidence_app.errors import InputError
from evidence_app.proof.encoding.crockford import CROCKFORD, crockford

DATA_KEY_SIZE: Final = 32
"""Length of the data key in bytes."""
KDF_SALT_SIZE: Final = 16
"""Length of a slot's salt in bytes."""
MIN_MEMORY_KIB: Final = 64 * 1024
MAX_MEMORY_KIB: Final = 4 * 1024 * 1024
"""Limits of Argon2id's memory, in KiB."""
MIN_PASSES: Final = 3
MAX_PASSES: Final = 64
"""Limits of Argon2id's passes."""
MAX_LANES: Final = 16
"""Maximum number of Argon2id's lanes."""
RECOVERY_BITS: Final = 120
"""Random bits of a recovery code."""
RECOVERY_LENGTH: Final = 28
"""Characters of a recovery code without hyphens: 24 of random bits and 4 of the check group."""


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Parameters of Argon2id (RFC 9106), which set the cost of one guess: memory in KiB, passes and lanes."""

    memory_kib: int = 128 * 1024
    passes: int = 3
    lanes: int = 4

    def is_acceptable(self) -> bool:
        """Return whether the parameters are within limits.

        The lower limits protect the passphrase; the upper ones keep a forged header from exhausting the machine.
        """
        return (
            MIN_MEMORY_KIB <= self.memory_kib <= MAX_MEMORY_KIB
            and MIN_PASSES <= self.passes <= MAX_PASSES
            and 1 <= self.lanes <= MAX_LANES
        )


def derive_key(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    """Derive the 32-byte wrapping key from a passphrase or recovery code (Argon2id, RFC 9106)."""
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(secret.encode("utf-8"))


def new_data_key() -> bytes:
    """Return a new random data key."""
    return secrets.token_bytes(DATA_KEY_SIZE)


def wrap(key: bytes, data_key: bytes) -> bytes:
    """Wrap the data key (AES key wrap, RFC 3394)."""
    return aes_key_wrap(key, data_key)


def unwrap(key: bytes, untrusted_wrapped: bytes) -> bytes | None:
    """Unwrap the data key (RFC 3394), or return None if `key` is not the one that wrapped it or the wrapping is damaged."""
    try:
        return aes_key_unwrap(key, untrusted_wrapped)
    except (InvalidUnwrap, ValueError):
        return None


def header_mac(data_key: bytes, content: bytes) -> bytes:
    """Return the HMAC-SHA-256 of a store header's canonical bytes, under a key derived from the data key (RFC 5869, HKDF-Expand)."""
    key = HKDFExpand(SHA256(), 32, b"evidence-trail/store-header/v1").derive(data_key)
    return hmac.digest(key, content, "sha256")


def same(left: bytes, right: bytes) -> bool:
    """Compare secrets in constant time."""
    return hmac.compare_digest(left, right)


def _check_group(value: int) -> str:
    """Return the check group of a recovery code's random bits: 20 bits of a SHA-256, as 4 characters.

    It catches typing errors before the long key derivation.
    """
    digest = sha256(b"evidence-trail/recovery-code/v1\n" + value.to_bytes(RECOVERY_BITS // 8, "big")).digest()
    return crockford(int.from_bytes(digest[:3], "big") >> 4, 4)


def new_recovery_code() -> str:
    """Return a recovery code: 120 random bits and a check group, as seven groups of four."""
    value = secrets.randbits(RECOVERY_BITS)
    code = crockford(value, 24) + _check_group(value)
    return "-".join(code[start : start + 4] for start in range(0, RECOVERY_LENGTH, 4))


def read_recovery_code(typed: str) -> str:
    """Return a recovery code in its canonical form, from what somebody typed from the printed sheet.

    Raises:
        InputError: it is not a whole recovery code, or its check group is wrong.
    """
    letters = "".join(typed.split()).replace("-", "").upper()
    # Crockford's base 32 reads O as 0 and I and L as 1.
    letters = letters.replace("O", "0").replace("I", "1").replace("L", "1")
    if len(letters) != RECOVERY_LENGTH or any(letter not in CROCKFORD for letter in letters):
        raise InputError("That is not a recovery code: it has seven groups of four letters and digits.")
    value = 0
    for letter in letters[:24]:
        value = value * 32 + CROCKFORD.index(letter)
    if _check_group(value) != letters[24:]:
        raise InputError("The recovery code has a wrong character: compare it with the printed sheet.")
    return "-".join(letters[start : start + 4] for start in range(0, RECOVERY_LENGTH, 4))
