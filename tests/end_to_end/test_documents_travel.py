"""Documents and outside clocks of a member travel with a hand-over, and stand in the rep's bundles as exhibits that prove to the member's log."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from evidence_app.domain.plan.saved_plan import Document, Redaction, SavedPlan, Section
from evidence_app.errors import InputError
from evidence_app.services.attestation import cards, witnessing
from evidence_app.services.bundles import plan_edits, plans, saved_plans
from evidence_app.services.bundles.decisions import decide
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.bundles.reviewing import review
from evidence_app.services.core.session import Session
from evidence_app.services.handover.receive import take_in
from evidence_app.services.handover.send import hand_over
from evidence_app.services.mail import importing
from evidence_app.services.members.members import find_member
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.end_to_end.test_casework_bundles import spoilt
from tests.support import judges, mails, stores
from tests.support.bundles import all_words, concern, digest, manifest_in, seal_with, words_on
from tests.support.members import NAMED, NOW, OFFICER, REP, make_pair
from tests.support.sample_documents import letter, scan
from tests.support.searching import places_of

LETTER = letter(
    ("To the head of the unit:", f"{NAMED} of 14 Quarry Lane", "must be seen weekly."), ("Page two of it.",)
)
SCAN = scan(("A note of the meeting", "of 12 January 2026:", "nobody may breach."))
UNSEEN = letter(("A letter that nobody looked through.",))
SOUND = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(20)
MAIL = mails.sent(body="I hold 61 cases and cannot see everybody weekly.\r\n", subject="My caseload")
NEVER = "nobody looked through"


@dataclass
class Travelled:
    """A rep's session with one hand-over, and where it is."""

    rep: Session
    handover: int
    folder: Path

    def make(self, profile: str = "casework", saved: SavedPlan | None = None, **more: Any) -> Path:
        """Export a bundle of the rep's."""
        out = self.folder / f"{profile}.pdf"
        export_plan(self.rep, saved or SavedPlan(profile), out, Choice(**more), replacing=True)
        return out


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rep's store that holds a hand-over with documents, and a countersigned head of the member's log; the hand-over lies beside it."""
    folder = tmp_path_factory.mktemp("travel")
    clock = stores.SetClock(NOW)
    make_pair(folder)
    with (
        stores.open_fast(folder / "officer", clock=clock) as officer,
        stores.open_fast(folder / "rep", clock=clock) as rep,
    ):
        decide(officer, withhold=[NAMED, "Quarry Lane"], keep=["Caseload", "Hale"])
        seal_with(
            officer, concern("I wrote to the head of the unit."), {"letter.pdf": LETTER, "meeting note.png": SCAN}
        )
        seal_with(officer, concern("More of it."), {"unseen.pdf": UNSEEN, "memo.wav": SOUND})
        (folder / "mail.eml").write_bytes(MAIL)
        brought = importing.open_import(officer)
        brought.look([folder / "mail.eml"], lambda *_: None, lambda: False, preview=False)
        brought.say_who_sent(0, sent=True)
        brought.take_in(sealing=True, progress=lambda *_: None)
        known = cards.find_card(officer, REP)
        answer = witnessing.answer_request(rep, witnessing.make_request(officer, known))
        witnessing.take_answer(officer, answer.block)
        begun = plans.begin_plan(officer, "For my rep", "union-casework", Choice())
        seen = {digest(each) for each in (LETTER, SCAN, MAIL)}
        out = folder / "given.age"
        hand_over(officer, looked_through(begun, seen), out, Choice(), known)
        take_in(rep, out.read_bytes())
    shutil.rmtree(folder / "officer")
    return folder


@pytest.fixture(scope="module")
def casework(received: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casework bundle of everything, to be read."""
    folder = tmp_path_factory.mktemp("casework")
    with stores.open_fast(stores.copy_of(received / "rep", folder / "rep"), clock=stores.SetClock(NOW)) as rep:
        export_plan(rep, SavedPlan("casework"), folder / "casework.pdf", Choice())
    return folder / "casework.pdf"


def handover_in(path: Path) -> int:
    """Return the number of the one hand-over in a bundle."""
    (part,) = manifest_in(path)["handed_over"]
    return int(part["handover"])


def looked_through(plan: SavedPlan, digests: set[str]) -> SavedPlan:
    """Return a plan in which somebody looked through these exhibits."""
    sections = tuple(
        replace(
            section,
            documents=tuple(
                replace(each, looked_through=True) if each.exhibit in digests else each for each in section.documents
            ),
        )
        for section in plan.sections or ()
    )
    return replace(plan, sections=sections)


@pytest.fixture
def travelled(received: Path, tmp_path: Path) -> Iterator[Travelled]:
    folder = stores.copy_of(received / "rep", tmp_path / "rep")
    with stores.open_fast(folder, clock=stores.SetClock(NOW)) as rep:
        yield Travelled(rep, find_member(rep, OFFICER).handovers[-1].index, tmp_path)


