"""PDF exhibits: pages with which a bundle is still PDF/A are sanitised and placed as they are; others are rendered with a text layer.

The file itself is open in a worker (`placeable_pdf`); here stand the pages of the bundle. Pages are counted from 0, but from 1 in sentences and in
redactions.
"""

import io
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import pikepdf

from evidence_app.bundle.exhibits.notes_below import NotesBelow
from evidence_app.bundle.exhibits.page_import import DAMAGED_IN_PART, seen_size
from evidence_app.bundle.exhibits.picture_encoding import stored
from evidence_app.bundle.exhibits.placeable_pdf import Placing
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
from evidence_app.bundle.pdf.placement import Placement
from evidence_app.bundle.pdf.strip_tags import shows_words
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.typeset.fonts import BOLD
from evidence_app.bundle.typeset.page_writer import HiddenWords, Page, PageWriter, Picture, StoredPicture
from evidence_app.bundle.typeset.tag_tree import Element
from evidence_app.documents.foreign_pdf import CannotShow, PdfFacts
from evidence_app.documents.opening import opened_pdf, page_shown, pages_shown
from evidence_app.documents.recognition import turned_upright
from evidence_app.documents.resource_limits import DAMAGES
from evidence_app.documents.shown_words import ShownPage
from evidence_app.documents.workers.sessions import OPENING_SECONDS, ForeignSession
from evidence_app.documents.workers.values import Pixels

DPI: Final = 200
"""Resolution of rendered pages."""
LETTERS_DPI: Final = 300
"""Resolution of rendered pages that have letters alone."""
POINTS_PER_INCH: Final = 72
Files = tuple[tuple[str, bytes], ...]
TO_PLACE: Final = "pdf to place"
SECONDS_A_PAGE: Final = 10.0
"""Time that a worker has for each page, besides that for opening, to find out whether it can be placed."""
BY_PROGRAM: Final = (
    "its pages are drawn by one maker's program alone (an XFA form). Print it from there, and attach that too"
)
NOT_ALLOWED: Final = "PDF/A does not allow it as it is"
BESIDE_OTHERS: Final = "PDF/A does not allow it beside the others"
MAY_HIDE: Final = "pictures on it may hold more than they show"
COVERED: Final = "words or areas of it are withheld"


class CannotDraw(Exception):
    """A page cannot be drawn; others may be."""


def prepare_pdf(exhibit: Exhibit, untrusted: bytes, options: RenderOptions) -> tuple[PreparedExhibit, Files]:
    """Make the pages of a PDF exhibit. Return them, and the files that are attached to it.

    Raises:
        CannotShow: it is protected, damaged, empty, too long, or exceeds the resource limits.
        InputError: the plan asks for a page that is not there.
    """
    with opened_pdf(untrusted, options.tick, TO_PLACE) as session:
        facts: PdfFacts = session.facts
        if facts.is_drawn_by_program:
            raise CannotShow(BY_PROGRAM)
        if facts.count > MAX_PAGES:
            raise CannotShow(f"it has more than {MAX_PAGES:,} pages")
        chosen = chosen_pages(exhibit, facts.count)
        prepared = PreparedExhibit(exhibit, [], "placed", count=facts.count, has_text=False)
        prepared.left_out = pages_left_out(facts.count, chosen)
        prepared.notes = {
            number: tuple(options.redaction.text(each) for each in said) for number, said in facts.notes.items()
        }
        reader = _Pages(session, options.tick)
        files: Files = session.ask("files")
        made = _as_pages(prepared, reader, facts.why, chosen, options)
        if exhibit.chosen.parts:
            _keep_own_index(made, session, chosen, options)
        return made, files


def _keep_own_index(
    prepared: PreparedExhibit, session: ForeignSession, chosen: Sequence[int], options: RenderOptions
) -> None:
    """Keep the bookmarks of a file, and say above each page how its maker numbers it."""
    bookmarks, labels = session.ask("own_index")
    places = {number: place for place, number in enumerate(chosen)}
    prepared.own_index = [(places[page], options.redaction.text(title)) for page, title in bookmarks if page in places]
    for place, number in enumerate(chosen):
        if number < len(labels) and labels[number]:
            say_tie(prepared.pages[place], f"its maker's page {options.redaction.text(labels[number])}")


class _Pages:
    """The pages of a PDF that is open in a worker, counted from 0; what each shows is asked once."""

    def __init__(self, session: ForeignSession, tick: Callable[[], None]) -> None:
        self.session = session
        self._tick = tick
        self._known: dict[int, ShownPage] = {}

    def page(self, number: int) -> ShownPage:
        """Return what a page shows."""
        if number not in self._known:
            self._known[number] = page_shown(self.session, number, self._tick)
        return self._known[number]

    def read_ahead(self, numbers: Sequence[int]) -> None:
        """Read pages of which all are going to be asked for: several pictures at a time."""
        unread = [number for number in numbers if number not in self._known]
        self._known |= zip(unread, pages_shown(self.session, unread, self._tick), strict=True)


