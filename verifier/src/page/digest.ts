/** SHA-256 of a whole file, by the browser where it can. */

import { sha256 } from "@noble/hashes/sha2.js";

/** Return the same bytes, known to be in memory of this page alone: what WebCrypto and Blob ask for. */
export function bare(content: Uint8Array): Uint8Array<ArrayBuffer> {
  return content.buffer instanceof ArrayBuffer ? (content as Uint8Array<ArrayBuffer>) : new Uint8Array(content);
}

/** Return the SHA-256 of some bytes in lower-case hexadecimal. */
export async function sha256Of(content: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  const digest = subtle ? new Uint8Array(await subtle.digest("SHA-256", bare(content))) : sha256(content);
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
