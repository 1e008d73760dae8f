"""The directory of cases and people, derived from the records."""

from datetime import date

import pytest

from evidence_app.domain.people.directory import Directory, directory
from evidence_app.domain.people.recipients import read_person
from evidence_app.domain.record.entries import read_entry
from evidence_app.errors import InputError
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.records.directory import find_case, find_person, whole_directory
from tests.support.entries import note

SPO, HEAD = "Senior probation officer", "Head of PDU"


def instruction(day: str, who: str, role: str = SPO, case: str = "X000412") -> dict:
    fields = {"exact_words": "Move him to monthly.", "given_by": {"person": who, "role": role}}
    return {"kind": "instruction", "event_at": day, "event_precision": "date only", "case_ref": case, "fields": fields}


def message(day: str, sender: str, to: str) -> dict:
    fields = {"direction": "received", "subject": "About it", "from": sender, "to": [to]}
    return {"kind": "message", "event_at": day, "event_precision": "date only", "fields": fields}


def of(session: Session, *entries: dict) -> Directory:
    for entry in entries:
        seal(session, read_entry(entry))
    return whole_directory(session)


def test_who_was_whose_manager_when(session: Session) -> None:
    found = of(
        session,
        instruction("2025-08-20", "P. Winter"),
        instruction("2025-03-17", "J. Marsh"),
        instruction("2025-05-12", "J. Marsh"),
    )
    (case,) = found.cases
    assert (case.first, case.last, len(case.records)) == (date(2025, 3, 17), date(2025, 8, 20), 3)
    assert [(name, stretch.in_words()) for name, stretch in case.people] == [
        ("J. Marsh", f"{SPO}: Mon 17 Mar 2025 to Mon 12 May 2025"),
        ("P. Winter", f"{SPO}: Wed 20 Aug 2025"),
    ]
    assert case.records == [2, 3, 1], "not in the order in which things happened"


def test_a_role_that_changes_and_returns_is_three_periods(session: Session) -> None:
    found = of(
        session,
        instruction("2025-03-17", "J. Marsh"),
        instruction("2025-05-12", "J. Marsh", HEAD),
        instruction("2025-06-12", "J. Marsh"),
    )
    marsh = next(each for each in found.people if each.name == "J. Marsh")
    assert [stretch.role for stretch in marsh.roles] == [SPO, HEAD, SPO]
    assert marsh.role == SPO


def test_two_forms_of_a_name_are_one_person(session: Session) -> None:
    found = of(session, instruction("2025-03-17", "J. Marsh"), instruction("2025-03-18", "J  MARSH"))
    assert [each.name for each in found.people if "arsh" in each.name.lower()] == ["J. Marsh"]


def test_a_mail_names_people_by_their_addresses(session: Session) -> None:
    change_setting(session, "people", ["T. Okoro; Head of PDU; okoro@office.example"])
    found = of(
        session,
        message("2025-04-02", "J. Marsh <marsh@office.example>", "OKORO@office.example"),
        message("2025-04-03", "marsh@office.example", "nobody-knows@office.example"),
    )
    people = {each.name: each for each in found.people}
    assert people["J. Marsh"].records == [1, 2]
    assert people["T. Okoro"].records == [1]
    assert people["T. Okoro"].addresses == ["okoro@office.example"]
    assert not any("nobody" in name for name in people)


def test_people_in_the_settings_are_listed_before_any_record_names_them() -> None:
    found = directory([], [read_person("K. Dale; Senior probation officer; spo@office.example")])
    assert [(each.name, each.records) for each in found.people] == [("K. Dale", [])]


def test_limited_access_marks_the_case(session: Session) -> None:
    entry = note("A limited matter.", case_ref="X000999")
    entry["fields"]["lao"] = True
    found = of(session, entry, note("Another.", case_ref="X000999"), note("Open.", case_ref="X000412"))
    assert {case.ref: case.limited for case in found.cases} == {"X000412": False, "X000999": True}


def test_the_pseudonyms_of_a_case_are_listed_with_their_bundle(session: Session, tmp_path) -> None:
    from evidence_app.services.bundles.exporting import export
    from evidence_app.services.records.reading import choose

    of(session, instruction("2025-03-17", "J. Marsh"))
    made = export(session, "tribunal", tmp_path / "out.pdf", choose(case_ref="X000412"))
    (case,) = whole_directory(session).cases
    ((pseudonym, index),) = case.pseudonyms
    assert pseudonym.startswith("client ")
    assert index == made.index


def test_finding_one_case_or_person(session: Session) -> None:
    of(session, instruction("2025-03-17", "J. Marsh"), instruction("2025-03-18", "J. Marshall", case="X000413"))
    assert find_case(session, " x000412 ").ref == "X000412"
    assert find_person(session, "j. marsh").name == "J. Marsh", "the whole name, though another begins with it"
    assert find_person(session, "marshal").name == "J. Marshall"
    for name in ("nobody", "j.", ""):
        with pytest.raises(InputError):
            find_person(session, name)
    with pytest.raises(InputError):
        find_case(session, "X000499")
