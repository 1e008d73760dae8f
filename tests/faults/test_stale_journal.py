"""A database, its journal and its signed head that are not of one moment: said before anything is written, and nothing is lost."""

import hashlib
import shutil
from pathlib import Path

import pytest

from evidence_app.errors import EnvironmentProblem
from evidence_app.store import database
from evidence_app.store.database import FILE
from evidence_app.store.head_note import FILE as HEAD
from tests.support.entries import note
from tests.support.stores import make_store, open_fast, seal_entry

JOURNAL = f"{FILE}-wal"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_store(tmp_path / "store")
    return tmp_path / "store"


def sealed(folder: Path, count: int) -> None:
    with open_fast(folder) as session:
        for number in range(count):
            seal_entry(session, note(f"Line {number}"))


def size(folder: Path, *, writable: bool = False) -> int:
    with open_fast(folder, writable=writable) as session:
        return session.store.log.size()


def bytes_of(folder: Path) -> dict[str, str]:
    kept = {FILE, JOURNAL, HEAD, "header.json"}
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.name in kept}


def with_journal_of_before(folder: Path, aside: Path) -> None:
    """Leave the journal of an earlier moment beside a newer database. What both are together may be readable or not."""
    with open_fast(folder) as session:
        for number in range(5):
            seal_entry(session, note(f"Before {number}"))
        shutil.copy(folder / JOURNAL, aside)
    sealed(folder, 6)
    shutil.copy(aside, folder / JOURNAL)


@pytest.mark.parametrize("writable", [False, True], ids=["reading", "writing"])
def test_a_journal_of_an_earlier_moment_is_said_and_nothing_is_overwritten(
    folder: Path, tmp_path: Path, writable: bool
) -> None:
    with_journal_of_before(folder, tmp_path / "journal")
    before = bytes_of(folder)
    with pytest.raises(EnvironmentProblem, match=r"records 6 to 11 would be overwritten|up to record 11"):
        size(folder, writable=writable)
    assert bytes_of(folder) == before
    (folder / JOURNAL).rename(tmp_path / "aside")
    assert size(folder, writable=writable) == 12, "all that was acknowledged is there"


def test_a_journal_that_a_killed_program_left_is_right_and_is_read(folder: Path, tmp_path: Path) -> None:
    with open_fast(folder) as session:
        seal_entry(session, note("The last one"))
        shutil.copytree(folder, tmp_path / "killed")
    assert (tmp_path / "killed" / JOURNAL).stat().st_size > 0
    assert size(tmp_path / "killed") == 2


def test_a_reader_beside_a_writer_is_not_refused(folder: Path) -> None:
    with open_fast(folder) as session:
        seal_entry(session, note("One"))
        assert size(folder) == 2
        seal_entry(session, note("Two"))
        assert size(folder) == 3


@pytest.mark.parametrize("writable", [False, True], ids=["reading", "writing"])
def test_an_older_database_is_said(folder: Path, tmp_path: Path, writable: bool) -> None:
    sealed(folder, 2)
    shutil.copy(folder / FILE, tmp_path / "old")
    sealed(folder, 3)
    shutil.copy(tmp_path / "old", folder / FILE)
    with pytest.raises(EnvironmentProblem, match="it ends at record 2, and record 5 was sealed"):
        size(folder, writable=writable)
    (folder / HEAD).unlink()
    assert size(folder, writable=writable) == 3, "who wants to go on with it can"


def test_a_database_of_another_history_is_said(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    sealed(folder, 2)
    sealed(tmp_path / "copy", 3)
    shutil.copy(tmp_path / "copy" / FILE, folder / FILE)
    with pytest.raises(EnvironmentProblem, match="of another history"):
        size(folder)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"no note\n", None], ids=["empty", "no text", "no note", "none"])
def test_a_head_that_cannot_be_read_says_nothing(folder: Path, content: bytes | None) -> None:
    sealed(folder, 1)
    if content is None:
        (folder / HEAD).unlink()
    else:
        (folder / HEAD).write_bytes(content)
    assert size(folder) == 2
    sealed(folder, 1)
    assert (folder / HEAD).read_text(encoding="utf-8").split("\n")[1] == "3", "the next record writes it anew"


def test_the_head_of_another_log_says_nothing(folder: Path, tmp_path: Path) -> None:
    make_store(tmp_path / "other")
    sealed(tmp_path / "other", 4)
    shutil.copy(tmp_path / "other" / HEAD, folder / HEAD)
    assert size(folder) == 1


def test_a_head_older_than_the_database_is_no_contradiction(folder: Path, tmp_path: Path) -> None:
    sealed(folder, 1)
    shutil.copy(folder / HEAD, tmp_path / "head")
    sealed(folder, 2)
    shutil.copy(tmp_path / "head", folder / HEAD)
    assert size(folder) == 4, "the plug may be pulled between the two"


def test_a_journal_is_read_where_nothing_can_be_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_fast(folder) as session:
        for number in range(3):
            seal_entry(session, note(f"Line {number}"))
        shutil.copytree(folder, tmp_path / "killed")
    for leftover in (tmp_path / "killed").glob("*-shm"):
        leftover.unlink()
    before = sorted(path.name for path in (tmp_path / "killed").iterdir())
    monkeypatch.setattr(database, "_is_writable", lambda _: False)
    assert size(tmp_path / "killed") == 4, "not the state before the journal"
    assert sorted(path.name for path in (tmp_path / "killed").iterdir()) == before


def test_a_journal_is_read_where_the_disk_has_no_room_for_its_index(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_fast(folder) as session:
        seal_entry(session, note("The last one"))
        shutil.copytree(folder, tmp_path / "killed")
    real = database._connect

    def full(path: Path, *, writable: bool, untouched: bool = False, with_journal: bool = False) -> object:
        if not with_journal and not untouched:
            raise database.sqlcipher.OperationalError("disk I/O error")
        return real(path, writable=writable, untouched=untouched, with_journal=with_journal)

    monkeypatch.setattr(database, "_connect", full)
    assert size(tmp_path / "killed") == 2
