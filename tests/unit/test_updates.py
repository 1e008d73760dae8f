"""Update files: what holds is told and written out; what does not is refused, with which it is, and nothing is written."""

import platform
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app import VERSION
from evidence_app.cli.main import main
from evidence_app.crypto.release_key import read_release_key, verify_release_note
from evidence_app.domain.release import Release, ReleaseFile, changes_between, read_release
from evidence_app.errors import EvidenceError, ExitCode, InputError, VerificationError
from evidence_app.files import resource
from evidence_app.services.safekeeping import updates
from evidence_app.services.safekeeping.updates import read_update, trusted_keys, write_packages
from evidence_app.store import migrations
from tests.support.update_files import CHANGES, KEY, PACKAGE, SEED, UpdateFile

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64", reason="what the packages of tests are for"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def refused(path: Path, folder: Path, capsys: pytest.CaptureFixture[str], code: ExitCode) -> str:
    """Return the one sentence with which the verb refuses a file; nothing is written."""
    assert main(["update", str(path), "--out", str(folder), "--key", KEY.spell()]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert list(folder.iterdir()) == []
    return said.err


def test_what_changes_is_said_and_the_package_written(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = UpdateFile().write(tmp_path / "an.update")
    assert main(["update", str(path), "--key", KEY.spell()]) == ExitCode.DONE
    said = capsys.readouterr().out
    assert f"This is Evidence Trail 9.0.1 of Wed 2 Dec 2026; here is {VERSION}." in said
    assert "A fault is mended." in said
    assert "Lists are open." in said
    assert "Later than this release" not in said
    assert "An encrypted store" not in said
    assert "this version can open it afterwards too" in said
    assert list(folder.iterdir()) == []
    assert main(["update", str(path), "--key", KEY.spell(), "--out", str(folder)]) == ExitCode.DONE
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == {"evidence-trail-9.0.1-package.zip": PACKAGE}


def test_newer_tables_are_said(tmp_path: Path) -> None:
    update = read_update(UpdateFile(tables=migrations.VERSION + 1).write(tmp_path / "an.update"), (KEY,))
    assert f"tables {migrations.VERSION} to {migrations.VERSION + 1}" in update.on_the_store()
    assert "keeps a copy" in update.on_the_store()


def test_another_key(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = UpdateFile(seed=bytes(32), signer="release.example/other").write(tmp_path / "an.update")
    said = refused(path, folder, capsys, ExitCode.BAD_NEWS)
    assert "signed by another key than this program trusts: release.example/other+" in said


def test_a_key_that_took_the_name(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = UpdateFile(seed=bytes(32)).write(tmp_path / "an.update")
    assert "another key" in refused(path, folder, capsys, ExitCode.BAD_NEWS)


def test_a_program_without_a_release_key_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = UpdateFile().write(tmp_path / "an.update")
    assert trusted_keys() == (), "there is a release key now: then this test and docs/release.md are to be changed"
    assert main(["update", str(path)]) == ExitCode.INPUT
    assert "carries no release key" in capsys.readouterr().err


def test_the_keys_of_the_program_are_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = tmp_path / "keys.txt"
    keys.write_text(f"# the spare and the first\n\n{KEY.spell()}\n", encoding="utf-8")
    monkeypatch.setattr(updates, "resource", lambda name: keys if name == updates.KEYS else resource(name))
    assert read_update(UpdateFile().write(tmp_path / "an.update")).key == KEY


@pytest.mark.parametrize(
    ("system", "says"),
    [
        ("windows-x86_64", "This update is for Windows, and this is"),
        ("debian-13-x86_64", "This update is for Debian 13, and this is Debian 12."),
    ],
)
def test_another_system(
    system: str, says: str, tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch
) -> None:
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: {"ID": "debian", "VERSION_ID": "12"})
    assert says in refused(UpdateFile(system=system).write(tmp_path / "an.update"), folder, capsys, ExitCode.INPUT)


@pytest.mark.parametrize(
    ("version", "tables", "says"),
    [
        (VERSION, migrations.VERSION, "which is here already"),
        ("0.0.9", migrations.VERSION, "Both can open the same store"),
        ("0.0.10", migrations.VERSION - 1, f"“before-tables-{migrations.VERSION - 1}”"),
    ],
)
def test_the_same_and_older(
    version: str, tables: int, says: str, tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = UpdateFile(version=version, tables=tables).write(tmp_path / "an.update")
    assert says in refused(path, folder, capsys, ExitCode.INPUT)


def test_another_package_than_was_signed(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = UpdateFile(content=PACKAGE[:-1] + b"!", signed_content=PACKAGE).write(tmp_path / "an.update")
    assert "is not the file that was signed" in refused(path, folder, capsys, ExitCode.BAD_NEWS)


def test_a_package_that_is_changed_between_reading_and_writing(tmp_path: Path, folder: Path) -> None:
    path = UpdateFile().write(tmp_path / "an.update")
    update = read_update(path, (KEY,))
    UpdateFile(content=PACKAGE[::-1], signed_content=PACKAGE).write(path)
    with pytest.raises(VerificationError, match="is not the file that was signed"):
        write_packages(update, folder)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "more",
    [{"another.exe": b"MZ"}, {"../evil.txt": b"x"}, {f"{number}.txt": b"x" for number in range(20)}],
    ids=["not named", "path", "many"],
)
def test_members_that_do_not_belong_there(
    more: dict[str, bytes], tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = UpdateFile(more=more).write(tmp_path / "an.update")
    assert "is damaged" in refused(path, folder, capsys, ExitCode.BAD_NEWS)
    assert not list(tmp_path.rglob("evil*"))


def test_other_files(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.update").write_bytes(b"%PDF-1.7\n")
    assert "is no update file" in refused(tmp_path / "a.update", folder, capsys, ExitCode.INPUT)
    (tmp_path / "a.update").write_bytes(b"")
    assert "is no update file" in refused(tmp_path / "a.update", folder, capsys, ExitCode.INPUT)
    assert "cannot be read" in refused(tmp_path / "nothing.update", folder, capsys, ExitCode.ENVIRONMENT)
    assert "cannot be read" in refused(folder, folder, capsys, ExitCode.ENVIRONMENT)


@given(st.data())
def test_no_byte_can_be_changed_or_cut(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """What is written out is what was signed, or nothing is: a byte of the archive's own frame may do no harm."""
    folder = tmp_path_factory.mktemp("cut")
    whole = UpdateFile().write(folder / "an.update").read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[place] ^= data.draw(st.integers(1, 255))
    (folder / "an.update").write_bytes(data.draw(st.sampled_from([bytes(changed), whole[:place]])))
    (folder / "out").mkdir()
    try:
        written = write_packages(read_update(folder / "an.update", (KEY,)), folder / "out")
    except EvidenceError:
        assert list((folder / "out").iterdir()) == []
    else:
        assert [path.read_bytes() for path in written] == [PACKAGE]


def test_a_folder_that_is_not_there_or_holds_it_already(tmp_path: Path, folder: Path) -> None:
    update = read_update(UpdateFile().write(tmp_path / "an.update"), (KEY,))
    with pytest.raises(InputError, match="is not there"):
        write_packages(update, tmp_path / "nowhere")
    write_packages(update, folder)
    with pytest.raises(InputError, match="is there already"):
        write_packages(update, folder)


LINE = f"sha256 {'a' * 64} 5 all CHANGELOG.md"
PACKAGED = f"sha256 {'b' * 64} 7 linux-x86_64 evidence-trail.run"
TEXT = f"evidence-trail/release/v1\nversion 1.0.0\nmade 2026-12-01T10:00:00Z\ntables 5\n{LINE}\n{PACKAGED}\n"


def test_a_note_is_read_and_spelled() -> None:
    assert read_release(TEXT).spell() == TEXT
    assert read_release(TEXT) == Release(
        "1.0.0",
        "2026-12-01T10:00:00Z",
        5,
        (
            ReleaseFile("a" * 64, 5, "all", "CHANGELOG.md"),
            ReleaseFile("b" * 64, 7, "linux-x86_64", "evidence-trail.run"),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("v1\n", "v2\n"),
        ("1.0.0", "1.0"),
        ("1.0.0", "01.0.0"),
        ("tables 5", "tables +5"),
        ("T10:00:00Z", "T10:00:00+00:00"),
        ("2026-12-01", "2026-13-01"),
        (LINE + "\n", ""),
        (LINE, f"{LINE}\n{LINE}"),
        (f"{LINE}\n{PACKAGED}", f"{PACKAGED}\n{LINE}"),
        ("linux-x86_64", "plan9-x86_64"),
        ("evidence-trail.run", ".hidden"),
        ("evidence-trail.run", "../evil.run"),
        ("evidence-trail.run", "a b.run"),
        (" 7 ", " 07 "),
        ("b" * 64, "B" * 64),
        ("5\nsha", "5\n\nsha"),
    ],
)
def test_a_note_that_is_written_otherwise_is_none(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(InputError):
        read_release(TEXT.replace(old, new))


@pytest.mark.parametrize(
    "untrusted",
    ["", "a", KEY.spell() + " ", KEY.spell().replace("example", "example2"), KEY.spell()[:-4], "x+00000000+AQ=="],
)
def test_what_is_no_release_key(untrusted: str) -> None:
    with pytest.raises(InputError, match="no release key"):
        read_release_key(untrusted)


def test_a_key_of_small_order_is_none() -> None:
    from evidence_app.crypto.release_key import ReleaseKey

    with pytest.raises(InputError, match="no release key"):
        read_release_key(ReleaseKey("anybody", b"\x01" + bytes(31)).spell())


def test_two_signatures_of_one_key_count_as_none() -> None:
    note = UpdateFile(seed=SEED).note()
    line = note.splitlines()[-1]
    with pytest.raises(VerificationError, match="does not fit"):
        verify_release_note(f"{note}{line}\n", (KEY,))


def test_versions_are_compared_as_numbers() -> None:
    changes = CHANGES.replace("9.1.0", "9.10.0")
    assert "Later than" in changes_between(changes, "9.9.0", "9.10.0")
    assert changes_between(changes, "9.10.0", "9.11.0") == ""
