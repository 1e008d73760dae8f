"""Opens foreign files in workers: at most one worker a core, each with one file at a time."""

import atexit
import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from evidence_app.documents.workers import frames, values
from evidence_app.documents.workers.interpreter import OPTIONS

if TYPE_CHECKING:
    from subprocess import Popen

MAX_WORKERS: Final = max(1, min(os.cpu_count() or 1, 8))
OPENING_SECONDS: Final = 180.0
"""Time for opening a file; a page has the same."""
LOOK: Final = 0.1
"""Seconds between two looks at whether the person has cancelled."""
KEPT_ENVIRONMENT: Final = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
"""Variables that an interpreter and its libraries need to start."""
DRAWN_PAGE: Final = "drawn page"
"""The kind of what is opened to be recognised."""
MAX_SESSIONS: Final = 500
"""Files after which a worker is ended: what libraries leak goes with it."""


class WorkerEnded(Exception):
    """The worker died, took too long, or answered something that is no answer."""


class Refused(Exception):
    """The worker's refusal: the name of its class, and its words."""

    def __init__(self, name: str, words: str) -> None:
        """Keep both."""
        super().__init__(words)
        self.name = name
        self.words = words


def start(environment: dict[str, str]) -> "Popen[bytes]":
    """Start a worker with pipes as its standard input and output, and these variables alone.

    Raises:
        OSError: the system starts no process.
    """
    # A few milliseconds that only whoever opens files pays.
    import subprocess

    return subprocess.Popen(  # noqa: S603 - this program's own interpreter and file, no shell
        [sys.executable, *OPTIONS, str(Path(__file__).with_name("worker.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        env=environment,
    )


class _Process:
    """One worker, and the pipe to it."""

    def __init__(self) -> None:
        self.last = b""
        self.sessions = 0
        environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
        self._process = start(environment | {"OMP_THREAD_LIMIT": "1"})

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def say(self, message: list[Any], seconds: float, tick: Callable[[], None]) -> Any:
        """Return the value that the worker answers.

        Raises:
            Refused: it refuses the file.
            WorkerEnded: it died or took too long. It is ended then, as it is where `tick` raises.
        """
        answers: list[Any] = []
        given, said = self._process.stdin, self._process.stdout
        if given is None or said is None:
            raise WorkerEnded
        blobs: list[bytes] = []
        encoded = [*message[:2], values.encode(message[2], blobs)]
        talking = threading.Thread(target=_talk, args=(given, said, encoded, blobs, answers), daemon=True)
        talking.start()
        end = time.monotonic() + seconds
        try:
            while talking.is_alive() and time.monotonic() < end:
                talking.join(LOOK)
                tick()
        finally:
            if talking.is_alive():
                self.end()
                talking.join()
        if not answers or answers[0] is None:
            self.end()
            raise WorkerEnded
        try:
            (kind, *held), back = answers[0]
            if kind == "error":
                refusal, words = (str(each) for each in held)
            else:
                (untrusted,) = held
                return values.decode(untrusted, back)
        except (TypeError, ValueError, values.MalformedValue) as error:
            self.end()
            raise WorkerEnded from error
        raise Refused(refusal, words)

    def end(self) -> None:
        """Kill the process and close its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError, ValueError):
                    pipe.close()


def _talk(given: IO[bytes], said: IO[bytes], message: Any, blobs: list[bytes], answers: list[Any]) -> None:
    # Ending the process breaks the pipes, and so ends this.
    with contextlib.suppress(OSError, ValueError, frames.BrokenPipe):
        frames.send(given, message, blobs)
        answers.append(frames.receive(said))


class _Pool:
    """The workers, and which of them are idle."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._idle: list[_Process] = []
        # Those that have a file open, with the thread that opened it.
        self._busy: dict[_Process, int] = {}

    def take(self, digest: bytes, tick: Callable[[], None]) -> _Process:
        """Return a worker for one file: the one that had it last, if it is idle; wait for one where all are busy.

        A thread that has one already would wait for itself: it gets another.
        """
        thread = threading.get_ident()
        while True:
            with self._changed:
                while self._idle:
                    same = [each for each in self._idle if each.last == digest]
                    worker = (same or self._idle)[-1]
                    self._idle.remove(worker)
                    if worker.is_alive and worker.sessions < MAX_SESSIONS:
                        self._busy[worker] = thread
                        return worker
                    worker.end()
                if len(self._busy) < MAX_WORKERS or thread in self._busy.values():
                    worker = _Process()
                    self._busy[worker] = thread
                    return worker
                self._changed.wait(LOOK)
            tick()

    def give_back(self, worker: _Process) -> None:
        """Take a worker back."""
        with self._changed:
            if worker in self._busy:
                del self._busy[worker]
                if worker.is_alive:
                    self._idle.append(worker)
            else:
                worker.end()
            self._changed.notify()

    def end(self) -> None:
        """End all workers, those that are busy too: whoever waits for one goes on at once."""
        with self._changed:
            every = [*self._idle, *self._busy]
            self._idle, self._busy = [], {}
            for each in every:
                each.end()
            self._changed.notify_all()


_POOL: Final = _Pool()
_READERS: Final = _Pool()
"""The workers that recognise pages: whoever waits for one has a file open in another."""
atexit.register(_POOL.end)
atexit.register(_READERS.end)


class ForeignSession:
    """A file that is open in a worker. `facts` is what its opener said of it."""

    def __init__(self, worker: _Process, facts: Any, tick: Callable[[], None]) -> None:
        """Keep the worker until the session ends."""
        self._worker = worker
        self._tick = tick
        self.facts = facts

    def ask(self, call: str, *arguments: Any, seconds: float = OPENING_SECONDS) -> Any:
        """Return what the worker answers to a question about the file.

        Raises:
            Refused, WorkerEnded: as `opened_in_worker`.
        """
        return self._worker.say(["ask", call, arguments], seconds, self._tick)


@contextmanager
def opened_in_worker(
    kind: str,
    digest: bytes,
    *arguments: Any,
    tick: Callable[[], None] = lambda: None,
    seconds: float = OPENING_SECONDS,
    anew: bool = False,
) -> Iterator[ForeignSession]:
    """Open a file in a worker. `kind` is one of `worker.KINDS`, `digest` tells the file from others, and `arguments` are those of its opener.

    `tick` is called while the worker is waited for, and may raise to stop; the worker is ended then. `seconds` is the time for opening;
    `anew` says that what was read of the same file before does not count: it may have changed.

    Raises:
        Refused: the file cannot be opened, with the reason.
        WorkerEnded: the worker died or took too long.
    """
    pool = _READERS if kind == DRAWN_PAGE else _POOL
    try:
        worker = pool.take(digest, tick)
    except OSError as error:
        raise WorkerEnded from error
    try:
        worker.last, worker.sessions = digest, worker.sessions + 1
        facts = worker.say(["open anew" if anew else "open", kind, arguments], seconds, tick)
        yield ForeignSession(worker, facts, tick)
    finally:
        pool.give_back(worker)


def end_workers() -> None:
    """End all workers: a store is closed, and what they hold of its files goes."""
    _POOL.end()
    _READERS.end()
