"""A manager's store: own records as an officer's, hand-overs of officers, and the scale sheet over them without a name."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.bundles import all_words, manifest_in
from tests.support.program import Result, run
from tests.support.stores import copy_of

CASES = [f"X1000{number:02d}" for number in range(1, 7)]
On = Callable[..., Result]


def instruction(cases: list[str], words: str = "All of them on monthlies.") -> dict[str, Any]:
    fields = {
        "exact_words": words,
        "type": "move to lower frequency",
        "given_by": {"person": "T. Okoro", "role": "Head of PDU"},
        "cases": cases,
    }
    return {"kind": "instruction", "event_at": "2026-05-04", "event_precision": "date only", "fields": fields}


PASSPHRASE = "lantern quiet river Easthaven"


def using(folder: Path, home: Path) -> On:
    """Return what runs the program on one of the stores in a folder."""
    passphrase = folder / "passphrase.txt"
    passphrase.write_text(f"{PASSPHRASE}\n", encoding="utf-8")

    def use(store: str, *words: object, stdin: bytes = b"") -> Result:
        return run(*words, "--store", folder / store, "--passphrase-file", passphrase, stdin=stdin, home=home)

    return use


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two officers' stores and a manager's, with each other's cards, made once. Not to be changed."""
    folder = tmp_path_factory.mktemp("managers")
    on = using(folder, folder / "home")
    on("first", "init", "--owner", "R. Hale", "--role", "Probation officer").expect(0)
    on("second", "init", "--owner", "M. Dunne", "--role", "Probation officer").expect(0)
    on("spo", "init", "--owner", "P. Winter", "--role", "manager").expect(0)
    cards = {name: folder / f"{name}.card" for name in ("first", "second", "spo")}
    for name, card in cards.items():
        on(name, "card", "--out", card).expect(0)
    for name in ("first", "second"):
        on(name, "card", "--take", cards["spo"], "--compared", "face to face").expect(0)
        on("spo", "card", "--take", cards[name], "--compared", "face to face").expect(0)
    return folder


@pytest.fixture
def on(tmp_path: Path, home: Path) -> On:
    return using(tmp_path, home)


@pytest.fixture
def stores(made: Path, on: On, tmp_path: Path) -> On:
    """The three stores, for this test."""
    for name in ("first", "second", "spo"):
        copy_of(made / name, tmp_path / name)
        (tmp_path / f"{name}.card").write_bytes((made / f"{name}.card").read_bytes())
    return on


def hand_over(on: On, store: str, out: Path) -> None:
    on(store, "bundle", "--profile", "scale", "--for", "P. Winter", "--out", out).expect(0)
    on("spo", "handover", "take", out).expect(0)


def test_the_sheet_counts_each_case_once_over_hand_overs_and_names_nobody(stores: On, tmp_path: Path) -> None:
    on = stores
    sealed = on("first", "seal", "-", "--json", stdin=json.dumps(instruction(CASES[:4])).encode()).expect(0)
    told_first = sealed.json["index"]
    on("second", "seal", "-", stdin=json.dumps(instruction(CASES[2:])).encode()).expect(0)
    on(
        "first", "under", told_first, "--became", "changed", "--from", "weekly", "--to", "monthly", "--case", CASES[0]
    ).expect(0)
    hand_over(on, "first", tmp_path / "1.age")
    hand_over(on, "second", tmp_path / "2.age")
    on("first", "settings", "client_names", "Ann Vane").expect(0)
    # Handed over again after two more follow-ups: the cases are those of before.
    on(
        "first", "under", told_first, "--became", "not changed", "--why", "Ann Vane is at risk.", "--case", CASES[1]
    ).expect(0)
    hand_over(on, "first", tmp_path / "3.age")
    told = instruction([], "Get the numbers down.")
    on("spo", "seal", "-", stdin=json.dumps(told).encode()).expect(0)
    sheet = on("spo", "scale", "--json").expect(0).json
    assert (sheet["covered"], sheet["said"], sheet["logs"]) == (8, 2, 2)
    assert {each["what"]: each["count"] for each in sheet["tables"]["What became of the cases"]} == {
        "changed": 1,
        "not changed": 1,
        "nothing said yet": 6,
    }
    assert sheet["tables"]["Instructions that I was given myself"] == [
        {"what": "move to lower frequency, by Head of PDU", "count": 1}
    ]
    out = tmp_path / "sheet.pdf"
    on("spo", "scale", "--out", out).expect(0)
    assert "is there already" in on("spo", "scale", "--out", out).refused(2)
    words = all_words(out)
    assert "weekly → monthly" in words
    for name in (*CASES, "Vane", "Hale", "Dunne", "Okoro", "client"):
        assert name not in words.replace("No case, client or officer is named", "").replace("Each case", "")
    assert "leave “--case” out" in on("spo", "scale", "--case", CASES[0]).refused(2)


