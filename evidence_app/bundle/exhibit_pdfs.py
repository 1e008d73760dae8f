"""PDF exhibits: pages that keep PDF/A are sanitised and placed as they are; others are rendered with their text."""

import io
from collections.abc import Callable
from typing import Any, Final

from evidence_app.bundle.exhibit_pages import (
    MOST_PAGES,
    CannotShow,
    Placement,
    PreparedExhibit,
    area_for,
    caption,
    jpeg,
)
from evidence_app.bundle.plan import Exhibit
from evidence_app.bundle.structure import Element
from evidence_app.bundle.typesetting import Page, Picture
from evidence_app.bundle.untagging import TooManyTags, has_mute_fonts, shows_words, untag

DPI: Final = 200
SMALLEST_SIDE: Final = 3
MOST_LINES: Final = 20_000
MOST_SINGLE_CHECKS: Final = 200
"""Up to so many pages are judged one by one when the whole document cannot be placed."""
NOT_ALLOWED: Final = "PDF/A does not allow it as it is"
MUTE: Final = "a font of it does not say which characters it shows"
DAMAGED: Final = "it is damaged, or not really a PDF"
Word = tuple[float, float, float, float, str]


def prepare_pdf(exhibit: Exhibit, untrusted: bytes, *, as_images: bool) -> PreparedExhibit:
    """Make the pages of a PDF exhibit.

    Raises:
        CannotShow: it is protected, damaged, empty or endless.
    """
    import pikepdf

    try:
        document = pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True)
        count = len(document.pages)
    except pikepdf.PasswordError as error:
        raise CannotShow("it is protected by a password") from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise CannotShow(DAMAGED) from error
    if not 0 < count <= MOST_PAGES:
        raise CannotShow("it has no pages" if not count else f"it has more than {MOST_PAGES:,} pages")
    why = "PDF/A does not allow it beside the others" if as_images else _why_not_placed(document)
    if not why:
        return _placed(exhibit, document)
    placeable = _placeable_pages(document) if why in {NOT_ALLOWED, MUTE} and 1 < count <= MOST_SINGLE_CHECKS else set()
    return _rendered(exhibit, untrusted, document, why, placeable)


def _placed(exhibit: Exhibit, document: Any) -> PreparedExhibit:
    prepared = PreparedExhibit(exhibit, [], "placed", document=document)
    for number in range(len(document.pages)):
        prepared.pages.append(_placed_page(prepared, number))
    return prepared


def _placed_page(prepared: PreparedExhibit, number: int) -> Page:
    source = prepared.document.pages[number]
    size, area = area_for(*_seen_size(source))
    prepared.placed[number] = Placement(number, area, _tag_of(source, prepared.exhibit, number))
    return caption(Page(size), prepared.exhibit, number + 1, len(prepared.document.pages))


def _tag_of(page: Any, exhibit: Exhibit, number: int) -> Element:
    """Say what a foreign page is to whoever hears it: words where it has fonts to show words with, else a picture."""
    if shows_words(page.obj):
        return Element("P")
    return Element(
        "Figure", None, f"Exhibit {exhibit.number}, page {number + 1}, a page without words that can be read out"
    )


def _seen_size(page: Any) -> tuple[float, float]:
    x0, y0, x1, y1 = (float(value) for value in page.trimbox)
    width, height = abs(x1 - x0), abs(y1 - y0)
    turned = int(page.rotation) % 180 == 90
    return (height, width) if turned else (width, height)


def _why_not_placed(document: Any) -> str:
    """Sanitise a document and say why its pages cannot be placed as they are, or nothing."""
    import pikepdf
    from pikepdf import pdfa, sanitize

    from evidence_app.bundle.page_digests import CircularPage, PageDigester

    try:
        for clean in (
            sanitize.remove_javascript,
            sanitize.remove_external_access,
            sanitize.remove_attachments,
            sanitize.remove_multimedia,
            sanitize.remove_private_app_data,
            sanitize.remove_thumbnails,
        ):
            clean(document)
        if any(float(size) < SMALLEST_SIDE for page in document.pages for size in _seen_size(page)):
            return "a page of it has no size"
        if "/AcroForm" in document.Root or any("/Annots" in page for page in document.pages):
            document.generate_appearance_streams()
            document.flatten_annotations("screen")
        for page in document.pages:
            if "/Trans" in page.obj:
                del page.obj["/Trans"]
        # First of all what reads contents, because it stops at a bomb.
        digester = PageDigester()
        for page in document.pages:
            digester.digest(page)
        untag(document)
        if has_mute_fonts(page.obj for page in document.pages):
            return MUTE
        pdfa.prepare(document, "3b")
        report = pdfa.check(document, "3b")
        if not report.passed:
            return NOT_ALLOWED
    except CircularPage:
        return "its parts refer to themselves"
    except TooManyTags:
        return "its tags are too many to take out"
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, NotImplementedError):
        return "a part of it is damaged"
    return ""


