/** One log of a bundle, judged: its checkpoint, its records, their positions (bundle.md, section 6, steps 3 to 6). */

import { type Checkpoint, verifyCheckpoint } from "./checkpoint.ts";
import type { Scalar } from "./commitment.ts";
import { type DisclosureFault, type VerifiedDisclosure, verifyDisclosure } from "./disclosure.ts";
import { base64 } from "./encodings.ts";
import { KnownLog } from "./known_log.ts";
import type { Part } from "./manifest.ts";
import type { Pace } from "./pace.ts";
import type { Item } from "./report.ts";
import type { Json } from "./strict_json.ts";

/** What a record shows at a path that is as sealed, or undefined (bundle.md, section 6, "shows"). */
export function shownAt(record: VerifiedDisclosure | undefined, path: string): Scalar | undefined {
  const field = record?.fields.get(path);
  if (!record || !field || record.faults.has(path)) return undefined;
  if ("value" in field) return field.value;
  const texts = field.pieces.flatMap((piece) => ("text" in piece ? [piece.text] : []));
  return texts.length === field.pieces.length ? texts.join("") : undefined;
}

/** A text that a record shows at a path, or null. */
export function textAt(record: VerifiedDisclosure | undefined, path: string): string | null {
  const value = shownAt(record, path);
  return typeof value === "string" ? value : null;
}

/** The texts at a path that goes on with a place in a list, such as /fields/quoted_heads/0, and then with an end. */
export function textsAt(record: VerifiedDisclosure, start: string, end = ""): string[] {
  const found: string[] = [];
  for (const path of record.fields.keys()) {
    if (!path.startsWith(start) || !path.endsWith(end) || path.length <= start.length + end.length) continue;
    const place = path.slice(start.length, path.length - end.length);
    const text = /^(?:0|[1-9][0-9]*)$/.test(place) ? textAt(record, path) : null;
    if (text !== null) found.push(text);
  }
  return found;
}

/** A log of a bundle whose checkpoint verifies. */
export interface JudgedLog {
  part: Part;
  checkpoint: Checkpoint;
  /** By position, the records whose disclosures verify steps 1 to 3. */
  records: Map<number, VerifiedDisclosure>;
  known: KnownLog;
  items: Item[];
}

const FAULTS: Record<DisclosureFault, string> = {
  malformed: "Its data has not the form of a record that is shown.",
  "not-included": "The log that signed the checkpoint does not have it at this position.",
  commitment: "Its fields are not those that were sealed.",
};

function nameOf(record: Json, place: number): string {
  const index = record instanceof Map ? record.get("index") : undefined;
  return typeof index === "number" ? `record ${index}` : `record in place ${place}`;
}

function detailOf({ faults, digests, fields }: VerifiedDisclosure): string {
  if (faults.size > 0) return `Not as it was sealed: ${[...faults].join(", ")}.`;
  const hasWithheld = [...fields.values()].some(
    (field) => "pieces" in field && field.pieces.some((each) => "withheld" in each),
  );
  const isPart = hasWithheld || fields.size < digests.size;
  return isPart ? "What is shown of it is as it was sealed." : "As it was sealed, word for word.";
}

/** The item of a checkpoint (step 3), and the checkpoint where it verifies. */
export function judgeCheckpoint(part: Part): { item: Item; checkpoint: Checkpoint | null } {
  const { checkpoint: signed, logKey } = part;
  const said = signed === null ? { fault: "malformed" as const } : verifyCheckpoint(signed, logKey);
  if (said.fault === null) {
    const detail = `The log signed this head of its ${said.checkpoint.size} records.`;
    return { item: { name: "checkpoint", verdict: "verified", detail }, checkpoint: said.checkpoint };
  }
  const detail =
    said.fault === "malformed"
      ? "It has not the form of a signed checkpoint."
      : said.fault === "other-log"
        ? "It is the head of another log."
        : "The log's signature does not fit it.";
  return { item: { name: "checkpoint", verdict: "altered", detail }, checkpoint: null };
}

function judgePositions(part: Part, size: bigint): Item {
  const runs = part.leftOut.map(({ first, last }) => ({ first, last }));
  for (const record of part.records) {
    const index = record instanceof Map ? record.get("index") : undefined;
    if (typeof index === "number") runs.push({ first: index, last: index });
  }
  runs.sort((one, other) => one.first - other.first);
  const follow = runs.every((run, at) => run.first === (runs[at - 1]?.last ?? -1) + 1);
  const holds = follow && BigInt(runs.at(-1)?.last ?? -1) + 1n === size;
  return {
    name: "positions",
    verdict: holds ? "verified" : "altered",
    detail: holds
      ? "Every record of the log is shown, or named as left out."
      : "The records shown and those named as left out are not all of the log, each once.",
  };
}

function judgeLogKey(part: Part, first: VerifiedDisclosure | undefined): Item {
  const holds = shownAt(first, "/fields/log_key") === base64(part.logKey);
  return {
    name: "log key",
    verdict: holds ? "verified" : "altered",
    detail: holds
      ? "The first record of the log names this key."
      : "The first record of the log does not show this key.",
  };
}

/** Judge the records of a log against its checkpoint: `record N`, `positions`, `log key` (steps 4 to 6). */
export async function judgeLog(
  part: Part,
  checkpoint: Checkpoint,
  pace: Pace,
  progress: (done: number, total: number) => void,
): Promise<JudgedLog> {
  const items: Item[] = [];
  const records = new Map<number, VerifiedDisclosure>();
  for (const [place, disclosure] of part.records.entries()) {
    const said = verifyDisclosure(disclosure, checkpoint);
    const name = nameOf(disclosure, place);
    if (said.fault !== null) {
      items.push({ name, verdict: "altered", detail: FAULTS[said.fault] });
    } else if (records.has(said.record.index)) {
      items.push({ name, verdict: "altered", detail: "Another record at this position is shown before it." });
    } else {
      records.set(said.record.index, said.record);
      const verdict = said.record.faults.size > 0 ? "altered" : "verified";
      items.push({ name, verdict, detail: detailOf(said.record) });
    }
    progress(place + 1, part.records.length);
    await pace.turn();
  }
  items.push(judgePositions(part, checkpoint.size), judgeLogKey(part, records.get(0)));
  const proved = [...records.values()].map((record) => ({
    index: BigInt(record.index),
    leafHash: record.leaf.hash,
    proof: record.proof,
  }));
  return { part, checkpoint, records, known: new KnownLog(checkpoint, proved), items };
}
