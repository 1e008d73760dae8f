"""PDF exhibits: pages with which a bundle is still PDF/A are sanitised and placed as they are; others are rendered with a text layer.

Two libraries read the same file: pikepdf prepares pages for placing, PDFium (pypdfium2) renders them. Pages are counted from 0, but from 1
in sentences and in redactions.
"""

import io
from collections.abc import Set as AbstractSet
from hashlib import sha256
from typing import Any, Final

import pikepdf

from evidence_app.bundle.exhibits.page_import import (
    DAMAGED_IN_PART,
    DAMAGES,
    MUTE,
    pages_that_speak,
    seen_size,
    why_not_placed,
)
from evidence_app.bundle.exhibits.pdfa_validation import VALIDATOR
from evidence_app.bundle.exhibits.prepared import (
    MAX_PAGES,
    CannotShow,
    PreparedExhibit,
    RenderOptions,
    area_for,
    caption,
    chosen_pages,
    jpeg,
    pages_left_out,
    words_in,
)
from evidence_app.bundle.exhibits.text_layer import recognise, tesseract, words_of_page
from evidence_app.bundle.pdf.placement import Placement
from evidence_app.bundle.pdf.strip_tags import shows_words
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.typeset.fonts import BOLD
from evidence_app.bundle.typeset.page_writer import HiddenWords, Page, PageWriter, Picture
from evidence_app.bundle.typeset.tag_tree import Element

DPI: Final = 200
"""Resolution of rendered pages."""
MAX_RECOGNISED: Final = 500
"""Pages of one file whose words are recognised, at a second or two each."""
DAMAGED: Final = "it is damaged, or not really a PDF"
DISAGREE: Final = "programs do not agree which pages it has"
PLAIN_CODING: Final = frozenset(
    {"/FlateDecode", "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/LZWDecode", "/RunLengthDecode"}
)
"""Stream filters by their full names (ISO 32000-1, 7.4, table 6), those for encryption and for text encodings excepted."""
NOT_ALLOWED: Final = "PDF/A does not allow it as it is"
BESIDE_OTHERS: Final = "PDF/A does not allow it beside the others"
COVERED: Final = "words or areas of it are withheld"


def prepare_pdf(exhibit: Exhibit, untrusted: bytes, options: RenderOptions) -> PreparedExhibit:
    """Make the pages of a PDF exhibit.

    Raises:
        CannotShow: it is protected, damaged, empty, too long, or exceeds the resource limits.
        InputError: the plan asks for a page that is not there.
    """
    document, why = _opened(untrusted)
    rendered_count = _count_rendered(untrusted)
    count = len(document.pages) if document is not None else rendered_count
    if not 0 < count <= MAX_PAGES:
        raise CannotShow("it has no pages" if not count else f"it has more than {MAX_PAGES:,} pages")
    if document is not None and not why and rendered_count != count:
        # The two libraries disagree about a damaged page tree: what pikepdf reads is written anew, so that both read the same.
        why, untrusted = DISAGREE, _written(document)
    chosen = chosen_pages(exhibit, count)
    prepared = PreparedExhibit(exhibit, [], "placed", document=document, count=count, has_text=False)
    prepared.left_out = pages_left_out(count, chosen)
    if why:
        # Another reader shows it: notes and fields on it are left off where anything is to be withheld.
        return _rendered(prepared, untrusted, why, frozenset(), chosen, options, covered=bool(options.redaction))
    why = why_not_placed(document)
    if options.redaction and _is_covered(written := _written(document), options):
        # What is painted over must be gone, in notes and fields too, which are a part of the page by now: nothing of the file itself goes in.
        return _rendered(prepared, written, COVERED, frozenset(), chosen, options, covered=True)
    why = BESIDE_OTHERS if options.as_images else why
    if why not in {"", MUTE}:
        return _rendered(prepared, untrusted, why, frozenset(), chosen, options)
    prepared.document = _settled(document)
    speaking = pages_that_speak(prepared.document) if why else range(count)
    asked = [page for page in chosen if page in speaking]
    kept = VALIDATOR.pages_that_keep_it(prepared.document, sha256(untrusted).digest(), asked, options.tick)
    if kept >= set(chosen):
        return _placed(prepared, untrusted, chosen, options)
    return _rendered(prepared, untrusted, why or NOT_ALLOWED, kept, chosen, options)


def _opened(untrusted: bytes) -> tuple[Any, str]:
    """Open a PDF with pikepdf. Return the document and an empty string; or None and why it can only be rendered.

    Raises:
        CannotShow: it is protected by a password.
    """
    try:
        document = pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True)
        len(document.pages)
    except pikepdf.PasswordError as error:
        raise CannotShow("it is protected by a password") from error
    except DAMAGES:
        return None, DAMAGED_IN_PART
    return document, ""


