/** SHA-256: small data at once, large data by the browser's own code. And what time stamps need of many parts of one file. */

import { sha384, sha512, sha256 as once } from "@noble/hashes/sha2.js";
import type { Pace } from "./pace.ts";

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

/** Bytes that are hashed before others get a turn. */
const STEP = 1 << 20;

/** A hash of the beginning of some bytes, which goes on. */
interface Going {
  update(data: Uint8Array): unknown;
  clone(): Going;
  digest(): Uint8Array;
}

const STARTS: Record<string, () => Going> = {
  "SHA-256": () => once.create(),
  "SHA-384": () => sha384.create(),
  "SHA-512": () => sha512.create(),
};

/**
 * Digests of beginnings of a file, each with a part behind it: what the time stamps of a file cover. The file is gone
 * through once, whatever their number, and not copied.
 */
export class DigestsOfBeginnings {
  private readonly bytes: Uint8Array;
  private readonly pace: Pace;
  private readonly going = new Map<string, { hash: Going; at: number }>();

  constructor(bytes: Uint8Array, pace: Pace) {
    this.bytes = bytes;
    this.pace = pace;
  }

  /** The digest of the bytes before a place and those from another to an end; each place lies behind the one before. */
  async of(algorithm: string, { before, after, end }: { before: number; after: number; end: number }): Promise<Uint8Array | null> {
    const hash = STARTS[algorithm]?.();
    const going = this.going.get(algorithm) ?? (hash && { hash, at: 0 });
    if (!going) return null;
    this.going.set(algorithm, going);
    for (; going.at < before; going.at = Math.min(before, going.at + STEP)) {
      going.hash.update(this.bytes.subarray(going.at, Math.min(before, going.at + STEP)));
      await this.pace.turn();
    }
    const whole = going.hash.clone();
    whole.update(this.bytes.subarray(after, end));
    return whole.digest();
  }
}
