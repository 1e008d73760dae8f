"""The ledger of allocations, the register of policies, the load on the day of a decision, and the scale sheet without names."""

from datetime import date
from typing import Any

import pytest

from evidence_app.domain.people.directory import directory
from evidence_app.domain.summary.allocations import allocations_in, in_words, of_case
from evidence_app.domain.summary.load_on_day import load_on
from evidence_app.domain.summary.period import period_of
from evidence_app.domain.summary.scale import scale_of
from evidence_app.errors import InputError
from evidence_app.services.core.session import Session
from evidence_app.services.records.policies import policies_in
from evidence_app.services.records.reading import choose
from evidence_app.services.records.scale import scale
from tests.support.bundles import seal_with
from tests.support.casebook import Casebook

MANAGER = {"person": "K. Dale", "role": "Senior probation officer"}


@pytest.fixture
def book() -> Casebook:
    return Casebook()


def rows(book: Casebook, title: str) -> dict[str, int]:
    (table,) = [each for each in scale_of([book.records]).tables if each.title == title]
    return dict(table.rows)


def test_the_ledger_says_what_was_given_and_what_it_came_to(book: Casebook) -> None:
    book.add(
        "allocation",
        "2026-05-04",
        words="Here are another 3 cases. Off you go.",
        allocated_by=MANAGER,
        papers="without papers",
        cases=["X100001", "X100002", "X100003"],
        without_officer_since="2026-04-01",
        load_before={"cases_total": 61},
        load_after={"cases_total": 64},
        objection="I have no hours for them.",
    )
    book.add("allocation", "2026-06-01", words="One more.", cases=["X100001"], papers="with papers")
    ledger = allocations_in(book.records)
    assert [(each.before, each.after, each.days_without, each.objected, each.answered) for each in ledger] == [
        (61, 64, 33, True, False),
        (None, None, 0, False, False),
    ]
    assert len(of_case(ledger, "X100001")) == 2
    assert len(of_case(ledger, "X100003")) == 1
    assert in_words(ledger) == (
        "Allocations: 2. Different cases: 3, of which without papers: 3. Objections: 1, of which answered: 0."
    )


def test_a_case_says_how_often_it_changed_hands(book: Casebook) -> None:
    before = {"person": "T. Marsh", "role": "Probation officer"}
    book.add("note", "2026-05-01", text="Nobody allocated this one.", case_ref="X100009")
    book.add(
        "allocation",
        "2026-05-04",
        words="Yours now.",
        cases=["X100001"],
        from_officer=before,
        without_officer_since="2026-04-01",
    )
    book.add(
        "allocation",
        "2026-08-10",
        words="Back to you.",
        cases=["X100001"],
        from_officer={"person": "t. marsh"},
        without_officer_since="2026-08-03",
    )
    book.add("allocation", "2026-09-01", words="And again.", cases=["X100001"], from_officer={"person": "A. Reed"})
    case, other = directory(book.records).cases
    assert case.hands_in_words() == (
        "Allocated 3 times, 2 officers named before me, 40 days without an officer, as the records say."
    )
    assert other.hands_in_words() == ""


def test_an_instruction_of_many_cases_is_in_the_time_of_each_and_with_each_person(book: Casebook) -> None:
    book.add("instruction", "2026-09-01", exact_words="All.", given_by=MANAGER, cases=["X100001", "X100002"])
    book.add("decision", "2026-10-01", rationale="Weekly.", case_ref="X100001")
    period = period_of(book.records, [], date(2026, 11, 2))
    assert [str(mark.record) for mark in period.of_case("X100001").marks] == ["0", "1"]
    assert [str(mark.record) for mark in period.of_case("X100002").marks] == ["0"]
    found = directory(book.records)
    (manager,) = (each for each in found.people if each.name == MANAGER["person"])
    assert manager.cases == ["X100001", "X100002"]
    assert [name for name, _ in found.cases[1].people] == [MANAGER["person"]]


def test_of_a_policy_the_version_that_began_last_is_in_force(session: Session) -> None:
    def policy(day: str, version: str, **more: Any) -> int:
        fields = {"policy_title": "Reset", "policy_version": version, **more}
        return seal_with(session, {"kind": "policy", "event_at": day, "event_precision": "date only", "fields": fields})

    policy("2026-01-05", "1", in_force_from="2026-01-01")
    second = policy("2026-06-05", "2", in_force_from="2026-06-01")
    noted = policy("2026-09-05", "3")
    assert [each.record for each in policies_in(session, date(2026, 7, 1))] == [second]
    assert [each.record for each in policies_in(session, date(2026, 10, 1))] == [noted]


