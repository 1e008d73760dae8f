"""PDF exhibits: pages with which a bundle is still PDF/A are sanitised and placed as they are; others are rendered with a text layer.

Two libraries read the same file: pikepdf prepares pages for placing, PDFium (pypdfium2) renders them. Pages are counted from 0, but from 1
in sentences and in redactions.
"""

import io
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import pikepdf
import pypdfium2

from evidence_app.bundle.exhibits.mending.mend_further import mend_further, pages_with_unknown
from evidence_app.bundle.exhibits.mending.same_look import pages_of_same_look
from evidence_app.bundle.exhibits.notes_below import NotesBelow
from evidence_app.bundle.exhibits.page_import import (
    DAMAGED_IN_PART,
    MUTE,
    TOO_MUCH,
    Readiness,
    pages_that_speak,
    prepared_for_placing,
    seen_size,
)
from evidence_app.bundle.exhibits.pdfa_validation import VALIDATOR
from evidence_app.bundle.exhibits.picture_encoding import is_grey, stored
from evidence_app.bundle.exhibits.prepared import (
    MAX_PAGES,
    CannotShow,
    PreparedExhibit,
    RenderOptions,
    area_for,
    caption,
    chosen_pages,
    pages_left_out,
    words_in,
)
from evidence_app.bundle.pdf.placement import Placement
from evidence_app.bundle.pdf.strip_tags import has_images, shows_words
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.typeset.fonts import BOLD
from evidence_app.bundle.typeset.page_writer import HiddenWords, Page, PageWriter, Picture
from evidence_app.bundle.typeset.tag_tree import Element
from evidence_app.documents.pdf_as_drawn import as_drawn
from evidence_app.documents.pdf_notes import notes_of
from evidence_app.documents.pdf_words import PdfReader
from evidence_app.documents.recognition import turned_upright
from evidence_app.documents.resource_limits import DAMAGES, draws_within_limits
from evidence_app.documents.shown_words import ShownPage

DPI: Final = 200
"""Resolution of rendered pages."""
GLIMPSE: Final = 0.5
"""Scale at which a page is looked at for colours."""
LETTERS_DPI: Final = 300
"""Resolution of rendered pages that have letters alone."""
POINTS_PER_INCH: Final = 72
DAMAGED: Final = "it is damaged, or not really a PDF"
DISAGREE: Final = "programs do not agree which pages it has"
PLAIN_CODING: Final = frozenset(
    {"/FlateDecode", "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/LZWDecode", "/RunLengthDecode"}
)
"""Stream filters by their full names (ISO 32000-1, 7.4, table 6), those for encryption and for text encodings excepted."""
FURTHER: Final = b"mended further"
"""Put before a file to tell what is known of its second attempt from what is known of its first."""
MAX_UNKNOWN: Final = 0.1
"""Part of a page's characters that nobody need know for it to be read out as text."""
NOT_ALLOWED: Final = "PDF/A does not allow it as it is"
BESIDE_OTHERS: Final = "PDF/A does not allow it beside the others"
MAY_HIDE: Final = "pictures on it may hold more than they show"
COVERED: Final = "words or areas of it are withheld"


def prepare_pdf(exhibit: Exhibit, untrusted: bytes, options: RenderOptions) -> PreparedExhibit:
    """Make the pages of a PDF exhibit.

    Raises:
        CannotShow: it is protected, damaged, empty, too long, or exceeds the resource limits.
        InputError: the plan asks for a page that is not there.
    """
    if not draws_within_limits(untrusted):
        raise CannotShow(TOO_MUCH)
    notes = {
        number: tuple(options.redaction.text(each) for each in said) for number, said in notes_of(untrusted).items()
    }
    # From here on there is one file: what is searched, what is shown and what is placed are the same pages.
    untrusted = as_drawn(untrusted)
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
    prepared.notes = notes
    try:
        reader = PdfReader(untrusted)
    except pypdfium2.PdfiumError as error:
        raise CannotShow(DAMAGED) from error
    try:
        return _as_pages(prepared, reader, untrusted, why, chosen, options)
    finally:
        reader.close()


