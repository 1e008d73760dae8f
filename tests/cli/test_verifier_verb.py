"""The verb `verifier`, the verifier beside a bundle, and the verbs that write the log and the hand-overs as files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import stores, third_verifier
from tests.support.program import Result, run

NEEDS_NODE = "Node.js 20 or newer"


@pytest.fixture
def on(filled_store: Path, tmp_path: Path) -> Callable[..., Result]:
    secret, store = tmp_path / "secret.txt", stores.copy_of(filled_store, tmp_path / "store")
    secret.write_text(stores.WORDS)
    return lambda *words: run(*words, "--store", store, "--passphrase-file", secret, home=tmp_path / "home")


def test_the_verifier_is_written_or_the_program_says_how_to_build_it(tmp_path: Path) -> None:
    out = tmp_path / "verify.html"
    done = run("verifier", "--out", out, home=tmp_path / "home")
    if not third_verifier.PAGE.exists():
        assert NEEDS_NODE in done.refused(3)
        assert not out.exists()
        return
    assert "open it in a browser" in done.expect(0).stdout
    assert out.read_bytes() == third_verifier.PAGE.read_bytes()
    run("verifier", "--out", out, home=tmp_path / "home").expect(0)
    out.write_text("Mine.")
    assert "is there already" in run("verifier", "--out", out, home=tmp_path / "home").refused(2)
    assert out.read_text() == "Mine."
    run("verifier", "--out", out, "--replace", home=tmp_path / "home").expect(0)


def test_a_bundle_with_the_verifier_beside_it(on: Callable[..., Result], tmp_path: Path) -> None:
    out = tmp_path / "handed-over" / "trail.pdf"
    out.parent.mkdir()
    done = on("bundle", "--profile", "officer", "--out", str(out), "--with-verifier")
    if not third_verifier.PAGE.exists():
        assert NEEDS_NODE in done.refused(3)
        assert list(out.parent.iterdir()) == [], "a bundle was made although half of what was asked for is missing"
        return
    done.expect(0)
    assert sorted(path.name for path in out.parent.iterdir()) == ["trail.pdf", "verify.html"]
    assert "one file" in on(
        "bundle", "--profile", "handover", "--out", str(tmp_path / "a.age"), "--with-verifier"
    ).refused(2)


def test_the_log_as_files(on: Callable[..., Result], tmp_path: Path) -> None:
    said = on("log", "export", "--tiles", str(tmp_path / "tiles"), "--json").expect(0).json
    assert said["missing"] == []
    assert (tmp_path / "tiles" / "checkpoint").read_text().split("\n")[1] == str(said["size"])
    assert "seal receipt" in on("log", "export", "--receipts", str(tmp_path / "receipts")).expect(0).stdout
    assert len(list((tmp_path / "receipts").iterdir())) == said["size"]
    assert "not empty" in on("log", "export", "--receipts", str(tmp_path / "receipts")).refused(2)
    on("log", "export").expect(2)
    assert "--ocfl" in on("handover", "archive").refused(2)
    assert "rep" in on("handover", "archive", "--ocfl", str(tmp_path / "archive")).refused(2)
    assert not (tmp_path / "archive").exists()
