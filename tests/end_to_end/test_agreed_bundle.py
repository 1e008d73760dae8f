"""A bundle of the other side taken in: its bookmarks, page labels and digest are kept, one index leads through both; two versions compared."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from evidence_app.domain.plan.saved_plan import SavedPlan, Section
from evidence_app.errors import InputError
from evidence_app.services.bundles import plans
from evidence_app.services.bundles.changes import changes_between
from evidence_app.services.bundles.decisions import decide
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.papers import make_paper
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.bundles.reviewing import review
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.conftest import Run
from tests.support import judges, stores
from tests.support.bundles import all_words, concern, digest, embedded_in, manifest_in, seal_with, words_on
from tests.support.sample_documents import letter

NAMED = "Zebedee Quillfeather"
PAGES = 14


def employers(*, labels: tuple[dict[str, Any], ...] = (), titles: tuple[tuple[int, str], ...] = ()) -> bytes:
    """Return a bundle as an employer makes it: numbers on its pages, bookmarks, page labels."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter(*([f"Page {n} of the respondent."] for n in range(1, PAGES + 1))))) as pdf:
        if labels:
            nums = [
                item
                for each in labels
                for item in (each["at"], pikepdf.Dictionary(S=pikepdf.Name.D, St=each["St"], P=each["P"]))
            ]
            pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(nums))
        with pdf.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(title, page) for page, title in titles)
        pdf.save(out)
    return out.getvalue()


# Numbered wrongly: the second run begins again at 12, so that there are two pages R12.
THEIRS = employers(
    labels=({"at": 0, "St": 1, "P": "R"}, {"at": 12, "St": 12, "P": "R"}),
    titles=((0, "ET3 response"), (4, "Capability policy"), (12, "Late statement")),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Session]:
    stores.make_store(tmp_path / "store")
    with stores.open_fast(tmp_path / "store") as session:
        seal_with(session, concern("What I raised."), {"our letter.pdf": letter(["Our letter."])})
        seal_with(session, concern("Their bundle came."), {"respondent.pdf": THEIRS})
        yield session


def planned(session: Session, profile: str = "officer", content: bytes = THEIRS, **more: Any) -> SavedPlan:
    begun = plans.begin_plan(session, "Joint", profile, Choice())
    sections = tuple(
        Section(
            each.title,
            tuple(
                replace(one, **({"parts": True, "mark": "R, disputed", "looked_through": True} | more))
                if one.exhibit == digest(content)
                else one
                for one in each.documents
            ),
        )
        for each in begun.sections or ()
    )
    return replace(begun, sections=sections)


def verdicts(path: Path) -> set[str]:
    content = path.read_bytes()
    ours = {check.name: check.verdict.value for check in verify_bytes(content).checks}
    assert ours == judges.verify_bundle(content), "the two verifiers disagree"
    return set(ours.values())


def test_one_index_leads_through_both_and_keeps_their_numbers(store: Session, tmp_path: Path) -> None:
    path = tmp_path / "joint.pdf"
    export_plan(store, planned(store), path, Choice())
    assert verdicts(path) == {"verified"}
    shown = next(each for each in manifest_in(path)["exhibits"] if each["sha256"] == digest(THEIRS))
    first = shown["first_page"]
    index = all_words(path)
    assert f"respondent.pdf [R, disputed] {first}–{first + PAGES - 1}" in index
    assert f"– Capability policy {first + 4}" in index
    assert f"– Late statement {first + 12}" in index
    assert "its maker's page R5" in words_on(path, first + 4)
    for place in (11, 12):
        assert "its maker's page R12" in words_on(path, first + place), "two of their pages have one number"
        assert f"{first + place} of {len(manifest_in(path)['pages'])}" in words_on(path, first + place)
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:

        def all_titles(entries: Any) -> list[str]:
            return [title for each in entries for title in (each.title, *all_titles(each.children))]

        assert f"Capability policy (p. {first + 4})" in all_titles(outline.root)
    assert THEIRS in embedded_in(path).values(), "the exact bytes are not kept"


def test_chosen_pages_keep_the_bookmarks_that_lead_to_them(store: Session, tmp_path: Path) -> None:
    path = tmp_path / "some.pdf"
    export_plan(store, planned(store, pages=((5, 6),)), path, Choice())
    words = all_words(path)
    assert "– Capability policy" in words
    assert "– ET3 response" not in words
    shown = next(each for each in manifest_in(path)["exhibits"] if each["sha256"] == digest(THEIRS))
    assert shown["pages"] == 2


def test_nothing_of_it_is_kept_unless_it_is_said(store: Session, tmp_path: Path) -> None:
    path = tmp_path / "plain.pdf"
    export_plan(store, planned(store, parts=False, mark=""), path, Choice())
    words = all_words(path)
    assert "Capability policy" not in words
    assert "its maker's page" not in words


