"""Conversion of MAPI properties (.msg files and TNEF) into a `Mail`.

Property identifiers are the upper 16 bits of the property tags in [MS-OXPROPS]; the names of the properties stand
after them. The message classes of report items are those of [MS-OXOMSG] and [MS-OXTNEF]. See docs/spec/mail.md,
sections 1 and 2.
"""

import base64
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

from evidence_app.domain.thread.conversations import CONVERSATION_HEADER_BYTES
from evidence_app.mail.delivery_reports import LINE, of_rows
from evidence_app.mail.headers import message_ids, text_of
from evidence_app.mail.notifications import stated_in
from evidence_app.mail.text import clean, clean_line, plain
from evidence_app.mail.values import NOT_STATED, AttachedFile, Delivery, Mail, MailReceipt
from evidence_app.proof.encoding.times import in_words
from evidence_app.proof.quoted_checkpoints import find_quoted_checkpoints

Value = str | bytes | int | datetime
Properties = Mapping[int, Value]

# Property identifiers ([MS-OXPROPS]).
MESSAGE_CLASS: Final = 0x001A  # PidTagMessageClass
DELIVERY_REQUESTED: Final = 0x0023  # PidTagOriginatorDeliveryReportRequested
READ_REQUESTED: Final = 0x0029  # PidTagReadReceiptRequested
RECEIPT_TIME: Final = 0x002A  # PidTagReceiptTime
REPORT_TIME: Final = 0x0032  # PidTagReportTime
SUBJECT: Final = 0x0037  # PidTagSubject
SUBMIT_TIME: Final = 0x0039  # PidTagClientSubmitTime
SENT_FOR_NAME: Final = 0x0042  # PidTagSentRepresentingName
ORIGINAL_SUBJECT: Final = 0x0049  # PidTagOriginalSubject
ORIGINAL_SUBMIT_TIME: Final = 0x004E  # PidTagOriginalSubmitTime
SENT_FOR_ADDRESS: Final = 0x0065  # PidTagSentRepresentingEmailAddress
CONVERSATION_TOPIC: Final = 0x0070  # PidTagConversationTopic
CONVERSATION_INDEX: Final = 0x0071  # PidTagConversationIndex
TRANSPORT_HEADERS: Final = 0x007D  # PidTagTransportMessageHeaders
REPORT_DISPOSITION: Final = 0x0080  # PidTagReportDisposition
REPORT_DISPOSITION_MODE: Final = 0x0081  # PidTagReportDispositionMode
SENDER_NAME: Final = 0x0C1A  # PidTagSenderName
SENDER_ADDRESS: Final = 0x0C1F  # PidTagSenderEmailAddress
DISPLAY_CC: Final = 0x0E03  # PidTagDisplayCc
DISPLAY_TO: Final = 0x0E04  # PidTagDisplayTo
DELIVERY_TIME: Final = 0x0E06  # PidTagMessageDeliveryTime
MESSAGE_FLAGS: Final = 0x0E07  # PidTagMessageFlags
BODY: Final = 0x1000  # PidTagBody
REPORT_TEXT: Final = 0x1001  # PidTagReportText
RTF: Final = 0x1009  # PidTagRtfCompressed
HTML: Final = 0x1013  # PidTagHtml, or PidTagBodyHtml where it is text
MESSAGE_ID: Final = 0x1035  # PidTagInternetMessageId
REFERENCES: Final = 0x1039  # PidTagInternetReferences
IN_REPLY_TO: Final = 0x1042  # PidTagInReplyToId
ORIGINAL_MESSAGE_ID: Final = 0x1046  # PidTagOriginalMessageId
DISPLAY_NAME: Final = 0x3001  # PidTagDisplayName
EMAIL_ADDRESS: Final = 0x3003  # PidTagEmailAddress
ATTACH_DATA: Final = 0x3701  # PidTagAttachDataBinary
ATTACH_FILENAME: Final = 0x3704  # PidTagAttachFilename
ATTACH_LONG_FILENAME: Final = 0x3707  # PidTagAttachLongFilename
SMTP_ADDRESS: Final = 0x39FE  # PidTagSmtpAddress
INTERNET_CODEPAGE: Final = 0x3FDE  # PidTagInternetCodepage
MESSAGE_CODEPAGE: Final = 0x3FFD  # PidTagMessageCodepage
SENDER_SMTP: Final = 0x5D01  # PidTagSenderSmtpAddress
SENT_FOR_SMTP: Final = 0x5D02  # PidTagSentRepresentingSmtpAddress
RECIPIENT_TYPE: Final = 0x0C15  # PidTagRecipientType
STATUS_CODE: Final = 0x0C20  # PidTagNonDeliveryReportStatusCode
SUPPLEMENTARY: Final = 0x0C1B  # PidTagSupplementaryInfo