def _placeable_pages(document: Any) -> set[int]:
    """Return the pages of a sanitised document that can be placed by themselves."""
    import pikepdf
    from pikepdf import pdfa

    from evidence_app.bundle.page_digests import CircularPage, PageDigester

    found = set()
    for number, page in enumerate(document.pages):
        try:
            if has_mute_fonts([page.obj]):
                continue
            with pikepdf.new() as single:
                single.pages.append(page)
                pdfa.prepare(single, "3b")
                if pdfa.check(single, "3b").passed:
                    PageDigester().digest(single.pages[0])
                    found.add(number)
        except (CircularPage, pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError):
            continue
    return found


def _rendered(exhibit: Exhibit, untrusted: bytes, sanitised: Any, why: str, placeable: set[int]) -> PreparedExhibit:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError as error:
        raise CannotShow(DAMAGED) from error
    remark = f"{why}, {len(placeable)} pages apart" if placeable else why
    prepared = PreparedExhibit(exhibit, [], "rendered", remark, document=sanitised, has_text=bool(placeable))
    try:
        document.init_forms()
        count = len(document)
        for number in range(min(count, MOST_PAGES)):
            if number in placeable:
                prepared.pages.append(_placed_page(prepared, number))
            else:
                prepared.pages.append(caption(_rendered_page(document, number, prepared), exhibit, number + 1, count))
    except (pypdfium2.PdfiumError, MemoryError, OSError) as error:
        raise CannotShow(DAMAGED) from error
    finally:
        document.close()
    if not prepared.pages:
        raise CannotShow("it has no pages")
    return prepared


def _rendered_page(document: Any, number: int, prepared: PreparedExhibit) -> Page:
    page = document[number]
    width, height = page.get_size()
    if width < 1 or height < 1:
        raise CannotShow("a page of it has no size")
    size, (x, y, w, h) = area_for(width, height)
    image = jpeg(page.render(scale=DPI / 72 * (w / width)).to_pil())
    upright = _upright(page)
    words = []
    for left, bottom, right, top, line in _lines_on(page):
        (x0, y0), (x1, y1) = upright(left, bottom), upright(right, top)
        low, up = min(y0, y1), abs(y1 - y0)
        words.append(
            (x + min(x0, x1) * w / width, y + low * h / height, abs(x1 - x0) * w / width, up * h / height, line)
        )
    prepared.has_text = prepared.has_text or bool(words)
    result = Page(size)
    result.marks.append(Picture(x, y, w, h, image, tuple(words)))
    page.close()
    return result


def _upright(page: Any) -> Callable[[float, float], tuple[float, float]]:
    """Return how a place on a page becomes one on the page as it is seen, turned and cropped."""
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    turned: dict[int, Callable[[float, float], tuple[float, float]]] = {
        0: lambda x, y: (x - left, y - bottom),
        90: lambda x, y: (y - bottom, width - (x - left)),
        180: lambda x, y: (width - (x - left), height - (y - bottom)),
        270: lambda x, y: (height - (y - bottom), x - left),
    }
    return turned.get(page.get_rotation(), turned[0])


def _lines_on(page: Any) -> list[Word]:
    from pypdfium2 import PdfiumError

    found: list[Word] = []
    try:
        text = page.get_textpage()
        for number in range(min(text.count_rects(), MOST_LINES)):
            left, bottom, right, top = text.get_rect(number)
            line = " ".join(text.get_text_bounded(left, bottom, right, top).split())
            if line:
                found.append((left, bottom, right, top, line))
    except PdfiumError:
        return found
    return found
