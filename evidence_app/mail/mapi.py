"""MAPI properties as Outlook keeps them in .msg files and TNEF: read into a mail.

Property numbers are those of [MS-OXPROPS]; the classes of report items are those of [MS-OXOMSG] and [MS-OXTNEF].
"""

import base64
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

from evidence_app.mail.delivery_reports import LINE, of_rows
from evidence_app.mail.headers import message_ids, text_of
from evidence_app.mail.notifications import stated_in
from evidence_app.mail.text import clean, clean_line, plain
from evidence_app.mail.values import NOT_STATED, AttachedFile, Delivery, Mail, MailReceipt
from evidence_app.proof.encoding.times import in_words
from evidence_app.proof.quoted_checkpoints import find_quoted_checkpoints

Value = str | bytes | int | datetime
Properties = Mapping[int, Value]

MESSAGE_CLASS: Final = 0x001A
DELIVERY_REQUESTED: Final = 0x0023
READ_REQUESTED: Final = 0x0029
RECEIPT_TIME: Final = 0x002A
REPORT_TIME: Final = 0x0032
SUBJECT: Final = 0x0037
SUBMIT_TIME: Final = 0x0039
SENT_FOR_NAME: Final = 0x0042
ORIGINAL_SUBJECT: Final = 0x0049
ORIGINAL_SUBMIT_TIME: Final = 0x004E
SENT_FOR_ADDRESS: Final = 0x0065
CONVERSATION_TOPIC: Final = 0x0070
CONVERSATION_INDEX: Final = 0x0071
TRANSPORT_HEADERS: Final = 0x007D
REPORT_DISPOSITION: Final = 0x0080
REPORT_DISPOSITION_MODE: Final = 0x0081
SENDER_NAME: Final = 0x0C1A
SENDER_ADDRESS: Final = 0x0C1F
DISPLAY_CC: Final = 0x0E03
DISPLAY_TO: Final = 0x0E04
DELIVERY_TIME: Final = 0x0E06
MESSAGE_FLAGS: Final = 0x0E07
BODY: Final = 0x1000
REPORT_TEXT: Final = 0x1001
RTF: Final = 0x1009
HTML: Final = 0x1013
MESSAGE_ID: Final = 0x1035
REFERENCES: Final = 0x1039
IN_REPLY_TO: Final = 0x1042
ORIGINAL_MESSAGE_ID: Final = 0x1046
DISPLAY_NAME: Final = 0x3001
EMAIL_ADDRESS: Final = 0x3003
ATTACH_DATA: Final = 0x3701
ATTACH_FILENAME: Final = 0x3704
ATTACH_LONG_FILENAME: Final = 0x3707
SMTP_ADDRESS: Final = 0x39FE
INTERNET_CODEPAGE: Final = 0x3FDE
MESSAGE_CODEPAGE: Final = 0x3FFD
SENDER_SMTP: Final = 0x5D01
SENT_FOR_SMTP: Final = 0x5D02
RECIPIENT_TYPE: Final = 0x0C15
STATUS_CODE: Final = 0x0C20
SUPPLEMENTARY: Final = 0x0C1B

RICH_TEXT: Final = "Its words are in Outlook's rich text, which is not taken out; the original holds them."
FROM_ME: Final = 0x20
COPIED: Final = 2

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
"""What a report item says, by the end of its class ``REPORT.….IPNRN``."""

OLD_CLASSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ipm.microsoft mail.read receipt": "report.ipm.note.ipnrn",
        "ipm.microsoft mail.non-delivery": "report.ipm.note.ndr",
        "ipm.microsoft mail.note": "ipm.note",
    }
)
"""TNEF's older names ([MS-OXTNEF] 2.1.3.3)."""

_AUTOMATIC: Final = re.compile(r"ipm\.note\.rules\.(?:external)?(?:oof|reply)template")
"""Out-of-office and rule replies ([MS-OXOABK] and [MS-OXORULE])."""
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class MapiRecipient:
    """A row of the recipients' table."""

    properties: Properties

    @property
    def copied(self) -> bool:
        """Whether the mail was copied to them."""
        return self.properties.get(RECIPIENT_TYPE) == COPIED

    @property
    def words(self) -> str:
        """The recipient as ``Name <address>``."""
        return person(self.properties, (DISPLAY_NAME,), (SMTP_ADDRESS, EMAIL_ADDRESS))


def value_of(kind: int, raw: bytes, codepage: str) -> Value | None:
    """Return a property's value from its bytes, or None for a type that nothing here reads ([MS-OXCDATA] 2.11.1)."""
    match kind & 0x0FFF:
        case 0x1F:
            return raw.decode("utf-16-le", "replace").rstrip("\0")
        case 0x1E:
            return text_of(raw, codepage).rstrip("\0")
        case 0x102:
            return raw
        case 0x03 if len(raw) >= 4:
            return int(struct.unpack("<I", raw[:4])[0])
        case 0x0B if raw:
            return raw[0]
        case 0x40 if len(raw) >= 8:
            return moment_of(int(struct.unpack("<Q", raw[:8])[0]))
        case _:
            return None


