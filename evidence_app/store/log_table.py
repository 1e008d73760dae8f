"""The log's tree and its signed checkpoints, in the database."""

from evidence_app.errors import StoreDamaged
from evidence_app.proof import merkle
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.signed_notes import sign_note
from evidence_app.proof.signing import LogKey
from evidence_app.store.database import Database


class LogTable:
    """The append-only tree over all records."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def size(self) -> int:
        """Return the number of records in the log."""
        row = self._database.one("SELECT max(size) FROM checkpoints")
        return int(row[0]) if row and row[0] is not None else 0

    def node_at(self, level: int, position: int) -> bytes:
        """Return a complete node of the tree."""
        row = self._database.one("SELECT hash FROM nodes WHERE level = ? AND position = ?", level, position)
        if row is None:
            raise StoreDamaged("The store's log has a hole. Use a backup, or “rescue” what can be read.")
        return bytes(row[0])

    def nodes(self) -> dict[tuple[int, int], bytes]:
        """Return every complete node that is stored."""
        rows = self._database.each("SELECT level, position, hash FROM nodes")
        return {(int(level), int(position)): bytes(digest) for level, position, digest in rows}

    def append(self, index: int, leaf_hash: bytes, key: LogKey) -> str:
        """Append a leaf at `index`, which is the size so far, and return the signed checkpoint. Needs a transaction."""
        fresh: dict[tuple[int, int], bytes] = {}

        def node_at(level: int, position: int) -> bytes:
            return fresh.get((level, position)) or self.node_at(level, position)

        for level, position, digest in merkle.completed_by(index, leaf_hash, node_at):
            fresh[level, position] = digest
        self._database.run_many("INSERT INTO nodes VALUES (?, ?, ?)", [(*place, node) for place, node in fresh.items()])
        checkpoint = Checkpoint(key.origin, index + 1, merkle.root(index + 1, node_at))
        note = sign_note(key, checkpoint.text)
        self._database.run("INSERT INTO checkpoints VALUES (?, ?)", checkpoint.size, note)
        return note

    def checkpoint(self, size: int) -> str:
        """Return the checkpoint that was signed at a size."""
        row = self._database.one("SELECT note FROM checkpoints WHERE size = ?", size)
        if row is None:
            raise StoreDamaged(f"The store lacks its checkpoint of size {size}.")
        return str(row[0])

    def root(self, size: int) -> bytes:
        """Return the root of the tree of the first `size` records."""
        return merkle.root(size, self.node_at)

    def consistency_proof(self, earlier: int, size: int) -> list[bytes]:
        """Return the proof that the tree of `size` records goes on from that of the `earlier` ones."""
        return merkle.consistency_proof(earlier, size, self.node_at)

    def proof(self, index: int, size: int) -> list[bytes]:
        """Return the proof that the record at `index` is in the tree of `size` records."""
        return merkle.inclusion_proof(index, size, self.node_at)
