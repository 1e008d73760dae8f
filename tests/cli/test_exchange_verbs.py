"""The verbs “card” and “witness” between two stores, by file and through a pipe."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import stores
from tests.support.program import Result, run


@pytest.fixture
def both(new_store: Path, tmp_path: Path) -> dict[str, Path]:
    """The stores of an officer and of a rep, on a machine that is not the employer's."""
    stores.make_store(tmp_path / "rep", machine="other")
    return {"officer": stores.copy_of(new_store, tmp_path / "officer"), "rep": tmp_path / "rep"}


@pytest.fixture
def on(both: dict[str, Path], tmp_path: Path) -> Callable[..., Result]:
    secret = tmp_path / "secret.txt"
    secret.write_text(stores.WORDS)

    def use(whose: str, *words: str, stdin: bytes = b"") -> Result:
        return run(*words, "--store", both[whose], "--passphrase-file", secret, home=tmp_path / "home", stdin=stdin)

    return use


def test_a_checkpoint_is_countersigned_by_file_and_by_mail(on: Callable[..., Result], tmp_path: Path) -> None:
    card, request, answer = (str(tmp_path / name) for name in ("rep.card", "request.txt", "answer.txt"))
    shown = on("rep", "card", "--out", card, "--json").json
    assert len(shown["words"].split()) == 8
    looked = run("card", "--look", card, "--json", home=tmp_path / "home").expect(0)
    assert looked.json["words"] == shown["words"], "a card is looked at without a store"
    taken = on("officer", "card", "--take", card, "--compared", "by telephone", "--json")
    assert (taken.code, taken.json["words"], taken.json["compared"]) == (0, shown["words"], "by telephone")
    (listed,) = on("officer", "card", "--list", "--json").json["cards"]
    assert listed["words"] == shown["words"]
    asked = on("officer", "witness", "request", "--of", listed["name"], "--out", request)
    asked.expect(0)
    mailed = "".join(f"> {line}\r\n" for line in Path(request).read_text().splitlines())
    answered = on("rep", "witness", "answer", "-", "--out", answer, "--json", stdin=mailed.encode())
    assert (answered.code, answered.json["refused"], answered.json["record"]) == (0, "", 1)
    done = on("officer", "witness", "take", answer)
    done.expect(0)
    assert "countersigned the head of positions 0 to 1" in done.stdout
    told = on("officer", "witness", "list", "--json").json
    assert [each["covered"] for each in told["witnesses"]] == [2]
    assert [each["size"] for each in on("rep", "witness", "list", "--json").json["countersigned"]] == [2]


def test_a_refusal_exits_with_1(on: Callable[..., Result], tmp_path: Path) -> None:
    first, second, answer = (str(tmp_path / name) for name in ("first.txt", "second.txt", "answer.txt"))
    on("rep", "card", "--out", str(tmp_path / "card"))
    on("officer", "witness", "request", "--out", first)
    on("officer", "card", "--take", str(tmp_path / "card"))
    on("officer", "witness", "request", "--out", second)
    assert on("rep", "witness", "answer", second).code == 0
    refused = on("rep", "witness", "answer", first, "--out", answer)
    refused.expect(1)
    assert "now shows 1" in refused.stdout
    told = on("officer", "witness", "take", answer)
    assert "did not countersign" in told.refused(2)


@pytest.mark.parametrize(
    ("words", "content", "said"),
    [
        (("card", "--take", "FILE"), b"Dear officer, here is nothing.", "There is no card"),
        (("card", "--take", "FILE"), b"\xff\xfe\x00", "no text"),
        (("card", "--take", "FILE"), b"x" * 2_000_000, "larger than"),
        (("card", "--take", "GONE"), b"", "cannot be read"),
        (("card", "--look", "FILE"), b"-----BEGIN EVIDENCE TRAIL CARD-----\nAAAA", "cut off"),
        (("witness", "answer", "FILE"), b"-----BEGIN EVIDENCE TRAIL WITNESS REQUEST-----\nAAAA", "cut off"),
        (("witness", "take", "FILE"), b"", "There is no card, witness request or answer"),
        (("witness", "answer"), b"", "needs the file"),
        (("witness", "request", "--of", "nobody"), b"", "no card of"),
        (("witness", "request", "--from", "9"), b"", "cannot begin at 9"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_sealed(
    on: Callable[..., Result], tmp_path: Path, words: tuple[str, ...], content: bytes, said: str
) -> None:
    (tmp_path / "file").write_bytes(content)
    names = {"FILE": str(tmp_path / "file"), "GONE": str(tmp_path / "gone")}
    result = on("officer", *(names.get(word, word) for word in words))
    assert said in result.refused(2)
    assert len(on("officer", "list", "--json").json["records"]) == 1
