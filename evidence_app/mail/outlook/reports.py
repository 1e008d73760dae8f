"""Receipts and delivery reports that are Outlook items, by their message class ([MS-OXOMSG], [MS-OXTNEF]; docs/spec/mail.md, sections 1 and 2)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from evidence_app.mail.delivery_reports import LINE, of_rows, quoted_message_id, read_report
from evidence_app.mail.headers import message_ids
from evidence_app.mail.notifications import is_notification, read_notification, stated_in
from evidence_app.mail.outlook.people import MapiRecipient
from evidence_app.mail.outlook.properties import (
    MESSAGE_CLASS,
    ORIGINAL_MESSAGE_ID,
    ORIGINAL_SUBJECT,
    ORIGINAL_SUBMIT_TIME,
    REPORT_DISPOSITION,
    REPORT_DISPOSITION_MODE,
    REPORT_TEXT,
    STATUS_CODE,
    Properties,
    moment_in,
    text_in,
)
from evidence_app.mail.text import clean_line
from evidence_app.mail.values import NOT_STATED, AttachedFile, Delivery, MailReceipt

MAX_FIELDS: Final = 65_536
"""Bytes of a file in which the fields of a report are sought."""
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
        "ipm.microsoft schedule.mtgreq": "ipm.schedule.meeting.request",
        "ipm.microsoft schedule.mtgrespp": "ipm.schedule.meeting.resp.pos",
        "ipm.microsoft schedule.mtgrespn": "ipm.schedule.meeting.resp.neg",
        "ipm.microsoft schedule.mtgrespa": "ipm.schedule.meeting.resp.tent",
        "ipm.microsoft schedule.mtgcncl": "ipm.schedule.meeting.canceled",
    }
)
"""Current message classes by the older names that TNEF writes ([MS-OXTNEF] 2.1.3.3)."""


def class_of(properties: Properties) -> str:
    """Return the message class in lower case, an older name (`OLD_CLASSES`) replaced by the current one."""
    name = text_in(properties, MESSAGE_CLASS).strip().lower()
    return OLD_CLASSES.get(name, name)


def report_in(properties: Properties, recipients: Sequence[MapiRecipient], sender: str) -> MailReceipt | None:
    """Return the receipt or delivery report that an item is, or None where its class is not REPORT. `sender` sent it."""
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
        final_recipient=sender if is_receipt else report.final_recipient,
        for_message_id="".join(message_ids(text_in(properties, ORIGINAL_MESSAGE_ID))[:1]),
        action_mode=clean_line(action, 60),
        sending_mode=clean_line(sending, 60),
        original_subject=clean_line(text_in(properties, ORIGINAL_SUBJECT), 480),
        original_sent_at=moment_in(properties, ORIGINAL_SUBMIT_TIME),
    )


def report_in_files(files: Sequence[AttachedFile]) -> MailReceipt | None:
    """Return the receipt or delivery report whose fields are in files, or None.

    Outlook keeps a report that came through POP or IMAP as an ordinary item, with the parts of the report as its files.
    """
    for file in files:
        text = file.content[:MAX_FIELDS].decode("utf-8", "replace")
        if is_notification(text):
            return with_original_headers(read_notification(text), files)
        report = read_report(text)
        if report.rows and any(row.state != NOT_STATED for row in report.rows):
            return with_original_headers(report, files)
    return None


def with_original_headers(receipt: MailReceipt, files: Sequence[AttachedFile]) -> MailReceipt:
    """Return a receipt with the identifier of the original, where the headers of that came back as a file and the receipt names none."""
    named = next(
        (found for file in files if (found := quoted_message_id(file.content[:MAX_FIELDS].decode("utf-8", "replace")))),
        "",
    )
    return replace(receipt, for_message_id=receipt.for_message_id or named)


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
