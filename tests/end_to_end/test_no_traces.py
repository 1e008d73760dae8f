"""No traces: every file that a session writes, seen by the system calls it makes, is the store's or was exported."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Final

import pytest

from tests.support import program
from tests.support.office_files import paragraph, word_file
from tests.support.sample_documents import letter, scan


def can_trace() -> bool:
    """Whether strace is there and may look at a process: some containers forbid it."""
    strace = shutil.which("strace")
    return strace is not None and subprocess.run([strace, "-o", "/dev/null", "true"], check=False).returncode == 0


pytestmark = pytest.mark.skipif(
    not can_trace(), reason="strace, which sees what is written, is not installed or may not look"
)

CALLS: Final = "open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mknod,mknodat,truncate"
WRITES: Final = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE")
OPENING: Final = re.compile(r"^\d+ +(?:open|openat|openat2)\(")
LINE: Final = re.compile(r"^\d+ +\w+\(")
PATHS: Final = re.compile(r'(?:(?:AT_FDCWD<([^>]*)>|\d+<([^>]*)>), )?"((?:[^"\\]|\\.)*)"')
WINDOW: Final = program.REPOSITORY / "packaging" / "wine" / "picture.py"
"""What opens the real window over a store, unlocks it and takes a picture; the packages for Windows are tried with it too."""
CONTENT: Final = "Kit Lowe was seen in Arnside Terrace"
DEVICES: Final = ("/dev/null", "/proc/self/")
"""What holds nothing. /dev/shm is not among them: it holds what is put there until the machine is switched off."""


@dataclass
class Stick:
    """A stick with the store, and a home folder that is not to be touched."""

    folder: Path
    home: Path
    written: set[Path] = field(default_factory=set)

    def run(self, *words: object, script: Path | None = None) -> None:
        """Run the program, or a script, and note every path that it or a process of its writes, makes or renames to."""
        log = self.folder.parent / "calls.txt"
        command = [sys.executable, str(script), *map(str, words)] if script else program.command(*words)
        environment = program.environment(self.home, QT_QPA_PLATFORM="offscreen", PYTHONDONTWRITEBYTECODE="1")
        traced = ["strace", "-f", "-qqq", "-y", "-s", "4096", "-z", "-e", f"trace={CALLS}", "-o", str(log), *command]
        done = subprocess.run(
            traced, capture_output=True, text=True, env=environment, cwd=program.REPOSITORY, timeout=300, check=False
        )
        assert done.returncode == 0, (words, done.stdout[-500:], done.stderr[-1500:])
        self.written |= set(paths_written(log.read_text(encoding="utf-8", errors="replace")))

    def elsewhere(self, *allowed: Path) -> list[str]:
        """Return what was written that is neither in these folders nor one of these files, nor a device."""
        return sorted(
            str(path)
            for path in self.written
            if not str(path).startswith(DEVICES) and not any(path == each or each in path.parents for each in allowed)
        )


def paths_written(log: str) -> Iterator[Path]:
    """Yield the paths that the calls of a log of strace wrote, made or renamed to."""
    for line in log.splitlines():
        if not LINE.match(line) or (OPENING.match(line) and not WRITES.search(line)):
            continue
        for at, there, name in PATHS.findall(line):
            yield Path(at or there or "/") / name.encode().decode("unicode_escape").encode("latin-1").decode()


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    (tmp_path / "stick").mkdir()
    return Stick(tmp_path / "stick", tmp_path / "own home")


def brought_in(folder: Path) -> Path:
    """Write a mail with a scan, a PDF and a document, which are all shown and searched."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "k.dale@office.example", "sam@office.example", "Caseload"
    mail["Date"], mail["Message-ID"] = "Tue, 3 Feb 2026 10:00:00 +0000", "<1@office.example>"
    mail.set_content("Noted.\n")
    for name, kind, content in (
        ("scan.png", ("image", "png"), scan([CONTENT])),
        ("letter.pdf", ("application", "pdf"), letter([CONTENT])),
        ("plan.docx", ("application", "octet-stream"), word_file(paragraph(CONTENT))),
    ):
        mail.add_attachment(content, maintype=kind[0], subtype=kind[1], filename=name)
    path = folder / "mail.eml"
    path.write_bytes(mail.as_bytes())
    return path


def test_a_session_writes_the_store_and_what_was_exported_and_nothing_else(stick: Stick) -> None:
    folder = stick.folder
    secret, entry = folder / "secret.txt", folder / "entry.json"
    secret.write_text("four words of nothing", encoding="utf-8")
    fields = {"concern": CONTENT, "ask": "Move two cases."}
    entry.write_text(
        json.dumps({"kind": "concern", "event_at": "2026-02-03T09:00", "event_precision": "exact", "fields": fields}),
        encoding="utf-8",
    )
    keys = ("--store", folder / "store", "--passphrase-file", secret)
    out, picture = folder / "out", folder / "picture.png"
    out.mkdir()
    stick.run("init", "--owner", "Sam Rowe", "--machine", "employer", *keys)
    stick.run("seal", entry, *keys)
    stick.run("import", brought_in(folder), "--seal", "--received", *keys)
    stick.run("bundle", "--profile", "officer", "--out", out / "bundle.pdf", *keys)
    stick.run("verify", out / "bundle.pdf")
    stick.run("search", "Arnside", *keys)
    stick.run("backup", "--to", out, *keys)
    stick.run(folder / "store", secret, picture, script=WINDOW)
    assert picture.is_file()
    assert out / "bundle.pdf" in stick.written, "strace did not see what was certainly written"
    assert stick.elsewhere(folder / "store", out, picture) == []
    left = sorted(path for path in stick.home.rglob("*") if path.is_file())
    assert left == []


def test_what_is_elsewhere_would_be_seen(stick: Stick, tmp_path: Path) -> None:
    stray = tmp_path / "stray.txt"
    script = tmp_path / "script.py"
    script.write_text(f"import os\nopen({str(stray)!r}, 'w').close()\nos.remove({str(stray)!r})\n", encoding="utf-8")
    stick.run(script=script)
    assert stick.elsewhere(stick.folder) == [str(stray)]
