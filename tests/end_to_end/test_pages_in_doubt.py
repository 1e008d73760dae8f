"""Pages on which words may have been missed: a profile that leaves the employer needs a person who looked at them, which is sealed."""

import io
import random
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from evidence_app.domain.progress import stopping
from evidence_app.errors import Cancelled, InputError
from evidence_app.services.bundles import decisions
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.findings import IN_DOUBT, ReviewFinding
from evidence_app.services.bundles.place_pictures import picture_of_place
from evidence_app.services.bundles.plans import Choice, work_out
from evidence_app.services.bundles.reviewing import look_at_pages, review
from evidence_app.services.core.session import Session
from tests.support.bundles import all_words, concern, digest, listed, make, seal_with
from tests.support.entries import CASE

CLOSED = ["union-casework", "grievance", "tribunal", "disclosure", "coroner"]


def scribble() -> bytes:
    """Return a picture on which something is, but no words that can be read."""
    random.seed(9)
    image = Image.new("L", (900, 1200), 255)
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = random.randrange(100, 700), random.randrange(100, 1000)
        draw.arc(
            (x, y, x + random.randrange(30, 160), y + random.randrange(20, 80)), 0, random.randrange(90, 330), 0, 3
        )
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


SCAN = scribble()


def in_doubt(session: Session, profile: str) -> list[ReviewFinding]:
    plan = work_out(session, listed(profile, [1], [SCAN]), Choice(case_ref=CASE))
    return [each for each in review(session, plan) if each.sort == IN_DOUBT]


@pytest.mark.parametrize("profile", CLOSED)
def test_nothing_leaves_while_nobody_looked_at_a_page_in_doubt(profile: str, session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    seal_with(session, concern("a note came"), {"note.png": SCAN})
    size = session.store.log.size()
    with pytest.raises(InputError, match="exhibit 1, page 1") as refused:
        make(session, listed(profile, [1], [SCAN]), out)
    assert "--looked-at" in refused.value.sentence
    assert not out.exists()
    assert session.store.log.size() == size
    (doubt,) = in_doubt(session, profile)
    look_at_pages(session, [doubt], "1:1")
    assert in_doubt(session, profile) == []
    made = make(session, listed(profile, [1], [SCAN]), out)
    sealed = session.store.records.get(made.index).fields
    assert sealed["looked_at"] == [{"exhibit": "1", "page": 1, "sha256": digest(SCAN)}]
    assert "Looked at by a person: exhibit/page 1/1 (" in all_words(out)


def test_other_profiles_warn_and_the_conformance_sheet_says_so(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern("a note came"), {"note.png": SCAN})
    made = make(session, listed("sfo-review", [1], [SCAN]), tmp_path / "out.pdf")
    assert [each for each in made.warnings if "may have been missed" in each]
    assert "Looked at by nobody: exhibit/page 1/1 (" in all_words(tmp_path / "out.pdf")
    assert "looked_at" not in session.store.records.get(made.index).fields


def test_pages_are_named_as_they_are_printed(session: Session) -> None:
    seal_with(session, concern("a note came"), {"note.png": SCAN})
    doubts = in_doubt(session, "tribunal")
    for wrong in ("1", "1:", "1:2", "2:1", "one:1", "1:1-9", "1:x"):
        with pytest.raises(InputError):
            look_at_pages(session, doubts, wrong)
    assert decisions.looked_at(session) == {}


def test_the_page_can_be_looked_at(session: Session) -> None:
    seal_with(session, concern("a note came"), {"note.png": SCAN})
    (doubt,) = in_doubt(session, "tribunal")
    picture = picture_of_place(session, doubt)
    assert picture is not None
    assert (picture.width, picture.height) == (900, 1200)
    assert len(picture.pixels) == 3 * 900 * 1200


def test_the_review_can_be_stopped_while_it_reads(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern("a note came"), {"note.png": SCAN})
    plan = listed("tribunal", [1], [SCAN])
    with pytest.raises(Cancelled):
        review(session, work_out(session, plan, Choice(case_ref=CASE)), stopping(lambda: True))
    asked: list[int] = []

    def cancel() -> bool:
        asked.append(1)
        return True

    with pytest.raises(Cancelled):
        export_plan(session, plan, tmp_path / "out.pdf", Choice(case_ref=CASE), cancel=cancel)
    assert len(asked) == 1, "it was asked again after it had said so"
    assert not (tmp_path / "out.pdf").exists()
