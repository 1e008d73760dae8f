"""TNEF, the ``winmail.dat`` that Outlook wraps a mail in ([MS-OXTNEF]). Every count is held against the bytes there are."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from evidence_app.mail.headers import text_of
from evidence_app.mail.mapi import (
    ATTACH_DATA,
    ATTACH_LONG_FILENAME,
    BODY,
    MESSAGE_CLASS,
    SUBJECT,
    MapiRecipient,
    Properties,
    Value,
    codepage_of,
    read_item,
    text_in,
    value_of,
)
from evidence_app.mail.text import file_name
from evidence_app.mail.values import AttachedFile, Mail, MailReceipt, better, with_headers

SIGNATURE: Final = b"\x78\x9f\x3e\x22"
MAX_ATTRIBUTES: Final = 20_000
MAX_PROPERTIES: Final = 4_000
MAX_RECIPIENTS: Final = 500
MAX_FILES: Final = 200
UNREADABLE: Final = "It is not TNEF that can be read."

_SUBJECT, _CLASS, _BODY, _TITLE = 0x8004, 0x8008, 0x800C, 0x8010
_FILE_DATA, _FILE_BEGINS, _PROPERTIES, _RECIPIENTS, _FILE_PROPERTIES, _CODEPAGE = (
    0x800F,
    0x9002,
    0x9003,
    0x9004,
    0x9005,
    0x9007,
)
_FIXED: Final = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE: Final = frozenset({0x0D, 0x1E, 0x1F, 0x102})
_MANY: Final = 0x1000


class _Cursor:
    """A place in some bytes that never passes their end."""

    def __init__(self, octets: bytes) -> None:
        self.octets = octets
        self.place = 0

    def take(self, count: int) -> bytes:
        if count > len(self.octets) - self.place:
            raise EOFError
        self.place += count
        return self.octets[self.place - count : self.place]

    def number(self, width: int = 4) -> int:
        return int.from_bytes(self.take(width), "little")


def read_tnef(untrusted: bytes) -> Mail:
    """Read a TNEF file. Nothing raises; what cannot be read is left out."""
    if not untrusted.startswith(SIGNATURE):
        return Mail(has_headers=False, remarks=(UNREADABLE,))
    properties: dict[int, Value] = {}
    recipients: list[MapiRecipient] = []
    files: list[AttachedFile] = []
    codepage = "cp1252"
    for identity, content in _attributes(untrusted):
        if identity == _CODEPAGE:
            codepage = codepage_of(int.from_bytes(content[:4], "little"))
        elif identity == _CLASS:
            properties[MESSAGE_CLASS] = text_of(content, codepage).rstrip("\0")
        elif identity == _SUBJECT:
            properties.setdefault(SUBJECT, text_of(content, codepage).rstrip("\0"))
        elif identity == _BODY:
            properties.setdefault(BODY, text_of(content, codepage).rstrip("\0"))
        elif identity == _PROPERTIES:
            for number, value in _read_properties(_Cursor(content), codepage).items():
                if len(properties) < MAX_PROPERTIES:
                    properties.setdefault(number, value)
        elif identity == _RECIPIENTS:
            recipients += _read_recipients(content, codepage)[: MAX_RECIPIENTS - len(recipients)]
        else:
            _add_to_files(files, identity, content, codepage)
    return read_item(properties, recipients, [file for file in files if file.content])


def _attributes(untrusted: bytes) -> Iterator[tuple[int, bytes]]:
    cursor = _Cursor(untrusted)
    try:
        cursor.take(6)
        for _ in range(MAX_ATTRIBUTES):
            cursor.take(1)
            identity = cursor.number() & 0xFFFF
            content = cursor.take(cursor.number())
            cursor.take(2)
            yield identity, content
    except EOFError:
        return


def _add_to_files(files: list[AttachedFile], identity: int, content: bytes, codepage: str) -> None:
    if identity == _FILE_BEGINS and len(files) < MAX_FILES:
        files.append(AttachedFile("attachment", b""))
    elif not files:
        return
    elif identity == _TITLE:
        files[-1] = replace(files[-1], name=file_name(text_of(content, codepage).rstrip("\0"), "attachment"))
    elif identity == _FILE_DATA:
        files[-1] = replace(files[-1], content=content)
    elif identity == _FILE_PROPERTIES:
        properties = _read_properties(_Cursor(content), codepage)
        data = properties.get(ATTACH_DATA)
        files[-1] = AttachedFile(
            file_name(text_in(properties, ATTACH_LONG_FILENAME), files[-1].name),
            files[-1].content or (data if isinstance(data, bytes) else b""),
        )


def _read_recipients(content: bytes, codepage: str) -> list[MapiRecipient]:
    cursor, found = _Cursor(content), []
    try:
        for _ in range(min(cursor.number(), MAX_RECIPIENTS)):
            properties = _read_properties(cursor, codepage)
            if not properties:
                break
            found.append(MapiRecipient(properties))
    except EOFError:
        pass
    return found


def _read_properties(cursor: _Cursor, codepage: str) -> Properties:
    found: dict[int, Value] = {}
    try:
        for _ in range(min(cursor.number(), MAX_PROPERTIES)):
            kind, number = cursor.number(2), cursor.number(2)
            if number >= 0x8000:
                _skip_name(cursor)
            for raw in _values(cursor, kind):
                value = value_of(kind, raw, codepage)
                if value is not None and not kind & _MANY:
                    found.setdefault(number, value)
    except EOFError:
        pass
    return found


def _skip_name(cursor: _Cursor) -> None:
    cursor.take(16)
    if cursor.number() == 0:
        cursor.take(4)
    else:
        cursor.take(_padded(cursor.number()))


def _values(cursor: _Cursor, kind: int) -> Iterator[bytes]:
    base = kind & ~_MANY
    if base in _VARIABLE:
        for _ in range(_bounded(cursor)):
            length = cursor.number()
            yield cursor.take(_padded(length))[:length]
    elif base in _FIXED:
        for _ in range(_bounded(cursor) if kind & _MANY else 1):
            yield cursor.take(_FIXED[base])
    else:
        raise EOFError


def _bounded(cursor: _Cursor) -> int:
    """Return a count that the bytes left could hold: each value takes at least four."""
    count = cursor.number()
    if count * 4 > len(cursor.octets) - cursor.place:
        raise EOFError
    return count


def _padded(length: int) -> int:
    return length + -length % 4


def within(mail: Mail, untrusted: bytes, receipt: MailReceipt | None) -> Mail:
    """Return a mail with what its ``winmail.dat`` adds: the words and files inside, and a report where it has none of its own."""
    inside = read_tnef(untrusted)
    if not inside.readable:
        return replace(mail, receipt=receipt, remarks=(*mail.remarks, UNREADABLE))
    return replace(with_headers(inside, mail), receipt=better(receipt, inside.receipt))