def items(path: Path) -> dict[str, str]:
    """Return what both verifiers, which must agree, say of each item."""
    content = path.read_bytes()
    ours = {check.name: check.verdict.value for check in verify_bytes(content).checks}
    assert ours == judges.verify_bundle(content), "the two verifiers disagree"
    return ours


@pytest.mark.parametrize("profile", ["casework", "grievance", "tribunal"])
def test_documents_stand_in_the_reps_bundles_and_prove_to_the_members_log(travelled: Travelled, profile: str) -> None:
    path = travelled.make(profile)
    verdicts = items(path)
    assert set(verdicts.values()) == {"verified"}
    exhibits = {each["sha256"]: each for each in manifest_in(path)["exhibits"]}
    assert set(exhibits) == {digest(each) for each in (LETTER, SCAN, MAIL)}
    for each in exhibits.values():
        assert each["records"] == [], "a record of the rep's is said to have it"
        (other,) = each["handed_over"]
        assert other["handover"] == travelled.handover
        assert other["first_page"] > 1
    words = all_words(path)
    assert "must be seen weekly." in words
    assert "Page two of it." in words
    assert "nobody may breach." in words
    shown = exhibits[digest(LETTER)]
    assert shown["pages"] == 2
    first = words_on(path, shown["first_page"])
    assert "handed over as exhibit" in first
    assert f"of hand-over {travelled.handover}" in first


def test_what_the_member_withheld_stays_withheld(casework: Path) -> None:
    assert places_of(casework, [NAMED, "Quillfeather", "Quarry Lane", NEVER]) == []


def test_what_the_members_bundle_printed_around_a_page_is_gone(casework: Path) -> None:
    """One page has one number, one marking and one title: those of the rep's bundle."""
    shown = next(each for each in manifest_in(casework)["exhibits"] if each["sha256"] == digest(LETTER))
    words = words_on(casework, shown["first_page"])
    pages = len(manifest_in(casework)["pages"])
    numbers = re.findall(r"\b(\d+) of (\d+)\b", words)
    # The page's own number, and how many pages the exhibit has here and had there.
    assert sorted(numbers) == sorted([(str(shown["first_page"]), str(pages)), ("1", "2"), ("1", "2")])
    marking = manifest_in(casework)["bundle"]["marking"]
    assert words.count(marking) == 2, "above and below"


def test_what_does_not_travel_is_named_with_the_reason(casework: Path) -> None:
    words = all_words(casework)
    for name in ("unseen.pdf", "memo.wav"):
        assert name in words
    assert "no pages of it were handed over" in words
    assert "Files not handed over" in words
    assert "2 files were not handed over by the members" in words


def test_one_mail_is_shown_once(casework: Path) -> None:
    assert all_words(casework).count("I hold 61 cases and cannot see everybody weekly.") == 1


def test_the_members_outside_clock_travels(casework: Path) -> None:
    name = f"hand-over {handover_in(casework)} outside clock 1"
    assert items(casework)[name] == "verified"
    report = verify_bytes(casework.read_bytes())
    assert any(note.startswith(f"{name.capitalize()}: ") for note in report.notes)
    assert any(note.startswith("No outside clock vouches for the log in this bundle") for note in report.notes), (
        "the clock of a member's log is said to vouch for the rep's"
    )
    assert "countersigned the head of" in all_words(casework)


def test_a_plan_names_moves_and_looks_at_what_was_handed_over(travelled: Travelled) -> None:
    begun = saved_plans.keep_plan(travelled.rep, plans.begin_plan(travelled.rep, "Case", "tribunal", Choice()))
    listed = plan_edits.listed_documents(travelled.rep, begun)
    found = plan_edits.find_document(listed, "letter.pdf")
    assert found.document.looked_through, "whoever handed it over looked through it"
    count = plan_edits.write_page(travelled.rep, begun, found, 2, travelled.folder / "page.png")
    assert count == 2
    moved = plan_edits.edit_plan(travelled.rep, begun, "move", str(found.number), plan_edits.Wanted("meeting note"))
    named = plan_edits.edit_plan(
        travelled.rep, moved, "title", "letter.pdf", plan_edits.Wanted("Letter of 4 January to the head of the unit")
    )
    path = travelled.make("tribunal", named)
    assert set(items(path).values()) == {"verified"}
    assert "Letter of 4 January to the head of the unit" in all_words(path)


def test_the_rep_withholds_more_of_what_was_handed_over(travelled: Travelled) -> None:
    begun = plans.begin_plan(travelled.rep, "Case", "tribunal", Choice())
    more = replace(
        begun,
        redactions=(
            Redaction("other", "not relied on", "nobody may breach", exhibit=digest(SCAN)),
            Redaction("other", "not relied on", exhibit=digest(LETTER), page=2, area=(0.0, 0.0, 1.0, 1.0)),
        ),
    )
    path = travelled.make("tribunal", more)
    assert set(items(path).values()) == {"verified"}
    assert places_of(path, ["nobody may breach", "Page two of it"]) == []
    with pytest.raises(InputError, match="finds nothing"):
        travelled.make(
            "tribunal", replace(begun, redactions=(Redaction("other", "", "never said", exhibit=digest(SCAN)),))
        )


