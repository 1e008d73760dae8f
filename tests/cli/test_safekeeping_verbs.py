"""Backups: made, tried and restored; failing drives and damaged backups."""

import json
import os
import shutil
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from evidence_app.domain.record.entries import read_entry
from evidence_app.errors import Cancelled, EnvironmentProblem, EvidenceError, ExitCode, StoreDamaged, WrongKey
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import RECOVERY, Session
from evidence_app.services.safekeeping.backups import back_up, last_backup, restore, try_backup
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.store import backup as files
from evidence_app.store.store import Store
from tests.end_to_end.reading import page_texts
from tests.faults.limits import file_size_limit, small_disk
from tests.support.entries import note
from tests.support.stores import WORDS, SetClock, copy_of, make_store, open_fast

MADE = datetime(2026, 1, 26, 9, 30, 15, tzinfo=UTC)


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    folder = tmp_path / "drive"
    folder.mkdir()
    return folder


@pytest.fixture
def backup(filled_store: Path, drive: Path) -> Path:
    """A backup of a store with a record of every kind."""
    with open_fast(filled_store, clock=SetClock(MADE)) as session:
        return back_up(session, drive).folder


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_made_tried_and_restored(filled_path: Path, drive: Path, tmp_path: Path, run_cli) -> None:
    made = run_cli("backup", "--to", drive, "--json", store=filled_path).expect(0).json
    folder = Path(made["folder"])
    assert names_in(folder) == ["backup.json", "header.copy.json", "header.json", "records.db"]
    assert made["bytes"] == sum(path.stat().st_size for path in folder.iterdir())
    tried = run_cli("backup", "--try", folder, "--json", store=filled_path).expect(0).json
    assert tried["verdict"] == "verified"
    assert tried["checks"][0]["name"] == "backup files"

    shutil.rmtree(filled_path)
    new = tmp_path / "new"
    restored = run_cli("restore", folder, "--why", "The laptop was stolen.", "--json", store=new).expect(0).json
    assert restored["records"] == made["records"] + 1
    record = run_cli("show", restored["restore"], "--json", store=new).expect(0).json
    assert record["kind"] == "restore"
    assert record["fields"]["records"] == made["records"]
    assert record["fields"]["reason"] == "The laptop was stolen."
    assert run_cli("check", "--json", store=new).expect(0).json["verdict"] == "verified"
    run_cli("seal", "-", store=new, stdin=json.dumps(note("Sealed after the restore.")).encode()).expect(0)


def test_a_backup_is_made_while_the_window_has_the_store_open(filled_path: Path, drive: Path, run_cli) -> None:
    with open_fast(filled_path) as session:
        seal(session, read_entry(note("Sealed a moment ago, and still in the log beside the database.")))
        made = run_cli("backup", "--to", drive, "--json", store=filled_path).expect(0).json
        assert made["records"] == session.store.log.size()


def test_the_recovery_code_opens_a_backup(tmp_path: Path, drive: Path) -> None:
    code = make_store(tmp_path / "store")
    with open_fast(tmp_path / "store") as session:
        folder = back_up(session, drive).folder
    assert try_backup(folder, code, opens_with=RECOVERY).verdict is Verdict.VERIFIED
    with restore(folder, tmp_path / "new", code, opens_with=RECOVERY) as session:
        assert session.store.log.size() == 2


def test_the_store_reports_its_last_backup_and_when_it_is_old(store_path: Path, drive: Path) -> None:
    clock = SetClock(MADE)
    with open_fast(store_path, clock=clock) as session:
        assert last_backup(session) is None
        back_up(session, drive)
        clock.moment = MADE + timedelta(days=30)
        known = last_backup(session)
        assert known is not None
        assert (known.made_at, known.records, known.since, known.due) == (MADE, 1, 0, False)
        seal(session, read_entry(note("Something.")))
        known = last_backup(session)
        assert known is not None
        assert known.due
        assert known.in_words() == "last backup Mon 26 Jan 2026, 1 sealed since"
        clock.moment = MADE + timedelta(days=7)
        known = last_backup(session)
        assert known is not None
        assert not known.due


@pytest.mark.parametrize("name", ["records.db", "header.json", "header.copy.json"])
def test_a_damaged_backup_says_which_file_and_restores_nothing(name: str, backup: Path, tmp_path: Path) -> None:
    path = backup / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    report = try_backup(backup, WORDS)
    assert report.verdict is not Verdict.VERIFIED
    assert any(name in check.detail for check in report.checks)
    with pytest.raises(StoreDamaged, match=name.replace(".", r"\.")):
        restore(backup, tmp_path / "new", WORDS)
    assert not (tmp_path / "new" / "header.json").exists()


@pytest.mark.parametrize("name", ["records.db", "header.json", "backup.json"])
def test_a_backup_with_a_file_missing(name: str, backup: Path, tmp_path: Path) -> None:
    (backup / name).unlink()
    with pytest.raises(EvidenceError, match=name.replace(".", r"\.")):
        restore(backup, tmp_path / "new", WORDS)


