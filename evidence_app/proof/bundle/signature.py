"""The PAdES signature over the whole file, checked byte for byte (docs/spec/bundle.md, section 5). It is made in `bundle`."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from evidence_app.errors import VerificationError

P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of the curve's base point (FIPS 186-5; SEC 2). Of the two values of s that are valid, the lower is used."""
MAX_UPDATES: Final = 8
BYTE_RANGE: Final = re.compile(rb"/ByteRange\s*\[\s*(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})\s*\]")


@dataclass(frozen=True, slots=True)
class FileSignature:
    """A checked signature: its certificate in DER, the byte range it covers, and all that stands in the gap."""

    certificate: bytes
    byte_range: tuple[int, int, int, int]
    contents: bytes

    @property
    def certificate_sha256(self) -> str:
        """The certificate's SHA-256 in lower-case hexadecimal."""
        return sha256(self.certificate).hexdigest()


def verify_file_signature(untrusted: bytes) -> FileSignature:
    """Check that one signature covers every byte of the file but its own, and that it is valid.

    Whose certificate it is, is for the caller to compare.

    Raises:
        VerificationError: unsigned, not-covered, bad-signature.
    """
    # 1. The last byte range covers the file from its first to its last byte, but for one gap.
    found = list(BYTE_RANGE.finditer(untrusted))
    if not found:
        raise VerificationError("unsigned", "The file has no signature, or the signature is damaged.")
    start, before, after, length = (int(number) for number in found[-1].groups())
    if start or after < before or after + length != len(untrusted) or before + length > len(untrusted):
        raise VerificationError(
            "not-covered", "The signature does not cover the whole file: something was added or removed."
        )
    gap = untrusted[before:after]
    # 2. The gap holds just the signature: "<", upper-case hexadecimal, zeroes, ">".
    cms = _read_gap(gap)
    # 3. The signature is valid, and spelled in the one way.
    certificate = _verify_cms(cms, sha256(untrusted[:before] + untrusted[after:]).digest())
    return FileSignature(certificate, (start, before, after, length), bytes.fromhex(gap[1:-1].decode("ascii")))


def holds_signed_file(untrusted: bytes) -> bool:
    """Whether the bytes begin with a whole signed file, after which something was added."""
    found = list(BYTE_RANGE.finditer(untrusted))[-MAX_UPDATES:]
    for match in reversed(found):
        end = int(match[3]) + int(match[4])
        if not 0 < end < len(untrusted):
            continue
        try:
            verify_file_signature(untrusted[:end])
        except VerificationError:
            continue
        return True
    return False


def _bad(sentence: str) -> VerificationError:
    return VerificationError("bad-signature", sentence)


def _read_gap(untrusted_gap: bytes) -> bytes:
    digits = untrusted_gap[1:-1]
    if untrusted_gap[:1] != b"<" or untrusted_gap[-1:] != b">" or re.fullmatch(rb"(?:[0-9A-F]{2})+", digits) is None:
        raise _bad("The signature is damaged.")
    content = bytes.fromhex(digits.decode("ascii"))
    if len(content) < 4 or content[:2] != b"\x30\x82":
        raise _bad("The signature is damaged.")
    end = 4 + int.from_bytes(content[2:4], "big")
    if end > len(content) or any(content[end:]):
        raise _bad("The signature is damaged.")
    return content[:end]


def _verify_cms(untrusted: bytes, file_digest: bytes) -> bytes:
    from asn1crypto import cms, tsp

    # Importing tsp is what teaches asn1crypto the attribute signing_certificate_v2.
    _ = tsp.SigningCertificateV2

    try:
        signed = cms.ContentInfo.load(untrusted, strict=True)["content"]
        (signer,) = signed["signer_infos"]
        (choice,) = signed["certificates"]
        certificate: bytes = choice.chosen.dump()
        attributes = signer["signed_attrs"]
        signature = signer["signature"].native
        attributes_der = attributes.untag().dump()
        rebuilt = spell_cms(choice.chosen, attributes, signature)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise _bad("The signature is damaged.") from error
    if rebuilt != untrusted:
        raise _bad("The signature is not spelled as this program spells it.")
    _require_attributes(attributes, file_digest, certificate)
    _require_valid(certificate, signature, attributes_der)
    return certificate


def spell_cms(certificate: Any, attributes: Any, signature: bytes) -> bytes:
    """Return the one DER encoding of a CMS signature with these parts.

    The verifier re-encodes what it received and compares, so that no other encoding of the same signature passes.
    """
    from asn1crypto import algos, cms

    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
                    )
                }
            ),
            "digest_algorithm": digest,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signed_attrs": attributes,
            "signature": signature,
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": cms.DigestAlgorithms([digest]),
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    content: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return content


def _require_attributes(attributes: Any, file_digest: bytes, certificate: bytes) -> None:
    import hmac

    try:
        values = {attribute["type"].native: attribute["values"] for attribute in attributes}
        digest = values["message_digest"][0].native
        named = values["signing_certificate_v2"][0]["certs"][0]["cert_hash"].native
        sort = values["content_type"][0].native
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise _bad("The signature lacks what it must say.") from error
    if not hmac.compare_digest(digest, file_digest):
        raise _bad("The file is not as it was when it was signed.")
    if not hmac.compare_digest(named, sha256(certificate).digest()) or sort != "data":
        raise _bad("The signature names another certificate.")


def _require_valid(certificate: bytes, signature: bytes, message: bytes) -> None:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    try:
        key = x509.load_der_x509_certificate(certificate).public_key()
        r, s = decode_dss_signature(signature)
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
            raise _bad("The certificate's key is not of the curve P-256.")
        if encode_dss_signature(r, s) != signature or s > P256_ORDER // 2:
            raise _bad("The signature is not spelled as this program spells it.")
        key.verify(signature, message, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError) as error:
        raise _bad("The signature is not that of its certificate.") from error