RICH_TEXT: Final = "Its words are in Outlook's rich text, which is not taken out; the original holds them."
"""The remark on an item whose body is compressed RTF ([MS-OXRTFCP]) only."""
FROM_ME: Final = 0x20
"""The bit mfFromMe of PidTagMessageFlags ([MS-OXCMSG]): the owner of the mailbox sent the mail."""
COPIED: Final = 2
"""The value of PidTagRecipientType for a Cc recipient."""

CLASSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ipnrn": "displayed",
        "ipnnrn": "deleted",
        "dr": "delivered",
        "ndr": "failed",
        "delayed": "delayed",
        "relayed.dr": "relayed",
        "expanded.dr": "expanded",
    }
)
"""The state of a report item by the suffix of its message class, such as ``REPORT.….IPNRN`` (docs/spec/mail.md, section 1)."""

OLD_CLASSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ipm.microsoft mail.read receipt": "report.ipm.note.ipnrn",
        "ipm.microsoft mail.non-delivery": "report.ipm.note.ndr",
        "ipm.microsoft mail.note": "ipm.note",
    }
)
"""Current message classes by the older names that TNEF writes ([MS-OXTNEF] 2.1.3.3)."""

_AUTOMATIC: Final = re.compile(r"ipm\.note\.rules\.(?:external)?(?:oof|reply)template")
"""Message classes of out-of-office and rule replies ([MS-OXOABK] and [MS-OXORULE])."""
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
"""The zero of a FILETIME, which counts 100-nanosecond intervals in UTC ([MS-DTYP])."""


@dataclass(frozen=True, slots=True)
class MapiRecipient:
    """One row of the recipient table."""

    properties: Properties

    @property
    def copied(self) -> bool:
        """Whether this is a Cc recipient."""
        return self.properties.get(RECIPIENT_TYPE) == COPIED

    @property
    def words(self) -> str:
        """The recipient as ``Name <address>``."""
        return person(self.properties, (DISPLAY_NAME,), (SMTP_ADDRESS, EMAIL_ADDRESS))


def value_of(kind: int, raw: bytes, codepage: str) -> Value | None:
    """Decode a property value of type `kind` ([MS-OXCDATA] 2.11.1); None for a type that is not supported.

    Times are in UTC. `codepage` applies to 8-bit strings alone.
    """
    # Without the multiple-value flag, 0x1000: the caller passes the values of such a property one by one.
    match kind & 0x0FFF:
        case 0x1F:  # PtypString
            return raw.decode("utf-16-le", "replace").rstrip("\0")
        case 0x1E:  # PtypString8
            return text_of(raw, codepage).rstrip("\0")
        case 0x102:  # PtypBinary
            return raw
        case 0x03 if len(raw) >= 4:  # PtypInteger32
            return int(struct.unpack("<I", raw[:4])[0])
        case 0x0B if raw:  # PtypBoolean
            return raw[0]
        case 0x40 if len(raw) >= 8:  # PtypTime
            return moment_of(int(struct.unpack("<Q", raw[:8])[0]))
        case _:
            return None


