"""Reader for Outlook's .msg files ([MS-OXMSG]; docs/spec/mail.md, section 1).

A .msg file is a compound file. The mail, each recipient and each attachment is a storage with one property stream
(values of fixed length) and one stream for each value of variable length.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from evidence_app.mail.internet import MAX_FILES, read_headers
from evidence_app.mail.mapi import (
    ATTACH_DATA,
    ATTACH_FILENAME,
    ATTACH_LONG_FILENAME,
    DISPLAY_NAME,
    INTERNET_CODEPAGE,
    MESSAGE_CLASS,
    MESSAGE_CODEPAGE,
    TRANSPORT_HEADERS,
    MapiRecipient,
    Properties,
    Value,
    codepage_of,
    read_item,
    text_in,
    value_of,
)
from evidence_app.mail.text import file_name
from evidence_app.mail.values import AttachedFile, Mail, with_headers

if TYPE_CHECKING:
    from evidence_app.documents.office.old.compound import CompoundFile

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The signature of a compound file ([MS-CFB] 2.2)."""
MAX_STREAM_BYTES: Final = 64 * 1024 * 1024
"""The largest stream that is read; all streams together may have twice as much."""
MAX_STORAGES: Final = 500
"""The most recipients that are read."""
MAX_PROPERTIES: Final = 4_000
"""The most rows of a property stream that are read."""
ENCLOSED: Final = "It encloses another Outlook item, which is not taken out; the original holds it."
"""The remark on an item with an embedded message."""
UNREADABLE: Final = "It is a compound file, but not an Outlook item that can be read."
"""The remark on a compound file that cannot be read."""

# Bytes before the rows of a property stream ([MS-OXMSG] 2.4.1): at the top level, and of a recipient or attachment.
_ROOT_HEADER: Final = 32
_PART_HEADER: Final = 8
_FILE: Final = "__attach_version1.0_#"
_PROPERTIES: Final = "__properties_version1.0"
# A stream's name has the property tag in hexadecimal: the identifier, then the type (UTF-16 string, 8-bit string, binary).
_SUBSTREAM: Final = re.compile(r"__substg1\.0_([0-9a-f]{4})(001f|001e|0102)")


def read_outlook_item(untrusted: bytes) -> Mail:
    """Read a .msg file. Never raises: what cannot be read is left out, and an unreadable file gives a mail with only a remark."""
    from evidence_app.documents.office.old.compound import CompoundFile

    try:
        with CompoundFile(untrusted) as compound:
            return _Item(compound).read()
    except (
        OSError,
        ValueError,
        IndexError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        MemoryError,
        OverflowError,
    ):
        return Mail(has_headers=False, remarks=(UNREADABLE,))


class _Item:
    """The item in an opened compound file, read within bounds.

    `_inside` has the streams of each storage by lower-case name; the storage "" is the top level.
    """

    def __init__(self, compound: "CompoundFile") -> None:
        self._compound = compound
        self._bytes_left = 2 * MAX_STREAM_BYTES
        self._inside: dict[str, dict[str, tuple[str, ...]]] = {}
        # An embedded message is a storage within the attachment's storage ([MS-OXMSG] 2.2.2.1), so its paths are longer.
        self._encloses = any(len(path) > 2 and path[0].lower().startswith(_FILE) for path in compound.streams)
        for path in compound.streams:
            storage = path[0] if len(path) == 2 else ""
            if len(path) <= 2:
                self._inside.setdefault(storage, {}).setdefault(path[-1].lower(), path)

    def read(self) -> Mail:
        """Build the `Mail` of the whole item."""
        root = self._properties("", _ROOT_HEADER)
        recipients = [
            MapiRecipient(self._properties(name, _PART_HEADER))
            for name in self._storages("__recip_version1.0_#", MAX_STORAGES)
        ]
        files = [file for name in self._storages(_FILE, MAX_FILES) for file in self._file(name)]
        mail = read_item(root, recipients, files)
        if self._encloses:
            mail = replace(mail, remarks=(*mail.remarks, ENCLOSED))
        # PidTagTransportMessageHeaders are the headers as received: for who and when they outrank the item's properties.
        headers = text_in(root, TRANSPORT_HEADERS)
        return with_headers(mail, read_headers(headers.encode("utf-8", "replace"))) if headers else mail

    def _storages(self, prefix: str, most: int) -> list[str]:
        return [name for name in self._inside if name.lower().startswith(prefix)][:most]

    def _bytes(self, path: tuple[str, ...]) -> bytes:
        """Return a stream's bytes; none where it exceeds the limit for one stream or what is left for the file."""
        size = int(self._compound.streams[path].size)
        if size > min(MAX_STREAM_BYTES, self._bytes_left):
            return b""
        self._bytes_left -= size
        return self._compound.read(path)

    def _properties(self, storage: str, header_size: int) -> Properties:
        """Read the properties of a storage by identifier; the first of two with one identifier counts."""
        streams = self._inside.get(storage, {})
        table = self._bytes(streams[_PROPERTIES]) if _PROPERTIES in streams else b""
        properties: dict[int, Value] = {}
        # A row is type (2 bytes), identifier (2), flags (4) and value (8), little-endian ([MS-OXMSG] 2.4.2).
        rows = [table[offset : offset + 16] for offset in range(header_size, len(table) - 15, 16)][:MAX_PROPERTIES]
        row_by_number = {int.from_bytes(row[2:4], "little"): row for row in rows}
        codepage = codepage_of(
            _number(row_by_number.get(MESSAGE_CODEPAGE)) or _number(row_by_number.get(INTERNET_CODEPAGE))
        )
        # Integers, booleans and times are in the row itself; strings and binary values are in streams.
        for row in rows:
            kind, number = int.from_bytes(row[:2], "little"), int.from_bytes(row[2:4], "little")
            value = value_of(kind, row[8:16], codepage) if kind in {0x03, 0x0B, 0x40} else None
            if value is not None:
                properties.setdefault(number, value)
        for name, path in streams.items():
            match = _SUBSTREAM.fullmatch(name)
            if match:
                number, kind = int(match[1], 16), int(match[2], 16)
                value = value_of(kind, self._bytes(path), codepage)
                if value is not None and properties.setdefault(number, value) != value and number == MESSAGE_CLASS:
                    # Two message classes that contradict each other (one 8-bit, one UTF-16): neither decides the kind of mail.
                    properties[number] = ""
        return properties

    def _file(self, storage: str) -> Iterator[AttachedFile]:
        """Yield the attached file of a storage, unless it has no bytes of its own (such as an embedded message)."""
        properties = self._properties(storage, _PART_HEADER)
        content = properties.get(ATTACH_DATA)
        name = file_name(text_in(properties, ATTACH_LONG_FILENAME, ATTACH_FILENAME, DISPLAY_NAME), "attachment")
        if isinstance(content, bytes) and content:
            yield AttachedFile(name, content)


def _number(row: bytes | None) -> int | None:
    """Return the 32-bit value in a row of a property stream."""
    return int.from_bytes(row[8:12], "little") if row else None
