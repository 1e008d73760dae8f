"""The Merkle tree of RFC 9162 section 2.1 (and RFC 6962 section 2.1) with SHA-256.

The tree is described by its complete nodes: node (level, position) covers the 2**level leaves from position * 2**level.
A complete node never changes when leaves are appended, so a store saves each one once, and any root or proof is
computed from about log2(size) of them. Positions count from 0; every hash has 32 bytes (docs/spec/record-log.md, section 6).
"""

import hmac
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Final

NodeAt = Callable[[int, int], bytes]
"""Look up the hash of a complete node by its level (0 for leaves) and its position in that level."""
HASH_SIZE: Final = 32  # bytes of a SHA-256 hash
EMPTY_ROOT: Final = sha256(b"").digest()
"""Root of a tree without leaves: the hash of an empty string (RFC 9162, section 2.1.1)."""


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 || leaf) (RFC 9162, section 2.1.1).

    The prefixes 0x00 and 0x01 keep the hash of a leaf from passing for the hash of a node.
    """
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 || left || right) (RFC 9162, section 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def completed_by(index: int, leaf: bytes, node_at: NodeAt) -> Iterator[tuple[int, int, bytes]]:
    """Yield the nodes (level, position, hash) that become complete when the leaf hash at `index` is appended."""
    level, position, digest = 0, index, leaf
    yield level, position, digest
    # An odd position is a right child: its left sibling is complete already, so their parent becomes complete too.
    while position & 1:
        digest = node_hash(node_at(level, position - 1), digest)
        level, position = level + 1, position >> 1
        yield level, position, digest


def _split(size: int) -> int:
    """Return k, the largest power of two smaller than `size`, at which a tree is divided (RFC 9162, section 2.1.1)."""
    return 1 << ((size - 1).bit_length() - 1)


def _subtree(start: int, size: int, node_at: NodeAt) -> bytes:
    """Return MTH(D[start:start+size]), the hash of a subtree (RFC 9162, section 2.1.1)."""
    # A power of two of leaves is one complete node, which is looked up and not computed.
    if size & (size - 1) == 0:
        return node_at(size.bit_length() - 1, start // size)
    left = _split(size)
    return node_hash(_subtree(start, left, node_at), _subtree(start + left, size - left, node_at))


def right_edge(size: int) -> Iterator[tuple[int, int]]:
    """Yield the complete nodes (level, position) that a tree of `size` leaves is made of, from left to right: appending needs no others."""
    start = 0
    while size > start:
        level = (size - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def root(size: int, node_at: NodeAt) -> bytes:
    """Return the root of the tree of the first `size` leaves: MTH(D_n) of RFC 9162, section 2.1.1."""
    return _subtree(0, size, node_at) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, node_at: NodeAt) -> list[bytes]:
    """Return the proof that the leaf at `index` is in the tree of `size` leaves (RFC 9162, section 2.1.3.1).

    The hashes are in order from the leaf's sibling up to the child of the root.
    """
    proof: list[bytes] = []
    start = 0
    # PATH(m, D_n) walked down from the root: at each level the hash of the half without the leaf is recorded,
    # and the list is reversed at the end, because the proof begins at the leaf.
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
    """Verify an inclusion proof by RFC 9162, section 2.1.3.2, whose step numbers and names (fn, sn) are used here.

    `leaf` is a leaf hash. A proof that is too short, too long or for another position returns False.
    """
    # Step 1: the index must be within the tree.
    if not 0 <= index < size:
        return False
    # Steps 2 and 3: fn is the node's position in its level, sn that of the last node in that level.
    fn, sn, digest = index, size - 1, leaf
    # Step 4: hash upwards, one sibling for each level that has one.
    for sibling in proof:
        # 4a: at the root already; a further hash has nowhere to go.
        if sn == 0:
            return False
        # 4b: a right child, or the last node of its level, has its sibling on the left.
        if fn & 1 or fn == sn:
            digest = node_hash(sibling, digest)
            # The last node of a level with an odd count has no sibling and rises unchanged: skip those levels.
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            digest = node_hash(digest, sibling)
        # 4c: up one level.
        fn, sn = fn >> 1, sn >> 1
    # Step 5: the proof ended exactly at the root, and gave the root's hash.
    return sn == 0 and hmac.compare_digest(digest, expected_root)


def consistency_proof(earlier: int, size: int, node_at: NodeAt) -> list[bytes]:
    """Return the proof that the tree of `size` leaves extends the tree of its first `earlier` (RFC 9162, section 2.1.4.1)."""
    proof: list[bytes] = []
    # SUBPROOF(m, D_n, b) as a loop from the root down. `complete` is the flag b: still true at the end, the subtree
    # reached is the earlier tree itself, whose root the verifier has, so its hash is left out of the proof.
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
    """Verify a consistency proof by RFC 9162, section 2.1.4.2, whose step numbers and names (fn, sn) are used here.

    Between equal sizes the proof is empty and the roots are equal. From an empty tree nothing is proved: returns False.
    """
    if not 0 < earlier <= size:
        return False
    if earlier == size:
        return not proof and hmac.compare_digest(earlier_root, expected_root)
    # Step 2 before step 1: a power of two of leaves is one complete node of the later tree, which the proof leaves out.
    path = [earlier_root, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    if not path:
        return False
    # Steps 3 and 4: begin at the largest complete subtree that ends where the earlier tree ends.
    fn, sn = earlier - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    # Step 5: fr and sr of the RFC, the roots that are computed of the earlier (first) and the later (second) tree.
    first = second = path[0]
    # Step 6: hash upwards. A left sibling belongs to both trees; a right sibling only to the later one.
    for node in path[1:]:
        # 6a: at the root already; a further hash has nowhere to go.
        if sn == 0:
            return False
        # 6b: a right child, or the last node of its level, has its sibling on the left.
        if fn & 1 or fn == sn:
            first, second = node_hash(node, first), node_hash(node, second)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = node_hash(second, node)
        # 6c: up one level.
        fn, sn = fn >> 1, sn >> 1
    # Step 7: the proof ended exactly at the root, and gave both roots.
    return sn == 0 and hmac.compare_digest(first, earlier_root) and hmac.compare_digest(second, expected_root)
