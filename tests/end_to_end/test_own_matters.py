"""What is the author's own, what follows from a record that is left out, and mails that belong to nothing: none of it is in a bundle about a client."""

from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.errors import InputError
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.session import Session
from tests.support.bundles import all_words, concern, listed, seal_with
from tests.support.entries import CASE

FOR_OTHERS = ("sfo-review", "interview", "coroner")
OWN = "sertraline"
"""A word of the author's health, which stands in every record that must not be told."""


def entry(kind: str, fields: dict[str, Any], links: list[tuple[int, str]] | None = None, **more: Any) -> dict[str, Any]:
    listed_links = [{"to": to, "as": how} for to, how in links or []]
    return (
        {"kind": kind, "event_at": "2026-05-04", "event_precision": "date only", "fields": fields}
        | ({"links": listed_links} if listed_links else {})
        | more
    )


def mail(content: str, links: list[tuple[int, str]] | None = None) -> dict[str, Any]:
    fields = {"direction": "received", "subject": "Hello", "from": "A <a@union.example>", "content": content}
    return entry("message", fields, links)


def words_of(session: Session, out: Path, profile: str) -> str:
    export_plan(session, SavedPlan(profile), out, Choice(case_ref=CASE))
    return all_words(out)


@pytest.fixture
def kept(session: Session) -> Session:
    """Seal a concern about the case that belongs in every bundle."""
    seal_with(session, concern("Belongs in it."))
    return session


@pytest.mark.parametrize("profile", FOR_OTHERS)
def test_own_matters_without_a_case_stay_out(kept: Session, tmp_path: Path, profile: str) -> None:
    for kind, fields in (
        ("health-and-safety", {"what": f"On {OWN} since May."}),
        ("meeting", {"type": "occupational health", "my_point": f"I take {OWN}."}),
        ("meeting", {"type": "formal absence", "my_point": f"I take {OWN}."}),
        ("concern", {"concern": f"Called slow because of {OWN}.", "category": "bullying or harassment"}),
        ("concern", {"concern": f"I need {OWN} to come in.", "category": "health or stress"}),
        ("refusal", {"what": f"Nights: {OWN}.", "why": ["health"]}),
        ("request", {"asks": f"All that is held of {OWN}.", "type": "subject access request"}),
        ("training", {"what": f"A course on {OWN}."}),
    ):
        seal_with(kept, entry(kind, fields))
    words = words_of(kept, tmp_path / "out.pdf", profile)
    assert "Belongs in it" in words
    assert OWN not in words


def test_a_matter_that_names_the_case_is_about_the_case(kept: Session, tmp_path: Path) -> None:
    fields = {"concern": "I am not fit to see him alone.", "category": "health or stress"}
    seal_with(kept, entry("concern", fields, case_ref=CASE))
    assert "not fit to see him alone" in words_of(kept, tmp_path / "out.pdf", "sfo-review")


def test_the_preserving_of_evidence_is_about_the_work(kept: Session, tmp_path: Path) -> None:
    fields = {"asks": "That the drafts are kept.", "type": "preservation request"}
    seal_with(kept, entry("request", fields, case_ref=CASE))
    assert "That the drafts are kept" in words_of(kept, tmp_path / "out.pdf", "sfo-review")


@pytest.mark.cases(5)
@pytest.mark.parametrize("how", ["adds to", "corrects", "answers"])
@pytest.mark.parametrize(
    "about",
    [
        entry("health-and-safety", {"what": "Not sleeping."}),
        entry("note", {"text": "Rep's advice.", "restricted_to": "union advice"}),
        entry("concern", {"concern": "Of somebody known.", "lao": True}, case_ref="X000199"),
        entry("concern", {"concern": "Called slow.", "category": "bullying or harassment"}),
    ],
    ids=["health", "advice", "limited-access", "bullying"],
)
def test_what_follows_from_a_record_that_stays_out_stays_out(
    kept: Session, tmp_path: Path, how: str, about: dict[str, Any]
) -> None:
    first = seal_with(kept, about)
    kind, field = ("response", "content") if how == "answers" else ("note", "text")
    second = seal_with(kept, entry(kind, {field: f"It says {OWN}."}, [(first, how)]))
    if how == "adds to":
        seal_with(kept, entry("note", {"text": f"Again {OWN}."}, [(second, how)]))
        seal_with(kept, entry("response", {"content": f"And {OWN}."}, [(first, "answers")], case_ref="X000199"))
    for profile in (*FOR_OTHERS, "disclosure", "handover"):
        assert OWN not in words_of(kept, tmp_path / f"{profile}.pdf", profile), profile


