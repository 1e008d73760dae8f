"""PDF/UA-1: the tag tree gives a screen reader the same content in the same order as the pages."""

import io
import re
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from evidence_app.bundle.pages.order import FRONT
from evidence_app.bundle.typeset.fonts import REGULAR, fonts
from evidence_app.domain.plan.profile_files import PARTS
from evidence_app.services.bundles.exporting import export
from evidence_app.services.records.reading import choose
from tests.end_to_end.conftest import bundle_of, manifest_of
from tests.end_to_end.reading import Tagged, outline_of, page_texts, tagged
from tests.support.entries import note
from tests.support.stores import make_store, open_fast, seal_entry

HEADING = re.compile(r"^(\d+) \w")
ENTRY = re.compile(r"^(\d+)\. ")
MANY = 300
"""More records than a chain of references may be long by default."""
INSIDE = {"TR": {"Table"}, "TH": {"TR"}, "TD": {"TR"}, "Link": {"P", "TD", "Span", "H1", "H2", "H3", "Document"}}


@pytest.fixture(params=["review", "own_file", "foreign"])
def bundle(request: pytest.FixtureRequest) -> Path:
    """The two bundles of the invented case, and one with foreign PDF files as exhibits."""
    return request.getfixturevalue(request.param)


def test_it_is_pdf_ua_1(bundle: Path) -> None:
    report = page_validation.validate_pdf(bundle, profile="ua1")
    assert report.is_compliant, [str(failure) for failure in report.failures][:5]


def test_every_word_but_page_furniture_is_in_the_tag_tree(bundle: Path) -> None:
    heard = set(" ".join(each.words for each in tagged(bundle)).split())
    foreign = {
        exhibit["first_page"] + page
        for exhibit in manifest_of(bundle)["exhibits"]
        for page in range(exhibit["pages"])
        if exhibit["shown_as"] in {"placed", "rendered"}
    }
    ours = [text for number, text in enumerate(page_texts(bundle), start=1) if number not in foreign]
    seen = {word for text in ours for word in _without_furniture(text).split()}
    missing = sorted(seen - heard)
    # Words broken at a line's end, repeated table heads and the lanes of the drawing, which its description names.
    assert len(missing) <= len(seen) // 50, missing


def test_a_bundle_with_hundreds_of_bookmarks_is_pdf_a_and_pdf_ua(tmp_path: Path) -> None:
    """The validator counts bookmarks of one level as depth (findings/page-validation-counts-bookmarks-as-depth.sh)."""
    out = tmp_path / "out.pdf"
    make_store(tmp_path / "store")
    with open_fast(tmp_path / "store") as session:
        for number in range(MANY):
            seal_entry(session, note(f"What was said that day, the {number}th time."))
        export(session, "officer", out, choose())
    assert sum(1 for _ in outline_of(out)) > MANY
    limits = page_validation.SafetyLimits(max_reference_depth=10 * MANY)
    for profile in ("3b", "ua1"):
        report = page_validation.validate_pdf(out, profile=profile, limits=limits)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures][:5]


def test_the_tag_tree_follows_the_outline(own_file: Path) -> None:
    headings = [each.words for each in tagged(own_file) if each.role == "H2"]
    told = [int(found[1]) for heading in headings if (found := HEADING.match(heading))]
    listed = [int(found[1]) for title, *_ in outline_of(own_file) if (found := ENTRY.match(title))]
    assert told == listed
    assert sorted(told) == sorted(item["index"] for item in manifest_of(own_file)["records"])


def test_the_front_parts_stand_in_the_order_that_the_specification_lists(own_file: Path) -> None:
    parts = ["What happened", "People", "At a glance", "Index", "Threads", "Who knew what, when", "Chronology"]
    titles = [title.partition(" (p. ")[0] for title, *_ in outline_of(own_file)]
    assert [title for title in titles if title in parts] == parts, "docs/spec/bundle.md lists the parts in this order"


def test_every_part_that_a_profile_may_name_is_one_that_is_laid_out() -> None:
    assert set(FRONT) | {"records", "statement"} == set(PARTS)


def test_headings_go_down_one_level_at_a_time(bundle: Path) -> None:
    levels = [int(each.role[1]) for each in tagged(bundle) if re.fullmatch(r"H\d", each.role)]
    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_tables_hold_rows_and_rows_hold_cells(bundle: Path) -> None:
    trail: list[Tagged] = []
    for each in tagged(bundle):
        del trail[each.depth :]
        parent = trail[-1].role if trail else ""
        assert parent in INSIDE.get(each.role, {parent}), (parent, each)
        trail.append(each)


def test_every_picture_has_alternative_text(bundle: Path) -> None:
    assert [each for each in tagged(bundle) if each.role == "Figure" and not each.words.strip()] == []


def test_every_link_and_the_signature_are_described(bundle: Path) -> None:
    with pikepdf.open(bundle) as pdf:
        for page in pdf.pages:
            for annotation in page.obj.get("/Annots", []):
                words = annotation.get("/TU") if annotation.Subtype == "/Widget" else annotation.get("/Contents")
                assert str(words or "")
                assert "/StructParent" in annotation


def test_every_link_of_the_tags_is_one_on_the_page_and_none_lies_within_another_to_the_same_place(bundle: Path) -> None:
    """Whoever goes from link to link by the keyboard would meet each row of a table twice, or not at all."""
    with pikepdf.open(bundle) as pdf:
        on_pages = [each for page in pdf.pages for each in page.obj.get("/Annots", []) if each.Subtype == "/Link"]
        assert len(on_pages) == sum(each.role == "Link" for each in tagged(bundle))
        assert on_pages
        for number, page in enumerate(pdf.pages, start=1):
            links = [each for each in page.obj.get("/Annots", []) if each.Subtype == "/Link"]
            places = [([float(corner) for corner in each.Rect], each.Dest.unparse()) for each in links]
            for (inner, there), (outer, to) in permutations(places, 2):
                lies_within = all(a >= b - 1 for a, b in zip(inner[:2], outer[:2], strict=True)) and all(
                    a <= b + 1 for a, b in zip(inner[2:], outer[2:], strict=True)
                )
                assert not (lies_within and there == to), f"on page {number} {inner} lies within {outer}"


def test_the_signature_leaves_the_metadata_as_the_export_wrote_it(bundle: Path) -> None:
    content = bundle.read_bytes()
    update = content[content.index(b"%%EOF") :]
    assert b"/Sig" in update
    assert [word for word in (b"/ModDate", b"/XML", b"xpacket") if word in update] == []


def _letter(*, marked: bool, mute: bool, times: int = 1) -> bytes:
    """A page that PDF/A allows, with tags of its own, or with a font that does not say what it shows."""
    fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, initialFontName=REGULAR)
    canvas.setFont(REGULAR, 12)
    canvas.drawString(72, 700, "Reporting moves to monthly")
    canvas.save()
    out = io.BytesIO()
    with pikepdf.open(buffer) as pdf:
        page = pdf.pages[0]
        if marked:
            page.contents_add(b"/P BMC EMC\n" * (times - 1), prepend=True)
            page.contents_add(b"/Artifact BMC /P <</MCID 0>> BDC\n", prepend=True)
            page.contents_add(b"\n/Point MP EMC EMC")
        for font in page.obj.Resources.Font.values() if mute else ():
            if "/ToUnicode" in font:
                del font["/ToUnicode"]
        pdf.save(out)
    return out.getvalue()


def _exhibit(tmp_path: Path, content: bytes) -> tuple[Path, dict[str, Any]]:
    made = bundle_of(tmp_path, {"letter.pdf": content})
    assert page_validation.validate_pdf(made, profile="ua1").is_compliant
    assert page_validation.validate_pdf(made, profile="3b").is_compliant
    (exhibit,) = manifest_of(made)["exhibits"]
    return made, exhibit


def test_tags_of_an_exhibit_are_removed(tmp_path: Path) -> None:
    made, exhibit = _exhibit(tmp_path, _letter(marked=True, mute=False))
    assert exhibit["shown_as"] == "placed"
    assert "Reporting moves to monthly" in page_texts(made)[exhibit["first_page"] - 1]


def test_an_exhibit_whose_font_has_no_unicode_map_is_placed_with_its_words_behind_it(tmp_path: Path) -> None:
    made, exhibit = _exhibit(tmp_path, _letter(marked=False, mute=True))
    assert exhibit["shown_as"] == "placed"
    assert "Reporting moves to monthly" in " ".join(page_texts(made)[exhibit["first_page"] - 1].split())


def test_an_exhibit_with_more_tags_than_can_be_taken_out_is_shown_as_a_picture(tmp_path: Path) -> None:
    _made, exhibit = _exhibit(tmp_path, _letter(marked=True, mute=False, times=250_000))
    assert exhibit["shown_as"] == "rendered"


def _without_furniture(text: str) -> str:
    """Leave out the first and last lines of a page: marking, title, record and count."""
    lines = text.splitlines()
    return "\n".join(lines[2:-3])