def test_pages_are_chosen_and_a_page_that_is_not_there_is_refused(travelled: Travelled) -> None:
    begun = plans.begin_plan(travelled.rep, "Case", "tribunal", Choice())

    def pages(*wanted: tuple[int, int]) -> SavedPlan:
        sections = tuple(
            Section(
                each.title,
                tuple(replace(one, pages=wanted) if one.exhibit == digest(LETTER) else one for one in each.documents),
            )
            for each in begun.sections or ()
        )
        return replace(begun, sections=sections)

    path = travelled.make("tribunal", pages((2, 2)))
    assert "must be seen weekly" not in all_words(path)
    assert re.search(r"Left out of exhibit \d+: pages 1\b", all_words(path).replace("- ", ""))
    with pytest.raises(InputError, match="2 pages; the plan asks for page 3"):
        travelled.make("tribunal", pages((3, 3)))


def test_nobody_is_asked_again_about_words_that_the_member_decided_about(travelled: Travelled) -> None:
    plan = plans.work_out(travelled.rep, SavedPlan("tribunal"), Choice())
    assert [each for each in review(travelled.rep, plan) if each.where.startswith("exhibit")] == []


def test_a_file_that_the_rep_has_too_is_shown_from_the_reps_own_copy(travelled: Travelled) -> None:
    told = {"event_at": "2026-01-20", "event_precision": "date only"}
    own = seal_with(
        travelled.rep,
        {"kind": "document", "fields": {"what": "Note", "identifies_client": False}, **told},
        {"note.png": SCAN},
    )
    path = travelled.make("casework")
    found = next(each for each in manifest_in(path)["exhibits"] if each["sha256"] == digest(SCAN))
    assert found["records"] == [own]
    assert found["handed_over"] == [{"handover": travelled.handover, "records": [4]}]
    assert set(items(path).values()) == {"verified"}


def test_a_late_section_by_itself_holds_what_its_exhibit_needs(travelled: Travelled) -> None:
    begun = plans.begin_plan(travelled.rep, "Case", "tribunal", Choice())
    sections = begun.sections or ()
    late = Section("Late", (Document(exhibit=digest(LETTER), looked_through=True),))
    first = tuple(
        replace(each, documents=tuple(one for one in each.documents if one.exhibit != digest(LETTER)))
        for each in sections
    )
    whole, alone = travelled.folder / "whole.pdf", travelled.folder / "alone.pdf"
    export_plan(travelled.rep, replace(begun, sections=first, late=(late,)), whole, Choice(), section_alone=alone)
    for path in (whole, alone):
        assert set(items(path).values()) == {"verified"}, path.name
        assert "must be seen weekly" in all_words(path)


Change = Callable[[dict[str, Any]], None]


def to_another_record(manifest: dict[str, Any]) -> None:
    manifest["exhibits"][0]["handed_over"][0]["records"] = [1]


def to_another_log(manifest: dict[str, Any]) -> None:
    manifest["exhibits"][0]["handed_over"][0]["handover"] = 1


def as_the_reps_own(manifest: dict[str, Any]) -> None:
    del manifest["exhibits"][0]["handed_over"]
    manifest["exhibits"][0]["records"] = [0]


def with_another_digest(manifest: dict[str, Any]) -> None:
    manifest["exhibits"][0]["sha256"] = "0" * 64


@pytest.mark.parametrize("change", [to_another_record, to_another_log, as_the_reps_own, with_another_digest])
def test_an_exhibit_that_no_record_has_is_located(casework: Path, change: Change, tmp_path: Path) -> None:
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(spoilt(casework, change))
    assert items(changed)["exhibit 1"] == "altered"


def of_nobody(manifest: dict[str, Any]) -> None:
    del manifest["exhibits"][0]["handed_over"]


def of_one_twice(manifest: dict[str, Any]) -> None:
    manifest["exhibits"][0]["handed_over"] *= 2


def from_page_nought(manifest: dict[str, Any]) -> None:
    manifest["exhibits"][0]["handed_over"][0]["first_page"] = 0


def with_no_record(manifest: dict[str, Any]) -> None:
    manifest["exhibits"][0]["handed_over"][0]["records"] = []


@pytest.mark.parametrize("change", [of_nobody, of_one_twice, from_page_nought, with_no_record])
def test_a_manifest_of_another_form_is_unreadable(casework: Path, change: Change, tmp_path: Path) -> None:
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(spoilt(casework, change))
    assert items(changed)["manifest"] == "unreadable"


def another_head(manifest: dict[str, Any]) -> None:
    clock = manifest["handed_over"][0]["outside_clocks"][0]
    origin, size, _root = clock["head"].split()
    clock["head"] = f"{origin} {size} {'A' * 43}="


def test_a_members_clock_of_another_head_does_not_hold(casework: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(spoilt(casework, another_head))
    assert items(changed)[f"hand-over {handover_in(casework)} outside clock 1"] == "altered"


def test_pages_are_tagged_like_any(casework: Path) -> None:
    with pikepdf.open(casework) as pdf:
        assert all("/StructParents" in page.obj for page in pdf.pages)
