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
