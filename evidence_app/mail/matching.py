"""Which of the owner's mails a receipt or reply belongs to, and how surely (docs/spec/mail.md, section 4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from evidence_app.mail.headers import bare_subject
from evidence_app.mail.values import Mail

EXACT: Final = "exact"
PROBABLE: Final = "probable"
BY_HAND: Final = "by hand"
NONE: Final = "none"

CLOCKS_APART: Final = timedelta(minutes=2)
"""By how much the time of sending on a receipt may differ from that on the mail: the two come from different clocks."""
INDEX_HEAD: Final = 22
INDEX_STEP: Final = 5


@dataclass(frozen=True, slots=True)
class HeldMail:
    """A mail that is held: its place, and what it is found by. Moments are in UTC."""

    place: int
    message_id: str = ""
    conversation: bytes = b""
    subject: str = ""
    sent_at: datetime | None = None
    sent: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """What a mail belongs to. Several `candidates` without a `place` are offered to the person, and never chosen from."""

    how: str = NONE
    place: int | None = None
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Holdings:
    """How held mails are found: by message identifier, and by the first 22 bytes of a conversation index."""

    by_id: Callable[[str], Sequence[HeldMail]]
    by_conversation: Callable[[bytes], Sequence[HeldMail]]


def match(mail: Mail, holdings: Holdings) -> Match:
    """Find what a mail answers or reports on."""
    receipt = mail.receipt
    named = receipt.for_message_id if receipt else ""
    if named:
        found = holdings.by_id(named)
        return Match(EXACT, min(found, key=_sent_first).place) if found else Match()
    parents = [found for each in mail.in_reply_to if each != mail.message_id and (found := holdings.by_id(each))]
    if len(parents) > 1:
        return Match(NONE, None, tuple(sorted(min(found, key=_sent_first).place for found in parents)))
    for identifier in (*mail.in_reply_to, *reversed(mail.references)):
        if identifier != mail.message_id and (found := holdings.by_id(identifier)):
            return Match(PROBABLE, min(found, key=_sent_first).place)
    return _by_conversation(mail, holdings)


def _by_conversation(mail: Mail, holdings: Holdings) -> Match:
    if len(mail.conversation) < INDEX_HEAD:
        return Match()
    receipt = mail.receipt
    about = bare_subject((receipt.original_subject if receipt else "") or mail.topic or mail.subject)
    at = receipt.original_sent_at if receipt else None
    found = _nearest(
        [
            held
            for held in holdings.by_conversation(mail.conversation[:INDEX_HEAD])
            if _may_answer(mail, held)
            and bare_subject(held.subject) == about
            and (at is None or held.sent_at is None or abs(held.sent_at - at) <= CLOCKS_APART)
        ]
    )
    places = tuple(sorted({held.place for held in found}))
    if len({held.message_id or held.place for held in found}) == 1:
        return Match(PROBABLE, min(found, key=_sent_first).place)
    return Match(NONE, None, places)


def _may_answer(mail: Mail, held: HeldMail) -> bool:
    """Whether a mail's conversation index goes on from a held one; some receipts carry that of the mail itself."""
    if held.conversation == mail.conversation:
        return mail.receipt is not None
    return mail.conversation.startswith(held.conversation)


def _sent_first(held: HeldMail) -> tuple[bool, int]:
    """One identifier is one message, however many copies of it are held: the copy as it was sent comes first."""
    return not held.sent, held.place


def _nearest(found: Sequence[HeldMail]) -> list[HeldMail]:
    """Keep those nearest in the conversation: a reply's index is its parent's with five bytes more."""
    longest = max((len(held.conversation) for held in found), default=0)
    return [held for held in found if len(held.conversation) == longest]
