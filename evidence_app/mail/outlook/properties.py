"""Properties of Outlook's items: their numbers, and how their values are decoded ([MS-OXPROPS], [MS-OXCDATA]).

Numbers are the upper 16 bits of the property tags in [MS-OXPROPS]; the names of the properties stand after them.
"""

import struct
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

from evidence_app.documents.office.markup.rich_text_letters import encoding_of
from evidence_app.mail.headers import text_of

Value = str | bytes | int | datetime
Properties = Mapping[int, Value]
"""Values by number; a named property by the number that `named` gives it."""

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
START_DATE: Final = 0x0060  # PidTagStartDate
END_DATE: Final = 0x0061  # PidTagEndDate
SENT_FOR_ADDRESS: Final = 0x0065  # PidTagSentRepresentingEmailAddress
CONVERSATION_TOPIC: Final = 0x0070  # PidTagConversationTopic
CONVERSATION_INDEX: Final = 0x0071  # PidTagConversationIndex
TRANSPORT_HEADERS: Final = 0x007D  # PidTagTransportMessageHeaders
REPORT_DISPOSITION: Final = 0x0080  # PidTagReportDisposition
REPORT_DISPOSITION_MODE: Final = 0x0081  # PidTagReportDispositionMode
RECIPIENT_TYPE: Final = 0x0C15  # PidTagRecipientType
SENDER_NAME: Final = 0x0C1A  # PidTagSenderName
SUPPLEMENTARY: Final = 0x0C1B  # PidTagSupplementaryInfo
SENDER_ADDRESS: Final = 0x0C1F  # PidTagSenderEmailAddress
STATUS_CODE: Final = 0x0C20  # PidTagNonDeliveryReportStatusCode
DISPLAY_BCC: Final = 0x0E02  # PidTagDisplayBcc
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
LAST_CHANGED: Final = 0x3008  # PidTagLastModificationTime
ATTACH_DATA: Final = 0x3701  # PidTagAttachDataBinary, or PidTagAttachDataObject
ATTACH_FILENAME: Final = 0x3704  # PidTagAttachFilename
ATTACH_METHOD: Final = 0x3705  # PidTagAttachMethod
ATTACH_LONG_FILENAME: Final = 0x3707  # PidTagAttachLongFilename
ATTACH_MEDIA_TYPE: Final = 0x370E  # PidTagAttachMimeTag
SMTP_ADDRESS: Final = 0x39FE  # PidTagSmtpAddress
BUSINESS_TELEPHONE: Final = 0x3A08  # PidTagBusinessTelephoneNumber
HOME_TELEPHONE: Final = 0x3A09  # PidTagHomeTelephoneNumber
COMPANY_NAME: Final = 0x3A16  # PidTagCompanyName
JOB_TITLE: Final = 0x3A17  # PidTagTitle
MOBILE_TELEPHONE: Final = 0x3A1C  # PidTagMobileTelephoneNumber
INTERNET_CODEPAGE: Final = 0x3FDE  # PidTagInternetCodepage
MESSAGE_LOCALE: Final = 0x3FF1  # PidTagMessageLocaleId
MESSAGE_CODEPAGE: Final = 0x3FFD  # PidTagMessageCodepage
SENDER_SMTP: Final = 0x5D01  # PidTagSenderSmtpAddress
SENT_FOR_SMTP: Final = 0x5D02  # PidTagSentRepresentingSmtpAddress
SENDER_CREATED_SMTP: Final = 0x5D0A  # PidTagCreatorSmtpAddress

FIRST_NAMED: Final = 0x8000
"""Numbers from here on stand for a name, which each file gives them anew."""

# The property sets of [MS-OXPROPS], section 1.3.2, by the first part of their GUIDs, which all end alike but the last.
APPOINTMENT_SET: Final = 0x00062002  # PSETID_Appointment
TASK_SET: Final = 0x00062003  # PSETID_Task
ADDRESS_SET: Final = 0x00062004  # PSETID_Address
COMMON_SET: Final = 0x00062008  # PSETID_Common
MEETING_SET: Final = 0x6ED8DA90  # PSETID_Meeting
SETS: Final[Mapping[bytes, int]] = MappingProxyType(
    {
        **{
            struct.pack("<IHH", number, 0, 0) + bytes.fromhex("c000000000000046"): number
            for number in (APPOINTMENT_SET, TASK_SET, ADDRESS_SET, COMMON_SET)
        },
        struct.pack("<IHH", MEETING_SET, 0x450B, 0x101B) + bytes.fromhex("98da00aa003f1305"): MEETING_SET,
    }
)
"""The sets whose properties are read, by their GUIDs as a file holds them."""


def named(property_set: int, identifier: int) -> int:
    """Return the number of a named property: that of its set, then its own (PidLid…)."""
    return property_set << 16 | identifier


STRING_NAMES: Final = 0xFFFF
"""Stands for the set of a property whose name is a string."""
REACTIONS: Final = named(STRING_NAMES, 1)
STRINGS: Final[Mapping[str, int]] = MappingProxyType({"reactionshistory": REACTIONS})
"""The properties named by strings that are read, in small letters: names differ in capitals between programs."""

