"""Conversion of the properties of an Outlook item (.msg files and TNEF) into a `Mail`. See docs/spec/mail.md, sections 1 and 2."""

import base64
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from evidence_app.domain.thread.conversations import CONVERSATION_HEADER_BYTES
from evidence_app.mail.contents.emptied_receipts import is_emptied_receipt
from evidence_app.mail.contents.reactions import reaction_in_words
from evidence_app.mail.headers import message_ids
from evidence_app.mail.outlook.bodies import body_of
from evidence_app.mail.outlook.kinds import CALENDAR, answer_in, details_of, is_sent_task, kind_of
from evidence_app.mail.outlook.people import COPIED, HIDDEN_COPY, MapiRecipient, sender_of, without_paths
from evidence_app.mail.outlook.properties import (
    BODY,
    CONVERSATION_INDEX,
    CONVERSATION_TOPIC,
    DELIVERY_REQUESTED,
    DELIVERY_TIME,
    DISPLAY_BCC,
    DISPLAY_CC,
    DISPLAY_TO,
    HTML,
    IN_REPLY_TO,
    MESSAGE_CLASS,
    MESSAGE_FLAGS,
    MESSAGE_ID,
    READ_REQUESTED,
    RECEIPT_TIME,
    REFERENCES,
    REPORT_TIME,
    SUBJECT,
    SUBMIT_TIME,
    TRANSPORT_HEADERS,
    Properties,
    moment_in,
    number_in,
    text_in,
)
from evidence_app.mail.outlook.reactions import reactions_in
from evidence_app.mail.outlook.reports import class_of, report_in
from evidence_app.mail.text import clean, clean_line
from evidence_app.mail.values import MAILED, AttachedFile, Mail, MailKind
from evidence_app.proof.encoding.times import in_words
from evidence_app.proof.quoted_checkpoints import find_quoted_checkpoints

UNSENT: Final = 0x8
"""The bit mfUnsent of PidTagMessageFlags ([MS-OXCMSG] 2.2.1.6): the item is being written."""
FROM_ME: Final = 0x20
"""The bit mfFromMe of PidTagMessageFlags: the owner of the mailbox sent the mail."""
MAX_NAMED: Final = 500
"""The most recipients that are named."""

_AUTOMATIC: Final = re.compile(r"ipm\.note\.rules\.(?:external)?(?:oof|reply)template")
"""Message classes of out-of-office and rule replies ([MS-OXOABK] and [MS-OXORULE])."""


def read_item(
    properties: Properties,
    recipients: Sequence[MapiRecipient],
    files: Sequence[AttachedFile],
    remarks: Sequence[str] = (),
) -> Mail:
    """Build a `Mail` from the properties of an Outlook item, its recipients and its attached files."""
    kind = kind_of(properties)
    unsent = kind in MAILED and is_unsent(properties)
    # PidTagClientSubmitTime is when the sender submitted it; report items have the later properties instead. What was
    # not sent has no time of sending, and what is no mail neither.
    is_mailed = kind in MAILED or is_sent_task(properties)
    times = () if unsent or not is_mailed else (SUBMIT_TIME, REPORT_TIME, RECEIPT_TIME, DELIVERY_TIME)
    sent_at = moment_in(properties, *times)
    delivered_alone = sent_at is not None and moment_in(properties, *times[:3]) is None
    index = properties.get(CONVERSATION_INDEX)
    body = body_of(properties)
    text = clean(body.text)
    details = (*details_of(properties, recipients, kind), *reactions_in(properties))
    mail = Mail(
        message_id="".join(message_ids(text_in(properties, MESSAGE_ID))[:1]),
        in_reply_to=message_ids(text_in(properties, IN_REPLY_TO)),
        references=message_ids(text_in(properties, REFERENCES)),
        conversation=index if isinstance(index, bytes) and len(index) >= CONVERSATION_HEADER_BYTES else b"",
        sender=sender_of(properties, recipients),
        to=_listed([each for each in recipients if each.sort == 1], text_in(properties, DISPLAY_TO)),
        cc=_listed([each for each in recipients if each.sort == COPIED], text_in(properties, DISPLAY_CC)),
        bcc=()
        if kind in CALENDAR
        else _listed([each for each in recipients if each.sort == HIDDEN_COPY], text_in(properties, DISPLAY_BCC)),
        subject=clean_line(text_in(properties, SUBJECT), 480),
        topic=clean_line(text_in(properties, CONVERSATION_TOPIC), 480),
        sent_at=sent_at,
        sent_at_raw=(
            f"{in_words(sent_at)} London, {'when it arrived, ' if delivered_alone else ''}from the item's properties"
            if sent_at
            else ""
        ),
        receipt_requested=_requested(properties),
        passed_a_server=bool(text_in(properties, TRANSPORT_HEADERS)),
        automatic=_AUTOMATIC.match(class_of(properties)) is not None,
        from_owner=bool((number_in(properties, MESSAGE_FLAGS) or 0) & FROM_ME),
        text=text,
        files=tuple(files),
        quoted_checkpoints=tuple(head.line for head in find_quoted_checkpoints(text)),
        remarks=(*remarks, *body.remarks),
        has_headers=MESSAGE_CLASS in properties or SUBJECT in properties or BODY in properties,
        kind=kind,
        unsent=unsent,
        answer=answer_in(properties),
        details=details,
    )
    receipt = report_in(properties, recipients, mail.sender)
    return _with_kind(replace(mail, receipt=receipt, unsent=mail.unsent and receipt is None), properties)


def _with_kind(mail: Mail, properties: Properties) -> Mail:
    """Return an item that its class calls a mail with what it is by its words: a reaction, or what is left of a receipt."""
    if mail.kind is not MailKind.MESSAGE or mail.receipt is not None or mail.unsent:
        return mail
    sign = reaction_in_words(mail.text, text_in(properties, HTML))
    if sign:
        return replace(mail, kind=MailKind.REACTION, answer=sign)
    return replace(mail, kind=MailKind.EMPTY_RECEIPT) if is_emptied_receipt(mail) else mail


def is_unsent(properties: Properties) -> bool:
    """Whether an item was never sent: it is marked as being written, and has neither a time of sending nor a way it came."""
    return bool((number_in(properties, MESSAGE_FLAGS) or 0) & UNSENT) and (
        moment_in(properties, SUBMIT_TIME) is None and not text_in(properties, TRANSPORT_HEADERS)
    )


def _listed(recipients: Sequence[MapiRecipient], displayed: str) -> tuple[str, ...]:
    """Return the recipients as text; where the table names none, those of the display list, which ``;`` separates."""
    people = tuple(recipient.words for recipient in recipients if recipient.words)[:MAX_NAMED]
    shown = (clean_line(name, 250) for name in without_paths(displayed).split(";"))
    return people or tuple(name for name in shown if name)[:MAX_NAMED]


def _requested(properties: Properties) -> str:
    """Return which receipts the sender requested: both, read, delivery or none."""
    wants_read, wants_delivery = bool(properties.get(READ_REQUESTED)), bool(properties.get(DELIVERY_REQUESTED))
    return {(True, True): "both", (True, False): "read", (False, True): "delivery"}.get(
        (wants_read, wants_delivery), "none"
    )


def as_thread_index(conversation: bytes) -> str:
    """Encode a conversation index as the value of a Thread-Index header (base 64)."""
    return base64.b64encode(conversation).decode("ascii") if conversation else ""
