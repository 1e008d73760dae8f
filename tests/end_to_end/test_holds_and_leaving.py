"""Holds cover cases and stop disposal; what is held for an inquiry is listed without content; a leaver's store keeps proofs and no client."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.selection import Selection
from evidence_app.errors import InputError
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.core.session import PASSPHRASE, Session
from evidence_app.services.core.settings import change_setting, load_settings
from evidence_app.services.duties import leaving
from evidence_app.services.duties.disposal import dispose, held_about
from evidence_app.services.records import drafts
from evidence_app.services.records.directory import find_case
from evidence_app.services.records.holds import held_for, lift, standing_holds
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.verifying import verify_bytes, verify_file
from evidence_app.store.header import read_header
from tests.support import stores
from tests.support.bundles import seal_with
from tests.support.members import NOW, OFFICER, Pair, make_pair
from tests.support.raw_pages import pages_of

FIRST, SECOND = "X100001", "X100002"
SECRET = "Kestrelwood"
WHY = "The coroner's officer said so by telephone."


def entry(kind: str, fields: dict[str, Any], case: str = "", **more: Any) -> dict[str, Any]:
    base = {"kind": kind, "event_at": "2026-11-02T10:00:00Z", "event_precision": "exact", "fields": fields}
    return base | ({"case_ref": case} if case else {}) | more


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    stores.make_store(tmp_path / "store")
    with stores.open_fast(tmp_path / "store") as opened:
        seal_with(opened, entry("instruction", {"exact_words": f"See {SECRET} monthly."}, FIRST))
        seal_with(opened, entry("decision", {"rationale": "Weekly stays."}, SECOND))
        seal_with(opened, entry("health-and-safety", {"what": "I asked for a stress risk assessment."}))
        seal_with(opened, entry("concern", {"concern": "There is no cover in August."}))
        yield opened


def hold(session: Session, *cases: str) -> int:
    return seal_with(session, entry("incident", {"type": "inquest", "hold": True, "cases": list(cases)}))


def test_a_hold_covers_its_cases_and_is_seen_on_them(session: Session) -> None:
    index = hold(session, FIRST)
    assert find_case(session, FIRST).held_by == [index]
    assert find_case(session, SECOND).held_by == []
    (standing,) = standing_holds(session)
    assert "inquest" in standing.in_words()
    assert FIRST in standing.in_words()


def test_a_hold_that_is_set_twice_and_lifted_once_stands(session: Session) -> None:
    first, second = hold(session, FIRST), hold(session, FIRST)
    lift(session, first, WHY)
    assert find_case(session, FIRST).held_by == [second]
    with pytest.raises(InputError, match=f"Record {first} sets no hold that stands"):
        lift(session, first, WHY)
    with pytest.raises(InputError, match="Say why"):
        lift(session, second, "  ")
    lift(session, second, WHY)
    assert standing_holds(session) == []


def test_an_incident_that_names_no_case_holds_everything(session: Session) -> None:
    index = seal_with(session, entry("incident", {"type": "public inquiry", "hold": True}))
    assert find_case(session, SECOND).held_by == [index]
    assert "everything" in standing_holds(session)[0].in_words()


def test_what_is_held_is_listed_without_content(session: Session, run_cli, tmp_path: Path) -> None:
    index = hold(session, FIRST)
    by_incident = held_for(session, index, "", "")
    assert [each.record.index for each in by_incident] == [1, index]
    assert [each.record.index for each in held_for(session, None, "kestrelwood", "")] == [1]
    assert [each.record.index for each in held_for(session, None, "", SECOND)] == [2]
    assert SECRET not in str([each.to_json() for each in by_incident] + [each.in_words() for each in by_incident])
    with pytest.raises(InputError, match="Name an incident"):
        held_for(session, None, " ", "")
    with pytest.raises(InputError, match="Record 1 is no incident"):
        held_for(session, 1, "", "")


def stands_on_disk(folder: Path, key: bytes) -> bool:
    """Whether any page of the database or journal holds the planted word or the case."""
    whole = b"".join(pages_of(folder, key)).lower()
    return SECRET.lower().encode() in whole or FIRST.lower().encode() in whole


def test_a_leaver_keeps_proofs_and_no_client(session: Session, tmp_path: Path) -> None:
    change_setting(session, "client_names", [f"{SECRET}; {FIRST}"])
    drafts.begin_draft(session, "note", entry("note", {"text": f"{SECRET} again"}))
    found = leaving.look(session)
    assert [each.index for each in found.goes] == [1, 2]
    assert [each.index for each in found.stays] == [0, 3, 4]
    before, key = session.store.log.size(), read_header(tmp_path / "store")[0].unlock(stores.WORDS, PASSPHRASE)
    assert stands_on_disk(tmp_path / "store", key), "the search finds nothing: it would find nothing afterwards either"
    done = leaving.leave(session, found, tmp_path / "receipts", "Handed to the team manager.")
    assert (done.count, done.receipts, session.store.log.size()) == (2, 5, before + 1)
    assert [each.index for each in session.store.records.select(Selection())] == [0, 3, 4, 5]
    assert session.store.records.case_refs() == []
    assert session.store.records.search(SECRET) == []
    assert load_settings(session).client_names == ()
    assert drafts.all_drafts(session) == []
    assert check_store(session).verdict is Verdict.VERIFIED
    receipts = sorted((tmp_path / "receipts").iterdir())
    assert len(receipts) == 5
    for receipt in receipts:
        assert verify_file(receipt).verdict is Verdict.VERIFIED
        assert SECRET.encode() not in receipt.read_bytes()
    session.close()
    assert not stands_on_disk(tmp_path / "store", key)


def test_a_leaver_keeps_no_record_that_names_a_client_who_is_known(session: Session, tmp_path: Path) -> None:
    change_setting(session, "client_names", ["Kit Quorn"])
    named = seal_with(session, entry("concern", {"concern": "Nobody answers about Kit Quorn's matter."}))
    other = seal_with(session, entry("concern", {"concern": "There is no cover."}))
    found = leaving.look(session)
    assert named in [each.index for each in found.goes]
    assert other in [each.index for each in found.stays]


def test_a_hold_stops_a_leaver(session: Session, tmp_path: Path) -> None:
    index = hold(session, FIRST)
    found = leaving.look(session)
    assert [each.index for each in found.held_back] == [1, index]
    assert any("Hand it to whoever asked" in line for line in found.in_words())
    with pytest.raises(InputError, match=r"2 records are under a hold and must not be destroyed: 1, 5"):
        leaving.leave(session, found, tmp_path / "receipts")
    assert not (tmp_path / "receipts").exists()
    lift(session, index, WHY)
    assert leaving.leave(session, leaving.look(session), tmp_path / "receipts").count == 3


@pytest.mark.parametrize(
    ("note", "filled", "why"), [(f"About {FIRST}", False, "names a case"), ("", True, "not empty")]
)
def test_what_cannot_be_done_leaves_everything(
    note: str, filled: bool, why: str, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "receipts").mkdir()
    if filled:
        (tmp_path / "receipts" / "x").write_bytes(b"x")
    with pytest.raises(InputError, match=why):
        leaving.leave(session, leaving.look(session), tmp_path / "receipts", note)
    assert len(list(session.store.records.select(Selection()))) == 5


def test_what_goes_can_be_changed_by_hand(session: Session, tmp_path: Path) -> None:
    found = leaving.look(session, also=[4], keep=[2])
    assert [each.index for each in found.goes] == [1, 4]
    with pytest.raises(InputError, match="no record 99"):
        leaving.look(session, also=[99])


def test_a_rep_does_not_leave_so(tmp_path: Path) -> None:
    stores.make_store(tmp_path / "rep", holder=Holder.REP)
    with stores.open_fast(tmp_path / "rep") as rep, pytest.raises(InputError, match="dispose NAME"):
        leaving.look(rep)


def test_a_members_hold_stops_the_reps_disposal(tmp_path: Path) -> None:
    clock = stores.SetClock(NOW)
    make_pair(tmp_path)
    with (
        stores.open_fast(tmp_path / "officer", clock=clock) as officer,
        stores.open_fast(tmp_path / "rep", clock=clock) as rep,
    ):
        seal_with(
            officer, entry("incident", {"type": "inquest", "hold": True}, event_at="2026-01-20"[:10] + "T10:00:00Z")
        )
        Pair(officer, rep, clock, tmp_path).give()
        held = held_about(rep, OFFICER)
        assert held.held_back
        with pytest.raises(InputError, match="under a hold"):
            dispose(rep, held, "the matter is closed")


def test_the_verbs(run_cli, store_path: Path, tmp_path: Path) -> None:
    def seal(what: dict[str, Any]) -> int:
        done = run_cli(
            "seal", "-", "--json", store=store_path, stdin=str(what).replace("'", '"').replace("True", "true").encode()
        )
        return int(done.expect(0).json["index"])

    seal(entry("instruction", {"exact_words": "See her monthly."}, FIRST))
    index = seal(entry("incident", {"type": "inquest", "hold": True}, FIRST))
    assert f"Hold of record {index}, inquest" in run_cli("holds", store=store_path).expect(0).stdout
    assert "under a hold" in run_cli("cases", FIRST, store=store_path).expect(0).stdout
    out = tmp_path / "held.txt"
    run_cli("holdings", "--incident", index, "--out", out, store=store_path).expect(0)
    assert "2 records are held" in out.read_text(encoding="utf-8")
    assert "monthly" not in out.read_text(encoding="utf-8")
    assert "under a hold" in run_cli("leave", "--receipts", tmp_path / "r", store=store_path).refused(2)
    run_cli("holds", "--lift", index, "--why", WHY, store=store_path).expect(0)
    assert "2 records would go" in run_cli("leave", store=store_path).expect(0).stdout
    assert "2 records are gone" in run_cli("leave", "--receipts", tmp_path / "r", store=store_path).expect(0).stdout
    assert "no record is about a client" in run_cli("leave", "--receipts", tmp_path / "s", store=store_path).refused(2)
    assert "disposed of, as record" in run_cli("show", "1", store=store_path).refused(2)
    verified = run_cli("verify", next((tmp_path / "r").glob("*1*")), store=None)
    assert "verified" in verified.expect(0).stdout
    assert verify_bytes(next((tmp_path / "r").iterdir()).read_bytes()).verdict is Verdict.VERIFIED