# The named properties that are read.
APPOINTMENT_STATE: Final = named(APPOINTMENT_SET, 0x8217)  # PidLidAppointmentStateFlags
APPOINTMENT_START: Final = named(APPOINTMENT_SET, 0x820D)  # PidLidAppointmentStartWhole
APPOINTMENT_END: Final = named(APPOINTMENT_SET, 0x820E)  # PidLidAppointmentEndWhole
COMMON_START: Final = named(COMMON_SET, 0x8516)  # PidLidCommonStart
COMMON_END: Final = named(COMMON_SET, 0x8517)  # PidLidCommonEnd
LOCATION: Final = named(APPOINTMENT_SET, 0x8208)  # PidLidLocation
WHOLE_DAY: Final = named(APPOINTMENT_SET, 0x8215)  # PidLidAppointmentSubType
RESPONSE: Final = named(APPOINTMENT_SET, 0x8218)  # PidLidResponseStatus
RECURRING: Final = named(APPOINTMENT_SET, 0x8223)  # PidLidRecurring
RECURRENCE: Final = named(APPOINTMENT_SET, 0x8232)  # PidLidRecurrencePattern
ATTENDEES: Final = named(APPOINTMENT_SET, 0x8238)  # PidLidAllAttendeesString
WHERE: Final = named(MEETING_SET, 0x0002)  # PidLidWhere
TASK_STATUS: Final = named(TASK_SET, 0x8101)  # PidLidTaskStatus
TASK_START: Final = named(TASK_SET, 0x8104)  # PidLidTaskStartDate
TASK_DUE: Final = named(TASK_SET, 0x8105)  # PidLidTaskDueDate
TASK_DONE_ON: Final = named(TASK_SET, 0x810F)  # PidLidTaskDateCompleted
TASK_OWNER: Final = named(TASK_SET, 0x811F)  # PidLidTaskOwner
CONTACT_ADDRESSES: Final = tuple(
    named(ADDRESS_SET, each) for each in (0x8083, 0x8093, 0x80A3)
)  # PidLidEmail1…3EmailAddress
CONTACT_SHOWN: Final = tuple(
    named(ADDRESS_SET, each) for each in (0x8084, 0x8094, 0x80A4)
)  # PidLidEmail1…3OriginalDisplayName

CHINESE: Final = 0x04
TRADITIONAL_CHINESE: Final = frozenset({0x0404, 0x0C04, 0x1404})
LANGUAGES: Final[Mapping[int, frozenset[int]]] = MappingProxyType(
    {
        874: frozenset({0x1E}),
        932: frozenset({0x11}),
        949: frozenset({0x12}),
        1250: frozenset({0x05, 0x0E, 0x15, 0x18, 0x1A, 0x1B, 0x1C, 0x24}),
        1251: frozenset({0x02, 0x19, 0x22, 0x23, 0x2F}),
        1253: frozenset({0x08}),
        1254: frozenset({0x1F, 0x2C}),
        1255: frozenset({0x0D}),
        1256: frozenset({0x01, 0x20, 0x29}),
        1257: frozenset({0x25, 0x26, 0x27}),
        1258: frozenset({0x2A}),
    }
)
"""Languages, the lower ten bits of a locale ([MS-LCID] 2.1), by the code page that Windows has for them."""

_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
"""The zero of a FILETIME, which counts 100-nanosecond intervals in UTC ([MS-DTYP])."""


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
        case 0x102 | 0x0D:  # PtypBinary, PtypObject
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
    """Return the Python codec name of a Windows code page number; Windows-1252 where the number is missing, invalid or that of no 8-bit text."""
    return encoding_of(number) if isinstance(number, int) and number not in {0, 1200, 1201} else "cp1252"


def codepage_of_locale(locale: Value | None) -> int | None:
    """Return the Windows code page of a locale ([MS-LCID]), or None where it is that of Western languages or not known."""
    if not isinstance(locale, int):
        return None
    if locale & 0x3FF == CHINESE:
        return 950 if locale in TRADITIONAL_CHINESE else 936
    return next((page for page, languages in LANGUAGES.items() if locale & 0x3FF in languages), None)


def text_in(properties: Properties, *numbers: int) -> str:
    """Return the first non-blank text among some properties, in the order of `numbers`; "" where there is none.

    Binary values are decoded with PidTagInternetCodepage, as PidTagHtml requires.
    """
    for number in numbers:
        value = properties.get(number)
        if isinstance(value, bytes):
            charset = codepage_of(properties.get(INTERNET_CODEPAGE))
            # Windows-1252 is what stands there where nothing was said: it may be UTF-8.
            value = text_of(value, "iso-8859-1" if charset == "cp1252" else charset)
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


def number_in(properties: Properties, number: int) -> int | None:
    """Return a whole number, or None."""
    value = properties.get(number)
    return value if isinstance(value, int) else None
