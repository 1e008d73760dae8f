"""Signed and enciphered mail: S/MIME (RFC 8551; CMS, RFC 5652) and OpenPGP (RFC 3156). A signature that fits is never called verified.

Whether a signature fits its words and the certificate beside it is checked. Whose certificate that is, nobody here can say.
"""

import re
from dataclasses import dataclass
from hashlib import new as new_hash
from typing import Any, Final

from evidence_app.mail.headers import bare_address
from evidence_app.mail.text import clean_line

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_WRAPPED: Final = 3
"""How many signatures around one another are opened ([RFC 2634] wraps three times)."""
MAX_CERTIFICATES: Final = 20

ENCIPHERED: Final = "Its words are enciphered ({}): only the recipient's key opens them, and the program has none. The original holds them."
FITS: Final = "{}: it fits the words and the certificate beside it, of {}. Whose certificate that is was not checked."
BROKEN: Final = "{}: it does not fit. The words were altered on the way, or it belongs to others."
UNCHECKED: Final = "{}: not checked, {}."
OTHER_SENDER: Final = " The certificate names another address than the sender's."
S_MIME, OPEN_PGP = "S/MIME", "OpenPGP"
BEGINS_PGP: Final = "-----BEGIN PGP "
PGP_MESSAGE: Final = re.compile(r"^-----BEGIN PGP MESSAGE-----", re.MULTILINE)
PGP_SIGNED: Final = re.compile(r"^-----BEGIN PGP SIGNED MESSAGE-----", re.MULTILINE)

_SAFE: Final = frozenset({"sha224", "sha256", "sha384", "sha512"})
"""Hash functions against which no collision is known."""
_LINE_END: Final = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class SignedContent:
    """What a CMS message holds: the MIME entity in it, where it is not enciphered; and what is said of its signature."""

    content: bytes = b""
    signature: str = ""
    enciphered: bool = False


