"""The first pages: what the options say of the proceedings, and the story as its maker changed it."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.end_to_end.reading import links_of, page_texts
from tests.support.entries import note
from tests.support.stores import open_fast, seal_entry

CONCERN = {
    "kind": "concern",
    "event_at": "2026-03-12",
    "event_precision": "date only",
    "fields": {
        "concern": "61 cases on four days.",
        "raised_with": {"person": "G. Tranter", "role": "Senior probation officer"},
        "ask": "Weekly again.",
        "reply_by": "2026-03-20",
    },
}
COVER = ("--court", "In the Employment Tribunal", "--number", "24/26", "--party", "S. Rowe", "--party", "The Secretary")


@pytest.fixture
def filled(store_path: Path) -> Path:
    with open_fast(store_path) as session:
        seal_entry(session, CONCERN)
        seal_entry(session, note("A note."))
    return store_path


def words_of(path: Path) -> list[str]:
    return [" ".join(text.split()) for text in page_texts(path)]


def test_the_reader_begins_with_cover_story_and_people(filled: Path, tmp_path: Path, run_cli: Run) -> None:
    out = tmp_path / "b.pdf"
    run_cli("bundle", "--profile", "officer", "--out", out, *COVER, "--asks", "That it ends.", store=filled).expect(0)
    cover, story, people = words_of(out)[:3]
    assert "In the Employment Tribunal · Case 24/26 S. Rowe and The Secretary" in cover
    assert "Look through the exhibits" not in cover
    assert "What happened Made from the sealed records" in story
    assert "Sam Rowe raised with G. Tranter: “61 cases on four days.”" in story
    assert "What is asked That it ends." in story
    assert "People Who Role, and when it changed Pages Sam Rowe Probation officer throughout G. Tranter" in people
    assert "At a glance Sam Rowe raised 1 concern" in people
    assert {link.page for link in links_of(out)} >= {2, 3}, "the story leads nowhere"


def test_a_story_is_written_out_changed_and_printed(filled: Path, tmp_path: Path, run_cli: Run) -> None:
    run_cli("plan", "new", "Spring", "--profile", "officer", *COVER, store=filled).expect(0)
    text = tmp_path / "story.txt"
    run_cli("plan", "story", "Spring", "--out", text, store=filled).expect(0)
    assert "1: Thu 12 Mar 2026: Sam Rowe raised with G. Tranter" in text.read_text()
    text.write_text("1: I said what it was.\nasked: That it ends.\npage 2: The note\n")
    run_cli("plan", "story", "Spring", "--take", text, store=filled).expect(0)
    run_cli("plan", "cover", "Spring", "--hearing", "3 March 2027", store=filled).expect(0)
    out = tmp_path / "b.pdf"
    run_cli("bundle", "--plan", "Spring", "--out", out, store=filled).expect(0)
    cover, story = words_of(out)[:2]
    assert "Hearing 3 March 2027" in cover
    assert "Case 24/26" in cover, "what the option did not name was lost"
    assert "Written by Sam Rowe." in story
    assert "1. I said what it was." in story
    assert "The note" in story


def test_a_story_that_rests_on_nothing_in_the_bundle_is_refused(filled: Path, tmp_path: Path, run_cli: Run) -> None:
    run_cli("plan", "new", "Spring", "--profile", "officer", store=filled).expect(0)
    text = tmp_path / "story.txt"
    text.write_text("9: Elsewhere.\n")
    said = run_cli("plan", "story", "Spring", "--take", text, store=filled).refused(2)
    assert "A line of the story rests on record 9, which is not in this bundle" in said
    text.write_bytes(b"\xff\xfe")
    assert "not text in UTF-8" in run_cli("plan", "story", "Spring", "--take", text, store=filled).refused(2)
    assert "--out FILE" in run_cli("plan", "story", "Spring", store=filled).refused(2)
    assert "--take is for" in run_cli("plan", "show", "Spring", "--take", text, store=filled).refused(2)


def test_a_cover_that_names_a_client_is_refused(filled: Path, tmp_path: Path, run_cli: Run) -> None:
    out = tmp_path / "b.pdf"
    said = run_cli(
        "bundle", "--profile", "grievance", "--out", out, "--party", "X000412", "--asks", "x", store=filled
    ).refused(2)
    assert "The cover holds what identifies a client" in said
    assert not out.exists()
