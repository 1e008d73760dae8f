"""Backward compatibility: stores and files of an earlier version, which are never made anew (tests/samples/made-by-0.1.0/README.md)."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.program import Result

Opened = Callable[..., Result]


@pytest.fixture(scope="module")
def made(samples: Path) -> Path:
    return samples / "made-by-0.1.0"


@pytest.fixture
def opened(made: Path, tmp_path: Path, run_cli: Callable[..., Result]) -> Opened:
    """Run the program on a copy of one of the stores."""

    def go(holder: str, *words: object, **more: object) -> Result:
        store = tmp_path / holder
        if not store.exists():
            shutil.copytree(made / holder, store)
        return run_cli("--store", store, "--passphrase-file", made / "passphrase.txt", *words, **more)

    return go


@pytest.mark.parametrize(
    ("name", "items"), [("audit-trail.pdf", 171), ("casework.pdf", 177), ("record-1.tlog-proof", 2)]
)
def test_earlier_bundles_and_receipts_verify(made: Path, run_cli: Callable[..., Result], name: str, items: int) -> None:
    found = run_cli("verify", made / name, "--json").json
    assert found["verdict"] == "verified", [check for check in found["checks"] if check["verdict"] != "verified"]
    assert len(found["checks"]) == items, "an item that was judged then is not judged any more, or is judged twice"


@pytest.mark.parametrize(("holder", "records"), [("officer", 75), ("rep", 9)])
def test_an_earlier_store_opens_and_checks(opened: Opened, holder: str, records: int) -> None:
    assert opened(holder, "check", "--json").json["verdict"] == "verified"
    assert len(opened(holder, "list", "--json").json["records"]) == records


def test_a_record_reads_as_it_was_written(opened: Opened) -> None:
    record = opened("officer", "show", 3, "--json").json
    assert (record["index"], record["code"], record["kind"]) == (3, "28A1-QMCF", "gap")
    assert record["event_at"] == "2025-03-11T12:00:00Z"
    assert record["case_ref"] == "X000688"
    assert "no assessment, no sentence plan" in str(record["fields"])


def test_the_receipt_of_a_record_is_the_one_that_was_given(opened: Opened, made: Path, tmp_path: Path) -> None:
    opened("officer", "receipt", 1, "--out", tmp_path / "now.tlog-proof")
    then, now = (path.read_text() for path in (made / "record-1.tlog-proof", tmp_path / "now.tlog-proof"))
    assert now.splitlines()[:3] == then.splitlines()[:3], "the record's leaf and position stand in the first lines"


def test_a_plan_file_makes_a_bundle(opened: Opened, made: Path, tmp_path: Path, run_cli: Callable[..., Result]) -> None:
    out = tmp_path / "grievance.pdf"
    assert opened("officer", "bundle", "--plan", made / "plan.json", "--out", out).code == 0
    assert run_cli("verify", out, "--json").json["verdict"] == "verified"


def test_a_rep_reads_what_was_handed_over(opened: Opened) -> None:
    members = opened("rep", "members", "--json").json
    assert "R. Hale" in str(members)
    assert opened("rep", "handover", "records", 7, "--json").code == 0
