"""Workload over time, and items due in the same week."""

from datetime import date

from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.summary.workload import Workload
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.records.directory import whole_workload


def snapshot(day: str, **fields: object) -> dict:
    return {"kind": "workload", "event_at": day, "event_precision": "date only", "fields": fields}


def meeting(day: str, *due: str, **more: object) -> dict:
    actions = [{"who": "R. Hale", "what": f"Thing {number}", "due": each} for number, each in enumerate(due, start=1)]
    fields = {"type": "1:1 supervision", "actions": actions, **more}
    return {"kind": "meeting", "event_at": day, "event_precision": "date only", "fields": fields}


def of(session: Session, *entries: dict) -> Workload:
    for entry in entries:
        seal(session, read_entry(entry))
    return whole_workload(session)


def test_snapshots_are_in_order_and_flag_what_is_above_the_limit(session: Session) -> None:
    found = of(
        session,
        snapshot("2025-09-08", wmt_pct=121.4, cases_total=58),
        snapshot("2025-03-03", wmt_pct=110, cases_total=48, due_in_next_14d={"assessments": 5, "psr": 1}),
        snapshot("2025-06-01", wmt_not_available=True, cases_total=50),
    )
    assert [(each.day.month, each.percent, each.over) for each in found.snapshots] == [
        (3, 110.0, False),
        (6, None, False),
        (9, 121.4, True),
    ]
    assert found.snapshots[0].due_together == 6
    assert found.snapshots[0].due_in_words() == "5 × assessments, 1 × pre-sentence reports"
    words = found.in_words()
    assert "above 110 % in 1 of 2" in words
    assert "highest 121.4 % on Mon 8 Sep 2025" in words


def test_items_due_in_one_week_are_grouped(session: Session) -> None:
    found = of(
        session,
        meeting("2025-03-03", "2025-03-17", "2025-03-21", "2025-03-24"),
        meeting("2025-03-04", "2025-03-23"),
    )
    assert [(week.monday, len(week.things)) for week in found.weeks] == [
        (date(2025, 3, 17), 3),
        (date(2025, 3, 24), 1),
    ]
    assert found.weeks[0].things[-1] == (2, "Action: R. Hale: Thing 1")


def test_an_empty_workload_says_so(session: Session) -> None:
    assert whole_workload(session).in_words() == "No workload snapshot is sealed yet."
