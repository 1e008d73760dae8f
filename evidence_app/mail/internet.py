"""Reader for Internet mail (RFC 5322, MIME): headers, text, attached files, and the receipt or delivery report that it is.

The definitions of receipt, report and automatic reply are in docs/spec/mail.md, section 1.
"""

import re
from dataclasses import replace
from email.message import Message
from typing import Final

from evidence_app.mail import tnef
from evidence_app.mail.delivery_reports import quoted_message_id, read_report, unstandard_report
from evidence_app.mail.headers import (
    addresses,
    bare_address,
    conversation_index,
    decoded,
    first_message_id,
    message_ids,
    moment,
    repaired,
)
from evidence_app.mail.mime import (
    TNEF_TYPES,
    MimePart,
    content_type,
    field_text,
    headers_of,
    parameter,
    parse,
    parts,
    raw_header,
    raw_headers,
)
from evidence_app.mail.notifications import is_notification, read_notification
from evidence_app.mail.text import clean, clean_line
from evidence_app.mail.values import AttachedFile, Mail, MailReceipt, with_receipt
from evidence_app.proof.quoted_checkpoints import find_quoted_checkpoints

LINE: Final = 480
"""The most characters of a header value."""
MAX_FILES: Final = 200
"""The most attached files that are returned."""
NO_REPORT: Final = "It holds a receipt's fields, but is not formed as a report: somebody may have put them there."
"""The remark on a receipt that is not a multipart/report (RFC 6522)."""
REPORT_TYPE: Final = "disposition-notification"
"""The report-type of a receipt (RFC 8098, section 3)."""
DELIVERY_STATUS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
"""The media types of a delivery report's fields (RFC 3464; RFC 6533 for UTF-8)."""
NOTIFICATION: Final = frozenset({"message/disposition-notification", "message/global-disposition-notification"})
"""The media types of a receipt's fields (RFC 8098; RFC 6533 for UTF-8)."""
RETURNED: Final = frozenset(
    {"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers", "message/rfc822-headers"}
)
"""The media types of the original mail or its headers, returned in a report (RFC 6522; RFC 6533 for UTF-8)."""

_HEADER: Final = re.compile(
    rb"(?im)^(from|to|date|subject|message-id|received|mime-version|content-type|return-path|delivered-to|x-unsent|cc|sender|reply-to)[ \t]*:"
)
_HEADER_LINE: Final = re.compile(rb"[!-9;-~]+[ \t]*:|From |>From |[ \t]")
_SERVER_SENDERS: Final = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon)(?:@|$)", re.IGNORECASE)
_AUTOMATIC: Final = re.compile(r"\s*auto-(?:replied|generated|notified)", re.IGNORECASE)


