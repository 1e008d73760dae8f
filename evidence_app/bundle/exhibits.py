"""Attachments as pages: PDFs, images, text; what cannot be shown gets a slip sheet."""

import io
from collections.abc import Callable
from typing import Any, Final

from evidence_app.bundle import typesetting as t
from evidence_app.bundle.exhibit_mails import MailSheet, prepare_mail
from evidence_app.bundle.exhibit_pages import MOST_PAGES, CannotShow, PreparedExhibit, area_for, caption, jpeg
from evidence_app.bundle.exhibit_pdfs import prepare_pdf
from evidence_app.bundle.plan import Exhibit
from evidence_app.bundle.typesetting import BOLD, MONO, Flow, Page, Picture
from evidence_app.domain.records import AttachmentFacts

MOST_DPI: Final = 300
MOST_BYTES: Final = 200 * 1024 * 1024
MOST_TEXT: Final = 2 * 1024 * 1024
MOST_PIXELS: Final = 180_000_000
MAIL_TYPES: Final = frozenset({"message/rfc822", "application/vnd.ms-outlook", "application/ms-tnef"})
TEXT_TYPES: Final = frozenset({"text/plain", "text/csv", "message/rfc822"})
IMAGE_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/tiff", "image/webp", "image/gif"})


ReadMail = Callable[[AttachmentFacts, bytes], MailSheet | None]


def prepare(
    exhibit: Exhibit,
    load: Callable[[], bytes],
    foot: str,
    *,
    as_images: bool = False,
    read_mail: ReadMail = lambda _facts, _content: None,
) -> PreparedExhibit:
    """Make an exhibit's pages. `load` returns its exact bytes; nothing in them is believed.

    With `as_images` PDF pages are rendered even where they could be placed. `read_mail` tells what a mail says.
    """
    try:
        prepared = _prepare(exhibit, load, foot, read_mail, as_images=as_images)
    except CannotShow as why:
        prepared = PreparedExhibit(exhibit, _slip(exhibit, str(why)), "slip", str(why))
    for page in prepared.pages:
        page.foot = foot
    prepared.pages[0].keys[exhibit.key] = prepared.pages[0].size[1]
    return prepared


def not_shown(exhibit: Exhibit, why: str, foot: str) -> PreparedExhibit:
    """Make a slip sheet for an exhibit that a profile does not show."""
    prepared = PreparedExhibit(exhibit, _slip(exhibit, why), "slip", why)
    prepared.pages[0].foot = foot
    prepared.pages[0].keys[exhibit.key] = prepared.pages[0].size[1]
    return prepared


def _prepare(
    exhibit: Exhibit, load: Callable[[], bytes], foot: str, read_mail: ReadMail, *, as_images: bool
) -> PreparedExhibit:
    facts = exhibit.facts
    if not facts.kept:
        raise CannotShow("only its digest is held on this machine")
    if facts.size > MOST_BYTES:
        raise CannotShow("it is too large to be shown as pages")
    if not facts.size:
        raise CannotShow("it is empty")
    if facts.media_type == "application/pdf":
        return prepare_pdf(exhibit, load(), as_images=as_images)
    if facts.media_type in IMAGE_TYPES:
        return _image(exhibit, load())
    if facts.media_type in MAIL_TYPES:
        content = load()
        sheet = read_mail(facts, content)
        if sheet is not None:
            return prepare_mail(exhibit, sheet, foot)
    if facts.media_type in TEXT_TYPES:
        return _text(exhibit, load(), foot)
    raise CannotShow("this program does not show files of its sort as pages")


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
                pages.append(caption(_picture_page(picture), exhibit, number, frames))
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
    page.marks.append(Picture(x, y, w, h, jpeg(image)))
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
        caption(page, exhibit, number, len(flow.pages))
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
    caption(flow.pages[0], exhibit, 1, 1)
    return flow.pages
