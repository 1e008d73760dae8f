"""Foreign files are opened in processes of their own: what dies there costs a sentence, and nothing else (decision 29)."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.documents.foreign_pdf import CannotShow
from evidence_app.documents.office.content import CannotRead, Change, DocumentContent, Paragraph, Run
from evidence_app.documents.opening import content_of_foreign, opened_pdf, opened_picture, page_shown
from evidence_app.documents.picture_pages import PictureDamaged
from evidence_app.documents.read_file import read_file
from evidence_app.documents.shown_words import Reading, ShownPage, ShownWord, WordSource
from evidence_app.documents.workers import frames, values
from evidence_app.documents.workers.sessions import MAX_WORKERS, WorkerEnded, end_workers, opened_in_worker
from evidence_app.documents.workers.side_by_side import in_order
from evidence_app.documents.workers.worker import KINDS
from evidence_app.errors import InputError
from evidence_app.services.core.session import Session
from tests.support.program import REPOSITORY
from tests.support.sample_documents import letter
from tests.support.worker_processes import workers

WORDS = "a copper lantern came to the office"
ON_LINUX = sys.platform == "linux"


pytestmark = pytest.mark.usefixtures("own_workers")


def text_of(content: bytes) -> str:
    return " ".join(reading.text for page in read_file("application/pdf", content) for reading in page.readings)


def test_what_a_worker_reads_is_what_the_page_shows() -> None:
    assert WORDS in text_of(letter([WORDS]))


@pytest.mark.skipif(not ON_LINUX, reason="looks at the processes in /proc")
def test_a_worker_that_is_killed_costs_the_file_a_sentence_and_the_next_file_nothing() -> None:
    def asked_of_the_dead() -> None:
        with opened_pdf(letter([WORDS])) as session:
            (number,) = workers()
            os.kill(number, signal.SIGKILL)
            session.ask("page", 0)

    with pytest.raises(CannotShow, match="it took too long, or broke what read it"):
        asked_of_the_dead()
    assert WORDS in text_of(letter([WORDS]))


def test_a_question_that_no_opener_answers_ends_the_worker() -> None:
    with pytest.raises(CannotShow, match="broke what read it"), opened_pdf(letter([WORDS])) as session:
        session.ask("prepare")


def test_a_call_that_takes_too_long_is_ended() -> None:
    with pytest.raises(WorkerEnded), opened_in_worker("pdf", b"1", letter([WORDS] * 40)) as slow:
        slow.ask("picture", 0, 30.0, seconds=0.0)


class Cancelled(Exception):
    """The person has cancelled."""


@pytest.mark.skipif(not ON_LINUX, reason="looks at the processes in /proc")
def test_cancelling_ends_the_worker_at_once() -> None:
    asked = threading.Event()

    def tick() -> None:
        if asked.is_set():
            raise Cancelled

    def ask() -> None:
        with opened_pdf(letter([WORDS]), tick) as session:
            asked.set()
            session.ask("picture", 0, 20.0)

    with pytest.raises(Cancelled):
        ask()
    assert workers() == []


@pytest.mark.skipif(not ON_LINUX, reason="looks at the processes in /proc")
def test_there_are_never_more_workers_than_cores_and_none_once_they_are_ended() -> None:
    most: list[int] = []

    def read() -> None:
        text_of(letter([WORDS]))
        most.append(len(workers()))

    threads = [threading.Thread(target=read) for _ in range(MAX_WORKERS + 3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(most) == MAX_WORKERS + 3
    assert 1 <= max(most) <= MAX_WORKERS
    end_workers()
    assert workers() == []


def test_a_thread_that_has_every_worker_does_not_wait_for_itself() -> None:
    """A page of one file may be looked at while another is being opened, on a machine with one core too."""
    with contextlib.ExitStack() as opened:
        sessions = [opened.enter_context(opened_pdf(letter([f"{WORDS} {n}"]))) for n in range(MAX_WORKERS + 1)]
        assert [bool(page_shown(each, 0).words()) for each in sessions] == [True] * len(sessions)


INSIDE = """
import sys
sys.path.insert(0, {root!r})
from evidence_app.documents.workers import worker
worker.limit_itself()
try:
    {attempt}
except (PermissionError, OSError) as error:
    print("refused", error)
else:
    print("done")
"""


def inside(attempt: str) -> str:
    """Return what comes of something that is tried in a process with a worker's limits."""
    code = INSIDE.format(root=str(REPOSITORY), attempt=attempt)
    ran = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=False)
    return ran.stdout.decode()


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "open({path!r}, 'w')",
        "open({path!r}, 'ab')",
        "import os; os.open({path!r}, os.O_WRONLY | os.O_CREAT)",
    ],
)
def test_a_worker_has_no_network_and_writes_no_files(attempt: str, tmp_path: Path) -> None:
    path = tmp_path / "left behind"
    assert inside(attempt.format(path=str(path))).startswith("refused")
    assert not path.exists()
    assert inside("open(sys.executable, 'rb').read(1)") == "done\n"


@pytest.mark.skipif(not ON_LINUX, reason="limits of the address space")
def test_a_worker_has_a_limit_of_memory() -> None:
    assert "done" not in inside("bytearray(7 * 1024**3)")


def test_a_worker_has_none_of_the_environment_that_it_does_not_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVIDENCE_TRAIL_PASSPHRASE", "correct horse")
    with opened_pdf(letter([WORDS])):
        environments = [Path(f"/proc/{number}/environ").read_bytes() for number in workers()]
    assert environments or not ON_LINUX
    assert not [each for each in environments if b"horse" in each]


