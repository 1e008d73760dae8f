"""Outlook's .msg files ([MS-OXMSG]): a compound file with a stream for each property."""

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
    from evidence_app.mail.compound import CompoundFile

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_STREAM_BYTES: Final = 64 * 1024 * 1024
MAX_STORAGES: Final = 500
MAX_PROPERTIES: Final = 4_000
ENCLOSED: Final = "It encloses another Outlook item, which is not taken out; the original holds it."
UNREADABLE: Final = "It is a compound file, but not an Outlook item that can be read."

_ROOT_HEADER: Final = 32
_PART_HEADER: Final = 8
_FILE: Final = "__attach_version1.0_#"
_PROPERTIES: Final = "__properties_version1.0"
_SUBSTREAM: Final = re.compile(r"__substg1\.0_([0-9a-f]{4})(001f|001e|0102)")


def read_outlook_item(untrusted: bytes) -> Mail:
    """Read a .msg file. Nothing raises; what cannot be read is left out."""
    from evidence_app.mail.compound import CompoundFile

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
    """One reading of an opened compound file."""

    def __init__(self, compound: "CompoundFile") -> None:
        self._compound = compound
        self._room = 2 * MAX_STREAM_BYTES
        self._inside: dict[str, dict[str, tuple[str, ...]]] = {}
        self._encloses = any(len(path) > 2 and path[0].lower().startswith(_FILE) for path in compound.streams)
        for path in compound.streams:
            storage = path[0] if len(path) == 2 else ""
            if len(path) <= 2:
                self._inside.setdefault(storage, {}).setdefault(path[-1].lower(), path)

    def read(self) -> Mail:
        root = self._properties("", _ROOT_HEADER)
        recipients = [
            MapiRecipient(self._properties(name, _PART_HEADER))
            for name in self._storages("__recip_version1.0_#", MAX_STORAGES)
        ]
        files = [file for name in self._storages(_FILE, MAX_FILES) for file in self._file(name)]
        mail = read_item(root, recipients, files)
        if self._encloses:
            mail = replace(mail, remarks=(*mail.remarks, ENCLOSED))
        headers = text_in(root, TRANSPORT_HEADERS)
        return with_headers(mail, read_headers(headers.encode("utf-8", "replace"))) if headers else mail

    def _storages(self, prefix: str, most: int) -> list[str]:
        return [name for name in self._inside if name.lower().startswith(prefix)][:most]

    def _bytes(self, path: tuple[str, ...]) -> bytes:
        size = int(self._compound.streams[path].size)
        if size > min(MAX_STREAM_BYTES, self._room):
            return b""
        self._room -= size
        return self._compound.read(path)

    def _properties(self, storage: str, header: int) -> Properties:
        streams = self._inside.get(storage, {})
        table = self._bytes(streams[_PROPERTIES]) if _PROPERTIES in streams else b""
        found: dict[int, Value] = {}
        rows = [table[place : place + 16] for place in range(header, len(table) - 15, 16)][:MAX_PROPERTIES]
        fixed = {int.from_bytes(row[2:4], "little"): row for row in rows}
        codepage = codepage_of(_number(fixed.get(MESSAGE_CODEPAGE)) or _number(fixed.get(INTERNET_CODEPAGE)))
        for row in rows:
            kind, number = int.from_bytes(row[:2], "little"), int.from_bytes(row[2:4], "little")
            value = value_of(kind, row[8:16], codepage) if kind in {0x03, 0x0B, 0x40} else None
            if value is not None:
                found.setdefault(number, value)
        for name, path in streams.items():
            match = _SUBSTREAM.fullmatch(name)
            if match:
                number, kind = int(match[1], 16), int(match[2], 16)
                value = value_of(kind, self._bytes(path), codepage)
                if value is not None and found.setdefault(number, value) != value and number == MESSAGE_CLASS:
                    # Two classes that differ are none.
                    found[number] = ""
        return found

    def _file(self, storage: str) -> Iterator[AttachedFile]:
        properties = self._properties(storage, _PART_HEADER)
        content = properties.get(ATTACH_DATA)
        name = file_name(text_in(properties, ATTACH_LONG_FILENAME, ATTACH_FILENAME, DISPLAY_NAME), "attachment")
        if isinstance(content, bytes) and content:
            yield AttachedFile(name, content)


def _number(row: bytes | None) -> int | None:
    return int.from_bytes(row[8:12], "little") if row else None
