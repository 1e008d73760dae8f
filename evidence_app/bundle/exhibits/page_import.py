"""Whether the pages of a foreign PDF can be placed as they are: sanitised, modest, and without tags of their own."""

import io
from typing import Any, Final

import pikepdf
from pikepdf import pdfa, sanitize

from evidence_app.bundle.exhibits.prepared import CannotShow
from evidence_app.bundle.pdf.resource_limits import ResourceLimitExceeded, require_within_limits
from evidence_app.bundle.pdf.strip_tags import TooManyTags, has_mute_fonts, untag
from evidence_app.proof.bundle.page_digests import CircularPage, PageDigester

FLAVOUR: Final = "3b"
MIN_SIDE: Final = 3
MUTE: Final = "a font of it does not say which characters it shows"
DAMAGED_IN_PART: Final = "a part of it is damaged"
TOO_MUCH: Final = "a page of it draws more than a reader can draw"
DAMAGES: Final = (
    pikepdf.PdfError,
    RuntimeError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    ArithmeticError,
    MemoryError,
)
"""What reading a foreign file can raise: it was made by anybody, and by any program."""


def why_not_placed(document: Any) -> str:
    """Sanitise a document and say why its pages cannot be placed as they are, or nothing.

    Raises:
        CannotShow: a page of it would stall whoever opens it.
    """
    try:
        _sanitise(document)
        why = _why_not_its_pages(document)
        if why:
            return why
        # First of all what reads contents, because it stops at a bomb.
        require_within_limits(document.pages)
        digester = PageDigester()
        for page in document.pages:
            digester.digest(page)
        untag(document)
        pdfa.prepare(document, FLAVOUR)
        return MUTE if has_mute_fonts(page.obj for page in document.pages) else ""
    except CircularPage:
        return "its parts refer to themselves, or unfold without end"
    except TooManyTags:
        return "its tags are too many to take out"
    except ResourceLimitExceeded as error:
        raise CannotShow(TOO_MUCH) from error
    except DAMAGES:
        return DAMAGED_IN_PART


def draws_within_limits(untrusted: bytes) -> bool:
    """Whether the pages of a PDF can be drawn without stalling whoever draws them. What cannot be read at all is for the drawer to refuse."""
    try:
        with pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True) as document:
            require_within_limits(document.pages)
    except ResourceLimitExceeded:
        return False
    except DAMAGES:
        return True
    return True


def _sanitise(document: Any) -> None:
    for clean in (
        sanitize.remove_javascript,
        sanitize.remove_external_access,
        sanitize.remove_attachments,
        sanitize.remove_multimedia,
        sanitize.remove_private_app_data,
        sanitize.remove_thumbnails,
    ):
        clean(document)


def _why_not_its_pages(document: Any) -> str:
    """Make pages ready, and say why one of them cannot be placed."""
    if any(float(side) < MIN_SIDE for page in document.pages for side in seen_size(page)):
        return "a page of it has no size"
    if any(float(page.obj.get("/UserUnit", 1)) != 1 for page in document.pages):
        return "its pages count in a unit of their own"
    if "/AcroForm" in document.Root or any("/Annots" in page for page in document.pages):
        if "/AcroForm" in document.Root:
            # What is filled in becomes a part of the page, and is searched and seen like the rest of it.
            document.Root.AcroForm.NeedAppearances = True
        document.generate_appearance_streams()
        document.flatten_annotations("screen")
        for page in document.pages:
            # What is left, a signature's field for one, shows nothing.
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
    for page in document.pages:
        if "/Trans" in page.obj:
            del page.obj["/Trans"]
        page.obj.CropBox = page.obj.TrimBox = pikepdf.Array(_seen_box(page))
    return ""


def pages_that_speak(document: Any) -> set[int]:
    """Return the pages of a sanitised document whose fonts say which characters they show."""
    return {number for number, page in enumerate(document.pages) if not has_mute_fonts([page.obj])}


def seen_size(page: Any) -> tuple[float, float]:
    """Return width and height of a page as it is seen, turned and cropped."""
    x0, y0, x1, y1 = _seen_box(page)
    width, height = x1 - x0, y1 - y0
    turned = int(page.rotation) % 180 == 90
    return (height, width) if turned else (width, height)


def _seen_box(page: Any) -> tuple[float, float, float, float]:
    """Return what is seen of a page: its crop box, as far as it lies within the page (ISO 32000-1, 14.11.2)."""
    media, crop = (_upright_box(box) for box in (page.mediabox, page.cropbox))
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if left < right and bottom < top else media


def _upright_box(box: Any) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(value) for value in box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
