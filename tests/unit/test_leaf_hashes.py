"""Leaf hashes derived on two cores are those derived on one, and damage is found there too."""

from collections.abc import Callable

import pytest

from evidence_app.documents.workers.sessions import ForeignSession, WorkerEnded
from evidence_app.domain.record.entries import read_entry
from evidence_app.errors import Cancelled, StoreDamaged
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.core.sealing import seal_together
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping import leaf_hashes
from evidence_app.services.safekeeping.checking import check_store
from tests.support.entries import note


@pytest.fixture
def many(session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    seal_together(session, [read_entry(note(f"Said once more, number {number} of them.")) for number in range(70)])
    monkeypatch.setattr(leaf_hashes, "FEWEST", 10)
    monkeypatch.setattr(leaf_hashes, "BATCH", 16)
    return session


def asked_of_workers(monkeypatch: pytest.MonkeyPatch, answer: Callable[..., object] | None = None) -> list[int]:
    asked: list[int] = []
    real = ForeignSession.ask

    def ask(
        self: ForeignSession, call: str, joined: bytes, lengths: list[int], times: list[str], **named: float
    ) -> object:
        asked.append(len(lengths))
        return answer() if answer else real(self, call, joined, lengths, times, **named)

    monkeypatch.setattr(ForeignSession, "ask", ask)
    return asked


def test_a_worker_derives_what_this_process_derives(many: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asked_of_workers(monkeypatch)
    rows = list(leaf_hashes.with_leaf_hashes(many.store.records.rows_to_check(), many.store.log.size()))
    assert asked == [11, 11, 11, 11, 4], "no worker took its share: this shows nothing"
    assert [row.record.index for row, _ in rows] == list(range(71))
    for row, derived in rows:
        assert derived == leaf_hashes.derived_hash(row.record, row.secret) == row.record.leaf_hash


@pytest.mark.parametrize("place", [1, 15, 16, 40])
def test_what_was_read_before_a_record_that_cannot_be_comes_first(many: Session, place: int) -> None:
    with many.store.transaction():
        many.store._database.run("UPDATE records SET content = ? WHERE position = ?", b"{", place)
    rows = leaf_hashes.with_leaf_hashes(many.store.records.rows_to_check(), many.store.log.size())
    came: list[int] = []
    with pytest.raises(StoreDamaged):
        came.extend(row.record.index for row, derived in rows if derived == row.record.leaf_hash)
    assert came == list(range(place))


@pytest.mark.parametrize("place", [3, 14, 70])
def test_a_changed_record_is_found_wherever_it_is_derived(many: Session, place: int) -> None:
    with many.store.transaction():
        row = many.store._database.one("SELECT content FROM records WHERE position = ?", place)
        assert row is not None
        changed = bytes(row[0]).replace(b"once more", b"twice more")
        many.store._database.run("UPDATE records SET content = ? WHERE position = ?", changed, place)
    report = check_store(many)
    assert report.verdict is Verdict.ALTERED
    assert [check.name for check in report.checks if check.name.startswith("record ")] == [f"record {place}"]


def test_where_the_worker_ends_or_answers_nonsense_all_are_derived_here(
    many: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends() -> object:
        raise WorkerEnded

    for answer in (ends, lambda: b"too short", lambda: None):
        with monkeypatch.context() as patched:
            asked_of_workers(patched, answer)
            assert check_store(many).verdict is Verdict.VERIFIED


def test_a_check_with_a_worker_can_be_stopped(many: Session) -> None:
    turns = iter([False] * 20)
    with pytest.raises(Cancelled):
        check_store(many, cancel=lambda: next(turns, True))
