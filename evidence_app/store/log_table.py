"""Tables of the log: nodes of its Merkle tree, and signed checkpoints (docs/spec/record-log.md).

Only complete nodes are stored: they never change, and every root and proof can be computed from them.
"""

from collections.abc import Iterator

from evidence_app.errors import StoreDamaged
from evidence_app.proof import merkle
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.signed_notes import sign_note
from evidence_app.proof.signing import LogKey
from evidence_app.store.database import Database, Row


class LogTable:
    """The append-only Merkle tree over all records (RFC 6962)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # The complete nodes on the right edge of the tree before and after the last append. What is committed never changes,
        # whoever commits it; what is rolled back has to be forgotten (`forget_appended`).
        self._edge: dict[tuple[int, int], bytes] = {}
        self._appended = ""

    def size(self) -> int:
        """Return the number of records in the log, by its latest checkpoint."""
        row = self._database.one("SELECT max(size) FROM checkpoints")
        return int(row[0]) if row and row[0] is not None else 0

    def node_at(self, level: int, position: int) -> bytes:
        """Return the hash of a complete node; level 0 has the leaves.

        Raises:
            StoreDamaged: the node is missing.
        """
        known = self._edge.get((level, position))
        if known is not None:
            return known
        row = self._database.one("SELECT hash FROM nodes WHERE level = ? AND position = ?", level, position)
        if row is None:
            raise StoreDamaged("The store's log has a hole. Use a backup, or “rescue” what can be read.")
        return bytes(row[0])

    def nodes(self) -> Iterator[tuple[tuple[int, int], bytes]]:
        """Yield the level and position of each stored node, with its hash."""
        for level, position, digest in self._database.each("SELECT level, position, hash FROM nodes"):
            yield (int(level), int(position)), bytes(digest)

    def append(self, index: int, leaf_hash: bytes, key: LogKey) -> str:
        """Append a leaf at `index`, the size so far; return the signed note of the new checkpoint. Needs a transaction."""
        # The tree so far, its new root and the proof of its last leaf are made of these nodes and the new ones alone.
        self._edge = {place: self.node_at(*place) for place in merkle.right_edge(index)}
        # A leaf may complete several levels at once: each node is computed from ones that are not stored yet.
        new_nodes: list[Row] = []
        for level, position, digest in merkle.completed_by(index, leaf_hash, self.node_at):
            self._edge[level, position] = digest
            new_nodes.append((level, position, digest))
        self._database.run_many("INSERT INTO nodes VALUES (?, ?, ?)", new_nodes)
        checkpoint = Checkpoint(key.origin, index + 1, merkle.root(index + 1, self.node_at))
        note = sign_note(key, checkpoint.text)
        self._database.run("INSERT INTO checkpoints VALUES (?, ?)", checkpoint.size, note)
        self._appended = note
        return note

    def take_appended(self) -> str:
        """Return the note of the last append that was committed since this was asked last, or an empty string."""
        note, self._appended = self._appended, ""
        return note

    def forget_appended(self) -> None:
        """Forget what was appended, because it was rolled back."""
        self._edge.clear()
        self._appended = ""

    def checkpoint(self, size: int) -> str:
        """Return the signed note of the checkpoint at a size.

        Raises:
            StoreDamaged: it is missing.
        """
        row = self._database.one("SELECT note FROM checkpoints WHERE size = ?", size)
        if row is None:
            raise StoreDamaged(f"The store lacks its checkpoint of size {size}.")
        return str(row[0])

    def root(self, size: int) -> bytes:
        """Return the root of the tree of the first `size` records."""
        return merkle.root(size, self.node_at)

    def consistency_proof(self, earlier: int, size: int) -> list[bytes]:
        """Return the consistency proof that the tree of `size` records extends that of the first `earlier` ones."""
        return merkle.consistency_proof(earlier, size, self.node_at)

    def proof(self, index: int, size: int) -> list[bytes]:
        """Return the inclusion proof of the record at `index` in the tree of `size` records."""
        return merkle.inclusion_proof(index, size, self.node_at)
