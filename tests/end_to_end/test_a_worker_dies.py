"""A worker that the system kills, as it does when memory is short, costs its file a slip sheet, and nothing else (decision 29)."""

import os
import signal
import sys
from pathlib import Path

import pytest

from evidence_app.domain.record.selection import Selection
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping.verifying import verify_file
from tests.support.bundles import all_words, concern, manifest_in, seal_with
from tests.support.sample_documents import letter
from tests.support.worker_processes import workers

LONG = letter(*[[f"This is page {number}.", "a copper lantern"] for number in range(400)])


@pytest.mark.usefixtures("own_workers")
@pytest.mark.skipif(sys.platform != "linux", reason="looks at the processes in /proc")
def test_the_rest_of_the_bundle_is_made(session: Session, tmp_path: Path) -> None:
    killed: list[int] = []
    looks = 0

    def report(stage: str, done: int, _total: int) -> None:
        nonlocal looks
        looks += stage == "exhibits" and done == 1
        if looks == 6 and not killed:
            killed.extend(workers())
            for number in killed:
                os.kill(number, signal.SIGKILL)

    files = {"1.txt": b"the first copper lantern", "2.pdf": LONG, "3.txt": b"the last copper lantern"}
    out = tmp_path / "out.pdf"
    seal_with(session, concern("see the files"), files)
    export(session, "officer", out, Selection(), progress=report)
    assert killed, "the long file was done before anybody could look"
    assert [each["shown_as"] for each in manifest_in(out)["exhibits"]] == ["text", "slip", "text"]
    words = " ".join(all_words(out).split())
    assert "it took too long, or broke what read it" in words
    assert "the last copper lantern" in words
    assert verify_file(out).verdict is Verdict.VERIFIED
