"""Making a release: the key and its passphrase, the note of the packages in dist/, and update files that the program takes in."""

import io
import sys
from pathlib import Path

import pytest

from evidence_app import VERSION
from evidence_app.crypto.release_key import ReleaseKey, read_release_key, sign_release
from evidence_app.domain.release import read_release
from evidence_app.services.safekeeping import updates
from evidence_app.services.safekeeping.updates import read_update, write_packages
from tests.support.update_files import KEY, NAME, SEED
from tools.packages import release
from tools.packages.problems import CannotBuild

WORDS = "six words of the program and nothing more"
LINUX = f"evidence-trail-{VERSION}-linux-x86_64.run"
PACKAGES = {
    LINUX: b"runs on any Linux",
    f"evidence-trail-{VERSION}-windows-setup.exe": b"an installer",
    f"evidence-trail-{VERSION}-windows-installer.msi": b"for software distribution",
    f"evidence-trail-{VERSION}-windows-left-out.txt": b"no package",
}


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages, of the second that a build of today would have."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    folder = tmp_path / "dist"
    folder.mkdir()
    for name, content in PACKAGES.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ReleaseKey]:
    """A release key and its file, made as release.md says; once, for its passphrase is made slow to try."""
    out = tmp_path_factory.mktemp("key") / "key.age"
    with pytest.MonkeyPatch.context() as patch:
        assert run(patch, ["--out", str(out), "--name", "release.example/2026"], WORDS) == 0
        return out, read_release_key(sys.stdout.getvalue().splitlines()[-1])  # type: ignore[attr-defined]


@pytest.fixture
def key(made: tuple[Path, ReleaseKey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReleaseKey:
    """The key of SEED, which packages of this test trust beside that one."""
    keys = tmp_path / "keys.txt"
    keys.write_text(f"# of this test\n{made[1].spell()}\n{KEY.spell()}\n", encoding="utf-8")
    monkeypatch.setattr(release, "KEYS", keys)
    return KEY


def signed(dist: Path, name: str = NAME) -> Path:
    """Write the note of the packages that are there, signed by the key of SEED under a name."""
    (text,) = release.write_release(dist, None)
    note = dist / "release.note"
    note.write_text(sign_release(SEED, name, text.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return note


def run(monkeypatch: pytest.MonkeyPatch, words: list[str], typed: str) -> int:
    """Run `dev.py release-key` with a passphrase on its standard input; what it prints is in `sys.stdout`."""
    monkeypatch.setattr(sys, "argv", ["release-key", *words])
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{typed}\n"))
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    return release.main()


def test_a_release_is_signed_and_taken_in(
    dist: Path, key: ReleaseKey, made: tuple[Path, ReleaseKey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (text,) = release.write_release(dist, None)
    assert {each.name for each in read_release(text.read_text(encoding="utf-8")).files} == {
        "CHANGELOG.md",
        *(name for name in PACKAGES if not name.endswith(".txt")),
    }
    assert run(monkeypatch, ["--sign", str(text), "--key", str(made[0])], WORDS) == 0
    written = [path.name for path in release.write_release(dist, dist / "release.note")]
    assert written == [
        "release.txt",
        "release.note",
        f"evidence-trail-{VERSION}-windows.update",
        f"evidence-trail-{VERSION}-linux.update",
    ]
    monkeypatch.setattr(updates, "VERSION", "0.0.9")
    monkeypatch.setattr(updates, "systems_here", lambda: ("linux-x86_64",))
    found = read_update(dist / written[3], [made[1]])
    assert [each.name for each in found.packages] == [LINUX]
    assert "An encrypted store" in found.changes
    (package,) = write_packages(found, tmp_path)
    assert package.read_bytes() == PACKAGES[LINUX]
    monkeypatch.setattr(updates, "systems_here", lambda: ("windows-x86_64",))
    assert [each.name for each in read_update(dist / written[2], [made[1]]).packages] == [
        f"evidence-trail-{VERSION}-windows-setup.exe"
    ]


def test_two_update_files_of_one_release_are_the_same(dist: Path, key: ReleaseKey) -> None:
    note = signed(dist)
    first, second = ([path.read_bytes() for path in release.write_release(dist, note)] for _ in range(2))
    assert first == second


def test_a_note_of_other_packages_makes_no_update_file(dist: Path, key: ReleaseKey) -> None:
    note = signed(dist)
    (dist / LINUX).write_bytes(b"built anew")
    with pytest.raises(CannotBuild, match="other packages than those in dist"):
        release.write_release(dist, note)
    assert not list(dist.glob("*.update"))


def test_a_note_by_a_key_that_packages_do_not_trust_is_refused(dist: Path, key: ReleaseKey) -> None:
    note = signed(dist, "other.example")
    with pytest.raises(CannotBuild, match=r"signed by another key than this program trusts: other\.example"):
        release.write_release(dist, note)
    assert not list(dist.glob("*.update"))


def test_without_packages_there_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(CannotBuild, match="no package in dist"):
        release.write_release(tmp_path, None)


def test_another_passphrase_signs_nothing(
    dist: Path, made: tuple[Path, ReleaseKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    (text,) = release.write_release(dist, None)
    assert run(monkeypatch, ["--sign", str(text), "--key", str(made[0])], WORDS + "?") == 3
    assert sys.stderr.getvalue() == "The passphrase does not open this key.\n"  # type: ignore[attr-defined]
    assert not (dist / "release.note").exists()


def test_a_short_passphrase_makes_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, ["--out", str(tmp_path / "key.age")], "short") == 3
    assert not (tmp_path / "key.age").exists()


def test_a_key_is_never_written_over_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key.age").write_bytes(b"another key")
    assert run(monkeypatch, ["--out", str(tmp_path / "key.age")], WORDS) == 3
    assert (tmp_path / "key.age").read_bytes() == b"another key"


def test_what_is_no_release_is_not_signed(
    made: tuple[Path, ReleaseKey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("evidence-trail/release/v1\nversion 1.0.0\n", encoding="utf-8")
    assert run(monkeypatch, ["--sign", str(other), "--key", str(made[0])], WORDS) == 3
    assert not (tmp_path / "release.note").exists()
