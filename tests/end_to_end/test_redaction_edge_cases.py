"""Redaction edge cases: overlapping words, indispensable fields, rotated pages, form fields, files inside files."""

import io
import zipfile
from pathlib import Path

import pytest

from evidence_app.domain.plan.profile_files import profile_to_json, read_profile
from evidence_app.domain.plan.saved_plan import Document, Redaction, SavedPlan, Section
from evidence_app.errors import EvidenceError, InputError
from evidence_app.services.bundles.exporting import export
from evidence_app.services.bundles.plans import Choice, begin_plan
from evidence_app.services.bundles.profiles import keep_profile, profile_named
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.records.reading import Selection
from tests.support import sample_documents
from tests.support.bundles import (
    all_words,
    concern,
    digest,
    embedded_in,
    exhibit,
    listed,
    make,
    manifest_in,
    picture_on,
    seal_with,
    words_read_off,
)
from tests.support.entries import CASE, sample_entry
from tests.support.searching import places_of

HOUSE = "the Amblewick house"


def places_after(session: Session, plan: SavedPlan, out: Path, *values: str) -> list[str]:
    """Return where values still stand in the bundle of a plan; nowhere where it is refused."""
    try:
        make(session, plan, out)
    except InputError:
        assert not out.exists(), "it was refused and left a file"
        return []
    return places_of(out, values)


def test_redactions_that_overlap_are_both_kept(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern("it is the yellow quarry lodge there"))
    redactions = (Redaction("address", words="yellow quarry"), Redaction("address", words="quarry lodge"))
    assert places_after(session, SavedPlan("officer", redactions=redactions), tmp_path / "out.pdf", "lodge") == []


def test_a_redaction_by_hand_never_shows_what_a_detector_withholds(session: Session, tmp_path: Path) -> None:
    change_setting(session, "client_names", ["Robin Ashdown"])
    seal_with(session, concern("it was mr Robin Ashdown again"))
    plan = listed("sfo-review", [1], [], Redaction("name", words="mr Robin"))
    assert places_after(session, plan, tmp_path / "out.pdf", "Ashdown") == []


def test_names_that_overlap_are_both_withheld(session: Session, tmp_path: Path) -> None:
    change_setting(session, "client_names", ["Robin Ashdown", "Ashdown Quillfeather"])
    seal_with(session, concern("it was Robin Ashdown Quillfeather again"))
    assert places_after(session, listed("sfo-review", [1]), tmp_path / "out.pdf", "Quillfeather") == []


def test_words_of_a_withheld_field_stop_the_export_where_they_recur(session: Session, tmp_path: Path) -> None:
    advice = "wait until counsel has answered in spring"
    seal_with(session, sample_entry("decision", fields={"rationale": advice}))
    seal_with(session, concern(f"I was told to {advice}."))
    field = Redaction("legal advice", record=1, field="rationale")
    assert places_after(session, listed("officer", [1, 2], [], field), tmp_path / "out.pdf", advice) == []


@pytest.mark.parametrize("field", ["id", "author", "case_ref", "attachments", "links"])
def test_a_part_that_is_no_field_is_withheld_or_refused(field: str, session: Session, tmp_path: Path) -> None:
    seal_with(session, concern("reports were late"), {"a.txt": b"a paper"})
    places_after(session, listed("officer", [1], [], Redaction("other", record=1, field=field)), tmp_path / "out.pdf")


@pytest.mark.parametrize("field", ["kind", "event_at", "event_precision", "recorded_at"])
def test_withholding_an_indispensable_field_raises_no_unexpected_error(
    field: str, session: Session, tmp_path: Path
) -> None:
    seal_with(session, concern("reports were late"))
    plan = listed("officer", [1], [], Redaction("other", record=1, field=field))
    try:
        make(session, plan, tmp_path / "out.pdf")
    except EvidenceError:
        return
    except KeyError as fault:
        pytest.fail(f"a fault in the program: {fault!r}")


PROMISE = {"what": "ring the lodge at Quarrymere", "who": "me", "due": "2027-01-20"}


def test_a_withheld_field_is_not_listed_as_open(session: Session, tmp_path: Path) -> None:
    seal_with(session, sample_entry("meeting", fields={"actions": [PROMISE]}))
    plan = SavedPlan("handover", redactions=(Redaction("address", record=1, field="actions"),))
    assert places_after(session, plan, tmp_path / "out.pdf", "Quarrymere") == []


def test_a_plan_of_counts_can_be_saved_and_exported(session: Session, tmp_path: Path) -> None:
    for _ in range(6):
        seal_with(session, concern("reports were late"))
    make(session, begin_plan(session, "Counts", "union-collective", Choice()), tmp_path / "out.pdf")
    assert "Counts" in all_words(tmp_path / "out.pdf")


@pytest.mark.parametrize("profile", ["union-collective", "handover"])
def test_a_plan_with_documents_that_its_profile_hides_is_refused(
    profile: str, session: Session, tmp_path: Path
) -> None:
    """The second is how every plan of a hand-over ends: what is open is done one day."""
    seal_with(session, concern("reports were late", fields={"title": "x"}))
    seal_with(session, sample_entry("meeting", fields={"actions": [PROMISE]}))
    documents = (Section("All", (Document(1), Document(2))),)
    try:
        make(session, SavedPlan(profile, sections=documents), tmp_path / "out.pdf")
    except InputError:
        return
    except KeyError as fault:
        pytest.fail(f"a fault in the program: {fault!r}")


