"""Typesetting record pages and placing exhibit pages, against reportlab and pikepdf alone."""

import io
import sys

import pikepdf
from pikepdf import Rectangle
from reportlab.pdfgen.canvas import Canvas

from evidence_app.bundle.exhibits.prepare import prepare
from evidence_app.bundle.pages.records import begin_records, lay_out_record
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.plan.redacted_record import ShownRecord
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset.canvas import PageDrawer, PageFurniture
from evidence_app.bundle.typeset.fonts import REGULAR, fonts
from evidence_app.bundle.typeset.page_writer import MARGIN, PageWriter, Text
from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.domain.record.records import AttachmentFacts, SealedRecord, compose
from evidence_app.proof.disclosures import Withheld
from evidence_app.services.core.session import SystemClock
from tools.benchmarks import stores
from tools.benchmarks.measuring import Result, apart, in_turn, numbers, peak_megabytes, seconds_of


def make_plan(count: int) -> Plan:
    """Return a resolved plan of so many records without exhibits."""
    now = SystemClock().now().replace(microsecond=0)
    shown = []
    for number in range(count):
        content = compose(stores.entry(number), identity="", author={}, recorded_at=now)
        record = SealedRecord(number, content, now, bytes(32))
        shown.append(ShownRecord(record, Withheld(), record))
    return Plan(PROFILES["officer"], "A title", "", "", {}, now, tuple(shown), (), (), count)


def lay_out(plan: Plan) -> PageWriter:
    """Lay out the pages of the records in full."""
    flow = PageWriter()
    begin_records(flow, "Records in full", "records")
    for shown in plan.chronological():
        lay_out_record(plan, shown, flow, ())
    return flow


RECORDS = 6_000
"""Records that fill some 3,000 pages."""


def draw_records(records: int) -> float:
    """Lay out and draw so many records; return the seconds."""
    plan = make_plan(records)
    fonts()

    def ours() -> None:
        flow = lay_out(plan)
        flow.pages[-1].keys["last"] = 0
        PageDrawer(flow.pages, PageFurniture("OFFICIAL", "A title")).draw(flow.bookmarks, lambda _: None)

    return seconds_of(ours)


def record_pages() -> Result:
    """Lay out and draw tagged record pages in a process of its own; the floor draws the same lines with reportlab alone."""
    plan = make_plan(RECORDS)
    fonts()
    flow = lay_out(plan)
    pages = [[mark.text for mark in page.marks if isinstance(mark, Text)] for page in flow.pages]
    del flow, plan

    def floor() -> None:
        canvas = Canvas(io.BytesIO(), pageCompression=1, invariant=1)
        for lines in pages:
            canvas.setFont(REGULAR, 9.5)
            y = 780.0
            for line in lines:
                canvas.drawString(MARGIN, y, line)
                y -= 12
            canvas.showPage()
        canvas.save()

    least = seconds_of(floor, 3)
    mine, megabytes = numbers(apart("tools.benchmarks.bundles", RECORDS))
    remark = f"{len(pages) / mine:.0f} pages/s, {megabytes:.0f} MB (aim 250)"
    return Result(f"write {len(pages):,} tagged record pages", mine, least, "1.5", remark)


def source_pdf(pages: int) -> bytes:
    """Return a PDF of so many pages, 50 lines of text each."""
    fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=1, invariant=1, initialFontName=REGULAR)
    for number in range(pages):
        canvas.setFont(REGULAR, 10)
        for line in range(50):
            canvas.drawString(60, 780 - 14 * line, stores.text(12, number * 50 + line))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def exhibit_pages() -> Result:
    """Place an exhibit of 1,000 pages; the floor overlays a page number on each with pikepdf.

    The PDF/A and PDF/UA check has no counterpart in the floor.
    """
    from evidence_app.bundle.pdf import assembly

    count = 1000
    source = source_pdf(count)
    exhibit = Exhibit(1, AttachmentFacts("large.pdf", "0" * 64, len(source), "application/pdf"), (1,))

    def ours() -> None:
        prepared = prepare(exhibit, lambda: source, "Exhibit 1")
        if prepared.how != "placed":
            raise RuntimeError(prepared.remark)
        prepared.pages[-1].keys["last"] = 0
        drawn = PageDrawer(prepared.pages, PageFurniture("OFFICIAL", "A title")).draw([], lambda _: None)
        placed = [
            assembly.Placed(page, prepared.document, source_page) for page, source_page in prepared.placed.items()
        ]
        with pikepdf.open(io.BytesIO(drawn)) as pdf:
            assembly.place(pdf, placed, lambda: None)
            pdf.save(io.BytesIO())

    def floor() -> None:
        stamps = io.BytesIO()
        canvas = Canvas(stamps, invariant=1)
        for number in range(count):
            canvas.drawString(500, 30, str(number + 1))
            canvas.showPage()
        canvas.save()
        with pikepdf.open(io.BytesIO(source)) as read, pikepdf.open(stamps) as numbers, pikepdf.new() as out:
            out.pages.extend(read.pages)
            for page, number in zip(out.pages, numbers.pages, strict=True):
                page.add_overlay(number, Rectangle(0, 0, 595, 842))
            out.save(io.BytesIO())

    mine, least = in_turn(ours, floor, 3)
    remark = "with judging the pages by PDF/A and PDF/UA, in a worker, which the floor has not"
    return Result(f"put {count} exhibit pages in a bundle", mine, least, "", remark)


if __name__ == "__main__":
    print(draw_records(int(sys.argv[1])), peak_megabytes())
