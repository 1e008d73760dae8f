"""Keys of cosigners: C2SP tlog-cosignature, of Ed25519 and of ML-DSA-44 (docs/spec/exchange.md, sections 4 and 9).

A witness with a card has a key whose name is made from the key; that of another maker has whatever name its operator chose.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence_app.errors import InputError, VerificationError
from evidence_app.proof import signing
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.encoding import base64
from evidence_app.proof.signing import ORIGIN_PREFIX, PUBLIC_KEY_SIZE, SIGNATURE_SIZE, fingerprint, is_sound_key

WITNESS_PREFIX: Final = f"{ORIGIN_PREFIX}witness/"
"""Beginning of the key name of every witness with a card."""
ED25519: Final = 0x04
ML_DSA_44: Final = 0x06
"""Types of a cosignature, which go into the key ID and the vkey."""
TIME_BYTES: Final = 8
_KEY_BYTES: Final = {ED25519: PUBLIC_KEY_SIZE, ML_DSA_44: 1_312}
_SIGNATURE_BYTES: Final = {ED25519: SIGNATURE_SIZE, ML_DSA_44: 2_420}
_SUBTREE_LABEL: Final = b"subtree/v1\n\0"
MAX_NAME_BYTES: Final = 255
MAX_VKEY_LENGTH: Final = 4_096  # characters
_VKEY: Final = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")


@dataclass(frozen=True, slots=True)
class CosignerKey:
    """A cosigner's public key with its name. `algorithm` is `ED25519` (32 bytes) or `ML_DSA_44` (1,312 bytes)."""

    name: str
    algorithm: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The 4-byte key ID: SHA-256(name || LF || type || key)[:4]."""
        return sha256(self.name.encode("utf-8") + b"\n" + bytes([self.algorithm]) + self.public).digest()[:4]

    @property
    def is_of_card(self) -> bool:
        """Whether it is the key of a witness with a card: then its name says which key it is, and no more."""
        return self.name.startswith(WITNESS_PREFIX)

    @property
    def signature_bytes(self) -> int:
        """Length of the time and the signature together, in bytes."""
        return TIME_BYTES + _SIGNATURE_BYTES[self.algorithm]

    def spell(self) -> str:
        """Encode the key as a C2SP vkey: name, key ID in hexadecimal and base64(type || key), joined by ``+``."""
        return f"{self.name}+{self.key_id.hex()}+{base64.encode(bytes([self.algorithm]) + self.public)}"

    def message(self, text: str, checkpoint: Checkpoint, seconds: int) -> bytes:
        """Return what is signed: over a checkpoint's `text` for Ed25519, over its parts and this key's name for ML-DSA-44.

        Raises:
            VerificationError: bad-cosignature, where ML-DSA-44 cannot sign for a log with that name.
        """
        if self.algorithm == ED25519:
            return f"cosignature/v1\ntime {seconds}\n{text}".encode()
        name, origin = self.name.encode("utf-8"), checkpoint.origin.encode("utf-8")
        if len(origin) > MAX_NAME_BYTES:
            raise VerificationError(
                "bad-cosignature", "The name of the log is too long for a cosignature of this kind."
            )
        return b"".join(
            (
                _SUBTREE_LABEL,
                bytes([len(name)]) + name,
                seconds.to_bytes(8, "big"),
                bytes([len(origin)]) + origin,
                bytes(8),
                checkpoint.size.to_bytes(8, "big"),
                checkpoint.root,
            )
        )

    def is_signed(self, signature: bytes, message: bytes) -> bool:
        """Verify a signature without its time.

        Raises:
            VerificationError: bad-cosignature, where this system's library has no ML-DSA-44.
        """
        if self.algorithm == ED25519:
            # A key of small order verifies signatures that anybody can make (docs/spec/record-log.md, section 6).
            return is_sound_key(self.public) and signing.is_signed(self.public, signature, message)
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

        try:
            MLDSA44PublicKey.from_public_bytes(self.public).verify(signature, message)
        except UnsupportedAlgorithm as error:
            raise VerificationError("bad-cosignature", "ML-DSA-44 cannot be verified on this system.") from error
        except (InvalidSignature, ValueError):
            return False
        return True


def witness_with_card(public_key: bytes) -> CosignerKey:
    """Return the key of a witness with a card. Its name is derived from its fingerprint, so that two keys never have one name."""
    return CosignerKey(WITNESS_PREFIX + fingerprint(public_key), ED25519, public_key)


def read_vkey(untrusted: str) -> CosignerKey:
    """Return the key in a vkey: of a witness with a card, or of another maker's.

    Raises:
        InputError: it is no vkey of these types, its name is reserved for another key, or its key is of small order.
    """
    match = _VKEY.fullmatch(untrusted) if len(untrusted) <= MAX_VKEY_LENGTH else None
    if match is None or not match[1].isprintable() or len(match[1].encode("utf-8", "replace")) > MAX_NAME_BYTES:
        raise InputError("A witness key is malformed.")
    typed = base64.decode(match[3])
    algorithm, public_key = (typed[0], typed[1:]) if typed else (0, b"")
    key = CosignerKey(match[1], algorithm, public_key)
    if len(public_key) != _KEY_BYTES.get(algorithm) or key.spell() != untrusted:
        raise InputError("A witness key is malformed.")
    if algorithm == ED25519 and not is_sound_key(public_key):
        raise InputError("A witness key is malformed.")
    # Names of this program are made from keys: nobody else's key may have one.
    if key.name.startswith(ORIGIN_PREFIX) and (algorithm != ED25519 or key != witness_with_card(public_key)):
        raise InputError("A witness key is malformed.")
    return key


class WitnessKey:
    """The private key for countersigning the checkpoints of other logs. It is never a log's own signing key."""

    def __init__(self, private_key: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private_key)
        self.public = self._key.public_key().public_bytes_raw()
        self.cosigner = witness_with_card(self.public)
        self.name = self.cosigner.name

    @staticmethod
    def generate() -> bytes:
        """Return a new random private key of 32 bytes."""
        return Ed25519PrivateKey.generate().private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of a message (RFC 8032)."""
        return self._key.sign(message)
