"""Makes of a PDF one whose pages hold just what a reader draws: values of forms and notes in the page itself, nothing of a layer that is off.

Programs read a PDF differently: extraction misses what stands in forms and notes, and finds what no reader shows. After this step the page that is
searched, the page that is shown, and the page that goes into a bundle are the same.
"""

import io
from typing import Any, Final

import pikepdf

from evidence_app.documents.pdf.layers import remove_hidden_layers
from evidence_app.documents.resource_limits import DAMAGES

GLIMPSE: Final = 0.05
"""Scale at which a page is drawn once so that PDFium makes the appearances that its annotations lack."""


def as_drawn(untrusted: bytes) -> bytes:
    """Return a PDF with forms and notes drawn into its pages and without hidden layers;
    the same bytes where it has none, or is too damaged.

    The file must be within the resource limits (`resource_limits`): its pages are drawn.
    """
    noted = True
    try:
        with pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True) as document:
            layered = remove_hidden_layers(document)
            noted = "/AcroForm" in document.Root or any("/Annots" in page.obj for page in document.pages)
            if not layered and not noted:
                return untrusted
            if layered:
                buffer = io.BytesIO()
                document.save(buffer)
                untrusted = buffer.getvalue()
    except DAMAGES:
        # Another reader may show what this one cannot read.
        pass
    return _with_notes_drawn(untrusted) if noted else untrusted


def _with_notes_drawn(untrusted: bytes) -> bytes:
    """Return a PDF with its forms and annotations drawn into its pages, as PDFium draws them."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError:
        return untrusted
    try:
        # Without this, values of fields that have no appearance are not drawn.
        document.init_forms()
        for number in range(len(document)):
            _draw_notes(document, number)
        buffer = io.BytesIO()
        document.save(buffer, flags=raw.FPDF_REMOVE_SECURITY)  # type: ignore[attr-defined]
    except (pypdfium2.PdfiumError, MemoryError, OSError):
        return untrusted
    finally:
        document.close()
    return buffer.getvalue()


def _draw_notes(document: Any, number: int) -> None:
    import pypdfium2
    from pypdfium2 import raw

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return
    try:
        if raw.FPDFPage_GetAnnotCount(page):  # type: ignore[attr-defined]
            page.render(scale=GLIMPSE)
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)  # type: ignore[attr-defined]
    finally:
        page.close()
