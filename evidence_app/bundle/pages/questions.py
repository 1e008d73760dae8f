"""Questions to prepare for: what a reviewer may ask, and what the records say to it, with the page. Lengths are in points."""

from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.page_writer import PageWriter
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.domain.plan.preview import record_anchor
from evidence_app.domain.summary.overview import raised
from evidence_app.domain.summary.questions import questions_about


def lay_out_questions(plan: Plan, flow: PageWriter) -> bool:
    """Set the table of questions. Return false, with nothing set, if the records lead to none."""
    records = [each.shown for each in plan.chronological() if each.record.index]
    found = questions_about(records, raised(records, plan.threads))
    if not found:
        return False
    flow.heading("Questions to prepare for", "questions")
    flow.paragraph(
        "Made by the program from the records, in their order: they are what a reader of these records may ask, not what anybody will. Where nothing is "
        "noted, say what you remember as what you remember.",
        size=t.NOTE_SIZE,
        colour=t.SOFT,
        after=8,
    )
    columns = (
        Column("You may be asked", 0, 172),
        Column("What your records say", 172, flow.width - 172 - 36),
        Column("Page", flow.width - 34, 34, right=True),
    )
    linked = plan.has("records")
    rows = [
        Row((each.words, each.said, ""), record_anchor(each.record) if linked else "", most_lines=14) for each in found
    ]
    table(flow, columns, rows)
    return True
