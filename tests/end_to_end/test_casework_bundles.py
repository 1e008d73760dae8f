"""Casework bundles: hand-overs of several members and the rep's own documents, numbered through; each record proves to its own log."""

import json
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from evidence_app.domain.plan.saved_plan import Document, LeftOutByHand, Redaction, SavedPlan, Section
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.records import RecordRef
from evidence_app.domain.record.selection import Selection
from evidence_app.errors import InputError
from evidence_app.services.attestation import cards
from evidence_app.services.bundles import plans, saved_plans
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.session import Session
from evidence_app.services.handover.send import hand_over
from evidence_app.services.members.corroboration import corroborate
from evidence_app.services.members.members import find_member, received_at
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.support import judges, stores
from tests.support.bundles import all_words, concern, manifest_in, seal_with
from tests.support.members import NAMED, NOW, OFFICER, REP, SAID, Pair, instruction, make_pair
from tests.support.searching import places_of

SECOND = "T. Ashe"
PAPER = "A letter of the branch to HR, of which both sides have a copy."
ADVISED = "The rep told me to write it down."
OTHER_WORDS = "Take three more, there is nobody else."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rep's store with the hand-overs of two members (records 2 and 4), a case of both, a paper and advice."""
    folder = tmp_path_factory.mktemp("casework")
    clock = stores.SetClock(NOW)
    make_pair(folder)
    stores.make_store(folder / "second", owner=SECOND, clock=clock)
    with (
        stores.open_fast(folder / "officer", clock=clock) as officer,
        stores.open_fast(folder / "second", clock=clock) as second,
        stores.open_fast(folder / "rep", clock=clock) as rep,
    ):
        Pair(officer, rep, clock, folder).give()
        seal_with(second, instruction(OTHER_WORDS))
        seal_with(second, concern("I hold 61 cases.", case_ref="X000581", links=[{"to": 1, "as": "about"}]))
        advice = {"text": ADVISED, "restricted_to": "union advice"}
        seal_with(second, {"kind": "note", "event_at": "2026-01-19", "event_precision": "date only", "fields": advice})
        cards.take_card(second, cards.own_card(rep).block, "by telephone")
        cards.take_card(rep, cards.own_card(second).block, "by telephone")
        Pair(second, rep, clock, folder, made=10).give()
        told = {"event_at": "2026-01-20", "event_precision": "date only", "case_ref": "BR-1"}
        for name in (OFFICER, SECOND):
            fields = {"member": {"person": name}, "type": "grievance", "state": "open"}
            seal_with(rep, {"kind": "member-case", "fields": fields, **told})
        seal_with(rep, {"kind": "document", "fields": {"what": "Letter to HR"}, **told}, {"letter.txt": PAPER.encode()})
        seal_with(rep, {"kind": "note", "fields": {"text": "I advised both to wait."}, **told})
    shutil.rmtree(folder / "officer")
    return folder


@pytest.fixture
def rep(made: Path, tmp_path: Path) -> Iterator[Session]:
    with stores.open_fast(stores.copy_of(made / "rep", tmp_path / "rep"), clock=stores.SetClock(NOW)) as session:
        yield session


def make(rep: Session, out: Path, saved: SavedPlan | None = None, **more: Any) -> Path:
    export_plan(rep, saved or SavedPlan("casework"), out, Choice(**more))
    return out


def items(path: Path) -> dict[str, str]:
    """Return what both verifiers, which must agree, say of each item."""
    content = path.read_bytes()
    ours = {check.name: check.verdict.value for check in verify_bytes(content).checks}
    assert ours == judges.verify_bundle(content), "the two verifiers disagree"
    return ours


def test_pages_are_numbered_through_and_each_record_proves_to_its_own_log(rep: Session, tmp_path: Path) -> None:
    path = make(rep, tmp_path / "casework.pdf")
    verdicts = items(path)
    assert set(verdicts.values()) == {"verified"}
    one, other = (find_member(rep, name).handovers[-1].index for name in (OFFICER, SECOND))
    for handover in (one, other):
        for what in ("received", "checkpoint", "record 0", "record 1", "record 2", "positions", "log key"):
            assert f"hand-over {handover} {what}" in verdicts
    words = all_words(path)
    for said in (SAID, OTHER_WORDS, f"Records of {OFFICER}", f"Records of {SECOND}", f"{one}/1", f"{other}/2"):
        assert said in words, said
    assert f"Hand-over {one}: the log of {OFFICER}" in words
    assert f"This is about record {other}/1" in words
    assert "[client " in words
    assert "[withheld]" not in words
    assert places_of(path, [NAMED, "X000412", "X000581"]) == []


