"""The verifier for browsers, run in Node: written from the pages of the specification, in another language (verifier/)."""

import atexit
import functools
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

JUDGE = Path(__file__).parents[2] / "verifier" / "built" / "judge.mjs"
PAGE = Path(__file__).parents[2] / "resources" / "verifier" / "verify.html"


def is_built() -> bool:
    """Return whether it can be run: it is built where there is Node.js (`python3 dev.py setup`)."""
    return JUDGE.exists() and shutil.which("node") is not None


def require_built() -> None:
    """Skip the test where it was not built."""
    if not is_built():
        pytest.skip("the verifier for browsers is not built: it needs Node.js 20 or newer")


@functools.cache
def _process() -> "subprocess.Popen[str]":
    """Return the process that judges, one for all tests of this one."""
    process = subprocess.Popen(
        [str(shutil.which("node")), str(JUDGE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    atexit.register(_end, process)
    return process


def _end(process: "subprocess.Popen[str]") -> None:
    """Let the judge end: it does when there are no more questions."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.wait(30)


def ask(question: dict[str, Any]) -> Any:
    """Ask the judge one question, and return its answer."""
    process = _process()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(question) + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    assert line, "the verifier for browsers has ended"
    return json.loads(line)


def report_on(content: bytes) -> dict[str, Any]:
    """Return the whole report on a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        report: dict[str, Any] = ask({"verify": str(path)})
    return report


def verify(content: bytes) -> dict[str, str]:
    """Return the verdict of each item."""
    return {item["name"]: item["verdict"] for item in report_on(content)["items"]}
