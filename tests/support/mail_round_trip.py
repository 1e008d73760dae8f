"""Mails that come back for a drafted e-mail: its sent copy, receipts for it and replies to it, as mail programs write them."""

import email
import email.policy

from tests.support import mails


def sent_copy(draft: bytes, message_id: str = mails.SENT_ID, date: str = mails.SENT_DATE) -> bytes:
    """Return a draft as it lies in the folder of sent mails."""
    headers = [f"From: {mails.OFFICER}", f"Date: {date}", f"Message-ID: {message_id}"]
    return mails.block(*headers).encode() + draft.replace(b"X-Unsent: 1\r\n", b"")


def text_of(draft: bytes) -> str:
    """Return the text of a draft."""
    message = email.message_from_bytes(draft, policy=email.policy.default)
    return message.get_content()


def reply_quoting(draft: bytes, message_id: str = mails.SENT_ID, *, mark: str = "> ", words: str = "Noted.") -> bytes:
    """Return a reply that quotes the draft's whole text."""
    quoted = "".join(f"{mark}{line}\r\n" for line in text_of(draft).splitlines())
    received = "Received: from desk-4.easthaven.justice.example by mail.easthaven.justice.example; " + mails.ANSWER_DATE
    text = "Content-Type: text/plain; charset=utf-8"
    return mails.answer(received, f"In-Reply-To: {message_id}", text, body=f"{words}\r\n\r\n{quoted}")


def receipt_returning(draft: bytes, message_id: str = mails.SENT_ID) -> bytes:
    """Return a mail receipt that brings the whole mail back."""
    back = mails.part(["Content-Type: message/rfc822"], sent_copy(draft, message_id))
    fields = mails.plain_fields("displayed").replace(mails.SENT_ID, message_id)
    return mails.receipt(fields, others=[back])
