"""The invented case: its content, and that all of it verifies."""

import argparse
import json
import re
from pathlib import Path

import pytest

from evidence_app.cli import store_verbs
from evidence_app.demo import make
from evidence_app.demo.make import CASE, SECOND_CASE, Demo, build_demo
from evidence_app.domain.text.identifiers import ADDRESSING, find_identifiers
from evidence_app.errors import ExitCode, InputError
from evidence_app.proof.quoted_checkpoints import without_quoted_checkpoints
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.core.session import Session
from evidence_app.services.records.external_attestations import last_outside_clock
from evidence_app.services.records.reading import choose
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.verifying import verify_file
from tests.support.bundles import all_words
from tests.support.program import Result
from tests.support.stores import copy_of


@pytest.fixture(scope="module")
def opened(demo: Demo):
    words = (demo.folder / "passphrase.txt").read_text(encoding="utf-8").strip()
    with Session.open(demo.folder / "store", words, writable=False) as session:
        yield session


def test_it_says_that_everything_verifies(demo: Demo) -> None:
    assert demo.verified
    assert len(demo.reports) == 5
    assert 115 <= sum(demo.kinds.values()) <= 135
    assert demo.attachments == 19
    assert json.loads(json.dumps(demo.to_json()))["records"] == sum(demo.kinds.values())
    assert "\n".join(demo.in_words()).count("verdict: verified") == len(demo.bundles) == 4


def test_its_files_verify_again(demo: Demo) -> None:
    files = [*demo.folder.glob("*.pdf"), *demo.folder.glob("*.tlog-proof")]
    assert len(files) == 5
    for path in files:
        report = verify_file(path)
        assert report.verdict is Verdict.VERIFIED, [c for c in report.checks if c.verdict is not Verdict.VERIFIED]


def test_its_store_opens_and_checks(opened: Session, demo: Demo) -> None:
    assert check_store(opened).verdict is Verdict.VERIFIED
    records = list(opened.store.records.select(choose()))
    # Record 0, the two years, and the four exports.
    assert len(records) == 1 + sum(demo.kinds.values()) + 4
    assert records[0].fields["purpose"] == "demonstration"
    assert len(opened.store.attachments.digests()) == demo.attachments


def test_its_times_are_those_of_the_story(opened: Session) -> None:
    records = list(opened.store.records.select(choose()))
    sealed = [record.sealed_at for record in records]
    assert sealed == sorted(sealed), "the invented clock went backwards"
    assert all(record.event[0] <= record.sealed_at for record in records), "something was sealed before it happened"
    late = [record.index for record in records if record.late]
    assert late, "the story has a late entry, and it is not marked"
    assert all("clock_went_back_seconds" not in record.content for record in records)


def test_its_case_holds_no_telephone_number_or_postcode(opened: Session) -> None:

    machine_made = ADDRESSING | {"log_key", "certificate_sha256"}
    texts = [
        without_quoted_checkpoints(json.dumps(value, ensure_ascii=False))
        for record in list(opened.store.records.select(choose()))
        for name, value in record.fields.items()
        if name not in machine_made
    ]
    found = {
        (finding.what, text[finding.start : finding.end])
        for text in texts
        for finding in find_identifiers(text)
        if finding.what not in {"CRN", "e-mail address"}
    }
    assert not found, f"the invented case holds what looks like a real person's: {found}"
    refs = {record.case_ref for record in list(opened.store.records.select(choose())) if record.case_ref}
    assert CASE in refs
    assert all(ref.startswith("X") for ref in refs)


def test_the_second_year_shows_one_case_of_a_list_and_nothing_of_the_others(demo: Demo) -> None:
    words = all_words(demo.folder / "second-year.pdf")
    assert SECOND_CASE in words
    others = {f"X0008{number:02d}" for number in range(1, 15)} - {SECOND_CASE}
    told = {ref for ref in others if ref in words or ref.encode() in (demo.folder / "second-year.pdf").read_bytes()}
    assert not told, "cases that the instruction covers besides this one are told"
    assert "1 of the 14 cases that it covers is shown" in words
    assert "P. Winter said to R. Hale: “Here is your list, fourteen of them." in words
    assert "stress risk assessment" not in words, "the officer's own health stands in a bundle about a client"


def test_the_bundle_for_the_safety_rep_names_no_client(demo: Demo) -> None:
    words = all_words(demo.folder / "health-and-safety.pdf")
    assert "Fell asleep at a red light" in words
    assert not re.findall(r"X0\d{5}", words)


def test_a_second_demo_does_not_touch_the_first(demo: Demo) -> None:
    before = {path: path.stat().st_mtime_ns for path in demo.folder.rglob("*")}
    with pytest.raises(InputError, match="holds a demo already"):
        build_demo(demo.folder, lambda _: None)
    assert {path: path.stat().st_mtime_ns for path in demo.folder.rglob("*")} == before


def test_the_demo_command(demo_by_command: tuple[Path, Result], run_cli, tmp_path: Path) -> None:
    out, done = demo_by_command
    done.expect(0)
    assert {path.name for path in out.iterdir()} >= {"store", "passphrase.txt", "audit-trail.pdf"}
    assert "verdict: verified" in done.stdout
    assert "holds a demo already" in run_cli("demo", "--out", out).refused(2)
    words = ("--store", copy_of(out / "store", tmp_path / "store"), "--passphrase-file", out / "passphrase.txt")
    assert len(run_cli("list", "--json", *words).expect(0).json["records"]) > 55
    assert run_cli("verify", out / "audit-trail.pdf", "--json").expect(0).json["verdict"] == "verified"


def test_the_demo_command_tells_it_in_json(demo: Demo, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(make, "build_demo", lambda *_, **__: demo)
    assert store_verbs.demo(argparse.Namespace(out=str(demo.folder), rep=False, json=True)) is ExitCode.DONE
    assert set(json.loads(capsys.readouterr().out)["verdicts"]) == {"verified"}


def test_its_mails_were_brought_in_and_matched(opened: Session, demo: Demo) -> None:
    records = list(opened.store.records.select(choose()))
    receipts = [record for record in records if record.kind.name == "mail-receipt"]
    assert [record.fields["type"] for record in receipts] == ["displayed", "delivered", "displayed", "deleted"]
    assert all(record.fields["match"] == "exact" for record in receipts)
    sent = [record for record in records if record.fields.get("direction") == "sent"]
    assert all("carries out" in {how for _, how in record.links} for record in sent), "a sent copy is not its draft's"
    clock = last_outside_clock(opened)
    assert clock is not None, "the answer that quotes the log's head is no outside clock"
    assert any("Outside clock 1" in note for report in demo.reports for note in report.notes)
