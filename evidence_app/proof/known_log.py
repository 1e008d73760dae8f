"""What verified files show of a log: its checkpoint, nodes of its tree, and earlier checkpoints. Two such views are compared.

A log only grows. So of two views of one log either one goes on from the other, or they contradict each other: then the log
was rewritten, or told to different people in different ways.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from evidence_app.proof import merkle
from evidence_app.proof.checkpoints import Checkpoint


class KnownNodes:
    """The complete nodes of a log's tree that the inclusion proofs of some of its records show."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._levels: defaultdict[int, dict[int, bytes]] = defaultdict(dict)

    def add(self, index: int, leaf_hash: bytes, proof: Sequence[bytes]) -> None:
        """Add what a verified inclusion proof in the tree of this size shows: its leaf, and its siblings that are complete."""
        self._levels[0][index] = leaf_hash
        position, last, level = index, self._size - 1, 0
        for sibling in proof:
            # As in RFC 9162, section 2.1.3.2: a right child, or the last node of its level, has its sibling on the left.
            if position & 1 or position == last:
                while not position & 1 and position:
                    position, last, level = position >> 1, last >> 1, level + 1
                self._levels[level][position - 1] = sibling
            elif (position + 2) << level <= self._size:
                self._levels[level][position + 1] = sibling
            position, last, level = position >> 1, last >> 1, level + 1

    def put(self, level: int, position: int, digest: bytes) -> None:
        """Add a complete node that is known from elsewhere."""
        self._levels[level][position] = digest

    def join(self) -> None:
        """Add each parent of two known children."""
        for level in range(self._size.bit_length()):
            nodes = self._levels[level]
            for position, left in list(nodes.items()):
                if not position & 1 and position + 1 in nodes:
                    self._levels[level + 1][position >> 1] = merkle.node_hash(left, nodes[position + 1])

    def differ_from(self, other: "KnownNodes") -> bool:
        """Whether both know a complete node and have another hash for it: a complete node never changes."""
        theirs = dict(other.items())
        return any(theirs.get(place, digest) != digest for place, digest in self.items())

    def items(self) -> Iterator[tuple[tuple[int, int], bytes]]:
        """Yield each known node by its level and its position in that."""
        for level, nodes in self._levels.items():
            for position, digest in nodes.items():
                yield (level, position), digest

    def root(self, size: int) -> bytes | None:
        """Return the root of the first `size` leaves, or None where the known nodes do not give it. Call `join` before."""
        try:
            return merkle.root(size, lambda level, position: self._levels[level][position])
        except KeyError:
            return None


class Comparison(Enum):
    """How the log of one view stands to that of another."""

    SAME = "same"
    GOES_ON = "goes on"
    CONTRADICTS = "contradicts"
    OTHER_LOG = "other log"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class KnownLog:
    """A log as a verified file shows it: its checkpoint, nodes of its tree, and the earlier checkpoints that it is proved to extend.

    `signed` are the checkpoints as signed notes, with the log's own line alone, that a time stamp beside the file may be over; `others` the
    origins of the logs of what was handed over.
    """

    checkpoint: Checkpoint
    nodes: KnownNodes
    extended: tuple[Checkpoint, ...] = ()
    signed: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def had(self, checkpoint: Checkpoint) -> bool | None:
        """Return whether the log had a checkpoint, or None where that cannot be told."""
        if not 0 < checkpoint.size <= self.checkpoint.size:
            return None
        if checkpoint.size == self.checkpoint.size:
            return checkpoint.root == self.checkpoint.root
        roots = {each.size: each.root for each in self.extended}
        root = roots.get(checkpoint.size) or self.nodes.root(checkpoint.size)
        return None if root is None else root == checkpoint.root

    def compared_with(self, other: "KnownLog") -> Comparison:
        """Return how the longer of two logs stands to the shorter one. Neither view is trusted more than the other."""
        longer, shorter = (self, other) if self.checkpoint.size >= other.checkpoint.size else (other, self)
        if longer.checkpoint.origin != shorter.checkpoint.origin:
            return Comparison.OTHER_LOG
        heads = [longer.had(each) for each in (shorter.checkpoint, *shorter.extended)]
        if False in heads or False in [shorter.had(each) for each in longer.extended]:
            return Comparison.CONTRADICTS
        if longer.nodes.differ_from(shorter.nodes):
            return Comparison.CONTRADICTS
        if heads[0]:
            is_same = longer.checkpoint.size == shorter.checkpoint.size
            return Comparison.SAME if is_same else Comparison.GOES_ON
        return Comparison.UNKNOWN


def known_log(
    checkpoint: Checkpoint, leaves: Iterable[tuple[int, bytes, Sequence[bytes]]], extended: Iterable[Checkpoint] = ()
) -> KnownLog:
    """Return what is known of a log by a verified checkpoint, and by the position, leaf hash and inclusion proof of verified records."""
    nodes = KnownNodes(checkpoint.size)
    for index, leaf_hash, proof in leaves:
        nodes.add(index, leaf_hash, proof)
    nodes.join()
    return KnownLog(checkpoint, nodes, tuple(extended))
