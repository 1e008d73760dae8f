"""Runs the program with a hook that ends it at the first touch of a socket."""

from pathlib import Path
from typing import Any

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


def with_hook(folder: Path) -> dict[str, str]:
    """Put the hook into a folder; return the variables with which Python loads it at its start."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


def run_offline(folder: Path, *words: object, home: Path, **more: Any) -> Result:
    """Run the program with the hook, which is put into a folder; fail where it touches a socket."""
    done = run(*words, home=home, variables=with_hook(folder), **more)
    assert done.code != TOUCHED, f"{words}: {done.stderr}"
    return done
