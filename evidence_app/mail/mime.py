"""MIME parser (RFC 5322, RFC 2045, RFC 2046) with limits on work, on top of Python's `email` package.

The limits are those of docs/spec/mail.md, section 1. They exist because the package recurses for each nested part and
takes time that grows with the square of some inputs.
"""

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
from evidence_app.mail.text import file_name

MAX_MAIL_BYTES: Final = 64 * 1024 * 1024
"""The largest mail that is parsed as a whole; of a larger one only the headers are."""
MAX_HEADER_BYTES: Final = 1024 * 1024
"""The largest header section of a mail that is parsed as a whole."""
HEADERS_READ: Final = 256 * 1024
"""How many bytes are read where only the headers are parsed: the parser takes over a second for 1 MiB of short fields."""
MAX_CONTAINERS: Final = 60
"""The most nested parts, for each of which Python's parser recurses; eight times as many "boundary" are let through."""
MAX_WORK: Final = 10_000_000
"""The greatest product of lines and nested parts: the parser compares each line with each open boundary."""
MAX_DIVIDERS: Final = 5_000
"""The most lines that could be boundaries: the parser creates every part before any can be counted."""
MAX_PARTS: Final = 500
"""The most parts that `parts` visits, multiparts included."""

TNEF_TYPES: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
"""The media types of ``winmail.dat``."""

_COUNT: Final = re.compile(rb"([0-9]{1,10})[ \t]*\n(?=[!-9;-~]{1,78}:)")
_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_BOUNDARY: Final = re.compile(rb"(?i)boundary[ \t]*(?:\*[0-9*]*)?[ \t]*=")
_HEADER_END: Final = re.compile(rb"\r\n\r\n|\n\n|\r\r")
TOO_DEEP: Final = "It holds more parts inside parts than are followed: only its headers were read."
"""The remark on a mail with too many or too deeply nested parts."""
TOO_LARGE: Final = "It is too large to be read as a whole: only its headers were read."
"""The remark on a mail that exceeds `MAX_MAIL_BYTES` or `MAX_HEADER_BYTES`."""


class _Verbatim(Message):
    """A message whose enclosed mails (message/*) stay unparsed bytes, so that an attachment has its exact bytes.

    Parameters are read by `read_parameters`: the library's parser takes quadratic time, and runs any codec by name.
    """

    _counted = -1

    def named(self) -> dict[str, list[str]]:
        """Return the header values as written, by lower-case name; cached until headers are added."""
        count = len(self)
        if count != self._counted:
            self._named: dict[str, list[str]] = {}
            for name, value in self.raw_items():
                self._named.setdefault(name.strip().lower(), []).append(str(value))
            self._counted = count
        return self._named

    def get_content_type(self) -> str:
        """Hide message/* from the library, which would parse an enclosed mail and write it out in another form."""
        media_type = content_type(self)
        return "application/octet-stream" if media_type.startswith("message/") else media_type

    def get_boundary(self, failobj: Any = None) -> Any:
        """Return the boundary without white space at its end (RFC 2046, section 5.1.1), or `failobj`."""
        return parameter(self, "boundary").rstrip() or failobj


@dataclass(frozen=True, slots=True)
class MimePart:
    """A part of a mail that contains no other parts. `type` is its media type in lower case, `name` its file name or "".

    `inside_report` says whether a multipart/report contains it; `choice` tells apart the multipart/alternative that it is in, 0 where it is in none.
    """

    type: str
    name: str
    message: Message
    inside_report: bool
    choice: int = 0

    def octets(self) -> bytes:
        """Return the bytes after decoding the Content-Transfer-Encoding (RFC 2045, section 6)."""
        try:
            payload = self.message.get_payload(decode=True)
        except (ValueError, LookupError, binascii.Error, TypeError, AttributeError):
            payload = None
        return payload if isinstance(payload, bytes) else b""

    def text(self) -> str:
        """Return the text of a text part as it is written; of HTML its markup too."""
        return text_of(self.octets(), charset_of(self.message))


def headers_of(untrusted: bytes) -> Message:
    """Parse the headers alone, at most `HEADERS_READ` bytes; whatever follows them is ignored."""
    return _parse_headers_only(_LINE_END.sub(b"\n", untrusted[:HEADERS_READ]).lstrip(b"\n"))


def without_count(untrusted: bytes) -> bytes:
    """Return a mail without what Apple Mail keeps around it (.emlx): the number of its bytes before it, and a property list behind it."""
    counted = _COUNT.match(untrusted)
    return untrusted[counted.end() : counted.end() + int(counted[1])] if counted else untrusted


