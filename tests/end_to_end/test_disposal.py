"""Disposal in a rep's store: what is held about one member goes, from every page of the disk; the log, the others and the receipts stay."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evidence_app.domain.plan.saved_plan import Cover, SavedPlan
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.record.story_line import StoryLine
from evidence_app.errors import InputError
from evidence_app.services.attestation import cards
from evidence_app.services.bundles import plans, saved_plans
from evidence_app.services.bundles.decisions import decide
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.session import PASSPHRASE, Session
from evidence_app.services.duties import disposal
from evidence_app.services.duties.disposal import dispose, held_about
from evidence_app.services.duties.facility_time import facility_hours
from evidence_app.services.duties.subject_access import write_subject_access
from evidence_app.services.mail.file_search import read_files
from evidence_app.services.members.members import all_members, received_counts
from evidence_app.services.records.reading import search
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.verifying import verify_bytes
from evidence_app.store.header import read_header
from tests.conftest import Run
from tests.support import judges, stores
from tests.support.bundles import all_words, manifest_in, seal_with
from tests.support.members import NOW, OFFICER, SAID, Pair, instruction, make_pair
from tests.support.raw_pages import pages_of

SECOND = "T. Ashe"
PLANTED = ("Kestrelwood", "Marrowbone", "Thistledown", "Quagmire", "Saltmarsh")
TOLD = {"event_at": "2026-01-20", "event_precision": "date only"}
OVER = "the matter is closed"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rep's store with two members; planted words stand in everything that is about the first."""
    folder = tmp_path_factory.mktemp("disposal")
    clock = stores.SetClock(NOW)
    make_pair(folder)
    stores.make_store(folder / "second", owner=SECOND, clock=clock)
    with (
        stores.open_fast(folder / "officer", clock=clock) as officer,
        stores.open_fast(folder / "second", clock=clock) as second,
        stores.open_fast(folder / "rep", clock=clock) as rep,
    ):
        decide(officer, keep=[PLANTED[0]])
        seal_with(officer, instruction(f"{PLANTED[0]}: take three more."))
        Pair(officer, rep, clock, folder).give()
        seal_with(second, instruction("Nobody else is there."))
        cards.take_card(second, cards.own_card(rep).block, "by telephone")
        cards.take_card(rep, cards.own_card(second).block, "by telephone")
        Pair(second, rep, clock, folder, made=10).give()
        seal_with(rep, {"kind": "member", "fields": {"name": OFFICER, "about": PLANTED[1]}, **TOLD})
        for ref, names in (("BR-1", (OFFICER,)), ("BR-2", (OFFICER, SECOND))):
            for name in names:
                fields = {"member": {"person": name}, "type": "grievance", "state": "open", "summary": ref}
                seal_with(rep, {"kind": "member-case", "fields": fields, "case_ref": ref, **TOLD})
        paper = f"{PLANTED[2]} wrote to HR.".encode()
        seal_with(rep, {"kind": "document", "fields": {"what": "Letter"}, "case_ref": "BR-1", **TOLD}, {"l.txt": paper})
        seal_with(
            rep, {"kind": "note", "fields": {"text": f"{PLANTED[3]}: advised to wait."}, "case_ref": "BR-1", **TOLD}
        )
        seal_with(rep, {"kind": "note", "fields": {"text": f"Both, {OFFICER} too, wait."}, "case_ref": "BR-2", **TOLD})
        begun = plans.begin_plan(rep, "Theirs", "casework", Choice(members=(OFFICER,)))
        saved_plans.keep_plan(
            rep, SavedPlan("casework", "Theirs", sections=begun.sections, story=(StoryLine(PLANTED[4], None),))
        )
        read_files(rep)
    for name in ("officer", "second"):
        shutil.rmtree(folder / name)
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    return stores.copy_of(made / "rep", tmp_path / "rep")


@pytest.fixture
def rep(store: Path) -> Iterator[Session]:
    with stores.open_fast(store, clock=stores.SetClock(NOW)) as session:
        yield session