def test_what_is_for_a_union_is_not_handed_over_to_a_manager(stores: On, tmp_path: Path) -> None:
    on = stores
    note = {"text": "The rep's advice.", "restricted_to": "union advice"}
    entry = {"kind": "note", "event_at": "2026-05-04", "event_precision": "date only", "fields": note}
    on("first", "seal", "-", stdin=json.dumps(entry).encode()).expect(0)
    on("first", "seal", "-", stdin=json.dumps(instruction(CASES)).encode()).expect(0)
    out = tmp_path / "out.age"
    said = on("first", "bundle", "--profile", "union-casework", "--for", "P. Winter", "--out", out).refused(2)
    assert "has a manager's store" in said
    assert "hand over with “scale”" in said
    assert not out.exists()


def test_a_manager_writes_what_an_officer_writes_and_names_cases(stores: On, tmp_path: Path) -> None:
    on = stores
    on("spo", "seal", "-", stdin=json.dumps(instruction(CASES)).encode()).expect(0)
    on("spo", "bundle", "--profile", "officer", "--out", tmp_path / "own.pdf").expect(0)
    assert CASES[0] in all_words(tmp_path / "own.pdf")
    member = {"kind": "member", "event_at": "2026-05-04", "event_precision": "date only", "fields": {"name": "R. Hale"}}
    assert "not written in the store of a manager" in on("spo", "seal", "-", stdin=json.dumps(member).encode()).refused(
        2
    )
    assert "holder" in json.dumps(manifest_in(tmp_path / "own.pdf")["records"][0])
    on("spo", "check").expect(0)


def test_a_hand_over_is_refused_by_an_officers_store(stores: On, tmp_path: Path) -> None:
    on = stores
    on("first", "seal", "-", stdin=json.dumps(instruction(CASES)).encode()).expect(0)
    out = tmp_path / "out.age"
    on("first", "bundle", "--profile", "scale", "--for", "P. Winter", "--out", out).expect(0)
    assert "taken in by a union rep or a manager" in on("second", "handover", "take", out).refused(2)


def test_a_managers_card_says_so_and_words_of_it_differ(stores: On) -> None:
    cards = stores("first", "card", "--list", "--json").expect(0).json["cards"]
    assert [(each["name"], each["manager"]) for each in cards] == [("P. Winter", True)]


def test_a_manager_on_another_machine_keeps_what_was_handed_over(stores: On, tmp_path: Path) -> None:
    on = stores
    on("away", "init", "--manager", "--machine", "other", "--owner", "Q. Winter").expect(0)
    for name in ("away", "first"):
        on(name, "card", "--out", tmp_path / f"{name}.txt").expect(0)
    on("first", "card", "--take", tmp_path / "away.txt", "--compared", "face to face").expect(0)
    on("away", "card", "--take", tmp_path / "first.txt", "--compared", "face to face").expect(0)
    on("first", "seal", "-", stdin=json.dumps(instruction(CASES[:4])).encode()).expect(0)
    on("first", "bundle", "--profile", "scale", "--for", "Q. Winter", "--out", tmp_path / "1.age").expect(0)
    on("away", "handover", "take", tmp_path / "1.age").expect(0)
    on("away", "check").expect(0)
    assert on("away", "scale", "--json").expect(0).json["covered"] == 4


def test_a_manager_who_leaves_keeps_nothing_that_was_handed_over(stores: On, tmp_path: Path) -> None:
    on = stores
    on("first", "seal", "-", stdin=json.dumps(instruction(CASES[:4])).encode()).expect(0)
    hand_over(on, "first", tmp_path / "1.age")
    assert on("spo", "handover", "records", "--json").expect(0).json["records"]
    on("spo", "leave", "--receipts", tmp_path / "receipts").expect(0)
    assert on("spo", "handover", "records", "--json").expect(0).json["records"] == []
    on("spo", "check").expect(0)


def test_a_hold_that_came_with_a_hand_over_keeps_a_manager_from_destroying_it(stores: On, tmp_path: Path) -> None:
    on = stores
    held = instruction(CASES[:4])
    held["fields"]["legal_hold"] = True
    on("first", "seal", "-", stdin=json.dumps(held).encode()).expect(0)
    hand_over(on, "first", tmp_path / "1.age")
    assert "under a hold" in on("spo", "leave", "--receipts", tmp_path / "receipts").refused(2)
    assert on("spo", "scale", "--json").expect(0).json["covered"] == 4