def test_what_members_raised_is_theirs_and_the_statement_is_the_reps(rep: Session, tmp_path: Path) -> None:
    words = all_words(make(rep, tmp_path / "casework.pdf"))
    assert f"{SECOND} raised 1 concern" in words
    assert f"{REP} raised" not in words
    assert f"records of {OFFICER} and {SECOND}, as they were handed over to me" in words
    assert "The records in it are mine." not in words
    assert f"{OFFICER}; {SECOND}; notes of {REP}" in words


def test_what_a_profile_leaves_out_is_left_out_of_a_reps_bundle_by_rule(rep: Session, tmp_path: Path) -> None:
    """The members' notes of union advice go into casework, and into nothing for the employer; nobody has to take them out by hand."""
    for profile in ("grievance", "tribunal"):
        path = make(rep, tmp_path / f"{profile}.pdf", SavedPlan(profile))
        assert set(items(path).values()) == {"verified"}
        words = all_words(path)
        assert SAID in words
        assert ADVISED not in words
        assert "advice" not in words.partition("What is left out")[2].partition("How to check")[0], (
            "it says what was left out"
        )
    assert ADVISED in all_words(make(rep, tmp_path / "casework.pdf"))


def test_one_member_alone_and_a_case_of_both(rep: Session, tmp_path: Path) -> None:
    alone = make(rep, tmp_path / "alone.pdf", members=(SECOND,))
    assert OTHER_WORDS in all_words(alone)
    assert SAID not in all_words(alone)
    both = all_words(make(rep, tmp_path / "both.pdf", selection=Selection(case_ref="BR-1"), case_ref="BR-1"))
    assert SAID in both
    assert OTHER_WORDS in both
    with pytest.raises(InputError, match="There is no member"):
        make(rep, tmp_path / "nobody.pdf", members=("Nobody",))
    late = make(rep, tmp_path / "early.pdf", selection=Selection(event_to="2025-12-31T00:00:00Z"), members=(OFFICER,))
    assert SAID not in all_words(late), "what happened after the last day that was asked for is shown"


def test_a_rep_hands_nothing_over(rep: Session, tmp_path: Path) -> None:
    known = cards.known_cards(rep)[0]
    with pytest.raises(InputError, match="by whoever they are of"):
        hand_over(rep, SavedPlan("casework"), tmp_path / "x.age", Choice(), known)


def test_a_plan_puts_records_of_both_under_one_issue(rep: Session, tmp_path: Path) -> None:
    one, other = (find_member(rep, name).handovers[-1].index for name in (OFFICER, SECOND))
    begun = plans.begin_plan(rep, "By issue", "casework", Choice())
    kept = saved_plans.keep_plan(rep, begun)
    assert json.dumps(kept.to_json()).count(f'"{one}/1"') == 1, "a plan file names it otherwise"
    issue = Section(
        "What they were told",
        (Document(RecordRef(one, 2)), Document(RecordRef(other, 1), title="The same, a week later")),
    )
    path = make(rep, tmp_path / "issue.pdf", SavedPlan("casework", "By issue", sections=(issue,)))
    verdicts = items(path)
    assert set(verdicts.values()) == {"verified"}
    assert f"hand-over {one} record 1" not in verdicts, "more was shown than the plan names"
    words = all_words(path)
    assert "The same, a week later" in words
    left_out = {part["handover"]: part["left_out"] for part in manifest_in(path)["handed_over"]}
    assert left_out[one][0] == {"first": 1, "last": 1, "reason": "not put into the bundle"}
    assert left_out[one][1]["reason"] == "not handed over"


@pytest.mark.parametrize("profile", ["grievance", "tribunal"])
def test_a_bundle_for_the_employer_holds_no_advice_and_proves(rep: Session, profile: str, tmp_path: Path) -> None:
    path = make(rep, tmp_path / "out.pdf", SavedPlan(profile))
    assert set(items(path).values()) == {"verified"}
    words = all_words(path)
    assert SAID in words
    assert "advised both" not in words
    assert "face to face" in words, "how the instruction was given is gone"
    member = [each for each in manifest_in(path)["records"] if each["index"] == 2]
    assert "/fields/member" not in member[0].get("fields", {}), "that they handed something to a rep is shown"


