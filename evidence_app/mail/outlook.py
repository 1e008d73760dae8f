"""Outlook's .msg files ([MS-OXMSG]): a compound file with a stream for each property."""

import io
from collections.abc import Iterator
from typing import Any, Final

from evidence_app.mail.internet import read_internet_mail
from evidence_app.mail.mapi import (
    ATTACH_DATA,
    ATTACH_FILENAME,
    ATTACH_LONG_FILENAME,
    DISPLAY_NAME,
    INTERNET_CODEPAGE,
    MESSAGE_CODEPAGE,
    TRANSPORT_HEADERS,
    Properties,
    Recipient,
    Value,
    codepage_of,
    read_item,
    text_in,
    value_of,
)
from evidence_app.mail.text import clean_line
from evidence_app.mail.values import AttachedFile, Mail, with_headers

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STREAM_LIMIT: Final = 64 * 1024 * 1024
MOST_STREAMS: Final = 20_000
MOST_STORAGES: Final = 500
MOST_PROPERTIES: Final = 4_000
UNREADABLE: Final = "It is a compound file, but not an Outlook item that can be read."

_ROOT_HEADER: Final = 32
_PART_HEADER: Final = 8
_PROPERTIES: Final = "__properties_version1.0"


def read_outlook_item(untrusted: bytes) -> Mail:
    """Read a .msg file. Nothing raises; what cannot be read is left out."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(untrusted), raise_defects=olefile.DEFECT_FATAL) as compound:
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

    def __init__(self, compound: Any) -> None:
        self._compound = compound
        self._entries: list[list[str]] = compound.listdir(streams=True, storages=False)[:MOST_STREAMS]
        self._room = 2 * STREAM_LIMIT

    def read(self) -> Mail:
        root = self._properties("", _ROOT_HEADER)
        recipients = [
            Recipient(self._properties(name, _PART_HEADER)) for name in self._storages("__recip_version1.0_#")
        ]
        files = [file for name in self._storages("__attach_version1.0_#") for file in self._file(name)]
        mail = read_item(root, recipients, files)
        headers = text_in(root, TRANSPORT_HEADERS)
        return with_headers(mail, read_internet_mail(headers.encode("utf-8", "replace"))) if headers else mail

    def _storages(self, prefix: str) -> list[str]:
        found = dict.fromkeys(path[0] for path in self._entries if len(path) > 1 and path[0].lower().startswith(prefix))
        return list(found)[:MOST_STORAGES]

    def _bytes(self, path: list[str]) -> bytes:
        size = int(self._compound.get_size(path))
        if size > min(STREAM_LIMIT, self._room):
            return b""
        self._room -= size
        with self._compound.openstream(path) as stream:
            return bytes(stream.read())

    def _streams(self, storage: str) -> Iterator[tuple[str, list[str]]]:
        depth = 2 if storage else 1
        for path in self._entries:
            if len(path) == depth and (not storage or path[0] == storage):
                yield path[-1].lower(), path

    def _properties(self, storage: str, header: int) -> Properties:
        streams = dict(self._streams(storage))
        table = self._bytes(streams[_PROPERTIES]) if _PROPERTIES in streams else b""
        found: dict[int, Value] = {}
        rows = [table[place : place + 16] for place in range(header, len(table) - 15, 16)][:MOST_PROPERTIES]
        fixed = {int.from_bytes(row[2:4], "little"): row for row in rows}
        codepage = codepage_of(_number(fixed.get(MESSAGE_CODEPAGE)) or _number(fixed.get(INTERNET_CODEPAGE)))
        for row in rows:
            kind, number = int.from_bytes(row[:2], "little"), int.from_bytes(row[2:4], "little")
            value = value_of(kind, row[8:16], codepage) if kind in {0x03, 0x0B, 0x40} else None
            if value is not None:
                found.setdefault(number, value)
        for name, path in streams.items():
            if name.startswith("__substg1.0_") and len(name) == 20 and name[16:] in {"001f", "001e", "0102"}:
                number, kind = int(name[12:16], 16), int(name[16:], 16)
                value = value_of(kind, self._bytes(path), codepage)
                if value is not None:
                    found.setdefault(number, value)
        return found

    def _file(self, storage: str) -> Iterator[AttachedFile]:
        properties = self._properties(storage, _PART_HEADER)
        content = properties.get(ATTACH_DATA)
        name = clean_line(text_in(properties, ATTACH_LONG_FILENAME, ATTACH_FILENAME, DISPLAY_NAME), 200)
        if isinstance(content, bytes) and content:
            yield AttachedFile(name or "attachment", content)


def _number(row: bytes | None) -> int | None:
    return int.from_bytes(row[8:12], "little") if row else None