def _as_pages(
    prepared: PreparedExhibit, reader: _Pages, why: str, chosen: list[int], options: RenderOptions
) -> PreparedExhibit:
    if options.redaction and _is_covered(reader, chosen, options):
        # What is painted over must be gone: nothing of the file itself goes in.
        return _rendered(prepared, reader, COVERED, frozenset(), chosen, options, covered=True)
    if options.as_images:
        return _rendered(prepared, reader, BESIDE_OTHERS, frozenset(), chosen, options)
    seconds = OPENING_SECONDS + SECONDS_A_PAGE * len(chosen)
    placing: Placing = reader.session.ask("placing", chosen, bool(options.redaction), seconds=seconds)
    if not placing.kept:
        why = placing.why or (MAY_HIDE if placing.pictured >= set(chosen) else NOT_ALLOWED)
        return _rendered(prepared, reader, why, frozenset(), chosen, options)
    try:
        # What a worker has sanitised and written anew.
        prepared.document = pikepdf.open(io.BytesIO(placing.document), suppress_warnings=True)
    except DAMAGES:
        return _rendered(prepared, reader, DAMAGED_IN_PART, frozenset(), chosen, options)
    prepared.unspoken, prepared.stand_ins = placing.unspoken, placing.stand_ins
    if placing.kept >= set(chosen):
        reader.read_ahead([number for number in chosen if options.redaction or _is_mute(prepared, number)])
        for number in chosen:
            options.tick()
            prepared.pages.append(_placed_page(prepared, reader, number, options))
        return prepared
    why = placing.why or (MAY_HIDE if placing.kept | placing.pictured >= set(chosen) else NOT_ALLOWED)
    return _rendered(prepared, reader, why, placing.kept, chosen, options)


def _is_covered(reader: _Pages, chosen: Sequence[int], options: RenderOptions) -> bool:
    """Whether anything of the chosen pages is withheld."""
    for number in chosen:
        options.tick()
        if options.redaction.finds_on(number + 1, reader.page(number)):
            return True
    return False


def _is_mute(prepared: PreparedExhibit, number: int) -> bool:
    """Whether a page that is placed has no words that can be read out."""
    return not shows_words(prepared.document.pages[number].obj) or number in prepared.unspoken


def _placed_page(prepared: PreparedExhibit, reader: _Pages, number: int, options: RenderOptions) -> Page:
    """Return the bundle's page for a page of the document, and record its placement. Assembly draws it there."""
    source = prepared.document.pages[number]
    mute = _is_mute(prepared, number)
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
    reader: _Pages,
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
    reader.read_ahead([number for number in chosen if number not in placeable])
    for number in chosen:
        options.tick()
        if number in placeable:
            prepared.pages.append(_placed_page(prepared, reader, number, options))
        else:
            page = _shown_or_not(prepared, reader, number, options)
            prepared.pages.append(caption(page, prepared.exhibit, number + 1, prepared.count))
    if not prepared.pages:
        raise CannotShow("it has no pages")
    return prepared


def _shown_or_not(prepared: PreparedExhibit, reader: _Pages, number: int, options: RenderOptions) -> Page:
    """Return a page as a picture, or a page that says that it cannot be shown: one bad page hides no other."""
    try:
        return _rendered_page(prepared, reader, number, options)
    except CannotDraw:
        if prepared.count == 1:
            raise CannotShow("its page cannot be drawn") from None
        flow = PageWriter()
        flow.space(120)
        flow.paragraph("This page of the exhibit cannot be drawn; the file itself holds what it holds.", BOLD, 11)
        prepared.has_text = True
        return flow.pages[0]


def _rendered_page(prepared: PreparedExhibit, reader: _Pages, number: int, options: RenderOptions) -> Page:
    """Return a page as a picture.

    Raises:
        CannotDraw: it cannot be drawn.
    """
    session, shown = reader.session, reader.page(number)
    width, height = session.ask("size", number) or (0, 0)
    if width < 1 or height < 1:
        raise CannotDraw
    turned = (height, width) if shown.quarters % 2 else (width, height)
    # Notes and forms are a part of the page by now.
    notes = NotesBelow(prepared.notes.get(number, ()))
    size, area = area_for(*turned, notes.height)
    reduced = area[2] / turned[0] / POINTS_PER_INCH
    # Of letters alone more pixels in black and white are fewer bytes, and clearer, than fewer in grey.
    lettered = not prepared.covered and not shown.recognised and not session.ask("may_show_more", number)
    picture: StoredPicture | None
    if prepared.covered:
        drawn: Pixels | None = session.ask("picture", number, DPI * reduced)
        if drawn is None:
            raise CannotDraw
        image = turned_upright(drawn.picture(), shown.quarters)
        words = options.redaction.cover(number + 1, image, shown)
        picture = stored(image)
    else:
        dpi = LETTERS_DPI if lettered else DPI
        picture = session.ask("stored", number, dpi * reduced, shown.quarters, lettered)
        words = shown.words()
    if picture is None:
        raise CannotDraw
    prepared.note_reading(number, shown)
    prepared.has_text = prepared.has_text or bool(words)
    result = Page(size)
    notes.set_on(result, area[1])
    result.marks.append(Picture(*area, picture, words_in(words, area)))
    return result