def looks_like_mail(head: bytes) -> bool:
    """Whether bytes begin as a mail does: with a header line, and with two different names of common mail headers."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    first = re.split(rb"\r\n|\n|\r", head, maxsplit=1)[0]
    names = {name.lower() for name in _HEADER.findall(re.sub(rb"\r\n?", b"\n", head))}
    return _HEADER_LINE.match(first) is not None and len(names) >= 2


def read_internet_mail(untrusted: bytes) -> Mail:
    """Read a mail. Never raises: what cannot be read is left out, and named in the remarks."""
    message, remarks = parse(untrusted)
    leaves = list(parts(message))
    mail = _describe(message, leaves, remarks)
    winmail = next((octets for part in leaves if _is_tnef(part) and (octets := part.octets())), b"")
    original = _returned_original(leaves)
    receipt = _find_notification(message, leaves, original) or _find_delivery_report(
        message, leaves, original, mail.text
    )
    mail = replace(mail, quoted_checkpoints=_quoted_checkpoints(leaves, original))
    if winmail:
        mail = tnef.within(mail, winmail, receipt)
        receipt = mail.receipt
    if receipt is not None and receipt.format == "MDN" and not _is_report(message):
        mail = replace(mail, remarks=(*mail.remarks, NO_REPORT))
    return with_receipt(mail, receipt)


def _is_report(message: Message) -> bool:
    """Whether a mail is formed as a receipt: multipart/report with the report-type of receipts (RFC 8098, section 3)."""
    return content_type(message) == "multipart/report" and parameter(message, "report-type").lower() == REPORT_TYPE


def read_headers(untrusted: bytes) -> Mail:
    """Read the headers of a mail and nothing else: the result has no receipt, no text and no files."""
    return _describe(headers_of(untrusted), [], ())


def _describe(message: Message, leaves: list[MimePart], remarks: tuple[str, ...]) -> Mail:
    """Build a `Mail` from headers and parts. Thread-Index and Thread-Topic are Outlook's conversation index and topic."""
    date_value = raw_header(message, "date")
    return Mail(
        message_id=first_message_id(raw_header(message, "message-id")),
        in_reply_to=message_ids(raw_header(message, "in-reply-to")),
        references=message_ids(raw_header(message, "references")),
        conversation=conversation_index(raw_header(message, "thread-index")),
        sender=clean_line("".join(addresses([raw_header(message, "from")])[:1]), LINE),
        to=_people(message, "to"),
        cc=_people(message, "cc"),
        subject=clean_line(decoded(raw_header(message, "subject")), LINE),
        topic=clean_line(decoded(raw_header(message, "thread-topic")), LINE),
        sent_at=moment(date_value),
        sent_at_raw=clean_line(repaired(date_value), LINE),
        receipt_requested=_receipt_requested(message),
        automatic=_is_automatic(message),
        passed_a_server=bool(
            raw_header(message, "received") or raw_header(message, "return-path") or raw_header(message, "delivered-to")
        ),
        text=_text(leaves),
        files=tuple(_files(leaves)),
        # `mime` renames Content-Type where it reads the headers alone.
        has_headers=any(True for name, _ in message.raw_items() if name.lower() != "x-content-type"),
        remarks=remarks,
    )


def _people(message: Message, name: str) -> tuple[str, ...]:
    return tuple(clean_line(person, LINE) for person in addresses(raw_headers(message, name)))


def _receipt_requested(message: Message) -> str:
    """Return which receipts the sender requested: both, read, delivery or none."""
    wants_read = bool(repaired(raw_header(message, "disposition-notification-to")))
    # Exchange writes Return-Receipt-To for a delivery report, and not for a read receipt ([MS-OXCMAIL] 2.1.3.1.5).
    wants_delivery = bool(repaired(raw_header(message, "return-receipt-to")))
    return {(True, True): "both", (True, False): "read", (False, True): "delivery"}.get(
        (wants_read, wants_delivery), "none"
    )


def _is_automatic(message: Message) -> bool:
    """Whether a program sent this by itself: Auto-Submitted (RFC 3834, section 5), or an older header with this meaning."""
    if _AUTOMATIC.match(repaired(raw_header(message, "auto-submitted"))):
        return True
    return bool(
        repaired(raw_header(message, "x-autoreply"))
        or repaired(raw_header(message, "x-autorespond"))
        or repaired(raw_header(message, "precedence")).lower() == "auto_reply"
        or (
            repaired(raw_header(message, "x-auto-response-suppress")).lower() == "all"
            and repaired(raw_header(message, "x-ms-exchange-generated-message-source"))
        )
    )


def _text(leaves: list[MimePart]) -> str:
    """Return the text of the body: the plain-text parts where they hold anything, else the HTML parts without markup."""
    for kind in ("text/plain", "text/html"):
        bodies = [part.text() for part in leaves if part.type == kind and not _is_file(part)]
        if any(body.strip() for body in bodies):
            return clean("\n\n".join(body.strip() for body in bodies if body.strip()))
    return ""


def _is_file(part: MimePart) -> bool:
    """Whether a part is an attached file (RFC 2183): a named part is one unless it is inline."""
    disposition = repaired(raw_header(part.message, "content-disposition")).lower()
    return disposition.startswith("attachment") or bool(part.name and not disposition.startswith("inline"))


def _is_tnef(part: MimePart) -> bool:
    return part.type in TNEF_TYPES or part.name.lower() == "winmail.dat"


