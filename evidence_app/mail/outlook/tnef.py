"""Reader for TNEF, the ``winmail.dat`` in which Outlook wraps a mail ([MS-OXTNEF]; docs/spec/mail.md, section 1).

A file is a signature, then attributes; some attributes are lists of MAPI properties. All numbers are little-endian.
Every count and length is checked against the bytes left, so that a hostile file cannot ask for more work than its size.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from evidence_app.mail.headers import text_of
from evidence_app.mail.outlook.item import read_item
from evidence_app.mail.outlook.message_parts import NOT_IN_IT, OBJECT
from evidence_app.mail.outlook.people import MapiRecipient
from evidence_app.mail.outlook.properties import (
    ATTACH_DATA,
    ATTACH_LONG_FILENAME,
    ATTACH_METHOD,
    BODY,
    FIRST_NAMED,
    MESSAGE_CLASS,
    SENDER_ADDRESS,
    SENDER_NAME,
    SETS,
    SUBJECT,
    Properties,
    Value,
    codepage_of,
    named,
    number_in,
    text_in,
    value_of,
)
from evidence_app.mail.text import clean_line, file_name
from evidence_app.mail.values import (
    MANY_FILES,
    MAX_FILES,
    NOT_READ,
    AttachedFile,
    Mail,
    MailReceipt,
    better,
    with_headers,
)

SIGNATURE: Final = b"\x78\x9f\x3e\x22"
"""TNEFSignature, 0x223E9F78, at the start of the file."""
MAX_ATTRIBUTES: Final = 20_000
"""The most attributes that are read."""
MAX_PROPERTIES: Final = 4_000
"""The most properties that are read of one list, and retained of a mail."""
MAX_RECIPIENTS: Final = 500
"""The most recipients that are read."""
OLE_METHOD: Final = 6
"""afOle, the value of PidTagAttachMethod of such an attachment ([MS-OXCMSG] 2.2.2.9)."""
ITEM: Final = bytes.fromhex("0703020000000000c000000000000046")
"""IID_IMessage, before the TNEF of an enclosed item ([MS-OXTNEF] 2.1.3.5.2)."""
UNREADABLE: Final = "It is not TNEF that can be read."
"""The remark on a file without the TNEF signature."""

# The lower 16 bits of attribute identifiers: attSubject, attMessageClass, attBody, attAttachTitle; then attAttachData,
# attAttachRendData (which begins an attachment), attMsgProps, attRecipTable, attAttachment and attOemCodepage.
_SUBJECT, _CLASS, _BODY, _TITLE = 0x8004, 0x8008, 0x800C, 0x8010
_FILE_DATA, _FILE_BEGINS, _PROPERTIES, _RECIPIENTS, _FILE_PROPERTIES, _CODEPAGE = (
    0x800F,
    0x9002,
    0x9003,
    0x9004,
    0x9005,
    0x9007,
)
_FROM: Final = 0x8000
"""attFrom ([MS-OXTNEF] 2.1.3.3.1)."""
_FIXED: Final = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
"""Bytes that a value of fixed length takes by its property type ([MS-OXCDATA] 2.11.1), padded to a multiple of four."""
_VARIABLE: Final = frozenset({0x0D, 0x1E, 0x1F, 0x102})
"""Property types that write a length before the value: objects, 8-bit and UTF-16 strings, binary."""
_MULTIPLE: Final = 0x1000
"""The flag of a property type that has several values."""


class _Cursor:
    """Sequential reader that raises EOFError rather than pass the end."""

    def __init__(self, octets: bytes) -> None:
        self.octets = octets
        self.offset = 0

    def take(self, count: int) -> bytes:
        """Read `count` bytes."""
        if count > len(self.octets) - self.offset:
            raise EOFError
        self.offset += count
        return self.octets[self.offset - count : self.offset]

    def number(self, width: int = 4) -> int:
        """Read an unsigned little-endian integer of `width` bytes."""
        return int.from_bytes(self.take(width), "little")


def read_tnef(untrusted: bytes) -> Mail:
    """Read a TNEF file. Never raises: what cannot be read is left out; without the signature, the mail has only a remark.

    The older attributes and the MAPI properties may both give subject and body: the first in the file counts.
    """
    if not untrusted.startswith(SIGNATURE):
        return Mail(has_headers=False, remarks=(UNREADABLE,))
    item = _ItemInTnef()
    for identity, content in _attributes(untrusted):
        item.add(identity, content)
    return item.mail()


class _ItemInTnef:
    """What the attributes of a file say of the item in it."""

    def __init__(self) -> None:
        self._properties: dict[int, Value] = {}
        self._recipients: list[MapiRecipient] = []
        self._stated = 0
        self._files: list[AttachedFile] = []
        self._remarks: list[str] = []
        self._codepage = "cp1252"

    def add(self, identity: int, content: bytes) -> None:
        """Take in an attribute."""
        properties = self._properties
        if identity == _CODEPAGE:
            self._codepage = codepage_of(int.from_bytes(content[:4], "little"))
        elif identity == _FROM:
            for number, text in _sender_in(content, self._codepage):
                properties.setdefault(number, text)
        elif identity == _CLASS:
            properties[MESSAGE_CLASS] = self._text(content)
        elif identity in {_SUBJECT, _BODY}:
            properties.setdefault(SUBJECT if identity == _SUBJECT else BODY, self._text(content))
        elif identity == _PROPERTIES:
            for number, value in _read_properties(_Cursor(content), self._codepage).items():
                if len(properties) < MAX_PROPERTIES:
                    properties.setdefault(number, value)
        elif identity == _RECIPIENTS:
            self._stated += int.from_bytes(content[:4], "little")
            room = MAX_RECIPIENTS - len(self._recipients)
            self._recipients += _read_recipients(content, self._codepage)[:room]
        else:
            _add_to_files(self._files, identity, content, self._codepage, self._remarks)

    def _text(self, content: bytes) -> str:
        return text_of(content, self._codepage).rstrip("\0")

    def mail(self) -> Mail:
        """Return the item."""
        if len(self._recipients) == MAX_RECIPIENTS < self._stated:
            self._remarks.append(NOT_READ.format(self._stated - MAX_RECIPIENTS))
        if len(self._files) > MAX_FILES:
            self._remarks.append(MANY_FILES)
        taken = self._files[:MAX_FILES]
        filled = [file for file in taken if file.content]
        mail = read_item(self._properties, self._recipients, filled, tuple(dict.fromkeys(self._remarks)))
        empty = [file.name for file in taken if not file.content] if OBJECT not in self._remarks else []
        return replace(mail, details=(*mail.details, (NOT_IN_IT, clean_line("; ".join(empty), 480)))) if empty else mail


def _sender_in(content: bytes, codepage: str) -> Iterator[tuple[int, str]]:
    """Yield the sender's name and address in attFrom: four lengths of two bytes, then the name and ``SMTP:address``, each ended by a zero."""
    length = int.from_bytes(content[4:6], "little")
    name, address = content[8 : 8 + length], content[8 + length :]
    yield SENDER_NAME, text_of(name.partition(b"\0")[0], codepage)
    kind, colon, rest = text_of(address.partition(b"\0")[0], codepage).partition(":")
    if colon and kind.strip().upper() == "SMTP":
        yield SENDER_ADDRESS, rest


