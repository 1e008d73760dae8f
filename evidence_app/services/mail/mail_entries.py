"""The entries that mails become: what a record says of a mail, as far as it could be read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from evidence_app.domain.phrases import Phrase, phrase, together
from evidence_app.domain.record.correspondence import SENT_FORMS
from evidence_app.domain.record.entries import MAX_CASE_REF_LENGTH
from evidence_app.domain.record.fields import MAX_LINE_LENGTH
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.vocabularies import MAIL_FORMS
from evidence_app.domain.thread.mail_forms import in_words as in_form_words
from evidence_app.domain.thread.receipt_grades import GRADES
from evidence_app.domain.thread.steps import each_state
from evidence_app.domain.time.times import london_day
from evidence_app.mail.dkim import NOT_SIGNED, DkimResult
from evidence_app.mail.headers import bare_address
from evidence_app.mail.matching import Match
from evidence_app.mail.outlook.item import as_thread_index
from evidence_app.mail.text import clean_line
from evidence_app.mail.values import MAILED, Mail, MailKind, MailReceipt
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.encoding.times import MIN_YEAR, spell

NO_TIME: Final = "It has no time of sending, and stands on the day on which it was brought in."
NAMES_DRAFT: Final = "The message that it names is kept as a draft: it is matched with it when that is sealed."
CONTENT_ONLY: Final = frozenset(
    {
        "from",
        "to",
        "cc",
        "bcc",
        "subject",
        "content",
        "details",
        "responded",
        "final_recipient",
        "original_recipient",
        "recipients",
        "remarks",
    }
)
"""What is not held on a machine that is not the employer's: only identifiers, times and digests are."""


@dataclass(frozen=True, slots=True)
class KnownMail:
    """A mail with what is known about it beside its own words.

    `related` is the sealed message that it belongs to, `copy_of` the one that it is another copy of, `drafted` the drafted
    e-mail whose sent copy it is; of a file that was not sent the one that it was written out from. `names_draft` says that
    the message that it names is kept as a draft, `is_unsure_who_sent` that nothing shows whether the owner sent it.
    """

    mail: Mail
    sort: MailKind
    sent: bool
    match: Match
    related: SealedRecord | None = None
    drafted: SealedRecord | None = None
    quoted_checkpoints: tuple[str, ...] = ()
    dkim: DkimResult | None = None
    remarks: tuple[str, ...] = ()
    outside: bool = False
    copy_of: SealedRecord | None = None
    names_draft: bool = False
    is_unsure_who_sent: bool = False

    @property
    def form(self) -> str:
        """What it is, as its record says it (vocabularies.MAIL_FORMS); an empty string for an ordinary mail."""
        form = self.sort.value.replace("-", " ")
        return form if form in MAIL_FORMS else ""

    @property
    def direction(self) -> str:
        """Which way it went, as its record says it (vocabularies.DIRECTIONS); an empty string where nothing shows it."""
        sendable = (
            self.mail.kind in {*MAILED, MailKind.REACTION, MailKind.EMPTY_RECEIPT} or self.mail.sent_at is not None
        )
        if self.mail.unsent or not sendable:
            return "neither"
        if self.is_unsure_who_sent:
            return ""
        return "sent" if self.sent else "received"


def entry_of(found: KnownMail, now: datetime, digest: str, *, minimum: bool) -> JsonObject:
    """Return the entry of a mail, in the shape that sealing takes."""
    receipt = found.mail.receipt
    fields = _receipt_fields(found, receipt, digest) if receipt else _message_fields(found)
    if minimum:
        fields = {name: value for name, value in fields.items() if name not in CONTENT_ONLY}
        fields |= {"stored": "headers only"} if receipt is None else {}
    entry: JsonObject = {
        "kind": "mail-receipt" if receipt else "message",
        **_event(found.mail, now),
        "fields": {name: value for name, value in fields.items() if value not in ("", [], None)},
    }
    links, case_ref = links_of(found)
    entry["links"] = links
    return entry | ({"case_ref": case_ref[:MAX_CASE_REF_LENGTH]} if case_ref else {})


def _event(mail: Mail, now: datetime) -> JsonObject:
    for at, precision in ((mail.sent_at, "exact"), (mail.sent_about, "about")):
        if at is not None and at.year >= MIN_YEAR:
            return {"event_at": spell(at), "event_precision": precision}
    return {"event_at": london_day(now).isoformat(), "event_precision": "date only"}