def opened_cms(untrusted: bytes, sender: str, beside: bytes | None = None) -> SignedContent | None:
    """Open a CMS message (``smime.p7m``), or a signature of the bytes `beside` it (``smime.p7s``); None where it is neither.

    `sender` is the From header, for comparison with the certificate. Never raises.
    """
    from asn1crypto import cms, tsp

    # Its attributes are known from now on: read before, they stay unknown to whatever signs in this process
    # (findings/asn1crypto-import-order.sh).
    _ = tsp.SigningCertificateV2
    if len(untrusted) > MAX_BYTES:
        return None
    try:
        outer = cms.ContentInfo.load(untrusted)
        kind = outer["content_type"].native
        if kind in {"enveloped_data", "authenticated_enveloped_data"}:
            return SignedContent(enciphered=True)
        if kind != "signed_data":
            return None
        signed = outer["content"]
        held = signed["encap_content_info"]["content"].native
        content = held if isinstance(held, bytes) else b""
        return SignedContent(content, _signature_of(signed, beside if beside is not None else content, sender))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def _signature_of(signed: Any, content: bytes, sender: str) -> str:
    """Say whether the first signature of some CMS data fits."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    signers = list(signed["signer_infos"])
    if not signers:
        return UNCHECKED.format(S_MIME, "there is no signature in it")
    signer = signers[0]
    try:
        certificate = _certificate_of(signed, signer)
        name = signer["digest_algorithm"]["algorithm"].native
        if certificate is None:
            return UNCHECKED.format(S_MIME, "the signer's certificate is not in it")
        if name not in _SAFE:
            return UNCHECKED.format(S_MIME, f"its hash ({clean_line(str(name), 20)}) can be forged")
        message = content
        attributes = signer["signed_attrs"]
        if len(attributes):
            stated = next(each["values"][0].native for each in attributes if each["type"].native == "message_digest")
            if stated != new_hash(name, content).digest():
                return BROKEN.format(S_MIME)
            # What is signed is the attributes with the tag of a SET (RFC 5652, section 5.4).
            message = attributes.untag().dump()
        key = x509.load_der_x509_certificate(certificate.dump()).public_key()
        _require_signature(key, signer, message, name)
    except InvalidSignature:
        return BROKEN.format(S_MIME)
    except (UnsupportedAlgorithm, x509.InvalidVersion, ValueError, TypeError, KeyError, AttributeError, StopIteration):
        return UNCHECKED.format(S_MIME, "its form is not one that is known here")
    named, addresses = _named_in(certificate)
    other = OTHER_SENDER if addresses and bare_address(sender) not in addresses else ""
    return FITS.format(S_MIME, named or "somebody who is not named") + other


def _certificate_of(signed: Any, signer: Any) -> Any:
    """Return the certificate that a signer names, or None."""
    wanted = signer["sid"].chosen
    for choice in list(signed["certificates"] or [])[:MAX_CERTIFICATES]:
        certificate = choice.chosen
        if signer["sid"].name == "issuer_and_serial_number":
            if (certificate.issuer, certificate.serial_number) == (wanted["issuer"], wanted["serial_number"].native):
                return certificate
        elif certificate.key_identifier == wanted.native:
            return certificate
    return None


def _require_signature(key: Any, signer: Any, message: bytes, digest: str) -> None:
    """Require that a signature fits.

    Raises:
        InvalidSignature: it does not.
        ValueError: it is of a sort that is not known here.
    """
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

    signature = signer["signature"].native
    hash_function = getattr(hashes, digest.upper())()
    algorithm = signer["signature_algorithm"]
    match key:
        case rsa.RSAPublicKey() if algorithm.signature_algo == "rsassa_pss":
            salt = algorithm["parameters"]["salt_length"].native
            key.verify(signature, message, padding.PSS(padding.MGF1(hash_function), salt), hash_function)
        case rsa.RSAPublicKey():
            key.verify(signature, message, padding.PKCS1v15(), hash_function)
        case ec.EllipticCurvePublicKey():
            key.verify(signature, message, ec.ECDSA(hash_function))
        case ed25519.Ed25519PublicKey():
            key.verify(signature, message)
        case _:
            raise ValueError(type(key).__name__)


def _named_in(certificate: Any) -> tuple[str, frozenset[str]]:
    """Return whom a certificate names, and the addresses in it, in lower case."""
    subject = certificate.subject.native
    addresses = [str(subject.get("email_address") or "")]
    names = certificate.subject_alt_name_value
    addresses += [str(each.native) for each in names or [] if each.name == "rfc822_name"]
    found = [clean_line(each, 120) for each in addresses if each]
    name = clean_line(str(subject.get("common_name") or ""), 120)
    shown = f"{name} <{found[0]}>" if name and found and name != found[0] else name or "".join(found[:1])
    return shown, frozenset(each.lower() for each in found)


def signed_part(untrusted: bytes, boundary: str) -> bytes:
    """Return the first part of a multipart/signed as it was signed: its bytes, with lines that end in CR LF (RFC 8551, section 3.1.1)."""
    line = re.escape(boundary.encode("utf-8", "replace"))
    begin = re.search(rb"(?:\A|\r\n|\n|\r)--" + line + rb"[ \t]*(?:\r\n|\n|\r)", untrusted)
    if begin is None:
        return b""
    end = re.compile(rb"(?:\r\n|\n|\r)--" + line).search(untrusted, begin.end())
    return _LINE_END.sub(b"\r\n", untrusted[begin.end() : end.start()]) if end is not None else b""


def pgp_in_words(text: str) -> tuple[str, bool]:
    """Return what is said of an OpenPGP signature in a text, or ""; and whether the text is enciphered."""
    if BEGINS_PGP not in text:
        return "", False
    signed = UNCHECKED.format(OPEN_PGP, "the program has no OpenPGP") if PGP_SIGNED.search(text) else ""
    # One that stands among readable words is a part of them.
    return signed, PGP_MESSAGE.match(text.lstrip()) is not None
