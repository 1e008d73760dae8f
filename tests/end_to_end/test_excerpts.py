"""Excerpts with the page numbers of the whole: letters before each number, a core bundle, and volumes that begin with a document."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from evidence_app.domain.plan.plan_files import read_saved_plan
from evidence_app.domain.plan.saved_plan import SavedPlan, Section
from evidence_app.errors import InputError
from evidence_app.services.bundles import plans
from evidence_app.services.bundles.exporting import FilesBeside, export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.conftest import Run
from tests.support import judges, stores
from tests.support.bundles import concern, digest, manifest_in, seal_with, words_on
from tests.support.sample_documents import letter

LETTERS = [letter([f"Letter number {number}."], ["Its second page."]) for number in (1, 2, 3)]


def noise(seed: int, side: int = 700) -> bytes:
    """Return a picture of some hundred kilobytes that no encoding makes small."""
    from io import BytesIO

    from PIL import Image

    made = random.Random(seed)
    image = Image.frombytes("RGB", (side, side), made.randbytes(side * side * 3))
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Session]:
    stores.make_store(tmp_path / "store")
    with stores.open_fast(tmp_path / "store") as session:
        for number, content in enumerate(LETTERS, start=1):
            seal_with(session, concern(f"Concern number {number}."), {f"letter {number}.pdf": content})
        yield session


def planned(session: Session, **more: Any) -> SavedPlan:
    return replace(plans.begin_plan(session, "Spring", "officer", Choice()), **more)


def with_core(plan: SavedPlan, *exhibits: bytes) -> SavedPlan:
    """Return a plan that marks some exhibits for the core bundle."""
    marked = {digest(each) for each in exhibits}
    sections = tuple(
        Section(each.title, tuple(replace(one, core=one.exhibit in marked) for one in each.documents))
        for each in plan.sections or ()
    )
    return replace(plan, sections=sections)


def items(path: Path) -> dict[str, str]:
    content = path.read_bytes()
    ours = {check.name: check.verdict.value for check in verify_bytes(content).checks}
    assert ours == judges.verify_bundle(content), "the two verifiers disagree"
    return ours


def labels(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        return [page.label for page in pdf.pages]


def test_letters_stand_before_every_number_in_page_label_index_and_bookmark(store: Session, tmp_path: Path) -> None:
    path = tmp_path / "bundle.pdf"
    export_plan(store, planned(store, prefix="C"), path, Choice())
    assert set(items(path).values()) == {"verified"}
    count = len(manifest_in(path)["pages"])
    assert labels(path) == [f"C{number}" for number in range(1, count + 1)]
    for place in (1, 2, count):
        assert f"C{place} of {count}" in words_on(path, place)
    shown = manifest_in(path)["exhibits"][1]["first_page"]
    index = " ".join(words_on(path, page) for page in range(1, count + 1))
    assert f"letter 2.pdf C{shown}–{shown + 1}" in index
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        titles = [child.title for each in outline.root for child in (each, *each.children)]
    assert any(f"(p. C{shown})" in title for title in titles)


@pytest.mark.parametrize("prefix", ["c", "ABCD", "C1", "Ĉ", 3])
def test_other_letters_are_refused(prefix: object) -> None:
    with pytest.raises(InputError, match="capital letters"):
        read_saved_plan({"format": "evidence-trail/bundle-plan/v1", "profile": "officer", "prefix": prefix})  # type: ignore[dict-item]


def test_a_core_bundle_has_the_pages_and_numbers_of_the_whole(store: Session, tmp_path: Path) -> None:
    whole, core = tmp_path / "whole.pdf", tmp_path / "core.pdf"
    plan = with_core(planned(store, prefix="C"), LETTERS[1])
    export_plan(store, plan, whole, Choice(), beside=FilesBeside(core=core))
    assert set(items(core).values()) == {"verified"}
    (shown,) = manifest_in(core)["exhibits"]
    assert shown["sha256"] == digest(LETTERS[1])
    original = next(each for each in manifest_in(whole)["exhibits"] if each["sha256"] == digest(LETTERS[1]))
    first = original["first_page"]
    assert labels(core)[-2:] == [f"C{first}", f"C{first + 1}"]
    assert words_on(core, len(labels(core)) - 1) == words_on(whole, first), "the page is another one"
    assert f"letter 2.pdf C{first}–{first + 1}" in words_on(core, 1)
    assert "Letter number 1." not in "".join(words_on(core, page) for page in range(1, len(labels(core)) + 1))
    assert [each["index"] for each in manifest_in(core)["records"]] == [0, 2]


def test_a_core_bundle_of_a_record_proves_every_record_on_its_pages(store: Session, tmp_path: Path) -> None:
    plan = planned(store)
    sections = tuple(
        Section(each.title, tuple(replace(one, core=one.record == 2) for one in each.documents))
        for each in plan.sections or ()
    )
    core = tmp_path / "core.pdf"
    export_plan(store, replace(plan, sections=sections), tmp_path / "w.pdf", Choice(), beside=FilesBeside(core=core))
    assert set(items(core).values()) == {"verified"}
    proved = {each["index"] for each in manifest_in(core)["records"]}
    words = " ".join(words_on(core, page) for page in range(1, len(labels(core)) + 1))
    for number in (1, 2, 3):
        assert (f"Concern number {number}." in words) <= (number in proved), "a page shows what is not proved"


def test_a_plan_without_a_mark_has_no_core_bundle(store: Session, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="plan core"):
        export_plan(store, planned(store), tmp_path / "w.pdf", Choice(), beside=FilesBeside(core=tmp_path / "c.pdf"))
    assert list(tmp_path.glob("*.pdf")) == []


def test_volumes_begin_with_a_document_go_on_counting_and_are_verified(store: Session, tmp_path: Path) -> None:
    pictures = [noise(number) for number in range(6)]
    for number, content in enumerate(pictures):
        seal_with(store, concern(f"With picture {number}."), {f"picture {number}.jpg": content})
    path = tmp_path / "bundle.pdf"
    made = export_plan(store, planned(store), path, Choice(), beside=FilesBeside(volume_mb=2))
    assert len(made.volumes) > 1
    assert made.volumes[0].name == f"bundle-1-of-{len(made.volumes)}.pdf"
    found: list[str] = []
    whole = manifest_in(path)
    within = {each["first_page"] + more for each in whole["exhibits"] for more in range(1, each["pages"])}
    for number, volume in enumerate(made.volumes):
        assert set(items(volume).values()) == {"verified"}, volume.name
        assert volume.stat().st_size <= 2 * 1024 * 1024
        with pikepdf.open(volume) as pdf:
            assert str(pdf.docinfo["/Title"]).endswith(f"volume {number + 1} of {len(made.volumes)}")
        assert int(labels(volume)[0]) not in within, "a volume begins within a document"
        found += labels(volume)
    assert found == [str(number) for number in range(1, len(whole["pages"]) + 1)], "a page is missing or stands twice"
    digests = [each for volume in made.volumes for each in manifest_in(volume)["exhibits"]]
    assert len(digests) == len(whole["exhibits"])


def test_a_document_that_is_too_large_for_a_volume_stands_alone_and_that_is_said(
    store: Session, tmp_path: Path
) -> None:
    seal_with(store, concern("A large one."), {"large.jpg": noise(9, 1400)})
    for number in range(2):
        seal_with(store, concern("More."), {f"n{number}.jpg": noise(20 + number)})
    made = export_plan(store, planned(store), tmp_path / "b.pdf", Choice(), beside=FilesBeside(volume_mb=1))
    assert any("one document alone takes that" in each for each in made.warnings)
    for volume in made.volumes:
        assert set(items(volume).values()) == {"verified"}


def test_files_that_are_there_are_not_written_over(store: Session, tmp_path: Path) -> None:
    there = tmp_path / "b-1-of-1.pdf"
    there.write_bytes(b"mine")
    size = store.store.log.size()
    with pytest.raises(InputError, match="there already"):
        export_plan(store, planned(store), tmp_path / "b.pdf", Choice(), beside=FilesBeside(volume_mb=36))
    assert there.read_bytes() == b"mine"
    assert not (tmp_path / "b.pdf").exists()
    assert store.store.log.size() == size
    same = FilesBeside(core=tmp_path / "x.pdf")
    with pytest.raises(InputError, match="different names"):
        export_plan(store, with_core(planned(store), LETTERS[0]), tmp_path / "x.pdf", Choice(), beside=same)


def test_the_command_line_marks_and_writes_them(store: Session, tmp_path: Path, run_cli: Run) -> None:
    from evidence_app.services.bundles.saved_plans import keep_plan

    keep_plan(store, planned(store))
    store.close()
    where = tmp_path / "store"
    run_cli("plan", "core", "Spring", "letter 2", store=where).expect(0)
    assert "in the core bundle" in run_cli("plan", "list-documents", "Spring", store=where).expect(0).stdout
    out, core = tmp_path / "b.pdf", tmp_path / "core.pdf"
    words = ("bundle", "--plan", "Spring", "--out", out, "--core", core, "--volumes", 36, "--prefix", "R", "--json")
    made = run_cli(*words, store=where).expect(0).json
    assert made["volumes"] == [str(tmp_path / "b-1-of-1.pdf")]
    assert labels(core)[-1].startswith("R")
    run_cli("plan", "core", "Spring", "letter 2", "no", store=where).expect(0)
    run_cli("bundle", "--plan", "Spring", "--out", tmp_path / "n.pdf", "--core", core, store=where).refused(2)


def test_dividers_are_sheets_for_paper_one_a_section(store: Session, tmp_path: Path) -> None:
    sheets = tmp_path / "dividers.pdf"
    plan = planned(store, prefix="C")
    export_plan(store, plan, tmp_path / "b.pdf", Choice(), beside=FilesBeside(dividers=sheets))
    assert [words_on(sheets, page) for page in (1, 2)] != ["", ""]
    with pikepdf.open(sheets) as pdf:
        assert len(pdf.pages) == len(plan.sections or ())
    first = words_on(sheets, 2)
    begins = manifest_in(tmp_path / "b.pdf")["exhibits"][0]["first_page"]
    assert f"From page C{begins}" in first
    assert "Exhibits" in first


def test_large_print_is_a3_with_every_link_in_its_place(store: Session, tmp_path: Path) -> None:
    usual, large = tmp_path / "usual.pdf", tmp_path / "large.pdf"
    saved = planned(store)
    export_plan(store, saved, usual, Choice())
    export_plan(store, replace(saved, large_print=True), large, Choice())
    assert set(items(large).values()) == {"verified"}
    with pikepdf.open(usual) as small, pikepdf.open(large) as big:
        assert len(small.pages) == len(big.pages), "a page of A4 is a page of A3"
        for one, other in zip(small.pages, big.pages, strict=True):
            assert [round(float(side), 1) for side in other.mediabox[2:]] == [
                round(float(side) * 2**0.5, 1) for side in one.mediabox[2:]
            ]
            links = [each.Rect for each in one.obj.get("/Annots", []) if str(each.Subtype) == "/Link"]
            larger = [each.Rect for each in other.obj.get("/Annots", []) if str(each.Subtype) == "/Link"]
            assert [[round(float(side) * 2**0.5, 1) for side in each] for each in links] == [
                [round(float(side), 1) for side in each] for each in larger
            ]
    shown = manifest_in(large)["exhibits"][0]["first_page"]
    assert words_on(usual, shown) == words_on(large, shown), "the placed page is not read in its place"


def test_late_documents_stand_in_the_index_row_by_row_and_move_nothing(store: Session, tmp_path: Path) -> None:
    saved = planned(store)
    export_plan(store, saved, tmp_path / "first.pdf", Choice())
    seal_with(store, concern("It came late."), {"late letter.pdf": letter(["A late letter."])})
    later = plans.add_late(store, saved, "The answer of June")
    export_plan(store, later, tmp_path / "second.pdf", Choice())
    whole = manifest_in(tmp_path / "second.pdf")
    shown = next(each for each in whole["exhibits"] if each["exhibit"] == 4)
    index = " ".join(words_on(tmp_path / "second.pdf", page) for page in range(1, 9))
    assert "Late documents: The answer of June" in index
    assert f"late letter.pdf {shown['first_page']}" in index
    for before, after in zip(manifest_in(tmp_path / "first.pdf")["exhibits"], whole["exhibits"], strict=False):
        assert before["first_page"] == after["first_page"], "a page that was handed over has another number"


def test_files_are_looked_through_for_one_bundle_without_a_plan(store: Session, tmp_path: Path, run_cli: Run) -> None:
    store.close()
    where = tmp_path / "store"
    words = ("bundle", "--profile", "grievance", "--looked-through")
    run_cli(*words, "letter 2", "--out", tmp_path / "one.pdf", store=where).expect(0)
    how = {each["exhibit"]: each["shown_as"] for each in manifest_in(tmp_path / "one.pdf")["exhibits"]}
    assert sorted(how.values()) == ["placed", "slip", "slip"]
    run_cli(*words, "all", "--out", tmp_path / "all.pdf", store=where).expect(0)
    assert {each["shown_as"] for each in manifest_in(tmp_path / "all.pdf")["exhibits"]} == {"placed"}
    assert "No document is meant" in run_cli(*words, "nothing", "--out", tmp_path / "x.pdf", store=where).refused(2)
