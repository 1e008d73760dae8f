"""Makes the pages of an exhibit from an attachment: a PDF, image, text, or mail with its own attachments; else a slip sheet."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final

from evidence_app.bundle.exhibits.handover_pages import prepare_handed_over
from evidence_app.bundle.exhibits.mails import MailSheet, prepare_mail
from evidence_app.bundle.exhibits.pdf_files import prepare_pdf
from evidence_app.bundle.exhibits.picture_encoding import stored
from evidence_app.bundle.exhibits.prepared import (
    MAX_PAGES,
    PreparedExhibit,
    RenderOptions,
    area_for,
    caption,
    chosen_pages,
    pages_left_out,
    say_tie,
    words_in,
)
from evidence_app.bundle.exhibits.set_documents import prepare_content
from evidence_app.bundle.exhibits.small_pictures import EnclosedPages
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.typeset.fonts import BOLD, MISSING_GLYPH, MONO, REGULAR
from evidence_app.bundle.typeset.page_writer import NOTE_SIZE, Page, PageWriter, Picture
from evidence_app.documents.foreign_pdf import CannotShow
from evidence_app.documents.foreign_picture import PICTURE_DPI
from evidence_app.documents.media_types import HEAD_BYTES, MAIL_TYPES, METAFILE_TYPES, TEXT_TYPES, media_type
from evidence_app.documents.office.content import CannotRead, DocumentContent
from evidence_app.documents.opening import content_of_foreign, opened_picture, words_on_page
from evidence_app.documents.picture_pages import PictureDamaged, PictureTooLarge
from evidence_app.documents.pictures import reads_heic
from evidence_app.documents.plain_text import decoded
from evidence_app.documents.read_file import HEIC_TYPES, IMAGE_TYPES
from evidence_app.documents.shown_words import Reading, ShownPage, WordSource
from evidence_app.documents.sound import is_recording, length_in_words
from evidence_app.documents.workers.sessions import ForeignSession
from evidence_app.documents.workers.values import Pixels
from evidence_app.domain.plan.saved_plan import Document
from evidence_app.domain.record.records import AttachmentFacts
from evidence_app.errors import InputError

MAX_DPI: Final = 300
"""Resolution of pictures (docs/domain.md, section 9.1: not above 300 dpi)."""
PHOTOGRAPH_DPI: Final = 200
MIN_PRINTED: Final = 8
"""Words on a picture from which it is print."""
MAX_BYTES: Final = 200 * 1024 * 1024
"""Size of a file that is shown as pages."""
MAX_TEXT: Final = 2 * 1024 * 1024
"""Bytes of a text file that are shown."""
MAX_ENCLOSED: Final = 200
"""Files in a mail or document that are shown with it."""
MAX_WITHIN: Final = 5
"""Files within files that are opened."""
POINTS_PER_INCH: Final = 72
TOO_LARGE: Final = "it is too large to be shown as pages"


ReadMail = Callable[[AttachmentFacts, bytes], MailSheet | None]
"""A parser of mails: from an attachment's facts and bytes to the sheet to be printed, or None if it is no mail."""


def prepare(
    exhibit: Exhibit,
    load: Callable[[], bytes],
    foot: str,
    *,
    options: RenderOptions | None = None,
    read_mail: ReadMail = lambda _facts, _content: None,
) -> PreparedExhibit:
    """Make an exhibit's pages, or a slip sheet with the reason where it cannot be shown.

    `load` returns the file's exact bytes, which are untrusted; `foot` is printed in the footer; `way` are the options; `read_mail` parses
    mails.

    Raises:
        InputError: the plan asks for pages, or redacts areas, of an exhibit that has none.
    """
    try:
        prepared = _prepare(exhibit, load, foot, read_mail, options or RenderOptions())
    except CannotShow as why:
        prepared = PreparedExhibit(exhibit, _slip(exhibit, str(why)), "slip", str(why))
    if exhibit.chosen.pages and not prepared.count:
        raise InputError(f"Exhibit {exhibit.number} is not shown as a PDF or picture: its pages cannot be chosen.")
    if options and options.redaction.areas and prepared.how == "text":
        raise InputError(f"Exhibit {exhibit.number} is text: withhold words of it, not areas.")
    return _named(prepared, foot)


def not_shown(exhibit: Exhibit, why: str, foot: str) -> PreparedExhibit:
    """Make a slip sheet for an exhibit that a profile does not show."""
    return _named(PreparedExhibit(exhibit, _slip(exhibit, why), "slip", why), foot)


def say_where_it_is(prepared: PreparedExhibit, name: str) -> None:
    """Have a slip sheet say under which name the file is embedded in the bundle, in place."""
    foot = prepared.pages[0].foot
    prepared.pages = _slip(prepared.exhibit, prepared.remark, name)
    _named(prepared, foot)


