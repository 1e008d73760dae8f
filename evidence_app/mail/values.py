"""Value objects for the contents of a mail. They hold what the bytes say, which is untrusted."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import Final

NOT_STATED: Final = "not stated"
"""The state of a receipt or report that names none. It is never *displayed*."""

STATES: Final = (
    "displayed",
    "deleted",
    "denied",
    "dispatched",
    "processed",
    "delivered",
    "relayed",
    "expanded",
    "delayed",
    "failed",
)
"""The states of receipts (RFC 8098 and its predecessors) and delivery reports (RFC 3464); docs/spec/mail.md, section 2."""

WORST_FIRST: Final = ("failed", "delayed", NOT_STATED, "relayed", "expanded", "delivered")
"""The order in which a state of one recipient becomes the state of a whole delivery report."""


class MailKind(Enum):
    """The kinds of imported files (docs/spec/mail.md, section 1)."""

    MESSAGE = "message"
    MAIL_RECEIPT = "mail-receipt"
    DELIVERY_REPORT = "delivery-report"
    REPLY = "reply"
    AUTOMATIC_REPLY = "automatic-reply"
    CONVERSATION = "conversation"
    ATTACHMENT = "attachment"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One recipient's row of a delivery report (RFC 3464, section 2.3)."""

    recipient: str
    state: str
    original_recipient: str = ""
    status: str = ""
    diagnostic: str = ""
    remote_mta: str = ""


@dataclass(frozen=True, slots=True)
class MailReceipt:
    """A mail receipt or delivery report. `state` is one of STATES, or NOT_STATED.

    `of_delivery` distinguishes a delivery report from a receipt; `guessed` marks a report that follows no standard,
    recognised by its sender. `original_sent_at` is in UTC; `rows` has one row for each recipient of a delivery report.
    """

    format: str
    state: str
    for_message_id: str = ""
    final_recipient: str = ""
    original_recipient: str = ""
    action_mode: str = ""
    sending_mode: str = ""
    modifiers: str = ""
    reporting_ua: str = ""
    original_subject: str = ""
    original_sent_at: datetime | None = None
    rows: tuple[Delivery, ...] = ()
    of_delivery: bool = False
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file inside a mail: its name, and its exact bytes after the transfer encoding is decoded."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as far as it could be read. `sent_at` is in UTC; `sent_at_raw` is the header as written.

    `conversation` is Outlook's conversation index (22 bytes for the first message and 5 more for each reply).
    `passed_a_server` says whether it has headers that a mail server adds; `quoted_checkpoints` are the log checkpoints
    that it quotes (docs/spec/mail.md, section 5); `remarks` are sentences on what could not be read.
    """

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    conversation: bytes = b""
    sender: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    subject: str = ""
    topic: str = ""
    sent_at: datetime | None = None
    sent_at_raw: str = ""
    receipt_requested: str = "none"
    automatic: bool = False
    passed_a_server: bool = False
    from_owner: bool = False
    text: str = ""
    files: tuple[AttachedFile, ...] = ()
    quoted_checkpoints: tuple[str, ...] = ()
    receipt: MailReceipt | None = None
    has_headers: bool = True
    remarks: tuple[str, ...] = field(default=())

    @property
    def readable(self) -> bool:
        """Whether any header or property of a mail was found."""
        return self.has_headers


def with_receipt(mail: Mail, receipt: MailReceipt | None) -> Mail:
    """Return a mail with a receipt or report; without one, unchanged."""
    return replace(mail, receipt=receipt) if receipt else mail


def with_headers(item: Mail, headers: Mail) -> Mail:
    """Merge an Outlook item with its Internet headers: a value of the headers is preferred; files and remarks are joined."""
    return replace(
        headers,
        conversation=headers.conversation or item.conversation,
        message_id=headers.message_id or item.message_id,
        in_reply_to=headers.in_reply_to or item.in_reply_to,
        references=headers.references or item.references,
        sender=headers.sender or item.sender,
        to=headers.to or item.to,
        cc=headers.cc or item.cc,
        subject=headers.subject or item.subject,
        topic=headers.topic or item.topic,
        sent_at=headers.sent_at or item.sent_at,
        sent_at_raw=headers.sent_at_raw or item.sent_at_raw,
        receipt_requested=headers.receipt_requested if headers.receipt_requested != "none" else item.receipt_requested,
        automatic=headers.automatic or item.automatic,
        from_owner=item.from_owner,
        text=headers.text or item.text,
        files=(*headers.files, *item.files),
        quoted_checkpoints=tuple(dict.fromkeys((*headers.quoted_checkpoints, *item.quoted_checkpoints))),
        receipt=better(headers.receipt, item.receipt),
        has_headers=headers.has_headers or item.has_headers,
        remarks=(*item.remarks, *headers.remarks),
    )


def better(first: MailReceipt | None, second: MailReceipt | None) -> MailReceipt | None:
    """Return the more certain receipt: the first, unless it is missing or guessed and there is a second."""
    if first is not None and not first.guessed:
        return first
    return second or first
