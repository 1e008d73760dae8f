"""Value objects for the contents of a mail. They hold what the bytes say, which is untrusted."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import Final

MAX_FILES: Final = 200
"""The most files that are taken out of a mail."""
MANY_FILES: Final = f"It holds more files than are taken out: the first {MAX_FILES}."
"""The remark on a mail with more files than are taken out."""
NOT_READ: Final = "Recipients that it names and that were not read: {:,}."
"""The remark on a mail with more recipients than are read."""
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
    # A file of a mail that the file does not show to have been sent.
    DRAFT_FILE = "draft-file"
    ANOTHER_COPY = "another-copy"
    REACTION = "reaction"
    EMPTY_RECEIPT = "perhaps-a-receipt"
    MEETING_REQUEST = "meeting-request"
    MEETING_ANSWER = "meeting-answer"
    MEETING_CANCELLED = "meeting-cancelled"
    APPOINTMENT = "appointment"
    CONTACT = "contact"
    TASK = "task"
    NOTE = "note"
    POST = "post"
    JOURNAL_ENTRY = "journal-entry"
    OTHER_ITEM = "other-item"


MAILED: Final = frozenset(
    {MailKind.MESSAGE, MailKind.MEETING_REQUEST, MailKind.MEETING_ANSWER, MailKind.MEETING_CANCELLED, MailKind.POST}
)
"""What a reader may find a file to be that somebody sends; of the others a time of sending means nothing."""
Detail = tuple[str, str]
"""What an item says beside its words: a label and a text."""


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

    `kind` is MESSAGE unless the file says that it is something else. `unsent` says that it was not sent, as far as the file
    shows. `answer` is what an answer to an invitation says, or a reaction; `sent_about` when it was sent, in UTC, where
    that is not known exactly. `details` are what it says beside its words, such as when a meeting begins.
    `signed_as` is the S/MIME message that an Outlook item stands for ([MS-OXOSMIME]).
    """

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    conversation: bytes = b""
    sender: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
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
    kind: MailKind = MailKind.MESSAGE
    unsent: bool = False
    answer: str = ""
    details: tuple[Detail, ...] = ()
    sent_about: datetime | None = None
    signed_as: bytes | None = None

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
        bcc=headers.bcc or item.bcc,
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
        remarks=tuple(dict.fromkeys((*item.remarks, *headers.remarks))),
        kind=item.kind if item.kind is not MailKind.MESSAGE else headers.kind,
        unsent=item.unsent and headers.unsent,
        answer=item.answer or headers.answer,
        details=(*item.details, *(each for each in headers.details if each[0] not in dict(item.details))),
        sent_about=headers.sent_about or item.sent_about,
        signed_as=item.signed_as,
    )


def better(first: MailReceipt | None, second: MailReceipt | None) -> MailReceipt | None:
    """Return the more certain receipt: the first, unless it is missing or guessed and there is a second."""
    if first is not None and not first.guessed:
        return first
    return second or first
