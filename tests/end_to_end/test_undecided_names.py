"""Profiles that fail closed make no bundle while a possible name is undecided."""

from pathlib import Path

import pytest

from evidence_app.domain.plan.profile_files import profile_to_json, read_profile
from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.errors import InputError
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.decisions import decide
from evidence_app.services.bundles.exporting import export
from evidence_app.services.bundles.profiles import keep_profile, profile_named
from evidence_app.services.core.session import Session
from evidence_app.services.records.reading import Selection
from evidence_app.services.safekeeping.verifying import verify_file
from tests.support import mails, sample_documents
from tests.support.bundles import all_words, concern, listed, make, seal_with
from tests.support.entries import CASE, sample_entry
from tests.support.searching import places_of

NAME = "Morwenna Quillfeather"
CLOSED = [name for name, profile in PROFILES.items() if profile.fails_closed]
OPEN = [
    name for name, profile in PROFILES.items() if profile.pseudonyms and not profile.fails_closed and not profile.counts
]


def told(profile: str, text: str) -> dict:
    """Return an entry with a text, of a kind that the profile takes in."""
    kinds = PROFILES[profile].kinds
    if PROFILES[profile].health_only:
        return sample_entry("health-and-safety", case_ref=CASE, fields={"what": text})
    if not kinds or "concern" in kinds:
        return concern(text)
    return sample_entry("instruction", case_ref=CASE, fields={"exact_words": text})


def refused(session: Session, profile: str, out: Path) -> str:
    size = session.store.log.size()
    with pytest.raises(InputError, match=r"may be (?:names|a name)") as caught:
        export(session, profile, out, Selection(), case_ref=CASE)
    assert not out.exists(), "it was refused and left a file"
    assert session.store.log.size() == size, "it was refused and sealed as an export"
    return caught.value.sentence


def test_profiles_for_outside_recipients_fail_closed() -> None:
    assert {"union-casework", "grievance", "tribunal", "disclosure"} <= set(CLOSED)


@pytest.mark.parametrize("profile", CLOSED)
def test_an_undecided_name_stops_the_export(profile: str, session: Session, tmp_path: Path) -> None:
    seal_with(session, told(profile, f"On that day {NAME} had not come."))
    said = refused(session, profile, tmp_path / "out.pdf")
    assert f"“{NAME}” (record 1)" in said, "the sentence does not say which words, and where"
    assert "review" in said, "the sentence does not say what to do"


@pytest.mark.parametrize("profile", CLOSED)
def test_kept_names_are_shown_and_withheld_names_are_removed(profile: str, session: Session, tmp_path: Path) -> None:
    seal_with(session, told(profile, f"On that day {NAME} had not come. We were in Amblewick."))
    refused(session, profile, tmp_path / "out.pdf")
    decide(session, keep=["Amblewick"])
    refused(session, profile, tmp_path / "out.pdf")
    decide(session, withhold=[NAME])
    export(session, profile, tmp_path / "out.pdf", Selection(), case_ref=CASE)
    assert places_of(tmp_path / "out.pdf", [NAME, "Quillfeather"]) == []
    assert "We were in Amblewick." in all_words(tmp_path / "out.pdf")
    assert verify_file(tmp_path / "out.pdf").verdict is Verdict.VERIFIED


def test_a_decision_can_be_reversed(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern(f"On that day {NAME} had not come."))
    decide(session, keep=[NAME])
    export(session, "grievance", tmp_path / "kept.pdf", Selection())
    assert NAME in all_words(tmp_path / "kept.pdf")
    decide(session, withhold=[NAME.upper()])
    export(session, "grievance", tmp_path / "withheld.pdf", Selection())
    assert places_of(tmp_path / "withheld.pdf", [NAME]) == []
    decide(session, keep=[NAME.lower()])
    export(session, "grievance", tmp_path / "again.pdf", Selection())
    assert NAME in all_words(tmp_path / "again.pdf")


@pytest.mark.parametrize("profile", OPEN)
def test_other_profiles_with_pseudonyms_warn(profile: str, session: Session, tmp_path: Path) -> None:
    seal_with(session, concern(f"On that day {NAME} had not come."))
    made = export(session, profile, tmp_path / "out.pdf", Selection(), case_ref=CASE)
    assert [warning for warning in made.warnings if f"“{NAME}”" in warning and "shown as" in warning]


@pytest.mark.parametrize("where", ["a mail", "a mail's subject", "a text file", "a PDF", "a file's name", "a title"])
def test_a_name_needs_a_decision_wherever_it_is_shown(where: str, session: Session, tmp_path: Path) -> None:
    files = {
        "a mail": {"a.eml": mails.sent(body=f"On that day {NAME} came.\r\n")},
        "a mail's subject": {"a.eml": mails.sent(subject=f"about {NAME} again")},
        "a text file": {"a.txt": f"on that day {NAME} came".encode()},
        "a PDF": {"a.pdf": sample_documents.letter([f"on that day {NAME} came"])},
        "a file's name": {f"letter to {NAME} again.txt": b"nothing"},
    }.get(where, {})
    entry = sample_entry("message", case_ref=CASE, fields={"subject": "late reports", "direction": "sent"})
    if where == "a title":
        entry["fields"]["subject"] = f"about {NAME} again"
    seal_with(session, entry, files)
    with pytest.raises(InputError, match=NAME):
        make(session, listed("tribunal", [1], files.values()), tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


def test_names_that_are_not_shown_need_no_decision(session: Session, tmp_path: Path) -> None:
    """A file that nobody has looked through is a slip sheet; a field that is withheld is not there."""
    seal_with(session, concern("reports were late"), {"a.txt": f"on that day {NAME} came".encode()})
    seal_with(session, sample_entry("incident", fields={"rep": {"person": NAME, "role": "Union rep"}}))
    seal_with(session, sample_entry("note", fields={"text": f"on that day {NAME} came"}))
    export(session, "tribunal", tmp_path / "out.pdf", Selection(), case_ref=CASE)
    assert places_of(tmp_path / "out.pdf", [NAME]) == []


def test_a_custom_profile_can_fail_closed(session: Session, tmp_path: Path) -> None:
    own = profile_to_json(profile_named(session, "officer")) | {"name": "mine", "fails_closed": True}
    keep_profile(session, read_profile(own))
    seal_with(session, concern(f"On that day {NAME} had not come."))
    refused(session, "mine", tmp_path / "out.pdf")


def test_a_name_in_a_file_in_a_mail_needs_a_decision(session: Session, tmp_path: Path) -> None:
    parts = [
        mails.part(["Content-Type: text/plain; charset=utf-8"], "see below"),
        mails.part(
            ["Content-Type: text/plain; charset=utf-8", 'Content-Disposition: attachment; filename="a.txt"'],
            f"on that day {NAME} came",
        ),
    ]
    content = mails.multipart("mixed", parts, [f"From: {mails.OFFICER}", f"To: {mails.MANAGER}", "Subject: late"])
    seal_with(session, concern("reports were late"), {"a.eml": content})
    with pytest.raises(InputError, match=r"may be (?:names|a name)"):
        make(session, listed("tribunal", [1], [content]), tmp_path / "out.pdf")


def test_a_name_with_an_apostrophe_can_be_kept(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern("On that day we met O’Tavistock there."))
    decide(session, keep=["O’Tavistock"])
    export(session, "grievance", tmp_path / "out.pdf", Selection())
