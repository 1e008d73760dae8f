"""Several records sealed in one transaction: each proves as if it had been sealed alone, and all are there or none is."""

import contextlib
import json
from pathlib import Path

import pytest

from evidence_app.domain.record.entries import read_entry
from evidence_app.errors import EnvironmentProblem, InputError
from evidence_app.proof.seal_receipts import verify_receipt
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.core.sealing import seal, seal_together
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.store import head_note
from tests.support.entries import note


def entries(count: int, first: int = 0) -> list:
    return [read_entry(note(f"Told it once more, number {first + number}.")) for number in range(count)]


@pytest.mark.parametrize("before", [0, 1, 2, 6])
def test_each_has_its_own_checkpoint_and_receipt(session: Session, before: int) -> None:
    for entry in entries(before):
        seal(session, entry)
    size = session.store.log.size()
    sealed = seal_together(session, entries(9, before))
    assert [each.index for each in sealed] == list(range(size, size + 9))
    for each in sealed:
        assert session.store.log.checkpoint(each.tree_size)
        verify_receipt(each.receipt.encode())
    seal(session, entries(1, 99)[0])
    assert check_store(session).verdict is Verdict.VERIFIED


def test_what_cannot_be_sealed_leaves_nothing_of_the_others_and_the_tree_as_it_was(session: Session) -> None:
    seal(session, entries(1)[0])
    size, root = session.store.log.size(), session.store.log.root(session.store.log.size())
    wrong = read_entry(note("Of nothing.") | {"links": [{"to": 99, "as": "about"}]})
    with pytest.raises(InputError):
        seal_together(session, [*entries(3, 10), wrong])
    assert session.store.log.size() == size
    assert session.store.log.root(size) == root
    # What was rolled back is forgotten: the next record stands where those stood.
    seal_together(session, entries(5, 20))
    assert check_store(session).verdict is Verdict.VERIFIED


def test_transactions_inside_are_durable_together_and_the_head_beside_the_store_is_the_last(session: Session) -> None:
    with session.store.together():
        first, last = (seal(session, entry) for entry in entries(2))
    assert (first.index, last.index) == (1, 2)
    verify_receipt(last.receipt.encode())
    note = (session.store.folder / head_note.FILE).read_text(encoding="utf-8")
    assert session.store.log.checkpoint(last.tree_size) in note
    assert check_store(session).verdict is Verdict.VERIFIED


def test_a_failure_inside_that_is_passed_over_keeps_nothing(session: Session) -> None:
    size = session.store.log.size()

    def fail(_store: object) -> None:
        raise InputError("No.")

    def pass_it_over() -> None:
        with session.store.together():
            seal(session, entries(1)[0])
            with contextlib.suppress(InputError):
                seal(session, entries(1, 1)[0], also=fail)

    with pytest.raises(RuntimeError, match="A transaction failed"):
        pass_it_over()
    assert session.store.log.size() == size
    seal(session, entries(1, 2)[0])
    assert check_store(session).verdict is Verdict.VERIFIED


def test_nothing_of_a_group_is_there_where_it_fails_as_a_whole(session: Session) -> None:
    size = session.store.log.size()

    def fail_as_a_whole() -> None:
        with session.store.together():
            seal(session, entries(1)[0])
            raise EnvironmentProblem("The disk is full.")

    with pytest.raises(EnvironmentProblem):
        fail_as_a_whole()
    assert session.store.log.size() == size
    seal(session, entries(1, 1)[0])
    assert check_store(session).verdict is Verdict.VERIFIED


def test_a_second_connection_and_the_first_append_to_one_tree(session: Session) -> None:
    seal_together(session, entries(3))
    with session.beside() as other:
        seal_together(other, entries(4, 3))
        seal(session, entries(1, 7)[0])
        seal_together(other, entries(2, 8))
    seal(session, entries(1, 10)[0])
    assert session.store.log.size() == 12
    assert check_store(session).verdict is Verdict.VERIFIED


def test_sealing_a_record_reads_no_node_of_the_tree_twice(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    seal_together(session, entries(40))
    statements: list[str] = []
    database = type(session.store._database)
    for name in ("run", "run_many", "one", "all"):
        real = getattr(database, name)

        def counted(self, statement: str, *values: object, real=real):
            statements.append(statement)
            return real(self, statement, *values)

        monkeypatch.setattr(database, name, counted)
    seal(session, entries(1, 40)[0])
    assert not [each for each in statements if "FROM nodes" in each]
    assert len(statements) <= 9, "sealing asks the database more often than it did"


def test_a_file_of_many_is_sealed_up_to_the_one_that_cannot_be(run_cli, store_path: Path, tmp_path: Path) -> None:
    lines = [json.dumps(note(f"Number {number}.")) for number in range(200)]
    lines[150] = json.dumps(note("Of nothing.") | {"links": [{"to": 9_999, "as": "about"}]})
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = run_cli("seal", path, "--json", store=store_path)
    assert done.code == 2
    assert "Line 151" in done.stderr
    acknowledged = [json.loads(line)["index"] for line in done.stdout.splitlines()]
    assert acknowledged == list(range(1, 151))
    assert len(run_cli("list", "--json", store=store_path).expect(0).json["records"]) == 151
