"""Wrong secrets, damaged headers, stores of newer versions, and changes of key slots."""

import json
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest

from evidence_app.crypto.keys import derive_key, new_recovery_code, wrap
from evidence_app.errors import EnvironmentProblem, ExitCode
from evidence_app.proof.encoding.json import canonical
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.core.session import PASSPHRASE, RECOVERY, Session
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.keys import change_passphrase, remove_slot, replace_recovery_code
from evidence_app.store.database import Database
from evidence_app.store.header import Header, read_header, unlock, write_header
from tests.support.entries import note
from tests.support.stores import CHEAP, WORDS, copy_of, make_store, open_fast

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
    code = make_store(other, like_others=False)
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


# Spellings of a passphrase

WELSH = "merlin harbour Siân ŵyn pebble"


@pytest.mark.parametrize("made_as", ["NFC", "NFD"])
@pytest.mark.parametrize("typed_as", ["NFC", "NFD"])
def test_a_passphrase_opens_however_its_accents_are_spelled(
    made_as: str, typed_as: str, tmp_path: Path, run_cli
) -> None:
    made, typed = (write(tmp_path / f"{form}.txt", normalize(form, WELSH)) for form in (made_as, typed_as))
    run_cli("init", "--owner", "A", "--store", tmp_path / "made", "--passphrase-file", made).expect(0)
    run_cli("list", "--store", tmp_path / "made", "--passphrase-file", typed).expect(0)
    plain = write(tmp_path / "plain.txt", "merlin harbour Sian wyn pebble")
    run_cli("list", "--store", tmp_path / "made", "--passphrase-file", plain).refused(3)


def test_a_slot_made_of_another_spelling_still_opens() -> None:
    """Slots made before were made of what was typed."""
    typed = normalize("NFD", WELSH)
    slot = Header((), "2026-01-26T10:00:00Z").with_slot(PASSPHRASE, typed, bytes(32), CHEAP, "").slots[0]
    before = replace(slot, wrapped=wrap(derive_key(typed, slot.salt, CHEAP), bytes(32)))
    assert before.open(typed) == bytes(32)
    assert before.open(normalize("NFC", WELSH)) == bytes(32)
    assert before.open("another") is None


def test_a_byte_order_mark_is_no_part_of_a_passphrase(tmp_path: Path, run_cli) -> None:
    marked, plain = tmp_path / "marked.txt", write(tmp_path / "plain.txt", WELSH)
    marked.write_bytes(b"\xef\xbb\xbf" + WELSH.encode() + b"\r\n")
    run_cli("init", "--owner", "A", "--store", tmp_path / "made", "--passphrase-file", marked).expect(0)
    for file in (plain, marked):
        run_cli("list", "--store", tmp_path / "made", "--passphrase-file", file).expect(0)


# Header and copy


def changed(folder: Path) -> bytes:
    """Change the passphrase of a store; return the header before."""
    old = (folder / "header.json").read_bytes()
    with open_fast(folder) as session:
        change_passphrase(session, NEW_WORDS, CHEAP)
    return old


def test_the_copy_opens_where_the_header_does_not(store_path: Path, run_cli) -> None:
    header = (store_path / "header.json").read_bytes()
    outer = json.loads(header)
    outer["header"]["slots"][0]["wrapped"] = outer["header"]["slots"][1]["wrapped"]
    (store_path / "header.json").write_bytes(canonical(outer) + b"\n")
    for verb in (["list"], ["check"]):
        done = run_cli(*verb, store=store_path).expect(0)
        assert "its copy does" in done.stderr + done.stdout
        assert "restore-header" in done.stderr + done.stdout
    seal_line = json.dumps(note("Sealed meanwhile.")).encode()
    run_cli("seal", "-", store=store_path, stdin=seal_line).expect(0)
    assert (store_path / "header.copy.json").read_bytes() == header, "the whole copy was overwritten"
    run_cli("keys", "restore-header", store=store_path).expect(0)
    assert (store_path / "header.json").read_bytes() == header
    assert "its copy" not in run_cli("list", store=store_path).expect(0).stderr


