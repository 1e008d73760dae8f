"""Wrong secrets, damaged headers, stores of newer versions, and changes of key slots."""

import json
from pathlib import Path

import pytest

from evidence_app.crypto.keys import new_recovery_code
from evidence_app.errors import EnvironmentProblem, ExitCode
from evidence_app.services.core.session import PASSPHRASE, RECOVERY, Session
from evidence_app.store.database import Database
from evidence_app.store.header import read_header, unlock, write_header
from tests.support.stores import CHEAP, WORDS, copy_of, make_store

NEW_WORDS = "another lantern in the harbour"


def write(path: Path, text: str) -> Path:
    path.write_text(text + "\n", encoding="utf-8")
    return path


def test_a_wrong_passphrase(store_path: Path, tmp_path: Path, run_cli) -> None:
    wrong = write(tmp_path / "wrong.txt", "not the right words")
    before = (store_path / "header.json").read_bytes()
    for verb in (["list"], ["check"], ["seal", "-"], ["keys", "list"], ["show", "0"]):
        said = run_cli(*verb, "--store", store_path, "--passphrase-file", wrong, stdin=b"{}").refused(3)
        assert said.startswith("Wrong passphrase"), said
    assert (store_path / "header.json").read_bytes() == before


def test_a_changed_passphrase(store_path: Path, tmp_path: Path, run_cli, passphrase_file: Path) -> None:
    new = write(tmp_path / "new.txt", NEW_WORDS)
    run_cli("keys", "passphrase", "--new-passphrase-file", new, store=store_path).expect(0)
    assert "Wrong passphrase" in run_cli("list", store=store_path).refused(ExitCode.ENVIRONMENT)
    listed = run_cli("list", "--json", "--store", store_path, "--passphrase-file", new).expect(0).json["records"]
    assert [record["kind"] for record in listed] == ["log", "key-change"]
    run_cli("check", "--store", store_path, "--passphrase-file", new).expect(0)
    slots = run_cli("keys", "list", "--json", "--store", store_path, "--passphrase-file", new).json["slots"]
    assert sorted(slot["opens_with"] for slot in slots) == ["passphrase", "recovery code"]


def test_the_recovery_code_opens(tmp_path: Path, run_cli) -> None:
    folder = tmp_path / "made"
    code = make_store(folder)
    spellings = (code, code.lower(), code.replace("-", " "))
    for spelling in spellings:
        file = write(tmp_path / "code.txt", spelling)
        run_cli("list", "--store", folder, "--recovery-code-file", file).expect(0)
    new = write(tmp_path / "new.txt", NEW_WORDS)
    opening = ("--store", folder, "--recovery-code-file", file)
    run_cli("keys", "passphrase", "--new-passphrase-file", new, *opening).expect(0)
    run_cli("list", "--store", folder, "--passphrase-file", new).expect(0)


def test_a_mistyped_recovery_code(store_path: Path, tmp_path: Path, run_cli) -> None:
    code = new_recovery_code()
    slipped = ("Y" if code[0] != "Y" else "Z") + code[1:]
    for typed, said in ((slipped, "wrong character"), (code[:-1], "seven groups"), ("no code", "seven groups")):
        file = write(tmp_path / "code.txt", typed)
        assert said in run_cli("list", "--store", store_path, "--recovery-code-file", file).refused(ExitCode.INPUT)
    file = write(tmp_path / "code.txt", code)
    assert "Wrong recovery code" in run_cli("list", "--store", store_path, "--recovery-code-file", file).refused(3)


def test_a_replaced_recovery_code(tmp_path: Path, run_cli) -> None:
    folder = tmp_path / "made"
    old = write(tmp_path / "old.txt", make_store(folder))
    answer = run_cli("keys", "recovery-code", "--json", store=folder).expect(0).json
    new = write(tmp_path / "new.txt", answer["recovery_code"])
    run_cli("list", "--store", folder, "--recovery-code-file", old).refused(ExitCode.ENVIRONMENT)
    run_cli("list", "--store", folder, "--recovery-code-file", new).expect(0)


def test_removing_slots(store_path: Path, run_cli) -> None:
    slots = run_cli("keys", "list", "--json", store=store_path).expect(0).json["slots"]
    numbers = {slot["opens_with"]: slot["number"] for slot in slots}
    assert "no key slot 99" in run_cli("keys", "remove", "--slot", 99, store=store_path).refused(ExitCode.INPUT)
    assert "Which slot" in run_cli("keys", "remove", store=store_path).refused(ExitCode.INPUT)
    run_cli("keys", "remove", "--slot", numbers["recovery code"], store=store_path).expect(0)
    last = run_cli("keys", "remove", "--slot", numbers["passphrase"], store=store_path).refused(ExitCode.INPUT)
    assert "last key slot" in last
    run_cli("check", store=store_path).expect(0)