def test_a_reps_own_document_is_shown_after_review(rep: Session, tmp_path: Path) -> None:
    begun = plans.begin_plan(rep, "Papers", "casework", Choice())
    assert PAPER not in all_words(make(rep, tmp_path / "unseen.pdf", begun))
    seen = [
        Section(
            each.title,
            tuple(Document(exhibit=one.exhibit, looked_through=True) if one.exhibit else one for one in each.documents),
        )
        for each in begun.sections or ()
    ]
    path = make(rep, tmp_path / "seen.pdf", SavedPlan("casework", sections=tuple(seen)))
    assert PAPER in all_words(path)
    assert set(items(path).values()) == {"verified"}


def test_withholding_words_by_hand_withholds_the_whole_field_of_a_members_record(rep: Session, tmp_path: Path) -> None:
    plan = SavedPlan("casework", redactions=(Redaction("name", words="do not write it down"),))
    path = make(rep, tmp_path / "withheld.pdf", plan)
    assert "do not write it down" not in all_words(path)
    assert SAID not in path.read_bytes().decode("latin-1")
    assert set(items(path).values()) == {"verified"}
    assert places_of(path, ["do not write it down"]) == []


def spoilt(path: Path, change: Any) -> bytes:
    """Return a bundle whose manifest was changed, without a signature that fits."""
    out = BytesIO()
    with pikepdf.open(path) as pdf:
        manifest = json.loads(pdf.attachments["evidence-trail-manifest.json"].get_file().read_bytes())
        change(manifest)
        spec = pdf.Root.Names.EmbeddedFiles
        for name, value in zip(spec.Names[::2], spec.Names[1::2], strict=True):
            if str(name) == "evidence-trail-manifest.json":
                value.EF.F.write(json.dumps(manifest).encode())
        pdf.save(out)
    return out.getvalue()


def other_words(manifest: dict[str, Any]) -> None:
    part = manifest["handed_over"][0]
    shown = next(each for each in part["records"] if each["index"] == 2)
    spelled = json.dumps(shown).replace("monthly", "weekly")
    part["records"][part["records"].index(shown)] = json.loads(spelled)


def another_checkpoint(manifest: dict[str, Any]) -> None:
    manifest["handed_over"][0]["checkpoint"] = manifest["handed_over"][1]["checkpoint"]


def of_another_record(manifest: dict[str, Any]) -> None:
    manifest["handed_over"][0]["handover"] = 1


def one_less(manifest: dict[str, Any]) -> None:
    manifest["handed_over"][0]["records"].pop()
    del manifest["handed_over"][0]["labels"]


@pytest.mark.parametrize(
    ("change", "item"),
    [
        (other_words, "record 2"),
        (another_checkpoint, "checkpoint"),
        (of_another_record, "received"),
        (one_less, "positions"),
    ],
)
def test_a_change_in_a_members_part_is_located(rep: Session, change: Any, item: str, tmp_path: Path) -> None:
    path = make(rep, tmp_path / "casework.pdf")
    handover = 1 if change is of_another_record else find_member(rep, OFFICER).handovers[-1].index
    (tmp_path / "changed.pdf").write_bytes(spoilt(path, change))
    verdicts = items(tmp_path / "changed.pdf")
    assert verdicts[f"hand-over {handover} {item}"] == "altered"


def test_a_plan_that_names_what_was_not_handed_over_is_refused(rep: Session, tmp_path: Path) -> None:
    handover = find_member(rep, OFFICER).handovers[-1].index
    with pytest.raises(InputError, match=r"record \d+/77, which is not in this log"):
        make(
            rep,
            tmp_path / "x.pdf",
            SavedPlan("casework", sections=(Section("X", (Document(RecordRef(handover, 77)),)),)),
        )
    with pytest.raises(InputError, match="not in this log"):
        make(rep, tmp_path / "x.pdf", SavedPlan("casework", sections=(Section("X", (Document(RecordRef(1, 1)),)),)))


