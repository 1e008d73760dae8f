"""The ECDSA P-256 certificate that signs PDF files, because PDF readers do not know Ed25519."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

VALIDITY = timedelta(days=365 * 30)
"""Reviews come years later. The certificate is trusted by its fingerprint in record 0, not by its dates."""


@dataclass(frozen=True, slots=True)
class SigningCertificate:
    """A certificate with its private key, both in DER (X.509; PKCS #8)."""

    certificate: bytes
    private_key: bytes

    @property
    def sha256(self) -> str:
        """The fingerprint that record 0 holds, in lower-case hexadecimal."""
        return sha256(self.certificate).hexdigest()


def new_certificate(origin: str, now: datetime) -> SigningCertificate:
    """Make a self-signed certificate. It names the log by its origin, and no person."""
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