def found_on_disk(folder: Path) -> set[str]:
    """Return which of the planted words any page of the database or journal still holds, whatever its case."""
    header, _ = read_header(folder)
    key = header.unlock(stores.WORDS, PASSPHRASE)
    whole = b"".join(pages_of(folder, key)).lower()
    return {word for word in PLANTED if word.lower().encode() in whole}


def test_planted_words_stand_on_the_disk_before_and_on_no_page_after(store: Path) -> None:
    assert found_on_disk(store) == set(PLANTED), "the search finds nothing: it would find nothing afterwards either"
    with stores.open_fast(store, clock=stores.SetClock(NOW)) as rep:
        done = dispose(rep, held_about(rep, OFFICER), OVER)
        assert done.journal_empty
        assert found_on_disk(store) == set(), "while the store is still open"
    assert found_on_disk(store) == set()


def test_what_is_held_is_listed_first_and_nothing_is_gone(rep: Session) -> None:
    size = rep.store.log.size()
    held = held_about(rep, OFFICER)
    kinds = [each.kind.name for each in held.theirs]
    assert sorted(kinds) == sorted(["card", "handover", "member", "member-case", "member-case", "document", "note"])
    assert [each.fields["text"] for each in held.others if each.kind.name == "note"] == [f"Both, {OFFICER} too, wait."]
    assert held.plans == ("Theirs",)
    assert rep.store.log.size() == size
    assert not any(each.case_ref == "BR-2" and each.kind.name == "note" for each in held.theirs), "it is about two"


def test_the_log_the_others_and_the_receipts_stay(rep: Session, tmp_path: Path) -> None:
    held = held_about(rep, OFFICER)
    handover = next(each for each in held.theirs if each.kind.name == "handover")
    root = rep.store.log.root(rep.store.log.size())
    size = rep.store.log.size()
    done = dispose(rep, held, OVER)
    assert rep.store.log.root(size) == root, "the log is another one"
    report = check_store(rep)
    assert report.verdict.value == "verified", [each for each in report.checks if each.verdict.value != "verified"]
    assert any(f"Disposed of, as record {done.sealed.index} says" in note for note in report.notes)
    assert [each.name for each in all_members(rep)] == [SECOND, OFFICER][:1]
    assert list(received_counts(rep).values()) == [2]
    tombstone = rep.store.records.get(done.sealed.index)
    assert tombstone.fields["receipts"] == [
        {"record": handover.index, "sha256": handover.fields["sha256"], "head": handover.fields["head"]}
    ]
    assert OFFICER not in str(tombstone.content)
    with pytest.raises(InputError, match=f"was disposed of, as record {done.sealed.index} says"):
        rep.store.records.get(handover.index)
    decide(rep, keep=["Hale"])
    path = tmp_path / "rest.pdf"
    export_plan(rep, SavedPlan("casework"), path, Choice(members=(SECOND,)))
    content = path.read_bytes()
    ours = {check.name: check.verdict.value for check in verify_bytes(content).checks}
    assert set(ours.values()) == {"verified"}
    assert ours == judges.verify_bundle(content)
    assert {run["reason"] for run in manifest_in(path)["left_out"]} >= {"disposed of"}
    assert SAID not in all_words(path)


def test_nothing_of_it_is_found_listed_or_drawn_any_more(rep: Session) -> None:
    assert search(rep, PLANTED[1])
    assert search(rep, PLANTED[2]), "the file was not read"
    dispose(rep, held_about(rep, OFFICER), OVER)
    for word in PLANTED:
        assert search(rep, word) == [], word
    assert saved_plans.saved_plans(rep) == {}
    read_files(rep)
    assert search(rep, "Both"), "what is left is not found any more"


