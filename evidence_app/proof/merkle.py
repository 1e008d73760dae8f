"""The Merkle tree of RFC 9162 section 2.1 (and RFC 6962 section 2.1) with SHA-256.

The tree is described by its complete nodes: node (level, position) covers the 2**level leaves from position * 2**level.
They never change once written, so a store keeps them and any root or proof is made from a few of them.
"""

import hmac
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Final

NodeAt = Callable[[int, int], bytes]
HASH_SIZE: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 || leaf)."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def completed_by(index: int, leaf: bytes, node_at: NodeAt) -> Iterator[tuple[int, int, bytes]]:
    """Yield the nodes (level, position, hash) that become complete when the leaf hash at `index` is appended."""
    level, position, digest = 0, index, leaf
    yield level, position, digest
    while position & 1:
        digest = node_hash(node_at(level, position - 1), digest)
        level, position = level + 1, position >> 1
        yield level, position, digest


def _split(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)


def _subtree(start: int, size: int, node_at: NodeAt) -> bytes:
    if size & (size - 1) == 0:
        return node_at(size.bit_length() - 1, start // size)
    left = _split(size)
    return node_hash(_subtree(start, left, node_at), _subtree(start + left, size - left, node_at))


def root(size: int, node_at: NodeAt) -> bytes:
    """Return the root of the tree of the first `size` leaves."""
    return _subtree(0, size, node_at) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, node_at: NodeAt) -> list[bytes]:
    """Return the proof that the leaf at `index` is in the tree of `size` leaves, from its sibling up."""
    proof: list[bytes] = []
    start = 0
    while size > 1:
        left = _split(size)
        if index - start < left:
            proof.append(_subtree(start + left, size - left, node_at))
            size = left
        else:
            proof.append(_subtree(start, left, node_at))
            start, size = start + left, size - left
    proof.reverse()
    return proof


def proves_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected_root: bytes) -> bool:
    """Check an inclusion proof as RFC 9162 section 2.1.3.2 says. `leaf` is a leaf hash."""
    if not 0 <= index < size:
        return False
    fn, sn, digest = index, size - 1, leaf
    for sibling in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            digest = node_hash(sibling, digest)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            digest = node_hash(digest, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and hmac.compare_digest(digest, expected_root)


def consistency_proof(earlier: int, size: int, node_at: NodeAt) -> list[bytes]:
    """Return the proof that the tree of `size` leaves goes on from that of the first `earlier` (RFC 9162, 2.1.4.1)."""
    proof: list[bytes] = []
    start, complete = 0, True
    while earlier != size:
        left = _split(size)
        if earlier <= left:
            proof.append(_subtree(start + left, size - left, node_at))
            size = left
        else:
            proof.append(_subtree(start, left, node_at))
            start, earlier, size, complete = start + left, earlier - left, size - left, False
    if not complete:
        proof.append(_subtree(start, size, node_at))
    proof.reverse()
    return proof


def proves_consistency(
    earlier: int, earlier_root: bytes, size: int, expected_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Check a consistency proof as RFC 9162 section 2.1.4.2 says. Nothing goes on from an empty tree."""
    if not 0 < earlier <= size:
        return False
    if earlier == size:
        return not proof and hmac.compare_digest(earlier_root, expected_root)
    path = [earlier_root, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    if not path:
        return False
    fn, sn = earlier - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    first = second = path[0]
    for node in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first, second = node_hash(node, first), node_hash(node, second)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = node_hash(second, node)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and hmac.compare_digest(first, earlier_root) and hmac.compare_digest(second, expected_root)
