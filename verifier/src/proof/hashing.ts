/** SHA-256: small data at once, large data by the browser's own code. */

import { sha256 as once } from "@noble/hashes/sha2.js";

/** Below this a call of WebCrypto costs more than it saves. */
const LARGE = 4096;

/** SHA-256 of small data, without waiting. */
export function sha256(data: Uint8Array): Uint8Array {
  return once(data);
}

/** SHA-256 of parts joined, without joining them. */
export function sha256Of(...parts: Uint8Array[]): Uint8Array {
  const hash = once.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** SHA-256 of data that comes in parts. */
export function startSha256(): { update(data: Uint8Array): unknown; digest(): Uint8Array } {
  return once.create();
}

/** SHA-256 of data of any size. */
export async function sha256Large(data: Uint8Array): Promise<Uint8Array> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle || data.length < LARGE) return once(data);
  return new Uint8Array(await subtle.digest("SHA-256", data as Uint8Array<ArrayBuffer>));
}
