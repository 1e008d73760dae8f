"""RFC 3161 time stamps over a signed checkpoint: making a request and verifying the response (docs/spec/time-stamps.md).

Steps 1, 2, 4 and 5 of section 3 of that page are here; 3 (the nonce) and 6 (a time in the future) concern only the
program that made the request. The ASN.1, CMS and certificate-path work is done by the package rfc3161-client.
"""

import hashlib
import secrets
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from evidence_app.errors import InputError, VerificationError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

MAX_ANSWER_BYTES: Final = 1024 * 1024  # of a TimeStampResp
MAX_PEM_LENGTH: Final = 100_000  # characters of an authority's certificates
GRANTED: Final = 0  # PKIStatus (RFC 3161, section 2.4.2)
TST_INFO: Final = "tst_info"
"""The type of what a time stamp signs, as asn1crypto names it (id-ct-TSTInfo)."""
GRANTED_STATUS: Final = bytes((0x30, 3, 2, 1, GRANTED))
"""PKIStatusInfo with the status *granted* alone, in DER."""
HASHES: Final = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
"""Accepted hash algorithms of a message imprint, by object identifier, with their names in `hashlib`."""


@dataclass(frozen=True, slots=True)
class TimeStampRequest:
    """A TimeStampReq in DER, and the nonce that the response must repeat (RFC 3161, section 2.4.1)."""

    content: bytes
    nonce: int


@dataclass(frozen=True, slots=True)
class TimeStampAnswer:
    """A granted TimeStampResp, its signature not verified yet: `require_signed` does that.

    `at` is genTime, by the authority's clock, in UTC. `imprint` is the stamped hash and `algorithm` its name in `hashlib`.
    """

    parsed: "TimeStampResponse"
    algorithm: str
    imprint: bytes
    nonce: int | None
    at: datetime
    serial: int

    def is_of(self, message: bytes) -> bool:
        """Return whether the stamped hash is that of these bytes."""
        return hashlib.new(self.algorithm, message).digest() == self.imprint


def make_request_over(digest: bytes) -> TimeStampRequest:
    """Return a request for a time stamp over a SHA-256 digest, with a nonce and certReq true (RFC 3161, section 2.4.1)."""
    from asn1crypto import tsp

    nonce = secrets.randbits(63)
    request = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest},
            "nonce": nonce,
            "cert_req": True,
        }
    )
    return TimeStampRequest(bytes(request.dump()), nonce)


def make_request(message: bytes) -> TimeStampRequest:
    """Return a request for a time stamp over some bytes, with SHA-256, a nonce and certReq true (section 2 of that page)."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    builder = (
        TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).cert_request(cert_request=True)
    )
    request = builder.build()
    return TimeStampRequest(request.as_bytes(), request.nonce or 0)


def read_certificates(untrusted_pem: str) -> list["Certificate"]:
    """Parse the certificates of an authority from PEM.

    Raises:
        InputError: there are none, or one cannot be read.
    """
    from cryptography import x509

    if len(untrusted_pem) > MAX_PEM_LENGTH:
        raise InputError("That is too long to be an authority's certificates.")
    try:
        return x509.load_pem_x509_certificates(untrusted_pem.encode("utf-8"))
    except ValueError as error:
        raise InputError("There are no certificates in PEM in it: lines from BEGIN to END CERTIFICATE.") from error


def parse_certificates(untrusted: Iterable[bytes]) -> list["Certificate"]:
    """Parse certificates in DER.

    Raises:
        VerificationError: malformed.
    """
    from cryptography import x509

    with _refusing("malformed", "A certificate of the time stamp cannot be read."):
        return [x509.load_der_x509_certificate(each) for each in untrusted]


def own_root_of(certificates: Iterable["Certificate"]) -> "Certificate | None":
    """Return the first certificate whose issuer is its own subject, or None."""
    return next((each for each in certificates if each.issuer == each.subject), None)


def root_of(certificates: list["Certificate"]) -> "Certificate":
    """Return the root of a list of certificates: the first whose issuer is its own subject, or else the last."""
    return own_root_of(certificates) or certificates[-1]


def fingerprint_of(certificate: "Certificate") -> str:
    """Return the SHA-256 of a certificate's DER encoding, in lower-case hexadecimal."""
    return hashlib.sha256(_der(certificate)).hexdigest()