def test_the_load_on_the_day_is_the_last_figure_before_it(book: Casebook) -> None:
    book.add("workload", "2026-04-01", cases_total=40)
    book.add("workload", "2026-05-02", cases_total=61, by_need={"mappa": 4, "domestic_abuse": 30}, wmt_pct=142)
    book.add("workload", "2026-05-20", cases_total=80)
    decision = book.records[book.add("decision", "2026-05-05", rationale="Weekly stays.")]
    assert (
        load_on(decision, book.records) == "61 cases, 30 domestic abuse, 4 MAPPA, WMT 142 % (record 1, 3 days before)"
    )
    late = book.records[book.add("decision", "2026-12-05", rationale="Weekly stays.")]
    assert load_on(late, book.records) == "", "a figure of half a year ago says nothing of that day"


def test_the_scale_sheet_counts_each_case_once_and_names_nobody(book: Casebook) -> None:
    cases = [f"X{100000 + n}" for n in range(6)]
    index = book.add(
        "instruction",
        "2026-05-04",
        exact_words="All on monthlies, said Ann Vane.",
        type="move to lower frequency",
        given_by=MANAGER,
        cases=cases,
    )
    book.add("instruction", "2026-05-05", exact_words="Him too.", type="a word of Ann Vane", case_ref=cases[0])
    for day, ref, became in (
        ("2026-05-06", cases[0], "not changed"),
        ("2026-05-07", cases[0], "changed"),
        ("2026-05-07", cases[1], "changed"),
        ("2026-05-07", cases[2], "not changed"),
    ):
        more = (
            {"from_value": "weekly", "to_value": "Monthly"} if became == "changed" else {"why": "Ann Vane is at risk."}
        )
        book.add("case-outcome", day, [(index, "about")], case_ref=ref, became=became, **more)
    found = scale_of([book.records])
    assert (found.covered, found.said) == (6, 3)
    assert rows(book, "What became of the cases") == {"nothing said yet": 3, "changed": 2, "not changed": 1}
    assert rows(book, "Changed from what to what") == {"weekly → monthly": 2}
    assert rows(book, "What the instructions told, by cases") == {"move to lower frequency": 6, "in other words": 1}
    assert rows(book, "Who gave them, by role and cases") == {"Senior probation officer": 6, "not stated": 1}
    said = " ".join(found.in_words())
    for name in ("Vane", "Dale", "X1000"):
        assert name not in said


def test_a_decision_that_changed_a_case_counts_too(book: Casebook) -> None:
    book.add(
        "decision", "2026-05-07", rationale="x", case_ref="X100001", from_value="weekly", to_value="what I think best"
    )
    assert rows(book, "Changed from what to what") == {"weekly → in other words": 1}


def test_a_decision_that_keeps_a_case_as_it_is_is_no_change(book: Casebook) -> None:
    cases = ["X100001", "X100002"]
    first = book.add("instruction", "2026-05-04", exact_words="All.", cases=cases)
    outcome(book, first, "2026-05-05", cases[1], "changed", from_value="weekly", to_value="monthly")
    kept = {"from_value": "Fortnightly", "to_value": "fortnightly", "rationale": "x"}
    book.add("decision", "2026-05-07", cases=[*cases, "X100003"], **kept)
    assert rows(book, "What became of the cases") == {"changed": 1, "not changed": 1}
    assert rows(book, "Changed from what to what") == {"weekly → monthly": 1}
    assert scale_of([book.records]).beyond == 0


def outcome(book: Casebook, about: int, day: str, ref: str, became: str, **more: Any) -> int:
    return book.add("case-outcome", day, [(about, "about")], case_ref=ref, became=became, **more)


