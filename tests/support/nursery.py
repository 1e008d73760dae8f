"""Starts the program's workers from one process that has loaded what they load, and forks for each (on Linux).

Half of what a worker does for a small file is to load libraries and the recogniser, the same each time. What a worker is stays as it is: a process of its
own, which gives up the network, files and memory before its first file (`worker.main`), and ends when its input does. The tests of
workers themselves start them as the program does, and all tests do with EVIDENCE_TRAIL_TESTS_START=1. What could not be loaded once a
worker has given these up is seen by those alone, since here it is loaded before.

A wish is a line of JSON to the nursery's standard input: a folder with two named pipes, `given` and `said`, and the worker's variables.
The worker leaves its number there, as `pid`, before it opens them.
"""

import atexit
import contextlib
import gc
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO, Any

from evidence_app.documents.workers import sessions
from tests.support.loading import load_everything

START = sessions.start
"""The program's own way to start a worker."""
REPOSITORY = Path(__file__).resolve().parents[2]
NUMBERS = count()


def is_possible() -> bool:
    """Return whether processes can be forked and watched here: on Linux, where the system knows descriptors of processes."""
    if sys.platform != "linux":
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


class Forked:
    """A worker that was forked, as far as the program uses a `subprocess.Popen`. It is not this process's child."""

    def __init__(self, given: IO[bytes], said: IO[bytes], process: int) -> None:
        """Keep the pipes to it, and the descriptor of its process (pidfd_open(2))."""
        self.stdin, self.stdout, self._process = given, said, process

    def __del__(self) -> None:
        """Close the descriptor."""
        os.close(self._process)

    def poll(self, seconds: float | None = 0) -> int | None:
        """Return None while it runs."""
        has_ended = select.select([self._process], [], [], seconds)[0]
        return -signal.SIGKILL if has_ended else None

    def kill(self) -> None:
        """Kill it."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._process, signal.SIGKILL)

    def wait(self) -> int | None:
        """Wait until it has ended."""
        return self.poll(None)


@dataclass(frozen=True, slots=True)
class Nursery:
    """The nursery as whoever wants a worker sees it: the pipe to it, and the folder for the named pipes of its workers."""

    pipe: int
    folder: Path

    def worker(self, environment: dict[str, str]) -> Forked:
        """Return a new worker with these variables."""
        folder = self.folder / f"{os.getpid()}-{next(NUMBERS)}"
        folder.mkdir()
        given, said = folder / "given", folder / "said"
        os.mkfifo(given)
        os.mkfifo(said)
        # Opened without waiting for the other end, so that a nursery that has ended is said and not waited for.
        said_end = os.open(said, os.O_RDONLY | os.O_NONBLOCK)
        # Shorter than what a pipe takes at once, so that the wishes of several processes do not mix.
        wish = {"folder": str(folder), "variables": environment, "cwd": str(Path.cwd())}
        os.write(self.pipe, json.dumps(wish).encode() + b"\n")
        given_end = _opened_to_write(given)
        os.set_blocking(said_end, True)
        process = os.pidfd_open(int((folder / "pid").read_text()))
        worker = Forked(os.fdopen(given_end, "wb"), os.fdopen(said_end, "rb"), process)
        shutil.rmtree(folder)
        return worker


def _opened_to_write(pipe: Path) -> int:
    """Return a named pipe open for writing, once somebody reads it; a worker that does not come in a minute never does."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            opened = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.001)
            continue
        os.set_blocking(opened, True)
        return opened
    raise AssertionError("the nursery gave no worker: it has ended, or a module of the program cannot be loaded")


_started: list[Nursery] = []


def nursery() -> Nursery:
    """Return the nursery of this process, which starts it where nobody did yet."""
    if not _started:
        command = [sys.executable, "-m", "tests.support.nursery"]
        # The recogniser asks once, when it is loaded, how many threads it may have. No thread outlives a fork.
        variables = os.environ | {"OMP_THREAD_LIMIT": "1"}
        process = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=REPOSITORY, env=variables)
        atexit.register(process.kill)
        assert process.stdin is not None
        _started.append(Nursery(process.stdin.fileno(), Path(tempfile.mkdtemp())))
        atexit.register(shutil.rmtree, _started[0].folder)
    return _started[0]


def use(known: Nursery | None = None) -> None:
    """Have this process, and those that are forked from it, take workers from a nursery: from this one, or else one of its own."""
    if known is not None:
        _started[:] = [known]
    sessions.start = lambda environment: nursery().worker(environment)  # type: ignore[assignment, return-value]


def serve() -> None:
    """Fork a worker for each wish that comes."""
    from evidence_app.documents import drawn_page, recognition
    from evidence_app.documents.workers import worker

    load_everything()
    if recognition.can_recognise():
        drawn_page._recogniser(recognition.LANGUAGES)
    gc.collect()
    gc.freeze()
    # The system clears away what has ended.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin.buffer:
        if not os.fork():
            become(json.loads(line))
            os._exit(worker.main())


def become(wish: dict[str, Any]) -> None:
    """Turn this process into a worker, up to its start."""
    folder = Path(wish["folder"])
    (folder / "pid").write_text(str(os.getpid()))
    os.environ.clear()
    os.environ.update(wish["variables"])
    os.chdir(wish["cwd"])
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    # In this order: whoever sees that `given` is open may read `said`.
    said = os.open(folder / "said", os.O_WRONLY)
    given = os.open(folder / "given", os.O_RDONLY)
    for number, opened in enumerate((given, said, nowhere)):
        os.dup2(opened, number)
    os.closerange(3, 64)


if __name__ == "__main__":
    serve()
