"""The log as files: C2SP tlog-tiles, and the seal receipts of all records (docs/spec/log-export.md, sections 1 and 2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evidence_app.domain.text.counted import counted
from evidence_app.domain.text.number_ranges import in_spans
from evidence_app.errors import InputError, StoreDamaged, VerificationError
from evidence_app.files import read_small, sync_folder, system_errors_named, write_whole
from evidence_app.proof.checkpoints import Checkpoint, verify_checkpoint
from evidence_app.proof.commitment import commit, leaf_bytes, make_leaf
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.merkle import leaf_hash
from evidence_app.proof.seal_receipts import make_receipt
from evidence_app.proof.signed_notes import MAX_NOTE_CHARACTERS
from evidence_app.services.core.session import Session
from evidence_app.services.records.receipt_files import receipt_name

CHECKPOINT: Final = "checkpoint"
TILE: Final = "tile"
WIDTH: Final = 256
"""Hashes of a full tile, and leaves of a full bundle (C2SP tlog-tiles)."""
HEIGHT: Final = 8
"""Levels of the binary tree from one level of tiles to the next: 256 is 2 to the power of 8."""


@dataclass(frozen=True, slots=True)
class WrittenTiles:
    """What was written: the size of the log, how many files, and the positions whose leaves are not there any more."""

    size: int
    files: int
    missing: tuple[int, ...]

    def in_words(self, folder: Path) -> str:
        """Return a sentence with what was written, and a second where leaves are missing."""
        said = f"The log of {counted(self.size, 'record')} is in {folder} as tiles: {counted(self.files, 'new file')}, and no word of any record."
        if self.missing:
            said += f" The leaves of positions {in_spans(self.missing)} are not there any more, and the bundles that would hold them are left out."
        return said


def tile_path(level: str, number: int, width: int) -> str:
    """Return the path of a tile or, with the level ``entries``, of a bundle of leaves, of so many hashes or leaves."""
    groups = [f"{number % 1_000:03}"]
    while number >= 1_000:
        number //= 1_000
        groups.insert(0, f"x{number % 1_000:03}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"{TILE}/{level}/{'/'.join(groups)}{partial}"


def tile_widths(count: int) -> Iterator[tuple[int, int]]:
    """Yield number and width of each tile over so many hashes; the last one may be partial."""
    for number in range(-(-count // WIDTH)):
        yield number, min(WIDTH, count - number * WIDTH)


def export_tiles(session: Session, folder: Path) -> WrittenTiles:
    """Write the log as tiles into a new or empty folder, or into that of an earlier export, which must be of this log.

    Raises:
        InputError: the folder holds something else, or an export of another log.
        VerificationError: rewritten, where the log does not go on from the earlier export.
        StoreDamaged: a leaf does not fit the log.
        EnvironmentProblem: the folder cannot be written.
    """
    log, size = session.store.log, session.store.log.size()
    _require_fit(session, folder, size)
    files, missing = 0, []
    for number, leaves in _bundles(session, size):
        missing += [number * WIDTH + place for place, leaf in enumerate(leaves) if leaf is None]
        bundle = b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves if leaf is not None)
        if None not in leaves:
            files += _write_new(folder / tile_path("entries", number, len(leaves)), bundle)
    level, count = 0, size
    while count:
        for number, width in tile_widths(count):
            path = folder / tile_path(str(level), number, width)
            if not path.exists():
                first = number * WIDTH
                hashes = b"".join(log.node_at(HEIGHT * level, place) for place in range(first, first + width))
                files += _write_new(path, hashes)
        level, count = level + 1, count // WIDTH
    # Last: whoever reads meanwhile finds every tile that the checkpoint needs.
    write_whole(folder / CHECKPOINT, log.checkpoint(size).encode("utf-8"))
    return WrittenTiles(size, files, tuple(missing))


def _require_fit(session: Session, folder: Path, size: int) -> None:
    """Require a folder that is new or empty, or holds an export from which the log goes on."""
    with system_errors_named("The folder cannot be read"):
        names = {each.name for each in folder.iterdir()} if folder.exists() else set()
    if not names:
        return
    if not names <= {CHECKPOINT, TILE} or CHECKPOINT not in names:
        raise InputError("There is something else in that folder. Choose a new one, or that of an earlier export.")
    untrusted = read_small(folder / CHECKPOINT, what="The checkpoint", limit=MAX_NOTE_CHARACTERS)
    try:
        earlier = verify_checkpoint(untrusted.decode("utf-8"), session.log_key.public)
    except (VerificationError, UnicodeDecodeError) as error:
        raise InputError(
            "In that folder is the export of another log, or a damaged one. Choose a new folder."
        ) from error
    _require_goes_on(session, earlier, size)


def _require_goes_on(session: Session, earlier: Checkpoint, size: int) -> None:
    if earlier.size > size or session.store.log.root(earlier.size) != earlier.root:
        raise VerificationError(
            "rewritten",
            f"The log does not go on from the {earlier.size} records that were exported there: this is an old copy, or it was changed. Keep both.",
        )


def _bundles(session: Session, size: int) -> Iterator[tuple[int, list[bytes | None]]]:
    """Yield the bundles of leaves with their numbers. A leaf of a record that is not there any more is None.

    Raises:
        StoreDamaged: a leaf does not fit the log.
    """
    number, leaves = 0, list[bytes | None]()
    for position, leaf in _leaves(session, size):
        leaves.append(leaf)
        if len(leaves) == WIDTH or position == size - 1:
            yield number, leaves
            number, leaves = number + 1, []


def _leaves(session: Session, size: int) -> Iterator[tuple[int, bytes | None]]:
    position = 0
    for row in session.store.records.rows_to_check():
        record = row.record
        if record.index >= size:
            break
        yield from ((gap, None) for gap in range(position, record.index))
        leaf = leaf_bytes(make_leaf(commit(record.content, row.secret).value, spell(record.sealed_at)))
        if leaf_hash(leaf) != session.store.log.node_at(0, record.index):
            raise StoreDamaged(f"Record {record.index} is not as it was sealed: “check” says more.")
        yield record.index, leaf
        position = record.index + 1
    yield from ((gap, None) for gap in range(position, size))


def _write_new(path: Path, content: bytes) -> int:
    """Write a file that never changes, unless it is there; return how many were written."""
    if path.exists():
        return 0
    with system_errors_named("The folder cannot be written"):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
    return 1


def export_receipts(session: Session, folder: Path) -> int:
    """Write the seal receipt of every record that is there into a new or empty folder; return how many.

    Raises:
        InputError: the folder is not empty.
        EnvironmentProblem: the folder cannot be written.
    """
    with system_errors_named("The folder cannot be written"):
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise InputError("That folder is not empty. Choose a new one.")
    log, size = session.store.log, session.store.log.size()
    signed, count = log.checkpoint(size), 0
    for row in session.store.records.rows_to_check():
        record = row.record
        leaf = make_leaf(commit(record.content, row.secret).value, spell(record.sealed_at))
        receipt = make_receipt(
            index=record.index,
            leaf=leaf,
            proof=log.proof(record.index, size),
            signed_checkpoint=signed,
            public_key=session.log_key.public,
        )
        write_whole(folder / receipt_name(record.index, record.code), receipt.encode("utf-8"))
        count += 1
    sync_folder(folder)
    return count
