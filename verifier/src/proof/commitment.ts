/** Pieces, salts, digests, commitment and leaf (record-log.md, sections 2 to 5). */

import { shake256 } from "@noble/hashes/sha3.js";
import { canonical } from "./canonical_json.ts";
import { base64, joined, utf8 } from "./encodings.ts";
import { sha256 } from "./hashing.ts";
import { Fraction, type Json, type JsonObject } from "./strict_json.ts";

export type Scalar = string | number | boolean | Fraction;

const SALTS = "evidence-trail/salts/v1\n";
const PIECES = /[^ \t\n]+[ \t\n]*|[ \t\n]+/g;
const CONTROL = /[\u0000-\u0008\u000b-\u001f]/;
const NAME = /^[a-z_][a-z0-9_]*$/;
const LEVELS = 64;

/** The pieces of a string (record-log.md, section 3). */
export function piecesOf(text: string): string[] {
  return text.match(PIECES) ?? [];
}

/** Whether a value is a scalar that a record can have (record-log.md, section 2); JSON of half characters is not read. */
export function isScalar(value: Json | undefined): value is Scalar {
  if (typeof value === "string") return value !== "" && !CONTROL.test(value);
  return typeof value === "number" || typeof value === "boolean" || value instanceof Fraction;
}

/** The scalars of a record under their paths; null where it has not the form of record-log.md, section 2. */
export function pathsOf(record: Json | undefined): Map<string, Scalar> | null {
  if (!(record instanceof Map)) return null;
  const found = new Map<string, Scalar>();
  return walk(record, "", 1, found) ? found : null;
}

function walk(value: Json | undefined, path: string, level: number, found: Map<string, Scalar>): boolean {
  if (level > LEVELS) return false;
  if (Array.isArray(value)) {
    return value.length > 0 && value.every((item, at) => walk(item, `${path}/${at}`, level + 1, found));
  }
  if (value instanceof Map) {
    if (value.size === 0) return false;
    for (const [name, member] of value) {
      if (!NAME.test(name) || !walk(member, `${path}/${name}`, level + 1, found)) return false;
    }
    return true;
  }
  if (!isScalar(value)) return false;
  found.set(path, value);
  return true;
}

/** The salts of a field's pieces, made from the record's secret (record-log.md, section 3). */
export function saltsOf(secret: Uint8Array, path: string, count: number): Uint8Array[] {
  const stream = shake256(joined(utf8(SALTS), secret, utf8(path)), { dkLen: 16 * count });
  return Array.from({ length: count }, (_, at) => stream.subarray(16 * at, 16 * at + 16));
}

function tagged(tag: number, ...parts: Uint8Array[]): Uint8Array {
  return sha256(joined(Uint8Array.of(tag), ...parts));
}

/** Words are many and short: they are put together in one place. */
const place = new Uint8Array(512);
const encoder = new TextEncoder();

/** The digest of a word (record-log.md, section 4). */
export function wordDigest(salt: Uint8Array, piece: string): Uint8Array {
  if (piece.length > 128) return tagged(0x10, salt, utf8(piece));
  place[0] = 0x10;
  place.set(salt, 1);
  const start = 1 + salt.length;
  const { written } = encoder.encodeInto(piece, place.subarray(start));
  return sha256(place.subarray(0, start + written));
}

/** The digest of a field from those of its pieces (record-log.md, section 4). */
export function fieldDigest(digests: Uint8Array[]): Uint8Array {
  return tagged(0x12, ...digests);
}

/** How many pieces a value has (record-log.md, section 3). */
export function countOfPieces(value: Scalar): number {
  return typeof value === "string" ? piecesOf(value).length : 1;
}

/** The digest of a field that is shown whole (record-log.md, section 4). */
export function valueDigest(value: Scalar, salts: Uint8Array[]): Uint8Array {
  const nothing = new Uint8Array();
  if (typeof value === "string") {
    return fieldDigest(piecesOf(value).map((piece, at) => wordDigest(salts[at] ?? nothing, piece)));
  }
  return fieldDigest([tagged(0x11, salts[0] ?? nothing, utf8(canonical(value)))]);
}

/** The commitment of a digest map, whose values are base64 (record-log.md, section 4). */
export function commitmentOf(digests: Map<string, string>): Uint8Array {
  return tagged(0x13, utf8(canonical(digests as JsonObject)));
}

/** The bytes of a leaf (record-log.md, section 5). */
export function leafBytes(commitment: Uint8Array, sealedAt: string): Uint8Array {
  return utf8(`{"commitment":"${base64(commitment)}","format":"evidence-trail/record/v1","sealed_at":"${sealedAt}"}`);
}
