/** The Merkle tree of RFC 9162, section 2.1 (record-log.md, section 6). */

import { same } from "./encodings.ts";
import { sha256, sha256Of } from "./hashing.ts";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The hash of a leaf. */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return sha256Of(LEAF, leaf);
}

/** The hash of a node. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const data = new Uint8Array(1 + left.length + right.length);
  data.set(NODE);
  data.set(left, 1);
  data.set(right, 1 + left.length);
  return sha256(data);
}

/** Whether leaf, index, size and proof give the root (RFC 9162, section 2.1.3.2). */
export function isIncluded(
  leaf: Uint8Array,
  index: bigint,
  size: bigint,
  proof: Uint8Array[],
  root: Uint8Array,
): boolean {
  if (index >= size) return false;
  let place = index;
  let last = size - 1n;
  let node = leaf;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if ((place & 1n) === 1n || place === last) {
      node = nodeHash(sibling, node);
      while ((place & 1n) === 0n && place !== 0n) {
        place >>= 1n;
        last >>= 1n;
      }
    } else {
      node = nodeHash(node, sibling);
    }
    place >>= 1n;
    last >>= 1n;
  }
  return last === 0n && same(node, root);
}

export interface Head {
  size: bigint;
  root: Uint8Array;
}

/** Whether a proof shows that a log goes on from an earlier head (RFC 9162, section 2.1.4.2); empty for equal sizes. */
export function isConsistent(earlier: Head, later: Head, proof: Uint8Array[]): boolean {
  if (earlier.size < 1n || earlier.size > later.size) return false;
  if (earlier.size === later.size) return proof.length === 0 && same(earlier.root, later.root);
  const isPower = (earlier.size & (earlier.size - 1n)) === 0n;
  const path = isPower ? [earlier.root, ...proof] : proof;
  const start = path[0];
  if (proof.length === 0 || start === undefined) return false;
  let place = earlier.size - 1n;
  let last = later.size - 1n;
  while ((place & 1n) === 1n) {
    place >>= 1n;
    last >>= 1n;
  }
  let first = start;
  let second = start;
  for (const hash of path.slice(1)) {
    if (last === 0n) return false;
    if ((place & 1n) === 1n || place === last) {
      first = nodeHash(hash, first);
      second = nodeHash(hash, second);
      while ((place & 1n) === 0n && place !== 0n) {
        place >>= 1n;
        last >>= 1n;
      }
    } else {
      second = nodeHash(second, hash);
    }
    place >>= 1n;
    last >>= 1n;
  }
  return last === 0n && same(first, earlier.root) && same(second, later.root);
}
