"""Verify the PAdES signature over the whole file (docs/spec/bundle.md, section 5). The package `bundle` makes it.

A CMS signature and its container can usually be encoded in several ways, so that bytes of a signed file could change
unnoticed. Here only one encoding is accepted, so that no byte of the file can change.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from evidence_app.errors import VerificationError
from evidence_app.proof.bundle.stamp_updates import read_stamped

P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order n of the base point of the curve P-256 (SEC 2). With s, n - s is valid too: only the lower is accepted."""
SIGNATURE_FIELD: Final = "EvidenceTrail"
"""The name of the form's field in a bundle."""
MAX_UPDATES: Final = 8
"""Maximum number of byte ranges that are tried when looking for the signed file within a longer one."""
BYTE_RANGE: Final = re.compile(rb"/ByteRange\s*\[\s*0\s+([0-9]{1,12})\s+([0-9]{1,12})\s+([0-9]{1,12})\s*\]")
"""A byte range as section 5 has it; white space are the bytes 09 to 0D and 20."""


@dataclass(frozen=True, slots=True)
class FileSignature:
    """A verified signature: its certificate in DER, its byte range, and the bytes of /Contents (the CMS and zero padding)."""

    certificate: bytes
    byte_range: tuple[int, int, int, int]
    contents: bytes

    @property
    def certificate_sha256(self) -> str:
        """The certificate's SHA-256 in lower-case hexadecimal."""
        return sha256(self.certificate).hexdigest()


def verify_file_signature(untrusted: bytes) -> FileSignature:
    """Require that a valid signature covers every byte of the file but its own.

    The caller compares the certificate with the one sealed in record 0.

    Raises:
        VerificationError: unsigned, not-covered, bad-signature.
    """
    # 1. The last byte range covers the file from its first to its last byte, but for one gap (ISO 32000-1, 12.8.1).
    last = untrusted.rfind(b"/ByteRange")
    found = BYTE_RANGE.match(untrusted, last) if last >= 0 else None
    if found is None:
        raise VerificationError("unsigned", "The file has no signature, or the signature is damaged.")
    before, after, length = (int(number) for number in found.groups())
    if after < before or after + length != len(untrusted) or before + length > len(untrusted):
        raise VerificationError(
            "not-covered", "The signature does not cover the whole file: something was added or removed."
        )
    gap = untrusted[before:after]
    # 2. The gap holds just the signature: "<", upper-case hexadecimal, zeroes, ">".
    cms = _read_gap(gap)
    # 3. The signature is valid, and in its one accepted encoding.
    # Without a copy of the file: it may take a large part of the memory.
    digest = sha256(memoryview(untrusted)[:before])
    digest.update(memoryview(untrusted)[after:])
    certificate = _verify_cms(cms, digest.digest())
    return FileSignature(certificate, (0, before, after, length), bytes.fromhex(gap[1:-1].decode("ascii")))


def signed_revision(untrusted: bytes) -> bytes | None:
    """Return the whole signed file, with its time stamps, with which the bytes begin and to which something was appended, or None.

    PDF readers save annotations as an incremental update after the end of the file (ISO 32000-1, 7.5.6).
    """
    if read_stamped(untrusted) is not None:
        # Nothing stands behind it but time stamps.
        return None
    ranges = list(BYTE_RANGE.finditer(untrusted))[-MAX_UPDATES:]
    for match in reversed(ranges):
        end = int(match[2]) + int(match[3])
        if not 0 < end < len(untrusted):
            continue
        try:
            verify_stamped_file(untrusted[:end])
        except VerificationError:
            continue
        return untrusted[:end]
    return None


def verify_stamped_file(untrusted: bytes) -> None:
    """Require what `verify_file_signature` does of what stands before the stamp updates of a file, if it has any (section 8).

    Raises:
        VerificationError: unsigned, not-covered, bad-signature.
    """
    stamped = read_stamped(untrusted)
    verify_file_signature(untrusted[: stamped.signed_length] if stamped else untrusted)


def has_signature_field(pdf: Any) -> bool:
    """Whether a PDF has the signature field of a bundle, whose attachments may have been removed."""
    try:
        return any(str(field.get("/T", "")) == SIGNATURE_FIELD for field in pdf.Root.AcroForm.Fields)
    except (AttributeError, KeyError, TypeError, ValueError, RuntimeError):
        return False


