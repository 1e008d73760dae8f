"""DKIM verification (RFC 6376; RFC 8301 for key sizes, RFC 8463 for Ed25519; docs/spec/mail.md, section 6).

The program is offline and makes no DNS query: the user supplies the key record, or the store holds it from before.
Without one the result is "not checked".
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

KeyRecord = Callable[[str], str | None]
"""Looks up the text of the DNS record of a name such as ``s1._domainkey.example.org``; None where it is not held."""

# The results of a check (docs/spec/mail.md, section 6).
VERIFIED: Final = "verified"
FAILED: Final = "failed"
NOT_CHECKED: Final = "not checked"
NOT_SIGNED: Final = "no signature"

UNSIGNED_TYPE: Final = "its content type is not signed: what sort of mail it is could have been changed"
"""The caution on a signature that verifies but leaves out how the body is to be interpreted."""
MAX_SIGNATURES: Final = 5
"""The most signatures of one mail that are checked."""
MIN_RSA_BITS: Final = 1024
"""The smallest RSA key that is accepted (RFC 8301, section 3.2)."""
ONCE: Final = (
    *("from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references"),
    *("mime-version", "content-type", "content-transfer-encoding", "content-disposition", "content-id"),
    *("disposition", "original-message-id", "final-recipient", "auto-submitted", "disposition-notification-to"),
)
"""Header fields that may occur once only: those of RFC 5322, section 3.6, of MIME, and of receipts.

