/** Disclosures: records shown whole or in part (record-log.md, sections 9 and 10). */

import type { Checkpoint } from "./checkpoint.ts";
import {
  commitmentOf,
  countOfPieces,
  fieldDigest,
  isScalar,
  leafBytes,
  pathsOf,
  type Scalar,
  saltsOf,
  valueDigest,
  wordDigest,
} from "./commitment.ts";
import { base64, bytesOfLength, isTime, same } from "./encodings.ts";
import { isIncluded, leafHash } from "./merkle.ts";
import { hasMembers, isInteger, type Json } from "./strict_json.ts";

export interface Leaf {
  commitment: Uint8Array;
  sealedAt: string;
  hash: Uint8Array;
}

export type ShownPiece = { text: string; digest: Uint8Array } | { withheld: Uint8Array };

/** What a disclosure shows at a path. */
export type Field = { value: Scalar; digest: Uint8Array } | { pieces: ShownPiece[]; digest: Uint8Array };

export interface Disclosure {
  index: number;
  leaf: Leaf;
  proof: Uint8Array[];
  digests: Map<string, string>;
  fields: Map<string, Field>;
  whole: boolean;
}

export type DisclosureFault = "malformed" | "not-included" | "commitment";

export interface VerifiedDisclosure extends Disclosure {
  /** The paths that are not as sealed, in order. */
  faults: Set<string>;
}

const PATH = /^(?:\/[a-z0-9_]+)+$/;
const NAME = /^[a-z_][a-z0-9_]*$/;
/** A record is 64 levels deep with its scalars, so a path has one step less. */
const STEPS = 63;
const PROOF_HASHES = 64;
const WORD = /^[^ \t\n]+[ \t\n]*$/;
const SPACE = /^[ \t\n]+$/;
const ENDS_IN_SPACE = /[ \t\n]$/;

/** Read a leaf that is an object (record-log.md, section 5); null where it is none. */
export function parseLeaf(leaf: Json | undefined): Leaf | null {
  if (!hasMembers(leaf, "commitment", "format", "sealed_at")) return null;
  const commitment = bytesOfLength(leaf.get("commitment"), 32);
  const sealedAt = leaf.get("sealed_at");
  if (commitment === null || leaf.get("format") !== "evidence-trail/record/v1" || !isTime(sealedAt)) return null;
  return { commitment, sealedAt, hash: leafHash(leafBytes(commitment, sealedAt)) };
}

/** Read a list of at most 64 hashes in base64; null where it is none. */
export function parseHashes(list: Json | undefined): Uint8Array[] | null {
  if (!Array.isArray(list) || list.length > PROOF_HASHES) return null;
  return listOfBytes(list, 32);
}

function listOfBytes(list: Json | undefined, length: number): Uint8Array[] | null {
  if (!Array.isArray(list)) return null;
  const found: Uint8Array[] = [];
  for (const item of list) {
    const bytes = bytesOfLength(item, length);
    if (bytes === null) return null;
    found.push(bytes);
  }
  return found;
}

type Steps = Map<string, Steps>;

/** Whether paths are those that one record can have (record-log.md, section 9, last paragraph). */
function areOfOneRecord(paths: Iterable<string>): boolean {
  const root: Steps = new Map();
  const inner = new Set<Steps>([root]);
  for (const path of paths) {
    const steps = path.slice(1).split("/");
    if (!PATH.test(path) || steps.length > STEPS) return false;
    let node = root;
    let fresh = false;
    for (const step of steps) {
      if (node !== root && node.size === 0 && !fresh) return false;
      inner.add(node);
      const known = node.get(step);
      fresh = known === undefined;
      const next: Steps = known ?? new Map();
      node.set(step, next);
      node = next;
    }
    if (!fresh) return false;
  }
  if (![...root.keys()].every((step) => NAME.test(step))) return false;
  return [...inner].every((node) => areNames(node) || arePlaces(node));
}

function areNames(node: Steps): boolean {
  for (const step of node.keys()) if (!NAME.test(step)) return false;
  return true;
}

function arePlaces(node: Steps): boolean {
  for (let at = 0; at < node.size; at++) if (!node.has(String(at))) return false;
  return true;
}

function parseDigests(digests: Json | undefined): Map<string, string> | null {
  if (!(digests instanceof Map) || digests.size === 0) return null;
  const found = new Map<string, string>();
  for (const [path, digest] of digests) {
    if (typeof digest !== "string" || bytesOfLength(digest, 32) === null) return null;
    found.set(path, digest);
  }
  return areOfOneRecord(found.keys()) ? found : null;
}

