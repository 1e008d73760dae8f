"""Stores of older versions: their tables are migrated, and their content is found."""

import errno
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from evidence_app.domain.progress import never, no_progress
from evidence_app.domain.record.selection import Selection
from evidence_app.errors import EnvironmentProblem, StoreDamaged
from evidence_app.proof.encoding.times import spell
from evidence_app.services.core.session import Session
from evidence_app.services.mail.importing import open_import
from evidence_app.services.safekeeping.backups import restore
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.keys import change_passphrase
from evidence_app.store import backup, bringing_forward, migrations
from evidence_app.store.database import Database
from evidence_app.store.header import unlock
from evidence_app.store.header_names import PASSPHRASE
from evidence_app.store.record_table import keys_of
from evidence_app.store.store import TO_SCRUB
from tests.support import mails
from tests.support.entries import note
from tests.support.program import REPOSITORY
from tests.support.stores import CHEAP, WORDS, make_store, open_fast, seal_entry

RECEIPT_FOR = "<asked@easthaven.justice.example>"
PAPER = b"the sent copy's bytes"


def set_back(session: Session) -> None:
    """Give a store the tables that version 1 had."""
    with session.store.transaction():
        for table in ("found_by", "received", "received_words", "files_read", "file_words"):
            session.store._database.run(f"DROP TABLE {table}")
        session.store._database.run("ALTER TABLE drafts DROP COLUMN deleted_at")
        session.store._database.run("PRAGMA user_version = 1")


def fill(folder: Path) -> Path:
    """Seal a message with a file (record 1), a receipt (2) and a note (3), and set the store back."""
    told = {"event_at": "2025-04-14T10:00", "event_precision": "exact"}
    message = {"direction": "sent", "subject": mails.SUBJECT, "message_id": mails.SENT_ID}
    receipt = {"type": "displayed", "for_message_id": RECEIPT_FOR}
    with open_fast(folder) as session:
        seal_entry(session, {"kind": "message", "fields": message, **told}, sent_eml=PAPER)
        seal_entry(session, {"kind": "mail-receipt", "fields": receipt, **told})
        seal_entry(session, note("A paper without an identifier."))
        set_back(session)
    return folder


@pytest.fixture
def older(store_path: Path) -> Path:
    return fill(store_path)


def found(session: Session) -> list[list[int]]:
    keys = (f"id:{mails.SENT_ID}", f"for:{RECEIPT_FOR}", f"file:{sha256(PAPER).hexdigest()}", f"id:{RECEIPT_FOR}")
    return [session.store.records.found_by(key) for key in keys]


@pytest.mark.parametrize("writable", [True, False])
def test_an_older_store_opens_and_its_messages_are_found(writable: bool, older: Path) -> None:
    with Session.open(older, WORDS, writable=writable) as session:
        assert migrations.version_of(session.store._database) == migrations.VERSION
        assert found(session) == [[1], [2], [1], []]
    with Session.open(older, WORDS, writable=False) as again:
        assert found(again) == [[1], [2], [1], []]


@pytest.mark.parametrize("machine", ["employer", "other"])
def test_migrated_index_rows_equal_those_of_a_record_sealed_today(machine: str, tmp_path: Path) -> None:
    make_store(tmp_path / "store", machine=machine)
    with Session.open(fill(tmp_path / "store"), WORDS) as session:
        rows = session.store._database.all("SELECT key, position FROM found_by")
        records = list(session.store.records.select(Selection()))
        assert {(str(key), int(position)) for key, position in rows} == {
            (key, record.index) for record in records for key in keys_of(record)
        }


def test_a_receipt_matches_a_message_that_an_older_version_sealed(older: Path, tmp_path: Path) -> None:
    (tmp_path / "read.eml").write_bytes(mails.CLIENTS["exchange"]("displayed"))
    (tmp_path / "sent.eml").write_bytes(PAPER)
    with open_fast(older) as session:
        desk = open_import(session)
        desk.look([tmp_path / "read.eml", tmp_path / "sent.eml"], no_progress, never)
        receipt, again = desk.take_in(sealing=True, progress=no_progress)
        assert (receipt.found.match.how, receipt.found.related.index, receipt.record) == ("exact", 1, 4)
        assert (again.duplicate_of, again.record) == (1, None)


def test_migration_changes_no_sealed_record(older: Path) -> None:
    with Session.open(older, WORDS) as session:
        report = check_store(session)
        assert report.verdict.value == "verified"
        assert session.store.log.size() == 4


def test_migrating_a_store_that_is_open_elsewhere_is_refused(store_path: Path) -> None:
    with open_fast(store_path) as writer:
        set_back(writer)
        with pytest.raises(EnvironmentProblem, match="another Evidence Trail program"):
            Session.open(store_path, WORDS, writable=False)


