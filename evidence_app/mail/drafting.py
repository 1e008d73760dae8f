"""A draft e-mail as a file, for the officer's own mail program to send (docs/spec/mail.md, section 7)."""

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from evidence_app.domain.people.recipients import Recipient

POLICY: Final = SMTP.clone(max_line_length=78)


def draft_file(
    *, to: Sequence[Recipient], cc: Sequence[Recipient], receipt_to: Recipient, subject: str, text: str
) -> bytes:
    """Return the bytes of a draft: not sent, with a receipt asked for; without Date, Message-ID and From.

    Those three are the mail program's to write. The text is plain; a long line, such as the log's head, stays one line.
    """
    message = EmailMessage(policy=POLICY)
    message["X-Unsent"] = "1"
    if to:
        message["To"] = [_address(each) for each in to]
    if cc:
        message["Cc"] = [_address(each) for each in cc]
    message["Subject"] = subject
    message["Disposition-Notification-To"] = _receipt_to(receipt_to)
    message["MIME-Version"] = "1.0"
    message.set_content(text, subtype="plain", charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def _address(recipient: Recipient) -> Address:
    return Address(recipient.name, addr_spec=recipient.address)


def _receipt_to(recipient: Recipient) -> str:
    """Spell where the receipt goes. Without an address the header only asks for one: the mail program knows its own."""
    return str(_address(recipient)) if recipient.address else f'"{recipient.name.replace(chr(34), "")}"'
