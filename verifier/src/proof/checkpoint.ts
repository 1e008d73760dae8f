/** Checkpoints and heads (record-log.md, sections 7 and 10; mail.md, section 5). */

import { bytesOfLength, same } from "./encodings.ts";
import type { Head } from "./merkle.ts";
import { type Note, type NoteFault, noteFault, originOf, parseNote } from "./signed_note.ts";

export interface Checkpoint extends Head {
  origin: string;
}

const SIZE = /^(?:0|[1-9][0-9]{0,17})$/;
const LOG_ORIGIN = /^evidence-trail\/[a-z2-7]{32}$/;

function checkpointOf(origin: string, size: string, root: string): Checkpoint | null {
  const bytes = bytesOfLength(root, 32);
  if (origin === "" || bytes === null || !SIZE.test(size)) return null;
  return { origin, size: BigInt(size), root: bytes };
}

/** The checkpoint that the text of a note is, or null (record-log.md, section 10, a checkpoint, step 2). */
export function checkpointText(text: string): Checkpoint | null {
  const [origin = "", size = "", root = "", end, ...more] = text.split("\n");
  return end === "" && more.length === 0 ? checkpointOf(origin, size, root) : null;
}

/** A head on one line (mail.md, section 5), with one space between its parts; null where the text is none. */
export function headLine(line: string): Checkpoint | null {
  const [origin = "", size = "", root = "", ...more] = line.split(" ");
  return more.length === 0 && LOG_ORIGIN.test(origin) ? checkpointOf(origin, size, root) : null;
}

/** Whether two are one head. */
export function sameHead(one: Checkpoint, other: Checkpoint): boolean {
  return one.origin === other.origin && one.size === other.size && same(one.root, other.root);
}

export type Verified = { checkpoint: Checkpoint; note: Note; fault: null } | { fault: NoteFault };

/** Verify a checkpoint with the log's public key (record-log.md, section 10). */
export function verifyCheckpoint(signed: string | Uint8Array, logKey: Uint8Array): Verified {
  const note = parseNote(signed);
  const checkpoint = note && checkpointText(note.text);
  if (!note || !checkpoint) return { fault: "malformed" };
  if (checkpoint.origin !== originOf(logKey)) return { fault: "other-log" };
  const fault = noteFault(note, logKey);
  return fault ? { fault } : { checkpoint, note, fault: null };
}
