/** Cosignatures of witnesses, C2SP tlog-cosignature (exchange.md, sections 4 and 9). */

import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";
import { checkpointText } from "./checkpoint.ts";
import { isOfSmallOrder, isSignature } from "./ed25519_signatures.ts";
import { fromBase64, hex, joined, same, utf8 } from "./encodings.ts";
import { fingerprintOf, keyId, type Note } from "./signed_note.ts";

const ED25519 = 0x04;
const ML_DSA_44 = 0x06;
/** Bytes of the key and of the signature of each type. */
const LENGTHS = new Map([
  [ED25519, { key: 32, signature: 64 }],
  [ML_DSA_44, { key: 1312, signature: 2420 }],
]);
const NO_NAME = /[\p{White_Space}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/u;
const NAME_BYTES = 255;
/** Names that begin so are made from keys. */
const RESERVED = "evidence-trail/";
/** The last second of the calendar of records, in the year 9999. */
const LAST_SECOND = 253_402_300_799n;
const ID_BYTES = 4;
const TIME_BYTES = 8;

interface WitnessKey {
  name: string;
  sort: number;
  publicKey: Uint8Array;
  /** Whether it comes with a card: its name is made from it. */
  isOfCard: boolean;
}

/** Read a C2SP vkey of one of the two types of section 9; null where it is none. */
export function parseWitnessKey(vkey: string): WitnessKey | null {
  const [name = "", id = "", ...rest] = vkey.split("+");
  const bytes = fromBase64(rest.join("+"));
  const sort = bytes?.[0];
  if (name === "" || NO_NAME.test(name) || utf8(name).length > NAME_BYTES) return null;
  if (!bytes || sort === undefined || bytes.length - 1 !== LENGTHS.get(sort)?.key) return null;
  const publicKey = bytes.subarray(1);
  const isOfCard = sort === ED25519 && name === `${RESERVED}witness/${fingerprintOf(publicKey)}`;
  if (name.startsWith(RESERVED) && !isOfCard) return null;
  if (sort === ED25519 && isOfSmallOrder(publicKey)) return null;
  return hex(keyId(name, sort, publicKey)) === id ? { name, sort, publicKey, isOfCard } : null;
}

/** The time of the cosignature in the second line of a note of two, by the key of a vkey, in seconds since 1970; null where none holds. */
export function cosignedAt(note: Note, vkey: string): number | null {
  const key = parseWitnessKey(vkey);
  const [, line] = note.signatures;
  if (key === null || note.signatures.length !== 2 || line?.name !== key.name) return null;
  const { bytes } = line;
  if (bytes.length !== ID_BYTES + TIME_BYTES + (LENGTHS.get(key.sort)?.signature ?? 0)) return null;
  if (!same(bytes.subarray(0, ID_BYTES), keyId(key.name, key.sort, key.publicKey))) return null;
  const time = new DataView(bytes.buffer, bytes.byteOffset + ID_BYTES, TIME_BYTES).getBigUint64(0);
  if (time > LAST_SECOND || (time === 0n && !key.isOfCard)) return null;
  return isSigned(key, note.text, time, bytes.subarray(ID_BYTES + TIME_BYTES)) ? Number(time) : null;
}

/** Whether the second signature line of a note of two is a cosignature by the key of a vkey. */
export function isCosigned(note: Note, vkey: string): boolean {
  return cosignedAt(note, vkey) !== null;
}

function bigEndian(number: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, number);
  return bytes;
}

function isSigned(key: WitnessKey, text: string, time: bigint, signature: Uint8Array): boolean {
  if (key.sort === ED25519) return isSignature(signature, utf8(`cosignature/v1\ntime ${time}\n${text}`), key.publicKey);
  const head = checkpointText(text);
  const name = utf8(key.name);
  const origin = utf8(head?.origin ?? "");
  if (head === null || origin.length > NAME_BYTES) return false;
  const message = joined(
    utf8("subtree/v1\n\0"),
    Uint8Array.of(name.length),
    name,
    bigEndian(time),
    Uint8Array.of(origin.length),
    origin,
    bigEndian(0n),
    bigEndian(head.size),
    head.root,
  );
  return ml_dsa44.verify(signature, message, key.publicKey);
}
