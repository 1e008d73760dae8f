"""Revocation lists of time-stamping authorities (RFC 5280, section 5): read, checked against their issuer, and asked about a certificate."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from evidence_app.errors import InputError, VerificationError
from evidence_app.proof.bundle.stamp_updates import MAX_PARTS

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, CertificateRevocationList

MAX_LIST_BYTES: Final = 1024 * 1024
"""Largest revocation list that goes into a bundle."""
PEM: Final = b"-----BEGIN"


def read_lists(untrusted: Iterable[bytes], certificates: Sequence["Certificate"]) -> list[bytes]:
    """Return revocation lists in DER, each once, after checking that one of the certificates issued and signed it.

    Raises:
        VerificationError: one is too long, is no revocation list, or is by none of them; or there are too many.
    """
    lists: dict[bytes, None] = {}
    for content in untrusted:
        lists[_der_of(content, certificates)] = None
    if len(lists) > MAX_PARTS:
        raise VerificationError("malformed", f"At most {MAX_PARTS} lists of revoked certificates go into a bundle.")
    return list(lists)


def _der_of(untrusted: bytes, certificates: Sequence["Certificate"]) -> bytes:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding

    if len(untrusted) > MAX_LIST_BYTES:
        raise VerificationError("malformed", "That is too long for a list of revoked certificates.")
    try:
        revoked = _parse(untrusted)
    except ValueError as error:
        raise VerificationError("malformed", "This is no list of revoked certificates, or it is not whole.") from error
    for certificate in certificates:
        try:
            # The issuer's key is of a sort that signs certificates: a TypeError says that it is another.
            if certificate.subject == revoked.issuer and revoked.is_signature_valid(certificate.public_key()):  # type: ignore[arg-type]
                return revoked.public_bytes(Encoding.DER)
        except (InvalidSignature, UnsupportedAlgorithm, TypeError, ValueError):
            continue
    raise VerificationError(
        "untrusted-authority", "The list of revoked certificates is not signed by a certificate of the authority."
    )


def _parse(untrusted: bytes) -> "CertificateRevocationList":
    from cryptography import x509

    if untrusted.lstrip().startswith(PEM):
        return x509.load_pem_x509_crl(untrusted)
    return x509.load_der_x509_crl(untrusted)


def require_not_revoked(certificate: "Certificate", lists: Sequence[bytes]) -> None:
    """Require that no list of a certificate's issuer names it.

    Raises:
        VerificationError: revoked.
    """
    from cryptography import x509

    for content in lists:
        revoked = x509.load_der_x509_crl(content)
        named = revoked.get_revoked_certificate_by_serial_number(certificate.serial_number)
        if revoked.issuer == certificate.issuer and named is not None:
            raise VerificationError(
                "revoked",
                f"The certificate that signed the time stamp was revoked on {named.revocation_date_utc.date().isoformat()}: ask another authority.",
            )


def list_addresses(certificates: Sequence["Certificate"]) -> list[str]:
    """Return where the certificates say that the lists are which may name them, each address once (RFC 5280, section 4.2.1.13)."""
    from cryptography import x509

    from evidence_app.network import require_address

    found: dict[str, None] = {}
    for certificate in certificates:
        try:
            points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
        except (x509.ExtensionNotFound, ValueError):
            continue
        for point in points:
            for name in point.full_name or ():
                try:
                    if isinstance(name, x509.UniformResourceIdentifier):
                        found[require_address(name.value)] = None
                except InputError:
                    continue
    return list(found)
