"""The matrix "Who knew what, when": a column for each person and a row for each day, from sealed records alone."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import REGULAR
from evidence_app.bundle.typeset.page_writer import PageWriter
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.domain.summary.overview import Knew, most_often, who_knew
from evidence_app.proof.encoding.times import day_in_words

PEOPLE_ACROSS: Final = 5
"""Columns of people in one table; more people get further tables."""
MAX_PEOPLE: Final = 15
WHEN_WIDTH: Final = 84.0


def lay_out_knowledge(plan: Plan, flow: PageWriter) -> bool:
    """Set the matrix. Return false, with nothing set, if no record shows what anybody knew."""
    knew = who_knew([each.shown for each in plan.chronological()])
    if not knew:
        return False
    flow.heading("Who knew what, when", "knowledge")
    flow.paragraph(
        "What sealed records and receipts show of each person: that they said, were told, were sent, opened, answered. The number is the record. "
        "That a mail was sent or opened does not show that it was read.",
        size=8.5,
        colour=t.SOFT,
        after=8,
    )
    people = most_often(knew)[:MAX_PEOPLE]
    for start in range(0, len(people), PEOPLE_ACROSS):
        _matrix(people[start : start + PEOPLE_ACROSS], knew, flow)
    left = len(most_often(knew)) - len(people)
    if left > 0:
        flow.paragraph(f"{left} more people come up; the records name them.", REGULAR, 8.5, t.SOFT)
    return True


def _matrix(people: Sequence[str], knew: Sequence[Knew], flow: PageWriter) -> None:
    """Set the table of some people: their days in rows, and in each cell what they did, each entry once."""
    width = (flow.width - WHEN_WIDTH) / len(people)
    columns = [Column("When", 0, WHEN_WIDTH, size=7.5)]
    columns += [Column(name, WHEN_WIDTH + number * width, width, size=7.5) for number, name in enumerate(people)]
    days: dict[date, dict[str, list[str]]] = {}
    for entry in knew:
        if entry.who in people:
            cell = days.setdefault(entry.day, {}).setdefault(entry.who, [])
            text = f"{entry.what} ({entry.record.number})"
            if text not in cell:
                cell.append(text)
    rows = [
        Row((day_in_words(day), *("; ".join(days[day].get(name, [])) for name in people)), most_lines=6)
        for day in sorted(days)
    ]
    table(flow, columns, rows)