def test_a_plan_of_several_members_is_kept_without_what_was_theirs(store: Path) -> None:
    with stores.open_fast(store, clock=stores.SetClock(NOW)) as rep:
        begun = plans.begin_plan(rep, "Both", "casework", Choice(members=(OFFICER, SECOND)))
        of_second = [each.record for each in begun.documents() if each.record is not None and each.record != 0]
        cover = Cover("Employment Tribunal", parties=(OFFICER, SECOND), representative="R. Own")
        lines = (StoryLine(f"What {OFFICER} was told", None), StoryLine("What both were told", None))
        told = ("I begin.", f"I saw {PLANTED[4]} with {OFFICER}.")
        saved_plans.keep_plan(rep, replace(begun, cover=cover, story=lines, statement=told))
        held = held_about(rep, OFFICER)
        assert held.joint_plans == ("Both",)
        done = dispose(rep, held, OVER)
        assert any("kept: plan Both" in each for each in done.remains)
        left = saved_plans.plan_named(rep, "Both")
        assert left.cover.parties == (SECOND,)
        assert [line.text for line in left.story] == ["What both were told"]
        assert left.statement == ("I begin.",)
        kept = {each.record for each in left.documents() if each.record is not None}
        assert kept < set(of_second) | {0}
        assert len(kept) > 1
        assert plans.work_out(rep, left, Choice()).shown, "what is left is a plan that can be made"
        after = held_about(rep, OFFICER)
        assert after.theirs == ()
        assert [each.kind.name for each in after.others] == ["note"], (
            "what names them still can be found and disposed of"
        )
        dispose(rep, after, OVER, also=[after.others[0].index])
        with pytest.raises(InputError, match="no member"):
            held_about(rep, OFFICER)
    assert found_on_disk(store) == set()


def test_a_record_that_must_not_be_destroyed_stops_it(rep: Session) -> None:
    fields = {"text": "Keep this.", "legal_hold": True}
    held_back = seal_with(rep, {"kind": "note", "fields": fields, "case_ref": "BR-1", **TOLD})
    size = rep.store.log.size()
    with pytest.raises(InputError, match="must not be destroyed"):
        dispose(rep, held_about(rep, OFFICER), OVER)
    assert rep.store.log.size() == size
    done = dispose(rep, held_about(rep, OFFICER), OVER, keep=[held_back])
    assert rep.store.records.get(held_back).fields["text"] == "Keep this."
    assert f"record {held_back}" in done.in_words() or f"{held_back}" in done.in_words()
    assert check_store(rep).verdict.value == "verified"


def test_bad_wishes_change_nothing(rep: Session, tmp_path: Path) -> None:
    held, size = held_about(rep, OFFICER), rep.store.log.size()
    for why, more in (
        ("Say why", {"reason": "because"}),
        ("names the member", {"note": f"of {OFFICER.lower()}"}),
        ("not among what is held", {"also": [0]}),
        ("not among what is held", {"keep": [4_000]}),
        ("Nothing would go", {"keep": [each.index for each in held.theirs]}),
    ):
        with pytest.raises(InputError, match=why):
            dispose(rep, held, **({"reason": OVER} | more))  # type: ignore[arg-type]
    assert rep.store.log.size() == size
    with pytest.raises(InputError, match="no member"):
        held_about(rep, "Nobody")
    stores.make_store(tmp_path / "officer")
    with stores.open_fast(tmp_path / "officer") as officer, pytest.raises(InputError, match="officer's store"):
        held_about(officer, OFFICER)


def test_what_names_others_too_goes_only_when_it_is_said(rep: Session) -> None:
    held = held_about(rep, OFFICER)
    (both,) = [each for each in held.others if each.kind.name == "note"]
    done = dispose(rep, held, OVER, also=[both.index])
    assert "Kept, and" not in done.in_words()
    assert search(rep, "Both") == []


