"""The program as a subprocess with its own home folder."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support import nursery
from tests.support.forking import Forking
from tests.support.key_derivation import kept_in

REPOSITORY = Path(__file__).resolve().parents[2]
MAX_SECONDS = 600
PREFIX = "evidence-trail: "


@dataclass(frozen=True)
class Result:
    """What a run of the program said."""

    words: tuple[str, ...]
    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.stdout)

    @property
    def lines(self) -> list[Any]:
        """The JSON Lines on standard output."""
        return [json.loads(line) for line in self.stdout.splitlines()]

    @property
    def sentence(self) -> str:
        """The one sentence on standard error."""
        lines = self.stderr.splitlines()
        assert len(lines) == 1, f"{self.words}: one sentence was due, not {self.stderr!r}"
        assert lines[0].startswith(PREFIX), f"{self.words}: {lines[0]!r} does not begin with the program's name"
        return lines[0].removeprefix(PREFIX)

    def expect(self, code: int) -> "Result":
        """Fail unless the exit code is this one and there is no traceback."""
        said = f"{self.words} exited {self.code}, not {code}: {self.stderr[-1500:]} {self.stdout[-1500:]}"
        assert self.code == code, said
        assert "Traceback" not in self.stderr, said
        return self

    def refused(self, code: int) -> str:
        """Fail unless it was refused with this code, one sentence and no result; return the sentence."""
        self.expect(code)
        assert self.stdout == "", f"{self.words} was refused and still printed {self.stdout[:300]!r}"
        sentence = self.sentence
        assert sentence.endswith((".", "?")), f"{self.words}: {sentence!r} is not a sentence"
        return sentence


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment whose every folder lies in `home`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EVIDENCE_TRAIL", "XDG_"))}
    for folder in (home, home / "state", home / "tmp"):
        folder.mkdir(parents=True, exist_ok=True)
    return kept | {"HOME": str(home), "XDG_STATE_HOME": str(home / "state"), "TMPDIR": str(home / "tmp")} | more


def command(*words: object) -> list[str]:
    """Return the command line of the program."""
    return [sys.executable, "-m", "evidence_app", *(str(word) for word in words)]


SPARING = nursery.is_possible() and not os.environ.get("EVIDENCE_TRAIL_TESTS_START")
"""Whether runs of the program and its workers are forked, and keys derived once."""
_forking: list[Forking] = []


def _forked(words: list[str], variables: dict[str, str], cwd: Path, stdin: bytes) -> Result:
    """Run the program from a process that has loaded it (`forking`)."""
    if not _forking:
        _forking.append(Forking(REPOSITORY, *kept_in))
    with tempfile.TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in ("in", "out", "err")]
        streams[0].write_bytes(stdin)
        for each in streams[1:]:
            each.touch()
        try:
            code = _forking[0].run(words, variables, cwd, streams, MAX_SECONDS)
        except (subprocess.TimeoutExpired, OSError, ValueError):
            _forking.clear()
            raise
        return Result(tuple(words), code, *(each.read_text(encoding="utf-8") for each in streams[1:]))


def run(
    *words: object,
    home: Path,
    stdin: bytes = b"",
    variables: dict[str, str] | None = None,
    before: Callable[[], None] | None = None,
    cwd: Path | None = None,
    program: Sequence[str] | None = None,
) -> Result:
    """Run the program and return what it said. `before` is called in the new process, which is then started anew, as where variables or a program are given."""
    if SPARING and not (variables or before or program):
        return _forked([str(word) for word in words], environment(home), cwd or home, stdin)
    whole = [*program, *(str(word) for word in words)] if program else command(*words)
    done = subprocess.run(
        whole,
        input=stdin,
        capture_output=True,
        timeout=MAX_SECONDS,
        check=False,
        env=environment(home, **(variables or {})),
        cwd=cwd or home,
        preexec_fn=before,
    )
    return Result(tuple(str(word) for word in words), done.returncode, done.stdout.decode(), done.stderr.decode())