def _named(prepared: PreparedExhibit, foot: str) -> PreparedExhibit:
    """Set the footer of all pages, and the keys by which index and bookmarks link to the exhibit and to each enclosed file."""
    for page in prepared.pages:
        page.foot = foot
    prepared.pages[0].keys[prepared.exhibit.key] = prepared.pages[0].size[1]
    if prepared.exhibit.tie:
        say_tie(prepared.pages[0], prepared.exhibit.tie)
    for number, (index, _) in enumerate(prepared.own_index, start=1):
        prepared.pages[index].keys[f"{prepared.exhibit.key}-part-{number}"] = prepared.pages[index].size[1]
    for number, (index, _) in enumerate(prepared.enclosed, start=1):
        prepared.pages[index].keys[f"{prepared.exhibit.key}-{number}"] = prepared.pages[index].size[1]
    return prepared


def _prepare(
    exhibit: Exhibit, load: Callable[[], bytes], foot: str, read_mail: ReadMail, options: RenderOptions
) -> PreparedExhibit:
    """Make an exhibit's pages by its media type.

    Raises:
        CannotShow: it cannot be shown as pages.
    """
    facts = exhibit.facts
    if exhibit.taken_from is not None:
        return prepare_handed_over(exhibit, exhibit.taken_from, load(), options)
    if not facts.kept:
        raise CannotShow("only its digest is held on this machine")
    if facts.size > MAX_BYTES:
        raise CannotShow(TOO_LARGE)
    if not facts.size:
        raise CannotShow("it is empty")
    if facts.media_type == "application/pdf":
        made, files_in_it = prepare_pdf(exhibit, load(), options)
        attached = tuple((options.redaction.text(name), inside) for name, inside in files_in_it)
        return _with_enclosed(made, attached, "", foot, read_mail, options)
    if facts.media_type in IMAGE_TYPES or (facts.media_type in HEIC_TYPES and reads_heic()):
        return _image(exhibit, load(), facts.media_type, options)
    if facts.media_type in MAIL_TYPES:
        content = load()
        sheet = read_mail(facts, content)
        if sheet is not None:
            made = prepare_mail(exhibit, sheet, foot)
            return _with_enclosed(made, sheet.files, sheet.files_withheld, foot, read_mail, options)
    content = load()
    if is_recording(facts.media_type, content):
        length = length_in_words(content)
        what = "video" if facts.media_type.startswith("video/") else "sound recording"
        raise CannotShow(f"it is a {what}{f' of {length}' if length else ''}: listen to the original")
    said = _content_of(facts, content)
    if said is not None:
        return _words(exhibit, said, foot, read_mail, options)
    if facts.media_type in TEXT_TYPES:
        return _text(exhibit, load(), foot, options)
    raise CannotShow("this program does not show files of its sort as pages")


def _words(
    exhibit: Exhibit, said: DocumentContent, foot: str, read_mail: ReadMail, options: RenderOptions
) -> PreparedExhibit:
    """Set the pages of a document of words, and of the files in it; a drawing that is one bitmap and nothing else is a picture."""
    if exhibit.facts.media_type in METAFILE_TYPES and not said.blocks and len(said.files) == 1:
        ((name, bitmap),) = said.files
        return _image(exhibit, bitmap, media_type(bitmap[:HEAD_BYTES], name), options)
    made = prepare_content(exhibit, said, foot, options.redaction)
    files = tuple((options.redaction.text(name), inside) for name, inside in said.files)
    return _with_enclosed(made, files, "", foot, read_mail, options)


def _content_of(facts: AttachmentFacts, untrusted: bytes) -> DocumentContent | None:
    """Return what a document of words says, or None if a file is none.

    Raises:
        CannotShow: it is one and cannot be read.
    """
    try:
        return content_of_foreign(facts.media_type, facts.name, untrusted)
    except CannotRead as why:
        raise CannotShow(f"it {why}") from why


def _with_enclosed(
    prepared: PreparedExhibit,
    enclosed: Sequence[tuple[str, bytes]],
    withheld: str,
    foot: str,
    read_mail: ReadMail,
    options: RenderOptions,
) -> PreparedExhibit:
    """Put the files that are in a mail or document, and are no exhibits yet, behind it, each as an exhibit within its own: 4.1, 4.2 ….

    `withheld` says why they are not shown, if they are not.
    """
    inner_options = replace(options, as_images=True, redaction=replace(options.redaction, areas={}))
    if len(prepared.exhibit.within) >= MAX_WITHIN:
        return prepared
    digests = [sha256(content).hexdigest() for _, content in enclosed]
    files = [(*file, digest) for file, digest in zip(enclosed, digests, strict=True) if digest not in options.shown]
    pages = EnclosedPages(prepared.pages)
    for number, (name, content, digest) in enumerate(files[:MAX_ENCLOSED], start=1):
        options.tick()
        facts = AttachmentFacts(name, digest, len(content), media_type(content[:HEAD_BYTES], name), kept=True)
        within = (*prepared.exhibit.within, number)
        chosen = Document(page_alone=prepared.exhibit.chosen.page_alone)
        inner = Exhibit(prepared.exhibit.number, facts, prepared.exhibit.records, chosen, within)
        if withheld:
            prepared.enclosed.append((pages.add(_slip(inner, withheld)), name))
            continue
        try:
            # Placed pages would need an open document for each file, and there is one an exhibit: all pages are images or text.
            made = _prepare(inner, lambda content=content: content, foot, read_mail, inner_options)  # type: ignore[misc]
        except CannotShow as why:
            prepared.enclosed.append((pages.add(_slip(inner, str(why))), name))
            continue
        prepared.enclosed.append((pages.add(made.pages), name))
        prepared.recognised += made.recognised
        prepared.doubts += made.doubts
        prepared.technical += made.technical
        prepared.beside_left_out = prepared.beside_left_out or made.beside_left_out
    return prepared


