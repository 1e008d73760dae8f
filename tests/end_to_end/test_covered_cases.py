"""One instruction, many cases: each reference is sealed for itself, and a bundle about one shows that one alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.record.cases.covered_cases import cases_of, covered_by
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.thread.case_outcomes import NOTHING_YET, counted
from evidence_app.errors import InputError
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.records.case_outcomes import follow_up, standings_of, without_word_yet
from evidence_app.services.records.directory import find_case
from evidence_app.services.safekeeping.verifying import verify_file
from tests.support import stores
from tests.support.bundles import all_words, manifest_in, seal_with

OPEN = [f"X{100000 + n}" for n in range(37)]
LIMITED = ["X200001", "X200002", "X200003"]


def instruction(**more: Any) -> dict[str, Any]:
    fields = {"exact_words": "Stick all of these on monthlies.", "cases": OPEN, "limited_cases": LIMITED}
    return {
        "kind": "instruction",
        "event_at": "2026-11-20T10:00:00Z",
        "event_precision": "exact",
        "fields": {**fields, **more},
    }


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    stores.make_store(tmp_path / "store")
    with stores.open_fast(tmp_path / "store") as opened:
        seal_with(opened, instruction())
        yield opened


def shown(path: Path) -> set[str]:
    """Return the references that a reader finds anywhere on the pages."""
    words = all_words(path)
    return {ref for ref in (*OPEN, *LIMITED) if ref in words}


def bundle(session: Session, out: Path, profile: str, case: str = "") -> Path:
    export(session, profile, out, Selection(case_ref=case), case_ref=case)
    return out


def test_a_bundle_about_one_case_shows_it_alone_and_how_many_there_are(session: Session, tmp_path: Path) -> None:
    for profile in ("sfo-review", "officer", "coroner"):
        path = bundle(session, tmp_path / f"{profile}.pdf", profile, "X100003")
        assert shown(path) == {"X100003"}, profile
        assert "1 of the 40 cases that it covers is shown" in all_words(path)
        assert verify_file(path).verdict is Verdict.VERIFIED


def test_what_is_withheld_is_in_no_part_of_the_file(session: Session, tmp_path: Path) -> None:
    path = bundle(session, tmp_path / "b.pdf", "sfo-review", "X100003")
    said = str(manifest_in(path))
    assert "X100003" in said
    assert not any(ref in said for ref in (*OPEN, *LIMITED) if ref != "X100003")
    assert "/fields/cases/36" in said
    assert "/fields/limited_cases/2" in said


def test_a_limited_access_case_is_shown_where_the_bundle_is_about_it(session: Session, tmp_path: Path) -> None:
    assert shown(bundle(session, tmp_path / "b.pdf", "sfo-review", "X200002")) == {"X200002"}


def test_limited_access_cases_stay_out_of_bundles_but_the_officers_own(session: Session, tmp_path: Path) -> None:
    assert shown(bundle(session, tmp_path / "own.pdf", "officer")) == {*OPEN, *LIMITED}
    path = bundle(session, tmp_path / "union.pdf", "union-casework")
    assert shown(path) == set()
    assert "37 of the 40 cases that it covers are shown" in all_words(path)


def test_a_record_that_covers_other_cases_is_left_out(session: Session, tmp_path: Path) -> None:
    seal_with(session, instruction(exact_words="These too.", cases=["X300001"], limited_cases=[]))
    path = bundle(session, tmp_path / "b.pdf", "sfo-review", "X100003")
    assert "These too" not in all_words(path)
    assert "Stick all of these" in all_words(path)


def test_the_case_is_found_everywhere(session: Session) -> None:
    (record,) = session.store.records.select(Selection(case_ref="X200002"))
    assert (record.index, len(covered_by(record)), len(cases_of(record))) == (1, 40, 40)
    assert find_case(session, "x200002").limited
    assert not find_case(session, "X100003").limited
    assert set(session.store.records.case_refs()) == {*OPEN, *LIMITED}
    assert list(session.store.records.select(Selection(case_ref="X2000"))) == []


def test_follow_ups_are_sealed_for_many_at_once_and_the_last_counts(session: Session) -> None:
    follow_up(session, 1, OPEN[:30], {"became": "changed", "to_value": "monthly"})
    follow_up(session, 1, [OPEN[0], LIMITED[0]], {"became": "not changed", "why": "High risk."})
    _, standings = standings_of(session, 1)
    assert counted(standings) == {"changed": 29, NOTHING_YET: 9, "not changed": 2}
    assert sum(counted(standings).values()) == 40
    assert without_word_yet(standings) == [*OPEN[30:], *LIMITED[1:]]
    (of_limited,) = session.store.records.select(Selection(case_ref=LIMITED[0], kind="case-outcome"))
    assert of_limited.fields["lao"] is True


@pytest.mark.parametrize(
    ("refs", "fields", "why"),
    [
        (["X999999"], {"became": "changed"}, "X999999 is not among the 40 cases that record 1 covers"),
        (["x100001", "X100001"], {"became": "changed"}, "X100001 stands twice"),
        ([], {"became": "changed"}, "at least one case"),
        (["X100001", "X100002"], {"became": "forgotten"}, "must be one of: changed, not changed"),
    ],
)
def test_what_cannot_be_said_seals_nothing(session: Session, refs: list[str], fields: dict, why: str) -> None:
    with pytest.raises(InputError, match=why):
        follow_up(session, 1, refs, fields)
    assert session.store.log.size() == 2


def test_a_record_without_a_list_has_no_follow_ups(session: Session) -> None:
    with pytest.raises(InputError, match="Record 0 covers no list of cases"):
        standings_of(session, 0)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"cases": ["X100001", "x100001"]}, "X100001 stands twice"),
        ({"cases": ["X100001"], "limited_cases": ["X100001"]}, "X100001 stands twice"),
        ({"cases": ["X" * 200]}, "at most"),
        ({"cases": "X100001"}, "must be a list"),
    ],
)
def test_a_case_stands_once_in_the_list(fields: dict[str, Any], why: str) -> None:
    with pytest.raises(InputError, match=why):
        read_entry({**instruction(), "fields": {"exact_words": "Do it.", **fields}})


def test_the_verb_lists_and_seals(run_cli, store_path: Path, tmp_path: Path) -> None:
    entry = tmp_path / "entry.json"
    entry.write_text(str(instruction()).replace("'", '"'), encoding="utf-8")
    run_cli("seal", entry, store=store_path).expect(0)
    assert "40 cases: 40 nothing said yet" in run_cli("under", "1", store=store_path).expect(0).stdout
    done = run_cli("under", "1", "--became", "changed", "--to", "monthly", "--case", "x100003", store=store_path)
    assert "X100003" in done.expect(0).stdout
    run_cli("under", "1", "--became", "not changed", "--why", "Leave.", "--rest", store=store_path).expect(0)
    said = run_cli("under", "1", "--json", store=store_path).json
    assert sum(each["became"] == "not changed" for each in said["cases"]) == 39
    assert "not among" in run_cli("under", "1", "--became", "changed", "--case", "X9", store=store_path).refused(2)
    assert "Say what became" in run_cli("under", "1", "--case", "X100003", store=store_path).refused(2)
    assert "no record 99" in run_cli("under", "99", store=store_path).refused(2)