def test_a_damaged_list_restores_nothing(backup: Path, tmp_path: Path) -> None:
    path = backup / "backup.json"
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        content = bytearray(whole)
        content[place] ^= 1
        path.write_bytes(content)
        with pytest.raises(StoreDamaged):
            restore(backup, tmp_path / "new", WORDS)
        assert not (tmp_path / "new" / "header.json").exists()


def test_a_change_with_a_matching_file_list_is_still_noticed(backup: Path, tmp_path: Path) -> None:
    """The list is no signature: whoever changes the records can change it too."""
    from evidence_app.store.backup import write_list

    path = backup / "records.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    write_list(backup, "2026-01-26T09:30:15Z")
    assert try_backup(backup, WORDS).verdict is not Verdict.VERIFIED
    with pytest.raises(StoreDamaged):
        restore(backup, tmp_path / "new", WORDS)
    assert not (tmp_path / "new").exists()


def test_a_wrong_passphrase_restores_nothing(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongKey):
        restore(backup, tmp_path / "new", "other words altogether")
    assert not (tmp_path / "new").exists()


def test_a_restore_never_goes_into_a_store(backup: Path, store_path: Path, run_cli) -> None:
    before = names_in(store_path)
    assert "not empty" in run_cli("restore", backup, store=store_path).refused(ExitCode.INPUT)
    assert names_in(store_path) == before


def test_unsuitable_backup_folders(filled_path: Path, backup: Path, tmp_path: Path, run_cli) -> None:
    for place in (filled_path, backup, filled_path / "in it"):
        place.mkdir(exist_ok=True)
        run_cli("backup", "--to", place, store=filled_path).refused(ExitCode.INPUT)
    assert "plugged in" in run_cli("backup", "--to", tmp_path / "gone", store=filled_path).refused(ExitCode.INPUT)
    assert "no backup.json" in run_cli("backup", "--try", tmp_path, store=filled_path).refused(ExitCode.INPUT)


def test_a_backup_that_is_cancelled_leaves_nothing(filled_store: Path, drive: Path) -> None:
    told: list[str] = []
    for stop_after in range(2):  # while it is copied, and while it is tried
        told.clear()
        with open_fast(filled_store, writable=False) as session, pytest.raises(Cancelled):
            back_up(session, drive, lambda what, *_: told.append(what), lambda limit=stop_after: len(told) >= limit)
        assert names_in(drive) == []