def moment_of(ticks: int) -> datetime | None:
    """Convert a FILETIME (100-nanosecond ticks since 1601, UTC) to a time in whole seconds, UTC; None for 0 or out of range."""
    try:
        return (_EPOCH + timedelta(seconds=ticks // 10_000_000)).replace(microsecond=0) if ticks else None
    except OverflowError:
        return None


def codepage_of(number: Value | None) -> str:
    """Return the Python codec name of a Windows code page number; Windows-1252 where the number is missing or invalid."""
    if number == 65001:
        return "utf-8"
    return f"cp{number}" if isinstance(number, int) and 0 < number < 65001 else "cp1252"


def text_in(properties: Properties, *numbers: int) -> str:
    """Return the first non-blank text among some properties, in the order of `numbers`; "" where there is none.

    Binary values are decoded with PidTagInternetCodepage, as PidTagHtml requires.
    """
    for number in numbers:
        value = properties.get(number)
        if isinstance(value, bytes):
            value = text_of(value, codepage_of(properties.get(INTERNET_CODEPAGE)))
        if isinstance(value, str) and value.strip():
            return value
    return ""


def moment_in(properties: Properties, *numbers: int) -> datetime | None:
    """Return the first time (UTC) among some properties, in the order of `numbers`, or None."""
    for number in numbers:
        value = properties.get(number)
        if isinstance(value, datetime):
            return value
    return None


def person(properties: Properties, names: Sequence[int], addresses: Sequence[int]) -> str:
    """Format a person as ``Name <address>``; an Exchange address (``/O=…/CN=…``) is not converted."""
    name = clean_line(text_in(properties, *names), 200)
    address = clean_line(text_in(properties, *addresses), 250)
    return f"{name} <{address}>" if name and address and name != address else address or name


def read_item(properties: Properties, recipients: Sequence[MapiRecipient], files: Sequence[AttachedFile]) -> Mail:
    """Build a `Mail` from the properties of an Outlook item, its recipients and its attached files."""
    # PidTagClientSubmitTime is when the sender submitted it; report items have the later properties instead.
    sent_at = moment_in(properties, SUBMIT_TIME, REPORT_TIME, RECEIPT_TIME, DELIVERY_TIME)
    index = properties.get(CONVERSATION_INDEX)
    flags = properties.get(MESSAGE_FLAGS)
    text = clean(body_of(properties))
    copied = [recipient for recipient in recipients if recipient.copied]
    mail = Mail(
        message_id="".join(message_ids(text_in(properties, MESSAGE_ID))[:1]),
        in_reply_to=message_ids(text_in(properties, IN_REPLY_TO)),
        references=message_ids(text_in(properties, REFERENCES)),
        conversation=index if isinstance(index, bytes) and len(index) >= CONVERSATION_HEADER_BYTES else b"",
        sender=person(
            properties, (SENT_FOR_NAME, SENDER_NAME), (SENT_FOR_SMTP, SENDER_SMTP, SENT_FOR_ADDRESS, SENDER_ADDRESS)
        ),
        to=_listed([recipient for recipient in recipients if not recipient.copied], text_in(properties, DISPLAY_TO)),
        cc=_listed(copied, text_in(properties, DISPLAY_CC)),
        subject=clean_line(text_in(properties, SUBJECT), 480),
        topic=clean_line(text_in(properties, CONVERSATION_TOPIC), 480),
        sent_at=sent_at,
        sent_at_raw=f"{in_words(sent_at)} London, from the item's properties" if sent_at else "",
        receipt_requested=_requested(properties),
        passed_a_server=bool(properties.get(TRANSPORT_HEADERS)),
        automatic=_AUTOMATIC.match(class_of(properties)) is not None,
        from_owner=isinstance(flags, int) and bool(flags & FROM_ME),
        text=text,
        files=tuple(files),
        quoted_checkpoints=tuple(head.line for head in find_quoted_checkpoints(text)),
        remarks=(RICH_TEXT,) if not text and RTF in properties else (),
        has_headers=MESSAGE_CLASS in properties or SUBJECT in properties or BODY in properties,
    )
    return replace(mail, receipt=_report(properties, recipients, mail))


def body_of(properties: Properties) -> str:
    """Return the body as plain text: the text body, else a report's text, else the HTML body without its markup."""
    return text_in(properties, BODY, REPORT_TEXT) or plain(text_in(properties, HTML))


def _listed(recipients: Sequence[MapiRecipient], displayed: str) -> tuple[str, ...]:
    """Return the recipients as text; where the table names none, those of the display list, which ``;`` separates."""
    people = tuple(recipient.words for recipient in recipients if recipient.words)
    return people or tuple(clean_line(name, 250) for name in displayed.split(";") if name.strip())


def _requested(properties: Properties) -> str:
    """Return which receipts the sender requested: both, read, delivery or none."""
    wants_read, wants_delivery = bool(properties.get(READ_REQUESTED)), bool(properties.get(DELIVERY_REQUESTED))
    return {(True, True): "both", (True, False): "read", (False, True): "delivery"}.get(
        (wants_read, wants_delivery), "none"
    )


def class_of(properties: Properties) -> str:
    """Return the message class in lower case, an older name (`OLD_CLASSES`) replaced by the current one."""
    name = text_in(properties, MESSAGE_CLASS).strip().lower()
    return OLD_CLASSES.get(name, name)


def _report(properties: Properties, recipients: Sequence[MapiRecipient], mail: Mail) -> MailReceipt | None:
    """Return the receipt or delivery report that the item is, or None where its class is not REPORT."""
    name = class_of(properties)
    if not name.startswith("report."):
        return None
    # The longest suffix first: “.relayed.dr” ends in “.dr” too.
    class_suffix = next(
        (suffix for suffix in sorted(CLASSES, key=len, reverse=True) if name.endswith(f".{suffix}")), ""
    )
    state = _stated(properties, CLASSES.get(class_suffix, NOT_STATED))
    report = of_rows(
        [Delivery(clean_line(each.words, LINE), state, status=_status(each.properties)) for each in recipients],
        "msg report",
    )
    action, _, sending = text_in(properties, REPORT_DISPOSITION_MODE).partition("/")
    is_receipt = class_suffix in {"ipnrn", "ipnnrn"}
    return replace(
        report,
        state=state,
        rows=() if is_receipt else report.rows,
        of_delivery=bool(class_suffix) and not is_receipt,
        final_recipient=mail.sender if is_receipt else report.final_recipient,
        for_message_id="".join(message_ids(text_in(properties, ORIGINAL_MESSAGE_ID))[:1]),
        action_mode=clean_line(action, 60),
        sending_mode=clean_line(sending, 60),
        original_subject=clean_line(text_in(properties, ORIGINAL_SUBJECT), 480),
        original_sent_at=moment_in(properties, ORIGINAL_SUBMIT_TIME),
    )


def _stated(properties: Properties, state: str) -> str:
    """Return the state of the message class, corrected by PidTagReportDisposition, which can withdraw *displayed* but not add it."""
    disposition = text_in(properties, REPORT_DISPOSITION).strip().lower()
    written = text_in(properties, REPORT_TEXT)
    if not disposition and ";" in written and "/" in written.partition(";")[0] and len(written) < LINE:
        # Exchange stores the value of the whole Disposition field (RFC 8098, section 3.2.6) as the report's text.
        disposition = stated_in(written)
    if state == "displayed" and disposition and disposition != "displayed":
        return disposition if disposition in {"deleted", "denied", "processed", "dispatched", "failed"} else NOT_STATED
    if state == "deleted" and disposition == "denied":
        return disposition
    return state


def _status(properties: Properties) -> str:
    """Return a recipient's delivery status as ``x.y.z``, or "" where the number is none."""
    code = properties.get(STATUS_CODE)
    # PidTagNonDeliveryReportStatusCode ([MS-OXOMSG]) is a status x.y.z of RFC 3463 as one decimal number: 511 is 5.1.1.
    digits = str(code) if isinstance(code, int) else ""
    return f"{digits[0]}.{digits[1]}.{digits[2:]}" if len(digits) in {3, 4} and digits[0] in "245" else ""


def as_thread_index(conversation: bytes) -> str:
    """Encode a conversation index as the value of a Thread-Index header (base 64)."""
    return base64.b64encode(conversation).decode("ascii") if conversation else ""