function parsePiece(piece: Json, first: boolean, last: boolean): ShownPiece | null {
  if (hasMembers(piece, "withheld")) {
    const withheld = bytesOfLength(piece.get("withheld"), 32);
    return withheld && { withheld };
  }
  if (!hasMembers(piece, "text", "salt")) return null;
  const text = piece.get("text");
  const salt = bytesOfLength(piece.get("salt"), 16);
  if (typeof text !== "string" || !isScalar(text) || salt === null) return null;
  if (!WORD.test(text) && !(first && SPACE.test(text))) return null;
  if (!last && !ENDS_IN_SPACE.test(text)) return null;
  return { text, digest: wordDigest(salt, text) };
}

function parseField(field: Json): Field | null {
  if (hasMembers(field, "value", "salts")) {
    const value = field.get("value");
    const salts = listOfBytes(field.get("salts"), 16);
    if (!isScalar(value) || salts === null || salts.length !== countOfPieces(value)) return null;
    return { value, digest: valueDigest(value, salts) };
  }
  if (!hasMembers(field, "pieces")) return null;
  const list = field.get("pieces");
  if (!Array.isArray(list) || list.length === 0) return null;
  const pieces: ShownPiece[] = [];
  for (const [at, item] of list.entries()) {
    const piece = parsePiece(item, at === 0, at === list.length - 1);
    if (piece === null) return null;
    pieces.push(piece);
  }
  return { pieces, digest: fieldDigest(pieces.map((piece) => ("text" in piece ? piece.digest : piece.withheld))) };
}

function parseFields(fields: Json | undefined): Map<string, Field> | null {
  if (!(fields instanceof Map)) return null;
  const found = new Map<string, Field>();
  for (const [path, item] of fields) {
    const field = PATH.test(path) ? parseField(item) : null;
    if (field === null) return null;
    found.set(path, field);
  }
  return found;
}

function wholeFields(secret: Json | undefined, record: Json | undefined): Map<string, Field> | null {
  const key = bytesOfLength(secret, 32);
  const scalars = pathsOf(record);
  if (key === null || scalars === null) return null;
  const found = new Map<string, Field>();
  for (const [path, value] of scalars) {
    found.set(path, { value, digest: valueDigest(value, saltsOf(key, path, countOfPieces(value))) });
  }
  return found;
}

/** Read a disclosure; null where it is malformed (record-log.md, section 10, a disclosure, step 1). */
export function parseDisclosure(disclosure: Json): Disclosure | null {
  if (!(disclosure instanceof Map)) return null;
  const whole = disclosure.has("record");
  const shows = whole ? ["secret", "record"] : ["fields"];
  if (!hasMembers(disclosure, "index", "leaf", "proof", "digests", ...shows)) return null;
  const index = disclosure.get("index");
  const leaf = parseLeaf(disclosure.get("leaf"));
  const proof = parseHashes(disclosure.get("proof"));
  if (!isInteger(index) || leaf === null || proof === null) return null;
  const digests = parseDigests(disclosure.get("digests"));
  if (digests === null) return null;
  const fields = whole
    ? wholeFields(disclosure.get("secret"), disclosure.get("record"))
    : parseFields(disclosure.get("fields"));
  return fields && { index, leaf, proof, digests, fields, whole };
}

function faultsOf({ digests, fields, whole }: Disclosure): Set<string> {
  const faults: string[] = [];
  for (const [path, field] of fields) if (digests.get(path) !== base64(field.digest)) faults.push(path);
  if (whole) for (const path of digests.keys()) if (!fields.has(path)) faults.push(path);
  return new Set(faults.sort());
}

/** Verify a disclosure against a verified checkpoint (record-log.md, section 10). */
export function verifyDisclosure(
  disclosure: Json,
  { size, root }: Checkpoint,
): { fault: DisclosureFault } | { fault: null; record: VerifiedDisclosure } {
  const read = parseDisclosure(disclosure);
  if (read === null) return { fault: "malformed" };
  if (!isIncluded(read.leaf.hash, BigInt(read.index), size, read.proof, root)) return { fault: "not-included" };
  if (!same(commitmentOf(read.digests), read.leaf.commitment)) return { fault: "commitment" };
  return { fault: null, record: { ...read, faults: faultsOf(read) } };
}
