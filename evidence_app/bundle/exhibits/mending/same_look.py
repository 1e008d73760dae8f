"""Compares the pages of a mended document with those of the original as PDFium draws them, in little: what looks otherwise is not placed."""

import io
from collections.abc import Iterable
from typing import Any, Final

from evidence_app.documents.resource_limits import DAMAGES

SIDE: Final = 500
"""Pixels of the longer side at which pages are compared."""
BLUR: Final = 3
"""Radius, in pixels, within which letters of another font may stand otherwise."""
APART: Final = 56
"""Difference of a pixel, of 255, from which it is another."""
MAX_APART: Final = 0.004
"""Part of a page's pixels that may be others."""


def pages_of_same_look(original: Any, mended: Any, numbers: Iterable[int]) -> set[int]:
    """Return those of some pages, from 0, that look in the mended document (opened with pikepdf) as in the original (opened with pypdfium2)."""
    import pypdfium2

    buffer = io.BytesIO()
    try:
        mended.save(buffer)
        document = pypdfium2.PdfDocument(buffer.getvalue())
    except (pypdfium2.PdfiumError, *DAMAGES):
        return set()
    try:
        return {number for number in numbers if _looks_same(original, document, number)}
    finally:
        document.close()


def _looks_same(original: Any, mended: Any, number: int) -> bool:
    from PIL import ImageChops

    one, other = (_small(document, number) for document in (original, mended))
    if one is None or other is None or one.size != other.size:
        return False
    counts = ImageChops.difference(one, other).histogram()
    return bool(sum(counts[APART:]) <= MAX_APART * sum(counts))


def _small(document: Any, number: int) -> Any:
    """Return a page as a small, blurred picture in grey; None if it cannot be drawn."""
    from PIL import ImageFilter
    from pypdfium2 import PdfiumError

    try:
        page = document[number]
        try:
            width, height = page.get_size()
            drawn = page.render(scale=SIDE / max(width, height, 1.0), draw_annots=False, may_draw_forms=False)
        finally:
            page.close()
    except (PdfiumError, IndexError, ValueError, MemoryError):
        return None
    return drawn.to_pil().convert("L").filter(ImageFilter.BoxBlur(BLUR))
