"""Drafts that go outside: whoever is withheld is replaced and named to the officer; what may be a name stops the draft."""

from pathlib import Path

import pytest

from evidence_app.errors import InputError
from evidence_app.services.bundles import decisions
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.mail.drafting import Wish, preview_draft, write_draft
from tests.support.bundles import seal_with
from tests.support.entries import sample_entry

OUTSIDE = Wish(to=("Ida Brune <ida@union.example>",))
PEOPLE = ["Pat O'Brien; X000412; Paddy", "Ann Smith-Jones; victim", "Łukasz Gołąb; partner"]


def concern(session: Session, text: str) -> int:
    return seal_with(session, sample_entry("concern", case_ref="X000412", fields={"concern": text}))


@pytest.fixture(autouse=True)
def withheld(session: Session) -> None:
    change_setting(session, "client_names", PEOPLE)


def test_everybody_is_replaced_however_written_and_the_officer_is_told(session: Session, tmp_path: Path) -> None:
    text = "I saw pat O’Brien (X000412), called Paddy, with Ann Smith‑Jones and Ann Smith-\nJones, and Lukasz Golab."
    index, out = concern(session, text), tmp_path / "draft.eml"
    drafted = write_draft(session, index, OUTSIDE, out)
    sent = drafted.preview.text
    assert "I saw client A (client A), called client A, with victim B and victim B, and partner C." in sent
    assert drafted.to_json()["pseudonyms"] == {
        "client A": "Pat O'Brien",
        "victim B": "Ann Smith-Jones",
        "partner C": "Łukasz Gołąb",
    }
    assert [name for name in ("Brien", "Smith", "Golab", "Gołąb") if name in sent] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I wrote that Mr O came late.", "Mr O"),
        ("I wrote that OBrein came late, with Golabb.", "OBrein"),
        ("we saw that Smith came late.", "Smith"),
        ("we saw Morwenna Quillfeather there.", "Morwenna Quillfeather"),
    ],
)
def test_what_may_be_a_name_stops_the_draft(text: str, words: str, session: Session, tmp_path: Path) -> None:
    index, out = concern(session, text), tmp_path / "draft.eml"
    size = session.store.log.size()
    preview = preview_draft(session, index, OUTSIDE)
    assert f"“{words}”" in preview.question
    assert [warning for warning in preview.warnings if f"“{words}”" in warning], "the preview does not ask"
    with pytest.raises(InputError, match=words):
        write_draft(session, index, OUTSIDE, out)
    assert not out.exists()
    assert session.store.log.size() == size, "a draft was sealed that was not written"


def test_a_decision_lets_it_go(session: Session, tmp_path: Path) -> None:
    index = concern(session, "we saw Morwenna Quillfeather and Mr O there.")
    decisions.decide(session, withhold=["Morwenna Quillfeather; relative"])
    decisions.join(session, "Mr O", "Pat O'Brien")
    drafted = write_draft(session, index, OUTSIDE, tmp_path / "draft.eml")
    assert "we saw relative A and client B there." in drafted.preview.text


def test_inside_the_secure_system_nothing_is_asked(session: Session, tmp_path: Path) -> None:
    index = concern(session, "we saw Morwenna Quillfeather with Pat O'Brien.")
    inside = Wish(to=("Jo Marsh <jo.marsh@justice.gov.uk>",))
    assert "Quillfeather with Pat O'Brien" in write_draft(session, index, inside, tmp_path / "draft.eml").preview.text


def test_a_name_that_is_a_word_does_not_stop_the_word(session: Session, tmp_path: Path) -> None:
    change_setting(session, "client_names", ["May"])
    index = concern(session, "he may come, and May may not.")
    assert "he may come, and client A may not." in write_draft(session, index, OUTSIDE, tmp_path / "d.eml").preview.text
