"""Opens foreign files in workers, by their sort; whatever goes wrong there is the file's fault, with a sentence."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256

from evidence_app.documents.foreign_pdf import CannotShow
from evidence_app.documents.foreign_picture import PICTURE_DPI
from evidence_app.documents.office.content import CannotRead, DocumentContent
from evidence_app.documents.pdf.words import RECOGNITION_DPI
from evidence_app.documents.picture_pages import PictureDamaged, PictureTooLarge
from evidence_app.documents.recognition import MAX_SECONDS, Recognised, languages_in_use, remembered
from evidence_app.documents.shown_words import ShownPage
from evidence_app.documents.workers.sessions import DRAWN_PAGE, ForeignSession, Refused, WorkerEnded, opened_in_worker
from evidence_app.documents.workers.side_by_side import in_order
from evidence_app.documents.workers.values import Pixels

ENDED = "it took too long, or broke what read it"
READING_BEGINS = 20.0
"""Seconds that a worker has to begin, beside those in which a picture is read once and again."""
RAISED = {each.__name__: each for each in (CannotShow, CannotRead, PictureDamaged, PictureTooLarge)}
Tick = Callable[[], None]


def _nothing() -> None:
    return None


@contextmanager
def opened_pdf(untrusted: bytes, tick: Tick = _nothing, kind: str = "pdf") -> Iterator[ForeignSession]:
    """Open a PDF.

    Raises:
        CannotShow: it cannot be opened, or what opened it ended.
    """
    with _opened(kind, untrusted, languages_in_use(), tick=tick) as session:
        yield session


@contextmanager
def opened_picture(untrusted: bytes, kind: str, tick: Tick = _nothing) -> Iterator[ForeignSession]:
    """Open a picture of a media type.

    Raises:
        PictureDamaged, PictureTooLarge: it cannot be read.
        CannotShow: what opened it ended.
    """
    with _opened("picture", untrusted, kind, tick=tick) as session:
        yield session


def words_on_page(drawn: Pixels, dpi: int, tick: Tick = _nothing) -> Recognised:
    """Return what is recognised on a page that was drawn at so many dots per inch. It never fails: what could not be read is a doubt."""
    digest = sha256(b"%d %d %d " % (drawn.width, drawn.height, dpi) + drawn.content).digest()
    seconds = 2.0 * MAX_SECONDS + READING_BEGINS

    def read() -> Recognised | None:
        try:
            with (
                _translated(),
                opened_in_worker(
                    DRAWN_PAGE, digest, drawn, dpi, languages_in_use(), tick=tick, seconds=seconds
                ) as session,
            ):
                found: Recognised = session.facts
                return found
        except CannotShow:
            return None

    return remembered(digest, read)


def page_shown(session: ForeignSession, number: int, tick: Tick = _nothing) -> ShownPage:
    """Return what a page of an opened PDF shows, counted from 0."""
    drawn: Pixels | None = session.ask("to_read", number)
    found = words_on_page(drawn, RECOGNITION_DPI, tick) if drawn is not None else None
    shown: ShownPage = session.ask("page", number, found)
    return shown


def pages_shown(session: ForeignSession, numbers: Sequence[int], tick: Tick = _nothing) -> Iterator[ShownPage]:
    """Yield what pages of an opened PDF show, in this order; pictures are recognised several at a time."""
    for number, found in zip(numbers, _found_on_pages(session, numbers, RECOGNITION_DPI, tick), strict=True):
        shown: ShownPage = session.ask("page", number, found)
        yield shown


def words_on_pictures(session: ForeignSession, count: int, tick: Tick = _nothing) -> Iterator[Recognised]:
    """Yield what is recognised on the pages of an opened picture, in their order, several at a time."""
    for found in _found_on_pages(session, range(count), PICTURE_DPI, tick):
        yield found if found is not None else Recognised()


def _found_on_pages(
    session: ForeignSession, numbers: Sequence[int], dpi: int, tick: Tick
) -> Iterator[Recognised | None]:
    """Yield what is recognised on each of some pages of an opened file; None of one that is not recognised."""

    def read(drawn: Pixels | None, tick: Tick) -> Recognised | None:
        return words_on_page(drawn, dpi, tick) if drawn is not None else None

    drawn = (session.ask("to_read", number) for number in numbers)
    yield from in_order(drawn, read, lambda _done: tick())


def content_of_foreign(kind: str, name: str, untrusted: bytes) -> DocumentContent | None:
    """Return what a document of words says; None if a file is none.

    Raises:
        CannotRead: it is one and cannot be read, or what read it ended.
    """
    try:
        with _translated(), opened_in_worker("document", sha256(untrusted).digest(), kind, name, untrusted) as session:
            said: DocumentContent | None = session.facts
            return said
    except CannotShow as error:
        raise CannotRead(str(error).removeprefix("it ")) from error


@contextmanager
def _opened(sort: str, untrusted: bytes, *arguments: str, tick: Tick) -> Iterator[ForeignSession]:
    with (
        _translated(),
        opened_in_worker(sort, sha256(untrusted).digest(), untrusted, *arguments, tick=tick) as session,
    ):
        yield session


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        raise RAISED.get(refused.name, CannotShow)(refused.words) from refused
    except WorkerEnded as error:
        raise CannotShow(ENDED) from error
