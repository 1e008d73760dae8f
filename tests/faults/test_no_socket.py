"""No command touches a socket: an audit hook of the interpreter would stop it."""

import json
from pathlib import Path

import pytest

from tests.support.entries import CASE, note, sample_entry
from tests.support.program import Result, run

GUARD = """
import os, sys

def _stop(event, arguments):
    if event.startswith("socket."):
        os.write(2, f"SOCKET {event} {arguments!r:.200}\\n".encode())
        os._exit(99)

sys.addaudithook(_stop)
"""


@pytest.fixture
def offline(tmp_path: Path, home: Path, passphrase_file: Path):
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(GUARD, encoding="utf-8")

    def go(*words: object, store: Path | None = None, **more: object) -> Result:
        opening = ("--store", store, "--passphrase-file", passphrase_file) if store else ()
        done = run(*words, *opening, home=home, variables={"PYTHONPATH": str(hook)}, **more)
        assert done.code != 99, f"{words}: {done.stderr}"
        return done

    return go


def test_the_guard_works(offline, tmp_path: Path) -> None:
    import subprocess
    import sys

    words = [sys.executable, "-c", "import socket; socket.socket()"]
    done = subprocess.run(words, env={"PYTHONPATH": str(tmp_path / "hook")}, capture_output=True, check=False)
    assert done.returncode == 99, "the guard lets sockets through"


def test_a_whole_store_from_init_to_check(offline, tmp_path: Path, samples: Path) -> None:
    store = tmp_path / "made"
    papers = sorted((samples / "pdf").glob("*.pdf"))
    entry = sample_entry("instruction", case_ref=CASE, attachments=[str(path) for path in papers])
    lines = "\n".join(json.dumps(each) for each in (entry, note("a note"))).encode()
    offline("init", "--owner", "A. Practitioner", store=store).expect(0)
    offline("kinds", "--json").expect(0)
    offline("seal", "-", "--json", store=store, stdin=lines).expect(0)
    for verb in (["list"], ["show", "1"], ["search", "note"], ["keys", "list"]):
        offline(*verb, store=store).expect(0)
    receipt, own, review = (tmp_path / name for name in ("one.tlog-proof", "own.pdf", "review.pdf"))
    offline("receipt", "1", "--out", receipt, store=store).expect(0)
    offline("bundle", "--profile", "officer", "--out", own, store=store).expect(0)
    offline("bundle", "--profile", "sfo-review", "--case", CASE, "--out", review, store=store).expect(0)
    for path in (receipt, own, review):
        assert offline("verify", path, "--json").expect(0).json["verdict"] == "verified"
    offline("check", store=store).expect(0)


def test_the_demo(offline, tmp_path: Path) -> None:
    made = offline("demo", "--out", tmp_path / "demo", "--json").expect(0).json
    assert set(made["verdicts"]) == {"verified"}
