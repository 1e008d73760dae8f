"""The log as files: tiles that somebody else's reader audits, and receipts (docs/spec/log-export.md, sections 1 and 2)."""

import base64
import hashlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidence_app.errors import EnvironmentProblem, InputError, VerificationError
from evidence_app.proof.seal_receipts import verify_receipt
from evidence_app.services.archive import log_files
from evidence_app.services.archive.log_files import export_receipts, export_tiles, tile_path
from evidence_app.services.attestation.other_witnesses import log_vkey
from evidence_app.services.core.session import Session
from tests.support import stores
from tests.support.entries import note
from tests.support.peers import peer

SECRET = "Nobody but the officer reads this."


@pytest.fixture
def session(store_path: Path) -> Iterator[Session]:
    with stores.open_fast(store_path) as opened:
        stores.seal_entry(opened, note(SECRET))
        yield opened


def seal_many(session: Session, count: int) -> None:
    for number in range(count):
        stores.seal_entry(session, note(f"Entry {number}."))


def independent_root(folder: Path) -> tuple[int, bytes]:
    """Read an export as the C2SP page says, check each level of tiles against the one below, and return size and root."""
    _, size_line, root_line = (folder / "checkpoint").read_text("utf-8").split("\n")[:3]
    size = int(size_line)

    def read(level: str, count: int) -> list[bytes]:
        pieces = []
        for first in range(0, count, 256):
            width, number = min(256, count - first), f"{first // 256:03}"
            pieces.append((folder / "tile" / level / (number if width == 256 else f"{number}.p/{width}")).read_bytes())
        return pieces

    leaves = []
    for bundle in read("entries", size):
        while bundle:
            length = int.from_bytes(bundle[:2], "big")
            leaves.append(bundle[2 : 2 + length])
            bundle = bundle[2 + length :]
    hashes = [hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves]
    assert len(hashes) == size

    def subtree(part: list[bytes]) -> bytes:
        if len(part) == 1:
            return part[0]
        split = 1 << (len(part) - 1).bit_length() - 1
        return hashlib.sha256(b"\1" + subtree(part[:split]) + subtree(part[split:])).digest()

    level, below = 0, hashes
    while below:
        assert b"".join(read(str(level), len(below))) == b"".join(below), f"the tiles of level {level} differ"
        below = [subtree(below[first : first + 256]) for first in range(0, len(below) // 256 * 256, 256)]
        level += 1
    assert base64.b64decode(root_line) == subtree(hashes)
    return size, subtree(hashes)


@pytest.mark.parametrize("more", [0, 252, 253, 254, 600], ids=lambda more: f"{more} more")
def test_an_export_is_what_the_page_of_the_field_says(session: Session, tmp_path: Path, more: int) -> None:
    seal_many(session, more)
    written = export_tiles(session, tmp_path / "log")
    assert independent_root(tmp_path / "log") == (session.store.log.size(), session.store.log.root(written.size))
    assert written.missing == ()


def test_it_holds_no_word_of_any_record(session: Session, tmp_path: Path) -> None:
    export_tiles(session, tmp_path / "log")
    content = b"".join(path.read_bytes() for path in (tmp_path / "log").rglob("*") if path.is_file())
    for word in SECRET.split():
        assert word.strip(".").encode() not in content


def test_a_later_export_goes_on_and_keeps_what_was_there(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "log"
    export_tiles(session, folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    seal_many(session, 300)
    written = export_tiles(session, folder)
    assert independent_root(folder)[0] == written.size
    for path, content in before.items():
        assert path.name == "checkpoint" or path.read_bytes() == content, f"{path.name} was written again"
    assert export_tiles(session, folder).files == 0, "nothing is new"


def test_a_folder_of_something_else_is_left_alone(session: Session, tmp_path: Path, store_path: Path) -> None:
    folder = tmp_path / "log"
    folder.mkdir()
    (folder / "letter.txt").write_text("Mine.")
    with pytest.raises(InputError, match="something else"):
        export_tiles(session, folder)
    (folder / "letter.txt").rename(folder / "checkpoint")
    with pytest.raises(InputError, match="another log"):
        export_tiles(session, folder)
    assert [path.name for path in folder.iterdir()] == ["checkpoint"]


def test_an_export_of_a_longer_log_says_that_this_one_is_old(session: Session, tmp_path: Path) -> None:
    old = stores.copy_of(session.store.folder, tmp_path / "old")
    seal_many(session, 3)
    export_tiles(session, tmp_path / "log")
    kept = (tmp_path / "log" / "checkpoint").read_bytes()
    with stores.open_fast(old) as older, pytest.raises(VerificationError) as refused:
        export_tiles(older, tmp_path / "log")
    assert refused.value.reason == "rewritten"
    assert (tmp_path / "log" / "checkpoint").read_bytes() == kept


def test_the_checkpoint_is_the_last_file(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "log"
    export_tiles(session, folder)
    kept = (folder / "checkpoint").read_bytes()
    seal_many(session, 300)
    written = []
    real = log_files.write_whole

    def full_disk_after_two(path: Path, content: bytes) -> None:
        written.append(path.name)
        if len(written) > 2:
            raise EnvironmentProblem("The disk is full.")
        real(path, content)

    monkeypatch.setattr(log_files, "write_whole", full_disk_after_two)
    with pytest.raises(EnvironmentProblem):
        export_tiles(session, folder)
    assert (folder / "checkpoint").read_bytes() == kept, "it says what is not there"
    monkeypatch.undo()
    export_tiles(session, folder)
    independent_root(folder)


@pytest.mark.parametrize(
    ("number", "width", "path"),
    [
        (0, 256, "tile/0/000"),
        (999, 256, "tile/0/999"),
        (1_234_067, 256, "tile/0/x001/x234/067"),
        (1_000, 112, "tile/0/x001/000.p/112"),
    ],
)
def test_paths_of_tiles(number: int, width: int, path: str) -> None:
    assert tile_path("0", number, width) == path


def test_all_receipts_verify_by_themselves(session: Session, tmp_path: Path) -> None:
    count = export_receipts(session, tmp_path / "receipts")
    files = sorted((tmp_path / "receipts").iterdir())
    assert len(files) == count == session.store.log.size()
    receipts = [verify_receipt(path.read_bytes()) for path in files]
    assert sorted(receipt.index for receipt in receipts) == list(range(count))
    assert all(
        path.name == f"{receipt.index}-{receipt.code}.tlog-proof" for path, receipt in zip(files, receipts, strict=True)
    )
    with pytest.raises(InputError, match="not empty"):
        export_receipts(session, tmp_path / "receipts")


def test_another_makers_auditor_accepts_it(session: Session, tmp_path: Path) -> None:
    auditor = peer("aics-tlog")
    seal_many(session, 300)
    export_tiles(session, tmp_path / "log")
    where = ["--tiles", tmp_path / "log", "--log-key", log_vkey(session)]
    said = audited(auditor, "verify-checkpoint", *where)
    assert (said["ok"], said["tiles_ok"], said["size"]) == (True, True, session.store.log.size())
    leaf = tmp_path / "leaf"
    leaf.write_bytes((tmp_path / "log" / "tile" / "entries" / "000").read_bytes()[2:][:LEAF_LENGTH])
    inclusion = ["verify-inclusion", "--leaf", leaf, "--index", "0", *where]
    assert audited(auditor, *inclusion)["ok"] is True, "it finds our leaf in our tiles"
    tile = tmp_path / "log" / "tile" / "0" / "000"
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    assert audited(auditor, *inclusion)["ok"] is False, "it does not look at the tiles"


LEAF_LENGTH = 132
"""Bytes of a leaf: all of one length (docs/spec/record-log.md, section 5)."""


def audited(auditor: Path, *words: object) -> dict[str, Any]:
    """Return what the auditor answers, as JSON."""
    done = subprocess.run([str(auditor), *map(str, words)], capture_output=True, text=True, check=False)
    answer: dict[str, Any] = json.loads(done.stdout or done.stderr)
    return answer
