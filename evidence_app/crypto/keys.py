"""From a passphrase or recovery code to the key of the database (docs/spec/store.md)."""

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
KDF_SALT_SIZE: Final = 16
MIN_MEMORY_KIB: Final = 64 * 1024
MAX_MEMORY_KIB: Final = 4 * 1024 * 1024
MIN_PASSES: Final = 3
MAX_PASSES: Final = 64
MAX_LANES: Final = 16
RECOVERY_BITS: Final = 120
RECOVERY_LENGTH: Final = 28


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one guess at a passphrase costs: Argon2id (RFC 9106) memory in KiB, passes and lanes."""

    memory_kib: int = 128 * 1024
    passes: int = 3
    lanes: int = 4

    def is_acceptable(self) -> bool:
        """Whether it is neither too cheap to protect nor so dear that it could only be an attack."""
        return (
            MIN_MEMORY_KIB <= self.memory_kib <= MAX_MEMORY_KIB
            and MIN_PASSES <= self.passes <= MAX_PASSES
            and 1 <= self.lanes <= MAX_LANES
        )


def derive_key(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    """Derive the key that wraps the data key from a passphrase or recovery code."""
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(secret.encode("utf-8"))


def new_data_key() -> bytes:
    """Return a new random key for a database."""
    return secrets.token_bytes(DATA_KEY_SIZE)


def wrap(key: bytes, data_key: bytes) -> bytes:
    """Wrap the data key (AES key wrap, RFC 3394)."""
    return aes_key_wrap(key, data_key)


def unwrap(key: bytes, untrusted_wrapped: bytes) -> bytes | None:
    """Unwrap the data key, or return None when the key is not the one that wrapped it."""
    try:
        return aes_key_unwrap(key, untrusted_wrapped)
    except (InvalidUnwrap, ValueError):
        return None


def header_mac(data_key: bytes, content: bytes) -> bytes:
    """Authenticate the header of a store with a key that only the data key gives."""
    key = HKDFExpand(SHA256(), 32, b"evidence-trail/store-header/v1").derive(data_key)
    return hmac.digest(key, content, "sha256")


def same(left: bytes, right: bytes) -> bool:
    """Compare secrets without telling by the time taken where they differ."""
    return hmac.compare_digest(left, right)


def _check_group(value: int) -> str:
    digest = sha256(b"evidence-trail/recovery-code/v1\n" + value.to_bytes(RECOVERY_BITS // 8, "big")).digest()
    return crockford(int.from_bytes(digest[:3], "big") >> 4, 4)


def new_recovery_code() -> str:
    """Return a recovery code: 120 random bits and a check group, as seven groups of four."""
    value = secrets.randbits(RECOVERY_BITS)
    code = crockford(value, 24) + _check_group(value)
    return "-".join(code[at : at + 4] for at in range(0, RECOVERY_LENGTH, 4))


def read_recovery_code(typed: str) -> str:
    """Return a recovery code in its one spelling from what somebody typed off paper.

    Raises:
        InputError: it is not a whole recovery code, or a character of it is wrong.
    """
    letters = "".join(typed.split()).replace("-", "").upper()
    letters = letters.replace("O", "0").replace("I", "1").replace("L", "1")
    if len(letters) != RECOVERY_LENGTH or any(letter not in CROCKFORD for letter in letters):
        raise InputError("That is not a recovery code: it has seven groups of four letters and digits.")
    value = 0
    for letter in letters[:24]:
        value = value * 32 + CROCKFORD.index(letter)
    if _check_group(value) != letters[24:]:
        raise InputError("The recovery code has a wrong character: compare it with the printed sheet.")
    return "-".join(letters[at : at + 4] for at in range(0, RECOVERY_LENGTH, 4))