def test_the_sums_of_the_sheet_agree(book: Casebook) -> None:
    cases = [f"X{100000 + n}" for n in range(4)]
    first = book.add("instruction", "2026-05-04", exact_words="All.", type="move to lower frequency", cases=cases)
    book.add("instruction", "2026-05-05", exact_words="I said all.", type="move to lower frequency", cases=cases[:3])
    book.add("instruction", "2026-05-06", exact_words="Do your best.", type="other")
    outcome(book, first, "2026-05-07", cases[0], "changed", from_value="weekly", to_value="monthly")
    outcome(book, first, "2026-05-20", cases[0], "no longer mine")
    outcome(book, first, "2026-05-08", cases[1], "changed", from_value="weekly", to_value="monthly")
    outcome(book, first, "2026-06-08", cases[1], "changed back")
    # Sealed last, and happened before: the last that happened counts.
    outcome(book, first, "2026-05-09", cases[2], "changed", to_value="monthly")
    outcome(book, first, "2026-05-05", cases[2], "not changed")
    # Two cases of a decision, and one that no instruction covers.
    together = book.add(
        "decision",
        "2026-05-10",
        rationale="x",
        cases=["X100300", "X100301"],
        from_value="weekly",
        to_value="fortnightly",
    )
    outcome(book, together, "2026-05-11", "X100301", "changed")
    outcome(book, first, "2026-05-12", "X100777", "not changed")
    found = scale_of([book.records])
    assert (found.covered, found.said, found.beyond) == (4, 3, 2)
    became = rows(book, "What became of the cases")
    assert became == {"changed": 1, "changed back": 1, "no longer mine": 1, "nothing said yet": 1}
    assert sum(became.values()) == found.covered
    assert rows(book, "Changed from what to what") == {
        "weekly → fortnightly": 2,
        "weekly → monthly": 1,
        "not stated → monthly": 1,
    }
    assert rows(book, "What the instructions told, by cases") == {"move to lower frequency": 4}
    assert rows(book, "Instructions without a list of cases, by what they told") == {"other": 1}


def test_the_sheet_of_one_case_counts_that_case(book: Casebook) -> None:
    first = book.add("instruction", "2026-05-04", exact_words="All.", cases=["X100001", "X100002"])
    outcome(book, first, "2026-05-07", "X100001", "changed", to_value="monthly")
    found = scale_of([book.records], only="X100001")
    assert (found.covered, found.said) == (1, 1)


def test_a_period_narrows_the_instructions_and_not_what_became_of_their_cases(book: Casebook) -> None:
    first = book.add("instruction", "2026-05-04", exact_words="All.", cases=["X100001", "X100002"])
    second = book.add("instruction", "2026-09-04", exact_words="All.", cases=["X100003"])
    outcome(book, first, "2026-10-07", "X100001", "changed", to_value="monthly")
    outcome(book, second, "2026-10-07", "X100003", "not changed")
    found = scale_of([book.records], lambda record: record.event[0].month < 9)
    assert (found.covered, found.said, found.beyond) == (2, 1, 0)


def test_two_officers_cases_are_never_taken_for_one() -> None:
    logs = []
    for _ in range(2):
        book = Casebook()
        first = book.add("instruction", "2026-05-04", exact_words="All.", cases=["client QZ"])
        outcome(book, first, "2026-05-07", "client QZ", "changed", to_value="monthly")
        logs.append(book.records)
    found = scale_of(logs)
    assert (found.covered, found.said, found.logs) == (2, 2, 2)


def test_without_a_change_there_is_no_sheet(session: Session) -> None:
    with pytest.raises(InputError, match="Nothing says yet what became of a case"):
        scale(session, choose())


def test_the_register_knows_what_was_in_force_and_what_stands_under_it(session: Session) -> None:
    def policy(version: str, first: str, last: str = "") -> int:
        fields: dict[str, Any] = {"policy_title": "Reset", "policy_version": version, "in_force_from": first}
        fields |= {"in_force_to": last} if last else {}
        entry = {"kind": "policy", "event_at": first, "event_precision": "date only", "fields": fields}
        return seal_with(session, entry, {"reset.pdf": version.encode()})

    first, second = policy("1", "2026-01-01", "2026-04-30"), policy("2", "2026-05-01")
    entry = {
        "kind": "instruction",
        "event_at": "2026-05-04",
        "event_precision": "date only",
        "fields": {"exact_words": "Suspend contact.", "policy_given": "shown to me in writing"},
        "links": [{"to": second, "as": "under"}],
    }
    told = seal_with(session, entry)
    assert [each.record for each in policies_in(session)] == [first, second]
    (in_force,) = policies_in(session, date(2026, 5, 4))
    assert (in_force.record, in_force.under) == (second, (told,))
    assert "reset.pdf, SHA-256" in in_force.in_words()
    assert policies_in(session, date(2025, 1, 1)) == []


def test_the_verbs_say_where_there_is_nothing(run_cli, store_path) -> None:
    assert "No allocation is sealed yet." in run_cli("allocations", store=store_path).expect(0).stdout
    assert "No policy is in the register yet." in run_cli("policies", store=store_path).expect(0).stdout
    assert "Nothing says yet" in run_cli("scale", store=store_path).refused(2)
