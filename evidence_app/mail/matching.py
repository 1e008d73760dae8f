"""Matching of receipts, reports and replies with the owner's mails (docs/spec/mail.md, section 4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from evidence_app.domain.thread.conversations import CONVERSATION_HEADER_BYTES
from evidence_app.mail.headers import bare_address, bare_subject
from evidence_app.mail.values import Mail, MailReceipt

# How a match was made; sealed with the record.
EXACT: Final = "exact"
PROBABLE: Final = "probable"
BY_HAND: Final = "by hand"
NONE: Final = "none"

CLOCKS_APART: Final = timedelta(minutes=2)
"""The greatest difference between the sending times that a receipt and the mail state; they come from different clocks."""
INDEX_STEP: Final = 5
"""Bytes that each reply appends to its parent's conversation index."""


MAX_FIRST_WORDS: Final = 2_000
"""Characters of a mail's words by which copies of it are told."""


def first_words(text: str) -> str:
    """Return how a mail begins, for comparison: its letters, however they are broken into lines."""
    return "".join(text[: 2 * MAX_FIRST_WORDS].split())[:MAX_FIRST_WORDS]


@dataclass(frozen=True, slots=True)
class HeldMail:
    """A mail to match with: `place` is its position in the log, negative for one of the same import, not yet sealed.

    `sent_at` is in UTC; `sent` says that it is the owner's copy as sent. `to` are the addresses of everybody it went to, `words` how it
    begins (`first_words`).
    """

    place: int
    message_id: str = ""
    conversation: bytes = b""
    subject: str = ""
    sent_at: datetime | None = None
    sent: bool = True
    to: frozenset[str] = frozenset()
    words: str = ""

    def is_copy_of(self, other: "HeldMail") -> bool:
        """Whether this is another copy of the same message: nothing that both say tells them apart."""
        return (
            bare_subject(self.subject) == bare_subject(other.subject)
            and (self.sent_at is None or other.sent_at is None or abs(self.sent_at - other.sent_at) <= CLOCKS_APART)
            and (not self.to or not other.to or bool(self.to & other.to))
        )

    def has_words_of(self, other: "HeldMail") -> bool:
        """Whether both have the same words, as far as both are known; a list may have added its own below."""
        return self.words.startswith(other.words) or other.words.startswith(self.words)


@dataclass(frozen=True, slots=True)
class Match:
    """The result of matching: how it was made, and the position of the mail (`place`).

    Where several mails fit, `place` is None and `candidates` has their positions, for the user to choose from; that is
    probable where a receipt names them all.
    """

    how: str = NONE
    place: int | None = None
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Holdings:
    """Look-ups of stored mails: by message identifier, and by the first 22 bytes of a conversation index."""

    by_id: Callable[[str], Sequence[HeldMail]]
    by_conversation: Callable[[bytes], Sequence[HeldMail]]


def match(mail: Mail, holdings: Holdings) -> Match:
    """Return the stored mail that a mail answers or reports on.

    The order is that of certainty: the identifier that a receipt names (exact; one that is not held ends the search),
    In-Reply-To, References from the latest back, then the conversation index (each probable).
    """
    receipt = mail.receipt
    named = receipt.for_message_id if receipt else ""
    if named:
        copies = holdings.by_id(named)
        return _told_apart(copies, receipt) if copies and receipt else Match()
    # Several held mails in In-Reply-To (RFC 5322, section 3.6.4, allows them): none is chosen.
    parents = [
        copies
        for parent_id in mail.in_reply_to
        if parent_id != mail.message_id and (copies := holdings.by_id(parent_id))
    ]
    if len(parents) > 1:
        return Match(NONE, None, tuple(sorted(min(copies, key=_sent_first).place for copies in parents)))
    for identifier in (*mail.in_reply_to, *reversed(mail.references)):
        if identifier != mail.message_id and (copies := holdings.by_id(identifier)):
            groups = _groups(copies)
            if len(groups) > 1:
                return Match(PROBABLE, None, tuple(sorted(min(each, key=_sent_first).place for each in groups)))
            return Match(PROBABLE, min(copies, key=_sent_first).place)
    return _by_conversation(mail, holdings)


def _told_apart(copies: Sequence[HeldMail], receipt: MailReceipt) -> Match:
    """Match a receipt with the message that it names; of two messages with one identifier with the one that it describes.

    What it says of the original's subject and time, and who sent it, tells them apart; where that fits more than one of
    them, or none, they are offered.
    """
    groups = _groups(copies)
    if len(groups) > 1:
        fitting = [each for each in groups if any(_describes(receipt, held) for held in each)]
        groups = fitting if len(fitting) == 1 else groups
    places = tuple(sorted(min(each, key=_sent_first).place for each in groups))
    return Match(EXACT, places[0]) if len(places) == 1 else Match(PROBABLE, None, places)


def _groups(copies: Sequence[HeldMail]) -> list[list[HeldMail]]:
    """Return held mails by message: copies of one message together."""
    groups: list[list[HeldMail]] = []
    for held in copies:
        group = next((each for each in groups if held.is_copy_of(each[0])), None)
        if group is None:
            groups.append([held])
        else:
            group.append(held)
    return groups


def _describes(receipt: MailReceipt, held: HeldMail) -> bool:
    """Whether what a receipt says of the original is so of a held mail: its subject, its time, and that its sender was a recipient."""
    subject, sent_at = receipt.original_subject, receipt.original_sent_at
    reporting = {bare_address(row.recipient) for row in receipt.rows} | {bare_address(receipt.final_recipient)}
    reporting -= {""}
    return (
        (not subject or bare_subject(subject) == bare_subject(held.subject))
        and (sent_at is None or held.sent_at is None or abs(held.sent_at - sent_at) <= CLOCKS_APART)
        and (not reporting or not held.to or bool(reporting & held.to))
    )


def _by_conversation(mail: Mail, holdings: Holdings) -> Match:
    """Match by conversation index, subject, and the sending time that a receipt names."""
    if len(mail.conversation) < CONVERSATION_HEADER_BYTES:
        return Match()
    receipt = mail.receipt
    subject = bare_subject((receipt.original_subject if receipt else "") or mail.topic or mail.subject)
    sent_at = receipt.original_sent_at if receipt else None
    nearest = _nearest(
        [
            held
            for held in holdings.by_conversation(mail.conversation[:CONVERSATION_HEADER_BYTES])
            if _may_answer(mail, held)
            and bare_subject(held.subject) == subject
            and (sent_at is None or held.sent_at is None or abs(held.sent_at - sent_at) <= CLOCKS_APART)
        ]
    )
    positions = tuple(sorted({held.place for held in nearest}))
    if len({held.message_id or held.place for held in nearest}) == 1:
        return Match(PROBABLE, min(nearest, key=_sent_first).place)
    return Match(NONE, None, positions)


def _may_answer(mail: Mail, held: HeldMail) -> bool:
    """Whether a mail's conversation index extends that of a stored mail; that of a receipt may also be equal to it."""
    if held.conversation == mail.conversation:
        return mail.receipt is not None
    return mail.conversation.startswith(held.conversation)


def _sent_first(held: HeldMail) -> tuple[bool, int]:
    """Sort key for copies of one message (one identifier): the copy as it was sent first, then the lowest position."""
    return not held.sent, held.place


def _nearest(candidates: Sequence[HeldMail]) -> list[HeldMail]:
    """Return the mails with the longest index, the nearest ancestors: a reply's index is its parent's and five bytes more."""
    longest = max((len(held.conversation) for held in candidates), default=0)
    return [held for held in candidates if len(held.conversation) == longest]
