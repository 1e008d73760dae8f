"""Workload over time, and items due in the same week."""

import re
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pypdfium2

from evidence_app.domain.record.common_fields import TASKS
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.summary.load_figures import HOURS_BY_TASK
from evidence_app.domain.summary.workload import Workload
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.records.directory import whole_workload
from tests.support.bundles import all_words, listed


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


def test_a_load_is_judged_without_a_measurement_tool(session: Session) -> None:
    found = of(
        session,
        snapshot(
            "2026-03-02",
            cases_total=38,
            by_rosh={"high": 6, "very_high": 1},
            by_type={"community": 20, "licence": 12, "custody": 6},
            by_need={"child_protection": 4, "mappa": 3, "tier_a_b": 9, "hours": 31.5},
            contracted_hours=37,
        ),
        snapshot(
            "2026-09-07",
            cases_total=52,
            by_rosh={"high": 11, "very_high": 1},
            by_need={"child_protection": 9, "tier_a_b": 17, "hours": 46},
            contracted_hours=37,
            miles=410,
        ),
    )
    first, last = found.snapshots
    assert first.percent is None
    assert first.made_of.startswith("Community orders 20, On licence 12, In custody 6, High risk 6, Very high risk 1")
    assert "Miles travelled 410" in last.made_of
    words = found.in_words()
    assert "WMT" not in words
    assert "Cases 38 → 52" in words
    assert "High risk 6 → 11" in words
    assert "Child protection 4 → 9" in words
    assert "Very high risk" not in words, "what did not change is not said to have changed"
    assert "On licence" not in words, "a figure that was said once did not change"
    assert "The cases took more hours than are contracted in 1 of 2." in words
    over = {str(each.figure.label): each.values for each in found.over_time()}
    assert over["MAPPA"] == ((0, 3.0),)
    assert over["Tier A and B cases"] == ((0, 9.0), (1, 17.0))


def test_a_bundle_draws_the_load_with_a_red_line_only_where_a_tool_gave_per_cents(
    session: Session, tmp_path: Path
) -> None:
    def words_of(*records: int) -> str:
        out = tmp_path / f"{len(records)}.pdf"
        export_plan(session, listed("officer", records), out, Choice())
        return all_words(out)

    made_of: dict[str, Any] = {"by_need": {"mappa": 3}, "contracted_hours": 37}
    first = seal(session, read_entry(snapshot("2026-03-02", cases_total=38, **made_of))).index
    second = seal(session, read_entry(snapshot("2026-05-04", cases_total=44, **made_of))).index
    without = words_of(first, second)
    assert "What the load was made of" in without
    assert "MAPPA" in without
    assert "110 %" not in without
    third = seal(session, read_entry(snapshot("2026-06-01", cases_total=45, wmt_pct=118))).index
    assert "110 %" in words_of(first, second, third)


def test_no_number_of_the_drawing_stands_over_another_or_over_the_line(session: Session, tmp_path: Path) -> None:
    days = ("03-03", "03-09", "03-17", "04-28", "06-16", "07-21", "09-08", "12-01")
    percents = (98.4, 104.1, 109.8, 110.2, 112.7, 118.2, 121.4, 97)
    places = [
        seal(session, read_entry(snapshot(f"2025-{day}", cases_total=50 + place, wmt_pct=percent))).index
        for place, (day, percent) in enumerate(zip(days, percents, strict=True))
    ]
    out = tmp_path / "out.pdf"
    export_plan(session, listed("officer", places), out, Choice())
    numbers = boxes_of(out, "diamonds: WMT", re.compile(r"\d[\d.]* %"))
    assert {"98.4 %", "121.4 %", "110 %"} <= numbers.keys()
    assert len(numbers) >= 7, "only where there is no room a number is left out"
    for (one, first), (other, second) in combinations(numbers.items(), 2):
        beside = first[2] <= second[0] or second[2] <= first[0] or first[3] <= second[1] or second[3] <= first[1]
        assert beside, f"{one} stands over {other}"


def boxes_of(out: Path, page_of: str, pattern: re.Pattern[str]) -> dict[str, tuple[float, ...]]:
    """Return where each text of a pattern stands on the page that holds some words: left, lower, right, upper edge."""
    with pypdfium2.PdfDocument(out) as document:
        for page in document:
            words = page.get_textpage()
            text = words.get_text_range()
            if page_of in text:
                drawing = text[text.index("The period, drawn") : text.index("recorded")]
                start = text.index("The period, drawn")
                found = {}
                for match in pattern.finditer(drawing):
                    boxes = [words.get_charbox(start + place) for place in range(match.start(), match.end() - 2)]
                    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
                    found[match[0]] = (left, min(box[1] for box in boxes), right, max(box[3] for box in boxes))
                return found
    raise AssertionError(f"no page says {page_of}")


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


def test_a_diary_of_hours_says_what_took_most_of_them(session: Session) -> None:
    found = of(
        session,
        snapshot("2026-03-02", cases_total=38, by_task={"assessments": 14.5, "seeing": 12, "travel": 5.5}),
        snapshot("2026-03-09", cases_total=38, by_task={"assessments": 16, "seeing": 9}),
    )
    assert "Of 57 hours noted by task, 30.5 (54 %) went on: OASys and other assessments." in found.in_words()
    assert "Hours: travel 5.5" in found.snapshots[0].made_of


def test_every_task_of_the_diary_is_drawn() -> None:
    assert [each.part for each in HOURS_BY_TASK] == [part.name for part in TASKS]
