"""Reader for Internet mail (RFC 5322, MIME): headers, text, attached files, and the receipt or delivery report that it is.

The definitions of receipt, report and automatic reply are in docs/spec/mail.md, section 1.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from email.message import Message
from typing import Final

from evidence_app.documents.media_types import usual_ending
from evidence_app.mail.contents.emptied_receipts import is_emptied_receipt
from evidence_app.mail.contents.invitations import invitation_in
from evidence_app.mail.contents.reactions import GMAIL, reaction_in
from evidence_app.mail.contents.signatures import (
    ENCIPHERED,
    MAX_WRAPPED,
    OPEN_PGP,
    S_MIME,
    UNCHECKED,
    opened_cms,
    pgp_in_words,
    signed_part,
)
from evidence_app.mail.contents.words import differ, html_words, is_too_long, shown_words, without_from_quotes
from evidence_app.mail.dates import moment
from evidence_app.mail.delivery_reports import quoted_message_id, read_report, unstandard_report
from evidence_app.mail.headers import decoded, first_message_id, repaired
from evidence_app.mail.machines import is_automatic, is_server_bounce
from evidence_app.mail.mail_headers import LINE, describe
from evidence_app.mail.mime import (
    MAX_PARTS,
    TNEF_TYPES,
    TOO_DEEP,
    TOO_LARGE,
    MimePart,
    content_type,
    field_text,
    parameter,
    parse,
    parts,
    raw_header,
    raw_headers,
    without_count,
)
from evidence_app.mail.notifications import is_notification, read_notification
from evidence_app.mail.outlook import tnef
from evidence_app.mail.text import MAX_TEXT_LENGTH, clean, clean_line, is_cut
from evidence_app.mail.values import (
    MANY_FILES,
    MAX_FILES,
    AttachedFile,
    Detail,
    Mail,
    MailKind,
    MailReceipt,
    with_receipt,
)
from evidence_app.proof.quoted_checkpoints import find_quoted_checkpoints

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
CMS_TYPES: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
"""The media types of S/MIME (RFC 8551, section 3.2)."""
CMS_NAMES: Final = frozenset({"smime.p7m", "smime.p7z"})
SIGNATURE_TYPES: Final = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature"})
CALENDARS: Final = frozenset({"text/calendar", "application/ics"})
BODIES: Final = ("text/plain", "text/html")
"""The media types of a body's words."""
OTHER_WORDS: Final = "Its plain text has other words than its HTML, which is shown, as most mail programs do."
TOO_LONG: Final = "It is longer than is read; the original holds the rest."
MANY_PARTS: Final = f"It holds more parts than are followed: about {MAX_PARTS}."
PARTLY: Final = " Other parts of the mail are not signed."
EMPTY_FILES: Final = "A file in it is empty, and is not kept: {}."
MAX_NAMED: Final = 5
NAME_CUT: Final = "The name of a file in it is longer than names here may be, and was cut before its ending."
NAMES_OF_TYPES: Final = {"text/calendar": "invitation.ics", "text/vcard": "contact.vcf", "text/x-vcard": "contact.vcf"}
"""What a part is called that has no name."""

_HEADER: Final = re.compile(
    rb"(?im)^(from|to|date|subject|message-id|received|mime-version|content-type|return-path|delivered-to|x-unsent|cc|sender|reply-to)[ \t]*:"
)
_ENTITY: Final = re.compile(rb"[ \t\r\n]*[A-Za-z][A-Za-z-]{1,60}[ \t]*:")
"""How a MIME entity begins (RFC 2045, section 2.4)."""
_HEADER_LINE: Final = re.compile(rb"[!-9;-~]+[ \t]*:|From |>From |[ \t]")


@dataclass(frozen=True, slots=True)
class _Body:
    """The parts of a mail that hold its words, where signatures around them are taken off; what is said of those."""

    message: Message
    leaves: list[MimePart]
    details: tuple[Detail, ...] = ()
    remarks: tuple[str, ...] = ()


