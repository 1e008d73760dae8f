"""Pages that are pictures are recognised several at a time, each once, in workers of their own (decision 29)."""

import io
import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from typing import cast

import pikepdf
import pytest
from PIL import Image, ImageDraw

from evidence_app.bundle.leak_search import find_leaks
from evidence_app.documents import opening
from evidence_app.documents.drawn_page import NICENESS
from evidence_app.documents.opening import opened_pdf, page_shown, pages_shown, words_on_page
from evidence_app.documents.pdf import words
from evidence_app.documents.pdf.words import TextOfPage
from evidence_app.documents.read_file import DAMAGED, read_file
from evidence_app.documents.recognition import MAX_FAILURES, NOT_FINISHED, Recognised, as_read, forget, recognise
from evidence_app.documents.shown_words import Reading, WordSource
from evidence_app.documents.workers import sessions
from evidence_app.documents.workers.sessions import DRAWN_PAGE, ForeignSession, WorkerEnded, end_workers
from evidence_app.documents.workers.values import Pixels, pixels_of
from evidence_app.errors import Cancelled
from evidence_app.services.core.session import Session
from tests.support.sample_documents import letter, scan
from tests.support.worker_processes import workers

LOWEST = 19
"""The lowest priority that a process can have (nice(2))."""
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


def damaged_in_the_third() -> bytes:
    """A picture of three pages, the last of which cannot be unpacked."""
    pages = [Image.open(io.BytesIO(scan([line, line]))).convert("L") for line in WORDS]
    content = io.BytesIO()
    pages[0].save(content, "TIFF", save_all=True, append_images=pages[1:], dpi=(150, 150), compression="tiff_deflate")
    with Image.open(content) as opened:
        opened.seek(2)
        offsets, lengths = opened.tag_v2[273], opened.tag_v2[279]
    damaged = bytearray(content.getvalue())
    for offset, length in zip(offsets, lengths, strict=True):
        damaged[offset : offset + length] = bytes(length)
    return bytes(damaged)


def test_the_pages_before_a_damaged_one_are_read() -> None:
    *whole, damaged = read_file("image/tiff", damaged_in_the_third())
    assert [line in page.readings[0].text for line, page in zip(WORDS[:2], whole, strict=True)] == [True, True]
    assert damaged.doubt == DAMAGED


class Dying:
    """A session whose worker dies at its third page."""

    def ask(self, _call: str, number: int) -> tuple[TextOfPage, None]:
        if number == 2:
            raise WorkerEnded
        return TextOfPage((Reading(WordSource.TEXT, (), WORDS[number]),)), None


def test_the_pages_before_one_that_ends_its_worker_are_read() -> None:
    pages = pages_shown(cast("ForeignSession", Dying()), range(3))
    assert [next(pages).readings[0].text for _ in range(2)] == list(WORDS[:2])
    with pytest.raises(WorkerEnded):
        next(pages)


def test_a_page_for_which_there_is_no_memory_is_in_doubt_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object) -> None:
        raise MemoryError

    reader = words.PdfReader(scans())
    with monkeypatch.context() as full:
        full.setattr(words, "drawn_to_read", none_left)
        assert reader.page(0) == (TextOfPage(doubt=words.TOO_LARGE), None)
        full.setattr(words, "words_of_page", none_left)
        assert reader.page(1) == (TextOfPage(doubt=words.UNREADABLE), None)
    assert reader.page(2)[1] is not None
    reader.close()


def test_all_room_for_drawn_pages_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    room = opening.ROOM._value
    texts("application/pdf", scans())
    texts("image/tiff", damaged_in_the_third())
    with pytest.raises(WorkerEnded):
        list(pages_shown(cast("ForeignSession", Dying()), range(3)))
    forget()
    begun = time.monotonic()

    def tick() -> None:
        if time.monotonic() > begun + 0.2:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(read_file("application/pdf", scans(), tick))
    next(read_file("application/pdf", scans()))
    assert opening.ROOM._value == room


def test_pictures_that_could_not_be_read_leave_the_search_of_the_finished_file_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After some in a row no other foreign picture is tried; a page of a finished bundle always is."""
    with monkeypatch.context() as hurried:
        hurried.setattr(opening, "MAX_SECONDS", 0)
        hurried.setattr(opening, "READING_BEGINS", 0.0)
        for line in range(MAX_FAILURES):
            (page,) = read_file("image/png", scan([f"{line} herons"]))
            assert page.doubt == NOT_FINISHED
    (page,) = read_file("image/png", scan([WORDS[0]]))
    assert page.doubt == NOT_FINISHED, "it was tried"
    assert find_leaks(scans(), ["granary"]) == ["page 3"]


def test_a_file_with_a_photograph_is_searched() -> None:
    """Its stream has one filter by its name, and cannot be decoded."""
    content = io.BytesIO()
    Image.effect_noise((200, 200), 60).save(content, "JPEG")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        photograph = pikepdf.Stream(pdf, content.getvalue())
        photograph.Filter = pikepdf.Name.DCTDecode
        pdf.Root.Photograph = pdf.make_indirect(photograph)
        finished = io.BytesIO()
        pdf.save(finished)
    assert find_leaks(finished.getvalue(), ["granary"]) == []


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
def test_what_reads_pages_lets_the_window_go_first() -> None:
    if os.getpriority(os.PRIO_PROCESS, 0) > LOWEST - NICENESS:
        pytest.skip("the tests run at so low a priority that there is none below it")
    texts("application/pdf", scans())
    later = {os.getpriority(os.PRIO_PROCESS, each) - os.getpriority(os.PRIO_PROCESS, 0) for each in workers()}
    assert later == {0, NICENESS}, "what opens the file, and what recognises its pages"


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the processes in /proc")
@pytest.mark.usefixtures("own_workers")
def test_that_a_store_was_closed_while_pictures_were_read_counts_against_no_other(read: list[int]) -> None:
    """After some pictures that were not finished none is tried: those that closing ended are none of these."""
    random.seed(6)
    hard = [Pixels("L", 2500, 3000, random.randbytes(7_500_000)) for _ in range(MAX_FAILURES + 1)]
    found: list[Recognised] = []
    reading = [threading.Thread(target=lambda each=each: found.append(words_on_page(each, 200))) for each in hard]
    for each in reading:
        each.start()
    while len(read) < len(hard) or not workers():
        time.sleep(0.01)
    forget()
    while any(each.is_alive() for each in reading):
        end_workers()
        time.sleep(0.05)
    assert [each.doubt for each in found] == [NOT_FINISHED] * len(hard)
    assert WORDS[0] in texts("image/png", scan([WORDS[0]]))[0]
