"""Assessments: per case and tool what stands, what is due, and the reason that was given at the time (decision 48)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.people.directory import directory
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.record.cases.assessments import tool_standings
from evidence_app.domain.settings import Settings
from evidence_app.domain.summary.questions import questions_about
from evidence_app.domain.summary.story import story_of
from evidence_app.domain.summary.workload import workload_of
from evidence_app.domain.thread.due_items import due_items
from evidence_app.domain.thread.threads import all_threads
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.session import Session
from tests.support.bundles import all_words, seal_with
from tests.support.casebook import Casebook

CASE, OTHER = "X000412", "X000581"
WHY = "Two weeks' leave was cancelled to do the court reports first."


@pytest.fixture
def book() -> Casebook:
    return Casebook()


def assess(book: Casebook, at: str, state: str, tool: str = "SARA", **more: Any) -> int:
    return book.add("assessment", at, **({"tool": tool, "state": state, "case_ref": CASE} | more))


def due(book: Casebook, today: str) -> list[Any]:
    day, settings = date.fromisoformat(today), Settings()
    return due_items(all_threads(book.records, day, settings), book.records, day, settings)


def test_the_last_record_of_a_tool_says_how_it_stands(book: Casebook) -> None:
    assess(book, "2025-02-03", "done", result="medium")
    first = assess(book, "2025-09-01", "not done", due="2025-09-12", why=WHY)
    assess(book, "2025-09-02", "done", tool="OASys", done_on="2025-08-29")
    assess(book, "2025-09-03", "done", case_ref=OTHER)
    ((of_case, oasys), (_, sara), (other, _)) = tool_standings(book.records)
    assert (of_case, other) == (CASE, OTHER)
    assert (sara.state, sara.done_on, sara.due, sara.why) == ("not done", date(2025, 2, 3), date(2025, 9, 12), WHY)
    assert sara.in_words() == f"SARA: not done, last done Mon 3 Feb 2025, due Fri 12 Sep 2025 (record {first})"
    assert oasys.done_on == date(2025, 8, 29), "the day that is said, and not the day of the record"


def test_what_was_sealed_late_does_not_count_as_the_last(book: Casebook) -> None:
    stands = assess(book, "2025-09-01", "not done")
    assess(book, "2025-03-01", "done")
    ((_, sara),) = tool_standings(book.records)
    assert sara.last.index == stands


def test_the_date_of_an_assessment_is_chased_until_a_later_one_says_how_it_stands(book: Casebook) -> None:
    first = assess(book, "2025-09-01", "not done", due="2025-09-12")
    other_tool = assess(book, "2025-09-01", "not done", tool="ARMS", due="2025-09-12")
    other_case = assess(book, "2025-09-01", "not done", due="2025-09-12", case_ref=OTHER)
    assert [each.record.index for each in due(book, "2025-09-15")] == [first, other_tool, other_case]
    assert due(book, "2025-09-15")[0].words == "Due: assessment 0: SARA; not done"
    done = assess(book, "2025-09-16", "done", tool="sara ", due="2026-03-16")
    assert [each.record.index for each in due(book, "2025-09-17")] == [other_tool, other_case]
    assert done in [each.record.index for each in due(book, "2026-03-17")], "the next is due after one was done"


@pytest.mark.parametrize("how", ["outcome", "not needed"])
def test_a_date_ends_by_an_outcome_and_by_not_being_needed(book: Casebook, how: str) -> None:
    first = assess(book, "2025-09-01", "not done" if how == "outcome" else how, due="2025-09-12")
    if how == "outcome":
        book.add("outcome", "2025-09-13", [(first, "results from")], item="assessment", state="overtaken")
    assert due(book, "2025-09-15") == []


def test_a_date_that_was_kept_or_missed_is_fulfilled_once_it_was_done(book: Casebook) -> None:
    assess(book, "2025-09-16", "done", done_on="2025-09-15", due="2025-09-12")
    assert due(book, "2025-10-01") == []


def test_a_word_on_how_far_it_is_leaves_the_date(book: Casebook) -> None:
    assess(book, "2025-09-01", "not done", due="2025-09-12")
    begun = assess(book, "2025-09-05", "begun")
    (item,) = due(book, "2025-09-15")
    assert (item.record.index, item.due) == (begun, date(2025, 9, 12))
    assess(book, "2025-09-16", "done")
    assess(book, "2025-09-17", "begun")
    assert due(book, "2025-09-20") == [], "what was done ended it"


def test_records_without_a_case_stand_for_themselves(book: Casebook) -> None:
    first = assess(book, "2025-09-01", "not done", due="2025-09-12", case_ref="")
    assess(book, "2025-09-05", "done", case_ref="")
    assert [each.record.index for each in due(book, "2025-09-20")] == [first]


def test_of_one_day_the_record_that_was_sealed_last_counts_where_a_time_is_not_known(book: Casebook) -> None:
    assess(book, "2025-09-01T09:00", "not done", due="2025-09-01")
    assess(book, "2025-09-01", "done")
    ((_, sara),) = tool_standings(book.records)
    assert sara.state == "done"
    timed = Casebook()
    assess(timed, "2025-09-01T15:00", "done")
    assess(timed, "2025-09-01T09:00", "not done")
    ((_, sara),) = tool_standings(timed.records)
    assert sara.state == "done", "both times are known"


def test_a_correction_takes_the_place_of_what_it_corrects(book: Casebook) -> None:
    wrong = assess(book, "2025-09-01", "not done", tool="OASys", due="2025-09-12")
    book.add("assessment", "2025-09-02", [(wrong, "corrects")], tool="SARA", state="done", case_ref=CASE)
    assert [standing.tool for _, standing in tool_standings(book.records)] == ["SARA"]
    assert due(book, "2025-09-20") == []
    later = Casebook()
    first = assess(later, "2025-03-01", "not done", why="No time.")
    assess(later, "2025-04-01", "done")
    later.add("assessment", "2025-04-05", [(first, "corrects")], tool="SARA", state="not done", why=WHY, case_ref=CASE)
    ((_, sara),) = tool_standings(later.records)
    assert [each.fields["state"] for each in sara.records] == ["not done", "done"]


def test_what_fell_due_in_a_week_counts_assessments(book: Casebook) -> None:
    assess(book, "2025-09-01", "not done", due="2025-09-12")
    (week,) = workload_of(book.records).weeks
    assert week.monday == date(2025, 9, 8)


def test_two_logs_are_not_mixed(book: Casebook) -> None:
    handed_over = Casebook("P. Other", handover=4)
    assess(book, "2025-09-01", "not done")
    assess(handed_over, "2025-09-02", "done")
    assert [standing.state for _, standing in tool_standings([*book.records, *handed_over.records])] == [
        "not done",
        "done",
    ]


def test_a_case_lists_its_tools(book: Casebook) -> None:
    assess(book, "2025-09-01", "not done", why=WHY)
    assess(book, "2025-09-02", "done", tool="OASys")
    (case,) = directory(book.records).cases
    assert [each.tool for each in case.assessed] == ["OASys", "SARA"]


def test_a_review_asks_why_and_the_story_tells_it(book: Casebook) -> None:
    assess(book, "2025-09-01", "not done", why=WHY)
    assess(book, "2025-09-02", "done", tool="OASys")
    (question,) = questions_about(book.records, [])
    assert (question.words, question.said) == ("Why was SARA not done by Mon 1 Sep 2025?", WHY)
    (line,) = story_of(book.records, [])
    assert WHY in line.text


def test_a_bundle_about_the_case_shows_each_reason_as_it_was_given(session: Session, tmp_path: Path) -> None:
    for day, state, why in (("2025-09-01", "not done", WHY), ("2025-10-01", "done", "")):
        fields = {"tool": "SARA", "state": state} | ({"why": why} if why else {})
        entry = {"kind": "assessment", "event_at": day, "event_precision": "date only", "case_ref": CASE}
        seal_with(session, entry | {"fields": fields})
    seal_with(session, entry | {"case_ref": OTHER, "fields": {"tool": "ARMS", "state": "begun"}})
    export_plan(session, SavedPlan("sfo-review"), tmp_path / "out.pdf", Choice(case_ref=CASE))
    words = " ".join(all_words(tmp_path / "out.pdf").split())
    assert "Assessments, as they were recorded at the time" in words
    assert words.count(WHY) >= 2, "in the table, and in its record"
    assert "ARMS" not in words


def test_an_assessment_that_names_no_case_is_in_no_bundle_about_one(session: Session, tmp_path: Path) -> None:
    entry = {"kind": "assessment", "event_at": "2025-09-01", "event_precision": "date only"}
    seal_with(session, entry | {"case_ref": CASE, "fields": {"tool": "SARA", "state": "done"}})
    seal_with(session, entry | {"fields": {"tool": "ARMS", "state": "not done", "why": WHY}})
    export_plan(session, SavedPlan("sfo-review"), tmp_path / "out.pdf", Choice(case_ref=CASE))
    words = " ".join(all_words(tmp_path / "out.pdf").split())
    assert "SARA" in words
    assert "ARMS" not in words
    assert WHY not in words


def test_of_several_cases_each_row_names_its_own(session: Session, tmp_path: Path) -> None:
    entry = {"kind": "assessment", "event_at": "2025-09-01", "event_precision": "date only"}
    for case, state in ((CASE, "not done"), (OTHER, "done")):
        seal_with(session, entry | {"case_ref": case, "fields": {"tool": "SARA", "state": state}})
    export_plan(session, SavedPlan("officer"), tmp_path / "out.pdf", Choice())
    words = " ".join(all_words(tmp_path / "out.pdf").split())
    assert f"SARA, {CASE}" in words
    assert f"SARA, {OTHER}" in words


def test_on_the_command_line(run_cli, store_path: Path) -> None:
    sealed = '{"kind":"assessment","event_at":"2025-09-01","event_precision":"date only","case_ref":"X000412","fields":{"tool":"SARA","state":"not done","due":"2025-09-12","why":"No time\\nwas left."}}'
    run_cli("seal", "-", store=store_path, stdin=sealed.encode()).expect(0)
    (stands,) = run_cli("cases", CASE, "--json", store=store_path).expect(0).json["assessments"]
    assert stands == {
        "tool": "SARA",
        "state": "not done",
        "done_on": None,
        "due": "2025-09-12",
        "why": "No time\nwas left.",
        "record": "1",
        "records": ["1"],
    }
    said = run_cli("cases", CASE, store=store_path).expect(0).stdout
    assert "    SARA: not done, due Fri 12 Sep 2025 (record 1)\n        No time was left.\n" in said
    assert "SARA; not done" in run_cli("chase", store=store_path).stdout