def _attributes(untrusted: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the identifier (lower 16 bits) and the data of each attribute, as far as they are whole ([MS-OXTNEF] 2.1)."""
    cursor = _Cursor(untrusted)
    try:
        cursor.take(6)  # the signature, and LegacyKey of two bytes
        for _ in range(MAX_ATTRIBUTES):
            cursor.take(1)  # the level: message or attachment
            # The upper half of the identifier is the data's type, which the lower half determines already.
            identity = cursor.number() & 0xFFFF
            content = cursor.take(cursor.number())
            cursor.take(2)  # a sum of the bytes, not checked: a damaged mail is described as far as it can be
            yield identity, content
    except EOFError:
        return


def _add_to_files(files: list[AttachedFile], identity: int, content: bytes, codepage: str, remarks: list[str]) -> None:
    """Apply an attribute of an attachment: it belongs to the last attachment that was begun."""
    if identity == _FILE_BEGINS:
        # One more than are taken out takes what belongs to those.
        if len(files) <= MAX_FILES:
            files.append(AttachedFile("attachment", b""))
        files[-1] = AttachedFile("attachment", b"") if len(files) > MAX_FILES else files[-1]
    elif not files:
        return
    elif identity == _TITLE:
        files[-1] = replace(files[-1], name=file_name(text_of(content, codepage).rstrip("\0"), "attachment"))
    elif identity == _FILE_DATA:
        files[-1] = replace(files[-1], content=content)
    elif identity == _FILE_PROPERTIES:
        properties = _read_properties(_Cursor(content), codepage)
        data = properties.get(ATTACH_DATA)
        name = file_name(text_in(properties, ATTACH_LONG_FILENAME), files[-1].name)
        held = data if isinstance(data, bytes) else b""
        if held.startswith(ITEM):
            # An enclosed item is TNEF again, after the identity of its interface.
            held = held[len(ITEM) :]
            name = name if name.lower().endswith((".dat", ".tnef")) else file_name(f"{name}.tnef")
            files[-1] = AttachedFile(name, held)
            return
        if held and number_in(properties, ATTACH_METHOD) == OLE_METHOD:
            remarks.append(OBJECT)
            held = b""
        files[-1] = AttachedFile(name, files[-1].content or held)


def _read_recipients(content: bytes, codepage: str) -> list[MapiRecipient]:
    """Read attRecipTable: a count of rows, then a property list for each row."""
    cursor, recipients = _Cursor(content), []
    try:
        for _ in range(min(cursor.number(), MAX_RECIPIENTS)):
            properties = _read_properties(cursor, codepage)
            if not properties:
                break
            recipients.append(MapiRecipient(properties))
    except EOFError:
        pass
    return recipients


def _read_properties(cursor: _Cursor, codepage: str) -> Properties:
    """Read a property list: a count, then type, identifier and values of each property.

    Values of properties with several are skipped: nothing here needs one. The first property of an identifier counts.
    """
    properties: dict[int, Value] = {}
    try:
        for _ in range(min(cursor.number(), MAX_PROPERTIES)):
            kind, number = cursor.number(2), cursor.number(2)
            # Named properties have a GUID and a name before the value.
            if number >= FIRST_NAMED:
                number = _named_in(cursor, number)
            for raw in _values(cursor, kind):
                value = value_of(kind, raw, codepage)
                if value is not None and not kind & _MULTIPLE:
                    properties.setdefault(number, value)
    except EOFError:
        pass
    return properties


def _named_in(cursor: _Cursor, number: int) -> int:
    """Read the name of a named property: a GUID, then a 32-bit identifier (type 0) or a string with its length in bytes.

    Returns the number of the name, for the sets that are read; for others the number as it stands.
    """
    property_set = SETS.get(cursor.take(16))
    if cursor.number() != 0:
        cursor.take(_padded(cursor.number()))
        return number
    identifier = cursor.number()
    return named(property_set, identifier) if property_set is not None and identifier <= 0xFFFF else number


def _values(cursor: _Cursor, kind: int) -> Iterator[bytes]:
    """Yield the bytes of a property's values. An unknown type has an unknown length, so reading ends there (EOFError)."""
    base = kind & ~_MULTIPLE
    # Types of variable length have a count of values even where there is one value only.
    if base in _VARIABLE:
        for _ in range(_bounded(cursor)):
            length = cursor.number()
            yield cursor.take(_padded(length))[:length]
    elif base in _FIXED:
        for _ in range(_bounded(cursor) if kind & _MULTIPLE else 1):
            yield cursor.take(_FIXED[base])
    else:
        raise EOFError


def _bounded(cursor: _Cursor) -> int:
    """Read a count of values; EOFError where the bytes left could not hold so many of four bytes, the least that a value takes."""
    count = cursor.number()
    if count * 4 > len(cursor.octets) - cursor.offset:
        raise EOFError
    return count


def _padded(length: int) -> int:
    """Round a length up to a multiple of four."""
    return length + -length % 4


def within(mail: Mail, untrusted: bytes, receipt: MailReceipt | None) -> Mail:
    """Add to a mail the contents of its ``winmail.dat``: text, files, and a receipt or report where it has none of its own.

    A file that cannot be read adds a remark.
    """
    inside = read_tnef(untrusted)
    if not inside.readable:
        return replace(mail, receipt=receipt, remarks=(*mail.remarks, UNREADABLE))
    return replace(with_headers(inside, mail), receipt=better(receipt, inside.receipt))
