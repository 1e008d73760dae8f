"""Assessments, as they were recorded at the time: for each tool a row for each record of it, with the reason that was given then."""

from collections.abc import Sequence
from typing import Final

from evidence_app.bundle.typeset.page_writer import PageWriter
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.domain.plan.preview import record_anchor
from evidence_app.domain.record.cases.assessments import tool_standings
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.time.times import london_day, typed_day
from evidence_app.proof.encoding.times import day_in_words

MAX_LINES: Final = 42
"""Lines of a row: nearly a page. What goes on stands on the page that the row names."""


def lay_out_assessments(records: Sequence[SealedRecord], flow: PageWriter) -> None:
    """Set the table, tool by tool and each in the order of time; nothing where no record is an assessment."""
    found = tool_standings(records)
    if not found:
        return
    has_several_cases = len({case for case, _ in found}) > 1
    has_several_authors = len({record.author_name for _, standing in found for record in standing.records}) > 1
    rows = [
        _row(record, case if has_several_cases else "", record.author_name if has_several_authors else "")
        for case, standing in found
        for record in standing.records
    ]
    columns = (
        Column("Which", 0, 92),
        Column("On", 92, 76),
        Column("How it stood", 168, 112),
        Column("Why, or what it says", 280, flow.width - 280 - 36),
        Column("Page", flow.width - 30, 30, right=True),
    )
    table(flow, columns, rows, title="Assessments, as they were recorded at the time")


def _row(record: SealedRecord, case: str, author: str) -> Row:
    """Return the row of a record, with its case and its author where there are several."""
    fields = record.fields
    days = [
        f"{words} {day_in_words(typed_day(str(fields[name])))}"
        for name, words in (("done_on", "last done"), ("due", "due"))
        if fields.get(name)
    ]
    stood = ", ".join([str(fields.get("state", "")), *days])
    why = "; ".join(str(fields[name]) for name in ("result", "why") if fields.get(name))
    which = ", ".join(part for part in (str(fields.get("tool", "")), case) if part)
    cells = (
        f"{which} (noted by {author})" if author else which,
        day_in_words(london_day(record.event[0])),
        stood,
        why,
        "",
    )
    return Row(cells, record_anchor(record.key), most_lines=MAX_LINES)
