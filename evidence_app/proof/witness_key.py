"""A witness's own Ed25519 key: C2SP tlog-cosignature, type 0x04 (docs/spec/exchange.md, section 4)."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence_app.proof.cosigner_key import witness_with_card


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
