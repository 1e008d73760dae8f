"""A log that its own records contradict: rewritten by somebody who has its keys, it is named by `check` and by both verifiers."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from evidence_app.demo.make import Demo
from evidence_app.domain.record.selection import Selection
from evidence_app.errors import InputError
from evidence_app.proof.bundle.manifest import MANIFEST_FILE
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.attestation import cards, witnessing
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.mail.drafting import Wish, write_draft
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.support import judges, stores
from tests.support.bundles import CASE, concern, manifest_in, seal_with
from tests.support.entries import note
from tests.support.rewriting import rewrite, seal_false_heads

NOW = datetime(2026, 1, 26, 9, 30, tzinfo=UTC)


@pytest.fixture
def officer(store_path: Path, tmp_path: Path) -> Any:
    """A store: concern 1, card 2, cosignature 3 of size 3, drafted mail 4, export 5, concern 6 of another case."""
    clock = stores.SetClock(NOW)
    stores.make_store(tmp_path / "rep", owner="R. Ashe", machine="other")
    with stores.open_fast(store_path, clock=clock) as session, stores.open_fast(tmp_path / "rep", clock=clock) as rep:
        seal_with(session, concern("Monthly is unsafe."))
        cards.take_card(session, cards.own_card(rep).block, "by telephone")
        (known,) = cards.known_cards(session)
        request = witnessing.make_request(session, known)
        witnessing.take_answer(session, witnessing.answer_request(rep, request).block)
        write_draft(session, 1, Wish(to=("kim@office.example",)), tmp_path / "draft.eml")
        export(session, "officer", tmp_path / "first.pdf", Selection())
        seal_with(session, concern("Of another case.", case_ref="X000777"))
        yield session


def exported(session: Session, out: Path, **selection: Any) -> bytes:
    export(session, "officer", out, Selection(**selection))
    return out.read_bytes()


def judged(content: bytes) -> dict[str, str]:
    """Return what both verifiers, which must agree, say of each item."""
    ours = {check.name: check.verdict.value for check in verify_bytes(content).checks}
    assert ours == judges.verify_bundle(content), "the two verifiers disagree"
    return ours


def faults(content: bytes) -> list[str]:
    return [name for name, verdict in judged(content).items() if verdict != "verified"]


def test_a_log_that_was_not_rewritten_has_every_head_in_its_records(officer: Session, tmp_path: Path) -> None:
    report = check_store(officer)
    assert report.verdict is Verdict.VERIFIED
    assert [each.detail for each in report.checks if each.name == "heads in records"] == [
        "All 3 heads of this log that its records hold are ones that it had."
    ]
    items = judged(exported(officer, tmp_path / "own.pdf"))
    assert [name for name in items if name.startswith("head in")] == [f"head in record {n}" for n in (3, 4, 5)]
    assert set(items.values()) == {"verified"}


def test_check_names_each_record_that_contradicts_a_rewritten_log(officer: Session) -> None:
    rewrite(officer, 1, "concern", "Monthly is safe.")
    report = check_store(officer)
    assert [each.name for each in report.checks if each.verdict is Verdict.ALTERED] == [
        f"head in record {n}" for n in (3, 4, 5)
    ], "everything else was made anew, and fits"
    assert any("head of 3 records that this log did not have" in each.detail for each in report.checks)


def test_verify_names_each_record_that_contradicts_a_rewritten_log(officer: Session, tmp_path: Path) -> None:
    rewrite(officer, 1, "concern", "Monthly is safe.")
    content = exported(officer, tmp_path / "own.pdf")
    assert faults(content) == [f"head in record {n}" for n in (3, 4, 5)]
    conclusion = verify_bytes(content).conclusion
    assert "records 3, 4 and 5" in conclusion.lower()
    assert "rewritten" in conclusion
    assert "Intact" not in conclusion


OTHER = "X000777"


def with_old_head(session: Session) -> int:
    """Seal records of two cases, and a mail of the second with a head that its neighbours alone do not give; return its position."""
    for number in range(6):
        seal_with(session, concern(f"Of the first case, {number}."))
    size = 10
    head = Checkpoint(session.log_key.origin, size, session.store.log.root(size))
    seal_with(session, concern("Of the other case.", case_ref=OTHER))
    fields = {"direction": "sent", "subject": "x", "quoted_heads": [head.line]}
    entry = {"kind": "message", "event_at": "2026-01-27T09:00", "event_precision": "exact", "fields": fields}
    return seal_with(session, entry | {"case_ref": OTHER})


def test_a_bundle_of_a_part_proves_the_heads_in_what_it_shows(officer: Session, tmp_path: Path) -> None:
    index = with_old_head(officer)
    content = exported(officer, tmp_path / "part.pdf", case_ref=OTHER)
    manifest = manifest_in(tmp_path / "part.pdf")
    shown = [each["index"] for each in manifest["records"]]
    assert index in shown
    assert not {1, 8, 9} & set(shown)
    assert [each["head"].split(" ")[1] for each in manifest["goes_on_from"]] == ["10"], "no more than is needed"
    items = judged(content)
    assert items[f"head in record {index}"] == "verified"
    assert set(items.values()) == {"verified"}


def test_a_rewritten_part_that_is_not_shown_is_named_by_what_is(officer: Session, tmp_path: Path) -> None:
    index = with_old_head(officer)
    rewrite(officer, 1, "concern", "Monthly is safe.")
    report = verify_bytes(exported(officer, tmp_path / "part.pdf", case_ref=OTHER))
    named = [each.name for each in report.checks if each.verdict is not Verdict.VERIFIED]
    assert "head in record 3" in named, "the witness's countersignature is shown in every bundle"
    assert f"head in record {index}" not in named
    assert any(f"record {index} cannot be compared" in each for each in report.notes)


def test_a_head_that_nothing_allows_to_compare_is_said(officer: Session, tmp_path: Path) -> None:
    from tests.end_to_end.test_outside_clocks import Made, signed_anew

    index = with_old_head(officer)
    content = exported(officer, tmp_path / "part.pdf", case_ref=OTHER)
    folder = officer.store.folder
    officer.close()
    bare = signed_anew(Made(folder, content, {}, {}, {}), lambda each: each.pop("goes_on_from"))
    items = judged(bare)
    assert f"head in record {index}" not in items
    assert set(items.values()) == {"verified"}
    assert any(f"record {index} cannot be compared" in each for each in verify_bytes(bare).notes)


def test_the_program_seals_no_head_that_the_log_never_had(officer: Session) -> None:
    head = f"{officer.log_key.origin} 2 {'A' * 43}="
    entry = note("x") | {"kind": "message", "fields": {"direction": "received", "quoted_heads": [head]}}
    size = officer.store.log.size()
    with pytest.raises(InputError, match="never had"):
        stores.seal_entry(officer, entry)
    assert officer.store.log.size() == size
    seal_false_heads(officer, entry)
    assert check_store(officer).verdict is Verdict.ALTERED


def test_the_demos_bundles_have_no_false_alarm(demo: Demo) -> None:
    for name in ("audit-trail.pdf", "officers-own-file.pdf"):
        content = (demo.folder / name).read_bytes()
        items = judged(content)
        assert sum(each.startswith("head in record") for each in items) >= 5, name
        assert set(items.values()) == {"verified"}, name
        assert not any("cannot be compared" in note for note in verify_bytes(content).notes), name


def test_a_manifest_lists_a_head_once(officer: Session, tmp_path: Path) -> None:
    exported(officer, tmp_path / "part.pdf", case_ref=CASE)
    with pikepdf.open(tmp_path / "part.pdf") as pdf:
        manifest = json.loads(pdf.attachments[MANIFEST_FILE].get_file().read_bytes())
    sizes = [int(each["head"].split(" ")[1]) for each in manifest.get("goes_on_from", [])]
    assert sizes == sorted(set(sizes))
