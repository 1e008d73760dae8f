"""The recovery sheet: one page to print, with the code that opens a store when its passphrase is forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from evidence_app.bundle.pages.sheets.finished import finished_sheet
from evidence_app.bundle.typeset.canvas import PageFurniture
from evidence_app.bundle.typeset.fonts import BOLD, MONO
from evidence_app.bundle.typeset.page_writer import PageWriter
from evidence_app.proof.encoding.times import in_words

MARKING: Final = "PRIVATE AND CONFIDENTIAL – KEEP LOCKED AWAY AT WORK, APART FROM THE MACHINE"
TITLE: Final = "Recovery sheet"
STEPS: Final = (
    "Start Evidence Trail and open the store, or restore a backup.",
    "Choose “I have forgotten the passphrase: use the recovery code”.",
    "Type the seven groups. Small letters and missing hyphens do not matter.",
    "Make a new recovery code and a new sheet at once (Safekeeping), and destroy this one.",
)
WARNINGS: Final = (
    "Whoever has this sheet and the store, or a backup of it, can read everything in it.",
    "Nobody can make the code again: not the program, not its makers, not your employer.",
    "A new code makes this sheet worthless for the store, but not for older backups.",
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The contents of the sheet: the recovery code in groups, the log's origin, the owner, and the time at which the code was made."""

    code: str
    log: str
    owner: str
    made_at: datetime


def draw_recovery_sheet(sheet: RecoverySheet) -> bytes:
    """Return the sheet as a PDF of one page, with the code in plain text."""
    flow = PageWriter(TITLE)
    flow.heading(TITLE, "sheet")
    flow.paragraph("It opens the store when the passphrase is forgotten.", BOLD, after=10)
    groups = sheet.code.split("-")
    for line in (groups[:4], groups[4:]):
        flow.paragraph("   ".join(line), MONO, 24, after=6)
    flow.space(10)
    flow.pair("Whose store", sheet.owner or "not said")
    flow.pair("Log", sheet.log, size=8)
    flow.pair("Code made", f"{in_words(sheet.made_at)} Europe/London")
    _listed(flow, "To use it", [f"{number}. {step}" for number, step in enumerate(STEPS, start=1)])
    _listed(flow, "To know", WARNINGS)
    flow.space(16)
    for what in ("Kept at", "Sealed in an envelope on", "Signature"):
        flow.pair(what, "_" * 52)
        flow.space(10)
    return finished_sheet(flow, PageFurniture(MARKING, TITLE), TITLE, sheet.made_at)


def _listed(flow: PageWriter, title: str, lines: Sequence[str]) -> None:
    """Set a list under a title."""
    flow.space(12)
    flow.paragraph(title, BOLD, after=3)
    for line in lines:
        flow.paragraph(line, after=2)
