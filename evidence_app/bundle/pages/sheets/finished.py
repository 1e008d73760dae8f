"""Finishes a sheet that is no bundle: drawn, with its tags, title and date, as PDF/A-3b and PDF/UA-1, and unsigned."""

from datetime import datetime

from evidence_app.bundle.typeset.canvas import PageDrawer, PageFurniture
from evidence_app.bundle.typeset.page_writer import PageWriter


def finished_sheet(flow: PageWriter, frame: PageFurniture, title: str, made_at: datetime) -> bytes:
    """Return the PDF of a sheet's pages. `title` is that of the file and names nobody; `made_at` is in UTC."""
    from evidence_app.bundle.pdf.assembly import unsigned

    # The cover of a bundle, and the foot of every page, count up to it.
    flow.pages[-1].keys["last"] = 0.0
    drawer = PageDrawer(flow.pages, frame)
    drawn = drawer.draw(flow.bookmarks, lambda _: None)
    return unsigned(drawn, drawer.structure, title, made_at, drawer.page_numbers)