def _ending_of(kind: str) -> str:
    """Return the ending of the name of a part that has none, by its media type: any text is a text (RFC 2046, section 4.1.4)."""
    if kind.startswith("message/"):
        return ".eml"
    ending = usual_ending(kind) or ("txt" if kind.startswith("text/") else "")
    return f".{ending}" if ending else ""


def looks_like_mail(head: bytes) -> bool:
    """Whether bytes begin as a mail does: with a header line, and with two different names of common mail headers."""
    head = without_count(head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    first = re.split(rb"\r\n|\n|\r", head, maxsplit=1)[0]
    names = {name.lower() for name in _HEADER.findall(re.sub(rb"\r\n?", b"\n", head))}
    return _HEADER_LINE.match(first) is not None and len(names) >= 2


def read_internet_mail(untrusted: bytes) -> Mail:
    """Read a mail. Never raises: what cannot be read is left out, and named in the remarks."""
    message, remarks = parse(untrusted)
    mail = describe(message, remarks)
    body = _without_signatures(message, untrusted, mail.sender)
    leaves = body.leaves
    files, file_remarks = _files(leaves)
    text, text_remarks = _text(leaves)
    pgp, enciphered = pgp_in_words(text)
    mail = replace(
        mail,
        text=text,
        files=tuple(files),
        details=(*mail.details, *body.details, *((("Signature", pgp),) if pgp else ())),
        remarks=(
            *mail.remarks,
            *body.remarks,
            *((ENCIPHERED.format(OPEN_PGP),) if enciphered else ()),
            *text_remarks,
            *file_remarks,
            *((MANY_PARTS,) if len(leaves) >= MAX_PARTS - 1 else ()),
        ),
    )
    is_bounce = is_server_bounce(message, text, returns=any(part.type in RETURNED for part in leaves))
    original = _returned_original(leaves, anywhere=is_bounce)
    receipt = _find_notification(body.message, leaves, original) or _find_delivery_report(
        message, leaves, original, text, is_bounce=is_bounce
    )
    mail = replace(mail, quoted_checkpoints=_quoted_checkpoints(leaves, original))
    winmail = next((octets for part in leaves if _is_tnef(part) and (octets := part.octets())), b"")
    if winmail:
        mail = tnef.within(mail, winmail, receipt)
        receipt = mail.receipt
    if receipt is not None and receipt.format == "MDN" and not _is_report(body.message):
        mail = replace(mail, remarks=(*mail.remarks, NO_REPORT))
    mail = _with_kind(mail, leaves) if receipt is None else replace(mail, unsent=False)
    return with_receipt(mail, receipt)


def _with_kind(mail: Mail, leaves: Sequence[MimePart]) -> Mail:
    """Return a mail with what it is, where it is no ordinary one: a reaction, an invitation or an answer to one, or what is left of a receipt."""
    sign = reaction_in(leaves)
    if sign:
        files = tuple(file for file in mail.files if file.name != GMAIL)
        return replace(mail, kind=MailKind.REACTION, answer=sign, files=files)
    for part in leaves:
        # An invitation that somebody attached to words of their own is a file.
        is_part = part.type in CALENDARS and not (_is_attached(part) and mail.text.strip())
        invitation = invitation_in(part.text(), parameter(part.message, "method")) if is_part else None
        if invitation is not None:
            known = dict(mail.details)
            more = tuple(each for each in invitation.details if each[0] not in known)
            return replace(mail, kind=invitation.kind, answer=invitation.answer, details=(*mail.details, *more))
    # What was not read is not empty, nor is a picture.
    is_whole = not {TOO_DEEP, TOO_LARGE} & set(mail.remarks) and not any(
        "<img" in part.text().lower() for part in leaves if part.type == "text/html"
    )
    return replace(mail, kind=MailKind.EMPTY_RECEIPT) if is_whole and is_emptied_receipt(mail) else mail


def _without_signatures(message: Message, untrusted: bytes, sender: str) -> _Body:
    """Return the parts of a mail; of an S/MIME mail those that are signed within it, and what is said of the signatures."""
    details: list[Detail] = []
    for _ in range(MAX_WRAPPED):
        leaves = list(parts(message))
        kind = content_type(message)
        if kind == "multipart/signed":
            details += _beside(message, untrusted, leaves, sender)
            return _Body(message, leaves, tuple(details))
        wrapped = next((part for part in leaves if _is_wrapped(part, alone=len(leaves) == 1)), None)
        if kind == "multipart/encrypted":
            return _Body(message, leaves, tuple(details), (ENCIPHERED.format(OPEN_PGP),))
        opened = opened_cms(wrapped.octets(), sender) if wrapped is not None else None
        if wrapped is None and any(part.type in SIGNATURE_TYPES for part in leaves):
            details.append(("Signature", UNCHECKED.format(S_MIME, "it signs a part of the mail alone")))
        if wrapped is None or opened is None:
            return _Body(message, leaves, tuple(details))
        if (
            opened.enciphered
            and len(leaves) > 1
            and any(part.type in BODIES and part.text().strip() for part in leaves)
        ):
            # A file in a mail that has words of its own.
            return _Body(message, leaves, tuple(details))
        if opened.enciphered:
            return _Body(message, leaves, tuple(details), (ENCIPHERED.format(S_MIME),))
        others = [part for part in leaves if part is not wrapped]
        details.append(("Signature", opened.signature + (PARTLY if others else "")))
        if not _ENTITY.match(opened.content):
            # Nothing, or a file that was signed as such.
            return _Body(message, leaves, tuple(details))
        untrusted = opened.content
        inner, _ = parse(untrusted)
        if others:
            # A list added its own words around what was signed: both are shown.
            return _Body(message, [*parts(inner), *others], tuple(details))
        message = inner
    return _Body(message, list(parts(message)), tuple(details))


def _is_wrapped(part: MimePart, *, alone: bool) -> bool:
    """Whether a part is an S/MIME message: not a file that somebody signed, such as a form, unless it is all there is."""
    if part.name.lower() in CMS_NAMES:
        return True
    return part.type in CMS_TYPES and (alone or not part.name)


def _beside(message: Message, untrusted: bytes, leaves: Sequence[MimePart], sender: str) -> list[Detail]:
    """Say what is known of a signature that stands beside what it signs (multipart/signed, RFC 1847)."""
    if "pgp" in parameter(message, "protocol").lower():
        return [("Signature", UNCHECKED.format(OPEN_PGP, "the program has no OpenPGP"))]
    signature = next((part for part in leaves if part.type in SIGNATURE_TYPES), None)
    signed = signed_part(untrusted, parameter(message, "boundary").rstrip())
    opened = opened_cms(signature.octets(), sender, signed) if signature is not None else None
    return [("Signature", opened.signature if opened is not None else UNCHECKED.format(S_MIME, "it cannot be read"))]


def _is_report(message: Message) -> bool:
    """Whether a mail is formed as a receipt: multipart/report with the report-type of receipts (RFC 8098, section 3)."""
    return content_type(message) == "multipart/report" and parameter(message, "report-type").lower() == REPORT_TYPE


def _text(leaves: list[MimePart]) -> tuple[str, list[str]]:
    """Return the text of the body, as a mail program showed it, and remarks on it.

    Of alternatives one was shown (`shown_words`); parts that are none stand one below the other.
    """
    texts: list[str] = []
    remarks: list[str] = []
    bodies = [part for part in leaves if part.type in BODIES and not _is_file(part)]
    done: set[int] = set()
    for body in bodies:
        if body.choice in done:
            continue
        done |= {body.choice} - {0}
        group = [part for part in bodies if part.choice == body.choice] if body.choice else [body]
        plain, html = (_joined(part for part in group if part.type == kind) for kind in BODIES)
        text = shown_words(plain, html)
        texts.append(text)
        if text != plain and plain.strip() and differ(plain, text):
            remarks.append(OTHER_WORDS)
        if is_too_long(html):
            remarks.append(TOO_LONG)
    whole = without_from_quotes("\n\n".join(text.strip() for text in texts if text.strip()))
    return clean(whole), [*dict.fromkeys(remarks), *([TOO_LONG] if len(whole) > MAX_TEXT_LENGTH else [])]


def _joined(parts_of_it: Iterable[MimePart]) -> str:
    return "\n\n".join(text.strip() for part in parts_of_it if (text := part.text()).strip())


def _is_attached(part: MimePart) -> bool:
    return repaired(raw_header(part.message, "content-disposition")).lower().startswith("attachment")


def _is_file(part: MimePart) -> bool:
    """Whether a part is an attached file (RFC 2183): a named part is one unless it is inline."""
    disposition = repaired(raw_header(part.message, "content-disposition")).lower()
    return _is_attached(part) or bool(part.name and not disposition.startswith("inline"))


def _is_tnef(part: MimePart) -> bool:
    return part.type in TNEF_TYPES or part.name.lower() == "winmail.dat"


def _files(leaves: list[MimePart]) -> tuple[list[AttachedFile], list[str]]:
    """Return the attached files, and remarks on them: every part that is neither body text, nor TNEF, nor part of a report."""
    files: list[AttachedFile] = []
    empty: list[str] = []
    for part in leaves:
        is_report_part = part.inside_report and (part.type.startswith("message/") or part.type in RETURNED)
        if (
            is_report_part
            or part.type in NOTIFICATION | DELIVERY_STATUS
            or part.type == GMAIL
            or _is_tnef(part)
            or (part.type in {"text/plain", "text/html"} and not _is_file(part))
        ):
            continue
        content = part.octets()
        empty += [part.name] if part.name and not content else []
        if content:
            default_name = NAMES_OF_TYPES.get(part.type, f"part-{len(files) + 1}{_ending_of(part.type)}")
            files.append(AttachedFile(part.name or default_name, content))
        if len(files) > MAX_FILES:
            break
    remarks = [NAME_CUT] if any(is_cut(file.name) for file in files) else []
    remarks += [EMPTY_FILES.format(", ".join(empty[:MAX_NAMED]))] if empty else []
    return files[:MAX_FILES], [*remarks, *([MANY_FILES] if len(files) > MAX_FILES else [])]


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


def _returned_original(leaves: list[MimePart], *, anywhere: bool) -> Message | None:
    """Return the original mail, or its headers, that a report returns; outside a multipart/report only of a server's bounce."""
    for part in leaves:
        if part.type in RETURNED and (part.inside_report or anywhere):
            original, _ = parse(part.octets())
            return original
    return None


def _find_delivery_report(
    message: Message, leaves: list[MimePart], original: Message | None, text: str, *, is_bounce: bool
) -> MailReceipt | None:
    """Return the delivery report that a mail is, or None; one without RFC 3464 fields is recognised by its sender."""
    statuses = [
        field_text(part.message)
        for part in leaves
        if part.type in DELIVERY_STATUS and (part.inside_report or is_bounce or is_automatic(message))
    ]
    if statuses:
        # Some servers put prose into a part of this type before the one with the fields.
        with_fields = min(statuses, key=lambda each: "action:" not in each.casefold())
        report = _with_original(read_report(with_fields), original)
    elif is_bounce:
        report = _with_original(unstandard_report(raw_headers(message, "x-failed-recipients")), original)
    else:
        return None
    if report.for_message_id:
        return report

    identifier = first_message_id(raw_header(message, "x-original-message-id"))
    return replace(report, for_message_id=identifier or quoted_message_id(text))


def _quoted_checkpoints(leaves: list[MimePart], original: Message | None) -> tuple[str, ...]:
    """Return the log checkpoints that the mail's text or its returned original quotes (docs/spec/mail.md, section 5)."""
    inner = [*leaves, *(parts(original) if original is not None else ())]
    texts = [part.text() for part in inner if part.type == "text/plain"]
    texts += [html_words(part.text()) for part in inner if part.type == "text/html"]
    return tuple(dict.fromkeys(head.line for text in texts for head in find_quoted_checkpoints(text)))