def _files(leaves: list[MimePart]) -> list[AttachedFile]:
    """Return the attached files: every part that is neither body text, nor TNEF, nor part of a report."""
    files: list[AttachedFile] = []
    for part in leaves:
        is_report_part = part.inside_report and (part.type.startswith("message/") or part.type in RETURNED)
        if (
            is_report_part
            or part.type in NOTIFICATION | DELIVERY_STATUS
            or _is_tnef(part)
            or (part.type in {"text/plain", "text/html"} and not _is_file(part))
        ):
            continue
        content = part.octets()
        if content:
            suffix = ".eml" if part.type.startswith("message/") else ""
            default_name = f"part-{len(files) + 1}{suffix}"
            files.append(AttachedFile(part.name or default_name, content))
        if len(files) >= MAX_FILES:
            break
    return files


def _find_notification(message: Message, leaves: list[MimePart], original: Message | None) -> MailReceipt | None:
    """Return the receipt that a mail is, or None. `leaves` excludes the parts of enclosed mails, so an enclosed receipt
    is an attachment only.
    """
    for part in leaves:
        if part.type in NOTIFICATION:
            return _with_original(read_notification(field_text(part.message)), original)
    for part in leaves[1:] if _is_report(message) else ():
        # Claws and Sylpheed write the fields into a part of type application/octet-stream.
        text = part.octets().decode("utf-8", "replace")
        if part.type == "application/octet-stream" and is_notification(text) and not looks_like_mail(text.encode()):
            return _with_original(read_notification(text), original)
    return None


def _with_original(receipt: MailReceipt, original: Message | None) -> MailReceipt:
    """Add subject and date of the original mail from its returned copy, and its identifier where the fields lack it."""
    if original is None:
        return receipt
    return replace(
        receipt,
        for_message_id=receipt.for_message_id or first_message_id(raw_header(original, "message-id")),
        original_subject=clean_line(decoded(raw_header(original, "subject")), LINE),
        original_sent_at=moment(raw_header(original, "date")),
    )


def _returned_original(leaves: list[MimePart]) -> Message | None:
    """Return the original mail, or its headers, that a report returns; only within a multipart/report."""
    for part in leaves:
        if part.type in RETURNED and part.inside_report:
            original, _ = parse(part.octets())
            return original
    return None


def _find_delivery_report(
    message: Message, leaves: list[MimePart], original: Message | None, text: str
) -> MailReceipt | None:
    """Return the delivery report that a mail is, or None; one without RFC 3464 fields is recognised by its sender."""
    for part in leaves:
        if part.type in DELIVERY_STATUS:
            report = _with_original(read_report(field_text(part.message)), original)
            break
    else:
        if not _is_server_bounce(message):
            return None
        report = _with_original(unstandard_report(raw_headers(message, "x-failed-recipients")), original)
    if report.for_message_id:
        return report

    identifier = first_message_id(raw_header(message, "x-original-message-id"))
    return replace(report, for_message_id=identifier or quoted_message_id(text))


def _is_server_bounce(message: Message) -> bool:
    """Whether a mail without RFC 3464 fields is a bounce from a mail server all the same."""
    if raw_headers(message, "x-failed-recipients"):
        return True
    # A person may write as postmaster too. A bounce has the null reverse-path (RFC 5321, section 4.5.5), or is marked as
    # automatic, or replies to no mail.
    null_return_path = repaired(raw_header(message, "return-path")) == "<>"
    sender = bare_address("".join(addresses([raw_header(message, "from")])[:1])) or repaired(
        raw_header(message, "from")
    )
    return bool(_SERVER_SENDERS.match(sender)) and (
        null_return_path or _is_automatic(message) or not raw_header(message, "in-reply-to")
    )


def _quoted_checkpoints(leaves: list[MimePart], original: Message | None) -> tuple[str, ...]:
    """Return the log checkpoints that the mail's text or its returned original quotes (docs/spec/mail.md, section 5)."""
    texts = [part.text() for part in leaves if part.type in {"text/plain", "text/html"}]
    if original is not None:
        texts += [part.text() for part in parts(original) if part.type in {"text/plain", "text/html"}]
    return tuple(dict.fromkeys(head.line for text in texts for head in find_quoted_checkpoints(text)))
