"""Opens foreign files in workers, by their sort; whatever goes wrong there is the file's fault, with a sentence."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from threading import Lock, Semaphore
from typing import TypeVar

from evidence_app.documents.foreign_pdf import CannotShow
from evidence_app.documents.foreign_picture import PICTURE_DPI
from evidence_app.documents.office.content import CannotRead, DocumentContent
from evidence_app.documents.pdf.words import RECOGNITION_DPI, TextOfPage
from evidence_app.documents.picture_pages import PictureDamaged, PictureTooLarge
from evidence_app.documents.recognition import MAX_SECONDS, Recognised, languages_in_use, remembered
from evidence_app.documents.shown_words import ShownPage
from evidence_app.documents.workers import sessions
from evidence_app.documents.workers.sessions import DRAWN_PAGE, ForeignSession, Refused, WorkerEnded, opened_in_worker
from evidence_app.documents.workers.side_by_side import LOOK, in_order
from evidence_app.documents.workers.values import Pixels

ENDED = "it took too long, or broke what read it"
READING_BEGINS = 20.0
"""Seconds that a worker has to begin, beside those in which a picture is read once and again."""
ROOM = Semaphore(sessions.MAX_WORKERS + 2)
"""How many pages of all files are held that were drawn to be recognised: one of A4 in colours takes 12 MB."""
Page = TypeVar("Page")
Read = TypeVar("Read")
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
    with _opened(kind, untrusted, tick=tick) as session:
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


def words_on_page(drawn: Pixels, dpi: int, tick: Tick = _nothing, *, words_alone: bool = False) -> Recognised:
    """Return what is recognised on a page that was drawn at so many dots per inch. It never fails: what could not be read is a doubt.

    With `words_alone` nobody looks for what was not read, and the page is tried in any case: after some pages in a row that were not
    finished, no more are tried otherwise.
    """
    digest = sha256(b"%d %d %d %d " % (drawn.width, drawn.height, dpi, words_alone) + drawn.content).digest()
    seconds = 2.0 * MAX_SECONDS + READING_BEGINS

    def read() -> Recognised | None:
        try:
            with (
                _translated(),
                opened_in_worker(
                    DRAWN_PAGE, digest, drawn, dpi, languages_in_use(), words_alone, tick=tick, seconds=seconds
                ) as session,
            ):
                found: Recognised = session.facts
                return found
        except CannotShow:
            return None

    return remembered(digest, read, counts=not words_alone)


def page_shown(session: ForeignSession, number: int, tick: Tick = _nothing) -> ShownPage:
    """Return what a page of an opened PDF shows, counted from 0."""
    return next(pages_shown(session, [number], tick))


def pages_shown(session: ForeignSession, numbers: Sequence[int], tick: Tick = _nothing) -> Iterator[ShownPage]:
    """Yield what pages of an opened PDF show, in this order; pictures are recognised several at a time."""

    def read(page: tuple[TextOfPage, Pixels | None], tick: Tick) -> ShownPage:
        text, drawn = page
        return text.with_found(words_on_page(drawn, RECOGNITION_DPI, tick)) if drawn is not None else text.alone()

    yield from _read_beside((session.ask("page", number) for number in numbers), read, tick)


def words_on_pictures(session: ForeignSession, count: int, tick: Tick = _nothing) -> Iterator[Recognised]:
    """Yield what is recognised on the pages of an opened picture, in their order, several at a time."""

    def read(drawn: Pixels, tick: Tick) -> Recognised:
        return words_on_page(drawn, PICTURE_DPI, tick)

    yield from _read_beside((session.ask("to_read", number) for number in range(count)), read, tick)


def _read_beside(pages: Iterator[Page], read: Callable[[Page, Tick], Read], tick: Tick) -> Iterator[Read]:
    """Yield what is read of each page, in order, and several at a time; but of all files together no more are drawn than there is room for."""
    taken = given_back = 0
    giving = Lock()

    def with_room() -> Iterator[Page]:
        nonlocal taken
        while True:
            while not ROOM.acquire(timeout=LOOK):
                tick()
            taken += 1
            try:
                page = next(pages)
            except StopIteration:
                return
            yield page

    def read_one(page: Page, tick: Tick) -> Read:
        nonlocal given_back
        try:
            return read(page, tick)
        finally:
            with giving:
                given_back += 1
            ROOM.release()

    try:
        with closing(in_order(with_room(), read_one, lambda _done: tick())) as in_their_order:
            yield from in_their_order
    finally:
        # For the end of the pages, and for those that were drawn and are not read, because something was stopped.
        for _ in range(taken - given_back):
            ROOM.release()


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
