"""Sheets that are no bundles – recovery code, agreement, scale, key – say what they are and when, are read aloud, and name nobody in their metadata."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.record.selection import Selection
from evidence_app.services.bundles.exporting import export_plan, write_key_sheet
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.session import Session
from evidence_app.services.records.agreements import write_agreement
from evidence_app.services.records.scale import scale, write_scale
from evidence_app.services.safekeeping.keys import recovery_sheet
from tests.support.bundles import seal_with
from tests.support.entries import CASE

Sheet = Callable[[Session, Path], None]


def entry(kind: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "event_at": "2026-05-04", "event_precision": "date only", "fields": fields}


def recovery(session: Session, out: Path) -> None:
    out.write_bytes(recovery_sheet(session, "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG", session.clock.now()))


def agreement(session: Session, out: Path) -> None:
    index = seal_with(session, entry("client-agreement", terms="Once a week, in the office.") | {"case_ref": CASE})
    write_agreement(session, index, out)


def counts(session: Session, out: Path) -> None:
    seal_with(session, entry("instruction", exact_words="All of them.", cases=[CASE, "X100002"]))
    write_scale(session, scale(session, Selection()), Selection(), out)


def key(session: Session, out: Path) -> None:
    seal_with(session, entry("instruction", exact_words="All of them.", cases=[CASE, "X100002"]))
    made = export_plan(session, SavedPlan("disclosure"), out.with_name("bundle.pdf"), Choice())
    write_key_sheet(session, made.index, out)


@pytest.mark.parametrize(
    ("sheet", "title"),
    [
        (recovery, "Recovery sheet"),
        (agreement, "Agreement"),
        (counts, "How many cases, and what became of them"),
        (key, "Key to pseudonyms"),
    ],
)
def test_a_sheet_says_what_it_is_and_when_and_is_read_aloud(
    session: Session, tmp_path: Path, sheet: Sheet, title: str
) -> None:
    out = tmp_path / "sheet.pdf"
    sheet(session, out)
    with pikepdf.open(out) as pdf:
        facts = {name: str(value) for name, value in pdf.docinfo.items()}
        now = datetime.now(UTC)
        assert facts.keys() == {"/Title", "/Producer", "/CreationDate", "/ModDate"}
        assert facts["/Title"] == title
        assert facts["/CreationDate"].startswith((f"D:{session.clock.now():%Y%m%d}", f"D:{now:%Y%m%d}"))
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.StructTreeRoot.K
        assert str(pdf.Root.Lang) == "en-GB"
        assert "Rowe" not in str(pdf.Root.Metadata.read_bytes(), "utf-8"), "the owner's name is in the metadata"