def _image(exhibit: Exhibit, untrusted: bytes, kind: str, options: RenderOptions) -> PreparedExhibit:
    prepared = PreparedExhibit(exhibit, [], "image", has_text=False, covered=bool(options.redaction))
    try:
        with opened_picture(untrusted, kind, options.tick) as session:
            count = session.facts.count
            if count > MAX_PAGES:
                raise CannotShow(TOO_LARGE)
            chosen = chosen_pages(exhibit, count)
            prepared.count, prepared.left_out = count, pages_left_out(count, chosen)
            for number in chosen:
                options.tick()
                page = _picture_page(session, prepared, number, options)
                prepared.pages.append(caption(page, exhibit, number + 1, count, session.facts.remark))
    except PictureTooLarge as error:
        raise CannotShow(TOO_LARGE) from error
    except PictureDamaged as error:
        raise CannotShow("it is damaged, or not really an image") from error
    return prepared


def _picture_page(session: ForeignSession, prepared: PreparedExhibit, number: int, options: RenderOptions) -> Page:
    found = words_on_page(session.ask("to_read", number), PICTURE_DPI, options.tick)
    pixels: Pixels = session.ask("picture", number, found.quarters)
    image = pixels.picture()
    # At 150 pixels an inch a photograph fills the page; a small picture is not blown up.
    points = POINTS_PER_INCH / PICTURE_DPI
    size, area = area_for(max(1.0, image.width * points), max(1.0, image.height * points))
    # A photograph needs fewer pixels than print.
    dpi = MAX_DPI if len(found.words) >= MIN_PRINTED else PHOTOGRAPH_DPI
    most = (max(1, int(area[2] / POINTS_PER_INCH * dpi)), max(1, int(area[3] / POINTS_PER_INCH * dpi)))
    if image.width > most[0] or image.height > most[1]:
        image.thumbnail(most)
    shown = ShownPage((Reading(WordSource.RECOGNISED, found.words),), found.quarters, found.doubt)
    prepared.note_reading(number, shown)
    words = options.redaction.cover(number + 1, image, shown) if options.redaction else shown.words()
    prepared.has_text = prepared.has_text or bool(words)
    page = Page(size)
    page.marks.append(Picture(*area, stored(image), words_in(words, area)))
    return page


def _text(exhibit: Exhibit, untrusted: bytes, foot: str, options: RenderOptions) -> PreparedExhibit:
    text = decoded(untrusted[:MAX_TEXT])
    text = options.redaction.text(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    text = "".join(character if character in "\n\t" or character.isprintable() else MISSING_GLYPH for character in text)
    flow = PageWriter(foot)
    flow.space(4)
    for line in text.split("\n"):
        flow.paragraph(line, MONO, NOTE_SIZE, after=0)
    if len(untrusted) > MAX_TEXT:
        flow.paragraph("The rest of this text is not shown; the whole is in the original file.", BOLD)
    for number, page in enumerate(flow.pages, start=1):
        caption(page, exhibit, number, len(flow.pages))
    return PreparedExhibit(exhibit, flow.pages, "text", covered=bool(options.redaction))


def _slip(exhibit: Exhibit, why: str, embedded: str = "") -> list[Page]:
    """Return a slip sheet: the facts of a file that is not shown, the reason, and the name under which it is embedded, if it is."""
    facts = exhibit.facts
    flow = PageWriter()
    flow.space(8)
    flow.heading(f"Exhibit {exhibit.label}", level=1)
    flow.paragraph(f"This file is not shown as pages: {why}.", BOLD, 11, after=6)
    for label, text in (
        ("Name", facts.name),
        ("Sort of file", facts.media_type),
        ("Size", f"{facts.size:,} bytes"),
        ("SHA-256 of its bytes", facts.sha256),
        ("Attached to", ", ".join(f"record {index}" for index in exhibit.records)),
    ):
        flow.pair(label, text, size=10)
    if embedded:
        flow.space(8)
        flow.paragraph(
            f"The file itself is in this PDF, as it was received: open {embedded} in the list of attachments of your PDF reader.",
            REGULAR,
            10,
        )
    caption(flow.pages[0], exhibit, 1, 1)
    return flow.pages
