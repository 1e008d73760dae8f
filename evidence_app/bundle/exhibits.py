"""Attachments as pages: PDF pages sanitised and placed, images, text; what cannot be shown gets a slip sheet."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from evidence_app.bundle import typesetting as t
from evidence_app.bundle.plan import Exhibit
from evidence_app.bundle.typesetting import A4, BOLD, MONO, Flow, Page, Picture

SIDE: Final = 30.0
HEAD: Final = 58.0
FOOT: Final = 54.0
DPI: Final = 200
MOST_DPI: Final = 300
MOST_PAGES: Final = 5_000
MOST_BYTES: Final = 200 * 1024 * 1024
MOST_TEXT: Final = 2 * 1024 * 1024
MOST_PIXELS: Final = 180_000_000
JPEG_QUALITY: Final = 82
TEXT_TYPES: Final = frozenset({"text/plain", "text/csv", "message/rfc822"})
IMAGE_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/tiff", "image/webp", "image/gif"})


@dataclass(frozen=True, slots=True)
class Placement:
    """A PDF page that is put on one of ours: which, and into which area (x, y, width, height)."""

    source: int
    area: tuple[float, float, float, float]


@dataclass(slots=True)
class PreparedExhibit:
    """An exhibit's pages. `placed` says for each page what of `document` goes on it, if anything.

    `how` is for the conformance sheet: placed, rendered, image, text or slip; `remark` says why.
    """

    exhibit: Exhibit
    pages: list[Page]
    how: str
    remark: str = ""
    document: Any = None
    placed: dict[int, Placement] = field(default_factory=dict)
    has_text: bool = True


class CannotShow(Exception):
    """An attachment cannot be shown as pages. Its message says why."""


def prepare(exhibit: Exhibit, load: Callable[[], bytes], foot: str, *, as_images: bool = False) -> PreparedExhibit:
    """Make an exhibit's pages. `load` returns its exact bytes; nothing in them is believed.

    With `as_images` PDF pages are rendered even where they could be placed.
    """
    try:
        prepared = _prepare(exhibit, load, foot, as_images=as_images)
    except CannotShow as why:
        prepared = PreparedExhibit(exhibit, _slip(exhibit, str(why)), "slip", str(why))
    for page in prepared.pages:
        page.foot = foot
    prepared.pages[0].keys[exhibit.key] = prepared.pages[0].size[1]
    return prepared


def _prepare(exhibit: Exhibit, load: Callable[[], bytes], foot: str, *, as_images: bool) -> PreparedExhibit:
    facts = exhibit.facts
    if not facts.kept:
        raise CannotShow("only its digest is held on this machine")
    if facts.size > MOST_BYTES:
        raise CannotShow("it is too large to be shown as pages")
    if not facts.size:
        raise CannotShow("it is empty")
    if facts.media_type == "application/pdf":
        return _pdf(exhibit, load(), as_images=as_images)
    if facts.media_type in IMAGE_TYPES:
        return _image(exhibit, load())
    if facts.media_type in TEXT_TYPES:
        return _text(exhibit, load(), foot)
    raise CannotShow("this program does not show files of its sort as pages")


def area_for(width: float, height: float) -> tuple[tuple[float, float], tuple[float, float, float, float]]:
    """Return the page for something of this size, and the area it goes into: never enlarged, landscape kept."""
    page = (A4[1], A4[0]) if width > height else A4
    room = (page[0] - 2 * SIDE, page[1] - HEAD - FOOT)
    scale = min(1.0, room[0] / width, room[1] / height)
    w, h = width * scale, height * scale
    return page, ((page[0] - w) / 2, FOOT + (room[1] - h), w, h)


def _caption(page: Page, exhibit: Exhibit, number: int, count: int) -> Page:
    which = f"Exhibit {exhibit.number}" + (f", page {number} of {count}" if count > 1 else "")
    page.marks.append(t.Text(t.MARGIN, page.size[1] - 47, BOLD, 8.5, t.TEAL, which))
    page.plain = True
    return page


def _pdf(exhibit: Exhibit, untrusted: bytes, *, as_images: bool) -> PreparedExhibit:
    import pikepdf

    try:
        document = pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True)
        count = len(document.pages)
    except pikepdf.PasswordError as error:
        raise CannotShow("it is protected by a password") from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise CannotShow("it is damaged, or not really a PDF") from error
    if not 0 < count <= MOST_PAGES:
        raise CannotShow("it has no pages" if not count else f"it has more than {MOST_PAGES:,} pages")
    why = "PDF/A does not allow it beside the others" if as_images else _why_not_placed(document)
    if why:
        return _rendered(exhibit, untrusted, why)
    prepared = PreparedExhibit(exhibit, [], "placed", document=document)
    for number, source in enumerate(document.pages, start=1):
        width, height = _seen_size(source)
        size, area = area_for(width, height)
        prepared.placed[number - 1] = Placement(number - 1, area)
        prepared.pages.append(_caption(Page(size), exhibit, number, count))
    return prepared


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
        if any(float(size) < 3 for page in document.pages for size in _seen_size(page)):
            return "a page of it has no size"
        if "/AcroForm" in document.Root or any("/Annots" in page for page in document.pages):
            document.generate_appearance_streams()
            document.flatten_annotations("screen")
        for page in document.pages:
            if "/Trans" in page.obj:
                del page.obj["/Trans"]
        pdfa.prepare(document, "3b")
        report = pdfa.check(document, "3b")
        if not report.passed:
            return "PDF/A does not allow it as it is"
        digester = PageDigester()
        for page in document.pages:
            digester.digest(page)
    except CircularPage:
        return "its parts refer to themselves"
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, NotImplementedError):
        return "a part of it is damaged"
    return ""


def _rendered(exhibit: Exhibit, untrusted: bytes, why: str) -> PreparedExhibit:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError as error:
        raise CannotShow("it is damaged, or not really a PDF") from error
    prepared = PreparedExhibit(exhibit, [], "rendered", why, has_text=False)
    try:
        document.init_forms()
        count = len(document)
        for number in range(count):
            prepared.pages.append(_caption(_rendered_page(document, number, prepared), exhibit, number + 1, count))
    except (pypdfium2.PdfiumError, MemoryError, OSError) as error:
        raise CannotShow("it is damaged, or not really a PDF") from error
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
    bitmap = page.render(scale=DPI / 72 * (w / width))
    image = _jpeg(bitmap.to_pil())
    words = tuple(_words_on(page, x, y, w / width, h / height))
    prepared.has_text = prepared.has_text or bool(words)
    result = Page(size)
    result.marks.append(Picture(x, y, w, h, image, words))
    page.close()
    return result


def _words_on(page: Any, x: float, y: float, across: float, up: float) -> list[tuple[float, float, float, float, str]]:
    from pypdfium2 import PdfiumError

    found = []
    try:
        text = page.get_textpage()
        for number in range(min(text.count_rects(), 20_000)):
            left, bottom, right, top = text.get_rect(number)
            line = " ".join(text.get_text_bounded(left, bottom, right, top).split())
            if line:
                found.append((x + left * across, y + bottom * up, (right - left) * across, (top - bottom) * up, line))
    except PdfiumError:
        return found
    return found


def _jpeg(image: Any) -> bytes:
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return buffer.getvalue()


def _image(exhibit: Exhibit, untrusted: bytes) -> PreparedExhibit:
    from PIL import Image, ImageOps, ImageSequence

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    pages: list[Page] = []
    try:
        with Image.open(io.BytesIO(untrusted)) as opened:
            frames = getattr(opened, "n_frames", 1)
            if frames > MOST_PAGES or opened.width * opened.height > MOST_PIXELS:
                raise CannotShow("it is too large to be shown as pages")
            for number, frame in enumerate(ImageSequence.Iterator(opened), start=1):
                picture = _on_white(ImageOps.exif_transpose(frame.copy()))
                pages.append(_caption(_picture_page(picture), exhibit, number, frames))
                if exhibit.facts.media_type == "image/gif":
                    break
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError, Image.DecompressionBombError) as error:
        raise CannotShow("it is damaged, or not really an image") from error
    return PreparedExhibit(exhibit, pages, "image", has_text=False)


def _on_white(image: Any) -> Any:
    from PIL import Image

    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, image).convert("RGB")
    return image.convert("RGB")


def _picture_page(image: Any) -> Page:
    # At 150 pixels an inch a photograph fills the page; a small picture is not blown up.
    size, (x, y, w, h) = area_for(max(1.0, image.width * 72 / 150), max(1.0, image.height * 72 / 150))
    most = (max(1, int(w / 72 * MOST_DPI)), max(1, int(h / 72 * MOST_DPI)))
    if image.width > most[0] or image.height > most[1]:
        image.thumbnail(most)
    page = Page(size)
    page.marks.append(Picture(x, y, w, h, _jpeg(image)))
    return page


def _text(exhibit: Exhibit, untrusted: bytes, foot: str) -> PreparedExhibit:
    cut = untrusted[:MOST_TEXT]
    try:
        text = cut.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = cut.decode("cp1252", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    text = "".join(
        character if character in "\n\t" or character.isprintable() else t.MISSING_GLYPH for character in text
    )
    flow = Flow(foot)
    flow.space(4)
    for line in text.split("\n"):
        flow.paragraph(line, MONO, 8.2, after=0)
    if len(untrusted) > MOST_TEXT:
        flow.paragraph("The rest of this text is not shown; the whole is in the original file.", BOLD, 9)
    for number, page in enumerate(flow.pages, start=1):
        _caption(page, exhibit, number, len(flow.pages))
    return PreparedExhibit(exhibit, flow.pages, "text")


def _slip(exhibit: Exhibit, why: str) -> list[Page]:
    facts = exhibit.facts
    flow = Flow()
    flow.space(120)
    flow.heading(f"Exhibit {exhibit.number}", level=0)
    flow.paragraph(f"This file is not shown as pages: {why}.", BOLD, 11, after=14)
    for label, text in (
        ("Name", facts.name),
        ("Sort of file", facts.media_type),
        ("Size", f"{facts.size:,} bytes"),
        ("Attached to", ", ".join(f"record {index}" for index in exhibit.records)),
        ("SHA-256", facts.sha256),
    ):
        flow.pair(label, text, size=10)
    _caption(flow.pages[0], exhibit, 1, 1)
    return flow.pages
