"""Two copies of one store that grew apart: where they part is said, and what only the other has is kept as drafts."""

import json
from pathlib import Path

import pytest

from evidence_app.domain.record.selection import Selection
from evidence_app.services.bundles.exporting import export
from evidence_app.services.records.drafts import all_drafts
from tests.support.entries import note
from tests.support.stores import copy_of, make_store, open_fast, seal_entry


@pytest.fixture
def apart(store_path: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two copies: record 1 in both; then two records here, and there a note with a file, a correction of it and of record 1, and an export."""
    with open_fast(store_path) as session:
        seal_entry(session, note("In both."))
    other = copy_of(store_path, tmp_path / "other")
    with open_fast(store_path) as session:
        seal_entry(session, note("Here, first."))
        seal_entry(session, note("In both later too."))
    with open_fast(other) as session:
        seal_entry(session, note("There alone.", case_ref="X000412"), paper_txt=b"the paper's words")
        seal_entry(session, note("It corrects.", links=[{"to": 1, "as": "corrects"}, {"to": 2, "as": "corrects"}]))
        seal_entry(session, note("In both later too."))
        export(session, "officer", tmp_path / "there.pdf", Selection())
    return store_path, other


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_where_two_copies_part_is_said(apart: tuple[Path, Path], run_cli) -> None:
    here, there = apart
    before = contents(there)
    done = run_cli("compare", there, store=here).expect(1)
    assert "They part after the 2 records that both have: this store has 2 others, and that one 4." in done.stdout
    assert run_cli("compare", there, "--json", store=here).json == {"common": 2, "here": 4, "there": 6}
    assert contents(there) == before, "the other copy was changed"
    assert all_drafts_in(here) == []


def all_drafts_in(folder: Path) -> list[str]:
    with open_fast(folder, writable=False) as session:
        return [str(draft.entry["fields"]["text"]) for draft in all_drafts(session)]  # type: ignore[index,call-overload]


def test_what_only_the_other_has_is_kept_as_drafts_once(apart: tuple[Path, Path], run_cli) -> None:
    here, there = apart
    before = contents(there)
    done = run_cli("compare", there, "--keep", store=here).expect(1)
    assert "2 kept as drafts: look at each, and seal it here." in done.stdout
    assert "Not kept: 4–5 of the other store" in done.stdout
    assert sorted(all_drafts_in(here)) == ["It corrects.", "There alone."]
    again = run_cli("compare", there, "--keep", "--json", store=here).expect(1).json
    assert again["drafts"] == 0, "something was kept twice"
    assert contents(there) == before
    with open_fast(here, writable=False) as session:
        by_text = {str(draft.entry["fields"]["text"]): draft for draft in all_drafts(session)}  # type: ignore[index,call-overload]
        assert by_text["It corrects."].entry["links"] == [{"to": 1, "as": "corrects"}], (
            "a link to a record that is not here"
        )
        assert [file.name for file in by_text["There alone."].attachments] == ["paper.txt"]
    listed = run_cli("drafts", "--json", store=here).json["drafts"]
    for number in range(len(listed), 0, -1):
        run_cli("drafts", "--seal", number, store=here).expect(0)
    run_cli("check", store=here).expect(0)
    found = run_cli("search", "paper's words", store=here).expect(0)
    assert "There alone." in found.stdout, "the file of the other copy is not here"


def test_copies_of_which_one_goes_on_from_the_other(store_path: Path, tmp_path: Path, run_cli) -> None:
    other = copy_of(store_path, tmp_path / "other")
    assert "Both have the same 1 records." in run_cli("compare", other, store=store_path).expect(0).stdout
    run_cli("seal", "-", store=other, stdin=json.dumps(note("More.")).encode()).expect(0)
    assert "The other copy goes on from this store" in run_cli("compare", other, store=store_path).expect(0).stdout
    assert "This store goes on from the other copy" in run_cli("compare", store_path, store=other).expect(0).stdout


def test_what_is_no_copy_of_the_store_is_refused(store_path: Path, tmp_path: Path, run_cli) -> None:
    assert "this store itself" in run_cli("compare", store_path, store=store_path).refused(2)
    make_store(tmp_path / "strange")
    assert "of another log" in run_cli("compare", tmp_path / "strange", store=store_path).refused(2)
    assert "There is no store" in run_cli("compare", tmp_path, store=store_path).refused(3)