def test_an_old_header_that_was_put_back_is_noticed_and_the_newer_copy_is_kept(
    store_path: Path, tmp_path: Path, run_cli
) -> None:
    old = changed(store_path)
    copy = (store_path / "header.copy.json").read_bytes()
    (store_path / "header.json").write_bytes(old)
    new = write(tmp_path / "new.txt", NEW_WORDS)
    listed = run_cli("list", store=store_path).expect(0)
    assert "an old one back" in listed.stderr
    run_cli("seal", "-", store=store_path, stdin=json.dumps(note("x")).encode()).expect(0)
    assert (store_path / "header.copy.json").read_bytes() == copy, "the older header overwrote the newer copy"
    check = run_cli("check", "--json", store=store_path).expect(1).json
    (keys,) = [each for each in check["checks"] if each["name"] == "keys"]
    assert keys["verdict"] == "altered"
    assert "slot 1 (passphrase)" in keys["detail"]
    run_cli("list", "--store", store_path, "--passphrase-file", new).expect(0)
    run_cli("keys", "restore-header", "--store", store_path, "--passphrase-file", new).expect(0)
    run_cli("check", "--store", store_path, "--passphrase-file", new).expect(0)
    assert "Wrong passphrase" in run_cli("list", store=store_path).refused(3)


def test_a_way_in_that_no_record_tells_of_is_noticed(store_path: Path, run_cli) -> None:
    with open_fast(store_path) as session:
        store = session.store
        store._write(store.header.with_slot(PASSPHRASE, NEW_WORDS, store._data_key, CHEAP, "2026-01-26T10:00:00Z"))
    check = run_cli("check", "--json", store=store_path).expect(1).json
    (keys,) = [each for each in check["checks"] if each["name"] == "keys"]
    assert "slot 3 (passphrase), which opens the store and which no record says" in keys["detail"]


def test_changes_of_keys_that_were_sealed_are_the_ways_in(store_path: Path, tmp_path: Path) -> None:
    with open_fast(store_path) as session:
        change_passphrase(session, NEW_WORDS, CHEAP)
        replace_recovery_code(session, CHEAP)
        change_passphrase(session, WORDS, CHEAP)
        assert check_store(session).verdict is Verdict.VERIFIED
        remove_slot(session, 4)
        assert check_store(session).verdict is Verdict.VERIFIED


# The folder


def test_an_empty_database_is_not_written_over(store_path: Path, run_cli) -> None:
    (store_path / "records.db").write_bytes(b"")
    for verb in (["list"], ["check"], ["seal", "-"]):
        done = run_cli(*verb, store=store_path, stdin=b"{}")
        assert done.code in {1, 3}
        assert "cut short" in done.stdout + done.stderr
        assert "Use a backup" in done.stdout + done.stderr
        assert (store_path / "records.db").read_bytes() == b"", "something was written into it"


@pytest.mark.parametrize(
    "name", ["records (conflicted copy 2026-01-26).db", "records-DESKTOP-7Q.db", "header.copy 2.json", "Records (1).db"]
)
def test_second_copies_in_the_folder_are_named(name: str, store_path: Path, run_cli) -> None:
    assert run_cli("list", store=store_path).expect(0).stderr == ""
    (store_path / name).write_bytes(b"x")
    assert name in run_cli("list", store=store_path).expect(0).stderr
    assert any(name in each for each in run_cli("check", "--json", store=store_path).expect(0).json["notes"])


@pytest.mark.parametrize("name", ["OneDrive - Ministry", "Dropbox", "Google Drive", "CloudStorage"])
def test_no_store_is_made_in_a_synchronised_folder(name: str, tmp_path: Path, run_cli, passphrase_file: Path) -> None:
    made = tmp_path / name / "store"
    made.parent.mkdir()
    done = run_cli("init", "--owner", "A", "--store", made, "--passphrase-file", passphrase_file)
    assert "synchronised by another program" in done.refused(2)
    assert not made.exists()
