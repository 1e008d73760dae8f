"""Reader for Outlook's .msg files ([MS-OXMSG]; docs/spec/mail.md, section 1).

A .msg file is a compound file. The mail, each recipient and each attachment is a storage with one property stream
(values of fixed length) and one stream for each value of variable length.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from evidence_app.mail.dates import DATE_REMARKS
from evidence_app.mail.machines import is_report
from evidence_app.mail.mail_headers import read_headers
from evidence_app.mail.mime import headers_of
from evidence_app.mail.outlook.item import read_item
from evidence_app.mail.outlook.message_parts import ITEM_IDENTITY, NOT_IN_IT, OBJECT
from evidence_app.mail.outlook.named_properties import names_in
from evidence_app.mail.outlook.people import MapiRecipient
from evidence_app.mail.outlook.properties import (
    ATTACH_DATA,
    ATTACH_FILENAME,
    ATTACH_LONG_FILENAME,
    DISPLAY_NAME,
    FIRST_NAMED,
    INTERNET_CODEPAGE,
    MESSAGE_CLASS,
    MESSAGE_CODEPAGE,
    MESSAGE_LOCALE,
    SUBJECT,
    TRANSPORT_HEADERS,
    Properties,
    Value,
    codepage_of,
    codepage_of_locale,
    text_in,
    value_of,
)
from evidence_app.mail.outlook.reports import class_of, report_in_files
from evidence_app.mail.text import clean_line, file_name
from evidence_app.mail.values import MANY_FILES, MAX_FILES, NOT_READ, AttachedFile, Mail, with_headers, with_receipt

if TYPE_CHECKING:
    from evidence_app.documents.office.containers.compound import CompoundFile
    from evidence_app.documents.office.containers.compound_writer import Tree

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The signature of a compound file ([MS-CFB] 2.2)."""
MAX_STREAM_BYTES: Final = 64 * 1024 * 1024
"""The largest stream that is read; all streams together may have twice as much."""
MAX_RECIPIENTS: Final = 500
"""The most recipients that are read."""
MAX_PROPERTIES: Final = 4_000
"""The most rows of a property stream that are read."""
TOO_LARGE: Final = "A part of it is larger than is read; the original holds it."
NOT_TAKEN: Final = "It encloses another Outlook item that could not be taken out; the original holds it."
UNREADABLE: Final = "It is a compound file, but not an Outlook item that can be read."
"""The remark on a compound file that cannot be read."""
SIGNED_CLASS: Final = "ipm.note.smime"
"""The class of items that stand for an S/MIME message ([MS-OXOSMIME] 2.1.3)."""

# Bytes before the rows of a property stream ([MS-OXMSG] 2.4.1): at the top level, of an enclosed item, and of a
# recipient or attachment.
_ROOT_HEADER: Final = 32
_ENCLOSED_HEADER: Final = 24
_PART_HEADER: Final = 8
_FILE: Final = "__attach_version1.0_#"
_RECIPIENT: Final = "__recip_version1.0_#"
_PROPERTIES: Final = "__properties_version1.0"
_NAMES: Final = "__nameid_version1.0"
_ENCLOSED: Final = "__substg1.0_3701000d"
# A stream's name has the property tag in hexadecimal: the identifier, then the type (UTF-16 string, 8-bit string, binary).
_SUBSTREAM: Final = re.compile(r"__substg1\.0_([0-9a-f]{4})(001f|001e|0102)")