def _count_rendered(untrusted: bytes) -> int:
    """Return the number of pages that PDFium finds; 0 where it cannot open the file."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError:
        return 0
    try:
        return len(document)
    finally:
        document.close()


def _written(document: Any) -> bytes:
    """Return a document's bytes as pikepdf writes them.

    Raises:
        CannotShow: it is too damaged to be written.
    """
    buffer = io.BytesIO()
    try:
        document.save(buffer)
    except DAMAGES as error:
        raise CannotShow(DAMAGED) from error
    return buffer.getvalue()


def _settled(document: Any) -> Any:
    """Round-trip the document once, if needed, so that page digests match the saved file: some stream encodings are rewritten on save."""
    if all(_outlives_writing(item) for item in document.objects if isinstance(item, pikepdf.Stream)):
        return document
    return pikepdf.open(io.BytesIO(_written(document)), suppress_warnings=True)


def _outlives_writing(stream: Any) -> bool:
    """Return true for a stream that saving leaves as it is: at most one filter, under its full name, and no array of parameters."""
    encoding = stream.get("/Filter")
    plain = encoding is None or (isinstance(encoding, pikepdf.Name) and str(encoding) in PLAIN_CODING)
    return plain and not isinstance(stream.get("/DecodeParms"), pikepdf.Array)


def _is_covered(untrusted: bytes, options: RenderOptions) -> bool:
    """Whether anything of a PDF is withheld, or could be: a page without words may show some."""
    import pypdfium2

    if options.redaction.areas:
        return True
    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError as error:
        raise CannotShow(DAMAGED) from error
    try:
        for page in document:
            options.tick()
            words = " ".join(piece.text for piece in words_of_page(page))
            page.close()
            if not words or options.redaction.finds(words):
                return True
    except (pypdfium2.PdfiumError, MemoryError, OSError):
        return True
    finally:
        document.close()
    return False


def _placed(prepared: PreparedExhibit, untrusted: bytes, chosen: list[int], options: RenderOptions) -> PreparedExhibit:
    for number in chosen:
        options.tick()
        prepared.pages.append(_placed_page(prepared, number))
    _add_recognised(prepared, untrusted, options)
    return prepared


def _placed_page(prepared: PreparedExhibit, number: int) -> Page:
    """Return the bundle's page for a page of the document, and record its placement. Assembly draws it there."""
    source = prepared.document.pages[number]
    size, area = area_for(*seen_size(source))
    tag = _tag_of(source, prepared.exhibit, number)
    prepared.placed[len(prepared.pages)] = Placement(number, area, tag)
    prepared.has_text = prepared.has_text or tag.role == "P"
    return caption(Page(size), prepared.exhibit, number + 1, prepared.count)


def _add_recognised(prepared: PreparedExhibit, untrusted: bytes, options: RenderOptions) -> None:
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
        for place in mute[:MAX_RECOGNISED]:
            options.tick()
            placement = prepared.placed[place]
            page = document[placement.source]
            pieces = recognise(page.render(scale=DPI / 72).to_pil())
            page.close()
            if pieces:
                prepared.pages[place].marks.append(HiddenWords(words_in(pieces, placement.area)))
                prepared.recognised += 1
                prepared.has_text = True
    except (pypdfium2.PdfiumError, ValueError, MemoryError, OSError):
        return
    finally:
        document.close()


def _tag_of(page: Any, exhibit: Exhibit, number: int) -> Element:
    """Return a foreign page's structure element: a paragraph where it has fonts, else a figure with an alternate description."""
    if shows_words(page.obj):
        return Element("P")
    return Element(
        "Figure", None, f"Exhibit {exhibit.number}, page {number + 1}, a page without words that can be read out"
    )


def _rendered(
    prepared: PreparedExhibit,
    untrusted: bytes,
    why: str,
    placeable: AbstractSet[int],
    chosen: list[int],
    options: RenderOptions,
    *,
    covered: bool = False,
) -> PreparedExhibit:
    """Render the chosen pages of `untrusted`, those in `placeable` excepted, which are placed. With `covered` redactions are applied.

    Raises:
        CannotShow: PDFium cannot open it, or it has no pages.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError as error:
        raise CannotShow(DAMAGED) from error
    prepared.how, prepared.covered = "rendered", covered
    prepared.remark = f"{why}, {len(placeable)} pages apart" if placeable else why
    try:
        if not covered:
            # Without this PDFium does not draw what is filled in.
            document.init_forms()
        for number in chosen:
            options.tick()
            if number in placeable:
                prepared.pages.append(_placed_page(prepared, number))
            else:
                page = _shown_or_not(document, number, prepared, options)
                prepared.pages.append(caption(page, prepared.exhibit, number + 1, prepared.count))
    except (pypdfium2.PdfiumError, MemoryError, OSError) as error:
        raise CannotShow(DAMAGED) from error
    finally:
        document.close()
    if not prepared.pages:
        raise CannotShow("it has no pages")
    return prepared


def _shown_or_not(document: Any, number: int, prepared: PreparedExhibit, options: RenderOptions) -> Page:
    """Return a page as a picture, or a page that says that it cannot be shown: one bad page hides no other."""
    import pypdfium2

    try:
        return _rendered_page(document, number, prepared, options)
    except (CannotShow, pypdfium2.PdfiumError, ValueError, IndexError):
        if prepared.count == 1:
            raise CannotShow("its page cannot be drawn") from None
        flow = PageWriter()
        flow.space(120)
        flow.paragraph("This page of the exhibit cannot be drawn; the file itself holds what it holds.", BOLD, 11)
        prepared.has_text = True
        return flow.pages[0]


def _rendered_page(document: Any, number: int, prepared: PreparedExhibit, options: RenderOptions) -> Page:
    page = document[number]
    width, height = page.get_size()
    if width < 1 or height < 1:
        raise CannotShow("a page of it has no size")
    size, area = area_for(width, height)
    image = page.render(scale=DPI / 72 * (area[2] / width), draw_annots=not prepared.covered).to_pil().convert("RGB")
    pieces = words_of_page(page)
    if not pieces and prepared.recognised < MAX_RECOGNISED:
        pieces = recognise(image)
        prepared.recognised += bool(pieces)
    page.close()
    if prepared.covered:
        pieces = options.redaction.cover(number + 1, image, pieces)
    prepared.has_text = prepared.has_text or bool(pieces)
    result = Page(size)
    result.marks.append(Picture(*area, jpeg(image), words_in(pieces, area)))
    return result