@pytest.mark.parametrize("writable", [True, False])
def test_a_store_of_a_newer_version_is_left_alone(writable: bool, store_path: Path) -> None:
    with open_fast(store_path) as session, session.store.transaction():
        session.store._database.run(f"PRAGMA user_version = {migrations.VERSION + 1}")
    before = (store_path / "records.db").read_bytes()
    with pytest.raises(EnvironmentProblem, match="newer version"):
        Session.open(store_path, WORDS, writable=writable)
    assert (store_path / "records.db").read_bytes() == before


COPY = "before-tables-1"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in {".db", ".json"}}


def version_in(folder: Path) -> int:
    """Return the version of the tables in a folder that nothing may change."""
    _, data_key = unlock(folder, WORDS, PASSPHRASE)
    database = Database(folder / "records.db", data_key, writable=False, untouched=True)
    try:
        return migrations.version_of(database)
    finally:
        database.close()


@pytest.mark.parametrize("writable", [True, False])
def test_a_copy_from_before_is_a_backup_of_the_older_version(writable: bool, older: Path, tmp_path: Path) -> None:
    Session.open(older, WORDS, writable=writable).close()
    assert version_in(older / COPY) == 1
    assert all(
        list(chunks) for _, chunks in backup.checked_parts(older / COPY, backup.read_list(older / COPY), nothing)
    )
    with restore(older / COPY, tmp_path / "restored", WORDS) as session:
        assert session.store.log.size() == 5, "four records, and that it was restored"
    assert not list((tmp_path / "restored").glob("before-*")), "a backup that is restored is its own copy"


def nothing(_done: int, _total: int) -> None:
    """Hear nothing of the progress."""


def damaging(database: Database) -> None:
    database.run("UPDATE records SET secret = zeroblob(32) WHERE position = 1")


def removing(database: Database) -> None:
    database.run("DELETE FROM checkpoints WHERE size = (SELECT max(size) FROM checkpoints)")


@pytest.mark.parametrize("step", [damaging, removing])
def test_a_step_that_would_change_what_is_sealed_is_taken_back(step: object, older: Path, monkeypatch) -> None:
    steps = (*migrations.STEPS, (step,))
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "STEPS", steps)
        patched.setattr(migrations, "VERSION", len(steps))
        with pytest.raises(StoreDamaged, match="would have changed what is sealed"):
            Session.open(older, WORDS)
    assert version_in(older) == 1
    with Session.open(older, WORDS) as session:
        assert check_store(session).verdict.value == "verified"


def test_without_room_for_the_copy_nothing_is_changed(older: Path, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = contents(older)
    with monkeypatch.context() as patched:
        patched.setattr(Database, "copy_to", full)
        with pytest.raises(EnvironmentProblem, match=r"has to be copied before .*: the disk is full"):
            Session.open(older, WORDS)
    assert contents(older) == before
    assert bringing_forward.copies_in(older) == []


PULLED = """
import os, sys
from pathlib import Path
from evidence_app.services.core.session import Session
from evidence_app.store import bringing_forward, migrations

def pulled(*_):
    os._exit(9)

if sys.argv[3] == "copy":
    bringing_forward.backup.write_list = pulled
else:
    migrations.STEPS = (*migrations.STEPS[:-1], (*migrations.STEPS[-1], pulled))
Session.open(Path(sys.argv[1]), sys.argv[2])
"""


@pytest.mark.parametrize("when", ["copy", "step"])
def test_the_plug_is_pulled_meanwhile(when: str, older: Path) -> None:
    done = subprocess.run([sys.executable, "-c", PULLED, str(older), WORDS, when], cwd=REPOSITORY, check=False)
    assert done.returncode == 9
    with Session.open(older, WORDS) as session:
        assert check_store(session).verdict.value == "verified"
    assert [path.name for path in bringing_forward.copies_in(older)] == [COPY]
    assert version_in(older / COPY) == 1


def test_the_copy_is_removed_after_thirty_days(older: Path) -> None:
    Session.open(older, WORDS).close()
    Session.open(older, WORDS).close()
    assert (older / COPY).exists()
    backup.write_list(older / COPY, spell(datetime.now(UTC) - timedelta(days=31)))
    Session.open(older, WORDS, writable=False).close()
    assert (older / COPY).exists(), "reading changes nothing"
    Session.open(older, WORDS).close()
    assert not (older / COPY).exists()


def test_the_copy_goes_with_the_passphrase_that_opens_it(older: Path) -> None:
    with Session.open(older, WORDS) as session:
        change_passphrase(session, "some other words for it", CHEAP)
    assert not (older / COPY).exists()


def test_the_copy_goes_with_what_is_disposed_of(older: Path) -> None:
    with Session.open(older, WORDS) as session:
        with session.store.transaction():
            session.store.keep_setting(TO_SCRUB, b"1")
        assert session.store.scrub()
    assert not (older / COPY).exists()