FORM = sample_documents.filled_form("about a form", value="X000999")


def test_form_field_values_are_painted_over(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    seal_with(session, concern("a form came"), {"form.pdf": FORM})
    make(session, listed("sfo-review", [1], [FORM]), out)
    seen = picture_on(out, manifest_in(out)["exhibits"][0]["first_page"])
    assert "about a form" in words_read_off(seen)
    assert "X000999" not in words_read_off(seen), "the number in the field can be read"


@pytest.mark.parametrize("turn", [0, 180])
def test_a_pdf_upside_down_is_searched(turn: int, session: Session, tmp_path: Path) -> None:
    content = sample_documents.turned(sample_documents.letter(["about X000999 again"]), turn)
    seal_with(session, concern("a letter came"), {"letter.pdf": content})
    make(session, listed("sfo-review", [1], [content]), tmp_path / "out.pdf")
    assert places_of(tmp_path / "out.pdf", ["X000999"]) == []


@pytest.mark.parametrize("turn", [90, 270])
def test_a_pdf_rotated_by_a_quarter_turn_is_searched(turn: int, session: Session, tmp_path: Path) -> None:
    content = sample_documents.turned(sample_documents.letter(["about X000999 again"]), turn)
    seal_with(session, concern("a letter came"), {"letter.pdf": content})
    make(session, listed("sfo-review", [1], [content]), tmp_path / "out.pdf")
    assert places_of(tmp_path / "out.pdf", ["X000999"]) == []


def test_words_next_to_a_redacted_region_of_a_rotated_page_stay_searchable(session: Session, tmp_path: Path) -> None:
    content, out = (
        sample_documents.turned(sample_documents.letter(["about X000999 again", "The second line stays"]), 90),
        tmp_path / "out.pdf",
    )
    seal_with(session, concern("a letter came"), {"letter.pdf": content})
    left, top, right, bottom = sample_documents.line_area(0)
    area = (1 - bottom, left, 1 - top, right)
    region = Redaction("name", exhibit=digest(content), page=1, area=area)
    make(session, listed("officer", [1], [content], region), out)
    assert "The second line stays" in all_words(out)


def test_words_of_a_pdf_shown_as_pictures_are_painted_over(session: Session, tmp_path: Path) -> None:
    out, content = (
        tmp_path / "out.pdf",
        sample_documents.letter(["about X000999 again", "and no more"], font="Helvetica"),
    )
    seal_with(session, concern("a letter came"), {"letter.pdf": content})
    make(session, listed("sfo-review", [1], [content]), out)
    page = manifest_in(out)["exhibits"][0]["first_page"]
    read = words_read_off(picture_on(out, page))
    assert "and no more" in read
    assert "X000999" not in read
    assert places_of(out, ["X000999"]) == []


def test_a_file_that_cannot_be_searched_is_not_embedded_where_words_are_withheld(
    session: Session, tmp_path: Path
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{HOUSE}</w:t>")
    seal_with(session, concern(f"about {HOUSE}"), {"letter.docx": buffer.getvalue()})
    plan = SavedPlan("officer", redactions=(Redaction("address", words=HOUSE),))
    places_after(session, plan, tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists() or buffer.getvalue() not in embedded_in(tmp_path / "out.pdf").values()


def test_a_utf_16_text_file_is_searched(session: Session, tmp_path: Path) -> None:
    content = "about X000999 again".encode("utf-16")
    seal_with(session, concern("a text came"), {"a.txt": content})
    make(session, listed("sfo-review", [1], [content]), tmp_path / "out.pdf")
    said = "".join(
        character for character in all_words(tmp_path / "out.pdf") if character.isascii() and character.isalnum()
    )
    assert "X000999" not in said


@pytest.mark.parametrize("member", ["title", "audience", "purpose", "marking", "notice"])
def test_the_text_of_a_custom_profile_is_searched(member: str, session: Session, tmp_path: Path) -> None:
    own = profile_to_json(profile_named(session, "grievance")) | {"name": "mine", member: "about X000999"}
    keep_profile(session, read_profile(own))
    seal_with(session, concern("reports were late"))
    try:
        export(session, "mine", tmp_path / "out.pdf", Selection(), case_ref=CASE)
    except InputError:
        return
    assert places_of(tmp_path / "out.pdf", ["X000999"]) == []


def test_an_area_on_an_omitted_page_finds_nothing(session: Session, tmp_path: Path) -> None:
    content = sample_documents.letter(["the first leaf"], ["the second leaf"])
    seal_with(session, concern("a letter came"), {"letter.pdf": content})
    first = (Section("All", (Document(1), exhibit(content, pages=((1, 1),)))),)
    area = Redaction("child", exhibit=digest(content), page=2, area=(0.1, 0.1, 0.9, 0.9))
    with pytest.raises(InputError, match="Redaction 1"):
        make(session, SavedPlan("officer", sections=first, redactions=(area,)), tmp_path / "out.pdf")


@pytest.mark.parametrize("mark", ["\u200b", "\u00ad", "\u2060"], ids=ascii)
def test_zero_width_characters_hide_nothing(mark: str, session: Session, tmp_path: Path) -> None:
    """They come with what is copied out of mails and web pages, and nobody sees them."""
    seal_with(session, concern(f"about X000{mark}999 again"))
    assert places_after(session, listed("sfo-review", [1]), tmp_path / "out.pdf", f"X000{mark}999") == []