def common_name(certificate: bytes) -> str:
    """Return the common name of a certificate's subject, or an empty string."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    try:
        names = x509.load_der_x509_certificate(certificate).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    except ValueError:
        return ""
    return str(names[0].value) if len(names) == 1 else ""


def _bad(sentence: str) -> VerificationError:
    return VerificationError("bad-signature", sentence)


def _read_gap(untrusted_gap: bytes) -> bytes:
    """Return the DER bytes of the CMS signature in the gap, which is /Contents as a hexadecimal string."""
    # Upper case only: PDF allows lower case and white space too, which would leave bytes that can change.
    digits = untrusted_gap[1:-1]
    if untrusted_gap[:1] != b"<" or untrusted_gap[-1:] != b">" or re.fullmatch(rb"(?:[0-9A-F]{2})+", digits) is None:
        raise _bad("The signature is damaged.")
    content = bytes.fromhex(digits.decode("ascii"))
    # DER: a SEQUENCE (0x30) whose length has two bytes (0x82), as that of every signature with a certificate has.
    if len(content) < 4 or content[:2] != b"\x30\x82":
        raise _bad("The signature is damaged.")
    end = 4 + int.from_bytes(content[2:4], "big")
    # The gap is written before the signature's length is known, and is longer: the rest are zero bytes and nothing else.
    if end > len(content) or any(content[end:]):
        raise _bad("The signature is damaged.")
    return content[:end]


def _verify_cms(untrusted: bytes, file_digest: bytes) -> bytes:
    """Verify a CMS SignedData (RFC 5652, section 5) over `file_digest`, and return its certificate in DER."""
    from asn1crypto import cms, tsp

    # Importing tsp registers the attribute signing_certificate_v2 with asn1crypto.
    _ = tsp.SigningCertificateV2

    try:
        signed = cms.ContentInfo.load(untrusted, strict=True)["content"]
        # Exactly one signer and one certificate.
        (signer,) = signed["signer_infos"]
        (choice,) = signed["certificates"]
        certificate: bytes = choice.chosen.dump()
        attributes = signer["signed_attrs"]
        signature = signer["signature"].native
        # What is signed is the attributes with the tag of a SET, not with the [0] they carry here (RFC 5652, section 5.4).
        attributes_der = attributes.untag().dump()
        rebuilt = spell_cms(choice.chosen, attributes, signature)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise _bad("The signature is damaged.") from error
    # Every field that is not an input of `spell_cms`, and every length and tag, is thereby compared.
    if rebuilt != untrusted:
        raise _bad("The signature is not spelled as this program spells it.")
    _require_attributes(attributes, file_digest, certificate)
    _require_valid(certificate, signature, attributes_der)
    return certificate


def spell_cms(certificate: Any, attributes: Any, signature: bytes) -> bytes:
    """Return the one accepted DER encoding of a CMS signature with these parts (section 5; RFC 5652, section 5.1).

    The verifier re-encodes the received parts and compares the bytes, so that no other encoding of the signature passes.
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
    """Require that the signed attributes name this file's digest, this certificate, and the content type `data`.

    message-digest and content-type: RFC 5652, section 11; signing-certificate-v2: RFC 5035. Without the latter, the
    certificate could be exchanged for another one with the same key.
    """
    from asn1crypto import cms

    try:
        values = {attribute["type"].native: attribute["values"] for attribute in attributes}
        digest = values["message_digest"][0].native
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise _bad("The signature lacks what it must say.") from error
    if digest != file_digest:
        raise _bad("The file is not as it was when it was signed.")
    expected = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [file_digest]}),
            cms.CMSAttribute(
                {
                    "type": "signing_certificate_v2",
                    "values": [{"certs": [{"cert_hash": sha256(certificate).digest()}]}],
                }
            ),
        ]
    )
    if attributes.untag().dump() != expected.dump():
        raise _bad("The signature says more than the file's digest and its certificate, or names another certificate.")


def _require_valid(certificate: bytes, signature: bytes, message: bytes) -> None:
    """Require a valid ECDSA P-256 signature (FIPS 186-5) of the message by the certificate's key, in its one encoding."""
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
        # One DER encoding of r and s, and of s and n - s only the lower.
        if encode_dss_signature(r, s) != signature or s > P256_ORDER // 2:
            raise _bad("The signature is not spelled as this program spells it.")
        key.verify(signature, message, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError) as error:
        raise _bad("The signature is not that of its certificate.") from error