def read_outlook_item(untrusted: bytes) -> Mail:
    """Read a .msg file. Never raises: what cannot be read is left out, and an unreadable file gives a mail with only a remark."""
    from evidence_app.documents.office.containers.compound import CompoundFile

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
        self._remarks: list[str] = []
        self._not_in_it: list[str] = []
        self._codepage = ""
        self._inside: dict[str, dict[str, tuple[str, ...]]] = {}
        # An embedded message is a storage within the attachment's storage ([MS-OXMSG] 2.2.2.1), so its paths are longer.
        self._enclosed = {path[0] for path in compound.streams if len(path) > 2 and path[0].lower().startswith(_FILE)}
        for path in compound.streams:
            storage = path[0] if len(path) == 2 else ""
            if len(path) <= 2:
                self._inside.setdefault(storage, {}).setdefault(path[-1].lower(), path)
        self._named = names_in(self._raw(_NAMES))

    def read(self) -> Mail:
        """Build the `Mail` of the whole item."""
        root = self._properties("", _ROOT_HEADER)
        recipients = [
            MapiRecipient(self._properties(name, _PART_HEADER)) for name in self._storages(_RECIPIENT, MAX_RECIPIENTS)
        ]
        stated = sum(name.lower().startswith(_RECIPIENT) for name in self._compound.storages())
        if stated > len(recipients):
            self._remarks.append(NOT_READ.format(stated - len(recipients)))
        files = [file for name in self._storages(_FILE, MAX_FILES) for file in self._file(name)]
        if sum(name.lower().startswith(_FILE) for name in self._compound.storages()) > MAX_FILES:
            self._remarks.append(MANY_FILES)
        mail = read_item(root, recipients, files, tuple(dict.fromkeys(self._remarks)))
        if self._not_in_it:
            mail = replace(mail, details=(*mail.details, (NOT_IN_IT, clean_line("; ".join(self._not_in_it), 480))))
        if class_of(root).startswith(SIGNED_CLASS) and len(files) == 1:
            mail = replace(mail, signed_as=files[0].content)
        # PidTagTransportMessageHeaders are the headers as received: for who and when they outrank the item's properties.
        text = text_in(root, TRANSPORT_HEADERS)
        if not text:
            return mail
        raw_headers = _without_title(text).encode("utf-8", "replace")
        headers = read_headers(raw_headers)
        if mail.receipt is None and is_report(headers_of(raw_headers)):
            mail = with_receipt(mail, report_in_files(files))
        if mail.sent_at is not None:
            # The properties say exactly what the headers say badly.
            headers = replace(
                headers, sent_about=None, remarks=tuple(each for each in headers.remarks if each not in DATE_REMARKS)
            )
        return with_headers(mail, headers)

    def _storages(self, prefix: str, most: int) -> list[str]:
        return [name for name in self._inside if name.lower().startswith(prefix)][:most]

    def _raw(self, storage: str) -> dict[str, bytes]:
        """Return the streams of a storage as they are, by lower-case name."""
        return {name: self._bytes(path) for name, path in self._inside.get(storage, {}).items()}

    def _bytes(self, path: tuple[str, ...]) -> bytes:
        """Return a stream's bytes; none where it exceeds the limit for one stream or what is left for the file."""
        size = int(self._compound.streams[path].size)
        if size > min(MAX_STREAM_BYTES, self._bytes_left):
            self._remarks.append(TOO_LARGE)
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
        codepage = self._codepage_in(row_by_number)
        # Integers, booleans and times are in the row itself; strings and binary values are in streams.
        for row in rows:
            kind, number = int.from_bytes(row[:2], "little"), int.from_bytes(row[2:4], "little")
            value = value_of(kind, row[8:16], codepage) if kind in {0x03, 0x0B, 0x40} else None
            if value is not None:
                properties.setdefault(self._as_named(number), value)
        for name, path in streams.items():
            match = _SUBSTREAM.fullmatch(name)
            if match:
                number, kind = self._as_named(int(match[1], 16)), int(match[2], 16)
                value = value_of(kind, self._bytes(path), codepage)
                if value is not None and properties.setdefault(number, value) != value and number == MESSAGE_CLASS:
                    # Two message classes that contradict each other (one 8-bit, one UTF-16): neither decides the kind of mail.
                    properties[number] = ""
        return properties

    def _codepage_in(self, rows: Mapping[int, bytes]) -> str:
        """Return the code page of a storage's 8-bit strings: recipients and files have that of the item."""
        stated = _number(rows.get(MESSAGE_CODEPAGE)) or codepage_of_locale(_number(rows.get(MESSAGE_LOCALE)))
        stated = stated or _number(rows.get(INTERNET_CODEPAGE))
        if not stated and self._codepage:
            return self._codepage
        self._codepage = self._codepage or codepage_of(stated)
        return codepage_of(stated)

    def _as_named(self, number: int) -> int:
        """Return the number of a property, of a named one that of its name."""
        return self._named.get(number, number) if number >= FIRST_NAMED else number

    def _file(self, storage: str) -> Iterator[AttachedFile]:
        """Yield the attached file of a storage: its bytes, or the enclosed item as a file of its own."""
        properties = self._properties(storage, _PART_HEADER)
        content = properties.get(ATTACH_DATA)
        name = file_name(text_in(properties, ATTACH_LONG_FILENAME, ATTACH_FILENAME, DISPLAY_NAME), "attachment")
        if isinstance(content, bytes) and content:
            yield AttachedFile(name, content)
        elif storage in self._enclosed:
            item = self._enclosed_item(storage)
            if item is not None:
                yield item
        else:
            # Empty, or kept elsewhere, such as a link to a cloud ([MS-OXCMSG] 2.2.2.9): its name is all that is here.
            self._not_in_it.append(name)

    def _enclosed_item(self, storage: str) -> AttachedFile | None:
        from evidence_app.documents.office.containers.compound_writer import compound_file

        tree: dict[str, bytes | Tree] = {}
        title = ""
        for path in self._compound.streams:
            if path[0] != storage or len(path) < 3 or path[1].lower() != _ENCLOSED:
                continue
            content = self._bytes(path)
            if len(path) == 3 and path[2].lower() == _PROPERTIES:
                # At the top level eight more bytes are reserved ([MS-OXMSG] 2.4.1.1).
                content = (
                    content[:_ENCLOSED_HEADER] + bytes(_ROOT_HEADER - _ENCLOSED_HEADER) + content[_ENCLOSED_HEADER:]
                )
            if len(path) == 3 and path[2].lower() == f"__substg1.0_{SUBJECT:04x}001f":
                title = content.decode("utf-16-le", "replace")
            _put(tree, path[2:], content)
        if not any(name.lower() == _PROPERTIES for name in tree):
            self._remarks.append(OBJECT)
            return None
        tree[_NAMES] = {path[1]: content for path, content in self._named_streams()}
        named = file_name(text_in(self._properties(storage, _PART_HEADER), DISPLAY_NAME) or title, "item")
        try:
            return AttachedFile(
                named if named.lower().endswith(".msg") else file_name(f"{named}.msg"),
                compound_file(tree, ITEM_IDENTITY),
            )
        except ValueError:
            self._remarks.append(NOT_TAKEN)
            return None

    def _named_streams(self) -> Iterator[tuple[tuple[str, ...], bytes]]:
        for path in self._inside.get(_NAMES, {}).values():
            yield path, self._bytes(path)


def _put(tree: "dict[str, bytes | Tree]", path: tuple[str, ...], content: bytes) -> None:
    """Put a stream into a tree of storages."""
    here: dict[str, bytes | Tree] = tree
    for name in path[:-1]:
        inner = here.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        here = inner
    here.setdefault(path[-1], content)


def _without_title(headers: str) -> str:
    """Return headers without a first line that is none, such as “Microsoft Mail Internet Headers Version 2.0”."""
    first, _, rest = headers.lstrip("\r\n").partition("\n")
    return rest if ":" not in first else headers


def _number(row: bytes | None) -> int | None:
    """Return the 32-bit value in a row of a property stream."""
    return int.from_bytes(row[8:12], "little") if row else None
