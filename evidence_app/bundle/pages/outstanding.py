"""Open items: outstanding replies, receipts, actions and reviews, for the person who takes the work over."""

from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset.page_writer import PageWriter
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.domain.plan.preview import record_anchor
from evidence_app.proof.encoding.times import day_in_words


def lay_out_open(plan: Plan, flow: PageWriter) -> None:
    """Set the table of open items, the longest overdue first, with redactions applied to their words."""
    flow.heading("What is open", "open")
    if not plan.open:
        flow.paragraph("Nothing waits to be done in the records chosen.")
        return
    columns = (
        Column("Since", 0, 80),
        Column("What waits", 80, flow.width - 80 - 190),
        Column("Due", flow.width - 190, 80),
        Column("State", flow.width - 110, 80),
        Column("Page", flow.width - 30, 30, right=True),
    )
    rows = [
        Row(
            (day_in_words(item.since), item.words, day_in_words(item.due), item.state, ""),
            record_anchor(item.record.key),
            most_lines=5,
        )
        for item in plan.open
    ]
    table(flow, columns, rows)