def test_an_interrupted_disposal_is_done_or_not_done(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plug is pulled between the commit and the emptying of the journal: the next opening empties it."""
    child = os.fork() if sys.platform != "win32" else pytest.skip("there is no fork here")
    if child == 0:  # pragma: no cover - ends without returning
        with stores.open_fast(store, clock=stores.SetClock(NOW)) as rep:
            monkeypatch.setattr(type(rep.store), "scrub", lambda _self: os.kill(os.getpid(), signal.SIGKILL))
            dispose(rep, held_about(rep, OFFICER), OVER)
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    with stores.open_fast(store) as rep:
        assert check_store(rep).verdict.value == "verified"
        assert [each.name for each in all_members(rep)] == [SECOND]
        assert rep.store.setting("to_scrub") == b""
    assert found_on_disk(store) == set()


def test_a_failure_within_the_transaction_leaves_everything(rep: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    held, size = held_about(rep, OFFICER), rep.store.log.size()
    monkeypatch.setattr(disposal, "_plans", fail)
    with pytest.raises(RuntimeError):
        dispose(rep, held, OVER)
    assert rep.store.log.size() == size
    assert search(rep, PLANTED[1])
    assert check_store(rep).verdict.value == "verified"


def test_a_member_who_comes_back_begins_anew(made: Path, rep: Session, tmp_path: Path) -> None:
    """What was known of their log is gone with it: a new card and a new hand-over are taken in like the first."""
    dispose(rep, held_about(rep, OFFICER), OVER)
    clock = stores.SetClock(NOW)
    stores.make_store(tmp_path / "again", owner=OFFICER, clock=clock)
    with stores.open_fast(tmp_path / "again", clock=clock) as officer:
        seal_with(officer, instruction("Once more."))
        cards.take_card(officer, cards.own_card(rep).block, "by telephone")
        cards.take_card(rep, cards.own_card(officer).block, "by telephone")
        Pair(officer, rep, clock, tmp_path).give()
    assert len(all_members(rep)) == 2


def test_everything_about_one_member_is_one_file_for_them(rep: Session, tmp_path: Path) -> None:
    path = tmp_path / "held.pdf"
    write_subject_access(rep, OFFICER, path)
    assert {check.verdict.value for check in verify_bytes(path.read_bytes()).checks} == {"verified"}
    words = all_words(path)
    for said in (*PLANTED[:4], SAID, f"What is held about {OFFICER}"):
        assert said in words, said
    assert "Nobody else is there." not in words, "what another member handed over is in it"
    with pytest.raises(InputError, match="does not name"):
        write_subject_access(rep, OFFICER, tmp_path / "x.pdf", also=[0])
    export = rep.store.records.get(rep.store.log.size() - 1)
    assert export.fields["profile"] == "subject-access"


def test_hours_are_added_up_by_purpose_and_pay(rep: Session) -> None:
    for day, hours, paid in (("2026-01-05", 1.5, "paid"), ("2026-01-06", 2, "paid"), ("2026-02-01", 3, "own time")):
        fields = {"sort": "duties", "hours": hours, "paid": paid}
        seal_with(rep, {"kind": "facility-time", "fields": fields, "event_at": day, "event_precision": "date only"})
    every = facility_hours(rep, Selection())
    assert [(each.paid, each.hours, each.records) for each in every] == [("own time", 3.0, 1), ("paid", 3.5, 2)]
    january = facility_hours(rep, Selection(event_to="2026-01-31T23:59:59Z"))
    assert [each.hours for each in january] == [3.5]


def test_the_command_line_lists_removes_and_writes(store: Path, tmp_path: Path, run_cli: Run) -> None:
    listed = run_cli("dispose", OFFICER, store=store).expect(0)
    assert "About R. Hale alone:" in listed.stdout
    assert "Plan of their records: Theirs" in listed.stdout
    run_cli("dispose", OFFICER, "--keep", 3, store=store).refused(2)
    run_cli("subject-access", OFFICER, "--out", tmp_path / "held.pdf", store=store).expect(0)
    gone = run_cli("dispose", OFFICER, "--because", OVER, "--json", store=store).expect(0).json
    assert gone["gone"] == 8, "with the entry of the file that was made for them"
    assert any("register" in each for each in gone["remains"])
    run_cli("check", store=store).expect(0)
    left = run_cli("dispose", OFFICER, store=store).expect(0).stdout
    assert "alone" not in left, "what is theirs alone is gone"
    assert "Both, R. Hale too" in left, "what names them beside others is still found"
    assert "h  in all" in run_cli("facility-time", store=store).expect(0).stdout