def test_a_backup_on_a_drive_that_fails_after_n_bytes(filled_store: Path, drive: Path) -> None:
    size = (filled_store / "records.db").stat().st_size
    for limit in range(4096, size, max(4096, size // 6)):
        with open_fast(filled_store, writable=False) as session, file_size_limit(limit), pytest.raises(EvidenceError):
            back_up(session, drive)
        assert names_in(drive) == [], f"something was left at {limit} bytes"


def test_a_backup_is_of_one_moment_whatever_is_written_meanwhile(
    filled_store: Path, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence_app.store.database.PAGES_AT_A_TIME", 5)
    seen: list[int] = []
    with open_fast(filled_store) as session, session.beside() as other:

        def write(what: str, done: int, _total: int) -> None:
            if what == "copying":
                seen.append(done)
                session.store.keep_setting("noise", str(done).encode())

        made = back_up(other, drive, write)
    assert len(seen) > 5
    assert seen == sorted(seen), "the copy was begun again"
    assert try_backup(made.folder, WORDS).verdict is Verdict.VERIFIED


def test_a_backup_on_a_full_drive(filled_store: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "64k") as mounted:
        if not mounted:
            pytest.skip("no small disk can be made here; a drive that fails after N bytes is tried above")
        with open_fast(filled_store, writable=False) as session, pytest.raises(EvidenceError, match="full"):
            back_up(session, tmp_path / "small")
        assert names_in(tmp_path / "small") == []


def test_leftovers_of_a_power_cut_are_removed_by_the_next_backup(filled_store: Path, drive: Path) -> None:
    left = drive / "evidence-trail-backup-20260101T000000Z.part"
    left.mkdir()
    (left / "records.db").write_bytes(b"half")
    two_hours_ago = time.time() - 7_200
    for path in (left / "records.db", left):
        os.utime(path, (two_hours_ago, two_hours_ago))
    with open_fast(filled_store, writable=False) as session:
        made = back_up(session, drive)
    assert names_in(drive) == [made.folder.name]


def test_a_backup_that_another_program_is_making_is_left_alone(
    filled_store: Path, new_store: Path, drive: Path, tmp_path: Path
) -> None:
    beside: list[Path] = []

    def other_backup() -> bool:
        if not beside:
            beside.append(drive)
            with open_fast(copy_of(new_store, tmp_path / "other")) as other:
                beside.append(back_up(other, drive).folder)
        return False

    with open_fast(filled_store, writable=False) as session:
        made = back_up(session, drive, cancel=other_backup)
    assert names_in(drive) == sorted([made.folder.name, beside[1].name])
    for folder in (made.folder, beside[1]):
        assert try_backup(folder, WORDS).verdict is Verdict.VERIFIED


class Killed(BaseException):
    """Stands for a cut of the power: nothing is tidied up after it."""


@pytest.mark.parametrize("moment", ["copying", "_seal_restore", "write_header"])
def test_a_restore_that_is_cut_off_leaves_nothing_that_opens(
    moment: str, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(stage: str, _done: int, _total: int) -> None:
        if stage == moment:
            raise Killed

    new = tmp_path / "new"
    with monkeypatch.context() as patched:
        patched.setattr("evidence_app.services.safekeeping.backups.discard", lambda _: None)
        if moment != "copying":
            patched.setattr(f"evidence_app.services.safekeeping.backups.{moment}", lambda *_: cut(moment, 0, 0))
        with pytest.raises(Killed):
            restore(backup, new, WORDS, progress=cut)
    assert (new / "records.db").exists() == (moment != "copying")
    with pytest.raises(EnvironmentProblem, match="There is no store"):
        Session.open(new, WORDS)
    with restore(backup, new, WORDS) as session:
        assert session.store.records.get(session.store.log.size() - 1).kind.name == "restore"
    assert try_open(new)


def try_open(folder: Path) -> bool:
    with Session.open(folder, WORDS) as session:
        return check_store(session).verdict is Verdict.VERIFIED


def test_a_second_program_waits_a_moment_for_the_first(store_path: Path) -> None:
    lock = FileLock(store_path / "lock", thread_local=False)
    lock.acquire()
    closing = threading.Timer(0.5, lock.release)
    closing.start()
    with Session.open(store_path, WORDS) as second:
        assert second.store.writable
    closing.join()


def test_trying_and_restoring_do_not_migrate_an_older_backup(backup: Path, tmp_path: Path) -> None:
    with Store.open(backup, WORDS) as store:
        for table in ("received", "received_words", "files_read", "file_words"):
            store._database.run(f"DROP TABLE {table}")
        store._database.run("ALTER TABLE drafts DROP COLUMN deleted_at")
        store._database.run("PRAGMA user_version = 2")
    (backup / "lock").unlink(missing_ok=True)
    files.write_list(backup, "2026-01-26T09:30:15Z")
    before = {path.name: path.read_bytes() for path in backup.iterdir()}
    report = try_backup(backup, WORDS)
    assert report.verdict is Verdict.VERIFIED
    assert [check.name for check in report.checks] == ["backup files"]
    assert "older version" in report.notes[0]
    with restore(backup, tmp_path / "new", WORDS) as session:
        assert check_store(session).verdict is Verdict.VERIFIED
    with pytest.raises(WrongKey):
        restore(backup, tmp_path / "newer", "another passphrase")
    assert {path.name: path.read_bytes() for path in backup.iterdir()} == before


def test_a_drive_unplugged_after_the_copy_is_reported(filled_store: Path, drive: Path) -> None:
    def pulled_out() -> bool:
        for left in drive.glob("*.part/header.copy.json"):
            left.unlink()
        return False

    with open_fast(filled_store) as session, pytest.raises(EnvironmentProblem, match="could not be read again"):
        back_up(session, drive, cancel=pulled_out)
    assert names_in(drive) == []


def test_the_restored_log_explains_why_it_is_shorter(filled_path: Path, drive: Path, tmp_path: Path) -> None:
    with open_fast(filled_path) as session:
        folder = back_up(session, drive).folder
        size = session.store.log.size()
        lost = seal(session, read_entry(note("Sealed after the backup."))).index
    with restore(folder, tmp_path / "new", WORDS) as session:
        assert session.store.log.size() == size + 1
        assert session.store.records.get(lost).kind.name == "restore"
        assert check_store(session).verdict is Verdict.VERIFIED
    with Session.open(tmp_path / "new", WORDS, writable=False) as session:
        assert session.store.records.get(lost).headline(60).startswith("The store was lost or damaged; ")


def test_the_recovery_sheet_is_one_page_with_the_code(tmp_path: Path, run_cli) -> None:
    sheet, store = tmp_path / "sheet.pdf", tmp_path / "made"
    made = run_cli("init", "--owner", "A. Practitioner", "--sheet", sheet, "--json", store=store).expect(0)
    assert "delete the file" in made.stderr
    (text,) = page_texts(sheet)
    assert all(group in text for group in made.json["recovery_code"].split("-"))
    assert "A. Practitioner" in text
    again = run_cli("keys", "recovery-code", "--sheet", sheet, "--json", store=store).expect(0).json["recovery_code"]
    (text,) = page_texts(sheet)
    assert all(group in text for group in again.split("-"))


def test_a_failed_recovery_sheet_still_prints_the_code(tmp_path: Path, run_cli) -> None:
    made = run_cli("init", "--sheet", tmp_path / "gone" / "sheet.pdf", "--json", store=tmp_path / "made").expect(0)
    assert "could not be written" in made.stderr
    assert made.json["recovery_code"]
