"""The files embedded in a bundle, read so that no two readers can find different bytes under one name."""

import zlib
from typing import Any, Final

import pikepdf

from evidence_app.proof.bundle.manifest import MAX_MANIFEST_BYTES

MAX_FILES: Final = 20_000
MAX_DEPTH: Final = 20
UNREADABLE: Final = (pikepdf.PdfError, RuntimeError, ValueError, KeyError, AttributeError, TypeError)


def _read(stream: Any) -> bytes:
    """Return a stream's data; where only its checksum is wrong, the damaged data, so that the place can be named."""
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        if stream.get("/Filter") != pikepdf.Name.FlateDecode or "/DecodeParms" in stream:
            raise
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(stream.read_raw_bytes()[2:], MAX_MANIFEST_BYTES)
        except zlib.error as error:
            raise ValueError("the data cannot be read") from error


class EmbeddedFiles:
    """The embedded files of an opened PDF (docs/spec/bundle.md, section 2)."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._specifications: dict[str, Any] = {}
        self.fault = ""
        try:
            tree = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles")
            if tree is not None:
                self._walk(tree, 0)
        except UNREADABLE:
            self.fault = "The list of embedded files cannot be read."

    def _walk(self, node: Any, depth: int) -> None:
        if depth > MAX_DEPTH or len(self._specifications) > MAX_FILES:
            raise ValueError("the name tree has no end")
        pairs = list(node.get("/Names", []))
        for name, specification in zip(pairs[::2], pairs[1::2], strict=True):
            if str(name) in self._specifications:
                self.fault = "Two embedded files have one name."
            self._specifications[str(name)] = specification
        for child in node.get("/Kids", []):
            self._walk(child, depth + 1)

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file, or None where there are none that can be read."""
        specification = self._specifications.get(name)
        if specification is None:
            return None
        try:
            content = _read(specification.EF.F)
        except UNREADABLE:
            return None
        return content if len(content) <= MAX_MANIFEST_BYTES else None

    def why_not_just(self, expected: set[str]) -> str:
        """Say why the embedded files are not just these, each with one stream and listed as associated; or nothing."""
        if self.fault:
            return self.fault
        if set(self._specifications) != expected:
            return "There are embedded files that the manifest does not account for, or some are missing."
        try:
            for name, specification in self._specifications.items():
                streams = {entry.objgen for entry in specification.EF.values()}
                if (
                    not {"/F"} <= set(specification.EF.keys()) <= {"/F", "/UF"}
                    or len(streams) != 1
                    or "/RF" in specification
                ):
                    return "An embedded file has more than one content."
                if str(specification.F) != name or str(specification.UF) != name:
                    return "An embedded file has more than one name."
            associated = sorted(specification.objgen for specification in self._pdf.Root.AF)
            if associated != sorted(specification.objgen for specification in self._specifications.values()):
                return "The associated files are not the embedded files."
        except UNREADABLE:
            return "An embedded file cannot be read."
        return ""