def _as_pages(
    prepared: PreparedExhibit, reader: PdfReader, untrusted: bytes, why: str, chosen: list[int], options: RenderOptions
) -> PreparedExhibit:
    if options.redaction and _is_covered(reader, chosen, options):
        # What is painted over must be gone: nothing of the file itself goes in.
        return _rendered(prepared, reader, COVERED, frozenset(), chosen, options, covered=True)
    why = BESIDE_OTHERS if options.as_images else why
    ready = Readiness(why) if why else prepared_for_placing(prepared.document)
    why = ready.why
    if why not in {"", MUTE}:
        return _rendered(prepared, reader, why, frozenset(), chosen, options)
    prepared.document = _settled(prepared.document)
    # Of a picture a page may show a part: what it covers or crops is in the file, and is gone once the page is a picture itself.
    pictured = {n for n in chosen if options.redaction and _may_hide(prepared.document, reader, n)}
    asked = [page for page in chosen if page not in pictured]
    attempt = _best_attempt(prepared, reader, untrusted, ready, asked, options)
    prepared.document, prepared.unspoken = attempt.document, attempt.unspoken
    prepared.stand_ins = attempt.stand_ins if attempt.kept else ()
    if attempt.kept >= set(chosen):
        for number in chosen:
            options.tick()
            prepared.pages.append(_placed_page(prepared, reader, number, options))
        return prepared
    why = why or (MAY_HIDE if attempt.kept | pictured >= set(chosen) else NOT_ALLOWED)
    return _rendered(prepared, reader, why, attempt.kept, chosen, options)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A document as it was mended, the pages of it that can be placed, and those of them whose words nobody can read out."""

    document: Any
    kept: frozenset[int]
    stand_ins: tuple[str, ...] = ()
    unspoken: frozenset[int] = frozenset()


def _best_attempt(
    prepared: PreparedExhibit,
    reader: PdfReader,
    untrusted: bytes,
    ready: Readiness,
    asked: Sequence[int],
    options: RenderOptions,
) -> _Attempt:
    """Return the attempt with which the most pages can be placed: a document is mended further only if a page of it cannot (decision 28)."""
    document = prepared.document
    first = _Attempt(
        document, _kept_at_first(document, reader, untrusted, ready, asked, options), ready.mended.stand_ins
    )
    if first.kept >= set(asked):
        return first
    try:
        second = _second_attempt(document, reader, untrusted, ready, asked, options)
    except DAMAGES:
        return first
    best, other = (second, first) if len(second.kept) > len(first.kept) else (first, second)
    other.document.close()
    return best


def _kept_at_first(
    document: Any, reader: PdfReader, untrusted: bytes, ready: Readiness, asked: Sequence[int], options: RenderOptions
) -> frozenset[int]:
    speaking = pages_that_speak(document) if ready.why else range(len(document.pages))
    pages = [page for page in asked if page in speaking]
    if ready.mended.is_changed:
        same = pages_of_same_look(reader.document, document, pages)
        pages = [page for page in pages if page in same]
    return VALIDATOR.pages_that_keep_it(document, sha256(untrusted).digest(), pages, options.tick)


def _second_attempt(
    document: Any, reader: PdfReader, untrusted: bytes, ready: Readiness, asked: Sequence[int], options: RenderOptions
) -> _Attempt:
    options.tick()
    again = pikepdf.open(io.BytesIO(_written(document)), suppress_warnings=True)
    further = mend_further(again)
    unknown, unspoken = (pages_with_unknown(again, further, part) for part in (0.0, MAX_UNKNOWN))
    again = _settled(again)
    speaking = pages_that_speak(again)
    # Where something is withheld, words that nobody can read out are not placed.
    pages = [page for page in asked if page in speaking and not (options.redaction and page in unknown)]
    same = pages_of_same_look(reader.document, again, pages)
    pages = [page for page in pages if page in same]
    kept = VALIDATOR.pages_that_keep_it(again, sha256(FURTHER + untrusted).digest(), pages, options.tick)
    return _Attempt(again, kept, tuple(sorted({*ready.mended.stand_ins, *further.stand_ins})), unspoken & kept)


def _may_hide(document: Any, reader: PdfReader, number: int) -> bool:
    """Whether a page may hold pictures or letters drawn as lines of which it shows a part alone, or nothing."""
    return has_images(document.pages[number].obj) or reader.may_show_more(number)


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


def _is_covered(reader: PdfReader, chosen: Sequence[int], options: RenderOptions) -> bool:
    """Whether anything of the chosen pages is withheld."""
    for number in chosen:
        options.tick()
        if options.redaction.finds_on(number + 1, reader.page(number)):
            return True
    return False


def _placed_page(prepared: PreparedExhibit, reader: PdfReader, number: int, options: RenderOptions) -> Page:
    """Return the bundle's page for a page of the document, and record its placement. Assembly draws it there."""
    source = prepared.document.pages[number]
    mute = not shows_words(source.obj) or number in prepared.unspoken
    shown = reader.page(number) if mute or options.redaction else ShownPage()
    if shown.quarters:
        source.rotate(90 * shown.quarters, relative=True)
    notes = NotesBelow(prepared.notes.get(number, ()))
    size, area = area_for(*seen_size(source), notes.height)
    tag = Element("P") if not mute else _figure(prepared.exhibit, number)
    prepared.placed[len(prepared.pages)] = Placement(number, area, tag)
    page = Page(size)
    notes.set_on(page, area[1])
    prepared.note_reading(number, shown)
    if mute and shown.words():
        page.marks.append(HiddenWords(words_in(shown.words(), area)))
    prepared.has_text = prepared.has_text or not mute or bool(shown.words())
    return caption(page, prepared.exhibit, number + 1, prepared.count)


