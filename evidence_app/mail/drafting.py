"""Draft e-mail files, which the officer's own mail program opens and sends (docs/spec/mail.md, section 7)."""

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from evidence_app.domain.people.recipients import Recipient

POLICY: Final = SMTP.clone(max_line_length=78)
"""CR LF line ends, and header lines folded at 78 characters (RFC 5322, section 2.1.1)."""


def draft_file(
    *, to: Sequence[Recipient], cc: Sequence[Recipient], receipt_to: Recipient, subject: str, text: str
) -> bytes:
    """Return the bytes of a draft that requests a receipt, without Date, Message-ID and From.

    The mail program writes those three when it sends. The text is plain; quoted-printable (RFC 2045, section 6.7) keeps
    a long line, such as the log checkpoint, one line after decoding.
    """
    message = EmailMessage(policy=POLICY)
    # Outlook opens a mail with this header for editing, as not yet sent.
    message["X-Unsent"] = "1"
    if to:
        message["To"] = [_address(each) for each in to]
    if cc:
        message["Cc"] = [_address(each) for each in cc]
    message["Subject"] = subject
    if receipt_to.address:
        # Without an address nobody could be told: whoever sends it asks for the receipt in the mail program.
        message["Disposition-Notification-To"] = str(_address(receipt_to))
    message["MIME-Version"] = "1.0"
    message.set_content(text, subtype="plain", charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def _address(recipient: Recipient) -> Address:
    return Address(recipient.name, addr_spec=recipient.address)
