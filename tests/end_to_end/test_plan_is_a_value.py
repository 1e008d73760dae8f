"""A plan that was worked out is a value: building a bundle of it, again or as images, changes nothing in it, and the schedule says what was applied."""

from collections.abc import Mapping
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import pytest

from evidence_app.bundle import build as building
from evidence_app.bundle.pdf import assembly
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.domain.plan.saved_plan import Redaction
from evidence_app.proof.encoding.json import canonical
from evidence_app.services.bundles.exporting import evidence_of
from evidence_app.services.bundles.plans import Choice, work_out
from evidence_app.services.core.session import Session
from tests.support import mails, sample_documents
from tests.support.bundles import concern, listed, seal_with
from tests.support.entries import CASE

HOUSE = "the Amblewick house"
LETTER = sample_documents.letter([f"We wrote to {HOUSE} twice", "The second line stays"])
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def worked_out(session: Session) -> Plan:
    mail = mails.sent(subject=f"About {HOUSE}", body=f"Here is {HOUSE.upper()}.\r\n")
    seal_with(session, concern(f"We saw {HOUSE}, and {CASE}."), {"letter.pdf": LETTER, "a.eml": mail})
    saved = listed(
        "tribunal", [1], [LETTER, mail], Redaction("address", "not relevant", words=HOUSE), pseudonyms_from=7
    )
    return work_out(session, saved, Choice(case_ref=CASE), NOW)


def parts_of(value: Any, path: str) -> list[tuple[str, Any]]:
    """Return a value and everything in it, each with its path; records' own JSON, which is what was sealed, is not taken apart."""
    found = [(path, value)]
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            if each.name not in {"content", "owner"}:
                found += parts_of(getattr(value, each.name), f"{path}.{each.name}")
    elif isinstance(value, Mapping):
        for key, each in value.items():
            found += parts_of(each, f"{path}[{key}]")
    elif isinstance(value, list | tuple | set | frozenset):
        for number, each in enumerate(value):
            found += parts_of(each, f"{path}[{number}]")
    return found


def test_a_plan_and_everything_in_it_is_frozen(session: Session) -> None:
    plan = worked_out(session)
    for path, value in parts_of(plan, "plan"):
        assert not isinstance(value, dict | list | set), f"{path} can be changed after the plan was worked out"
        if is_dataclass(value) and not isinstance(value, type | Enum):
            with pytest.raises(FrozenInstanceError):
                setattr(value, fields(value)[0].name if fields(value) else "x", None)


def test_building_twice_withholds_and_counts_the_same(session: Session) -> None:
    plan = worked_out(session)
    before = plan.applied
    evidence = evidence_of(session, plan)
    built = [building.build(plan, evidence, lambda *_: None) for _ in range(2)]
    assert plan.applied == before, "building changed the plan"
    assert built[0].applied == built[1].applied
    assert built[0].applied.count > before.count > 0, "what is withheld from the exhibits is not counted"
    by_place = {entry.key for entry in built[0].applied.schedule}
    assert {"record-1", "exhibit-1", "exhibit-2"} <= by_place


def test_exhibits_made_anew_as_images_are_counted_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = worked_out(session)
    evidence = evidence_of(session, plan)
    once = building.build(plan, evidence, lambda *_: None).applied
    refused: list[bool] = []
    join = assembly.join

    def refuse_the_first(*arguments: Any, **named: Any) -> Any:
        if not refused:
            refused.append(True)
            raise assembly.NotArchivable("as if a page broke PDF/A beside the others")
        return join(*arguments, **named)

    monkeypatch.setattr(assembly, "join", refuse_the_first)
    letter = sample_documents.letter(["Nothing is withheld from this page"])
    seal_with(session, concern("One more."), {"plain.pdf": letter})
    more = work_out(
        session, listed("officer", [1, 2], [LETTER, letter], Redaction("address", words=HOUSE)), Choice(), NOW
    )
    made = building.build(more, evidence_of(session, more), lambda *_: None)
    assert refused, "nothing was placed, so nothing was made anew"
    counts = {entry.key: count for entry, count in made.applied.schedule.items()}
    assert counts["exhibit-1"] == 1, "the first attempt was counted too"
    assert once.count > 0


def test_pseudonyms_are_the_same_however_often_a_bundle_is_built(session: Session) -> None:
    plan = worked_out(session)
    again = work_out(session, listed("tribunal", [1], pseudonyms_from=7), Choice(case_ref=CASE), NOW)
    assert plan.applied.key() == again.applied.key()
    assert [canonical(each.shown.content) for each in again.shown if each.record.index == 1]