def test_what_corrects_a_record_goes_where_that_record_goes(kept: Session, tmp_path: Path) -> None:
    seal_with(kept, entry("note", {"text": "The hour was wrong."}, [(1, "corrects")]))
    assert "The hour was wrong" in words_of(kept, tmp_path / "out.pdf", "sfo-review")


def test_a_mail_that_belongs_to_nothing_shown_stays_out_of_a_clients_bundle(kept: Session, tmp_path: Path) -> None:
    seal_with(kept, mail(f"As your rep I advise: say nothing of {OWN}."))
    health = seal_with(kept, entry("health-and-safety", {"what": "Not sleeping."}))
    answered = seal_with(kept, mail(f"Thank you for telling me of {OWN}.", [(health, "about")]))
    seal_with(kept, mail(f"One thing more of {OWN}.", [(answered, "answers")]))
    tied = seal_with(kept, mail("Noted, about your concern.", [(1, "answers")]))
    seal_with(kept, mail("And one thing more about it.", [(tied, "answers")]))
    words = words_of(kept, tmp_path / "out.pdf", "sfo-review")
    assert OWN not in words
    assert "Noted, about your concern" in words
    assert "And one thing more about it" in words


def test_somebody_may_put_an_own_matter_in_by_hand_but_no_record_of_an_own_kind(kept: Session, tmp_path: Path) -> None:
    stress = seal_with(kept, entry("concern", {"concern": "I was not well.", "category": "health or stress"}))
    health = seal_with(kept, entry("health-and-safety", {"what": "Not sleeping."}))
    out = tmp_path / "out.pdf"
    export_plan(kept, listed("sfo-review", [1, stress]), out, Choice(case_ref=CASE))
    assert "I was not well" in all_words(out)
    with pytest.raises(InputError, match="cannot be in a bundle of this profile"):
        export_plan(kept, listed("sfo-review", [1, health]), tmp_path / "other.pdf", Choice(case_ref=CASE))


def test_the_bundle_for_the_safety_rep_has_what_is_about_health_and_nothing_else(kept: Session, tmp_path: Path) -> None:
    seal_with(kept, entry("concern", {"concern": "I am not sleeping.", "category": "health or stress"}))
    asked = seal_with(kept, entry("request", {"asks": "An assessment.", "type": "stress risk assessment"}))
    seal_with(kept, entry("response", {"content": "It will be done."}, [(asked, "answers")]))
    seal_with(kept, entry("response", {"content": "Answer about the case."}, [(1, "answers")], case_ref=CASE))
    seal_with(kept, entry("meeting", {"type": "team meeting", "my_point": "Holidays of the team."}))
    seal_with(kept, entry("request", {"asks": "What is held of me.", "type": "subject access request"}))
    words = words_of(kept, tmp_path / "out.pdf", "health-safety")
    for there in ("I am not sleeping", "An assessment", "It will be done"):
        assert there in words
    for absent in ("Holidays of the team", "What is held of me", "Belongs in it", "Answer about the case"):
        assert absent not in words


@pytest.mark.parametrize("profile", ["disclosure", "union-casework", "health-safety"])
def test_a_limited_access_record_without_a_case_is_in_no_bundle_that_asks_for_none(
    session: Session, tmp_path: Path, profile: str
) -> None:
    about = {"category": "health or stress"} if profile == "health-safety" else {}
    seal_with(session, entry("concern", {"concern": "Of nobody known.", **about}))
    seal_with(session, entry("concern", {"concern": f"Of somebody known: {OWN}.", "lao": True, **about}))
    export_plan(session, SavedPlan(profile), tmp_path / "out.pdf", Choice())
    words = all_words(tmp_path / "out.pdf")
    assert "Of nobody known" in words
    assert OWN not in words
