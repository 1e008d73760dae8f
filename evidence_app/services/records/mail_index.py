"""What mail the store holds, and how a mail that comes in is found to belong to it."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from evidence_app.domain.record.correspondence import SENT_FORMS, form_of
from evidence_app.domain.record.entries import Entry, Link
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.thread.conversations import CONVERSATION_HEADER_BYTES
from evidence_app.domain.thread.late_matches import COPY
from evidence_app.mail.headers import bare_address
from evidence_app.mail.matching import HeldMail, Holdings, first_words, match
from evidence_app.mail.values import Mail, MailReceipt
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.encoding.times import read_moment
from evidence_app.proof.quoted_checkpoints import read_checkpoint_line
from evidence_app.services.core.session import Session

BELONGING: Final = frozenset({"receipt for", "answers"})


def held(record: SealedRecord) -> HeldMail:
    """Return a sealed message as matching sees it."""
    fields = record.fields
    return HeldMail(
        place=record.index,
        message_id=str(fields.get("message_id", "")),
        conversation=base64.b64decode(str(fields.get("conversation", ""))),
        subject=str(fields.get("subject", "")),
        sent_at=read_moment(str(fields["sent_at"])) if "sent_at" in fields else None,
        sent=fields.get("direction") == "sent",
        to=frozenset(
            address
            for name in ("to", "cc", "bcc")
            for each in _listed(fields.get(name))
            if (address := bare_address(str(each)))
        ),
        words=first_words(str(fields.get("content", ""))),
    )


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def waiting_mail(place: int, mail: Mail, *, sent: bool) -> HeldMail:
    """Return a mail that is not sealed as matching sees it."""
    people = frozenset(address for each in (*mail.to, *mail.cc, *mail.bcc) if (address := bare_address(each)))
    return HeldMail(
        place, mail.message_id, mail.conversation, mail.subject, mail.sent_at, sent, people, first_words(mail.text)
    )


def copies_of(session: Session, mail: HeldMail) -> tuple[SealedRecord | None, SealedRecord | None]:
    """Return the held message that a mail is another copy of; and one that has its identifier and is another, for a remark."""
    records = session.store.records
    same_id = [records.get(index) for index in records.found_by(f"id:{mail.message_id}")] if mail.message_id else []
    first, other = None, None
    for record in (each for each in same_id if form_of(each) in SENT_FORMS):
        is_copy = held(record).is_copy_of(mail) and held(record).has_words_of(mail)
        first = first or (record if is_copy else None)
        other = other or (None if is_copy else record)
    return first, other


@dataclass
class Waiting:
    """Mails that are being brought in together and are not sealed yet. Their places are negative."""

    by_id: dict[str, list[HeldMail]] = field(default_factory=dict)
    by_conversation: dict[bytes, list[HeldMail]] = field(default_factory=dict)

    def add(self, number: int, mail: Mail, *, sent: bool) -> None:
        """Add the mail with a number, counted from 0."""
        each = waiting_mail(-number - 1, mail, sent=sent)
        if mail.message_id:
            self.by_id.setdefault(mail.message_id, []).append(each)
        if mail.conversation:
            self.by_conversation.setdefault(mail.conversation[:CONVERSATION_HEADER_BYTES], []).append(each)


def holdings(session: Session, waiting: Waiting | None = None) -> Holdings:
    """Return how held mails are found, sealed ones and those that wait."""
    records = session.store.records
    beside = waiting or Waiting()

    def found(key: str, more: Sequence[HeldMail]) -> list[HeldMail]:
        sealed = (records.get(index) for index in records.found_by(key))
        # Drafts, reactions and further copies are nothing that a receipt reports on or a reply answers.
        return [held(each) for each in sealed if form_of(each) in SENT_FORMS] + list(more)

    return Holdings(
        by_id=lambda identifier: found(f"id:{identifier}", beside.by_id.get(identifier, ())),
        by_conversation=lambda index: found(f"conversation:{index.hex()}", beside.by_conversation.get(index, ())),
    )


def own_checkpoints(session: Session, lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Divide quoted heads into those that this log had, and remarks on the others."""
    had, remarks = [], []
    for line in lines:
        head = read_checkpoint_line(line)
        if head is None or head.origin != session.log_key.origin:
            remarks.append("It quotes the head of another log.")
        elif is_own_checkpoint(session, head):
            had.append(line)
        else:
            remarks.append(
                f"It quotes a head that this log never had, of {head.size} records: the log or the mail was altered."
            )
    return had, remarks


def is_own_checkpoint(session: Session, head: Checkpoint) -> bool:
    """Whether the log had this root at this size."""
    return 0 < head.size <= session.store.log.size() and session.store.log.root(head.size) == head.root


def drafted_for(session: Session, mail: Mail, lines: Sequence[str]) -> SealedRecord | None:
    """Return the drafted e-mail that a mail with these heads is the sent copy of, unless one is held already.

    A mail that answers another may merely quote the head of an earlier one: then the subject must be the draft's own.
    """
    records = session.store.records
    for line in lines:
        for index in records.found_by(f"head:{line}"):
            drafted = records.get(index)
            own = not mail.in_reply_to or mail.subject == drafted.fields.get("subject")
            if own and not any((index, "carries out") in later.links for later in records.linking_to(index)):
                return drafted
    return None


def drafted_file(session: Session, digest: str, lines: Sequence[str]) -> SealedRecord | None:
    """Return the drafted e-mail whose file this is, by its digest; `lines` are the heads of the log that it quotes."""
    records = session.store.records
    drafted = (records.get(index) for line in lines for index in records.found_by(f"head:{line}"))
    return next((each for each in drafted if each.fields.get("sha256") == digest), None)


def with_match(session: Session, entry: Entry) -> Entry:
    """Return the entry of a mail with the link to what it belongs to, where it has none and that is held now."""
    if entry.kind.name not in {"message", "mail-receipt"} or any(link.relation in BELONGING for link in entry.links):
        return entry
    fields = entry.fields
    receipt = None
    if entry.kind.name == "mail-receipt":
        receipt = MailReceipt(
            str(fields.get("format", "")),
            str(fields["type"]),
            str(fields.get("for_message_id", "")),
            final_recipient=str(fields.get("final_recipient", "")),
        )
    mail = _mail_of(fields, receipt)
    if receipt is None and not fields.get("form"):
        first, _ = copies_of(session, waiting_mail(-1, mail, sent=fields.get("direction") == "sent"))
        if first is not None:
            links = (*entry.links, Link(first.index, "about"))
            return replace(entry, links=links, fields=fields | {"form": COPY})
        if fields.get("direction") == "sent" and "in_reply_to" not in fields:
            return entry
    found = match(mail, holdings(session))
    if found.place is None:
        return entry
    relation = "receipt for" if receipt else "about" if fields.get("form") else "answers"
    links = (*entry.links, Link(found.place, relation))
    return replace(entry, links=links, fields=fields | {"match": found.how})


def _mail_of(fields: JsonObject, receipt: MailReceipt | None) -> Mail:
    """Return what the entry of a mail says of it, as far as matching needs it."""
    return Mail(
        message_id=str(fields.get("message_id", "")),
        in_reply_to=tuple(str(fields.get("in_reply_to", "")).split()),
        references=tuple(str(each) for each in _listed(fields.get("references"))),
        subject=str(fields.get("subject", "")),
        to=tuple(str(each) for name in ("to", "cc", "bcc") for each in _listed(fields.get(name))),
        sent_at=read_moment(str(fields["sent_at"])) if "sent_at" in fields else None,
        text=str(fields.get("content", "")),
        receipt=receipt,
    )
