"""Parts of documents that are ZIP files of XML: Office Open XML (ISO/IEC 29500) and OpenDocument (ISO/IEC 26300)."""

import io
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from evidence_app.documents.office.content import CannotRead

MAX_PART: Final = 64 * 1024 * 1024
"""Bytes of one part, unfolded."""
MAX_PARTS: Final = 20_000
MAX_UNFOLDED: Final = 512 * 1024 * 1024
"""Bytes of all parts that are read from one file together."""
MAX_DEPTH: Final = 200
"""Depth of elements within each other."""
DECLARATIONS: Final = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
"""No document of these formats declares a type; entities of one could unfold without end."""
TOO_LARGE: Final = "unfolds to more than this program reads"
BROKEN: Final = "is damaged, or not what its name says"
ENCRYPTED: Final = "is protected by a password"
HEAD: Final = 64 * 1024
"""Bytes at the beginning of a part that may declare a document type."""
ZIP_DAMAGES: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    LookupError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)
"""What the library raises for a ZIP file that is damaged, protected or compressed in a way that it does not know."""
PROPERTIES: Final = {
    "creator": "Author, as the file says",
    "lastModifiedBy": "Last changed by, as the file says",
    "created": "Made, as the file says",
    "modified": "Changed, as the file says",
    "title": "Title, as the file says",
    "subject": "Subject, as the file says",
    "keywords": "Keywords, as the file says",
    "description": "Remarks, as the file says",
    "Company": "Organisation, as the file says",
    "Manager": "Manager, as the file says",
}
"""What Office Open XML says of a file (ISO/IEC 29500-2, 11.1 and ISO/IEC 29500-1, 22.2), and how it is printed."""
PROPERTY_PARTS: Final = ("docProps/core.xml", "docProps/app.xml")
Element = ET.Element


class ZipParts:
    """The parts of a file, read within limits."""

    def __init__(self, untrusted: bytes) -> None:
        """Open a file.

        Raises:
            CannotRead: it is no ZIP file, or has too many parts.
        """
        self._left = MAX_UNFOLDED
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(untrusted))
        except ZIP_DAMAGES as error:
            raise CannotRead(BROKEN) from error
        # A name may be empty in a damaged file, and then the library cannot say whether it is a folder's.
        self.names = [name for name in self._zip.namelist() if name and not name.endswith("/")]
        if len(self.names) > MAX_PARTS:
            raise CannotRead(TOO_LARGE)
        self._folded = {name.casefold(): name for name in self.names}

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            CannotRead: it is not there, damaged, encrypted or too large.
        """
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise CannotRead(ENCRYPTED)
            with self._zip.open(info) as stream:
                content = stream.read(min(MAX_PART, self._left) + 1)
        except ZIP_DAMAGES as error:
            raise CannotRead(BROKEN) from error
        self._left -= len(content)
        if len(content) > MAX_PART or self._left < 0:
            raise CannotRead(TOO_LARGE)
        return content

    def main(self, usual: str) -> str:
        """Return the name of the part that the others belong to; the `usual` one where the package does not say (ISO/IEC 29500-1, 11.2).

        Raises:
            CannotRead: it is not there.
        """
        name = next((name for kind, name in self.related("").values() if kind == "officeDocument"), usual)
        if name not in self:
            raise CannotRead(BROKEN)
        return name

    def xml(self, name: str) -> Element:
        """Return the root element of an XML part.

        Raises:
            CannotRead: as `read`, or it is no XML of this kind.
        """
        return parse_xml(self.read(name))

    def elements(self, name: str, wanted: frozenset[str]) -> Iterator[Element]:
        """Yield the elements of an XML part with some local names, one after the other, and let each go: for parts of any size.

        Raises:
            CannotRead: it is not there, damaged or encrypted, or declares a document type.
        """
        try:
            with self._zip.open(name) as stream:
                head = stream.read(HEAD)
            if any(mark in head for mark in DECLARATIONS):
                raise CannotRead(BROKEN)
            with self._zip.open(name) as stream:
                opened: list[Element] = []
                for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - without a document type there are no entities
                    if event == "start":
                        opened.append(element)
                        continue
                    opened.pop()
                    if local(element) in wanted:
                        yield element
                        if opened:
                            opened[-1].clear()
        except (ET.ParseError, *ZIP_DAMAGES) as error:
            raise CannotRead(BROKEN) from error

    def xml_if_there(self, name: str) -> Element | None:
        """Return the root element of an XML part, or None if there is no such part, or it cannot be read."""
        try:
            return self.xml(name) if name in self else None
        except CannotRead:
            return None

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the relations of a part by their identifiers: the last word of their type, and the name of the part they lead to.

        Relations to what is outside the file are left out (ISO/IEC 29500-2, 9.3).
        """
        folder, name = posixpath.split(part)
        relations = self.xml_if_there(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for each in relations if relations is not None else ():
            target = each.get("Target", "")
            if each.get("TargetMode") != "External" and target:
                whole = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
                # Names of parts are the same in letters of any case (ISO/IEC 29500-2, 6.3.5).
                named = whole if whole in self else self._folded.get(whole.casefold(), whole)
                found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], named)
        return found


def parse_xml(untrusted: bytes) -> Element:
    """Return the root element of XML.

    Raises:
        CannotRead: it is none, declares a document type, or is too deep.
    """
    if any(mark in untrusted for mark in DECLARATIONS):
        raise CannotRead(BROKEN)
    try:
        root = ET.fromstring(untrusted)  # noqa: S314 - without a document type there are no entities
    except (ET.ParseError, ValueError, LookupError) as error:
        raise CannotRead(BROKEN) from error
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise CannotRead(TOO_LARGE)
        waiting += [(child, depth + 1) for child in element]
    return root


def local(element: Element) -> str:
    """Return the name of an element without its namespace: the strict and the transitional form of a format differ in that alone."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its name without a namespace, or ""."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element at a path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the direct children of an element with a local name."""
    if element is not None:
        yield from (each for each in element if local(each) == name)


def within(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements with a local name anywhere in an element, in order."""
    yield from (each for each in element.iter() if local(each) == name)


def properties_of(parts: ZipParts, names: tuple[str, ...], labels: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what a file says of itself in some parts: for each local name in `labels`, its label and the text."""
    found: list[tuple[str, str]] = []
    for name in names:
        root = parts.xml_if_there(name)
        for element in root.iter() if root is not None else ():
            label, text = labels.get(local(element)), (element.text or "").strip()
            if label and text and (label, text) not in found:
                found.append((label, text))
    return tuple(found)


def office_properties(parts: ZipParts) -> tuple[tuple[str, str], ...]:
    """Return what a file of Office Open XML says of itself."""
    return properties_of(parts, PROPERTY_PARTS, PROPERTIES)