def test_refusals_come_back_with_their_reason() -> None:
    with pytest.raises(PictureDamaged), opened_picture(b"\x89PNG\r\n\x1a\n what", "image/png"):
        pass
    with pytest.raises(CannotShow, match="damaged"), opened_pdf(b"%PDF-1.7 what"):
        pass
    with pytest.raises(CannotRead):
        content_of_foreign(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a.docx", b"PK\3\4"
        )


def test_a_second_session_that_ends_leaves_the_workers_of_the_first_alone(session: Session) -> None:
    """The overview is read beside an export: its session ends while files of the export are open."""
    with opened_pdf(letter([WORDS])) as opened:
        session.beside().close()
        assert page_shown(opened, 0).words()
    session.close()
    assert workers() == []


words = st.text(max_size=8)
numbers = st.floats(allow_nan=False, allow_infinity=False)
shown = st.builds(ShownWord, numbers, numbers, numbers, numbers, words)
readings = st.builds(Reading, st.sampled_from(WordSource), st.lists(shown, max_size=3).map(tuple), words)
runs = st.builds(Run, words, st.sampled_from(Change), words, words)
contents = st.builds(
    DocumentContent,
    st.lists(st.builds(Paragraph, st.lists(runs, max_size=3).map(tuple)), max_size=2).map(tuple),
    files=st.lists(st.tuples(words, st.binary(max_size=9)), max_size=2).map(tuple),
)


@given(st.one_of(st.builds(ShownPage, st.lists(readings, max_size=3).map(tuple), st.integers(0, 3), words), contents))
def test_what_goes_through_the_pipe_comes_out_as_it_was(value: Any) -> None:
    blobs: list[bytes] = []
    encoded = values.encode(value, blobs)
    pipe = io.BytesIO()
    frames.send(pipe, encoded, blobs)
    pipe.seek(0)
    received = frames.receive(pipe)
    assert received is not None
    assert values.decode(*received) == value


@pytest.mark.parametrize(
    "untrusted",
    [
        {"class": ["Popen", [["true"]]]},
        {"class": ["ShownWord", [1]]},
        {"class": ["os", []]},
        {"enum": ["WordSource", "nothing"]},
        {"blob": 3},
        {"blob": "x"},
        {"other": 1},
        {"map": [[1]]},
        {},
        {"class": 1},
    ],
)
def test_what_is_no_value_is_refused(untrusted: Any) -> None:
    with pytest.raises(values.MalformedValue):
        values.decode(untrusted, [b""])


@given(st.binary(min_size=1, max_size=60))
def test_what_is_no_frame_is_refused(untrusted: bytes) -> None:
    with pytest.raises(frames.BrokenPipe):
        frames.receive(io.BytesIO(untrusted))
    assert frames.receive(io.BytesIO()) is None, "a pipe that ends between frames is no fault"


def test_what_is_made_side_by_side_keeps_its_order_and_is_taken_in_one_thread() -> None:
    taken_in: list[int] = []
    first_waits = threading.Event()

    def items() -> Iterator[int]:
        for number in range(9):
            taken_in.append(threading.get_ident())
            yield number

    def make(number: int, _tick: Any) -> str:
        if number == 0 and MAX_WORKERS > 1:
            assert first_waits.wait(20), "the second is not made beside the first"
        if number == 1:
            first_waits.set()
        return f"made of {number}"

    done: list[int] = []
    assert list(in_order(items(), make, done.append)) == [f"made of {number}" for number in range(9)]
    assert set(taken_in) == {threading.get_ident()}
    assert set(done) == set(range(9)), "whoever looks is not told how many are done"


def test_nothing_comes_of_nothing() -> None:
    assert list(in_order([], lambda item, _tick: item)) == []


def test_what_cannot_be_made_stops_the_others() -> None:
    begun: list[int] = []

    def make(number: int, _tick: Any) -> int:
        begun.append(number)
        if number == 1:
            raise InputError("its page is not there")
        return number

    with pytest.raises(InputError, match="not there"):
        list(in_order(range(500), make))
    assert len(begun) < 100


def test_what_comes_before_something_that_cannot_be_taken_is_given_first() -> None:
    def items() -> Iterator[int]:
        yield from range(3)
        raise InputError("the fourth is damaged")

    made = in_order(items(), lambda number, _tick: number)
    assert [next(made) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(InputError, match="the fourth is damaged"):
        next(made)


def test_whoever_looks_can_stop_what_is_being_made() -> None:
    stopped: list[int] = []

    def make(number: int, tick: Callable[[], None]) -> int:
        try:
            while time.monotonic() < end + 5:
                tick()
                time.sleep(0.01)
        except BaseException:
            stopped.append(number)
            raise
        return number

    def look(_done: int) -> None:
        if time.monotonic() > end:
            raise Cancelled

    end = time.monotonic() + 0.3
    with pytest.raises(Cancelled):
        list(in_order(range(4), make, look))
    assert stopped, "what was being made was not stopped"


@pytest.mark.parametrize("kind", KINDS)
def test_what_opens_a_kind_of_file_is_loaded_by_a_process_that_has_loaded_nothing_else(kind: str) -> None:
    """Where the tests fork workers, another kind may have loaded what one forgets."""
    module, name = KINDS[kind]
    words = f"import sys; sys.path.insert(0, {str(REPOSITORY)!r}); from {module} import {name}"
    subprocess.run([sys.executable, "-I", "-c", words], check=True, capture_output=True)
