"""Counts alone: how often, of what sort, with small numbers left unsaid, so that nothing leads back to a person."""

from evidence_app.bundle.plan import Plan
from evidence_app.bundle.tables import Column, Row, table
from evidence_app.bundle.typesetting import Flow
from evidence_app.domain.counting import SMALLEST, SUPPRESSED, tables, workload_range


def lay_out_counts(plan: Plan, flow: Flow) -> None:
    """Set the tables of counts over the records that were chosen."""
    flow.heading("Counts", "counts")
    flow.paragraph(
        f"Counts over records that stay with their author. A count under {SMALLEST} is not said, nor one from which such a count could be worked "
        "out. Nothing here is proved by the log: the counts are their author's word.",
        size=9,
        after=10,
    )
    columns = (Column("What", 0, 300), Column("How many", 300, 80, right=True))
    for each in tables(plan.counted):
        flow.heading(each.title, level=1)
        table(flow, columns, [Row((name, SUPPRESSED if count is None else str(count))) for name, count in each.rows])
    span = workload_range(plan.counted)
    if span:
        flow.heading("Workload", level=1)
        flow.paragraph(f"Between {span}, by the author's own figures.")