def _figure(exhibit: Exhibit, number: int) -> Element:
    """Return the structure element of a foreign page without fonts: a figure with an alternate description."""
    return Element(
        "Figure", None, f"Exhibit {exhibit.number}, page {number + 1}, a page without words that can be read out"
    )


def _rendered(
    prepared: PreparedExhibit,
    reader: PdfReader,
    why: str,
    placeable: AbstractSet[int],
    chosen: list[int],
    options: RenderOptions,
    *,
    covered: bool = False,
) -> PreparedExhibit:
    """Render the chosen pages, those in `placeable` excepted, which are placed. With `covered` redactions are applied.

    Raises:
        CannotShow: it has no pages that can be drawn.
    """
    prepared.how, prepared.covered = "rendered", covered
    prepared.remark = f"{why}, {len(placeable)} pages apart" if placeable else why
    try:
        for number in chosen:
            options.tick()
            if number in placeable:
                prepared.pages.append(_placed_page(prepared, reader, number, options))
            else:
                page = _shown_or_not(prepared, reader, number, options)
                prepared.pages.append(caption(page, prepared.exhibit, number + 1, prepared.count))
    except (pypdfium2.PdfiumError, MemoryError, OSError) as error:
        raise CannotShow(DAMAGED) from error
    if not prepared.pages:
        raise CannotShow("it has no pages")
    return prepared


def _shown_or_not(prepared: PreparedExhibit, reader: PdfReader, number: int, options: RenderOptions) -> Page:
    """Return a page as a picture, or a page that says that it cannot be shown: one bad page hides no other."""
    try:
        return _rendered_page(prepared, reader, number, options)
    except (CannotShow, pypdfium2.PdfiumError, ValueError, IndexError):
        if prepared.count == 1:
            raise CannotShow("its page cannot be drawn") from None
        flow = PageWriter()
        flow.space(120)
        flow.paragraph("This page of the exhibit cannot be drawn; the file itself holds what it holds.", BOLD, 11)
        prepared.has_text = True
        return flow.pages[0]


def _rendered_page(prepared: PreparedExhibit, reader: PdfReader, number: int, options: RenderOptions) -> Page:
    shown = reader.page(number)
    page = reader.document[number]
    width, height = page.get_size()
    if width < 1 or height < 1:
        raise CannotShow("a page of it has no size")
    turned = (height, width) if shown.quarters % 2 else (width, height)
    notes = NotesBelow(prepared.notes.get(number, ()))
    size, area = area_for(*turned, notes.height)
    # Notes and forms are a part of the page by now.
    # Of letters alone more pixels in black and white are fewer bytes, and clearer, than fewer in grey.
    lettered = not prepared.covered and not shown.recognised and not reader.may_show_more(number)
    dpi = LETTERS_DPI if lettered else DPI
    # A page without colours is drawn in grey: a third of the pixels' bytes.
    grey = not prepared.covered and is_grey(page.render(scale=GLIMPSE, draw_annots=False).to_pil().convert("RGB"))
    drawn = page.render(scale=dpi / POINTS_PER_INCH * (area[2] / turned[0]), draw_annots=False, grayscale=grey)
    image = turned_upright(drawn.to_pil() if grey else drawn.to_pil().convert("RGB"), shown.quarters)
    page.close()
    prepared.note_reading(number, shown)
    words = options.redaction.cover(number + 1, image, shown) if prepared.covered else shown.words()
    prepared.has_text = prepared.has_text or bool(words)
    result = Page(size)
    notes.set_on(result, area[1])
    result.marks.append(Picture(*area, stored(image, from_letters=lettered), words_in(words, area)))
    return result
