"""DKIM (RFC 6376; Ed25519 after RFC 8463): whether a mail still is as its sender's domain signed it.

The program is offline: the key record comes from the person or is held already. With none, nothing is checked.
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
"""Returns the text of the DNS record with a name such as ``s1._domainkey.example.org``, or None."""

VERIFIED: Final = "verified"
FAILED: Final = "failed"
NOT_CHECKED: Final = "not checked"
NOT_SIGNED: Final = "no signature"

UNSIGNED_TYPE: Final = "its content type is not signed: what sort of mail it is could have been changed"
MAX_SIGNATURES: Final = 5
MIN_RSA_BITS: Final = 1024
"""RFC 8301, section 3.2: shorter keys are not to be believed."""
ONCE: Final = (
    *("from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references"),
    *("mime-version", "content-type", "content-transfer-encoding", "content-disposition", "content-id"),
    *("disposition", "original-message-id", "final-recipient", "auto-submitted", "disposition-notification-to"),
)
"""Headers that a mail has once (RFC 5322, section 3.6): a second one could be shown in the place of the signed one."""
MAX_HEAD_BYTES: Final = 1024 * 1024

_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_TAG: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*=(.*)", re.DOTALL)
_B_TAG: Final = re.compile(rb"((?:^|;)[ \t\r\n]*b[ \t\r\n]*=)[^;]*")
_SPACE: Final = re.compile(rb"[ \t]+")
_NAME: Final = re.compile(rb"[!-9;-~]+[ \t]*")
_BLANK: Final = re.compile(r"[ \t]+")
_DOMAIN: Final = re.compile(r"[A-Za-z0-9._-]{1,253}")


@dataclass(frozen=True, slots=True)
class DkimResult:
    """What was found. `name` is the DNS name of the key, `key` its record as it was believed."""

    result: str
    domain: str = ""
    name: str = ""
    key: str = ""
    reason: str = ""
    signed: tuple[str, ...] = ()


def check_dkim(untrusted: bytes, key_record: KeyRecord) -> DkimResult:
    """Check the signatures of a mail; the first that verifies stands for it."""
    head, body = _taken_apart(untrusted)
    signatures = [header for header in head if header[0].lower() == b"dkim-signature"][:MAX_SIGNATURES]
    bodies = _Bodies(body)
    results = [_check_one(header, head, bodies, key_record) for header in signatures]
    for wanted in (VERIFIED, FAILED, NOT_CHECKED):
        for result in results:
            if result.result == wanted:
                return result
    return DkimResult(NOT_SIGNED)


Header = tuple[bytes, bytes]


def _taken_apart(untrusted: bytes) -> tuple[list[Header], bytes]:
    """Return the header fields, each name with its value as written, and the body; lines end in CR LF."""
    octets = _LINE_END.sub(b"\r\n", untrusted)
    head, _, body = octets.partition(b"\r\n\r\n")
    fields: list[list[bytes]] = []
    for line in head[:MAX_HEAD_BYTES].split(b"\r\n"):
        if line[:1] in {b" ", b"\t"} and fields:
            fields[-1].append(line)
        else:
            fields.append([line])
    joined = (b"\r\n".join(lines).partition(b":") for lines in fields)
    return [(name, value) for name, _, value in joined], body


def read_tags(text: str) -> dict[str, str] | None:
    """Read a list of ``tag=value``; None where it is malformed or names a tag twice (RFC 6376, section 3.2)."""
    tags: dict[str, str] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        match = _TAG.fullmatch(part)
        if match is None or match[1] in tags:
            return None
        tags[match[1]] = match[2].strip()
    return tags


def _check_one(signature: Header, head: Sequence[Header], bodies: "_Bodies", key_record: KeyRecord) -> DkimResult:
    tags = read_tags(signature[1].decode("latin-1"))
    if tags is None or not all(tags.get(name) for name in ("v", "a", "b", "bh", "d", "h", "s")) or tags["v"] != "1":
        return DkimResult(FAILED, reason="its DKIM signature is malformed")
    domain, selector = tags["d"].lower(), tags["s"].lower()
    if not _DOMAIN.fullmatch(domain) or not _DOMAIN.fullmatch(selector):
        return DkimResult(FAILED, reason="its DKIM signature names no domain")
    name = f"{selector}._domainkey.{domain}"
    record = key_record(name)
    if record is None:
        return DkimResult(NOT_CHECKED, domain, name, reason="the key record is not held")
    why = _why_not(tags, signature, head, bodies, record)
    signed = tuple(each.strip().lower() for each in tags["h"].split(":"))
    if not why and any(
        each not in signed and _has(head, each) for each in ("content-type", "content-transfer-encoding")
    ):
        return DkimResult(VERIFIED, domain, name, record, UNSIGNED_TYPE, signed)
    return DkimResult(FAILED if why else VERIFIED, domain, name, record, why, signed)


def _has(head: Sequence[Header], name: str) -> bool:
    return any(each.strip().lower() == name.encode("ascii") for each, _ in head)


def _why_not(tags: dict[str, str], signature: Header, head: Sequence[Header], bodies: "_Bodies", record: str) -> str:
    """Return why a signature does not hold, or nothing."""
    signed = [name.strip().lower() for name in tags["h"].split(":")]
    if "from" not in signed:
        return "it does not sign who the mail is from"
    if tags.get("l"):
        return "it signs only a part of the mail"
    if not all(_NAME.fullmatch(name) for name, _ in head):
        return "it has a line among its headers that is none, and that a reader could take for one"
    names = [name.strip().lower().decode("latin-1") for name, _ in head]
    twice = [name for name in ONCE if names.count(name) > 1]
    if twice:
        return f"it has more than one {twice[0].title()} header, and one of them is not what is shown"
    identity = tags.get("i", "").rpartition("@")[2].lower()
    if identity and identity != tags["d"].lower() and not identity.endswith("." + tags["d"].lower()):
        return "it names an identity outside its domain"
    canon_head, _, canon_body = tags.get("c", "simple/simple").lower().partition("/")
    if tags["a"] not in {"rsa-sha256", "ed25519-sha256"} or {canon_head, canon_body or "simple"} - {
        "simple",
        "relaxed",
    }:
        return f"it is signed in a way that is not accepted ({tags['a'][:20]})"
    bh, b = _octets(tags["bh"]), _octets(tags["b"])
    if bh is None or b is None:
        return "its DKIM signature is malformed"
    if not hmac.compare_digest(bodies.digest(canon_body or "simple"), bh):
        return "its text is not what was signed"
    if not _is_signed(tags["a"], record, b, _signed_bytes(signature, signed, head, relaxed=canon_head == "relaxed")):
        return "its headers are not what was signed, or the key is another"
    return ""


def _octets(text: str) -> bytes | None:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (ValueError, binascii.Error):
        return None


class _Bodies:
    """A mail's body, hashed once for each way of spelling it."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._digests: dict[str, bytes] = {}

    def digest(self, canonicalization: str) -> bytes:
        if canonicalization not in self._digests:
            self._digests[canonicalization] = hashlib.sha256(_body(self._body, canonicalization)).digest()
        return self._digests[canonicalization]


