"""The ECDSA P-256 certificate that signs PDF files (docs/spec/bundle.md, section 5): PDF readers do not support Ed25519."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

VALIDITY = timedelta(days=365 * 30)
"""Long, since bundles are reviewed years later. The certificate is trusted by its SHA-256 in record 0, not by its dates."""


@dataclass(frozen=True, slots=True)
class SigningCertificate:
    """A certificate (X.509, DER) with its private key (PKCS #8, DER, unencrypted)."""

    certificate: bytes
    private_key: bytes

    @property
    def sha256(self) -> str:
        """The certificate's SHA-256 as record 0 holds it, in lower-case hexadecimal."""
        return sha256(self.certificate).hexdigest()


def new_certificate(origin: str, now: datetime) -> SigningCertificate:
    """Create a self-signed certificate (RFC 5280) with a new key. Its subject is the log's origin, and no person.

    It is valid from one day before `now`, so that readers whose clock is behind accept it.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Evidence Trail"),
            x509.NameAttribute(NameOID.COMMON_NAME, origin),
        ]
    )
    # Signatures on documents, and nothing else (RFC 5280, section 4.2.1.3).
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    start = now.astimezone(UTC).replace(microsecond=0)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - timedelta(days=1))
        .not_valid_after(start + VALIDITY)
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return SigningCertificate(
        certificate.public_bytes(serialization.Encoding.DER),
        key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )
