"""Rules for pages and files (docs/domain.md, section 9.1), checked on the finished, signed files."""

import io
import re
import zlib
from datetime import UTC, datetime
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

from evidence_app.bundle.pdf import assembly
from evidence_app.bundle.typeset.page_numbers import PageNumbers
from evidence_app.bundle.typeset.tag_tree import Structure
from tests.end_to_end.conftest import manifest_of
from tests.end_to_end.reading import links_of, outline_of, page_texts, printed_numbers
from tests.support.program import REPOSITORY

AS_SEEN = ("/XYZ", 1.0)


@pytest.fixture(params=["review", "own_file", "foreign"])
def bundle(request: pytest.FixtureRequest) -> Path:
    """The two bundles of the invented case, and one with foreign PDF files as exhibits."""
    return request.getfixturevalue(request.param)


def test_it_is_pdf_a_3b(bundle: Path) -> None:
    report = page_validation.validate_pdf(bundle, profile="3b")
    assert report.is_compliant, [str(failure) for failure in report.failures][:5]


def test_printed_number_label_and_page_agree(bundle: Path) -> None:
    with pikepdf.open(bundle) as pdf:
        labels = [page.label for page in pdf.pages]
        declared = pdf.Root.PageLabels.Nums
        assert [int(declared[0]), str(declared[1].S), int(declared[1].get("/St", 1))] == [0, "/D", 1]
    count = len(labels)
    assert labels == [str(number) for number in range(1, count + 1)]
    wrong = [place for place, said in enumerate(printed_numbers(bundle), start=1) if said != (place, count)]
    assert not wrong, f"on these pages another number is printed: {wrong}"


def test_every_link_leads_to_the_page_that_is_printed(bundle: Path) -> None:
    links = list(links_of(bundle))
    assert len(links) > 20, "hardly any links"
    for link in links:
        assert link.view == AS_SEEN, f"page {link.page}: {link.words!r} opens at another zoom"
        # A run of pages leads to its first.
        number = re.search(r"(\d+)(?:–\d+)?\D*$", link.words)
        assert number is not None, f"page {link.page}: a link shows no page number: {link.words!r}"
        assert int(number[1]) == link.target, f"page {link.page}: {link.words!r} leads to page {link.target}"


def test_index_rows_say_from_which_page_to_which(bundle: Path) -> None:
    outline = {title: number for title, number, _ in outline_of(bundle)}
    first = outline[next(title for title in outline if title.startswith("Index"))]
    end = min(number for number in outline.values() if number > first)
    said = {
        (link.target, link.words.split()[-1]) for link in links_of(bundle) if first <= link.page < end and link.words
    }
    exhibits = manifest_of(bundle)["exhibits"]
    assert exhibits, "there is nothing to look for"
    for each in exhibits:
        begins, ends = each["first_page"], each["first_page"] + each["pages"] - 1
        assert (begins, f"{begins}–{ends}" if ends > begins else f"{begins}") in said, f"exhibit {each['exhibit']}"


def test_every_row_of_the_index_is_a_link(bundle: Path) -> None:
    manifest = manifest_of(bundle)
    outline = {title: number for title, number, _ in outline_of(bundle)}
    first = outline[next(title for title in outline if title.startswith("Index"))]
    end = outline[next(title for title in outline if title.startswith("Chronology"))]
    targets = [link.target for link in links_of(bundle) if first <= link.page < end]
    # Sections, records and exhibits have a row each.
    assert len(targets) >= len(manifest["records"]) + len(manifest["exhibits"]) + 4
    for exhibit in manifest["exhibits"]:
        assert exhibit["first_page"] in targets, f"no row of the index leads to exhibit {exhibit['exhibit']}"


def test_every_outline_entry_ends_with_its_page(bundle: Path) -> None:
    entries = list(outline_of(bundle))
    assert len(entries) > 8
    for title, number, view in entries:
        assert title.endswith(f"(p. {number})"), f"“{title}” leads to page {number}"
        assert view == AS_SEEN, f"“{title}” opens at another zoom"


def test_it_opens_at_one_hundred_per_cent(bundle: Path) -> None:
    with pikepdf.open(bundle) as pdf:
        action = pdf.Root.OpenAction
        assert action[0].objgen == pdf.pages[0].obj.objgen, "it does not open on the first page"
        assert (str(action[1]), float(action[4])) == AS_SEEN


def test_metadata_hold_title_and_language_and_no_file_names(bundle: Path, samples: Path) -> None:
    with pikepdf.open(bundle) as pdf:
        metadata = str(pdf.Root.Metadata.read_bytes(), "utf-8") + repr(dict(pdf.docinfo.items()))
        attached = list(pdf.attachments)
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == manifest_of(bundle)["bundle"]["title"]
    names = [
        *(path.stem for path in (samples / "pdf").iterdir()),
        "memo",
        "letter",
        ".eml",
        str(REPOSITORY),
        "/tmp/",
        "root",
    ]
    assert not [name for name in names if name.casefold() in metadata.casefold()]
    fixed = re.compile(r"evidence-trail-manifest\.(json|note)|exhibit-\d{3}\.[a-z0-9]{1,8}")
    assert all(fixed.fullmatch(name) for name in attached), f"an embedded file has a name of its own: {attached}"


def test_every_page_carries_marking_and_text(bundle: Path) -> None:
    marking = manifest_of(bundle)["bundle"]["marking"]
    missing = [number for number, text in enumerate(page_texts(bundle), start=1) if marking not in text]
    assert not missing, f"no marking on pages {missing}"


def test_records_are_in_order_of_events(own_file: Path) -> None:
    texts = "\n".join(page_texts(own_file))
    manifest = manifest_of(own_file)
    events = {each["index"]: each["record"]["event_at"] for each in manifest["records"] if "record" in each}
    titles = [title for title, _, _ in outline_of(own_file)]
    records = [
        int(match[1]) for title in titles if (match := re.match(r"(?:.*\brecord )?(\d+)\b", title, re.IGNORECASE))
    ]
    shown = [events[index][:10] for index in records if index in events]
    assert len(shown) > 50, f"the outline names hardly any records: {titles[:12]}"
    assert shown == sorted(shown), "the records are not in order of what happened"
    assert "LATE ENTRY" in texts.upper()


def ending_in_carriage_return(text: str) -> bytes:
    """Return content whose zlib stream ends in a carriage return: the last byte of its Adler-32 is 0x0D."""
    wanted = (0x0D - 1 - sum(text.encode())) % 256
    return text.encode() + (b"\xff" * (wanted // 0xFF) + bytes([wanted % 0xFF]) if wanted else b"")


def test_a_compressed_stream_that_happens_to_end_in_a_carriage_return(tmp_path: Path) -> None:
    """One stream in 256 does; a validator takes that byte for the line end before “endstream”."""
    drawn = io.BytesIO()
    with pikepdf.new() as blank:
        blank.add_blank_page()
        blank.save(drawn)
    content = ending_in_carriage_return("words of an exhibit " * 20)
    assert zlib.compress(content)[-1:] == b"\r"
    original = assembly.Embedded("exhibit-001.original", content, "text/plain", "/Source", "Exhibit 1")
    made = assembly.assemble(
        assembly.Joined(drawn.getvalue(), ()),
        title="A title",
        made_at=datetime(2026, 1, 26, tzinfo=UTC),
        seal=lambda _: (b"{}", b"note"),
        structure=Structure(1),
        numbers=PageNumbers((1,)),
        originals=[original],
    )
    path = tmp_path / "made.pdf"
    path.write_bytes(made)
    report = page_validation.validate_pdf(path, profile="3b")
    assert report.is_compliant, [str(failure) for failure in report.failures]
