"""Plans of bundles on a copy of the invented case: saved, changed and exported; plans that name what cannot be shown are refused."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidence_app.demo.make import CASE, PASSPHRASE, Demo
from evidence_app.domain.plan.plan_files import read_saved_plan
from evidence_app.domain.plan.saved_plan import Document, LeftOutByHand, SavedPlan, Section
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import canonical, parse
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.plans import Choice, add_late, begin_plan, work_out
from evidence_app.services.bundles.saved_plans import keep_plan, plan_from, plan_named, remove_plan, saved_plans
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping.verifying import verify_file
from tests.end_to_end.conftest import manifest_of
from tests.end_to_end.reading import outline_of, page_texts
from tests.support import sample_documents
from tests.support.bundles import all_words, concern, digest, embedded_in, seal_with
from tests.support.entries import note
from tests.support.searching import places_of

PAGES = sample_documents.letter(*([f"This is leaf {word} of it"] for word in ("one", "two", "three", "four", "five")))
COPY = sample_documents.letter(["This is a copy of another"])


@pytest.fixture(scope="module")
def session(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A copy of the invented case, in which the last record has two letters as attachments."""
    folder = tmp_path_factory.mktemp("plans") / "store"
    shutil.copytree(demo.folder / "store", folder)
    with Session.open(folder, PASSPHRASE) as opened:
        seal_with(opened, concern("Two letters came."), {"Five leaves.pdf": PAGES, "A copy.pdf": COPY})
        yield opened


@pytest.fixture(scope="module")
def last(session: Session) -> int:
    """The position of the record with the two letters."""
    return next(n for n in reversed(range(session.store.log.size())) if session.store.records.get(n).attachments)


def plan(*documents: Document, profile: str = "officer", **more: Any) -> SavedPlan:
    return SavedPlan(profile, sections=(Section("What was said", documents),), case_ref=CASE, **more)


def make(session: Session, saved: SavedPlan, out: Path) -> str:
    """Export a plan, require that the bundle verifies, and return its words."""
    export_plan(session, saved, out, Choice())
    report = verify_file(out)
    assert report.verdict is Verdict.VERIFIED, [each for each in report.checks if each.verdict is not Verdict.VERIFIED]
    return all_words(out)


def refused(session: Session, saved: SavedPlan, out: Path) -> str:
    size = session.store.log.size()
    with pytest.raises(InputError) as caught:
        export_plan(session, saved, out, Choice())
    assert not out.exists(), "it was refused and left a file"
    assert session.store.log.size() == size, "it was refused and sealed as an export"
    return caught.value.sentence


def test_a_plan_is_kept_changed_and_removed(session: Session) -> None:
    begun = begin_plan(session, "Spring", "sfo-review", Choice(case_ref=CASE))
    assert begun.sections is not None
    assert "Spring" not in saved_plans(session), "what was begun is kept before anybody asked"
    kept = keep_plan(session, begun)
    assert plan_named(session, "Spring") == kept == plan_from(session, "Spring")[0]
    changed = keep_plan(session, replace(kept, title="Another title"))
    assert [*saved_plans(session)] == ["Spring"], "a changed plan is kept beside the old one"
    assert plan_named(session, "Spring") == changed
    assert changed.pseudonyms_from == kept.pseudonyms_from
    remove_plan(session, "Spring")
    with pytest.raises(InputError, match="no plan “Spring”"):
        plan_named(session, "Spring")


def test_a_plan_without_a_name_is_not_kept(session: Session) -> None:
    for name in ("", "  "):
        with pytest.raises(InputError, match="no name"):
            keep_plan(session, SavedPlan("officer", name))


def test_a_new_plan_gives_the_same_bundle_as_its_selection(session: Session, tmp_path: Path) -> None:
    choice = Choice(case_ref=CASE)
    straight = work_out(session, SavedPlan("sfo-review"), choice)
    begun = work_out(session, begin_plan(session, "x", "sfo-review", choice), Choice())
    assert [each.record.key for each in begun.shown] == [each.record.key for each in straight.shown]
    assert [each.facts.sha256 for each in begun.exhibits] == [each.facts.sha256 for each in straight.exhibits]
    assert [(run.first, run.last) for run in begun.left_out] == [(run.first, run.last) for run in straight.left_out]


def test_a_file_gives_the_same_plan_as_the_store(session: Session, tmp_path: Path) -> None:
    kept = keep_plan(session, begin_plan(session, "Written", "officer", Choice(case_ref=CASE)))
    path = tmp_path / "plan.json"
    path.write_bytes(canonical(kept.to_json()))
    assert plan_from(session, str(path)) == (kept, False)
    assert read_saved_plan(parse(path.read_bytes())) == kept


