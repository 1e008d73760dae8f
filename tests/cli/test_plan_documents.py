"""Planning without a text editor: documents by number and name, changed one at a time."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.conftest import Run
from tests.support.bundles import concern, seal_with
from tests.support.sample_documents import scan
from tests.support.stores import open_fast


@pytest.fixture
def planned(store_path: Path, run_cli: Run) -> Path:
    """A store with two concerns, a letter on a scan and a kept plan “Spring” of all of them."""
    with open_fast(store_path) as session:
        seal_with(session, concern("First."), {"letter of 4 March.png": scan(["the copper lantern", "came on Monday"])})
        seal_with(session, concern("Second."))
    run_cli("plan", "new", "Spring", "--profile", "grievance", store=store_path).expect(0)
    return store_path


def documents(run_cli: Run, store: Path) -> list[dict[str, Any]]:
    return list(run_cli("plan", "list-documents", "Spring", "--json", store=store).expect(0).json["documents"])


def test_documents_are_listed_by_number_and_name_and_never_by_digest(planned: Path, run_cli: Run) -> None:
    said = run_cli("plan", "list-documents", "Spring", store=planned).expect(0).stdout
    lines = [line for line in said.splitlines() if "letter of 4 March.png" in line]
    assert len(lines) == 1
    assert "Concern: First." in said
    digest = next(each["exhibit"] for each in documents(run_cli, planned) if "exhibit" in each)
    assert digest not in said


def test_a_document_is_moved_named_dated_and_looked_through(planned: Path, run_cli: Run) -> None:
    run_cli("plan", "title", "Spring", "letter of 4", "The branch writes", store=planned).expect(0)
    run_cli("plan", "date", "Spring", "letter", "4 March 2026", store=planned).expect(0)
    run_cli("plan", "pages", "Spring", "letter", "1", store=planned).expect(0)
    run_cli("plan", "looked-through", "Spring", "letter", store=planned).expect(0)
    said = run_cli("plan", "list-documents", "Spring", store=planned).expect(0).stdout
    assert "(“The branch writes”, 4 March 2026, pages 1, looked through)" in said
    run_cli("plan", "move", "Spring", "Second", "First", store=planned).expect(0)
    names = [each["name"] for each in documents(run_cli, planned)]
    second, first = (next(n for n, name in enumerate(names) if word in name) for word in ("Second.", "First."))
    assert second == first - 1
    run_cli("plan", "move", "Spring", "Second", "end", store=planned).expect(0)
    assert "Second." in documents(run_cli, planned)[-1]["name"]
    run_cli("plan", "looked-through", "Spring", "letter", "no", store=planned).expect(0)
    assert not any(each.get("looked_through") for each in documents(run_cli, planned))


def test_a_document_is_left_out_and_withheld_from(planned: Path, tmp_path: Path, run_cli: Run) -> None:
    run_cli("plan", "leave-out", "Spring", "Second", "not relied on", store=planned).expect(0)
    assert not any("Second." in each["name"] for each in documents(run_cli, planned))
    words = ("--page", "1", "--area", "10,10,60,30", "--class", "health", "--why", "somebody else's")
    run_cli("plan", "withhold", "Spring", "letter", *words, store=planned).expect(0)
    kept = run_cli("plan", "show", "Spring", "--json", store=planned).expect(0).json
    (area,) = kept["redactions"]
    assert (area["area"], area["class"], area["page"]) == ([0.1, 0.1, 0.6, 0.3], "health", 1)
    run_cli("plan", "withhold", "Spring", "First", "First", store=planned).expect(0)


def test_a_page_is_shown(planned: Path, tmp_path: Path, run_cli: Run) -> None:
    out = tmp_path / "page.png"
    run_cli("plan", "show-page", "Spring", "letter", "--page", "1", "--out", out, store=planned).expect(0)
    with Image.open(out) as picture:
        assert picture.width > 200
    again = run_cli("plan", "show-page", "Spring", "letter", "--page", "1", "--out", out, store=planned)
    assert "is there already" in again.refused(2)
    beyond = ("--page", "9", "--out", tmp_path / "x.png")
    assert "there is no page 9" in run_cli("plan", "show-page", "Spring", "letter", *beyond, store=planned).refused(2)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("title", "Spring", "nothing of the sort", "x"), "No document is meant by"),
        (("title", "Spring", "Concern", "x"), "2 documents are meant by"),
        (("title", "Spring", "1"), "needs to know what is set"),
        (("title", "Spring"), "needs the document"),
        (("pages", "Spring", "First", "1"), "is a record: only exhibits have pages"),
        (("pages", "Spring", "letter", "one"), "pages"),
        (("withhold", "Spring", "letter"), "Say what is withheld"),
        (("withhold", "Spring", "letter", "--page", "1", "--area", "1,2"), "four numbers in per cent"),
        (("withhold", "Spring", "letter", "--page", "1", "--area", "60,10,10,30"), "is empty"),
        (("withhold", "Spring", "First", "words", "--class", "gossip"), "The class of a redaction"),
        (("list", "--page", "1"), "--page goes with"),
        (("show", "Spring", "letter"), "takes the name of a plan alone"),
        (("move", "Spring", "First", "First"), "stands there already"),
    ],
)
def test_what_cannot_be_done_is_said(planned: Path, run_cli: Run, words: tuple[str, ...], says: str) -> None:
    before = run_cli("plan", "show", "Spring", "--json", store=planned).expect(0).stdout
    assert says in run_cli("plan", *words, store=planned).refused(2)
    assert run_cli("plan", "show", "Spring", "--json", store=planned).expect(0).stdout == before


def test_words_that_a_record_has_not_are_refused_at_once(planned: Path, run_cli: Run) -> None:
    before = run_cli("plan", "show", "Spring", "--json", store=planned).expect(0).json
    sentence = run_cli("plan", "withhold", "Spring", "Second", "never said", store=planned).refused(2)
    assert "does not stand in record 2" in sentence
    assert run_cli("plan", "show", "Spring", "--json", store=planned).expect(0).json == before
    run_cli("plan", "withhold", "Spring", "Second", "Second", store=planned).expect(0)
