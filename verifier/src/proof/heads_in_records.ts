/** Heads of a log that its own records hold (bundle.md, section 6, "Heads in records"). */

import { type Checkpoint, checkpointText, headLine } from "./checkpoint.ts";
import type { VerifiedDisclosure } from "./disclosure.ts";
import { type JudgedLog, textAt, textsAt } from "./judged_log.ts";
import type { Item } from "./report.ts";
import { parseNote } from "./signed_note.ts";

const RECEIPT = "evidence-trail/handover-receipt/v1";

function headOfNote(signed: string): Checkpoint | null {
  const note = parseNote(signed);
  return note && checkpointText(note.text);
}

/** The head that a receipt for a hand-over names (exchange.md, section 8); null where the text is none. */
function headOfReceipt(signed: string): Checkpoint | null {
  const lines = parseNote(signed)?.text.split("\n") ?? [];
  const third = lines[2];
  if (lines.length !== 6 || lines[5] !== "" || lines[0] !== RECEIPT || !third?.startsWith("head ")) return null;
  return headLine(third.slice("head ".length));
}

/** The heads of a log in one of its records. */
export function headsIn(record: VerifiedDisclosure, origin: string): Checkpoint[] {
  const found: (Checkpoint | null)[] = [];
  const read = (path: string, parse: (text: string) => Checkpoint | null) => {
    const text = textAt(record, path);
    if (text !== null) found.push(parse(text));
  };
  read("/fields/head", headLine);
  for (const line of textsAt(record, "/fields/quoted_heads/")) found.push(headLine(line));
  read("/fields/cosigned_checkpoint", headOfNote);
  read("/fields/signed_checkpoint", headOfNote);
  read("/fields/receipt", headOfReceipt);
  return found.flatMap((head) => (head?.origin === origin ? [head] : []));
}

function judgeHead(log: JudgedLog, index: number, head: Checkpoint): boolean | null {
  if (head.size === 0n || head.size > BigInt(index)) return false;
  return log.known.had(head);
}

/** The items `head in record N`, and the records with heads that cannot be compared (step 10). */
export function judgeHeads(log: JudgedLog): { items: Item[]; uncomparable: number[] } {
  const items: Item[] = [];
  const uncomparable: number[] = [];
  for (const index of [...log.records.keys()].sort((one, other) => one - other)) {
    const record = log.records.get(index);
    const said = record ? headsIn(record, log.checkpoint.origin).map((head) => judgeHead(log, index, head)) : [];
    if (said.includes(null)) uncomparable.push(index);
    const holds = !said.includes(false);
    if (said.every((each) => each === null)) continue;
    items.push({
      name: `head in record ${index}`,
      verdict: holds ? "verified" : "altered",
      detail: holds
        ? "The log goes on from the head that this record holds."
        : "This record holds a head that the log, as it is now, never had: it was rewritten.",
    });
  }
  return { items, uncomparable };
}