def test_a_damaged_header_and_its_copy(filled_path: Path, run_cli) -> None:
    header = filled_path / "header.json"
    good = header.read_bytes()
    header.write_bytes(good[:100])
    assert "keys restore-header" in run_cli("list", store=filled_path).refused(ExitCode.ENVIRONMENT)
    run_cli("keys", "restore-header", store=filled_path).expect(0)
    assert header.read_bytes() == good
    run_cli("check", store=filled_path).expect(0)
    header.write_bytes(b"{}\n")
    (filled_path / "header.copy.json").write_bytes(b"{}\n")
    assert "backup" in run_cli("keys", "restore-header", store=filled_path).refused(ExitCode.ENVIRONMENT)


def test_a_missing_header_with_its_copy(filled_path: Path, run_cli) -> None:
    """The store is there: nobody may be told to make a new one in its place."""
    (filled_path / "header.json").unlink()
    assert "restore-header" in run_cli("list", store=filled_path).refused(ExitCode.ENVIRONMENT)


def test_a_header_from_a_newer_version(store_path: Path, run_cli) -> None:
    header = json.loads((store_path / "header.json").read_bytes())
    header["format"] = "evidence-trail/store/v2"
    spelled = json.dumps(header, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    (store_path / "header.json").write_bytes(spelled)
    for verb in (["list"], ["seal", "-"]):
        assert "newer version" in run_cli(*verb, store=store_path, stdin=b"{}").refused(ExitCode.ENVIRONMENT)
    assert (store_path / "header.json").read_bytes() == spelled


def test_tables_from_a_newer_version(store_path: Path, run_cli) -> None:
    header, _ = read_header(store_path)
    key = header.unlock(WORDS, "passphrase")
    database = Database(store_path / "records.db", key, writable=True)
    with database.transaction():
        database.run("PRAGMA user_version = 99")
    database.close()
    for verb in (["list"], ["seal", "-"], ["check"]):
        assert "newer version" in run_cli(*verb, store=store_path, stdin=b"{}").refused(ExitCode.ENVIRONMENT)
    database = Database(store_path / "records.db", key, writable=False)
    assert database.one("PRAGMA user_version") == (99,), "a newer store was changed"
    database.close()


def test_a_header_whose_cost_was_lowered_is_refused(store_path: Path, run_cli) -> None:
    header = json.loads((store_path / "header.json").read_bytes())
    header["header"]["slots"][0]["memory_kib"] = 8
    spelled = json.dumps(header, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    (store_path / "header.json").write_bytes(spelled)
    assert "damaged" in run_cli("list", store=store_path).refused(ExitCode.ENVIRONMENT)


@pytest.mark.parametrize("passphrase", ["", "short", "two\nlines"])
def test_passphrases_that_are_refused(passphrase: str, tmp_path: Path, run_cli) -> None:
    file = write(tmp_path / "p.txt", passphrase)
    folder = tmp_path / "made"
    run_cli("init", "--store", folder, "--passphrase-file", file).refused(ExitCode.INPUT)
    assert not folder.exists(), "a refused init left a folder"


def test_a_slot_from_another_store_is_noticed(store_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    code = make_store(other)
    mine = json.loads((store_path / "header.json").read_bytes())
    theirs = json.loads((other / "header.json").read_bytes())
    mine["header"]["slots"].append(theirs["header"]["slots"][1])
    spelled = json.dumps(mine, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    folder = copy_of(store_path, tmp_path / "mixed")
    (folder / "header.json").write_bytes(spelled)
    for secret, sort in ((WORDS, "passphrase"), (code, RECOVERY)):
        with pytest.raises(Exception, match="damaged") as caught:
            Session.open(folder, secret, opens_with=sort)
        assert caught.value.exit_code == ExitCode.ENVIRONMENT


def test_a_store_whose_keys_were_changed_meanwhile_is_not_opened_with_the_old_ones(store_path: Path) -> None:
    header, data_key = unlock(store_path, WORDS, PASSPHRASE)
    changed = header.with_slot(PASSPHRASE, "another four words here", data_key, CHEAP, "2026-01-26T09:30:00Z")
    write_header(store_path, changed, data_key)
    with pytest.raises(EnvironmentProblem, match="changed the keys"):
        Session.open_unlocked(store_path, header, data_key)
    with Session.open_unlocked(store_path, *unlock(store_path, WORDS, PASSPHRASE)) as session:
        assert session.store.log.size() == 1, "the lock was not given back"
