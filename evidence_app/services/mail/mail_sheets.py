"""Display data of a mail or mail receipt, for exhibits in bundles and for the window."""

from evidence_app.bundle.exhibits.mails import MailSheet
from evidence_app.domain.record.records import AttachmentFacts
from evidence_app.domain.thread.mail_forms import FORM_WORDS
from evidence_app.domain.thread.mail_forms import in_words as in_form_words
from evidence_app.domain.thread.receipt_grades import AUTOMATIC_CAVEAT, GRADES
from evidence_app.mail.mime import MAX_MAIL_BYTES
from evidence_app.mail.opening import read_foreign_mail
from evidence_app.mail.reading import HEAD, Container, container_of, sort_of
from evidence_app.mail.values import Mail, MailReceipt
from evidence_app.proof.encoding.times import in_words


def mail_sheet(facts: AttachmentFacts, untrusted: bytes) -> MailSheet | None:
    """Parse a mail attachment for display. Returns None if it is not a mail. Nothing in it is executed or fetched."""
    container = container_of(untrusted[:HEAD], facts.name)
    if container is Container.NONE or len(untrusted) > MAX_MAIL_BYTES:
        return None
    mail = read_foreign_mail(untrusted, container)
    if not mail.readable:
        return None
    receipt = mail.receipt
    shows, limit = _shown_by(mail)
    return MailSheet(
        headers=tuple((label, text) for label, text in _headers(mail) if text),
        text=mail.text,
        shows=shows,
        limit=limit,
        fields=tuple((label, text) for label, text in _fields(receipt) if text) if receipt else (),
        technical=tuple((label, text) for label, text in _technical(mail) if text),
        remarks=mail.remarks,
        files=() if receipt else tuple((file.name, file.content) for file in mail.files),
    )


def _shown_by(mail: Mail) -> tuple[str, str]:
    """Return what a mail shows beside its words, where it is no ordinary one, and the limit of that; empty texts for an ordinary one."""
    if mail.receipt is not None:
        grade = GRADES[mail.receipt.state]
        return grade.words, grade.limit
    form = sort_of(mail, sent=False, matched=False).value.replace("-", " ")
    if form in FORM_WORDS:
        return in_form_words(form, mail.sender, mail.answer), FORM_WORDS[form].limit
    return ("An automatic reply", AUTOMATIC_CAVEAT) if mail.automatic else ("", "")


def _headers(mail: Mail) -> list[tuple[str, str]]:
    """Return label and text of each header line; a missing header has an empty text."""
    asked = {"read": "a read receipt", "delivery": "a delivery report", "both": "a read receipt and a delivery report"}
    return [
        ("From", mail.sender),
        ("To", ", ".join(mail.to)),
        ("Copied to", ", ".join(mail.cc)),
        ("Copied unseen", ", ".join(mail.bcc)),
        ("Subject", mail.subject),
        ("Date as written", mail.sent_at_raw),
        ("Date in London", in_words(mail.sent_at) if mail.sent_at else ""),
        ("Date in London, about", in_words(mail.sent_about) if mail.sent_about else ""),
        ("Receipt asked for", asked.get(mail.receipt_requested, "")),
        *mail.details,
        ("Files in it", ", ".join(file.name for file in mail.files)),
    ]


def _technical(mail: Mail) -> list[tuple[str, str]]:
    """Return label and text of what nobody reads for what was said: identifiers, and how a receipt was made."""
    rows = [("Message-ID", mail.message_id), ("In-Reply-To", " ".join(mail.in_reply_to))]
    receipt = mail.receipt
    if receipt is None:
        return rows
    modes = " / ".join(part for part in (receipt.action_mode, receipt.sending_mode, receipt.modifiers) if part)
    return [
        *rows,
        ("Format", receipt.format),
        ("For Message-ID", receipt.for_message_id),
        ("Modes", modes),
        ("Reporting program", receipt.reporting_ua),
    ]


def _fields(receipt: MailReceipt) -> list[tuple[str, str]]:
    """Return label and text of the fields of a mail receipt: an MDN (RFC 8098) or a DSN (RFC 3464), which has one row a recipient."""
    rows = [
        " · ".join(part for part in (row.recipient, row.state, row.status, row.diagnostic, row.remote_mta) if part)
        for row in receipt.rows
    ]
    return [
        ("State", receipt.state),
        ("Final recipient", "" if rows else receipt.final_recipient),
        ("Each recipient", "\n".join(rows)),
    ]
