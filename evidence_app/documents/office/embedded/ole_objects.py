"""Files that stand in an Office document as icons or objects: mails, PDFs, other documents (ISO/IEC 29500-1, 15.2.11 and 15.2.12)."""

import struct
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any, Final

from evidence_app.documents.office.containers.compound import CompoundFile
from evidence_app.documents.office.containers.compound_writer import Tree, compound_file
from evidence_app.documents.office.containers.zip_parts import ZipParts
from evidence_app.documents.office.content import CannotRead
from evidence_app.documents.office.embedded.files_within import FilesWithin, NamedFile

FOLDERS: Final = ("word/embeddings/", "xl/embeddings/", "ppt/embeddings/")
CHUNKS: Final = (".htm", ".html", ".mht", ".mhtml", ".rtf", ".txt", ".docx")
"""Endings of text that another program put into a Word document whole (altChunk: ISO/IEC 29500-1, 17.17.2.1)."""
RECORDINGS: Final = (".mp4", ".m4v", ".mov", ".avi", ".wmv", ".mpg", ".wav", ".mp3", ".m4a", ".wma", ".aac", ".mid")
"""Endings of videos and sound, which stand beside the pictures of a document."""
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_OBJECTS: Final = 1_000
MAX_NAMED: Final = 50
"""Objects of one document, and names of those that are left."""
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
EMBEDDED: Final = 2
"""The sort of an object of OLE 1.0 whose content stands in it ([MS-OLEDS], 2.2.4)."""
PACKAGE: Final = b"Package"
"""The class of a file that was inserted as it is."""


def embedded_files(untrusted: bytes) -> tuple[list[NamedFile], list[str]]:
    """Return the files in an Office Open XML document by name, and the names of objects that could not be taken out of it.

    Raises:
        CannotRead: the document is damaged or too large.
    """
    parts = ZipParts(untrusted)
    within = FilesWithin()
    for name in parts.names:
        is_chunk = name.startswith("word/") and name.lower().endswith(CHUNKS)
        is_recording = "/media/" in name and name.lower().endswith(RECORDINGS)
        if not name.startswith(FOLDERS) and not is_chunk and not is_recording:
            continue
        base = PurePosixPath(name).name
        try:
            content = parts.read(name)
        except CannotRead:
            within.left.append(base)
            continue
        take_object(within, base, content)
    return within.files, within.left


def take_object(within: FilesWithin, name: str, untrusted: bytes) -> int:
    """Take in a file, or of an object of OLE what it holds, and return its number; 0 where it holds nothing that can be taken out."""
    found = _taken_out(name, untrusted) if untrusted.startswith(OLE) else (name, untrusted)
    if found is None:
        within.left.append(name)
        return 0
    return within.take(*found)


def take_first_ole(within: FilesWithin, name: str, untrusted: bytes) -> int:
    """Take in what an object of OLE 1.0 holds, as rich text has them ([MS-OLEDS], 2.2.5); else as `take_object`."""
    try:
        _, sort, place = (*struct.unpack_from("<II", untrusted), 8)
        if sort != EMBEDDED:
            # A link to a file that is somewhere else: nothing of it is in the document.
            return 0
        kind, place = _counted(untrusted, place)
        for _ in ("topic", "item"):
            _, place = _counted(untrusted, place)
        content, _ = _counted(untrusted, place)
        if kind.rstrip(b"\0") == PACKAGE and not content.startswith(OLE):
            packaged = _packaged(content, 2)
            if packaged is None:
                raise ValueError("an empty file")
            return within.take(*packaged)
    except DAMAGES:
        within.left.append(name)
        return 0
    return take_object(within, name, content)


def take_storages(within: FilesWithin, compound: CompoundFile, folder: tuple[str, ...], names: Sequence[str]) -> None:
    """Take in the objects that stand in storages of a compound file, `names` in a folder: each is a compound file of its own."""
    start = len(folder)
    of_name: dict[str, list[tuple[str, ...]]] = {name: [] for name in names}
    for path in compound.streams:
        if path[:start] == folder and len(path) > start + 1 and path[start] in of_name:
            of_name[path[start]].append(path)
    # Streams that lie over each other are of no program.
    left = compound.size
    for number, paths in enumerate(of_name.values(), start=1):
        label = f"object {number}.bin"
        left -= sum(compound.streams[path].size for path in paths)
        try:
            if left < 0 or number > MAX_OBJECTS:
                raise ValueError("more than there is")
            take_object(within, label, compound_file(_tree(compound, start + 1, paths)))
        except DAMAGES:
            within.left.append(label)


def _tree(compound: CompoundFile, start: int, paths: Sequence[tuple[str, ...]]) -> Tree:
    """Return streams and storages by name; of their paths those from `start`.

    Raises:
        OSError: a stream has the name of a storage.
    """
    tree: dict[str, Any] = {}
    for path in paths:
        inside = tree
        for name in path[start:-1]:
            found = inside.setdefault(name, {})
            if isinstance(found, bytes):
                raise OSError("a stream with the name of a storage")
            inside = found
        inside[path[-1]] = compound.read(path)
    return tree


def _counted(untrusted: bytes, place: int) -> tuple[bytes, int]:
    """Return the bytes behind their number, and the place behind them.

    Raises:
        ValueError: they are not all there.
    """
    (length,) = struct.unpack_from("<I", untrusted, place)
    content = untrusted[place + 4 : place + 4 + length]
    if len(content) != length:
        raise ValueError("cut off")
    return content, place + 4 + length


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
                ending = _ending_of(inside)
                # What is of no sort that is known is of a program's own: the state of a button, an equation.
                return (f"{PurePosixPath(name).stem}{ending}", inside) if ending else None
    except DAMAGES:
        return None
    return None


def _ending_of(untrusted: bytes) -> str:
    """Return the ending of the name of a PDF, a rich text or an Office Open XML document; "" of any other file."""
    if untrusted.startswith(b"{\\rtf"):
        return ".rtf"
    if untrusted.startswith(b"%PDF-"):
        return ".pdf"
    if untrusted.startswith(b"PK\x03\x04"):
        names = ZipParts(untrusted).names
        for folder, ending in (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx")):
            if any(name.startswith(folder) for name in names):
                return ending
    return ""


def _packaged(untrusted: bytes, place: int = 6) -> NamedFile | None:
    """Return the file in an Ole10Native stream: its size, two bytes, its name, its path, eight bytes and another path, then size and content.

    Its name begins at `place`: in OLE 1.0 the size stands outside of it.
    """
    name, place = _text(untrusted, place)
    _, place = _text(untrusted, place)
    place += 4
    _, place = _counted(untrusted, place)
    content, _ = _counted(untrusted, place)
    if not content:
        return None
    return PurePosixPath(name.replace("\\", "/")).name or "object.bin", content


def _text(untrusted: bytes, place: int) -> tuple[str, int]:
    """Return the text that ends with a zero byte, and the place behind it."""
    end = untrusted.index(b"\0", place)
    return untrusted[place:end].decode("cp1252", "replace"), end + 1


def remarks_on(within: Sequence[str], left: Sequence[str]) -> tuple[str, ...]:
    """Return the remarks on a document that name the files in it, and the objects that could not be taken out of it."""
    remarks = [f"Files in it: {', '.join(within)}"] if within else []
    if left:
        named = ", ".join(left[:MAX_NAMED]) + (f" and {len(left) - MAX_NAMED:,} more" if len(left) > MAX_NAMED else "")
        remarks.append(f"Objects in it that this program does not take out; the original holds them: {named}")
    return tuple(remarks)
