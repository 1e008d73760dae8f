"""Bundles of a countersigned log: both verifiers accept the cosignature, and an employer's bundle does not name the witness."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.program_kinds import COSIGNATURE
from evidence_app.domain.record.selection import Selection
from evidence_app.proof.cosignatures import cosign
from evidence_app.proof.cosigner_key import WitnessKey, witness_with_card
from evidence_app.proof.encoding.times import spell
from evidence_app.services.attestation import cards, witnessing
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.records.external_attestations import first_clock_for, last_outside_clock
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.support import judges, stores
from tests.support.bundles import CASE, all_words, concern, manifest_in, seal_with

REP = "Zebedee Quillfeather"
NOW = datetime(2026, 1, 26, 9, 30, tzinfo=UTC)


@pytest.fixture
def countersigned(store_path: Path, tmp_path: Path) -> Any:
    """A store with a concern, its countersignature by a rep, and a concern after it."""
    clock = stores.SetClock(NOW)
    stores.make_store(tmp_path / "rep", owner=REP, machine="other")
    with stores.open_fast(store_path, clock=clock) as officer, stores.open_fast(tmp_path / "rep", clock=clock) as rep:
        seal_with(officer, concern("Monthly is unsafe."))
        cards.take_card(officer, cards.own_card(rep).block, "by telephone")
        (known,) = cards.known_cards(officer)
        answer = witnessing.answer_request(rep, witnessing.make_request(officer, known))
        witnessing.take_answer(officer, answer.block)
        seal_with(officer, concern("Monthly is still unsafe."))
        yield officer


def exported(session: Session, profile: str, out: Path) -> Path:
    export(session, profile, out, Selection(case_ref=CASE), case_ref=CASE)
    return out


def clock_items(path: Path) -> dict[str, str]:
    """Return what both verifiers, which must agree, say of each outside clock."""
    content = path.read_bytes()
    ours = {check.name: check.verdict.value for check in verify_bytes(content).checks}
    assert ours == judges.verify_bundle(content), "the two verifiers disagree"
    return {name: verdict for name, verdict in ours.items() if name.startswith("outside clock")}


def test_a_witness_is_an_outside_clock_of_the_store(countersigned: Session) -> None:
    clock = last_outside_clock(countersigned)
    assert clock is not None
    assert (clock.what, clock.who, clock.checkpoint.size, clock.at) == ("witness", REP, 3, NOW)
    first = first_clock_for(countersigned, 1)
    assert first is not None
    assert first.record == 3
    assert first_clock_for(countersigned, 3) is None, "what was sealed after it is not vouched for"
    assert any(f"{REP} countersigned" in note for note in check_store(countersigned).notes)


def test_an_officers_own_bundle_says_who_witnessed_what_when(countersigned: Session, tmp_path: Path) -> None:
    path = exported(countersigned, "officer", tmp_path / "own.pdf")
    assert clock_items(path) == {"outside clock 1": "verified"}
    report = verify_bytes(path.read_bytes())
    assert report.verdict.value == "verified"
    said = " ".join(report.notes)
    assert f"{REP} countersigned the head of positions 0 to 2 at Mon 26 Jan 2026, 09:30 by their clock" in said
    assert "by telephone" in said
    assert REP in all_words(path)
    assert "witness in record 3" in all_words(path)


@pytest.mark.parametrize("profile", ["sfo-review", "integrity"])
def test_an_employers_bundle_proves_it_without_saying_who(countersigned: Session, tmp_path: Path, profile: str) -> None:
    path = exported(countersigned, profile, tmp_path / "out.pdf")
    assert clock_items(path) == {"outside clock 1": "verified"}
    for name in REP.split():
        assert name not in all_words(path)
        assert name.encode() not in path.read_bytes()
    assert "A witness countersigned" in " ".join(verify_bytes(path.read_bytes()).notes)


def other_witness(session: Session) -> dict[str, str]:
    signed = session.store.log.checkpoint(2)
    stranger, other = WitnessKey(WitnessKey.generate()), WitnessKey(WitnessKey.generate())
    return {
        "cosigned_checkpoint": cosign(stranger, signed, NOW),
        "witness_key": witness_with_card(other.public).spell(),
    }


def changed_time(session: Session) -> dict[str, str]:
    key = WitnessKey(WitnessKey.generate())
    note = cosign(key, session.store.log.checkpoint(2), NOW)
    last = note.rindex("AAAA") if "AAAA" in note else len(note) - 40
    swapped = "B" if note[last] == "A" else "A"
    return {
        "cosigned_checkpoint": note[:last] + swapped + note[last + 1 :],
        "witness_key": witness_with_card(key.public).spell(),
    }


@pytest.mark.parametrize("forge", [other_witness, changed_time])
def test_a_sealed_forged_cosignature_is_no_outside_clock(
    countersigned: Session, tmp_path: Path, forge: Callable[[Session], dict[str, str]]
) -> None:
    fields = {"witness": "Nobody", "cosigned_at": spell(NOW), "size": 2, **forge(countersigned)}
    seal(countersigned, Entry(COSIGNATURE, spell(NOW), "exact", fields))
    path = exported(countersigned, "officer", tmp_path / "own.pdf")
    assert [clock["record"] for clock in manifest_in(path)["outside_clocks"]] == [3]
    assert clock_items(path) == {"outside clock 1": "verified"}
