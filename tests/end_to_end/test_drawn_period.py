"""The year as a calendar and each case on a line, in a bundle: drawn, described, and said again in a table."""

import json
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

from evidence_app.domain.plan.plan_files import read_saved_plan
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.record.selection import Selection
from evidence_app.errors import InputError
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from tests.end_to_end.reading import outline_of, page_texts
from tests.support.entries import sample_entry

BOTH = ("calendar", "cases")


def entry(kind: str, day: str, case: str, **fields: object) -> dict[str, object]:
    return {"kind": kind, "event_at": day, "event_precision": "date only", "case_ref": case, "fields": fields}


@pytest.fixture
def told(session: Session) -> Session:
    """A store in which something happened in two cases, and one concern was never answered."""
    entries = [
        entry("instruction", "2025-03-10", "X000412", exact_words="Move him to monthly."),
        sample_entry(
            "concern",
            event_at="2025-03-11T10:00",
            case_ref="X000412",
            fields={"concern": "He is high risk.", "reply_by": "2025-03-18"},
        ),
        entry("decision", "2025-05-05", "X000733", rationale="Weekly for him."),
    ]
    for each in entries:
        seal(session, read_entry(each))
    return session


def bundle(session: Session, out: Path, profile: str = "officer", pictures: tuple[str, ...] = BOTH) -> Path:
    export_plan(session, SavedPlan(profile, pictures=pictures), out, Choice())
    return out


def page_titled(path: Path, title: str) -> str:
    number = next(page for words, page, _ in outline_of(path) if words.startswith(title))
    return " ".join(page_texts(path)[number - 1].split())


def test_both_pictures_stand_in_the_outline_with_their_tables(told: Session, tmp_path: Path) -> None:
    made = bundle(told, tmp_path / "made.pdf")
    year = page_titled(made, "The year, day by day")
    assert "March 2025 1 1 1" in year, "the numbers of the month: an instruction, a concern, a silence"
    assert "May 2025 1" in year
    assert "The silences" in year
    cases = page_titled(made, "Each case on a line")
    assert "X000412 10 Mar 2025" in cases
    assert "X000733 5 May 2025 5 May 2025 1" in cases


def test_a_screen_reader_is_told_what_each_picture_shows(told: Session, tmp_path: Path) -> None:
    made = bundle(told, tmp_path / "made.pdf")
    with pikepdf.open(made) as pdf:
        said = [
            str(item.Alt)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure" and "/Alt" in item
        ]
    assert any(
        each.startswith("Calendar of 2025. March: Instructions: 1, Concerns raised: 1, Silences: 1") for each in said
    )
    assert any(each.startswith("Each case on a line. X000412: From Mon 10 Mar 2025") for each in said)


@pytest.mark.parametrize("profile", ["3b", "ua1"])
def test_the_pages_are_pdf_a_and_pdf_ua(told: Session, tmp_path: Path, profile: str) -> None:
    report = page_validation.validate_pdf(bundle(told, tmp_path / "made.pdf"), profile=profile)
    assert report.is_compliant, [str(failure) for failure in report.failures][:5]


def test_without_the_wish_there_is_no_picture(told: Session, tmp_path: Path) -> None:
    titles = [title for title, _, _ in outline_of(bundle(told, tmp_path / "made.pdf", pictures=()))]
    assert titles
    assert not [title for title in titles if title.startswith(("The year", "Each case"))]


def test_a_case_is_drawn_under_its_pseudonym(told: Session, tmp_path: Path) -> None:
    made = bundle(told, tmp_path / "made.pdf", "union-casework")
    cases = page_titled(made, "Each case on a line")
    assert cases.count("[client ") >= 2
    assert "X000412" not in "".join(page_texts(made))


@pytest.mark.parametrize("profile", ["manager", "union-collective"])
def test_a_profile_without_room_for_them_refuses(told: Session, tmp_path: Path, profile: str) -> None:
    with pytest.raises(InputError, match="no place for pictures"):
        export_plan(told, SavedPlan(profile, pictures=BOTH), tmp_path / "made.pdf", Choice(Selection(), thread=1))
    assert not list(tmp_path.glob("made*"))


def test_the_plan_keeps_them_and_refuses_others() -> None:
    plan = SavedPlan("officer", pictures=BOTH)
    assert read_saved_plan(json.loads(json.dumps(plan.to_json()))) == plan
    for wrong in (["map"], ["calendar", "calendar"], "calendar", [7]):
        with pytest.raises(InputError, match="pictures"):
            read_saved_plan({**plan.to_json(), "pictures": wrong})
