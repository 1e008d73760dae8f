"""Detection of mail formats, and dispatch to the reader of each (docs/spec/mail.md, section 1)."""

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from evidence_app.mail.internet import looks_like_mail, read_internet_mail
from evidence_app.mail.outlook import message_file, tnef
from evidence_app.mail.values import Mail, MailKind

if TYPE_CHECKING:
    from mmap import mmap

HEAD: Final = 16_384
"""How many bytes from the start of a file suffice for `container_of`."""
MAIL_ENDINGS: Final = frozenset({".eml", ".emlx", ".msg", ".mbox", ".tnef", ".mht", ".nws"})
"""File name suffixes, in lower case, that name mail."""
MAIL_NAMES: Final = frozenset({"winmail.dat", "mbox"})
"""Whole file names, in lower case, that name mail."""

_ADDRESS_AND_TIME: Final = (
    rb"[^\s@]{1,64}@[^\s]{1,200} (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d "
    rb"\d\d:\d\d:\d\d(?: [A-Z]{1,5}| [+-]\d{4})? \d{4}[ \t]*"
)
"""What a divider has whole: some programs write no blank line before it."""
# The divider of RFC 4155: “From ”, an address and a date that ends in a year, after a blank line. A line of a text may
# look the same: only a header of a mail after it makes it a divider.
_MBOX_LINE: Final = re.compile(
    rb"(?:(?:\A|(?<=\n\n)|(?<=\r\n\r\n)|(?<=\r\r))From [^\r\n]{3,200}\d{4}[^\r\n]{0,20}|(?<=[\r\n])From "
    + _ADDRESS_AND_TIME
    + rb")(?:\r\n|\n|\r)"
    rb"(?=(?i:x-[!-9;-~]{1,78}|return-path|received|from|to|cc|bcc|date|subject|message-id|mime-version|content-[a-z-]{1,40}|delivered-to"
    rb"|reply-to|sender|status|in-reply-to|references|dkim-signature|authentication-results|arc-[a-z-]{1,60}|list-[a-z-]{1,40}|user-agent"
    rb"|disposition-notification-to|thread-[a-z]{1,20}|accept-language|importance|precedence|auto-submitted|envelope-to|resent-[a-z-]{1,20})[ \t]*:)"
)
_MBOX_START: Final = re.compile(rb"From [^\r\n]{1,200}[\r\n]")


class Container(Enum):
    """The file formats of mail; NONE for a file that is no mail."""

    INTERNET = "internet"
    OUTLOOK = "outlook"
    TNEF = "tnef"
    MBOX = "mbox"
    NONE = "none"


def container_of(head: bytes, name: str) -> Container:
    """Return the format of a file by its first bytes (`HEAD`), and where they do not decide by its name."""
    ending = PurePath(name).suffix.lower()
    if head.startswith(tnef.SIGNATURE):
        return Container.TNEF
    if head.startswith(message_file.SIGNATURE):
        # Older office documents are compound files too: an Outlook item has property streams ([MS-OXMSG]), whose names
        # are in UTF-16 in the directory.
        return (
            Container.OUTLOOK
            if ending in {".msg", ""} or "__substg1.0_".encode("utf-16-le") in head
            else Container.NONE
        )
    if _MBOX_START.match(head) and looks_like_mail(head.partition(b"\n")[2] or head.partition(b"\r")[2]):
        return Container.MBOX
    named = ending in MAIL_ENDINGS or PurePath(name).name.lower() in MAIL_NAMES
    as_utf8 = head.decode("utf-16", "replace").encode("utf-8") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
    if looks_like_mail(as_utf8) or named:
        return Container.INTERNET
    return Container.NONE


def read_mail(untrusted: bytes, container: Container) -> Mail:
    """Read one mail in a format that `container_of` found. Never raises."""
    match container:
        case Container.OUTLOOK:
            return _with_signed_content(message_file.read_outlook_item(untrusted))
        case Container.TNEF:
            return tnef.read_tnef(untrusted)
        case _:
            return read_internet_mail(untrusted)


def mails_in_mbox(untrusted: "bytes | mmap") -> Iterator[tuple[int, int]]:
    """Yield the start and end offsets of each mail in an mbox file, without its ``From `` line."""
    starts = [(match.start(), match.end()) for match in _MBOX_LINE.finditer(untrusted)]
    if not starts:
        first_line = _MBOX_START.match(untrusted)
        starts = [(0, first_line.end())] if first_line else []
    if not starts:
        return
    for (_, begin), (end, _) in zip(starts, [*starts[1:], (len(untrusted), 0)], strict=True):
        yield begin, end


def _with_signed_content(item: Mail) -> Mail:
    """Return an Outlook item with what is in its S/MIME message, its one file ([MS-OXOSMIME] 2.1.3)."""
    if item.signed_as is None:
        return item
    sender = f"From: {item.sender}\r\n".encode("utf-8", "replace")
    if item.signed_as.startswith(b"\x30"):
        # A CMS message as it is, without the headers of a MIME entity.
        packed = base64.encodebytes(item.signed_as)
        entity = b"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n" + packed
    else:
        entity = item.signed_as
    inner = read_internet_mail(sender + entity)
    others = tuple(file for file in item.files if file.content != item.signed_as)
    return replace(
        item,
        text=inner.text or item.text,
        files=(*others, *inner.files) if inner.text else item.files,
        details=(*item.details, *(each for each in inner.details if each[0] == "Signature")),
        remarks=(*item.remarks, *inner.remarks),
        quoted_checkpoints=tuple(dict.fromkeys((*item.quoted_checkpoints, *inner.quoted_checkpoints))),
    )


def sort_of(mail: Mail, *, sent: bool, matched: bool) -> MailKind:
    """Classify a mail (docs/spec/mail.md, section 1); its subject plays no part.

    `sent`: the owner wrote it. `matched`: it belongs to one of the owner's mails.
    """
    if not mail.readable:
        return MailKind.UNREADABLE
    if mail.receipt is not None:
        return MailKind.DELIVERY_REPORT if mail.receipt.of_delivery else MailKind.MAIL_RECEIPT
    if mail.unsent:
        return MailKind.DRAFT_FILE
    if mail.kind is not MailKind.MESSAGE:
        return mail.kind
    if mail.automatic:
        return MailKind.AUTOMATIC_REPLY
    if not sent and (mail.in_reply_to or mail.references or matched):
        return MailKind.REPLY
    return MailKind.MESSAGE
