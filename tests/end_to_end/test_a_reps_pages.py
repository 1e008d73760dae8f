"""What a stranger reads of a rep's bundle: nothing lies over anything else, and what only proves takes no page."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from evidence_app.domain.plan.saved_plan import Cover, Redaction, SavedPlan
from evidence_app.domain.record.selection import Selection
from evidence_app.services.bundles import plans, saved_plans
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.bundles.printing import save_thread_pages
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.support import judges, stores
from tests.support.bundles import all_words, concern, listed, make, seal_with, words_on
from tests.support.members import NOW, OFFICER, REP, Pair, instruction, make_pair
from tests.support.sample_documents import letter

PARTIES = ("A. Claimant and all others in Schedule 1", "B. Claimant", "The Secretary of State for Justice")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rep's store with one hand-over (record 2), of which the instruction and a note were shown."""
    folder = tmp_path_factory.mktemp("reps-pages")
    clock = stores.SetClock(NOW)
    make_pair(folder)
    with (
        stores.open_fast(folder / "officer", clock=clock) as officer,
        stores.open_fast(folder / "rep", clock=clock) as rep,
    ):
        seal_with(officer, instruction("Take three more."))
        said = {
            "event_at": "2026-01-19",
            "event_precision": "date only",
            "fields": {"text": "She would not write it down."},
        }
        seal_with(officer, {"kind": "note", **said})
        Pair(officer, rep, clock, folder).give()
    return folder


@pytest.fixture
def rep(made: Path, tmp_path: Path) -> Iterator[Session]:
    with stores.open_fast(stores.copy_of(made / "rep", tmp_path / "rep"), clock=stores.SetClock(NOW)) as session:
        yield session


@pytest.fixture
def officer(tmp_path: Path) -> Iterator[Session]:
    stores.make_store(tmp_path / "store")
    with stores.open_fast(tmp_path / "store") as session:
        yield session


def heights(path: Path, page: int, words: str) -> tuple[float, float]:
    """Return the lower and upper edge of words on a page, from 1, in points."""
    with pypdfium2.PdfDocument(path) as pdf:
        text = pdf[page - 1].get_textpage()
        found = text.search(words).get_next()
        assert found is not None, f"{words!r} is not on page {page}"
        boxes = [text.get_charbox(place) for place in range(found[0], found[0] + found[1])]
        return min(box[1] for box in boxes), max(box[3] for box in boxes)


def count_of(path: Path) -> int:
    """Return how many pages a PDF has."""
    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


@pytest.mark.parametrize("count", [1, 3, 6, 20])
def test_the_cover_lies_over_nothing_however_many_the_parties(officer: Session, tmp_path: Path, count: int) -> None:
    seal_with(officer, concern("There is no cover."))
    cover = Cover(
        "In the Employment Tribunal", "2401234/2026", PARTIES * (count // 3) or PARTIES[:count], "3 March 2027", REP
    )
    path = tmp_path / "tribunal.pdf"
    export_plan(officer, SavedPlan("tribunal", cover=cover, asked="That it is found so.", prefix="C"), path, Choice())
    at = next(page for page in (1, 2, 3) if "How to check this file" in words_on(path, page))
    assert at == 1 or count == 20, "an ordinary cover is one page"
    _, top = heights(path, at, "How to check this file")
    if at == 1:
        notice, _ = heights(path, 1, "Whatever identifies a client")
        assert notice > top, "the notice and the proof lie over each other"
        assert "C1 to C" in words_on(path, 1)


def test_nothing_stands_over_the_page_of_a_file(officer: Session, tmp_path: Path) -> None:
    about = seal_with(officer, concern("There is no cover."), {"letter.pdf": letter(["First page."], ["Second page."])})
    path = tmp_path / "thread.pdf"
    save_thread_pages(officer, about, path)
    (page,) = [page for page in range(1, count_of(path) + 1) if "Second page." in words_on(path, page)]
    assert "How to check it" not in words_on(path, page)


def test_no_page_of_a_plan_is_empty(officer: Session, tmp_path: Path) -> None:
    for number in range(14):
        seal_with(
            officer, concern(f"There is no cover on day {number + 1}.", event_at=f"2025-04-{number + 1:02}T09:00")
        )
    begun = plans.begin_plan(officer, "Whole", "grievance", Choice(Selection()))
    saved_plans.keep_plan(officer, begun)
    path = tmp_path / "whole.pdf"
    export_plan(officer, begun, path, Choice(), keep=True)
    for page in range(1, count_of(path) + 1):
        assert len(words_on(path, page).split()) > 20, f"page {page} says nothing: {words_on(path, page)!r}"
    assert "Documents that are added to this bundle later are listed here. There are none." in all_words(path)


def test_a_hand_over_takes_no_page_before_a_tribunal(rep: Session, tmp_path: Path) -> None:
    path = tmp_path / "tribunal.pdf"
    made = export_plan(rep, SavedPlan("tribunal"), path, Choice(members=(OFFICER,)))
    words = all_words(path)
    for told in ("Hand-over received", "TRADE UNION DATA", "opened by a union rep", "Words withheld"):
        assert told not in words, told
    assert "without a page: proves what was handed over" in words
    assert any("this profile shows no note" in each for each in made.warnings), (
        "what its author wrote is missed by nobody"
    )
    verdicts = {each.name: each.verdict.value for each in verify_bytes(path.read_bytes()).checks}
    assert set(verdicts.values()) == {"verified"}
    assert judges.verify_bundle(path.read_bytes()) == verdicts


def test_what_the_member_withheld_is_said_to_be_theirs(rep: Session, tmp_path: Path) -> None:
    path = tmp_path / "casework.pdf"
    export_plan(rep, SavedPlan("casework"), path, Choice(members=(OFFICER,)))
    words = all_words(path)
    assert f"{OFFICER} withheld" in words
    assert "before they were handed over" in words
    assert "for nobody in any other bundle" not in words, "the member's pseudonyms are the same in each"


def test_signs_around_what_is_withheld_stay(officer: Session, tmp_path: Path) -> None:
    seal_with(
        officer,
        concern("He saw (Kestrelwood). “Kestrelwood’s cousin”, he said; not Kestrelwood-Marsh! Fifty-odd, you know."),
    )
    by_hand = (Redaction("name", words="Kestrelwood"), Redaction("other", words="fifty-odd"))
    path = tmp_path / "bundle.pdf"
    make(officer, listed("officer", [1], [], *by_hand), path)
    words = " ".join(all_words(path).split())
    assert (
        "He saw ([name withheld]). “[name withheld]’s cousin”, he said; not [name withheld] [other withheld], you know."
        in words
    )
    assert "Marsh" not in words, "letters beside what is withheld may tell"
