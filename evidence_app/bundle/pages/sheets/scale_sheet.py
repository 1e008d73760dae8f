"""The scale sheet as a PDF to hand upwards: what the counts are of, and a table for each."""

from collections.abc import Sequence
from datetime import datetime

from evidence_app.bundle.pages.sheets.finished import finished_sheet
from evidence_app.bundle.typeset.canvas import PageFurniture
from evidence_app.bundle.typeset.page_writer import NOTE_SIZE, PageWriter
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.domain.summary.counting import Table

MARKING = "OFFICIAL"
TITLE = "How many cases, and what became of them"


def draw_scale_sheet(opening: Sequence[str], tables: Sequence[Table], made: str, made_at: datetime) -> bytes:
    """Return the sheet as a PDF. `opening` are the sentences above the tables, `made` says when it was made and over which days; `made_at` is in UTC."""
    flow = PageWriter(TITLE)
    flow.heading(TITLE, "scale")
    flow.paragraph(made, after=8)
    for sentence in opening:
        flow.paragraph(sentence, after=4)
    columns = (Column("What", 0, 360), Column("How many", 360, flow.width - 360, right=True))
    for counts in tables:
        table(flow, columns, [Row((label, str(count))) for label, count in counts.rows], title=counts.title)
    flow.paragraph(
        "Counted from sealed records. The counts are their maker's word: no page of this sheet proves them, the records do.",
        size=NOTE_SIZE,
    )
    return finished_sheet(flow, PageFurniture(MARKING, TITLE), TITLE, made_at)
