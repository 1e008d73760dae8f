"""Tables of counts by kind, with small numbers suppressed so that nobody can be identified from them."""

from collections.abc import Iterable

from evidence_app.bundle.plan.parts import Collective
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.page_writer import PageWriter
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.domain.summary.collective import NEARLY_ALL
from evidence_app.domain.summary.counting import MIN_COUNT, SUPPRESSED, Table, tables, workload_range


def lay_out_counts(plan: Plan, flow: PageWriter) -> None:
    """Set the tables of counts over the chosen records, or over the members who handed records over (a collective)."""
    if plan.collective is not None:
        _lay_out_collective(plan.collective, flow)
        return
    flow.heading("Counts", "counts")
    flow.paragraph(
        f"Counts over records that stay with their author. A count under {MIN_COUNT} is not said, nor one from which such a count could be worked "
        "out. Nothing here is proved by the log: the counts are their author's word.",
        size=t.TABLE_SIZE,
        after=10,
    )
    _tables(tables(plan.counted, plan.word_lists), flow)
    span = workload_range(plan.counted)
    if span:
        flow.heading("Workload", level=1)
        flow.paragraph(f"Between {span}, by the author's own figures.")


def _tables(counted: Iterable[Table], flow: PageWriter) -> None:
    """Set each table under its title; a suppressed count is None."""
    columns = (Column("What", 0, 300), Column("How many", 300, 120, right=True))
    for counts in counted:
        rows = [Row((name, SUPPRESSED if count is None else str(count))) for name, count in counts.rows]
        table(flow, columns, rows, title=counts.title)


def _lay_out_collective(collective: Collective, flow: PageWriter) -> None:
    """Set the counts over members, and the extracts from what they handed over."""
    flow.heading("Counts", "counts")
    flow.paragraph(
        f"Over {collective.members} members, each counted once however many records they handed over. A group of fewer than {MIN_COUNT} is not said; "
        f"where fewer than {MIN_COUNT} are outside a group it says “{NEARLY_ALL}”; nor is a count said from which either could be worked out. Nothing here is proved "
        "by a log: the counts are their author's word, over records that were verified when they were handed over. Who holds two such files, made at different times, can compare them: hand out one, not many.",
        size=t.TABLE_SIZE,
        after=10,
    )
    _tables(collective.tables, flow)
    if collective.extracts:
        flow.heading("In the words of those who were told", level=1)
        for extract in collective.extracts:
            flow.paragraph(f"“{extract.words}”", indent=11, bar=t.TEAL, after=2)
            flow.paragraph(extract.about, size=t.NOTE_SIZE, colour=t.SOFT, indent=11, after=8)
