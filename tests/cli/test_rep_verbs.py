"""The verbs of officer and rep on the invented case that `demo --rep` builds."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evidence_app.proof.verdicts import Verdict
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.support import stores
from tests.support.program import Result, run


@pytest.fixture(scope="module")
def demo(demo_by_command: tuple[Path, Result]) -> Path:
    folder, made = demo_by_command
    assert "her store: verified" in made.expect(0).stdout
    return folder


@pytest.fixture
def on(demo: Path, tmp_path: Path) -> Callable[..., Result]:
    for name in ("store", "rep"):
        stores.copy_of(demo / name, tmp_path / name)

    def use(whose: str, *words: str | Path) -> Result:
        secret = demo / "passphrase.txt"
        return run(*words, "--store", tmp_path / whose, "--passphrase-file", secret, home=tmp_path / "home")

    return use


def test_members_and_their_hand_overs_are_listed(on: Callable[..., Result]) -> None:
    (member,) = on("rep", "members", "--json").expect(0).json["members"]
    assert (member["name"], member["office"], len(member["advice"])) == ("R. Hale", "Easthaven", 2)
    assert [each["falls_on"] for each in member["deadlines"]] == ["2026-02-05"]
    told = on("rep", "members", "hale").expect(0).stdout
    assert "Interview with the reviewing manager (told by: The letter of 23 January" in told
    assert told.rstrip().endswith(
        "Time limits are short, and this program works out none for a tribunal: get advice now."
    )
    (handover,) = on("rep", "handover", "list", "--json").expect(0).json["handovers"]
    assert (handover["records_shown"], handover["left_out"]) == (69, "69–71")
    found = on("rep", "handover", "records", "--words", "creative", "--json").expect(0).json["records"]
    assert "instruction" in {each["kind"] for each in found}
    position = str(found[0]["position"])
    shown = on("rep", "handover", "show", str(handover["record"]), "--position", position, "--json").expect(0)
    assert shown.json["kind"] == found[0]["kind"]
    on("rep", "check").expect(0)


def test_what_was_handed_over_is_written_out_and_verifies(on: Callable[..., Result], tmp_path: Path) -> None:
    (handover,) = on("rep", "handover", "list", "--json").expect(0).json["handovers"]
    out = tmp_path / "handed.pdf"
    on("rep", "handover", "show", str(handover["record"]), "--out", out).expect(0)
    assert verify_bytes(out.read_bytes()).verdict is Verdict.VERIFIED
    assert "is there already" in on("rep", "handover", "show", str(handover["record"]), "--out", out).expect(2).sentence
    one = on("rep", "handover", "show", str(handover["record"]), "--position", "2", "--out", tmp_path / "one.pdf")
    assert "without --out" in one.expect(2).sentence
    assert not (tmp_path / "one.pdf").exists()
    assert "--out goes with" in on("rep", "handover", "list", "--out", out).expect(2).sentence


def test_a_second_hand_over_extends_the_first_and_the_old_one_is_refused(
    on: Callable[..., Result], demo: Path, tmp_path: Path
) -> None:
    out = tmp_path / "second.age"
    on("store", "bundle", "--profile", "union-casework", "--for", "A. Brandt", "--out", out, "--json").expect(0)
    taken = on("rep", "handover", "take", out, "--json").expect(0).json["handover"]
    assert taken["member"] == "R. Hale"
    on("rep", "handover", "receipt", str(taken["record"]), "--out", tmp_path / "receipt.txt").expect(0)
    assert "A. Brandt received it" in on("store", "handover", "take", tmp_path / "receipt.txt").expect(0).stdout
    assert "taken in before" in on("rep", "handover", "take", demo / "hand-over.age").expect(2).sentence
    assert "This is an officer's store" in on("store", "members").expect(2).sentence


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("bundle", "--profile", "union-casework", "--out", "x.age"), "--for NAME"),
        (("bundle", "--profile", "union-casework", "--for", "Nobody", "--out", "x.age"), "no card of “Nobody”"),
        (("bundle", "--profile", "officer", "--for", "A. Brandt", "--out", "x.age"), "may show what identifies"),
        (("bundle", "--profile", "officer", "--known", "3", "--out", "x.pdf"), "is for a hand-over"),
        (("handover", "take"), "needs the file"),
        (("handover", "take", "nothing.age"), "cannot be read"),
        (("handover", "receipt", "x"), "needs the number"),
        (("handover", "show", "1"), "is no hand-over"),
    ],
)
def test_impossible_requests_are_reported(on: Callable[..., Result], words: tuple[str, ...], says: str) -> None:
    assert says in on("store", *words).expect(2).sentence


def test_a_text_without_a_receipt_is_reported(on: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Dear colleague")
    assert (
        "no card, witness request or answer" in on("store", "handover", "take", tmp_path / "x.txt").expect(2).sentence
    )


def test_kinds_of_a_rep(tmp_path: Path) -> None:
    schemas = run("kinds", "--rep", "--json", home=tmp_path).expect(0).json
    assert {"member", "member-case", "deadline", "document", "note"} <= set(schemas)
    assert "instruction" not in schemas