def test_documents_follow_the_order_titles_and_dates_of_the_plan(session: Session, tmp_path: Path, last: int) -> None:
    out = tmp_path / "out.pdf"
    first = Section(
        "Later things first", (Document(61, title="The concern of December"), Document(4, date="spring of 2025"))
    )
    letter = Document(exhibit=digest(PAGES), title="The five leaves", date="undated")
    second = Section("Papers", (letter, Document(record=last)))
    said = make(session, SavedPlan("officer", sections=(first, second), case_ref=CASE), out)
    titles = [re.sub(r"\s+", " ", title) for title, *_ in outline_of(out)]
    wanted = ["Later things first", "0. ", "61. The concern of December", "4. ", "Papers", "Exhibit", f"{last}. "]
    found = [next(n for n, title in enumerate(titles) if title.startswith(each)) for each in wanted]
    assert found == sorted(found), f"the bookmarks stand in another order: {titles}"
    assert any("The five leaves" in title for title in titles)
    index = next(" ".join(text.split()) for text in page_texts(out)[1:] if "Index" in text)
    for words in ("61", "The concern of December", "spring of 2025", "The five leaves", "undated", "Papers"):
        assert words in index, f"the index does not say {words!r}"
    assert "In an order of the author's choice: Later things first" in said, "the conformance sheet does not say so"
    pages = {each["sha256"]: each["first_page"] for each in manifest_of(out)["exhibits"]}
    assert pages[digest(PAGES)] < next(page for title, page, _ in outline_of(out) if title.startswith(f"{last}. "))


def test_only_the_chosen_pages_of_an_exhibit_are_shown(session: Session, tmp_path: Path, last: int) -> None:
    out = tmp_path / "out.pdf"
    letter = Document(exhibit=digest(PAGES), pages=((1, 2), (4, 4)))
    said = make(session, plan(Document(record=last), letter), out)
    (shown,) = [each for each in manifest_of(out)["exhibits"] if each["sha256"] == digest(PAGES)]
    assert shown["pages"] == 3
    assert "file" not in shown, "pages are left out, and the exact bytes are embedded"
    leaves = [" ".join(text.split()) for text in page_texts(out)[shown["first_page"] - 1 :][:3]]
    for leaf, word, number in zip(leaves, ("one", "two", "four"), (1, 2, 4), strict=True):
        assert f"This is leaf {word} of it" in leaf
        assert f"page {number} of 5" in leaf
    assert places_of(out, ["leaf three", "leaf five"]) == []
    assert f"Left out of exhibit {shown['exhibit']}: pages 3, 5" in said


@pytest.mark.parametrize("pages", [((6, 6),), ((1, 9),)])
def test_a_page_beyond_the_exhibit_is_refused(
    pages: tuple[tuple[int, int], ...], session: Session, tmp_path: Path, last: int
) -> None:
    saved = plan(Document(record=last), Document(exhibit=digest(PAGES), pages=pages))
    assert "has 5 pages" in refused(session, saved, tmp_path / "out.pdf")


def test_omissions_are_listed_in_annex_and_manifest_with_their_reason(
    session: Session, tmp_path: Path, last: int
) -> None:
    out = tmp_path / "out.pdf"
    reasons = (LeftOutByHand(62, "", "not relied on any more"), LeftOutByHand(None, digest(COPY), "a copy of another"))
    said = make(session, plan(Document(61), Document(63), Document(last), left_out=reasons), out)
    (run,) = [run for run in manifest_of(out)["left_out"] if run["first"] <= 62 <= run["last"]]
    assert run == {"first": 62, "last": 62, "reason": "not relied on any more"}
    assert "position 62: not relied on any more" in said
    assert "The attachment A copy.pdf: a copy of another" in said
    assert digest(COPY) not in {each["sha256"] for each in manifest_of(out)["exhibits"]}
    assert COPY not in embedded_in(out).values()
    assert "This is a copy of another" not in said.replace("A copy.pdf: a copy of another", "")


def test_a_record_that_is_left_out_takes_its_attachments_along(session: Session, tmp_path: Path, last: int) -> None:
    out = tmp_path / "out.pdf"
    reason = (LeftOutByHand(last, "", "not relied on"),)
    make(session, plan(Document(61), Document(None, digest(PAGES)), Document(None, digest(COPY)), left_out=reason), out)
    assert {each["sha256"] for each in manifest_of(out)["exhibits"]}.isdisjoint({digest(PAGES), digest(COPY)})
    assert {"first": last, "last": last, "reason": "not relied on"} in manifest_of(out)["left_out"]
    reason = (*reason, LeftOutByHand(None, digest(COPY), "a copy"))
    make(session, plan(Document(61), left_out=reason), tmp_path / "again.pdf")


