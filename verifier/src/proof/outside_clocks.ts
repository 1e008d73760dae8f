/** Outside clocks: mails, cosignatures and time stamps that hold a head of the log (bundle.md, section 6, step 8). */

import { type Checkpoint, headLine, sameHead, verifyCheckpoint } from "./checkpoint.ts";
import { isCosigned } from "./cosignature.ts";
import type { VerifiedDisclosure } from "./disclosure.ts";
import { fromBase64, same, utf8 } from "./encodings.ts";
import { type JudgedLog, textAt, textsAt } from "./judged_log.ts";
import type { OutsideClock } from "./manifest.ts";
import type { Pace } from "./pace.ts";
import { certificatesInPem, hashOf, isBelieved, parseTimeStamp } from "./time_stamp.ts";
import type { Item } from "./report.ts";
import { originOf } from "./signed_note.ts";

function quotes(record: VerifiedDisclosure, head: Checkpoint): boolean {
  return textsAt(record, "/fields/quoted_heads/").some((line) => {
    const quoted = headLine(line);
    return quoted !== null && sameHead(quoted, head);
  });
}

function isCosignature(record: VerifiedDisclosure, head: Checkpoint, logKey: Uint8Array): boolean {
  const signed = textAt(record, "/fields/cosigned_checkpoint");
  const witness = textAt(record, "/fields/witness_key");
  const said = signed === null ? null : verifyCheckpoint(signed, logKey);
  if (said === null || said.fault !== null || witness === null || !sameHead(said.checkpoint, head)) return false;
  return said.note.signatures[0]?.name === originOf(logKey) && isCosigned(said.note, witness);
}

async function isTimeStamp(record: VerifiedDisclosure, head: Checkpoint, logKey: Uint8Array): Promise<boolean> {
  const signed = textAt(record, "/fields/signed_checkpoint");
  const said = signed === null ? null : verifyCheckpoint(signed, logKey);
  if (signed === null || said === null || said.fault !== null || !sameHead(said.checkpoint, head)) return false;
  const stamp = parseTimeStamp(fromBase64(textAt(record, "/fields/answer") ?? "") ?? new Uint8Array());
  const trusted = certificatesInPem(textAt(record, "/fields/certificates") ?? "");
  if (stamp === null || trusted === null) return false;
  const hash = await hashOf(stamp, utf8(signed));
  return hash !== null && same(hash, stamp.hash) && isBelieved(stamp, trusted);
}

async function vouches(record: VerifiedDisclosure, head: Checkpoint, logKey: Uint8Array): Promise<boolean> {
  const kind = textAt(record, "/kind");
  if (kind === "cosignature") return isCosignature(record, head, logKey);
  if (kind === "time-stamp") return isTimeStamp(record, head, logKey);
  const isReceived = kind === "message" && textAt(record, "/fields/direction") === "received";
  return (kind === "mail-receipt" || isReceived) && quotes(record, head);
}

async function holds(log: JudgedLog, { record, head, consistency }: OutsideClock): Promise<boolean> {
  const shown = log.records.get(record);
  if (!shown || shown.faults.size > 0 || head.size < 1n || head.size > BigInt(record)) return false;
  if (head.origin !== log.checkpoint.origin) return false;
  if (!(await vouches(shown, head, log.part.logKey))) return false;
  return log.known.takeHead(head, consistency);
}

/** The items `outside clock N`; heads of those that hold become known. */
export async function judgeClocks(log: JudgedLog, pace: Pace): Promise<Item[]> {
  const items: Item[] = [];
  for (const [at, clock] of log.part.outsideClocks.entries()) {
    const isHeld = await holds(log, clock);
    await pace.turn();
    items.push({
      name: `outside clock ${at + 1}`,
      verdict: isHeld ? "verified" : "altered",
      detail: isHeld
        ? `Record ${clock.record} holds a head from outside, and the log goes on from it.`
        : `Record ${clock.record} does not vouch for this head of the log.`,
    });
  }
  return items;
}
