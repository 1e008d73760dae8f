"""Internet mail (RFC 5322, MIME): parsed within bounds, and taken apart."""

import binascii
import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.policy import compat32
from typing import Any, Final

from evidence_app.mail.fields import read_blocks
from evidence_app.mail.headers import repaired, text_of
from evidence_app.mail.parameters import MAX_VALUE_LENGTH, read_parameters
from evidence_app.mail.text import file_name, plain

MAX_MAIL_BYTES: Final = 64 * 1024 * 1024
"""Larger mails are described by their headers alone."""
MAX_HEADER_BYTES: Final = 1024 * 1024
HEADERS_READ: Final = 256 * 1024
"""How much of a larger head is read: the parser takes more than a second for a megabyte of short fields."""
MAX_CONTAINERS: Final = 60
"""More nested parts than this are not followed; Python's parser recurses for each."""
MAX_WORK: Final = 10_000_000
"""Lines times nested parts: each open boundary is compared with each line."""
MAX_DIVIDERS: Final = 5_000
"""More lines that could divide parts are not followed: the parser makes every part before any is counted."""
MAX_PARTS: Final = 500

TNEF_TYPES: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})

_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_HEAD_END: Final = re.compile(rb"\r\n\r\n|\n\n|\r\r")
TOO_DEEP: Final = "It holds more parts inside parts than are followed: only its headers were read."
TOO_LARGE: Final = "It is too large to be read as a whole: only its headers were read."


class _Verbatim(Message):
    """A mail whose enclosed mails stay the bytes that they are: they are files, reports or receipts, and read as such.

    Its parameters are read by our own reader: the library's takes time that grows with the square, and runs any codec.
    """

    _counted = -1

    def named(self) -> dict[str, list[str]]:
        """Return the headers' values as written, by lower-case name; made again when headers were added."""
        if len(self) != self._counted:
            self._named: dict[str, list[str]] = {}
            for name, value in self.raw_items():
                self._named.setdefault(name.strip().lower(), []).append(str(value))
            self._counted = len(self)
        return self._named

    def get_content_type(self) -> str:
        """Keep the parser from taking an enclosed mail apart, and from writing it anew."""
        kind = content_type(self)
        return "application/octet-stream" if kind.startswith("message/") else kind

    def get_boundary(self, failobj: Any = None) -> Any:
        """Return the boundary, or `failobj`."""
        return parameter(self, "boundary").rstrip() or failobj


@dataclass(frozen=True, slots=True)
class MimePart:
    """One part of a mail that holds no others: its type, its file name, its headers and its bytes."""

    type: str
    name: str
    message: Message
    inside_report: bool

    def octets(self) -> bytes:
        """Return the exact bytes once the transfer encoding is taken off."""
        try:
            payload = self.message.get_payload(decode=True)
        except (ValueError, LookupError, binascii.Error, TypeError, AttributeError):
            payload = None
        return payload if isinstance(payload, bytes) else b""

    def text(self) -> str:
        """Return the words of a text part."""
        text = text_of(self.octets(), charset_of(self.message))
        return plain(text) if self.type == "text/html" else text


def headers_of(untrusted: bytes) -> Message:
    """Parse headers alone: what follows them, or claims to be a part, is not looked at."""
    return _headers_alone(_LINE_END.sub(b"\n", untrusted[:HEADERS_READ]).lstrip(b"\n"))


