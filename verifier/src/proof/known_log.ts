/** What is known of a log's tree (bundle.md, section 6, "Heads in records" and "Two files of one log"). */

import type { Checkpoint } from "./checkpoint.ts";
import { same } from "./encodings.ts";
import { type Head, isConsistent, nodeHash } from "./merkle.ts";

/** A proved record: its position, the hash of its leaf, and the proof that led to the checkpoint. */
export interface Proved {
  index: bigint;
  leafHash: Uint8Array;
  proof: Uint8Array[];
}

const LEVELS = 64;

export class KnownLog {
  readonly checkpoint: Checkpoint;
  /** By level, the nodes over 2^level leaves: place and hash. */
  readonly nodes: Map<bigint, Uint8Array>[] = Array.from({ length: LEVELS }, () => new Map());
  /** Heads of which a consistency proof showed that the log goes on from them. */
  readonly heads: Head[] = [];
  private readonly headsBySize = new Map<bigint, Head>();

  constructor(checkpoint: Checkpoint, proved: Iterable<Proved>) {
    this.checkpoint = checkpoint;
    for (const each of proved) this.add(each);
    for (let level = 0; level + 1 < LEVELS; level++) this.addNodesAbove(level);
  }

  private add({ index, leafHash, proof }: Proved): void {
    this.nodes[0]?.set(index, leafHash);
    let place = index;
    let last = this.checkpoint.size - 1n;
    let level = 0;
    for (const hash of proof) {
      while (place === last && (place & 1n) === 0n && place !== 0n) {
        place >>= 1n;
        last >>= 1n;
        level++;
      }
      const sibling = place ^ 1n;
      if ((sibling + 1n) << BigInt(level) <= this.checkpoint.size) this.nodes[level]?.set(sibling, hash);
      place >>= 1n;
      last >>= 1n;
      level++;
    }
  }

  private addNodesAbove(level: number): void {
    const nodes = this.nodes[level];
    for (const [place, left] of nodes ?? []) {
      const right = (place & 1n) === 0n ? nodes?.get(place + 1n) : undefined;
      if (right !== undefined) this.nodes[level + 1]?.set(place >> 1n, nodeHash(left, right));
    }
  }

  /** Take in a head and the proof that the log goes on from it; whether it holds. */
  takeHead(head: Checkpoint, consistency: Uint8Array[]): boolean {
    if (!isEarlierHead(head, this.checkpoint, consistency)) return false;
    this.heads.push(head);
    this.headsBySize.set(head.size, head);
    return true;
  }

  /** The root of the first leaves, where it is known. */
  rootOf(size: bigint): Uint8Array | null {
    if (size === this.checkpoint.size) return this.checkpoint.root;
    const head = this.headsBySize.get(size);
    if (head) return head.root;
    let root: Uint8Array | null = null;
    for (let level = 0, left = size; left > 0n; level++, left >>= 1n) {
      if ((left & 1n) === 0n) continue;
      const node = this.nodes[level]?.get(left - 1n);
      if (node === undefined) return null;
      root = root === null ? node : nodeHash(node, root);
    }
    return root;
  }

  /** Whether the log had a head, or null where that is not known. */
  had(head: Head): boolean | null {
    const root = this.rootOf(head.size);
    return root && same(root, head.root);
  }
}

/** Whether a head is an earlier one of a checkpoint's log (bundle.md, section 6, step 9). */
export function isEarlierHead(head: Checkpoint, checkpoint: Checkpoint, consistency: Uint8Array[]): boolean {
  return head.origin === checkpoint.origin && isConsistent(head, checkpoint, consistency);
}

export type Relation = "contradict" | "same" | "goes on" | "not comparable";

function contradicts(known: KnownLog, head: Head): boolean {
  return known.had(head) === false;
}

function nodesDiffer(one: KnownLog, other: KnownLog): boolean {
  return one.nodes.some((nodes, level) => {
    for (const [place, hash] of nodes) {
      const found = other.nodes[level]?.get(place);
      if (found !== undefined && !same(found, hash)) return true;
    }
    return false;
  });
}

/** What two logs of one origin are to each other (bundle.md, section 6, "Two files of one log"). */
export function relationOf(one: KnownLog, other: KnownLog): Relation {
  const [shorter, longer] = one.checkpoint.size <= other.checkpoint.size ? [one, other] : [other, one];
  const ofShorter = [shorter.checkpoint, ...shorter.heads];
  const ofLonger = [longer.checkpoint, ...longer.heads].filter((head) => head.size <= shorter.checkpoint.size);
  if (ofShorter.some((head) => contradicts(longer, head))) return "contradict";
  if (ofLonger.some((head) => contradicts(shorter, head)) || nodesDiffer(one, other)) return "contradict";
  if (shorter.checkpoint.size === longer.checkpoint.size) return "same";
  return longer.had(shorter.checkpoint) === true ? "goes on" : "not comparable";
}
