"""Parsers for header values: encoded words, addresses, message identifiers, dates. All input is untrusted, and no value raises an error."""

import base64
import binascii
import codecs
import re
from collections.abc import Iterable
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import getaddresses
from functools import lru_cache
from typing import Final

from evidence_app.domain.thread.conversations import CONVERSATION_HEADER_BYTES

MAX_DECODED_LENGTH: Final = 4_096
"""The most characters of a value whose encoded words are decoded: the library's decoder takes quadratic time."""
MAX_ENCODED_WORDS: Final = 100
"""The most encoded words of a value that is decoded, for the same reason."""
MAX_ADDRESSES_LENGTH: Final = 65_536
"""The most characters of address headers that are parsed, over all headers of one name."""
MAX_ADDRESSES: Final = 500
"""The most addresses that are returned."""
MAX_IDENTIFIER_LENGTH: Final = 480
"""The most characters of a message identifier without its brackets; longer ones are ignored."""
MAX_IDENTIFIERS: Final = 200
"""The most message identifiers that are returned."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# An allow-list: Python's registry also has codecs that are no character sets (zip, hex), and slow ones (punycode).
_CHARSET: Final = re.compile(
    r"ascii|utf-(?:7|8|8-sig|16|16-le|16-be|32|32-le|32-be)|(?:iso8859|iso2022|cp|koi8|mac|euc|shift|big5|gb|hz|johab|tis|ptcp|kz)[a-z0-9_-]*"
)
_LATIN: Final = frozenset({"iso8859-1", "ascii"})
"""Character sets that mails name where they hold another."""
_IN_BRACKETS: Final = re.compile(r"<([^<>]{1,900})>")
_ADDRESS: Final = re.compile(r"[^\s<>,;:\"()\[\]]{1,200}@[^\s<>,;:\"()\[\]]{1,200}")
_REPLY_MARK: Final = re.compile(r"^(?:\s*[A-Za-z]{1,4}(?:\[\d+\])?:\s*)+")


def repaired(raw: str) -> str:
    """Return a raw header value as text: unfolded (RFC 5322, section 2.2.3), runs of white space made one space.

    Raw bytes beyond ASCII are UTF-8 (RFC 6532) or else Windows-1252; the parser gives them as surrogate escapes.
    """
    if not raw:
        # Most headers that are asked for are not there.
        return ""
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
    """Return a header value with its encoded words (RFC 2047) decoded; a value that cannot be decoded stays as written."""
    text = repaired(raw)
    if "?=" not in text or len(text) > MAX_DECODED_LENGTH or text.count("=?") > MAX_ENCODED_WORDS:
        return text
    try:
        parts = decode_header(text)
    except (HeaderParseError, ValueError, binascii.Error):
        return text
    return " ".join("".join(_decoded_chunk(part, charset) for part, charset in parts).split())


def _decoded_chunk(chunk: str | bytes, charset: str | None) -> str:
    if isinstance(chunk, str):
        return chunk
    return text_of(chunk, charset or "")


def text_of(octets: bytes, charset: str) -> str:
    """Decode bytes in a named character set; where that is unknown or does not fit, in UTF-8 or else Windows-1252.

    What is called ISO 8859-1 or ASCII is UTF-8 where it has letters in that form, and else Windows-1252 (WHATWG Encoding,
    section 4.2): programs on Windows call their quotation marks so. Surrogates, which some codecs let through, become
    U+FFFD: they cannot be encoded in a record.
    """
    named = _codec(charset)
    for name in ("utf-8", "cp1252") if named in _LATIN else filter(None, (named, "utf-8")):
        try:
            return _SURROGATE.sub("\ufffd", octets.decode(name))
        except (LookupError, UnicodeError, ValueError):
            continue
    return octets.decode("cp1252", "replace")


def _codec(charset: str) -> str:
    """Return the codec name of a character set, or "" for one that is unknown or not allowed (`_CHARSET`)."""
    try:
        codec_name = codecs.lookup(charset[:40]).name
    except (LookupError, ValueError, TypeError):
        return ""
    return codec_name if _CHARSET.fullmatch(codec_name) else ""


def message_ids(raw: str) -> tuple[str, ...]:
    """Return the message identifiers in a value (RFC 5322, section 3.6.4), each in angle brackets, without repetitions.

    Brackets that are missing are added, and white space that folding left inside an identifier is removed.
    """
    text = repaired(raw)
    candidates = [re.sub(r"\s", "", inside) for inside in _IN_BRACKETS.findall(text)]
    if not candidates and "<" not in text:
        candidates = [word.strip("\"',;") for word in text.split()]
    identifiers = dict.fromkeys(
        f"<{candidate}>"
        for candidate in candidates
        if candidate and len(candidate) <= MAX_IDENTIFIER_LENGTH and candidate.isprintable()
    )
    return tuple(identifiers)[:MAX_IDENTIFIERS]


def first_message_id(raw: str) -> str:
    """Return the first message identifier in a value, or ""."""
    identifiers = message_ids(raw)
    return identifiers[0] if identifiers else ""


def addresses(raws: Iterable[str]) -> tuple[str, ...]:
    """Return the people in address headers (RFC 5322, section 3.4), as ``Name <address>`` or the address alone.

    Where the parser finds nobody, addresses are searched for; where that fails too, the value itself stands for them.
    """
    people: list[str] = []
    length_left = MAX_ADDRESSES_LENGTH
    for raw in raws:
        text = repaired(raw[:MAX_ADDRESSES_LENGTH])[:length_left]
        length_left -= len(text)
        if not text or len(people) >= MAX_ADDRESSES:
            break
        parsed = _parsed(text)
        people += [person for person in parsed if person] or _ADDRESS.findall(text) or ([text] if text else [])
    return tuple(dict.fromkeys(people))[:MAX_ADDRESSES]


@lru_cache(maxsize=64)
def _parsed(text: str) -> tuple[str, ...]:
    """Return the people whom the library's parser finds in a value: whom a mail is from is asked for several times."""
    try:
        # Values with many comments or commas are kept from the library's parser, whose time they could exhaust.
        is_simple = text.count("(") <= 50 and text.count(",") <= 2 * MAX_ADDRESSES
        pairs = getaddresses([text]) if is_simple else []
    except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
        pairs = []
    return tuple(_person(decoded(name), address) for name, address in pairs if address)


def count_addresses(raws: Iterable[str]) -> int:
    """Return how many addresses some headers hold, however many are read."""
    return sum(len(_ADDRESS.findall(repaired(raw))) for raw in raws)


def _person(name: str, address: str) -> str:
    return f"{name} <{address}>" if name and name != address else address


def bare_address(person: str) -> str:
    """Return the address of ``Name <address>`` in lower case, or ""."""
    # The last one: a name in front may contain another address.
    in_brackets = _IN_BRACKETS.findall(person)
    matches = _ADDRESS.findall(in_brackets[-1] if in_brackets else person)
    return matches[-1].lower() if matches else ""


def conversation_index(raw: str) -> bytes:
    """Decode a Thread-Index header (base 64); b"" where it is invalid or shorter than the 22 bytes of a first mail's index."""
    try:
        index = base64.b64decode("".join(raw.split())[:4096], validate=True)
    except (ValueError, binascii.Error):
        return b""
    return index if len(index) >= CONVERSATION_HEADER_BYTES else b""


def bare_subject(subject: str) -> str:
    """Return a subject without prefixes such as ``RE:``, case-folded, for comparison."""
    return " ".join(_REPLY_MARK.sub("", subject).split()).casefold()
