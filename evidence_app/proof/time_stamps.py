"""RFC 3161 time stamps over a signed checkpoint: asking, and judging the answer (docs/spec/time-stamps.md)."""

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from evidence_app.errors import InputError, VerificationError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

MAX_ANSWER_BYTES: Final = 1024 * 1024
MAX_PEM_LENGTH: Final = 100_000
GRANTED: Final = 0
HASHES: Final = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}


@dataclass(frozen=True, slots=True)
class TimeStampRequest:
    """A request as it is sent (DER), and the nonce that the answer must repeat."""

    content: bytes
    nonce: int


@dataclass(frozen=True, slots=True)
class TimeStampAnswer:
    """An answer that was granted. `at` is the authority's clock, in UTC. Who signed it is not judged yet."""

    parsed: "TimeStampResponse"
    algorithm: str
    imprint: bytes
    nonce: int | None
    at: datetime
    serial: int

    def is_of(self, message: bytes) -> bool:
        """Whether it is over these bytes."""
        return hashlib.new(self.algorithm, message).digest() == self.imprint


def make_request(message: bytes) -> TimeStampRequest:
    """Return a request for a stamp over some bytes."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    request = (
        TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).cert_request(cert_request=True)
    )
    made = request.build()
    return TimeStampRequest(made.as_bytes(), made.nonce or 0)


def read_certificates(untrusted_pem: str) -> list["Certificate"]:
    """Return the certificates of an authority.

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


def root_of(certificates: list["Certificate"]) -> "Certificate":
    """Return the certificate that stands at the end: the one that names itself as its issuer, or else the last."""
    return next((each for each in certificates if each.issuer == each.subject), certificates[-1])


def fingerprint_of(certificate: "Certificate") -> str:
    """Return a certificate's SHA-256, in hexadecimal."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def read_answer(untrusted: bytes) -> TimeStampAnswer:
    """Read an answer.

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
        # The nonce is read before who signed is known: it is only compared.
        answer = TimeStampAnswer(
            parsed, algorithm, bytes(imprint.message), info.nonce, info.gen_time.astimezone(UTC), info.serial_number
        )
    if not algorithm:
        raise VerificationError("malformed", "The time stamp uses a hash that is not known here.")
    return answer


def _parse(untrusted: bytes) -> "TimeStampResponse":
    from rfc3161_client import decode_timestamp_response

    try:
        return decode_timestamp_response(untrusted)
    except ValueError:
        return decode_timestamp_response(_with_certificates_in_order(untrusted))


def _with_certificates_in_order(untrusted: bytes) -> bytes:
    """Return an answer with its certificates in the order that DER asks for. They are signed by nobody, and OpenSSL's authority leaves them as they come.

    Raises:
        ValueError, KeyError, TypeError: it is no answer.
    """
    from asn1crypto import tsp

    answer = tsp.TimeStampResp.load(untrusted, strict=True)
    signed = answer["time_stamp_token"]["content"]
    signed["certificates"] = sorted(
        (each.chosen for each in signed["certificates"]), key=lambda each: bytes(each.dump())
    )
    return bytes(answer.dump())


def require_signed(answer: TimeStampAnswer, message: bytes, certificates: list["Certificate"]) -> None:
    """Require that an answer over some bytes is signed by an authority with these certificates, at a time when its own was valid.

    Raises:
        VerificationError: other-log, expired, untrusted-authority.
    """
    from rfc3161_client import VerifierBuilder

    if not answer.is_of(message):
        raise VerificationError("other-log", "The time stamp is over something else.")
    with _refusing(
        "untrusted-authority",
        "The time stamp is not signed by the authority whose certificates are known, or it is altered.",
    ):
        _require_valid_then(answer)
        verifier = VerifierBuilder()
        for each in {fingerprint_of(each): each for each in certificates}.values():
            verifier = verifier.add_root_certificate(each)
        verifier.build().verify_message(answer.parsed, message)


@contextmanager
def _refusing(reason: str, sentence: str) -> Iterator[None]:
    """Turn whatever the libraries say of bytes that are not what they should be into one refusal."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.x509 import DuplicateExtension, ExtensionNotFound, InvalidVersion, UnsupportedGeneralNameType
    from rfc3161_client import VerificationError as NotVerified

    try:
        with warnings.catch_warnings():
            # A certificate that will be refused some day is refused or not now; nobody is to read of it on the terminal.
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
    ) as error:
        raise VerificationError(reason, sentence) from error


def _require_valid_then(answer: TimeStampAnswer) -> None:
    from cryptography import x509

    signed = answer.parsed.signed_data
    signers = [(each.issuer, each.serial_number) for each in signed.signer_infos]
    for der in signed.certificates:
        each = x509.load_der_x509_certificate(der)
        if (each.issuer, each.serial_number) in signers and not (
            each.not_valid_before_utc <= answer.at <= each.not_valid_after_utc
        ):
            raise VerificationError("expired", "The authority's certificate was not valid at the time in the stamp.")