def test_a_plan_that_leaves_out_a_needed_proof_is_refused(rep: Session, tmp_path: Path) -> None:
    handover = find_member(rep, OFFICER).handovers[-1].index
    shown = (Section("X", (Document(RecordRef(handover, 2)),)),)
    for gone in (handover, RecordRef(handover, 0)):
        plan = SavedPlan("casework", sections=shown, left_out=(LeftOutByHand(gone, "", "not needed"),))
        with pytest.raises(InputError, match="prove nothing"):
            make(rep, tmp_path / "x.pdf", plan)
    one = LeftOutByHand(RecordRef(handover, 1), "", "not relied on")
    path = make(rep, tmp_path / "left.pdf", SavedPlan("casework", sections=shown, left_out=(one,)))
    assert set(items(path).values()) == {"verified"}
    names = plans.document_names(rep, SavedPlan("casework", sections=shown, left_out=(one,)))
    assert names[RecordRef(handover, 2)].startswith(f"{handover}/2  Instruction: {SAID[:20]}")


def test_a_late_section_by_itself_holds_what_proves_a_members_record(rep: Session, tmp_path: Path) -> None:
    one, other = (find_member(rep, name).handovers[-1].index for name in (OFFICER, SECOND))
    first = Section("First", (Document(RecordRef(one, 2)), Document(RecordRef(other, 1))))
    late = Section("Late", (Document(RecordRef(one, 1)),))
    alone = tmp_path / "alone.pdf"
    plan = SavedPlan("casework", "Late", sections=(first,), late=(late,))
    export_plan(rep, plan, tmp_path / "whole.pdf", Choice(), section_alone=alone)
    for path in (tmp_path / "whole.pdf", alone):
        assert set(items(path).values()) == {"verified"}, path.name
    parts = {part["handover"]: part for part in manifest_in(alone)["handed_over"]}
    assert list(parts) == [one], "a member whose records are not in the section is named"
    assert [each["index"] for each in parts[one]["records"]] == [0, 1]
    assert "in the bundle that this section belongs to" in str(parts[one]["left_out"])


def test_the_schedule_numbers_a_members_record_as_its_page_does(rep: Session, tmp_path: Path) -> None:
    one = find_member(rep, OFFICER).handovers[-1].index
    hidden = Redaction("other", "not relied on", record=RecordRef(one, 2), field="exact_words")
    shown = (Section("X", (Document(RecordRef(one, 2)),)),)
    path = make(rep, tmp_path / "out.pdf", SavedPlan("casework", sections=shown, redactions=(hidden,)))
    assert f"Record {one}/2 other 1 not relied on" in all_words(path)
    assert set(items(path).values()) == {"verified"}


def test_a_rep_without_hand_overs_makes_a_bundle_of_their_own_records(tmp_path: Path) -> None:
    stores.make_store(tmp_path / "rep", owner=REP, machine="other", holder=Holder.REP)
    with stores.open_fast(tmp_path / "rep") as rep:
        seal_with(
            rep, {"kind": "note", "event_at": "2026-01-20", "event_precision": "date only", "fields": {"text": "Mine."}}
        )
        path = make(rep, tmp_path / "own.pdf")
        assert "Mine." in all_words(path)
        assert set(items(path).values()) == {"verified"}


def test_what_several_logs_hold_is_said_with_how_many(rep: Session, tmp_path: Path) -> None:
    one, other = (find_member(rep, name).handovers[-1].index for name in (OFFICER, SECOND))
    sealed = corroborate(rep, [f"{one}/1", f"{other}/1"], "Both were told to take more cases.")
    assert sealed.record.fields["logs"] == 2
    words = all_words(make(rep, tmp_path / "casework.pdf"))
    assert "Both were told to take more cases." in words
    assert "Independently recorded in so many logs" in " ".join(words.split())
    assert f"{one}/1 {received_at(rep, one, 1).record.code}" in words


@pytest.mark.parametrize(
    ("references", "what", "why"),
    [
        (("{one}/1", "{one}/1"), "Told.", "stands twice"),
        (("{one}/1", "{one}/2"), "Told.", "records of one log"),
        (("{one}/1",), "Told.", "records of one log"),
        (("{one}/1", "9/9"), "Told.", "does not show position 9|no record"),
        (("{one}/1", "seven"), "Told.", "no record that was handed over"),
        (("{one}/1", "{other}/1"), f"{SECOND} was told.", "without a name"),
        (("{one}/1", "{other}/1"), "  ", "without a name"),
    ],
)
def test_what_is_no_corroboration_is_refused(references: tuple[str, ...], what: str, why: str, rep: Session) -> None:
    one, other = (find_member(rep, name).handovers[-1].index for name in (OFFICER, SECOND))
    size = rep.store.log.size()
    with pytest.raises(InputError, match=why):
        corroborate(rep, [each.format(one=one, other=other) for each in references], what)
    assert rep.store.log.size() == size
