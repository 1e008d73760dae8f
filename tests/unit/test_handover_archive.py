"""The archive of hand-overs: OCFL objects of age files, a version for each (docs/spec/log-export.md, section 3)."""

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from evidence_app.crypto.age_key import AgeKey
from evidence_app.errors import EnvironmentProblem, InputError
from evidence_app.services.archive import ocfl
from evidence_app.services.archive.handover_archive import archive_handovers
from evidence_app.services.attestation.cards import age_key
from evidence_app.services.duties.disposal import dispose, held_about
from evidence_app.services.members.evidence import bundle_of
from tests.support.members import OFFICER, Pair
from tests.support.peers import peer

IDENTIFIER = "urn:evidence-trail:"


def only_object(root: Path) -> Path:
    """Return the folder of the one object in an archive."""
    (declared,) = root.rglob("0=ocfl_object_1.1")
    return declared.parent


def require_whole(folder: Path) -> dict[str, bytes]:
    """Check an object as the OCFL page says; return the files of all its versions. It shares no code with the program."""
    content = (folder / "inventory.json").read_bytes()
    assert (folder / "inventory.json.sha512").read_text().split() == [
        hashlib.sha512(content).hexdigest(),
        "inventory.json",
    ]
    inventory = json.loads(content)
    listed = {path for paths in inventory["manifest"].values() for path in paths}
    there = {path.relative_to(folder).as_posix() for path in folder.glob("v*/content/**/*") if path.is_file()}
    assert listed == there, "a file that is not listed, or a listed one that is not there"
    for digest, paths in inventory["manifest"].items():
        for path in paths:
            assert hashlib.sha512((folder / path).read_bytes()).hexdigest() == digest
    numbers = sorted(int(name[1:]) for name in inventory["versions"])
    assert numbers == list(range(1, int(inventory["head"][1:]) + 1))
    assert (folder / inventory["head"] / "inventory.json").read_bytes() == content
    return {
        path: (folder / inventory["manifest"][digest][0]).read_bytes()
        for version in inventory["versions"].values()
        for digest, paths in version["state"].items()
        for path in paths
    }


def test_each_hand_over_is_a_version_that_its_receiver_opens(pair: Pair, tmp_path: Path) -> None:
    root, union = tmp_path / "archive", AgeKey(AgeKey.generate())
    first = pair.give()
    assert archive_handovers(pair.rep, root, [union.recipient]).written == 1
    second = pair.give()
    done = archive_handovers(pair.rep, root, [union.recipient])
    assert (done.written, done.there_before) == (1, 1)
    files = require_whole(only_object(root))
    numbers = [first.record.index, second.record.index]
    assert sorted(files) == sorted(
        f"{number}/{name}" for number in numbers for name in ("checkpoint", "hand-over.age", "receipt.txt")
    )
    for number in numbers:
        sealed = files[f"{number}/hand-over.age"]
        assert age_key(pair.rep).open(sealed) == union.open(sealed) == bundle_of(pair.rep, number)
        assert b"BEGIN EVIDENCE TRAIL RECEIPT" in files[f"{number}/receipt.txt"]


def test_a_second_run_changes_nothing(pair: Pair, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    pair.give()
    archive_handovers(pair.rep, root)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    done = archive_handovers(pair.rep, root)
    assert (done.written, done.there_before) == (0, 1)
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_nobody_is_named_outside_the_age_files(pair: Pair, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    pair.give()
    archive_handovers(pair.rep, root)
    for path in root.rglob("*"):
        said = str(path.relative_to(root)).encode() + (path.read_bytes() if path.is_file() else b"")
        for name in OFFICER.split():
            assert len(name) < 3 or name.encode() not in said, f"{path.name} names the member"


def test_only_a_rep_has_an_archive_and_only_in_its_own_folder(pair: Pair, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        archive_handovers(pair.officer, tmp_path / "archive")
    pair.give()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("Mine.")
    with pytest.raises(InputError, match="neither empty nor"):
        archive_handovers(pair.rep, tmp_path / "other")
    with pytest.raises(InputError, match="recipient"):
        archive_handovers(pair.rep, tmp_path / "archive", ["age1nobody"])
    assert not (tmp_path / "archive").exists()


def test_a_power_cut_at_any_rename_leaves_an_archive_that_the_next_run_makes_whole(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.give()
    real_write, real_rename = ocfl.write_whole, Path.rename
    for allowed in range(30):
        root = tmp_path / f"archive-{allowed}"
        archive_handovers(pair.rep, root) if allowed % 2 else None
        more = pair.give() if allowed % 2 else None
        steps = 0

        def step() -> None:
            nonlocal steps
            steps += 1
            if steps > allowed // 2:  # noqa: B023 - called within this round
                raise EnvironmentProblem("The plug was pulled.")

        def write(path: Path, content: bytes) -> None:
            step()
            real_write(path, content)

        def rename(path: Path, target: Path) -> Path:
            step()
            return real_rename(path, target)

        monkeypatch.setattr(ocfl, "write_whole", write)
        monkeypatch.setattr(Path, "rename", rename)
        monkeypatch.setattr(ocfl.shutil, "rmtree", lambda _: None)  # after a power cut nobody tidies up
        try:
            archive_handovers(pair.rep, root)
            pulled = False
        except EnvironmentProblem:
            pulled = True
        monkeypatch.undo()
        if not pulled:
            continue
        archive_handovers(pair.rep, root)
        files = require_whole(only_object(root))
        assert more is None or f"{more.record.index}/hand-over.age" in files


def test_an_object_that_somebody_changed_is_refused_and_left(pair: Pair, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    pair.give()
    archive_handovers(pair.rep, root)
    folder = only_object(root)
    (folder / "notes.txt").write_text("Put here by hand.")
    pair.give()
    with pytest.raises(InputError, match="not as this program left it"):
        archive_handovers(pair.rep, root)
    (folder / "notes.txt").unlink()
    (folder / "inventory.json").write_text("[]")
    with pytest.raises(InputError, match="cannot be read"):
        archive_handovers(pair.rep, root)
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == ["v1"]


def test_what_was_disposed_of_is_pointed_out(pair: Pair, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    pair.give()
    archive_handovers(pair.rep, root)
    dispose(pair.rep, held_about(pair.rep, OFFICER), "the matter is closed")
    done = archive_handovers(pair.rep, root)
    assert done.to_delete == (str(only_object(root)),)
    assert "delete it there" in done.in_words()


def test_another_makers_validator_accepts_it(pair: Pair, tmp_path: Path) -> None:
    validator = peer("ocfl-validate.py")
    root = tmp_path / "archive"
    for _ in range(3):
        pair.give()
        archive_handovers(pair.rep, root)
    whole_root = [peer("ocfl-root.py"), "validate", "--root", root, "--validate-objects", "--check-digests"]
    for words in ([validator, only_object(root)], whole_root):
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
        assert "is VALID" in done.stdout, done.stdout + done.stderr
        assert "W0" not in done.stdout + done.stderr, "the validator warns"
    (next(root.rglob("hand-over.age"))).write_bytes(b"changed")
    done = subprocess.run([str(validator), str(only_object(root))], capture_output=True, text=True, check=False)
    assert "INVALID" in done.stdout, "it does not look at the files"
