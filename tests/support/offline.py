"""Runs the program with a hook that ends it at the first touch of a socket."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.program import Result, run

TOUCHED = 99
"""The exit code of a run that touched a socket."""
GUARD = """
import os, sys

def _stop(event, arguments):
    if event.startswith("socket."):
        os.write(2, f"SOCKET {event} {arguments!r:.200}\\n".encode())
        os._exit(99)

sys.addaudithook(_stop)
"""


@pytest.fixture
def offline(tmp_path: Path, home: Path, passphrase_file: Path) -> Callable[..., Result]:
    """Run the program; fail where it touches a socket."""
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(GUARD, encoding="utf-8")

    def go(*words: object, store: Path | None = None, **more: object) -> Result:
        opening = ("--store", store, "--passphrase-file", passphrase_file) if store else ()
        done = run(*words, *opening, home=home, variables={"PYTHONPATH": str(hook)}, **more)
        assert done.code != TOUCHED, f"{words}: {done.stderr}"
        return done

    return go