def read_answer(untrusted: bytes) -> TimeStampAnswer:
    """Parse a TimeStampResp (DER) and require that it is granted (docs/spec/time-stamps.md, section 3, step 1).

    Raises:
        VerificationError: malformed, not-granted.
    """
    if len(untrusted) > MAX_ANSWER_BYTES:
        raise VerificationError("malformed", "That is too long to be the answer of a time-stamping authority.")
    with _refusing("malformed", "This is no answer of a time-stamping authority, or it is not whole."):
        parsed = _parse(untrusted)
        status = parsed.status
    if status != GRANTED:
        raise VerificationError("not-granted", "The authority did not grant the time stamp. Ask again, or ask another.")
    with _refusing("malformed", "The time stamp in the answer is malformed."):
        info = parsed.tst_info
        imprint = info.message_imprint
        algorithm = HASHES.get(imprint.hash_algorithm.dotted_string, "")
        # The nonce is read before the signature is verified, and only ever compared.
        answer = TimeStampAnswer(
            parsed, algorithm, bytes(imprint.message), info.nonce, info.gen_time.astimezone(UTC), info.serial_number
        )
    if not algorithm:
        raise VerificationError("malformed", "The time stamp uses a hash that is not known here.")
    return answer


def answer_with(untrusted_token: bytes) -> bytes:
    """Return the TimeStampResp that grants a time-stamp token, in DER: a PDF holds the token alone (ISO 32000-2, 12.8.5)."""
    content = GRANTED_STATUS + untrusted_token
    return b"\x30\x82" + len(content).to_bytes(2, "big") + content


def token_of(answer: TimeStampAnswer) -> bytes:
    """Return the time-stamp token of an answer, in DER."""
    return bytes(answer.parsed.time_stamp_token())


def _parse(untrusted: bytes) -> "TimeStampResponse":
    """Parse a response as it is, or else with its certificates in DER order."""
    from rfc3161_client import decode_timestamp_response

    try:
        return decode_timestamp_response(untrusted)
    except ValueError:
        return decode_timestamp_response(_with_certificates_in_order(untrusted))


def _carrying(answer: TimeStampAnswer, more: list["Certificate"]) -> "TimeStampResponse":
    """Return a response that carries more certificates, each once. No signature covers them (RFC 5652, section 5.4)."""
    from rfc3161_client import decode_timestamp_response

    if not more:
        return answer.parsed
    return decode_timestamp_response(
        _with_certificates_in_order(answer.parsed.as_bytes(), [_der(each) for each in more])
    )


def _with_certificates_in_order(untrusted: bytes, more: Iterable[bytes] = ()) -> bytes:
    """Return a response with its certificates, and `more`, sorted as DER requires of a SET OF (X.690, section 11.6).

    Some authorities, such as OpenSSL's, send them unsorted, and the parser refuses that. No signature covers the list of
    certificates (RFC 5652, section 5.4), so sorting it changes nothing that is signed. ValueError, KeyError and TypeError
    are raised for what is not a TimeStampResp.
    """
    from asn1crypto import tsp, x509

    response = tsp.TimeStampResp.load(untrusted, strict=True)
    signed = response["time_stamp_token"]["content"]
    carried = {bytes(choice.chosen.dump()): choice.chosen for choice in signed["certificates"]}
    carried |= {each: x509.Certificate.load(each) for each in more}
    signed["certificates"] = [carried[each] for each in sorted(carried)]
    return bytes(response.dump())


def require_signed(answer: TimeStampAnswer, message: bytes, certificates: list["Certificate"]) -> None:
    """Require that a response is over `message` and signed by an authority with these certificates (section 3 of that page).

    Raises:
        VerificationError: other-log, expired, untrusted-authority.
    """
    # Step 2: the message imprint is the hash of these bytes (RFC 3161, section 2.4.2).
    if not answer.is_of(message):
        raise VerificationError("other-log", "The time stamp is over something else.")
    require_signed_by(answer, certificates)


def require_signed_by(
    answer: TimeStampAnswer, certificates: Iterable["Certificate"], between: Iterable["Certificate"] = ()
) -> None:
    """Require that a response, whatever it is over, is signed by an authority with these certificates (steps 4 and 5).

    `between` may stand between one of them and the signer, and are not trusted by themselves.

    Raises:
        VerificationError: expired, untrusted-authority.
    """
    from rfc3161_client import VerifierBuilder

    with _refusing(
        "untrusted-authority",
        "The time stamp is not signed by the authority whose certificates are known, or it is altered.",
    ):
        # Step 4: the signer's certificate was valid at the time in the stamp.
        _require_valid_then(answer)
        # Step 5: the CMS signature, the certificate path, and the key usage for time stamping alone (RFC 3161, section 2.3).
        # Every certificate that the owner trusts is an anchor, the intermediate ones too; each is added once.
        _require_attributes(answer)
        verifier = VerifierBuilder()
        for certificate in {fingerprint_of(each): each for each in certificates}.values():
            verifier = verifier.add_root_certificate(certificate)
        # What the library calls intermediate it trusts like a root: so those between are put to those that the answer carries.
        verifier.build().verify(_carrying(answer, list(between)), answer.imprint)


