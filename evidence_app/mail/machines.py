"""What tells a machine's mail from a person's: automatic replies (RFC 3834), and reports of mail servers (RFC 5321, RFC 3464)."""

import re
from email.message import Message
from typing import Final

from evidence_app.domain.people.machines import is_mail_server
from evidence_app.mail.headers import addresses, bare_address, repaired
from evidence_app.mail.mime import raw_header, raw_headers

_AUTOMATIC: Final = re.compile(r"\s*auto-(?:replied|generated|notified)", re.IGNORECASE)
_POSTMASTER: Final = re.compile(r"post[-_]?master(?:@|$)", re.IGNORECASE)
_STATUS: Final = re.compile(r"(?:^|[\s<(\[#])(?:[45]\.\d{1,3}\.\d{1,3}|[45]\d\d[ -][#(]?[45]\.\d|55\d )", re.MULTILINE)
"""A status code x.y.z (RFC 3463), or the reply of a server that refuses (RFC 5321, section 4.2)."""
_QUOTED_HEADER: Final = re.compile(
    r"^[>|\s]{0,10}(Message-ID|From|To|Subject|Date|Received)[ \t]*:", re.IGNORECASE | re.MULTILINE
)


def sender_in(message: Message) -> str:
    """Return whom a mail is from: the first address of its From header, or what stands there."""
    raw = raw_header(message, "from")
    return "".join(addresses([raw])[:1]) or repaired(raw)


def has_null_path(message: Message) -> bool:
    """Whether a mail has the null reverse-path (RFC 5321, section 4.5.5), which no person's mail has."""
    return repaired(raw_header(message, "return-path")).replace(" ", "") == "<>"


def is_automatic(message: Message) -> bool:
    """Whether a program sent this by itself: Auto-Submitted (RFC 3834, section 5), an older header with this meaning, or no way back."""
    if _AUTOMATIC.match(repaired(raw_header(message, "auto-submitted"))):
        return True
    return bool(
        has_null_path(message)
        or repaired(raw_header(message, "x-autoreply"))
        or repaired(raw_header(message, "x-autorespond"))
        or repaired(raw_header(message, "precedence")).lower() == "auto_reply"
        or (
            repaired(raw_header(message, "x-auto-response-suppress")).lower() == "all"
            and repaired(raw_header(message, "x-ms-exchange-generated-message-source"))
        )
    )


def is_report(message: Message) -> bool:
    """Whether a mail says of itself that it is a report of any type (multipart/report, RFC 6522)."""
    # Where the headers alone are read, `mime` renames Content-Type.
    named = raw_header(message, "content-type") or raw_header(message, "x-content-type")
    return repaired(named).lower().startswith("multipart/report")


def is_server_bounce(message: Message, text: str, *, returns: bool) -> bool:
    """Whether a mail without RFC 3464 fields is a bounce from a mail server all the same.

    `text` are its words; `returns` says whether it brings another mail back. A person may write as postmaster: then it takes
    one more sign, such as a status code (RFC 3463) or the headers of the mail that came back.
    """
    if raw_headers(message, "x-failed-recipients"):
        return True
    sender = sender_in(message)
    from_machine = is_mail_server(sender)
    if not from_machine and not _POSTMASTER.match(bare_address(sender) or sender.strip("<> ")):
        return False
    if is_mail_server(repaired(raw_header(message, "return-path"))) or is_automatic(message) or is_report(message):
        return True
    if raw_header(message, "in-reply-to"):
        return False
    return from_machine or returns or _STATUS.search(text) is not None or len(set(_QUOTED_HEADER.findall(text))) >= 2
