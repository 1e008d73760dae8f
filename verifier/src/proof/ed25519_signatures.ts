/** Ed25519, RFC 8032, judged by the equation without the cofactor and with the one spelling of each signature. */

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { joined, same } from "./encodings.ts";

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;

type CurvePoint = ReturnType<typeof Point.fromBytes>;

function pointOf(publicKey: Uint8Array): CurvePoint | null {
  try {
    return Point.fromBytes(publicKey, true);
  } catch {
    return null;
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let at = bytes.length - 1; at >= 0; at--) value = (value << 8n) | BigInt(bytes[at] ?? 0);
  return value;
}

/** Whether a key is of small order: anybody can make signatures for it (record-log.md, section 6). */
export function isOfSmallOrder(publicKey: Uint8Array): boolean {
  return pointOf(publicKey)?.isSmallOrder() ?? false;
}

/** Whether a signature is valid (record-log.md, section 10): S is below the order, and S·B − k·A is spelled as R. */
export function isSignature(signature: Uint8Array, text: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  const key = pointOf(publicKey);
  const scalar = littleEndian(signature.subarray(32));
  if (key === null || scalar >= ORDER) return false;
  const challenge = littleEndian(sha512(joined(signature.subarray(0, 32), publicKey, text))) % ORDER;
  const point = Point.BASE.multiplyUnsafe(scalar).subtract(key.multiplyUnsafe(challenge));
  return same(point.toBytes(), signature.subarray(0, 32));
}
