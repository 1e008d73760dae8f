/** Finding words in the bytes of a file. */

import { utf8 } from "./encodings.ts";

/** The first place of a word from a place on and before an end, or -1. */
export function find(bytes: Uint8Array, word: string, from = 0, before = bytes.length): number {
  const [first = 0, ...rest] = utf8(word);
  for (let at = bytes.indexOf(first, from); at >= 0 && at + rest.length < before; at = bytes.indexOf(first, at + 1)) {
    if (rest.every((code, place) => bytes[at + 1 + place] === code)) return at;
  }
  return -1;
}

/** The last place of a word before an end, or -1. */
export function findLast(bytes: Uint8Array, word: string, before = bytes.length): number {
  const [first = 0, ...rest] = utf8(word);
  const start = before - 1 - rest.length;
  if (start < 0) return -1;
  for (let at = bytes.lastIndexOf(first, start); at >= 0; at = at > 0 ? bytes.lastIndexOf(first, at - 1) : -1) {
    if (rest.every((code, place) => bytes[at + 1 + place] === code)) return at;
  }
  return -1;
}

/** White space of a signature's byte range (bundle.md, section 5): bytes 09 to 0D and 20. */
export function isWhite(code: number | undefined): boolean {
  return code === 32 || (code !== undefined && code >= 9 && code <= 13);
}
