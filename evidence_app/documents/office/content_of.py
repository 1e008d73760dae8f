"""Chooses the reader of a document of words by what the file is, whatever its name says."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from evidence_app.documents.media_types import HEAD_BYTES, METAFILE_TYPES, media_type
from evidence_app.documents.office.archive import archive_content
from evidence_app.documents.office.chat_export import chat_export_content
from evidence_app.documents.office.containers.compound import CompoundFile
from evidence_app.documents.office.containers.zip_parts import BROKEN, ENCRYPTED, ZIP_DAMAGES
from evidence_app.documents.office.content import CannotRead, DocumentContent
from evidence_app.documents.office.conversation import conversation_content
from evidence_app.documents.office.embedded.metafile import metafile_content
from evidence_app.documents.office.embedded.ole_objects import embedded_files, remarks_on
from evidence_app.documents.office.listings import calendar_content, csv_content
from evidence_app.documents.office.old.old_slides import old_slides_content
from evidence_app.documents.office.old.old_word import old_word_content
from evidence_app.documents.office.old.old_workbook import old_workbook_content
from evidence_app.documents.office.open_document import open_document_content
from evidence_app.documents.office.rich_text import rich_text_content
from evidence_app.documents.office.slides import slides_content
from evidence_app.documents.office.web_page import web_page_content
from evidence_app.documents.office.word import word_content
from evidence_app.documents.office.workbook import workbook_content

BINARY_WORKBOOK: Final = (
    "is a binary workbook (.xlsb), which this program does not read: saved as .xlsx it can be shown"
)
ReadContent = Callable[[bytes], DocumentContent]
BY_PART: Final = (
    ("word/", word_content),
    ("xl/", workbook_content),
    ("ppt/", slides_content),
)
"""What an Office Open XML file is, by the folder of its parts."""
BY_ENDING: Final[MappingProxyType[str, ReadContent]] = MappingProxyType(
    {
        ".rtf": rich_text_content,
        ".html": web_page_content,
        ".htm": web_page_content,
        ".ics": calendar_content,
        ".vcf": calendar_content,
        ".csv": csv_content,
        ".tsv": csv_content,
    }
)
"""Readers of files that are text, by the ending of the name."""
BY_HEAD: Final = (
    (b"{\\rtf", rich_text_content),
    (b"BEGIN:VCALENDAR", calendar_content),
    (b"BEGIN:VCARD", calendar_content),
)
BY_STREAM: Final = (
    ("WordDocument", old_word_content),
    ("Workbook", old_workbook_content),
    ("Book", old_workbook_content),
    ("PowerPoint Document", old_slides_content),
)
"""What a compound file is, by the name of its stream."""
OLD_ENDINGS: Final = frozenset({".doc", ".dot", ".xls", ".xlt", ".ppt", ".pps"})
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE_ENDINGS: Final = frozenset(
    {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".docm", ".xlsm", ".pptm", ".dotx"}
)
TEXTS: Final = frozenset(
    {
        "text/plain",
        "text/csv",
        "text/html",
        "text/calendar",
        "text/vcard",
        "application/rtf",
        "application/octet-stream",
    }
)
"""Media types of files that are text, or of a kind that is not known."""


def reads_content(kind: str, name: str, untrusted: bytes) -> bool:
    """Return whether a file is a document of words, from its media type, its name and its bytes."""
    return _reader(kind, name, untrusted) is not None


def content_of(kind: str, name: str, untrusted: bytes) -> DocumentContent | None:
    """Return what a document of words says, or None if a file is none.

    Raises:
        CannotRead: it is one and cannot be read.
    """
    reader = _reader(kind, name, untrusted)
    return reader(untrusted) if reader is not None else None


def _reader(kind: str, name: str, untrusted: bytes) -> ReadContent | None:
    ending = PurePath(name).suffix.lower()
    if untrusted.startswith(b"PK\x03\x04"):
        return _reader_of_zip(untrusted)
    if untrusted.startswith(OLE):
        return _reader_of_compound(untrusted, ending)
    if ending in OFFICE_ENDINGS:
        return _broken
    start = untrusted[:HEAD_BYTES].lstrip(b"\xef\xbb\xbf \r\n\t")
    by_head = next((reader for head, reader in BY_HEAD if start.upper().startswith(head.upper())), None)
    if by_head is not None:
        return by_head
    found = media_type(untrusted[:HEAD_BYTES], name)
    if found in METAFILE_TYPES:
        return metafile_content
    if found not in TEXTS and kind not in TEXTS:
        return None
    if ending in BY_ENDING and ending != ".rtf":
        return BY_ENDING[ending]
    if ending == ".json" and chat_export_content(untrusted) is not None:
        return _chat_export
    if ending in {".txt", ""} and conversation_content(untrusted) is not None:
        return _conversation
    return None


def _reader_of_compound(untrusted: bytes, ending: str) -> ReadContent | None:
    try:
        names = {path[0].casefold() for path in CompoundFile(untrusted).streams if len(path) == 1}
    except (OSError, ValueError, IndexError):
        return _broken if ending in OFFICE_ENDINGS | OLD_ENDINGS else None
    found = next((reader for name, reader in BY_STREAM if name.casefold() in names), None)
    if found is not None:
        return found
    # A document with a password is a compound file whatever its name says ([MS-OFFCRYPTO]).
    return _locked if ending in OFFICE_ENDINGS else None


def _reader_of_zip(untrusted: bytes) -> ReadContent:
    try:
        with zipfile.ZipFile(BytesIO(untrusted)) as opened:
            names = opened.namelist()
            kind = opened.read("mimetype")[:HEAD_BYTES] if "mimetype" in names else b""
    except ZIP_DAMAGES:
        return _broken
    if kind.startswith(b"application/vnd.oasis.opendocument."):
        return open_document_content
    if "[Content_Types].xml" in names:
        if any(name.startswith("xl/") and name.endswith(".bin") and "workbook" in name for name in names):
            return _binary_workbook
        found = next((reader for folder, reader in BY_PART if any(name.startswith(folder) for name in names)), None)
        if found is not None:
            return partial(_with_embedded_files, found)
    # A document that is an archive of something else is shown as the archive that it is.
    return archive_content


def _conversation(untrusted: bytes) -> DocumentContent:
    return conversation_content(untrusted) or DocumentContent(())


def _chat_export(untrusted: bytes) -> DocumentContent:
    return chat_export_content(untrusted) or DocumentContent(())


def _with_embedded_files(reader: ReadContent, untrusted: bytes) -> DocumentContent:
    """Return what a document says, with the files in it behind its pictures, and a remark that names them."""
    content = reader(untrusted)
    files, left = embedded_files(untrusted)
    remarks = remarks_on([name for name, _ in files], left)
    return replace(content, files=(*content.files, *files), remarks=(*content.remarks, *remarks))


def _binary_workbook(_untrusted: bytes) -> DocumentContent:
    raise CannotRead(BINARY_WORKBOOK)


def _locked(_untrusted: bytes) -> DocumentContent:
    raise CannotRead(ENCRYPTED)


def _broken(_untrusted: bytes) -> DocumentContent:
    raise CannotRead(BROKEN)
