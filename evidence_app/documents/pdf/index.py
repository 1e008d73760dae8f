"""The index that a foreign PDF has itself: bookmarks and page labels (ISO 32000-1, 12.3.3 and 12.4.2)."""

import io
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from evidence_app.documents.resource_limits import DAMAGES

MAX_BOOKMARKS: Final = 2_000
MAX_TITLE: Final = 200
MAX_LABEL: Final = 20
"""Most bookmarks that are read, and characters of a title and of a page's label."""


def bookmarks_of(untrusted: bytes) -> tuple[tuple[int, str], ...]:
    """Return the bookmarks of a PDF in the order of their pages, from 0, without those that lead nowhere; none where they cannot be read."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError:
        return ()
    try:
        return tuple(sorted(_read(document), key=lambda each: each[0]))
    except (pypdfium2.PdfiumError, *DAMAGES):
        return ()
    finally:
        document.close()


def _read(document: Any) -> Iterator[tuple[int, str]]:
    count = len(document)
    for number, bookmark in enumerate(document.get_toc()):
        if number >= MAX_BOOKMARKS:
            return
        where = bookmark.get_dest()
        page = where.get_index() if where is not None else None
        title = _on_one_line(bookmark.get_title(), MAX_TITLE)
        if title and page is not None and 0 <= page < count:
            yield page, title


def page_labels_of(untrusted: bytes) -> tuple[str, ...]:
    """Return the label of each page of a PDF that has labels of its own; none of one that has not, or cannot be read."""
    try:
        with pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True) as pdf:
            if "/PageLabels" not in pdf.Root:
                return ()
            return tuple(_on_one_line(str(page.label), MAX_LABEL) for page in pdf.pages)
    except DAMAGES:
        return ()


def _on_one_line(untrusted: str, most: int) -> str:
    return "".join(each for each in " ".join(untrusted.split()) if each.isprintable())[:most]