A second one, added after signing, could be displayed instead of the signed one (RFC 6376, section 8.15).
"""
MAX_HEAD_BYTES: Final = 1024 * 1024
"""How much of the header section is read."""

_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_TAG: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*=(.*)", re.DOTALL)
# The value of the b= tag, and the tag itself as a group.
_B_VALUE: Final = re.compile(rb"((?:^|;)[ \t\r\n]*b[ \t\r\n]*=)[^;]*")
_SPACE: Final = re.compile(rb"[ \t]+")
_FIELD_NAME: Final = re.compile(rb"[!-9;-~]+[ \t]*")
_BLANK: Final = re.compile(r"[ \t]+")
_DOMAIN: Final = re.compile(r"[A-Za-z0-9._-]{1,253}")


@dataclass(frozen=True, slots=True)
class DkimResult:
    """The result of a check. `name` is the DNS name of the key and `key` the record that was used; `signed` has the
    lower-case names of the fields in h=. `reason` explains a failure, or a caution on a signature that verifies.
    """

    result: str
    domain: str = ""
    name: str = ""
    key: str = ""
    reason: str = ""
    signed: tuple[str, ...] = ()


def check_dkim(untrusted: bytes, key_record: KeyRecord) -> DkimResult:
    """Verify the signatures of a mail; the result is that of the first that verifies, else the first that fails.

    A mail may have several signatures, and one that verifies is enough (RFC 6376, section 6.1).
    """
    fields, body = _split_mail(untrusted)
    signatures = [signature for signature in fields if signature[0].lower() == b"dkim-signature"][:MAX_SIGNATURES]
    bodies = _Bodies(body)
    results = [_check_signature(signature, fields, bodies, key_record) for signature in signatures]
    for state in (VERIFIED, FAILED, NOT_CHECKED):
        for result in results:
            if result.result == state:
                return result
    return DkimResult(NOT_SIGNED)


Header = tuple[bytes, bytes]
"""A header field: its name, and its value as written, folding included."""


def _split_mail(untrusted: bytes) -> tuple[list[Header], bytes]:
    """Split a mail into header fields and body, with CR LF line ends: signers hash those, whatever the file has (section 3.4)."""
    octets = _LINE_END.sub(b"\r\n", untrusted)
    header_section, _, body = octets.partition(b"\r\n\r\n")
    lines_of_fields: list[list[bytes]] = []
    for line in header_section[:MAX_HEAD_BYTES].split(b"\r\n"):
        if line[:1] in {b" ", b"\t"} and lines_of_fields:
            lines_of_fields[-1].append(line)
        else:
            lines_of_fields.append([line])
    joined = (b"\r\n".join(lines).partition(b":") for lines in lines_of_fields)
    return [(name, value) for name, _, value in joined], body


def read_tags(text: str) -> dict[str, str] | None:
    """Parse a list of ``tag=value``; None where it is malformed or names a tag twice (RFC 6376, section 3.2)."""
    tags: dict[str, str] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        match = _TAG.fullmatch(part)
        if match is None or match[1] in tags:
            return None
        tags[match[1]] = match[2].strip()
    return tags


def _check_signature(
    signature: Header, fields: Sequence[Header], bodies: "_Bodies", key_record: KeyRecord
) -> DkimResult:
    """Verify one DKIM-Signature field (RFC 6376, sections 3.5 and 6.1)."""
    tags = read_tags(signature[1].decode("latin-1"))
    if tags is None or not all(tags.get(name) for name in ("v", "a", "b", "bh", "d", "h", "s")) or tags["v"] != "1":
        return DkimResult(FAILED, reason="its DKIM signature is malformed")
    domain, selector = tags["d"].lower(), tags["s"].lower()
    if not _DOMAIN.fullmatch(domain) or not _DOMAIN.fullmatch(selector):
        return DkimResult(FAILED, reason="its DKIM signature names no domain")
    # Where the key record is in the DNS (section 3.6.2.1).
    name = f"{selector}._domainkey.{domain}"
    record = key_record(name)
    if record is None:
        return DkimResult(NOT_CHECKED, domain, name, reason="the key record is not held")
    reason = _failure_reason(tags, signature, fields, bodies, record)
    signed = tuple(field_name.strip().lower() for field_name in tags["h"].split(":"))
    if not reason and any(
        field_name not in signed and _has_field(fields, field_name)
        for field_name in ("content-type", "content-transfer-encoding")
    ):
        return DkimResult(VERIFIED, domain, name, record, UNSIGNED_TYPE, signed)
    return DkimResult(FAILED if reason else VERIFIED, domain, name, record, reason, signed)


def _has_field(fields: Sequence[Header], name: str) -> bool:
    return any(field_name.strip().lower() == name.encode("ascii") for field_name, _ in fields)


def _failure_reason(
    tags: dict[str, str], signature: Header, fields: Sequence[Header], bodies: "_Bodies", record: str
) -> str:
    """Return the reason why a signature does not verify, or "" where it does."""
    # RFC 6376, section 5.4: a signature must cover From.
    signed = [name.strip().lower() for name in tags["h"].split(":")]
    if "from" not in signed:
        return "it does not sign who the mail is from"
    # Section 8.2: with l=, anybody could append text to the signed part.
    if tags.get("l"):
        return "it signs only a part of the mail"
    if not all(_FIELD_NAME.fullmatch(name) for name, _ in fields):
        return "it has a line among its headers that is none, and that a reader could take for one"
    names = [name.strip().lower().decode("latin-1") for name, _ in fields]
    repeated = [name for name in ONCE if names.count(name) > 1]
    if repeated:
        return f"it has more than one {repeated[0].title()} header, and one of them is not what is shown"
    # Section 6.1.1: the domain of i= must be that of d= or one below it.
    identity = tags.get("i", "").rpartition("@")[2].lower()
    if identity and identity != tags["d"].lower() and not identity.endswith("." + tags["d"].lower()):
        return "it names an identity outside its domain"
    # Section 3.5, c=: without a second part the body's method is "simple".
    header_method, _, body_method = tags.get("c", "simple/simple").lower().partition("/")
    if tags["a"] not in {"rsa-sha256", "ed25519-sha256"} or {header_method, body_method or "simple"} - {
        "simple",
        "relaxed",
    }:
        return f"it is signed in a way that is not accepted ({tags['a'][:20]})"
    body_hash, signature_bytes = _from_base64(tags["bh"]), _from_base64(tags["b"])
    if body_hash is None or signature_bytes is None:
        return "its DKIM signature is malformed"
    if not hmac.compare_digest(bodies.digest(body_method or "simple"), body_hash):
        return "its text is not what was signed"
    if not _is_signed(
        tags["a"], record, signature_bytes, _signed_bytes(signature, signed, fields, relaxed=header_method == "relaxed")
    ):
        return "its headers are not what was signed, or the key is another"
    return ""


def _from_base64(text: str) -> bytes | None:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (ValueError, binascii.Error):
        return None


class _Bodies:
    """The SHA-256 of a mail's body by canonicalization method, each computed once for all signatures."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._digests: dict[str, bytes] = {}

    def digest(self, canonicalization: str) -> bytes:
        """Return the SHA-256 of the body in a canonicalization method, "simple" or "relaxed"."""
        if canonicalization not in self._digests:
            self._digests[canonicalization] = hashlib.sha256(_canonical_body(self._body, canonicalization)).digest()
        return self._digests[canonicalization]