def test_names_in_their_bookmarks_are_asked_about_and_withheld(store: Session, tmp_path: Path) -> None:
    named = employers(titles=((0, f"Statement of {NAMED}"),))
    seal_with(store, concern("Another one."), {"named.pdf": named})
    saved = planned(store, "tribunal", named)
    asked = review(store, plans.work_out(store, saved, Choice()))
    assert any("Quillfeather" in each.words for each in asked if each.where.startswith("exhibit"))
    decide(store, withhold=[NAMED], keep=["Capability", "Late", "Page", "Their", "Joint"])
    path = tmp_path / "out.pdf"
    export_plan(store, saved, path, Choice())
    assert "Quillfeather" not in all_words(path)
    assert "– Statement of [client" in all_words(path)


def test_what_cannot_be_taken_in_is_said_in_one_sentence(store: Session, tmp_path: Path) -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(THEIRS)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="x", user="secret"))
    seal_with(store, concern("Locked."), {"locked.pdf": locked.getvalue()})
    made = export_plan(store, planned(store, "officer", locked.getvalue()), tmp_path / "l.pdf", Choice())
    assert any("protected by a password" in each for each in made.warnings)
    assert verdicts(tmp_path / "l.pdf") == {"verified"}


def test_the_joint_index_goes_to_word(store: Session, tmp_path: Path) -> None:
    import docx

    make_paper(store, planned(store), Choice(), "index", tmp_path / "i.docx")
    (table,) = docx.Document(str(tmp_path / "i.docx")).tables
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert any(row[2] == "respondent.pdf [R, disputed]" for row in texts)
    assert any(row[2] == "– Late statement" and row[3].isdigit() for row in texts)


def test_two_versions_are_compared_page_by_page(store: Session, tmp_path: Path) -> None:
    old, new = tmp_path / "old.pdf", tmp_path / "new.pdf"
    saved = planned(store)
    export_plan(store, saved, old, Choice())
    assert changes_between(old, old) == []
    added = letter(["A letter that came later."])
    late = seal_with(store, concern("It came later."), {"later.pdf": added})
    with_late = plans.add_late(store, saved, "What came in June")
    export_plan(store, with_late, new, Choice())
    found = changes_between(old, new)
    words = [each.in_words() for each in found]
    count = len(manifest_in(new)["pages"])
    came = {page for each in found if each.what == "new" for page in each.new}
    assert came, words
    shown = next(each for each in manifest_in(new)["exhibits"] if each["sha256"] == digest(added))
    assert shown["first_page"] in came
    assert any("later.pdf" in each for each in words)
    assert not any("respondent" in each for each in words), "pages that did not change are named"
    assert all(page <= count for page in came)
    back = changes_between(new, old)
    assert {page for each in back if each.what == "gone" for page in each.old} >= {shown["first_page"]}
    assert late


def test_what_is_no_pdf_is_not_compared(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"no PDF")
    (tmp_path / "y.pdf").write_bytes(letter(["One."]))
    for old, new in (("x.pdf", "y.pdf"), ("y.pdf", "x.pdf"), ("y.pdf", "there is none.pdf")):
        with pytest.raises(InputError):
            changes_between(tmp_path / old, tmp_path / new)


def test_pages_that_only_moved_are_called_that(tmp_path: Path) -> None:
    one, two, three = (["One page."], ["Another one."], ["A third."])
    (tmp_path / "old.pdf").write_bytes(letter(one, two, three))
    (tmp_path / "new.pdf").write_bytes(letter(three, one, two))
    (moved,) = changes_between(tmp_path / "old.pdf", tmp_path / "new.pdf")
    assert (moved.what, moved.old, moved.new) == ("moved", (3,), (1,))
    assert moved.in_words() == "moved: page 3 of the old version is page 1"


def test_the_command_line_sets_parts_and_marks_and_lists_changes(store: Session, tmp_path: Path, run_cli: Run) -> None:
    from evidence_app.services.bundles.saved_plans import keep_plan

    keep_plan(store, plans.begin_plan(store, "Joint", "officer", Choice()))
    store.close()
    where = tmp_path / "store"
    run_cli("plan", "parts", "Joint", "respondent", store=where).expect(0)
    run_cli("plan", "mark", "Joint", "respondent", "R,", "disputed", store=where).expect(0)
    assert "its own index, R, disputed" in run_cli("plan", "list-documents", "Joint", store=where).expect(0).stdout
    run_cli("plan", "mark", "Joint", "respondent", store=where).refused(2)
    run_cli("plan", "parts", "Joint", "What I raised", store=where).refused(2)
    (tmp_path / "a.pdf").write_bytes(letter(["One."]))
    (tmp_path / "b.pdf").write_bytes(letter(["One."], ["Two."]))
    said = run_cli("changes", tmp_path / "a.pdf", tmp_path / "b.pdf").expect(0).stdout
    assert "new: page 2" in said
    assert run_cli("changes", tmp_path / "a.pdf", tmp_path / "a.pdf", "--json").expect(0).json == {"changes": []}