def require_signed_alone(answer: TimeStampAnswer) -> str:
    """Require that a response is signed by a certificate that it carries (section 5 of that page); return the SHA-256 of that.

    Raises:
        VerificationError: expired, untrusted-authority.
    """
    from rfc3161_client import VerifierBuilder

    with _refusing(
        "untrusted-authority", "It is not signed by the certificate that it carries, or that is for other things."
    ):
        _require_valid_then(answer)
        _require_attributes(answer)
        verifier = VerifierBuilder()
        for certificate in {fingerprint_of(each): each for each in carried_by(answer)}.values():
            verifier = verifier.add_root_certificate(certificate)
        verifier.build().verify(answer.parsed, answer.imprint)
        (signer,) = _signers_of(answer)
        return fingerprint_of(signer)


def carried_by(answer: TimeStampAnswer) -> list["Certificate"]:
    """Return the certificates that a response carries. ValueError is raised where one cannot be read."""
    from cryptography.x509 import load_der_x509_certificate

    return [load_der_x509_certificate(der) for der in answer.parsed.signed_data.certificates]


def _signers_of(answer: TimeStampAnswer) -> list["Certificate"]:
    """Return the certificates, of those carried, that CMS names as its signers by issuer and serial number (RFC 5652, section 10.2.4)."""
    signers = {(signer.issuer, signer.serial_number) for signer in answer.parsed.signed_data.signer_infos}
    return [each for each in carried_by(answer) if (each.issuer, each.serial_number) in signers]


def signer_of(answer: TimeStampAnswer) -> "Certificate":
    """Return the certificate of the signer of a response.

    Raises:
        VerificationError: untrusted-authority: it carries none, or several.
    """
    with _refusing("untrusted-authority", "The answer does not carry the certificate that signed it."):
        (signer,) = _signers_of(answer)
        return signer


@contextmanager
def _refusing(reason: str, sentence: str) -> Iterator[None]:
    """Convert the exceptions that the libraries raise for malformed or unsigned bytes to one `VerificationError`."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.x509 import DuplicateExtension, ExtensionNotFound, InvalidVersion, UnsupportedGeneralNameType
    from rfc3161_client import VerificationError as NotVerified

    try:
        with warnings.catch_warnings():
            # The libraries warn of certificates that a later version will refuse; such warnings are not for the terminal.
            warnings.simplefilter("ignore")
            yield
    except (
        NotVerified,
        ValueError,
        KeyError,
        TypeError,
        OverflowError,
        DuplicateExtension,
        ExtensionNotFound,
        InvalidVersion,
        UnsupportedAlgorithm,
        UnsupportedGeneralNameType,
        StopIteration,
    ) as error:
        raise VerificationError(reason, sentence) from error


def _require_valid_then(answer: TimeStampAnswer) -> None:
    """Require that the signer's certificate was valid at the stamped time, though it may have expired since (step 4)."""
    for signer in _signers_of(answer):
        if not signer.not_valid_before_utc <= answer.at <= signer.not_valid_after_utc:
            raise VerificationError("expired", "The authority's certificate was not valid at the time in the stamp.")


def _require_attributes(answer: TimeStampAnswer) -> None:
    """Require what RFC 3161, section 2.4.2, asks of the CMS message beyond its signature: types, hashes, and the name of the signer's certificate.

    ValueError is raised where it is not so.
    """
    from asn1crypto import tsp

    token = tsp.TimeStampResp.load(answer.parsed.as_bytes())["time_stamp_token"]["content"]
    (signer,) = token["signer_infos"]
    attributes = {each["type"].native: each["values"] for each in signer["signed_attrs"]}
    if (
        token["encap_content_info"]["content_type"].native != TST_INFO
        or attributes["content_type"][0].native != TST_INFO
    ):
        raise ValueError("it is no time stamp that is signed")
    if signer["digest_algorithm"]["algorithm"].native not in HASHES.values():
        raise ValueError("the hash of the message is not known here")
    if "signing_certificate_v2" in attributes:
        named = attributes["signing_certificate_v2"][0]["certs"][0]
        algorithm = named["hash_algorithm"]["algorithm"].native
    else:
        named, algorithm = attributes["signing_certificate"][0]["certs"][0], "sha1"
    (own,) = _signers_of(answer)
    if hashlib.new(algorithm, _der(own)).digest() != named["cert_hash"].native:
        raise ValueError("another certificate is named")


def _der(certificate: "Certificate") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)