def test_a_plan_without_sections_can_leave_documents_out(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    make(session, SavedPlan("officer", case_ref=CASE, left_out=(LeftOutByHand(62, "", "not relied on"),)), out)
    assert 62 not in {each["index"] for each in manifest_of(out)["records"]}
    assert {"first": 62, "last": 62, "reason": "not relied on"} in manifest_of(out)["left_out"]


def test_an_attachment_that_no_section_names_follows_as_an_exhibit(session: Session, tmp_path: Path, last: int) -> None:
    make(session, plan(Document(record=last)), tmp_path / "out.pdf")
    titles = [title for title, *_ in outline_of(tmp_path / "out.pdf")]
    assert any(title.startswith("Exhibits") for title in titles)
    assert len(manifest_of(tmp_path / "out.pdf")["exhibits"]) == 2


@pytest.mark.parametrize("late", [False, True])
def test_a_record_beyond_the_log_is_refused(late: bool, session: Session, tmp_path: Path) -> None:
    gone = Section("Gone", (Document(999),))
    saved = plan(Document(4)) if late else SavedPlan("officer", sections=(gone,))
    saved = replace(saved, late=(gone,)) if late else saved
    assert "record 999, which is not in this log" in refused(session, saved, tmp_path / "out.pdf")


REFUSED = {
    "sfo-review": {41: "another case", 69: "of a kind that this profile leaves out"},
    "union-casework": {69: "of a kind that this profile leaves out"},
    "manager": {64: "of a kind that this profile leaves out"},
}


@pytest.mark.parametrize(("profile", "index"), [(name, index) for name, each in REFUSED.items() for index in each])
def test_a_record_that_the_profile_leaves_out_is_refused_by_its_position(
    profile: str, index: int, session: Session, tmp_path: Path
) -> None:
    said = refused(session, plan(Document(14), Document(index), profile=profile), tmp_path / "out.pdf")
    assert said.startswith(f"Record {index} cannot be in a bundle of this profile: {REFUSED[profile][index]}"), said


def test_an_unknown_exhibit_is_refused(session: Session, tmp_path: Path, last: int) -> None:
    nobodys = Document(exhibit="0" * 64)
    assert "exhibit 000000000000…" in refused(session, plan(Document(last), nobodys), tmp_path / "out.pdf")
    of_another = Document(exhibit=digest(PAGES))
    assert "no record shown has" in refused(session, plan(Document(4), of_another), tmp_path / "out.pdf")
    out = LeftOutByHand(None, "0" * 64, "a copy")
    assert "no record shown has" in refused(session, plan(Document(4), left_out=(out,)), tmp_path / "out.pdf")


def test_titles_that_identify_a_client_are_refused_where_pseudonyms_are_used(session: Session, tmp_path: Path) -> None:
    out, about = tmp_path / "out.pdf", "About X000733"
    good = plan(Document(4), profile="grievance")
    late = (Section(about, (Document(12),)),)
    for bad in (
        plan(Document(4, title=about), profile="grievance"),
        plan(Document(4, date="of X000733"), profile="grievance"),
        replace(good, sections=(Section(about, (Document(4),)),)),
        replace(good, title=about),
        replace(good, recipient=about),
        replace(good, late=late),
    ):
        assert "holds what identifies a client" in refused(session, bad, out)


UNREAD: dict[str, dict[str, Any]] = {
    "the plan's name": {"name": "About X000733"},
    "a reason": {"left_out": (LeftOutByHand(5, "", "it is about X000733"),)},
}


@pytest.mark.parametrize("where", UNREAD)
def test_all_printed_text_of_a_plan_is_searched(where: str, session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    try:
        export_plan(session, plan(Document(1), profile="grievance", **UNREAD[where]), out, Choice())
    except InputError:
        return
    assert places_of(out, ["X000733"]) == []


def test_a_late_section_needs_late_documents(session: Session) -> None:
    begun = begin_plan(session, "Late", "sfo-review", Choice(case_ref=CASE))
    with pytest.raises(InputError, match="Nothing has come late"):
        add_late(session, begun, "Late")
    index = seal_with(session, concern("One more."))
    seal_with(session, note("nobody's business", case_ref=CASE))
    seal_with(session, concern("Of another.", case_ref="X000733"))
    added = add_late(session, begun, "Late")
    assert [document.record for section in added.late for document in section.documents] == [index]
    with pytest.raises(InputError, match="Nothing has come late"):
        add_late(session, added, "Late again")
