/** Spellings of bytes: base64, hexadecimal, base 32, UTF-8 (record-log.md, section 1). */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const VALUES = new Int16Array(128).fill(-1);
for (let at = 0; at < 64; at++) VALUES[ALPHABET.charCodeAt(at)] = at;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes, or null where they are none. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** A text whose characters are the bytes, one by one. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

/** base64 in its one canonical spelling (record-log.md, section 1). */
export function base64(bytes: Uint8Array): string {
  let text = "";
  let at = 0;
  for (; at + 2 < bytes.length; at += 3) {
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += ALPHABET.charAt(bits >> 18) + ALPHABET.charAt((bits >> 12) & 63) + ALPHABET.charAt((bits >> 6) & 63);
    text += ALPHABET.charAt(bits & 63);
  }
  const left = bytes.length - at;
  if (left === 0) return text;
  const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8);
  text += ALPHABET.charAt(bits >> 18) + ALPHABET.charAt((bits >> 12) & 63);
  return text + (left === 2 ? ALPHABET.charAt((bits >> 6) & 63) : "=") + "=";
}

function sextet(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (VALUES[code] ?? -1) : -1;
}

/** The bytes of a canonical base64 text, or null (record-log.md, section 1). */
export function fromBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const digits = text.length - padding;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let bits = 0;
  let held = 0;
  let place = 0;
  for (let at = 0; at < digits; at++) {
    const value = sextet(text, at);
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[place++] = (bits >> held) & 0xff;
    }
  }
  return (bits & ((1 << held) - 1)) === 0 ? bytes : null;
}

/** The bytes of a canonical base64 text of just that many bytes, or null. */
export function bytesOfLength(text: unknown, length: number): Uint8Array | null {
  if (typeof text !== "string" || text.length !== Math.ceil(length / 3) * 4) return null;
  const bytes = fromBase64(text);
  return bytes !== null && bytes.length === length ? bytes : null;
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += (byte < 16 ? "0" : "") + byte.toString(16);
  return text;
}

function fiveBits(bytes: Uint8Array, alphabet: string): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    held += 8;
    while (held >= 5) {
      held -= 5;
      text += alphabet.charAt((bits >> held) & 31);
    }
  }
  return held > 0 ? text + alphabet.charAt((bits << (5 - held)) & 31) : text;
}

/** Lower-case base32 without padding, of a fingerprint (record-log.md, section 6). */
export function base32(bytes: Uint8Array): string {
  return fiveBits(bytes, BASE32);
}

/** The short code of a leaf hash (record-log.md, section 6). */
export function shortCode(leafHash: Uint8Array): string {
  const text = fiveBits(leafHash.subarray(0, 5), CROCKFORD);
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}

/** Whether two runs of bytes are the same. */
export function same(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** Runs of bytes, joined. */
export function joined(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** How many characters (code points) a text has. */
export function characters(text: string): number {
  let count = text.length;
  for (let at = 0; at + 1 < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0xd800 && code < 0xdc00) count--;
  }
  return count;
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/;

/** Whether a text is a time in UTC, to the second (record-log.md, section 1). */
export function isTime(text: unknown): text is string {
  if (typeof text !== "string") return false;
  const parts = TIME.exec(text)?.slice(1).map(Number);
  if (!parts) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  if (year < 1970 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (days[month - 1] ?? 0);
}
