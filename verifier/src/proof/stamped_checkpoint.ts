/** Which checkpoint a time stamp is over (time-stamps.md, section 5). */

import { verifyCheckpoint } from "./checkpoint.ts";
import type { VerifiedDisclosure } from "./disclosure.ts";
import { base64, same } from "./encodings.ts";
import { textAt } from "./judged_log.ts";
import { keyId, type Note, originOf, parseNote } from "./signed_note.ts";
import { hashOf, type TimeStamp } from "./time_stamp.ts";

/** A checkpoint's text, an empty line, and the log's own signature line, without other lines. */
function withOwnLine(note: Note, logKey: Uint8Array): string[] {
  const origin = originOf(logKey);
  const id = keyId(origin, 1, logKey);
  const own = note.signatures.find((line) => line.name === origin && same(line.bytes.subarray(0, 4), id));
  return own ? [`${note.text}\n— ${own.name} ${base64(own.bytes)}\n`] : [];
}

function sealedStamps(records: Map<number, VerifiedDisclosure>, logKey: Uint8Array): string[] {
  return [...records.values()].flatMap((record) => {
    const signed = textAt(record, "/kind") === "time-stamp" ? textAt(record, "/fields/signed_checkpoint") : null;
    return signed !== null && verifyCheckpoint(signed, logKey).fault === null ? [signed] : [];
  });
}

/** The notes of a bundle or receipt that a stamp beside it may be over; its checkpoint verifies. */
export function stampedCheckpoints(
  signed: Note | string,
  logKey: Uint8Array,
  records: Map<number, VerifiedDisclosure> | null,
): string[] {
  const note = typeof signed === "string" ? parseNote(signed) : signed;
  return [...(note ? withOwnLine(note, logKey) : []), ...(records ? sealedStamps(records, logKey) : [])];
}

/** Whether the hash in a stamp is that of one of some notes. */
export async function stampIsOver(stamp: TimeStamp, notes: Uint8Array[]): Promise<boolean> {
  for (const note of notes) {
    const hash = await hashOf(stamp, note);
    if (hash !== null && same(hash, stamp.hash)) return true;
  }
  return false;
}
