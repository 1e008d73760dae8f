/** C2SP signed notes (record-log.md, section 7 and section 10, a checkpoint, steps 1, 4 and 5). */

import { isOfSmallOrder, isSignature } from "./ed25519_signatures.ts";
import { base32, characters, fromBase64, fromUtf8, joined, same, utf8 } from "./encodings.ts";
import { sha256 } from "./hashing.ts";

export interface NoteSignature {
  name: string;
  /** Key ID, and behind it what the sort of signature says. */
  bytes: Uint8Array;
}

export interface Note {
  text: string;
  signatures: NoteSignature[];
}

export type NoteFault = "malformed" | "other-log" | "bad-signature";

const SIGNATURE_LINES = 16;
const CHARACTERS = 65_536;
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f]/;
const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const NO_NAME = /[\p{White_Space}+]/u;

function signatureLine(line: string): NoteSignature | null {
  const parts = line.split(" ");
  const [dash, name, spelled] = parts;
  if (parts.length !== 3 || dash !== "—" || !name || spelled === undefined || NO_NAME.test(name)) return null;
  const bytes = fromBase64(spelled);
  return bytes === null || bytes.length < 5 ? null : { name, bytes };
}

/** Read a signed note; null where it is malformed (record-log.md, section 10, a checkpoint, step 1). */
export function parseNote(note: Uint8Array | string): Note | null {
  const whole = typeof note === "string" ? note : fromUtf8(note);
  if (whole === null || whole.length > 2 * CHARACTERS || characters(whole) > CHARACTERS) return null;
  if (CONTROL.test(whole) || HALF.test(whole) || !whole.endsWith("\n")) return null;
  const end = whole.lastIndexOf("\n\n");
  if (end < 0) return null;
  const lines = whole.slice(end + 2, -1).split("\n");
  if (lines.length > SIGNATURE_LINES || end + 2 >= whole.length) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = signatureLine(line);
    if (signature === null) return null;
    signatures.push(signature);
  }
  return { text: whole.slice(0, end + 1), signatures };
}

/** The fingerprint of a key (record-log.md, section 6). */
export function fingerprintOf(publicKey: Uint8Array): string {
  return base32(sha256(publicKey).subarray(0, 20));
}

/** The origin of a log, made from its key (record-log.md, section 6). */
export function originOf(logKey: Uint8Array): string {
  return `evidence-trail/${fingerprintOf(logKey)}`;
}

/** The key ID of a key of some sort under some name (C2SP signed-note). */
export function keyId(name: string, sort: number, publicKey: Uint8Array): Uint8Array {
  return sha256(joined(utf8(`${name}\n`), Uint8Array.of(sort), publicKey)).subarray(0, 4);
}

/** What is wrong with a note that a log is to have signed, or null (record-log.md, section 10, steps 4 and 5). */
export function noteFault(note: Note, logKey: Uint8Array): NoteFault | null {
  if (isOfSmallOrder(logKey)) return "bad-signature";
  const origin = originOf(logKey);
  const id = keyId(origin, 1, logKey);
  const own = note.signatures.filter((line) => line.name === origin && same(line.bytes.subarray(0, 4), id));
  const [only] = own;
  if (only === undefined) return "other-log";
  if (own.length > 1) return "bad-signature";
  return isSignature(only.bytes.subarray(4), utf8(note.text), logKey) ? null : "bad-signature";
}