def _canonical_body(body: bytes, canonicalization: str) -> bytes:
    """Canonicalize a body: "simple" (RFC 6376, section 3.4.3) or "relaxed" (section 3.4.4)."""
    if canonicalization == "relaxed":
        # Runs of white space become one space; white space at line ends is removed.
        body = b"\r\n".join(_SPACE.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n"))
    # Both methods ignore empty lines at the end. An empty body is CR LF in "simple", and nothing in "relaxed".
    body = body.rstrip(b"\r\n")
    if body:
        return body + b"\r\n"
    return b"" if canonicalization == "relaxed" else b"\r\n"


def _canonical_field(header: Header, *, relaxed: bool) -> bytes:
    """Canonicalize a header field without its line end: "simple" (RFC 6376, section 3.4.1) or "relaxed" (section 3.4.2)."""
    name, value = header
    if not relaxed:
        return name + b":" + value
    unfolded = _SPACE.sub(b" ", value.replace(b"\r\n", b"")).strip(b" \t")
    return name.strip(b" \t").lower() + b":" + unfolded


def _signed_bytes(signature: Header, signed: Sequence[str], fields: Sequence[Header], *, relaxed: bool) -> bytes:
    """Return the bytes that the signature covers (RFC 6376, section 3.7).

    Of several fields with one name the last is taken first; a name in h= without a field adds nothing (section 5.4.2).
    """
    remaining: dict[str, list[Header]] = {}
    for header in fields:
        remaining.setdefault(header[0].strip().lower().decode("latin-1"), []).append(header)
    signed_fields = [_canonical_field(remaining[name].pop(), relaxed=relaxed) for name in signed if remaining.get(name)]
    # The signature's own field comes last, with an empty b= and without a line end.
    own_field = (signature[0], _B_VALUE.sub(rb"\1", signature[1]))
    return b"".join(signed_field + b"\r\n" for signed_field in signed_fields) + _canonical_field(
        own_field, relaxed=relaxed
    )


def _is_signed(algorithm: str, record: str, signature: bytes, message: bytes) -> bool:
    """Verify a signature with the key record (RFC 6376, section 3.6.1); False for a key that is not accepted."""
    # An empty p= is a revoked key.
    tags = read_tags(record)
    if tags is None or tags.get("v", "DKIM1") != "DKIM1" or not tags.get("p"):
        return False
    key_type = algorithm.partition("-")[0]
    allowed = [name.strip() for name in tags.get("h", "sha256").split(":")]
    public = _from_base64(tags["p"])
    services = [name.strip() for name in tags.get("s", "*").split(":")]
    if not {"*", "email"} & set(services):
        return False
    if tags.get("k", "rsa") != key_type or "sha256" not in allowed or public is None:
        return False
    try:
        # RFC 8463, section 3: Ed25519 signs the SHA-256 of the fields, and p= is the bare key of 32 bytes.
        if key_type == "ed25519":
            Ed25519PublicKey.from_public_bytes(public).verify(signature, hashlib.sha256(message).digest())
            return True
        # For RSA, p= is a SubjectPublicKeyInfo in DER.
        key = serialization.load_der_public_key(public)
        if not isinstance(key, RSAPublicKey) or key.key_size < MIN_RSA_BITS:
            return False
        key.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def read_key_records(untrusted: str) -> dict[str, str]:
    """Parse key records by lower-case DNS name: on each line a name, then the record, as ``dig`` or a zone file prints it.

    The dot at the end of a name is removed, and so are the quotation marks that split a record into strings of at most
    255 bytes. Other lines are ignored; of two records with one name the last counts.
    """
    records: dict[str, str] = {}
    for line in untrusted.splitlines():
        name, _, rest = _BLANK.sub(" ", line.strip()).partition(" ")
        name = name.rstrip(".").lower()
        start = re.search(r"(?:v\s*=\s*DKIM1|[kp]\s*=)", rest)
        if "._domainkey." in name and start is not None:
            record = rest[start.start() :].replace('" "', "").replace('"', "").rstrip(" )")
            records[name] = record.strip()
    return records