def moment_of(ticks: int) -> datetime | None:
    """Return a moment from ticks of 100 nanoseconds since 1601, or None where there is no such year."""
    try:
        return (_EPOCH + timedelta(seconds=ticks // 10_000_000)).replace(microsecond=0) if ticks else None
    except OverflowError:
        return None


def codepage_of(number: Value | None) -> str:
    """Return the name of a code page."""
    if number == 65001:
        return "utf-8"
    return f"cp{number}" if isinstance(number, int) and 0 < number < 65001 else "cp1252"


def text_in(properties: Properties, *numbers: int) -> str:
    """Return the first of some properties that holds text."""
    for number in numbers:
        value = properties.get(number)
        if isinstance(value, bytes):
            value = text_of(value, codepage_of(properties.get(INTERNET_CODEPAGE)))
        if isinstance(value, str) and value.strip():
            return value
    return ""


def moment_in(properties: Properties, *numbers: int) -> datetime | None:
    """Return the first of some properties that holds a moment."""
    for number in numbers:
        value = properties.get(number)
        if isinstance(value, datetime):
            return value
    return None


def person(properties: Properties, names: Sequence[int], addresses: Sequence[int]) -> str:
    """Return somebody as ``Name <address>``; an address inside Exchange stands as it is."""
    name = clean_line(text_in(properties, *names), 200)
    address = clean_line(text_in(properties, *addresses), 250)
    return f"{name} <{address}>" if name and address and name != address else address or name


def read_item(properties: Properties, recipients: Sequence[MapiRecipient], files: Sequence[AttachedFile]) -> Mail:
    """Return the mail that some properties make."""
    sent_at = moment_in(properties, SUBMIT_TIME, REPORT_TIME, RECEIPT_TIME, DELIVERY_TIME)
    index = properties.get(CONVERSATION_INDEX)
    flags = properties.get(MESSAGE_FLAGS)
    text = clean(body_of(properties))
    copied = [each for each in recipients if each.copied]
    mail = Mail(
        message_id="".join(message_ids(text_in(properties, MESSAGE_ID))[:1]),
        in_reply_to=message_ids(text_in(properties, IN_REPLY_TO)),
        references=message_ids(text_in(properties, REFERENCES)),
        conversation=index if isinstance(index, bytes) and len(index) >= 22 else b"",
        sender=person(
            properties, (SENT_FOR_NAME, SENDER_NAME), (SENT_FOR_SMTP, SENDER_SMTP, SENT_FOR_ADDRESS, SENDER_ADDRESS)
        ),
        to=_listed([each for each in recipients if not each.copied], text_in(properties, DISPLAY_TO)),
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
    """Return the words of the body."""
    return text_in(properties, BODY, REPORT_TEXT) or plain(text_in(properties, HTML))


def _listed(recipients: Sequence[MapiRecipient], shown: str) -> tuple[str, ...]:
    people = tuple(each.words for each in recipients if each.words)
    return people or tuple(clean_line(name, 250) for name in shown.split(";") if name.strip())


def _requested(properties: Properties) -> str:
    read, delivery = bool(properties.get(READ_REQUESTED)), bool(properties.get(DELIVERY_REQUESTED))
    return {(True, True): "both", (True, False): "read", (False, True): "delivery"}.get((read, delivery), "none")


def class_of(properties: Properties) -> str:
    """Return the message class in lower case, under its newer name."""
    name = text_in(properties, MESSAGE_CLASS).strip().lower()
    return OLD_CLASSES.get(name, name)


def _report(properties: Properties, recipients: Sequence[MapiRecipient], mail: Mail) -> MailReceipt | None:
    name = class_of(properties)
    if not name.startswith("report."):
        return None
    ending = next((each for each in sorted(CLASSES, key=len, reverse=True) if name.endswith(f".{each}")), "")
    state = _stated(properties, CLASSES.get(ending, NOT_STATED))
    found = of_rows(
        [Delivery(clean_line(each.words, LINE), state, status=_status(each.properties)) for each in recipients],
        "msg report",
    )
    action, _, sending = text_in(properties, REPORT_DISPOSITION_MODE).partition("/")
    is_receipt = ending in {"ipnrn", "ipnnrn"}
    return replace(
        found,
        state=state,
        rows=() if is_receipt else found.rows,
        of_delivery=bool(ending) and not is_receipt,
        final_recipient=mail.sender if is_receipt else found.final_recipient,
        for_message_id="".join(message_ids(text_in(properties, ORIGINAL_MESSAGE_ID))[:1]),
        action_mode=clean_line(action, 60),
        sending_mode=clean_line(sending, 60),
        original_subject=clean_line(text_in(properties, ORIGINAL_SUBJECT), 480),
        original_sent_at=moment_in(properties, ORIGINAL_SUBMIT_TIME),
    )


def _stated(properties: Properties, state: str) -> str:
    """Return the state that class and disposition agree on: a class alone may say *displayed*, a disposition may deny it."""
    disposition = text_in(properties, REPORT_DISPOSITION).strip().lower()
    written = text_in(properties, REPORT_TEXT)
    if not disposition and ";" in written and "/" in written.partition(";")[0] and len(written) < LINE:
        # Exchange keeps the receipt's whole Disposition field as the report's text.
        disposition = stated_in(written)
    if state == "displayed" and disposition and disposition != "displayed":
        return disposition if disposition in {"deleted", "denied", "processed", "dispatched", "failed"} else NOT_STATED
    if state == "deleted" and disposition == "denied":
        return disposition
    return state


def _status(properties: Properties) -> str:
    code = properties.get(STATUS_CODE)
    # [MS-OXOMSG] keeps x.y.z as one decimal number: 511 is 5.1.1.
    digits = str(code) if isinstance(code, int) else ""
    return f"{digits[0]}.{digits[1]}.{digits[2:]}" if len(digits) in {3, 4} and digits[0] in "245" else ""


def as_thread_index(conversation: bytes) -> str:
    """Return a conversation index as its header spells it."""
    return base64.b64encode(conversation).decode("ascii") if conversation else ""
