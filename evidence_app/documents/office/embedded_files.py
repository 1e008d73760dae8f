"""Files that stand in an Office document as icons or objects: mails, PDFs, other documents (ISO/IEC 29500-1, 15.2.11 and 15.2.12)."""

import struct
from pathlib import PurePosixPath
from typing import Final

from evidence_app.documents.office.content import CannotRead
from evidence_app.documents.office.old.compound import CompoundFile
from evidence_app.documents.office.zip_parts import ZipParts
from evidence_app.files import file_name

FOLDERS: Final = ("word/embeddings/", "xl/embeddings/", "ppt/embeddings/")
CHUNKS: Final = (".htm", ".html", ".mht", ".mhtml", ".rtf", ".txt", ".docx")
"""Endings of text that another program put into a Word document whole (altChunk: ISO/IEC 29500-1, 17.17.2.1)."""
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_NAME: Final = 200  # characters
MAX_FILES: Final = 200
MAX_BYTES: Final = 128 * 1024 * 1024
"""Files that are taken out of one document, and bytes of all of them."""
PACKAGED: Final = "\x01Ole10Native"
"""The stream of a file that was inserted as it is ([MS-OLEDS], 2.3.6, and what packager writes in it)."""
CONTENTS: Final = ("CONTENTS", "Package", "PackageContents")
"""Streams that hold a file of another program whole: of a PDF, or of an Office Open XML document."""
ENDINGS: Final = (
    ("__properties_version1.0", ".msg"),
    ("WordDocument", ".doc"),
    ("Workbook", ".xls"),
    ("Book", ".xls"),
    ("PowerPoint Document", ".ppt"),
)
"""Streams by which a compound file is a document or a mail itself, and the ending of its name."""
DAMAGES: Final = (CannotRead, OSError, ValueError, IndexError, KeyError, struct.error, UnicodeError)

NamedFile = tuple[str, bytes]


def embedded_files(untrusted: bytes) -> tuple[list[NamedFile], list[str]]:
    """Return the files in an Office Open XML document by name, and the names of objects that could not be taken out of it.

    Raises:
        CannotRead: the document is damaged or too large.
    """
    parts = ZipParts(untrusted)
    files: list[NamedFile] = []
    left: list[str] = []
    size = 0
    for name in parts.names:
        is_chunk = name.startswith("word/") and name.lower().endswith(CHUNKS)
        if not name.startswith(FOLDERS) and not is_chunk:
            continue
        base = PurePosixPath(name).name
        try:
            content = parts.read(name)
        except CannotRead:
            left.append(base)
            continue
        found = _taken_out(base, content) if content.startswith(OLE) else (base, content)
        if found is None or len(files) >= MAX_FILES or size + len(found[1]) > MAX_BYTES:
            left.append(base)
        else:
            files.append(found)
            size += len(found[1])
    return files, left


def _taken_out(name: str, untrusted: bytes) -> NamedFile | None:
    """Return the file that a compound file holds, or is; None where it is neither."""
    try:
        compound = CompoundFile(untrusted)
        streams = {path[0].casefold() for path in compound.streams if len(path) == 1}
        if PACKAGED.casefold() in streams:
            return _packaged(compound.named(PACKAGED))
        for stream, ending in ENDINGS:
            if stream.casefold() in streams:
                return f"{PurePosixPath(name).stem}{ending}", untrusted
        for stream in CONTENTS:
            if stream.casefold() in streams:
                inside = compound.named(stream)
                return f"{PurePosixPath(name).stem}{_ending_of(inside)}", inside
    except DAMAGES:
        return None
    return None


def _ending_of(untrusted: bytes) -> str:
    """Return the ending of the name of a PDF or an Office Open XML document; .bin of any other file."""
    if untrusted.startswith(b"%PDF-"):
        return ".pdf"
    if untrusted.startswith(b"PK\x03\x04"):
        names = ZipParts(untrusted).names
        for folder, ending in (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx")):
            if any(name.startswith(folder) for name in names):
                return ending
    return ".bin"


def _packaged(untrusted: bytes) -> NamedFile | None:
    """Return the file in an Ole10Native stream: its size, two bytes, its name, its path, eight bytes and another path, then size and content."""
    place = 6
    name, place = _text(untrusted, place)
    _, place = _text(untrusted, place)
    place += 4
    (length,) = struct.unpack_from("<I", untrusted, place)
    place += 4 + length
    (size,) = struct.unpack_from("<I", untrusted, place)
    content = untrusted[place + 4 : place + 4 + size]
    if len(content) != size or not content:
        return None
    # The label is whatever its maker wrote: as a name of a file it has no folder, no sign that is not seen, and an end.
    return file_name(PurePosixPath(name.replace("\\", "/")).name)[-MAX_NAME:] or "object.bin", content


def _text(untrusted: bytes, place: int) -> tuple[str, int]:
    """Return the text that ends with a zero byte, and the place behind it."""
    end = untrusted.index(b"\0", place)
    return untrusted[place:end].decode("cp1252", "replace"), end + 1
