"""What was found in a file that is brought in, and what is said of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from evidence_app.domain.phrases import phrase
from evidence_app.mail.matching import EXACT, NONE
from evidence_app.mail.values import Mail, MailKind
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.services.mail.conversations import Conversation
from evidence_app.services.mail.mail_entries import KnownMail, doubts_of, in_words, state_of
from evidence_app.services.mail.mail_files import MailOrigin

RANKS: Final = {MailKind.MESSAGE: 0, MailKind.REPLY: 1, MailKind.AUTOMATIC_REPLY: 1}
"""The order of taking in: what was sent first, then answers, then what reports on them."""
UNANSWERING: Final = frozenset(MailKind) - {
    MailKind.REPLY,
    MailKind.AUTOMATIC_REPLY,
    MailKind.MAIL_RECEIPT,
    MailKind.DELIVERY_REPORT,
    MailKind.REACTION,
    MailKind.MEETING_ANSWER,
    MailKind.EMPTY_RECEIPT,
}
"""What answers and reports on nothing: of the others it is said whether what they belong to is held."""


@dataclass(frozen=True, slots=True)
class Item:
    """What was found in one file or in one mail of a mailbox. `record` is where it was sealed, `draft` where it is kept.

    `duplicate_draft` is the draft that holds these bytes already; with `seals_draft` that was sealed. `draft_of` is the drafted e-mail whose file this is, as the program wrote it: there is nothing to keep. `tied_to` is the record that a person said it belongs to.
    """

    origin: MailOrigin
    sort: MailKind
    digest: str
    found: KnownMail | None = None
    talk: Conversation | None = None
    duplicate_of: int | None = None
    duplicate_draft: str = ""
    seals_draft: bool = False
    record: int | None = None
    draft: str = ""
    fault: str = ""
    left_out: bool = False
    draft_of: int | None = None
    known_people: tuple[str, ...] = ()
    tied_to: int | None = None

    @property
    def when(self) -> str:
        """When it was sent, in words; an empty string where that is not known."""
        mail = self.found.mail if self.found is not None else Mail()
        if mail.sent_at is not None:
            return phrase("{moment}", moment=mail.sent_at)
        return phrase("about {moment}", moment=mail.sent_about) if mail.sent_about is not None else ""

    @property
    def fits(self) -> bool:
        """Whether it belongs to something that is held, or names people who are in the records."""
        found = self.found
        if found is not None and (found.related is not None or found.copy_of is not None or found.drafted is not None):
            return True
        return bool(self.candidates or self.known_people or (self.talk is not None and self.talk.about is not None))

    def listed(self) -> JsonObject:
        """Return the item as a list of what is found shows it, before anything is taken in."""
        mail = self.found.mail if self.found is not None else Mail()
        more: JsonObject = {
            "when": self.when,
            "from": mail.sender,
            "to": list(mail.to),
            "subject": mail.subject,
            "fits": self.fits,
            "people": list(self.known_people),
            "says": self.in_words(),
            "belongs": self.match_in_words(),
        }
        return self.to_json() | {name: value for name, value in more.items() if value not in ("", [])}

    def to_json(self) -> JsonObject:
        """Return the item as the command line prints it."""
        found = self.found
        line: JsonObject = {
            "path": str(self.origin.path),
            "what": self.sort.value,
            "state": state_of(found) if found else None,
            "match": found.match.how if found else (self.talk.how or NONE) if self.talk else NONE,
            "record": self.record,
        }
        more: JsonObject = {
            "name": self.origin.name if not self.origin.is_whole_file else None,
            "folder": self.origin.folder,
            "belongs_to": self._belongs_to(),
            "candidates": [*sorted(self.candidates)],
            "draft": self.draft,
            "duplicate_of": self.duplicate_of,
            "draft_of": self.draft_of,
            "another_copy_of": found.copy_of.index if found is not None and found.copy_of is not None else None,
            "duplicate_of_draft": bool(self.duplicate_draft) or None,
            "sealed_draft": (self.seals_draft and self.record is not None) or None,
            "dkim": found.dkim.result if found and found.dkim else None,
            "outside_clock": list(found.quoted_checkpoints)
            if found and found.quoted_checkpoints and not found.sent
            else [],
            "remarks": self.remarks(),
            "fault": self.fault,
        }
        return line | {name: value for name, value in more.items() if value not in (None, "", [])}

    @property
    def candidates(self) -> frozenset[int]:
        """The positions of the records that it may belong to."""
        found = self.talk if self.talk is not None else self.found.match if self.found is not None else None
        return frozenset(place for place in found.candidates if place >= 0) if found is not None else frozenset()

    def _belongs_to(self) -> int | None:
        if self.talk is not None:
            return self.talk.about
        return self.found.related.index if self.found and self.found.related else None

    @property
    def is_readable(self) -> bool:
        """Whether it could be read at all."""
        return self.sort is not MailKind.UNREADABLE

    @property
    def is_new(self) -> bool:
        """Whether there is something to keep."""
        return not (
            self.fault
            or self.duplicate_draft
            or self.record is not None
            or self.duplicate_of is not None
            or self.draft_of is not None
        )

    @property
    def is_sure(self) -> bool:
        """Whether nothing about it is open: a mail whose sender is known, of which nothing has to be said, and which belongs to a message that it names, or
        answers none. The window ticks such alone; of all else a person says first that it is to be kept.
        """
        found = self.found
        if not self.is_new or found is None or found.is_unsure_who_sent or self.remarks():
            return False
        return self.sort in UNANSWERING or found.drafted is not None or found.match.how == EXACT

    @property
    def can_be_tied(self) -> bool:
        """Whether it is sealed already, and a note is to say what it is about."""
        return self.duplicate_of is not None and self.tied_to is not None and not self.left_out and not self.fault

    @property
    def may_belong_to_messages(self) -> bool:
        """Whether a person may say which message it answers or reports on: it is received, and that is not sure."""
        found = self.found
        return (
            self.is_new
            and found is not None
            and not found.sent
            and found.direction != "neither"
            and found.copy_of is None
            and found.match.how != "exact"
        )

    @property
    def may_be_tied(self) -> bool:
        """Whether a person may say which concern, or other record that a thread begins with, it is about or answers."""
        found = self.found
        if self.talk is not None:
            return self.is_new
        if found is None or found.mail.receipt is not None or found.direction == "neither" or found.copy_of is not None:
            return False
        return (self.is_new and found.drafted is None) or (self.duplicate_of is not None and self.record is None)

    def remarks(self) -> list[Json]:
        """Return what is to be said about reading it."""
        found = self.found
        return [*found.mail.remarks, *found.remarks, *doubts_of(found)] if found else []

    def in_words(self) -> str:
        """Say what was found."""
        if self.fault:
            return self.fault
        if self.duplicate_of is not None:
            if self.record is not None and self.tied_to is not None:
                numbers = {"record": self.duplicate_of, "about": self.tied_to}
                return phrase("Held already as record {record}, tied to record {about}", **numbers)
            return phrase("Held already as record {record}", record=self.duplicate_of)
        if self.draft_of is not None:
            return phrase(
                "The e-mail that record {record} wrote out for sending. It is not a sent copy: there is nothing to keep",
                record=self.draft_of,
            )
        if self.duplicate_draft:
            if self.seals_draft and self.record is not None:
                return phrase("Was kept as a draft, which is sealed now")
            return phrase("Kept already as a draft: “drafts --seal {draft}” seals it", draft=self.duplicate_draft)
        if self.talk is not None:
            return self.talk.in_words()
        if self.found is None:
            is_file = self.sort is MailKind.ATTACHMENT
            return phrase("A file, not mail" if is_file else "Could not be read as mail; kept as it came")
        return in_words(self.found)

    def described(self) -> str:
        """Say what was found, and then whether it is held already."""
        said = self.in_words()
        if self.found is None or self.is_new or self.fault:
            return said
        return phrase("{mail}. {standing}", mail=in_words(self.found), standing=said)

    def match_in_words(self) -> str:
        """Say what it belongs to, and how surely."""
        if self.talk is not None:
            return self.talk.match_in_words()
        if self.found is not None and self.found.copy_of is not None:
            return phrase("another copy of message {record}", record=self.found.copy_of.index)
        if self.found is not None and self.found.related is not None and self.found.related.kind.name != "message":
            return phrase(
                "about record {record}, by hand" if self.found.sent else "answers record {record}, by hand",
                record=self.found.related.index,
            )
        if self.found is None or (self.found.mail.receipt is None and self.sort in UNANSWERING):
            about = self.found.drafted if self.found else None
            if about is None:
                return ""
            is_draft = self.sort is MailKind.DRAFT_FILE
            return phrase(
                "made from drafted e-mail {record}" if is_draft else "the sent copy of drafted e-mail {record}",
                record=about.index,
            )
        matched = self.found.match
        if self.found.related is not None:
            return phrase("{how} match: message {record}", how=phrase(matched.how), record=self.found.related.index)
        if matched.place is not None:
            return phrase("{how} match: a message brought in with it", how=phrase(matched.how))
        if matched.candidates:
            return phrase("{count} messages fit: choose one", count=len(matched.candidates))
        if self.found.names_draft:
            return phrase("the message that it names is kept as a draft: seal that, and they are matched")
        return phrase("no message that is held fits")


def rank(item: Item) -> tuple[int, datetime, bool]:
    """Return by what items are ordered in which they are kept: what others belong to first, then by their times."""
    mail = item.found.mail if item.found else Mail()
    # Of several copies of a message the one that no server passed on is the one that was sent.
    when = mail.sent_at or mail.sent_about or datetime.max.replace(tzinfo=UTC)
    return RANKS.get(item.sort, 2), when, mail.passed_a_server