def _message_fields(found: KnownMail) -> JsonObject:
    mail, drafted = found.mail, found.drafted
    fields: JsonObject = {
        "direction": found.direction,
        "form": found.form,
        "responded": mail.answer,
        "subject": mail.subject,
        "from": mail.sender,
        "to": list(mail.to),
        "cc": list(mail.cc),
        "bcc": list(mail.bcc),
        "sent_at": _moment(mail.sent_at),
        "sent_at_raw": mail.sent_at_raw,
        "message_id": mail.message_id,
        "in_reply_to": " ".join(mail.in_reply_to)[:MAX_LINE_LENGTH].strip(),
        "references": list(mail.references),
        "receipt_requested": mail.receipt_requested,
        "content": mail.text,
        "details": [{"what": label, "text": text} for label, text in mail.details],
        "stored": "full",
        "outside_domain": found.outside or None,
        "automatic": mail.automatic or None,
        "match": found.match.how if found.related is not None else "",
        "conversation": _short(as_thread_index(mail.conversation)),
        "quoted_heads": list(found.quoted_checkpoints),
        "dkim": _dkim(found.dkim),
        "remarks": _remarks(found),
    }
    if drafted is not None and not mail.unsent and "reply_by" in drafted.fields:
        fields["reply_by"] = drafted.fields["reply_by"]
    return fields


def _short(text: str) -> str:
    return text if len(text) <= MAX_LINE_LENGTH else ""


def _moment(at: datetime | None) -> str:
    return spell(at) if at is not None and at.year >= MIN_YEAR else ""


def _receipt_fields(found: KnownMail, receipt: MailReceipt, digest: str) -> JsonObject:
    mail = found.mail
    return {
        "type": receipt.state,
        "for_message_id": receipt.for_message_id,
        "match": found.match.how if found.related is not None else "",
        "final_recipient": receipt.final_recipient,
        "receipt_at": _moment(mail.sent_at),
        "receipt_at_raw": mail.sent_at_raw,
        "format": receipt.format,
        "action_mode": receipt.action_mode,
        "sending_mode": receipt.sending_mode,
        "reporting_ua": receipt.reporting_ua,
        "raw_sha256": digest,
        "message_id": mail.message_id,
        "from": mail.sender,
        "original_recipient": receipt.original_recipient,
        "modifiers": receipt.modifiers,
        "recipients": _rows(receipt),
        "content": mail.text,
        "quoted_heads": list(found.quoted_checkpoints),
        "dkim": _dkim(found.dkim),
        "remarks": _remarks(found),
    }


def _rows(receipt: MailReceipt) -> list[Json]:
    rows: list[Json] = []
    for row in receipt.rows:
        parts: JsonObject = {
            "recipient": row.recipient,
            "type": row.state,
            "original_recipient": row.original_recipient,
            "status": row.status,
            "diagnostic": row.diagnostic,
            "remote_mta": row.remote_mta,
        }
        rows.append({name: value for name, value in parts.items() if value})
    return rows


def _dkim(result: DkimResult | None) -> JsonObject | None:
    if result is None or result.result == NOT_SIGNED:
        return {"result": NOT_SIGNED} if result else None
    parts: JsonObject = {
        "result": result.result,
        "domain": result.domain,
        "key_name": result.name,
        "key": [*(result.key[place : place + 400] for place in range(0, min(len(result.key), 8000), 400))],
        "reason": result.reason,
    }
    return {name: value for name, value in parts.items() if value}


def _remarks(found: KnownMail) -> list[Json]:
    texts = (*found.mail.remarks, *found.remarks, *doubts_of(found))
    return [*(clean_line(text, MAX_LINE_LENGTH) for text in list(dict.fromkeys(texts))[:50])]


