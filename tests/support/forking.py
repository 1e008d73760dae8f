"""Runs the program many times from one start: a process that has loaded its modules forks for each run (on Linux).

Most of a short command is the start of Python and the loading of modules, the same each time. Every run is still a process of its own,
with its own folder, environment, standard streams, exit code and end. What a start by itself does is tested by the tests that give
variables or a program of their own, which start one (`program.run`), and by all of them with EVIDENCE_TRAIL_TESTS_START=1.
"""

import atexit
import io
import json
import os
import select
import subprocess
import sys
import threading
import traceback
from pathlib import Path
from typing import IO, Any

from tests.support.key_derivation import keep_keys
from tests.support.loading import load_everything
from tests.support.nursery import Nursery, nursery, use


class Forking:
    """The process that forks, seen from the tests."""

    def __init__(self, repository: Path, *derived: Path) -> None:
        """Start it; `derived` is the folder of keys that were derived, where they are kept (`key_derivation`)."""
        workers = nursery()
        words = ["tests.support.forking", workers.pipe, workers.folder, *derived]
        command = [sys.executable, "-m", *(str(word) for word in words)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "pass_fds": (workers.pipe,)}
        self._process = subprocess.Popen(command, cwd=repository, **pipes)
        atexit.register(self.end)

    def run(self, words: list[str], environment: dict[str, str], cwd: Path, streams: list[Path], seconds: float) -> int:
        """Run the program, with files as its standard input, output and error; return its exit code, or minus its signal's number."""
        given, said = self._process.stdin, self._process.stdout
        assert given is not None
        assert said is not None
        wish = {"words": words, "environment": environment, "cwd": str(cwd), "streams": [str(each) for each in streams]}
        given.write(json.dumps(wish).encode() + b"\n")
        given.flush()
        if not select.select([said], [], [], seconds)[0]:
            self.end()
            raise subprocess.TimeoutExpired(words, seconds)
        return int(said.readline())

    def end(self) -> None:
        """End it."""
        atexit.unregister(self.end)
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()


def become(wish: dict[str, Any]) -> None:
    """Turn this process into a run of the program, up to its start."""
    import tempfile

    for number, (path, flags) in enumerate(zip(wish["streams"], (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)):
        opened = os.open(path, flags)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(wish["environment"])
    os.chdir(wish["cwd"])
    tempfile.tempdir = None
    sys.stdin, sys.stdout, sys.stderr = (
        _stream(number, mode, like)
        for number, (mode, like) in enumerate((("rb", sys.stdin), ("wb", sys.stdout), ("wb", sys.stderr)))
    )
    sys.argv = ["evidence_app", *wish["words"]]


def _stream(number: int, mode: str, like: IO[str]) -> io.TextIOWrapper:
    return io.TextIOWrapper(open(number, mode, closefd=False), encoding=like.encoding, errors=like.errors)


def _run_to_its_end() -> int:
    """Run the program, and all that Python does at the end of a process but for freeing memory; return its exit code.

    What is freed would first be copied, since the memory is that of the process that forks: a tenth of a gigabyte for each run.
    """
    from evidence_app.__main__ import run

    try:
        run()
    except SystemExit as ended:
        code = ended.code
    except BaseException:
        traceback.print_exc()
        code = 1
    if not isinstance(code, int | None):
        print(code, file=sys.stderr)
        code = 1
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    return code or 0


def serve(pipe: str, folder: str, *derived: str) -> None:
    """Fork for each wish that comes, and say how each run ended. The pipe and the folder are those of a nursery."""
    load_everything()
    use(Nursery(int(pipe), Path(folder)))
    for each in derived:
        keep_keys(Path(each))
    # What is there now is never freed: no run looks through it for garbage.
    import gc

    gc.collect()
    gc.freeze()
    wishes, said = os.fdopen(os.dup(0), "rb"), os.dup(1)
    for line in wishes:
        child = os.fork()
        if not child:
            wishes.close()
            os.close(said)
            become(json.loads(line))
            os._exit(_run_to_its_end())
        _, status = os.waitpid(child, 0)
        os.write(said, f"{os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    serve(*sys.argv[1:])