def _body(body: bytes, canonicalization: str) -> bytes:
    """Return a body as RFC 6376, sections 3.4.3 and 3.4.4, spell it."""
    if canonicalization == "relaxed":
        body = b"\r\n".join(_SPACE.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n"))
    body = body.rstrip(b"\r\n")
    if body:
        return body + b"\r\n"
    return b"" if canonicalization == "relaxed" else b"\r\n"


def _field(header: Header, *, relaxed: bool) -> bytes:
    name, value = header
    if not relaxed:
        return name + b":" + value
    unfolded = _SPACE.sub(b" ", value.replace(b"\r\n", b"")).strip(b" \t")
    return name.strip(b" \t").lower() + b":" + unfolded


def _signed_bytes(signature: Header, signed: Sequence[str], head: Sequence[Header], *, relaxed: bool) -> bytes:
    """Return the header fields that are signed: of several with one name the last first, and none for one that is missing."""
    left: dict[str, list[Header]] = {}
    for header in head:
        left.setdefault(header[0].strip().lower().decode("latin-1"), []).append(header)
    fields = [_field(left[name].pop(), relaxed=relaxed) for name in signed if left.get(name)]
    own = (signature[0], _B_TAG.sub(rb"\1", signature[1]))
    return b"".join(field + b"\r\n" for field in fields) + _field(own, relaxed=relaxed)


def _is_signed(algorithm: str, record: str, signature: bytes, message: bytes) -> bool:
    tags = read_tags(record)
    if tags is None or tags.get("v", "DKIM1") != "DKIM1" or not tags.get("p"):
        return False
    kind = algorithm.partition("-")[0]
    allowed = [name.strip() for name in tags.get("h", "sha256").split(":")]
    public = _octets(tags["p"])
    services = [name.strip() for name in tags.get("s", "*").split(":")]
    if not {"*", "email"} & set(services):
        return False
    if tags.get("k", "rsa") != kind or "sha256" not in allowed or public is None:
        return False
    try:
        if kind == "ed25519":
            Ed25519PublicKey.from_public_bytes(public).verify(signature, hashlib.sha256(message).digest())
            return True
        key = serialization.load_der_public_key(public)
        if not isinstance(key, RSAPublicKey) or key.key_size < MIN_RSA_BITS:
            return False
        key.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def read_key_records(untrusted: str) -> dict[str, str]:
    """Read key records out of a text: on each line a DNS name, then the record, as ``dig`` or a zone file prints it.

    A name stands without the dot at its end; quotation marks that cut the record up are taken out.
    """
    found: dict[str, str] = {}
    for line in untrusted.splitlines():
        name, _, rest = _BLANK.sub(" ", line.strip()).partition(" ")
        name = name.rstrip(".").lower()
        start = re.search(r"(?:v\s*=\s*DKIM1|[kp]\s*=)", rest)
        if "._domainkey." in name and start is not None:
            record = rest[start.start() :].replace('" "', "").replace('"', "").rstrip(" )")
            found[name] = record.strip()
    return found
