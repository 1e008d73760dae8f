"""Header values: words, addresses, message identifiers and dates, out of bytes that nobody vouches for."""

import base64
import binascii
import codecs
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

MAX_DECODED_LENGTH: Final = 4_096
MAX_ENCODED_WORDS: Final = 100
"""Beyond these a value is not decoded; the decoder's time grows with the square of both."""
MAX_ADDRESSES_LENGTH: Final = 65_536
MAX_ADDRESSES: Final = 500
MAX_IDENTIFIER_LENGTH: Final = 480
MAX_IDENTIFIERS: Final = 200

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# By name, for Python knows codecs that are slow, or run over their input in other ways.
_CHARSET: Final = re.compile(
    r"ascii|utf-(?:7|8|8-sig|16|16-le|16-be|32|32-le|32-be)|(?:iso8859|iso2022|cp|koi8|mac|euc|shift|big5|gb|hz|johab|tis|ptcp|kz)[a-z0-9_-]*"
)
_IN_BRACKETS: Final = re.compile(r"<([^<>]{1,900})>")
_ADDRESS: Final = re.compile(r"[^\s<>,;:\"()\[\]]{1,200}@[^\s<>,;:\"()\[\]]{1,200}")
_ZONE_COMMENT: Final = re.compile(r"\([^()]*\)")
_REPLY_MARK: Final = re.compile(r"^(?:\s*[A-Za-z]{1,4}(?:\[\d+\])?:\s*)+")


def repaired(raw: str) -> str:
    """Return a raw header value as text: bytes beyond ASCII are UTF-8, or else Windows-1252; folds are taken out."""
    if not raw.isascii():
        octets = raw.encode("utf-8", "surrogateescape") if _has_surrogates(raw) else raw.encode("utf-8", "replace")
        try:
            raw = octets.decode("utf-8")
        except UnicodeDecodeError:
            raw = octets.decode("cp1252", "replace")
    return " ".join(raw.split())


def _has_surrogates(text: str) -> bool:
    return any(0xDC80 <= ord(character) <= 0xDCFF for character in text)


def decoded(raw: str) -> str:
    """Return a header value with its encoded words (RFC 2047) decoded; what cannot be decoded stays as written."""
    text = repaired(raw)
    if "?=" not in text or len(text) > MAX_DECODED_LENGTH or text.count("=?") > MAX_ENCODED_WORDS:
        return text
    try:
        parts = decode_header(text)
    except (HeaderParseError, ValueError, binascii.Error):
        return text
    return " ".join("".join(_chunk(part, charset) for part, charset in parts).split())


def _chunk(part: str | bytes, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    return text_of(part, charset or "")


def text_of(octets: bytes, charset: str) -> str:
    """Return bytes as text in the character set they name, or else in UTF-8 or Windows-1252."""
    for name in filter(None, (_codec(charset), "utf-8")):
        try:
            return _SURROGATE.sub("\ufffd", octets.decode(name))
        except (LookupError, UnicodeError, ValueError):
            continue
    return octets.decode("cp1252", "replace")


def _codec(charset: str) -> str:
    """Return the name of a character set's codec, or nothing for one that is no character set of mails."""
    try:
        found = codecs.lookup(charset[:40]).name
    except (LookupError, ValueError, TypeError):
        return ""
    return found if _CHARSET.fullmatch(found) else ""


def message_ids(raw: str) -> tuple[str, ...]:
    """Return the message identifiers in a value, each in angle brackets; brackets that are missing are added."""
    text = repaired(raw)
    found = [re.sub(r"\s", "", inside) for inside in _IN_BRACKETS.findall(text)]
    if not found and "<" not in text:
        found = [word.strip("\"',;") for word in text.split()]
    kept = dict.fromkeys(
        f"<{each}>" for each in found if each and len(each) <= MAX_IDENTIFIER_LENGTH and each.isprintable()
    )
    return tuple(kept)[:MAX_IDENTIFIERS]


def first_message_id(raw: str) -> str:
    """Return the first message identifier in a value, or nothing."""
    found = message_ids(raw)
    return found[0] if found else ""


def addresses(raws: Iterable[str]) -> tuple[str, ...]:
    """Return the people in address headers, as ``Name <address>`` or the address alone."""
    found: list[str] = []
    room = MAX_ADDRESSES_LENGTH
    for raw in raws:
        text = repaired(raw[:MAX_ADDRESSES_LENGTH])[:room]
        room -= len(text)
        if not text or len(found) >= MAX_ADDRESSES:
            break
        try:
            simple = text.count("(") <= 50 and text.count(",") <= 2 * MAX_ADDRESSES
            pairs = getaddresses([text]) if simple else []
        except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
            pairs = []
        people = [_person(decoded(name), address) for name, address in pairs if address]
        found += [person for person in people if person] or _ADDRESS.findall(text) or ([text] if text else [])
    return tuple(dict.fromkeys(found))[:MAX_ADDRESSES]


def _person(name: str, address: str) -> str:
    return f"{name} <{address}>" if name and name != address else address


def bare_address(person: str) -> str:
    """Return the address of ``Name <address>`` in lower case, or nothing."""
    inside = _IN_BRACKETS.findall(person)
    found = _ADDRESS.findall(inside[-1] if inside else person)
    return found[-1].lower() if found else ""


def moment(raw: str) -> datetime | None:
    """Return the moment of a Date header in UTC, or None where it cannot be read. Without a zone it is not known."""
    text = repaired(raw)[:200]
    # The standard's own example writes its zone twice: ``(EDT) -0400``.
    for candidate in (text, _ZONE_COMMENT.sub(" ", text)):
        try:
            found = parsedate_to_datetime(" ".join(candidate.split()))
            if found.tzinfo is not None:
                return found.astimezone(UTC).replace(microsecond=0)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def conversation_index(raw: str) -> bytes:
    """Return the bytes of a Thread-Index header, or nothing."""
    try:
        index = base64.b64decode("".join(raw.split())[:4096], validate=True)
    except (ValueError, binascii.Error):
        return b""
    return index if len(index) >= 22 else b""


def bare_subject(subject: str) -> str:
    """Return a subject without marks such as ``RE:``, in lower case, for telling whether two are the same."""
    return " ".join(_REPLY_MARK.sub("", subject).split()).casefold()
