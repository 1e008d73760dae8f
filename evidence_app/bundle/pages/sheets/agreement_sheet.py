"""The agreement sheet: one page to print, with the terms of a client agreement and lines to sign."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from evidence_app.bundle.pages.sheets.finished import finished_sheet
from evidence_app.bundle.typeset.canvas import PageFurniture
from evidence_app.bundle.typeset.fonts import BOLD
from evidence_app.bundle.typeset.page_writer import NOTE_SIZE, PageWriter

MARKING: Final = "OFFICIAL"
TITLE: Final = "Agreement"
LINE: Final = "_" * 40


@dataclass(frozen=True, slots=True)
class AgreementSheet:
    """What stands on the sheet: the case, the terms, when they are looked at again, who the officer is, and number and code of the sealed record; and when it was made, in UTC."""

    case_ref: str
    terms: str
    review: str
    officer: str
    record: str
    made_at: datetime


def draw_agreement_sheet(sheet: AgreementSheet) -> bytes:
    """Return the sheet as a PDF. Long terms take more than one page."""
    flow = PageWriter(TITLE)
    flow.heading(TITLE, "agreement")
    flow.pair("Case", sheet.case_ref or "not said")
    flow.pair("Officer", sheet.officer or "not said")
    if sheet.review:
        flow.pair("Looked at again on", sheet.review)
    flow.space(8)
    flow.paragraph("What was agreed", BOLD, after=3)
    flow.paragraph(sheet.terms, after=14)
    flow.paragraph("I have read this, or it was read to me, and I have a copy.", after=10)
    for who in ("The person on probation", "The officer"):
        flow.need(70)
        flow.paragraph(who, BOLD, after=6)
        for what in ("Name", "Signature", "Date"):
            flow.pair(what, LINE)
            flow.space(7)
    flow.space(6)
    flow.paragraph(
        f"{sheet.record}. When it is signed: scan it, add the scan to that record, and put a copy on the case file.",
        size=NOTE_SIZE,
    )
    return finished_sheet(flow, PageFurniture(MARKING, TITLE), TITLE, sheet.made_at)