def doubts_of(found: KnownMail) -> Sequence[str]:
    """Say what a receipt has about it that a true one would not: receipts can be forged, and are never proof by themselves."""
    receipt, related = found.mail.receipt, found.related
    doubts: list[str] = []
    if found.mail.sent_at is None and found.mail.sent_about is None:
        doubts.append(phrase(NO_TIME))
    # A message that is brought in with it is held as soon as both are.
    if receipt is not None and related is None and found.match.place is None and receipt.for_message_id:
        doubts.append(phrase(NAMES_DRAFT) if found.names_draft else phrase("It names a message that is not held."))
    if receipt is None or related is None:
        return doubts
    people = [bare_address(str(each)) for name in ("to", "cc", "bcc") for each in _listed(related.fields.get(name))]
    reported = {bare_address(row.recipient) for row in receipt.rows} or {bare_address(receipt.final_recipient)}
    if people and any(each and each not in people for each in reported):
        doubts.append(phrase("It reports on a recipient whom the message does not name."))
    sent = related.fields.get("sent_at")
    if sent and found.mail.sent_at is not None and spell(found.mail.sent_at) < str(sent):
        doubts.append(phrase("Its time lies before the message was sent."))
    return doubts


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def links_of(found: KnownMail) -> tuple[list[Json], str]:
    """Return the links of a mail to what it belongs to, and the case that it takes from there."""
    links: list[Json] = []
    case_ref = ""
    if found.related is not None:
        relation = _relation(found, found.related)
        links.append({"to": found.related.index, "as": relation})
        case_ref = found.related.case_ref
    if found.copy_of is not None:
        links.append({"to": found.copy_of.index, "as": "about"})
        case_ref = case_ref or found.copy_of.case_ref
    if found.drafted is not None and found.mail.unsent:
        links.append({"to": found.drafted.index, "as": "about"})
        case_ref = case_ref or found.drafted.case_ref
    elif found.drafted is not None:
        links.append({"to": found.drafted.index, "as": "carries out"})
        links += [{"to": to, "as": "about"} for to, how in found.drafted.links if how == "about"]
        case_ref = case_ref or found.drafted.case_ref
    return links, case_ref


def _relation(found: KnownMail, related: SealedRecord) -> str:
    """Return how a mail stands to what it belongs to."""
    if found.mail.receipt is not None:
        return "receipt for"
    if found.form or (found.sent and related.kind.name != "message"):
        return "about"
    return "answers"


def by_hand(found: KnownMail, related: SealedRecord) -> KnownMail:
    """Return a mail as belonging to a message because a person said so."""
    return replace(found, match=Match("by hand", related.index), related=related)


def file_entry(name: str, now: datetime, *, unreadable: bool) -> JsonObject:
    """Return the entry of a file that is no mail, or of one that was named like a mail and could not be read."""
    text = "A file that could not be read as a mail, kept as it came: " if unreadable else "A file, kept as it came: "
    return {
        "kind": "note",
        "event_at": london_day(now).isoformat(),
        "event_precision": "date only",
        "fields": {"text": text + clean_line(name, 200)},
    }


def state_of(found: KnownMail) -> str | None:
    """Return the state of a mail as the command line prints it (docs/spec/mail.md, sections 2 and 3)."""
    if found.mail.receipt is not None:
        return found.mail.receipt.state
    return "sent copy held" if found.direction == "sent" and found.form in SENT_FORMS else None


def in_words(found: KnownMail) -> Phrase:
    """Say what a mail is, in one line."""
    mail = found.mail
    if mail.receipt is not None:
        grade = GRADES[mail.receipt.state]
        rows = mail.receipt.rows
        if len({row.state for row in rows}) > 1:
            return together([each_state(row.recipient or phrase("somebody"), row.state) for row in rows], "; ")
        whom, words = mail.receipt.final_recipient or mail.sender, phrase(grade.words)
        return phrase("{words}: {whom}", words=words, whom=whom) if whom else words
    subject, sender = mail.subject or phrase("no subject"), mail.sender or phrase("somebody")
    if found.form:
        said = in_form_words(found.form, mail.sender, mail.answer)
        return phrase("{words}: {subject}", words=said, subject=subject)
    pattern = SENDER_WORDS.get(found.sort) or (SENT_WORDS if found.sent else RECEIVED_WORDS)
    words = phrase(pattern, whom=sender, subject=subject)
    unsure = phrase("(sent or received: nothing shows which)")
    return together([words, unsure]) if found.is_unsure_who_sent else words


SENT_WORDS: Final = "Message that I sent, from {whom}: {subject}"
RECEIVED_WORDS: Final = "Message from {whom}: {subject}"
SENDER_WORDS: Final = {
    MailKind.REPLY: "Reply from {whom}: {subject}",
    MailKind.AUTOMATIC_REPLY: "Automatic reply from {whom}: {subject}",
}
"""What is said of a mail, by its sort; of any other whether it was sent or received."""


def tie_entry(mail: SealedRecord, about: SealedRecord, now: datetime) -> JsonObject:
    """Return the entry of a note that says what a mail that is sealed already is about (docs/spec/mail.md, “Tied afterwards”)."""
    entry: JsonObject = {
        "kind": "note",
        "event_at": london_day(now).isoformat(),
        "event_precision": "date only",
        "fields": {"text": f"The e-mail of record {mail.index} is about record {about.index}. A person said so."},
        "links": [{"to": mail.index, "as": "adds to"}, {"to": about.index, "as": "about"}],
    }
    case_ref = about.case_ref or mail.case_ref
    return entry | ({"case_ref": case_ref} if case_ref else {})


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return sha256(content).hexdigest()
