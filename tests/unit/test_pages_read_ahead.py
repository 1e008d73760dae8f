"""Pages that are pictures are recognised several at a time, each once, in workers of their own (decision 29)."""

import io
import random
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from PIL import Image, ImageDraw

from evidence_app.documents import opening
from evidence_app.documents.opening import opened_pdf, page_shown, words_on_page
from evidence_app.documents.read_file import read_file
from evidence_app.documents.recognition import MAX_FAILURES, NOT_FINISHED, Recognised, as_read, forget, recognise
from evidence_app.documents.workers import sessions
from evidence_app.documents.workers.sessions import DRAWN_PAGE, end_workers
from evidence_app.documents.workers.values import Pixels, pixels_of
from evidence_app.services.core.session import Session
from tests.support.sample_documents import letter, scan
from tests.support.worker_processes import workers

WORDS = ("copper lanterns hung in the hall", "seven herons stood by the river", "the granary burned in winter")


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The threads that had a page read in a worker, one for each."""
    threads: list[int] = []
    opened = opening.opened_in_worker

    def noted(kind: str, *arguments, **more):
        if kind == DRAWN_PAGE:
            threads.append(threading.get_ident())
        return opened(kind, *arguments, **more)

    monkeypatch.setattr(opening, "opened_in_worker", noted)
    return threads


def scans() -> bytes:
    """A PDF of scans, one page for each line."""
    pages = [Image.open(io.BytesIO(scan([line, line]))).convert("L") for line in WORDS]
    content = io.BytesIO()
    pages[0].save(content, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return content.getvalue()


def frames() -> bytes:
    """The same as a picture of several pages."""
    pages = [Image.open(io.BytesIO(scan([line, line]))).convert("L") for line in WORDS]
    content = io.BytesIO()
    pages[0].save(content, "TIFF", save_all=True, append_images=pages[1:], dpi=(150, 150))
    return content.getvalue()


def texts(kind: str, content: bytes) -> list[str]:
    return [" ".join(reading.text for reading in page.readings) for page in read_file(kind, content)]


@pytest.mark.parametrize(("kind", "content"), [("application/pdf", scans()), ("image/tiff", frames())])
def test_each_page_has_its_own_words_and_is_read_once(kind: str, content: bytes, read: list[int]) -> None:
    for _ in range(2):
        found = texts(kind, content)
        assert [line in text for line, text in zip(WORDS, found, strict=True)] == [True] * len(WORDS), found
    assert len(read) == len(WORDS), "a page that was read is read again"
    assert len(set(read)) == min(len(WORDS), sessions.MAX_WORKERS), "pages are read one after the other"


def test_what_the_review_read_is_not_read_again_for_the_bundle(read: list[int]) -> None:
    texts("application/pdf", scans())
    with opened_pdf(scans(), kind="pdf to place") as session:
        assert WORDS[1] in " ".join(word.text for word in page_shown(session, 1).words())
    assert len(read) == len(WORDS)


def test_a_page_of_text_is_not_drawn_for_it(read: list[int]) -> None:
    assert WORDS[0] in texts("application/pdf", letter(["we saw that " + WORDS[0]]))[0]
    assert read == []


def test_a_page_that_is_not_read_in_time_is_in_doubt_and_no_other_page_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_SECONDS", 0)
    monkeypatch.setattr(opening, "READING_BEGINS", 0.0)
    (page,) = read_file("image/png", scan([WORDS[0]]))
    assert (page.doubt, page.words()) == (NOT_FINISHED, [])
    monkeypatch.undo()
    assert WORDS[0] in texts("image/png", scan([WORDS[0]]))[0], "that it was not read is remembered"


def test_no_more_is_sent_than_is_read_and_nothing_is_lost_by_that() -> None:
    """Red on green of one lightness is no grey: a scan in grey goes as one byte a pixel, and colours as they are."""
    grey = Image.open(io.BytesIO(scan([WORDS[0]]))).convert("RGB")
    assert as_read(grey).mode == "L"
    coloured = Image.new("RGB", (900, 200), (0, 128, 0))
    ImageDraw.Draw(coloured).text((40, 60), WORDS[1], fill=(219, 0, 0), font_size=48)
    assert as_read(coloured).mode == "RGB"
    assert max(as_read(Image.new("L", (9_000, 50))).size) == 4_000
    for picture in (grey, coloured):
        sent = words_on_page(pixels_of(as_read(picture)), 150)
        forget()
        assert sent.words, "nothing was read, so that nothing is compared"
        assert sent == recognise(picture, 150)
        forget()


@pytest.mark.usefixtures("own_workers")
def test_what_reads_pages_ends_with_the_store(session: Session) -> None:
    texts("image/png", scan([WORDS[0]]))
    session.close()
    assert workers() == []
    end_workers()


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the processes in /proc")
@pytest.mark.usefixtures("own_workers")
def test_that_a_store_was_closed_while_pictures_were_read_counts_against_no_other() -> None:
    """After some pictures that were not finished none is tried: those that closing ended are none of these."""
    random.seed(6)
    hard = [Pixels("L", 2500, 3000, random.randbytes(7_500_000)) for _ in range(MAX_FAILURES + 1)]
    found: list[Recognised] = []
    reading = [threading.Thread(target=lambda each=each: found.append(words_on_page(each, 200))) for each in hard]
    for each in reading:
        each.start()
    while not workers():
        time.sleep(0.01)
    forget()
    while any(each.is_alive() for each in reading):
        end_workers()
        time.sleep(0.05)
    assert [each.doubt for each in found] == [NOT_FINISHED] * len(hard)
    assert WORDS[0] in texts("image/png", scan([WORDS[0]]))[0]
