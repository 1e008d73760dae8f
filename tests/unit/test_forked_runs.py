"""A run that is forked from a loaded process says what one that is started says."""

from pathlib import Path

import pytest

from tests.support import program

WORDS = (
    ("--version",),
    ("--help",),
    ("no-such-verb",),
    ("seal", "-"),
    ("kinds", "--json"),
    ("verify", "nothing.pdf"),
)


@pytest.mark.skipif(not program.SPARING, reason="here every run is started")
@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_both_say_the_same(words: tuple[str, ...], home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forked = program.run(*words, home=home, stdin=b"not json\n")
    monkeypatch.setattr(program, "SPARING", False)
    assert program.run(*words, home=home, stdin=b"not json\n") == forked


@pytest.mark.skipif(not program.SPARING, reason="here every run is started")
def test_each_run_has_its_own_folder_and_environment(home: Path, tmp_path: Path, store_path: Path, run_cli) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "entry.json").write_text(
        '{"kind": "note", "event_at": "2026-05-04", "event_precision": "date only", "fields": {"text": "x"}}'
    )
    sealed = run_cli("seal", "entry.json", "--json", store=store_path, cwd=other).expect(0)
    assert sealed.json["index"] == 1
    assert run_cli("list", "--json", store=store_path).expect(0).json["records"]
    assert program.run("list", home=home).code == 2
