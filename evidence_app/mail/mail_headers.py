"""What the headers of an Internet mail say (RFC 5322), as a `Mail`."""

from collections.abc import Iterator, Mapping, Sequence
from email.message import Message
from string import hexdigits
from typing import Final

from evidence_app.mail.dates import sending_time
from evidence_app.mail.headers import (
    MAX_ADDRESSES,
    MAX_ADDRESSES_LENGTH,
    addresses,
    conversation_index,
    count_addresses,
    decoded,
    first_message_id,
    message_ids,
    repaired,
)
from evidence_app.mail.machines import is_automatic, sender_in
from evidence_app.mail.mime import headers_of, raw_header, raw_headers
from evidence_app.mail.text import clean_line
from evidence_app.mail.values import NOT_READ, Detail, Mail

LINE: Final = 480
"""The most characters of a header value."""
STILL_MARKED: Final = "It is marked as not sent, but a mail server passed it on: it was sent."
"""The remark on a mail with X-Unsent that went through a server."""

DELETED: Final = "Its mail program had marked it as deleted."
EXPUNGED: Final = 0x8

_TRACES: Final = (
    "received",
    "return-path",
    "delivered-to",
    "x-received",
    "authentication-results",
    "arc-seal",
    "dkim-signature",
    "list-id",
)
"""Headers that mail servers add."""
_GMAIL_DRAFTS: Final = frozenset(
    {"drafts", "draft", "drafftiau", "brouillons", "entwürfe", "borradores", "bozze", "concepten"}
)
"""How Gmail's archive labels drafts."""


def read_headers(untrusted: bytes) -> Mail:
    """Read the headers of a mail and nothing else: the result has no receipt, no text and no files."""
    return describe(headers_of(untrusted))


def describe(message: Message, remarks: tuple[str, ...] = ()) -> Mail:
    """Build a `Mail` from headers. Thread-Index and Thread-Topic are Outlook's conversation index and topic."""
    date_value = raw_header(message, "date")
    passed = passed_a_server(message)
    unsent = not passed and is_unsent(message)
    when = sending_time(date_value, raw_headers(message, "received"))
    marked = repaired(raw_header(message, "x-unsent")) == "1"
    people = {name: _people(message, name) for name in ("to", "cc", "bcc")}
    return Mail(
        message_id=first_message_id(raw_header(message, "message-id")),
        in_reply_to=message_ids(raw_header(message, "in-reply-to")),
        references=message_ids(raw_header(message, "references")),
        conversation=conversation_index(raw_header(message, "thread-index")),
        sender=clean_line(sender_in(message), LINE),
        to=people["to"],
        cc=people["cc"],
        bcc=people["bcc"],
        subject=clean_line(decoded(raw_header(message, "subject")), LINE),
        topic=clean_line(decoded(raw_header(message, "thread-topic")), LINE),
        sent_at=None if unsent else when.at,
        sent_about=None if unsent else when.about,
        sent_at_raw=clean_line(repaired(date_value), LINE),
        receipt_requested=_receipt_requested(message),
        automatic=is_automatic(message),
        passed_a_server=passed,
        # `mime` renames Content-Type where it reads the headers alone.
        has_headers=any(True for name, _ in message.raw_items() if name.lower() != "x-content-type"),
        remarks=(
            *remarks,
            *_unread(message, people),
            *(() if unsent else when.remarks),
            *((STILL_MARKED,) if marked and passed else ()),
            *((DELETED,) if _is_deleted(message) else ()),
        ),
        unsent=unsent,
        details=tuple((label, clean_line(text, LINE)) for label, text in _details(message) if text),
    )


def _is_deleted(message: Message) -> bool:
    """Whether Thunderbird marked a mail as deleted (nsMsgMessageFlags, Expunged): it stays in the mailbox until that is compacted."""
    flags = repaired(raw_header(message, "x-mozilla-status"))
    return len(flags) == 4 and all(each in hexdigits for each in flags) and bool(int(flags, 16) & EXPUNGED)


def _unread(message: Message, people: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Say how many recipients were not read, where there are more than are."""
    for name, read in people.items():
        if len(read) >= MAX_ADDRESSES or sum(map(len, raw_headers(message, name))) > MAX_ADDRESSES_LENGTH:
            left = count_addresses(raw_headers(message, name)) - len(read)
            if left > 0:
                yield NOT_READ.format(left)


def passed_a_server(message: Message) -> bool:
    """Whether a mail has headers that a mail server adds."""
    return any(value.strip() for name in _TRACES for value in raw_headers(message, name)[:1])


def is_unsent(message: Message) -> bool:
    """Whether a mail that no server passed on was not sent, as far as the file shows: it is marked as a draft, or has neither date nor identifier."""
    if repaired(raw_header(message, "x-unsent")) == "1":
        return True
    labels = decoded(raw_header(message, "x-gmail-labels")).lower().split(",")
    if _GMAIL_DRAFTS & {each.strip(' "') for each in labels}:
        return True
    return not raw_header(message, "date").strip() and not raw_header(message, "message-id").strip()


def _details(message: Message) -> list[Detail]:
    sender = "".join(addresses(raw_headers(message, "sender"))[:1])
    differs = sender and sender.lower() not in "".join(addresses([raw_header(message, "from")])).lower()
    # Several people may have written a mail together (RFC 5322, section 3.6.2).
    others = addresses(raw_headers(message, "from"))[1:]
    return [("Sent by", sender if differs else ""), ("Also from", ", ".join(others))]


def _people(message: Message, name: str) -> tuple[str, ...]:
    return tuple(clean_line(person, LINE) for person in addresses(raw_headers(message, name)))


def _receipt_requested(message: Message) -> str:
    """Return which receipts the sender requested: both, read, delivery or none."""
    wants_read = bool(repaired(raw_header(message, "disposition-notification-to")))
    # Exchange writes Return-Receipt-To for a delivery report, and not for a read receipt ([MS-OXCMAIL] 2.1.3.1.5).
    wants_delivery = bool(repaired(raw_header(message, "return-receipt-to")))
    return {(True, True): "both", (True, False): "read", (False, True): "delivery"}.get(
        (wants_read, wants_delivery), "none"
    )
