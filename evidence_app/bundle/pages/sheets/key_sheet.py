"""The key to a bundle's pseudonyms, as a separate PDF that stays at work."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from evidence_app.bundle.pages.sheets.finished import finished_sheet
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.canvas import PageFurniture
from evidence_app.bundle.typeset.fonts import BOLD
from evidence_app.bundle.typeset.page_writer import PageWriter
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.proof.encoding.times import in_words

TITLE: Final = "Key to pseudonyms"
MARKING: Final = "OFFICIAL-SENSITIVE – KEEP AT WORK – NEVER WITH THE BUNDLE"


def draw_key_sheet(key: Sequence[tuple[str, str]], title: str, sha256: str, made_at: datetime) -> bytes:
    """Return the sheet as a PDF. `key` holds pairs of a pseudonym and what it stands for; `sha256` is the bundle's, in hexadecimal."""
    flow = PageWriter(TITLE)
    flow.heading(TITLE, "key")
    flow.paragraph("Keep this sheet at work, apart from the bundle. It is not part of it.", BOLD, after=8)
    flow.pair("Bundle", title)
    flow.pair("SHA-256 of its file", sha256, size=t.PROOF_SIZE)
    flow.pair("Bundle made at", f"{in_words(made_at)} Europe/London")
    flow.space(8)
    columns = (Column("Pseudonym", 0, 120, BOLD), Column("Stands for", 120, flow.width - 120))
    table(flow, columns, [Row((pseudonym, stands_for)) for pseudonym, stands_for in key])
    return finished_sheet(flow, PageFurniture(MARKING, title), TITLE, made_at)