def parse(untrusted: bytes) -> tuple[Message, tuple[str, ...]]:
    """Parse a mail; return it with remarks. Where it exceeds a limit, only the headers are parsed, and a remark says so."""
    # Files that an editor saved: UTF-16 by its byte order mark, a UTF-8 mark, blank lines, an mbox divider.
    if untrusted[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        untrusted = untrusted[: 2 * MAX_MAIL_BYTES].decode("utf-16", "replace").encode("utf-8")
    untrusted = without_count(untrusted.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    if untrusted.startswith((b"From ", b">From ")):
        untrusted = _LINE_END.split(untrusted, maxsplit=1)[-1]
    if len(untrusted) > MAX_MAIL_BYTES:
        return _parse_headers_only(untrusted), (TOO_LARGE,)
    header_end = _HEADER_END.search(untrusted)
    if (header_end.start() if header_end else len(untrusted)) > MAX_HEADER_BYTES:
        return _parse_headers_only(untrusted), (TOO_LARGE,)
    # Upper bounds that are found without parsing: every multipart needs a boundary parameter, and every part a line
    # that begins with two hyphens (RFC 2046, section 5.1.1).
    containers = len(_BOUNDARY.findall(untrusted))
    dividers = untrusted.count(b"\n--") + untrusted.count(b"\r--") if containers else 0
    lines = untrusted.count(b"\n") + untrusted.count(b"\r")
    if dividers > MAX_DIVIDERS:
        return _parse_headers_only(untrusted), (TOO_DEEP,)
    if containers > MAX_CONTAINERS * 8 or lines * containers > MAX_WORK:
        return _parse_headers_only(untrusted), (TOO_DEEP,)
    try:
        message = email.message_from_bytes(untrusted, _class=_Verbatim, policy=compat32)
        return (_with_hidden_parts(message) if isinstance(message, _Verbatim) else message), ()
    except RecursionError:
        return _parse_headers_only(untrusted), (TOO_DEEP,)


def _with_hidden_parts(message: _Verbatim) -> Message:
    """Return a mail with its parts where the header claims TNEF but the body is a multipart, as in some Exchange receipts."""
    if content_type(message) not in TNEF_TYPES or message.is_multipart():
        return message
    body = MimePart("", "", message, inside_report=False).octets()
    first_line = _LINE_END.split(body.lstrip()[:200], maxsplit=1)[0].rstrip()
    if not first_line.startswith(b"--") or b'"' in first_line or len(first_line) < 4:
        return message
    # The first line of such a body is the boundary: parse it again under a header that says so.
    rebuilt_header = b'Content-Type: multipart/report; boundary="' + first_line[2:] + b'"\n\n'
    rebuilt = email.message_from_bytes(rebuilt_header + body, _class=_Verbatim, policy=compat32)
    if rebuilt.is_multipart():
        message.named()["content-type"] = raw_headers(rebuilt, "content-type")
        message.set_payload(rebuilt.get_payload())
    return message


def _parse_headers_only(untrusted: bytes) -> Message:
    """Parse the header section of at most `HEADERS_READ` bytes, as a message without body and parts."""
    header_section = untrusted[:HEADERS_READ]
    end = _HEADER_END.search(header_section)
    header_section = header_section[: end.start()] if end else header_section
    # Without a Content-Type the parser looks for no parts.
    return email.message_from_bytes(
        re.sub(rb"(?im)^content-type", b"X-Content-Type", header_section) + b"\n\n", policy=compat32
    )


def raw_header(message: Message, name: str) -> str:
    """Return the value as written of the first header with a lower-case name, or ""."""
    values = raw_headers(message, name)
    return values[0] if values else ""


def raw_headers(message: Message, name: str) -> list[str]:
    """Return the values as written of all headers with a lower-case name."""
    if isinstance(message, _Verbatim):
        return message.named().get(name, [])
    return [str(value) for header_name, value in message.raw_items() if header_name.strip().lower() == name]


def content_type(message: Message) -> str:
    """Return the media type in lower case, without parameters; the default type where there is none (RFC 2045, section 5.2)."""
    media_type = repaired(raw_header(message, "content-type")[:MAX_VALUE_LENGTH]).partition(";")[0].strip().lower()
    return media_type if "/" in media_type else message.get_default_type()


def parameter(message: Message, name: str, header: str = "content-type") -> str:
    """Return a parameter of a header, or ""."""
    return read_parameters(raw_header(message, header)).get(name, "")


def charset_of(message: Message) -> str:
    """Return the charset parameter of a part, or ""."""
    return parameter(message, "charset")[:40]


def name_of(message: Message) -> str:
    """Return the file name of a part without any folder, or "": Content-Disposition (RFC 2183) before Content-Type."""
    return file_name(parameter(message, "filename", "content-disposition") or parameter(message, "name"))


def field_text(message: Message) -> str:
    """Return the fields of a receipt or report part as text.

    Some programs omit the blank line before the fields, which then are among the part's headers.
    """
    body = MimePart("", "", message, inside_report=False).octets().decode("utf-8", "replace")
    if read_blocks(body):
        return body
    headers = "\n".join(f"{name}: {value}" for name, value in message.raw_items())
    return headers.encode("utf-8", "replace").decode("utf-8")


def parts(message: Message) -> Iterator[MimePart]:
    """Yield the parts that contain no others, in their order, visiting at most `MAX_PARTS`.

    An enclosed mail is one part; the parts inside it are not visited.
    """
    # A stack instead of recursion: depth is the sender's choice.
    stack = [(message, False, 0)]
    for count in range(1, MAX_PARTS + 1):
        if not stack:
            return
        current, in_report, choice = stack.pop()
        media_type = content_type(current)
        payload = current.get_payload() if current.is_multipart() else None
        if media_type.startswith("multipart/") and isinstance(payload, list):
            in_report = in_report or media_type == "multipart/report"
            choice = count if media_type == "multipart/alternative" else choice
            stack += [(inner, in_report, choice) for inner in reversed(payload) if isinstance(inner, Message)]
            continue
        yield MimePart(media_type, name_of(current), current, in_report, choice)
