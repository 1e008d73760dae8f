"""The files embedded in a bundle (docs/spec/bundle.md, section 2, last paragraph; ISO 32000-1, 7.11.4).

A PDF can give one embedded file several contents and names, and readers differ in which of them they show. Each such
ambiguity is refused here, so that every reader finds the same bytes under one name.
"""

import zlib
from typing import Any, Final

import pikepdf

from evidence_app.proof.bundle.manifest import MAX_MANIFEST_BYTES

MAX_FILES: Final = 20_000  # embedded files
MAX_DEPTH: Final = 20  # levels of the name tree
UNREADABLE: Final = (pikepdf.PdfError, RuntimeError, ValueError, KeyError, AttributeError, TypeError)
"""The exceptions that pikepdf raises for objects that are missing, damaged or of another type."""


def _read(stream: Any) -> bytes:
    """Return a stream's decoded data.

    Where only the zlib checksum is wrong, the damaged data is returned, so that the later steps can name the altered item.
    """
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        if stream.get("/Filter") != pikepdf.Name.FlateDecode or "/DecodeParms" in stream:
            raise
        try:
            # Raw deflate (RFC 1951) without the two header bytes and the checksum that zlib (RFC 1950) puts around it.
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(stream.read_raw_bytes()[2:], MAX_MANIFEST_BYTES)
        except zlib.error as error:
            raise ValueError("the data cannot be read") from error


class EmbeddedFiles:
    """The embedded files of an opened PDF, by name. `fault` is a sentence if their list cannot be read or is ambiguous."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._specifications: dict[str, Any] = {}
        self.fault = ""
        try:
            # The name tree /Names /EmbeddedFiles of the catalogue (ISO 32000-1, 7.7.4 and 7.9.6).
            tree = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles")
            if tree is not None:
                self._walk(tree, 0)
        except UNREADABLE:
            self.fault = "The list of embedded files cannot be read."

    def _walk(self, node: Any, depth: int) -> None:
        """Collect the file specifications of a name tree node and its kids."""
        # A damaged or forged tree can refer back to itself.
        if depth > MAX_DEPTH or len(self._specifications) > MAX_FILES:
            raise ValueError("the name tree has no end")
        # /Names is a flat array: name, value, name, value …
        pairs = list(node.get("/Names", []))
        for name, specification in zip(pairs[::2], pairs[1::2], strict=True):
            # Readers differ in which of two equal names they find: the bundle is refused.
            if str(name) in self._specifications:
                self.fault = "Two embedded files have one name."
            self._specifications[str(name)] = specification
        for child in node.get("/Kids", []):
            self._walk(child, depth + 1)

    def has(self, name: str) -> bool:
        """Whether an embedded file has this name."""
        return name in self._specifications

    def read(self, name: str) -> bytes | None:
        """Return the bytes of an embedded file, or None if it is missing, unreadable or longer than `MAX_MANIFEST_BYTES`."""
        specification = self._specifications.get(name)
        if specification is None:
            return None
        try:
            content = _read(specification.EF.F)
        except UNREADABLE:
            return None
        return content if len(content) <= MAX_MANIFEST_BYTES else None

    def why_not_just(self, expected: set[str]) -> str:
        """Return why the embedded files are not exactly the expected ones, in a sentence; empty if they are (step 13)."""
        if self.fault:
            return self.fault
        if set(self._specifications) != expected:
            return "There are embedded files that the manifest does not account for, or some are missing."
        try:
            for name, specification in self._specifications.items():
                # /EF may hold one stream for each of several keys, and /RF further related files (ISO 32000-1, 7.11.3
                # and 7.11.4): exactly one stream is allowed, and no related files.
                streams = {entry.objgen for entry in specification.EF.values()}
                if (
                    not {"/F"} <= set(specification.EF.keys()) <= {"/F", "/UF"}
                    or len(streams) != 1
                    or "/RF" in specification
                ):
                    return "An embedded file has more than one content."
                # Some readers show the name in the tree, some /F, some /UF: all three must be equal.
                if str(specification.F) != name or str(specification.UF) != name:
                    return "An embedded file has more than one name."
            # PDF/A-3 requires that every embedded file is listed in /AF (ISO 19005-3).
            associated = sorted(specification.objgen for specification in self._pdf.Root.AF)
            if associated != sorted(specification.objgen for specification in self._specifications.values()):
                return "The associated files are not the embedded files."
        except UNREADABLE:
            return "An embedded file cannot be read."
        return ""
