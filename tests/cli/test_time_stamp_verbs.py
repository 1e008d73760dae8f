"""The verb “timestamp”, by file."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support import stores
from tests.support.authority import Authority
from tests.support.program import Result, run


@pytest.fixture
def on(new_store: Path, tmp_path: Path) -> Callable[..., Result]:
    store = stores.copy_of(new_store, tmp_path / "store")
    secret = tmp_path / "secret.txt"
    secret.write_text(stores.WORDS)
    return lambda *words: run(*words, "--store", store, "--passphrase-file", secret, home=tmp_path / "home")


def test_a_checkpoint_is_time_stamped_by_file(on: Callable[..., Result], tmp_path: Path) -> None:
    authority = Authority("Invented Stamps")
    (tmp_path / "root.pem").write_text(authority.pem)
    root, request, answer = (str(tmp_path / name) for name in ("root.pem", "request.tsq", "answer.tsr"))
    assert "No time-stamping authority" in on("timestamp", "request", "--out", request).expect(2).sentence
    assert "two are better" in on("timestamp", "list").expect(0).stdout
    on("timestamp", "authority", "--of", "Invented Stamps", "--certificates", root, "--json").expect(0)
    on("timestamp", "request", "--out", request).expect(0)
    Path(answer).write_bytes(authority.answer(Path(request).read_bytes(), datetime(2026, 3, 1, 9, 0, tzinfo=UTC)))
    taken = on("timestamp", "take", answer, "--json").expect(0).json
    assert (taken["authority"], taken["stamped_at"]) == ("Invented Stamps", "2026-03-01T09:00:00Z")
    (listed,) = on("timestamp", "list", "--json").expect(0).json["authorities"]
    assert (listed["covered"], listed["asked_at"]) == (taken["size"], "")
    assert "taken in before" in on("timestamp", "take", answer).expect(2).sentence
    assert "stamped the head" in on("check").expect(0).stdout
    Path(answer).write_bytes(b"nothing")
    assert "no answer of a time-stamping authority" in on("timestamp", "take", answer).expect(1).sentence


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("authority",), "needs --of NAME and --certificates"),
        (("request",), "needs --out FILE"),
        (("take",), "needs the authority's answer"),
        (("send",), "No time-stamping authority"),
        (("take", "nothing.tsr"), "cannot be read"),
        (("authority", "--of", "X", "--certificates", "nothing.pem"), "cannot be read"),
    ],
)
def test_missing_arguments_are_reported(on: Callable[..., Result], words: tuple[str, ...], says: str) -> None:
    assert says in on("timestamp", *words).expect(2).sentence
