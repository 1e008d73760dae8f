"""Files that are attached to a PDF, to the whole or to a place on a page, and those of a portfolio (ISO 32000-1, 7.11.4 and 12.3.5)."""

import io
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from evidence_app.documents.resource_limits import DAMAGES, ResourceLimitExceeded, decoded_stream

MAX_FILES: Final = 200
MAX_BYTES: Final = 200 * 1024 * 1024
MAX_DEPTH: Final = 40
"""Depth of the tree of names."""
MAX_NODES: Final = 10_000


def files_in_pdf(untrusted: bytes) -> tuple[tuple[str, bytes], ...]:
    """Return the files that are attached to a PDF, by the names that it gives them, each once; none where it cannot be opened."""
    found: list[tuple[str, bytes]] = []
    total = 0
    try:
        with pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True) as pdf:
            for name, specification in _specifications(pdf):
                content = _content_of(specification)
                if content is None or any(content == other for _, other in found):
                    continue
                total += len(content)
                if len(found) >= MAX_FILES or total > MAX_BYTES:
                    break
                found.append((name, content))
    except DAMAGES:
        return tuple(found)
    return tuple(found)


def _specifications(pdf: Any) -> Iterator[tuple[str, Any]]:
    """Yield the names and file specifications of a document's tree of names and of the notes on its pages."""
    names = pdf.Root.get("/Names")
    tree = names.get("/EmbeddedFiles") if isinstance(names, pikepdf.Dictionary) else None
    waiting = [(tree, 0)] if isinstance(tree, pikepdf.Dictionary) else []
    seen = 0
    while waiting and seen < MAX_NODES:
        node, depth = waiting.pop(0)
        seen += 1
        listed = node.get("/Names")
        pairs = list(listed) if isinstance(listed, pikepdf.Array) else []
        for key, value in zip(pairs[::2], pairs[1::2], strict=False):
            if isinstance(value, pikepdf.Dictionary):
                yield _name_of(value) or str(key), value
        kids = node.get("/Kids")
        if isinstance(kids, pikepdf.Array) and depth < MAX_DEPTH:
            waiting += [(kid, depth + 1) for kid in kids if isinstance(kid, pikepdf.Dictionary)]
    for page in pdf.pages:
        notes = page.obj.get("/Annots")
        for note in notes if isinstance(notes, pikepdf.Array) else ():
            if isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype")) == "/FileAttachment":
                specification = note.get("/FS")
                if isinstance(specification, pikepdf.Dictionary):
                    yield _name_of(specification) or "a file", specification


def _name_of(specification: Any) -> str:
    """Return the name of a file: that in Unicode first, without folders."""
    for key in ("/UF", "/F", "/Unix", "/DOS", "/Mac"):
        value = specification.get(key)
        if isinstance(value, pikepdf.String) and str(value).strip():
            name = str(value).replace("\\", "/").rpartition("/")[2]
            return "".join(character for character in name if character.isprintable())[:200]
    return ""


def _content_of(specification: Any) -> bytes | None:
    """Return the bytes of an attached file, or None if they are not in the PDF, are damaged, or are too many."""
    streams = specification.get("/EF")
    if not isinstance(streams, pikepdf.Dictionary):
        return None
    for key in ("/UF", "/F", "/Unix", "/DOS", "/Mac"):
        stream = streams.get(key)
        if isinstance(stream, pikepdf.Stream):
            try:
                return decoded_stream(stream)
            except (ResourceLimitExceeded, *DAMAGES):
                return None
    return None


def is_drawn_by_program(untrusted: bytes) -> bool:
    """Return whether a PDF's pages are made by a form language that only one maker's program draws (XFA, ISO 32000-1, 12.7.8): its page says to wait."""
    try:
        with pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True) as pdf:
            form = pdf.Root.get("/AcroForm")
            if not isinstance(form, pikepdf.Dictionary) or "/XFA" not in form:
                return False
            fields = form.get("/Fields")
            return (
                bool(pdf.Root.get("/NeedsRendering", False)) or not isinstance(fields, pikepdf.Array) or not len(fields)
            )
    except DAMAGES:
        return False
