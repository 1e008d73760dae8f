"""No command touches a socket: an audit hook of the interpreter would stop it."""

import json
from pathlib import Path

from tests.support.entries import CASE, note, sample_entry
from tests.support.offline import TOUCHED, with_hook


def test_the_guard_works(tmp_path: Path) -> None:
    import subprocess
    import sys

    words = [sys.executable, "-c", "import socket; socket.socket()"]
    done = subprocess.run(words, env=with_hook(tmp_path / "hook"), capture_output=True, check=False)
    assert done.returncode == TOUCHED, "the guard lets sockets through"


def test_a_whole_store_from_init_to_check(offline, tmp_path: Path, samples: Path, long_run: bool) -> None:
    store = tmp_path / "made"
    papers = sorted((samples / "pdf").glob("*.pdf"))[:: 1 if long_run else 4]
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