def parse(untrusted: bytes) -> tuple[Message, tuple[str, ...]]:
    """Parse a mail. What is too large or too deeply nested is parsed as far as its headers; the remarks say so."""
    if untrusted[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        untrusted = untrusted[: 2 * MAX_MAIL_BYTES].decode("utf-16", "replace").encode("utf-8")
    untrusted = untrusted.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if untrusted.startswith((b"From ", b">From ")):
        untrusted = _LINE_END.split(untrusted, maxsplit=1)[-1]
    if len(untrusted) > MAX_MAIL_BYTES:
        return _headers_alone(untrusted), (TOO_LARGE,)
    end = _HEAD_END.search(untrusted)
    if (end.start() if end else len(untrusted)) > MAX_HEADER_BYTES:
        return _headers_alone(untrusted), (TOO_LARGE,)
    containers = untrusted.lower().count(b"boundary")
    dividers = untrusted.count(b"\n--") + untrusted.count(b"\r--") if containers else 0
    lines = untrusted.count(b"\n") + untrusted.count(b"\r")
    if dividers > MAX_DIVIDERS:
        return _headers_alone(untrusted), (TOO_DEEP,)
    if containers > MAX_CONTAINERS * 8 or lines * containers > MAX_WORK:
        return _headers_alone(untrusted), (TOO_DEEP,)
    try:
        message = email.message_from_bytes(untrusted, _class=_Verbatim, policy=compat32)
        return (_as_it_is(message) if isinstance(message, _Verbatim) else message), ()
    except RecursionError:
        return _headers_alone(untrusted), (TOO_DEEP,)


def _as_it_is(message: _Verbatim) -> Message:
    """Return a mail whose header claims TNEF, and whose body is parts all the same, with those parts (some Exchange receipts)."""
    if content_type(message) not in TNEF_TYPES or message.is_multipart():
        return message
    body = MimePart("", "", message, inside_report=False).octets()
    first = _LINE_END.split(body.lstrip()[:200], maxsplit=1)[0].rstrip()
    if not first.startswith(b"--") or b'"' in first or len(first) < 4:
        return message
    head = b'Content-Type: multipart/report; boundary="' + first[2:] + b'"\n\n'
    inside = email.message_from_bytes(head + body, _class=_Verbatim, policy=compat32)
    if inside.is_multipart():
        message.named()["content-type"] = raw_headers(inside, "content-type")
        message.set_payload(inside.get_payload())
    return message


def _headers_alone(untrusted: bytes) -> Message:
    head = untrusted[:HEADERS_READ]
    end = _HEAD_END.search(head)
    head = head[: end.start()] if end else head
    # Without its type the parser does not look for parts.
    return email.message_from_bytes(re.sub(rb"(?im)^content-type", b"X-Content-Type", head) + b"\n\n", policy=compat32)


def raw_header(message: Message, name: str) -> str:
    """Return a header's value as written, or nothing; of several the first."""
    found = raw_headers(message, name)
    return found[0] if found else ""


def raw_headers(message: Message, name: str) -> list[str]:
    """Return the values of all headers with a name in lower case."""
    if isinstance(message, _Verbatim):
        return message.named().get(name, [])
    return [str(value) for found, value in message.raw_items() if found.strip().lower() == name]


def content_type(message: Message) -> str:
    """Return the media type in lower case, without parameters."""
    found = repaired(raw_header(message, "content-type")[:MAX_VALUE_LENGTH]).partition(";")[0].strip().lower()
    return found if "/" in found else message.get_default_type()


def parameter(message: Message, name: str, header: str = "content-type") -> str:
    """Return a parameter of a header, or nothing."""
    return read_parameters(raw_header(message, header)).get(name, "")


def charset_of(message: Message) -> str:
    """Return the character set that a part names."""
    return parameter(message, "charset")[:40]


def name_of(message: Message) -> str:
    """Return the file name that a part gives itself, without any folder."""
    return file_name(parameter(message, "filename", "content-disposition") or parameter(message, "name"))


def field_text(message: Message) -> str:
    """Return a part's field block as text. Where the blank line before it is missing, its fields stand among the headers."""
    body = MimePart("", "", message, inside_report=False).octets().decode("utf-8", "replace")
    if read_blocks(body):
        return body
    headers = "\n".join(f"{name}: {value}" for name, value in message.raw_items())
    return headers.encode("utf-8", "replace").decode("utf-8")


def parts(message: Message) -> Iterator[MimePart]:
    """Yield the parts that hold no others, at most MAX_PARTS. Enclosed mails are parts by themselves, and not entered."""
    waiting = [(message, False)]
    for _ in range(MAX_PARTS):
        if not waiting:
            return
        current, in_report = waiting.pop()
        kind = content_type(current)
        payload = current.get_payload() if current.is_multipart() else None
        if kind.startswith("multipart/") and isinstance(payload, list):
            in_report = in_report or kind == "multipart/report"
            waiting += [(inner, in_report) for inner in reversed(payload) if isinstance(inner, Message)]
            continue
        yield MimePart(kind, name_of(current), current, in_report)
