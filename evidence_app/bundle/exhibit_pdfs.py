"""PDF exhibits: pages that keep PDF/A are sanitised and placed as they are; others are rendered with their text."""

import io
from typing import Any, Final

from evidence_app.bundle.exhibit_pages import (
    MOST_PAGES,
    CannotShow,
    Placement,
    PreparedExhibit,
    Way,
    area_for,
    caption,
    chosen_pages,
    jpeg,
    pages_left_out,
    words_in,
)
from evidence_app.bundle.plan import Exhibit
from evidence_app.bundle.structure import Element
from evidence_app.bundle.text_layer import lines_of_page, recognise, tesseract, words_of_page
from evidence_app.bundle.typesetting import HiddenWords, Page, Picture
from evidence_app.bundle.untagging import TooManyTags, has_mute_fonts, shows_words, untag

DPI: Final = 200
SMALLEST_SIDE: Final = 3
MOST_SINGLE_CHECKS: Final = 200
"""Up to so many pages are judged one by one when the whole document cannot be placed."""
MOST_RECOGNISED: Final = 500
"""Up to so many pages of a file have their words recognised; it takes a second or two for each."""
NOT_ALLOWED: Final = "PDF/A does not allow it as it is"
MUTE: Final = "a font of it does not say which characters it shows"
DAMAGED: Final = "it is damaged, or not really a PDF"
COVERED: Final = "words or areas of it are withheld"


def prepare_pdf(exhibit: Exhibit, untrusted: bytes, way: Way) -> PreparedExhibit:
    """Make the pages of a PDF exhibit.

    Raises:
        CannotShow: it is protected, damaged, empty or endless.
        InputError: the plan asks for a page that is not there.
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
    chosen = chosen_pages(exhibit, count)
    prepared = PreparedExhibit(exhibit, [], "placed", document=document, count=count, has_text=False)
    prepared.left_out = pages_left_out(count, chosen)
    if way.veil and _is_covered(untrusted, way):
        # What is painted over must be gone: nothing of the file itself goes in.
        return _rendered(prepared, untrusted, COVERED, set(), chosen, way)
    why = "PDF/A does not allow it beside the others" if way.as_images else _why_not_placed(document)
    if not why:
        return _placed(prepared, untrusted, chosen, way)
    placeable = _placeable_pages(document) if why in {NOT_ALLOWED, MUTE} and 1 < count <= MOST_SINGLE_CHECKS else set()
    return _rendered(prepared, untrusted, why, placeable, chosen, way)


def _is_covered(untrusted: bytes, way: Way) -> bool:
    """Whether anything of a PDF is withheld, or could be: a page without words may show some."""
    import pypdfium2

    if way.veil.areas:
        return True
    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError as error:
        raise CannotShow(DAMAGED) from error
    try:
        for page in document:
            way.tick()
            words = " ".join(piece.text for piece in words_of_page(page))
            page.close()
            if not words or way.veil.finds(words):
                return True
    except (pypdfium2.PdfiumError, MemoryError, OSError):
        return True
    finally:
        document.close()
    return False


def _placed(prepared: PreparedExhibit, untrusted: bytes, chosen: list[int], way: Way) -> PreparedExhibit:
    for number in chosen:
        way.tick()
        prepared.pages.append(_placed_page(prepared, number))
    _add_recognised(prepared, untrusted, way)
    return prepared


def _placed_page(prepared: PreparedExhibit, number: int) -> Page:
    source = prepared.document.pages[number]
    size, area = area_for(*_seen_size(source))
    tag = _tag_of(source, prepared.exhibit, number)
    prepared.placed[len(prepared.pages)] = Placement(number, area, tag)
    prepared.has_text = prepared.has_text or tag.role == "P"
    return caption(Page(size), prepared.exhibit, number + 1, prepared.count)


def _add_recognised(prepared: PreparedExhibit, untrusted: bytes, way: Way) -> None:
    """Lay recognised words over the placed pages that show none of their own."""
    mute = [place for place, placement in prepared.placed.items() if placement.tag.role == "Figure"]
    if not mute or not tesseract():
        return
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError:
        return
    try:
        for place in mute[:MOST_RECOGNISED]:
            way.tick()
            placement = prepared.placed[place]
            page = document[placement.source]
            pieces = recognise(page.render(scale=DPI / 72).to_pil())
            page.close()
            if pieces:
                prepared.pages[place].marks.append(HiddenWords(words_in(pieces, placement.area)))
                prepared.recognised += 1
                prepared.has_text = True
    except (pypdfium2.PdfiumError, MemoryError, OSError):
        return
    finally:
        document.close()


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


def _rendered(
    prepared: PreparedExhibit, untrusted: bytes, why: str, placeable: set[int], chosen: list[int], way: Way
) -> PreparedExhibit:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError as error:
        raise CannotShow(DAMAGED) from error
    prepared.how, prepared.covered = "rendered", why == COVERED
    prepared.remark = f"{why}, {len(placeable)} pages apart" if placeable else why
    try:
        document.init_forms()
        for number in chosen:
            way.tick()
            if number in placeable:
                prepared.pages.append(_placed_page(prepared, number))
            elif number < len(document):
                page = _rendered_page(document, number, prepared, way)
                prepared.pages.append(caption(page, prepared.exhibit, number + 1, prepared.count))
    except (pypdfium2.PdfiumError, MemoryError, OSError) as error:
        raise CannotShow(DAMAGED) from error
    finally:
        document.close()
    if not prepared.pages:
        raise CannotShow("it has no pages")
    return prepared


def _rendered_page(document: Any, number: int, prepared: PreparedExhibit, way: Way) -> Page:
    page = document[number]
    width, height = page.get_size()
    if width < 1 or height < 1:
        raise CannotShow("a page of it has no size")
    size, area = area_for(width, height)
    image = page.render(scale=DPI / 72 * (area[2] / width)).to_pil().convert("RGB")
    pieces = words_of_page(page) if prepared.covered else lines_of_page(page)
    if not pieces and prepared.recognised < MOST_RECOGNISED:
        pieces = recognise(image)
        prepared.recognised += bool(pieces)
    page.close()
    if prepared.covered:
        pieces = way.veil.cover(number + 1, image, pieces)
    prepared.has_text = prepared.has_text or bool(pieces)
    result = Page(size)
    result.marks.append(Picture(*area, jpeg(image), words_in(pieces, area)))
    return result
