"""A rep's store: its kinds, what it refuses, and its list of members."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.kinds import KINDS, kinds_of
from evidence_app.domain.record.rep_kinds import GET_ADVICE
from evidence_app.domain.record.selection import ReceivedQuery, Selection
from evidence_app.domain.record.work_kinds import FROM_ANOTHER
from evidence_app.errors import InputError
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.sealing import Source, seal
from evidence_app.services.core.session import Session
from evidence_app.services.members.members import all_members, find_member, received
from evidence_app.services.records import threads
from evidence_app.services.records.drafts import attach_to_draft, begin_draft, seal_draft
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.rescuing import rescue
from tests.support import mails, sample_documents, stores
from tests.support.bundles import all_words
from tests.support.entries import REP_KIND_NAMES, sample_entry
from tests.support.members import Pair, make_pair

NOW = datetime(2026, 1, 26, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rep") / "store"
    stores.make_store(folder, owner="A. Brandt", machine="other", holder=Holder.REP, clock=stores.SetClock(NOW))
    return folder


@pytest.fixture
def clock() -> stores.SetClock:
    return stores.SetClock(NOW)


@pytest.fixture
def rep(made: Path, tmp_path: Path, clock: stores.SetClock) -> Iterator[Session]:
    with stores.open_fast(stores.copy_of(made, tmp_path / "rep"), clock=clock) as session:
        yield session


def entry(kind: str, fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": kind, "event_at": "2026-01-26", "event_precision": "date only", "fields": fields} | more


def test_record_0_names_the_holder(rep: Session, store_path: Path) -> None:
    assert rep.store.records.get(0).fields["holder"] == "rep"
    assert rep.holder is Holder.REP
    with stores.open_fast(store_path) as officer:
        assert officer.store.records.get(0).fields["holder"] == "officer"


@pytest.mark.parametrize("kind", REP_KIND_NAMES)
def test_every_kind_of_a_rep_can_be_sealed(rep: Session, kind: str) -> None:
    sealed = stores.seal_entry(
        rep, sample_entry(kind, full=True, case_ref="GR-2026-1", fields={"identifies_client": False})
    )
    assert rep.store.records.get(sealed.index).kind.name == kind


def test_shortcut_letters_of_kinds_that_a_menu_offers_are_unique() -> None:
    for holder in Holder:
        letters = [kind.letter for kind in kinds_of(holder) if kind.name not in FROM_ANOTHER]
        assert len(set(letters)) == len(letters), f"two kinds of an {holder} start with one letter: {sorted(letters)}"


@pytest.mark.parametrize(
    "text",
    ["He is X000412.", "NOMS A1234BC", "PNC 1999/0123456X", "CRO 123456/99X", "NI AB 12 34 56 C", "born 3 March 1980"],
)
def test_client_identifiers_are_refused_everywhere(rep: Session, text: str, tmp_path: Path) -> None:
    for given in (
        entry("note", {"text": text}),
        entry("member-case", {"member": {"person": "R. Hale"}, "type": "grievance", "summary": text}),
        entry("document", {"what": text[:80]}),
    ):
        with pytest.raises(InputError, match="nothing that identifies a client"):
            stores.seal_entry(rep, given)
    for name, content in (
        ("letter.txt", text.encode()),
        ("letter.pdf", sample_documents.letter([text])),
        ("mail.eml", mails.sent(body=text)),
    ):
        with pytest.raises(InputError, match=f"{name} holds what looks like"):
            seal_files(rep, {name: content})
    with pytest.raises(InputError, match="name of a file"):
        seal_files(rep, {f"{text}.txt": b"nothing"})
    assert rep.store.log.size() == 1


def test_a_reference_that_is_a_crn_is_refused(rep: Session) -> None:
    with pytest.raises(InputError, match="CRN"):
        stores.seal_entry(rep, entry("note", {"text": "advice"}, case_ref="X000412"))


def seal_files(session: Session, files: dict[str, bytes], **fields: Any) -> Any:
    given = read_entry(entry("document", {"what": "A letter"} | fields))
    return seal(session, given, [Source(name, content=content) for name, content in files.items()])


def test_partly_readable_files_need_confirmation(rep: Session) -> None:
    picture = sample_documents.picture(format="PNG")
    for name, content in (
        ("scan.png", picture),
        ("scan.pdf", sample_documents.picture(format="PDF")),
        ("x.bin", b"\x00\x01"),
    ):
        with pytest.raises(InputError, match=r"cannot read all words of"):
            seal_files(rep, {name: content})
        assert seal_files(rep, {name: content}, identifies_client=False).index > 0
    sealed = seal_files(rep, {"letter.txt": b"Dear member,"})
    assert rep.store.records.get(sealed.index).attachments[0].kept, "a rep's own papers are not kept"


def test_client_identifiers_are_refused_in_drafts(rep: Session, tmp_path: Path) -> None:
    draft = begin_draft(rep, "document", entry("document", {"what": "A letter"}))
    (tmp_path / "letter.txt").write_bytes(b"about X000412")
    with pytest.raises(InputError, match="what looks like a CRN"):
        attach_to_draft(rep, draft.identity, tmp_path / "letter.txt")
    (tmp_path / "reply.txt").write_bytes(b"Dear member,")
    attach_to_draft(rep, draft.identity, tmp_path / "reply.txt")
    assert rep.store.records.get(seal_draft(rep, draft.identity).index).attachments[0].name == "reply.txt"


def test_a_reps_note_is_union_advice_and_never_goes_to_an_employer(rep: Session, tmp_path: Path) -> None:
    note = stores.seal_entry(rep, entry("note", {"text": "I advised her to wait."}))
    assert rep.store.records.get(note.index).restricted == "union advice"
    kept = stores.seal_entry(rep, entry("note", {"text": "Counsel said so.", "restricted_to": "legal advice"}))
    assert rep.store.records.get(kept.index).restricted == "legal advice"
    stores.seal_entry(rep, entry("member", {"name": "R. Hale", "contact": "0161 496 0000"}))
    met = stores.seal_entry(rep, entry("meeting", {"type": "grievance", "my_point": "We met the manager."}))
    for name in ("manager", "grievance", "tribunal", "handover", "disclosure"):
        out = tmp_path / f"{name}.pdf"
        export(rep, name, out, Selection(), thread=met.index if PROFILES[name].one_thread else None)
        words = all_words(out)
        assert "advised her to wait" not in words, (
            f"advice of a union stands in the bundle for {PROFILES[name].audience}"
        )
        assert "496 0000" not in words


def test_members_are_listed_with_everything_about_them(rep: Session) -> None:
    member = {"person": "R. Hale"}
    stores.seal_entry(rep, entry("note", {"text": "What she told me first."}, case_ref="GR-1"))
    stores.seal_entry(rep, entry("member", {"name": "R. Hale", "office": "Easthaven"}))
    stores.seal_entry(
        rep, entry("member-case", {"member": member, "type": "grievance", "state": "open"}, case_ref="GR-1")
    )
    told = {"what": "Lodge the grievance", "falls_on": "2026-02-06", "told_by": "HR's letter of 12 January"}
    deadline = stores.seal_entry(rep, entry("deadline", told, case_ref="GR-1"))
    stores.seal_entry(rep, entry("note", {"text": "Wait for the letter."}, case_ref="GR-1"))
    stores.seal_entry(rep, entry("member", {"name": "T. Ashe"}))
    first, second = all_members(rep)
    assert (first.name, first.office, [*first.cases], len(first.advice)) == ("R. Hale", "Easthaven", ["GR-1"], 2)
    assert [each.record.index for each in first.deadlines] == [deadline.index]
    assert second.name == "T. Ashe"
    assert find_member(rep, "hale").name == "R. Hale"
    with pytest.raises(InputError, match="no member"):
        find_member(rep, "Nobody")
    stores.seal_entry(
        rep, entry("member-case", {"member": member, "type": "grievance", "state": "closed"}, case_ref="GR-1")
    )
    assert find_member(rep, "R. Hale").open_cases == []


def test_a_deadline_names_its_source_and_says_to_get_advice(rep: Session) -> None:
    far = {"what": "Lodge the claim", "falls_on": "2026-06-30", "told_by": "The union's solicitor"}
    stores.seal_entry(rep, entry("deadline", far))
    (chaser,) = threads.look(rep).due_items
    assert chaser.sort == "deadline"
    assert chaser.due.isoformat() == "2026-06-30"
    assert chaser.words == f"Lodge the claim (told by: The union's solicitor). {GET_ADVICE}"
    threads.seal_outcome(rep, chaser.identity, "done", "Lodged.")
    assert threads.look(rep).due_items == ()
    assert KINDS["deadline"].fields[1].required, "a deadline without a date would invite the program to work one out"


def test_a_rescue_keeps_handed_over_records(tmp_path: Path) -> None:
    make_pair(tmp_path)
    clock = stores.SetClock(NOW)
    with (
        stores.open_fast(tmp_path / "officer", clock=clock) as officer,
        stores.open_fast(tmp_path / "rep", clock=clock) as rep,
    ):
        Pair(officer, rep, clock, tmp_path).give()
        before = [(each.handover, each.record.index, each.record.content) for each in received(rep, ReceivedQuery())]
    shutil.copytree(tmp_path / "rep", tmp_path / "damaged")
    session, found = rescue(tmp_path / "damaged", tmp_path / "new", stores.WORDS, clock=clock)
    with session:
        assert not found.lost
        assert session.holder is Holder.REP
        assert [
            (each.handover, each.record.index, each.record.content) for each in received(session, ReceivedQuery())
        ] == before
        assert check_store(session).verdict is Verdict.VERIFIED
