"""The grades of mail receipts and delivery reports: what each shows, and the limit printed alongside.

Sources: docs/domain.md, section 4; docs/spec/mail.md, section 3.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Grade:
    """A receipt's state in words, and the limit of what it shows. `opened` and `arrived` are what it reports of the mail."""

    words: str
    limit: str
    opened: bool = False
    arrived: bool = False


GRADES: Final[MappingProxyType[str, Grade]] = MappingProxyType(
    {
        "displayed": Grade(
            "Opened, according to the receipt",
            "Not proof that it was read, understood, or by whom: a receipt can come from a preview, a delegate or a shared "
            "mailbox, its clock is the recipient's, and it is plain text that can be altered.",
            opened=True,
            arrived=True,
        ),
        "deleted": Grade(
            "Deleted without being displayed, according to the receipt",
            "It may have been read in another place, or a mail server may have rejected it: the receipt's words say more.",
            arrived=True,
        ),
        "denied": Grade(
            "The recipient did not allow a receipt", "It says nothing on whether the message was opened.", arrived=True
        ),
        "dispatched": Grade(
            "Passed on by the recipient's program, according to the receipt",
            "It was printed, forwarded or filed by a rule; nobody need have seen it.",
            arrived=True,
        ),
        "processed": Grade(
            "Handled by a rule or program, according to the receipt", "Nobody need have seen it.", arrived=True
        ),
        "delivered": Grade(
            "Delivered to the mailbox or list, according to the mail server",
            "It does not show that the message was opened; delivery to a list is not delivery to its members.",
            arrived=True,
        ),
        "relayed": Grade(
            "Passed on to a server that reports no further", "It does not show that the message reached a mailbox."
        ),
        "expanded": Grade(
            "Delivered to a list and passed on to its members", "It does not show that it reached any one of them."
        ),
        "delayed": Grade("Delayed; the server was still trying", "It may have been delivered later."),
        "failed": Grade("Not delivered, according to the mail server", "It may have reached other recipients."),
        "not stated": Grade(
            "A receipt or report that does not say what became of the message", "It counts as nothing but having come."
        ),
        "none received": Grade(
            "A receipt was asked for, and none had come",
            "A recipient may refuse one, and many programs never send one: it does not show that the message was not opened.",
        ),
    }
)

MATCH_WORDS: Final = MappingProxyType(
    {
        "exact": "exact match: it names the message's own identifier",
        "probable": "probable match: it names the message only indirectly",
        "by hand": "matched by hand",
        "": "not matched to a message",
    }
)
MATCH_SENTENCES: Final = MappingProxyType({match: f"{words.capitalize()}." for match, words in MATCH_WORDS.items()})

SENT_COPY_CAVEAT: Final = "The copy shows what was written and to whom; it does not show that it arrived."
DRAFT_CAVEAT: Final = "Written out for sending. By itself it does not show that anything was sent."
AUTOMATIC_CAVEAT: Final = "An automatic reply is neither a receipt nor an answer."
QUOTED_HEAD_WORDS: Final = "It quotes the log's head: an outside clock for everything sealed before it"
