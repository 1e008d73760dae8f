/** The verifier: what a file is, and what each of its items says (bundle.md, section 6). */

import { type JudgedBundle, judgeBundle } from "./bundle.ts";
import { fromUtf8, hex, shortCode, utf8 } from "./encodings.ts";
import { sha256 } from "./hashing.ts";
import { KnownLog, relationOf } from "./known_log.ts";
import { find } from "./pdf_bytes.ts";
import { type Facts, type Item, noFacts, type Progress, type Report, verdictOf } from "./report.ts";
import { FIRST_LINE, type Receipt, type ReceiptFault, verifyReceipt } from "./seal_receipt.ts";
import { fingerprintOf } from "./signed_note.ts";
import { stampedCheckpoints, stampIsOver } from "./stamped_checkpoint.ts";
import { certificateBytes, isBelieved, parseTimeStamp, type TimeStamp } from "./time_stamp.ts";

export type { Facts, Item, Piece, Progress, Report, Shown, ShownRecord, Verdict } from "./report.ts";

/** How far into a file the header of a PDF may stand. */
const HEADER_WITHIN = 1024;

/** What one file was found to be, for comparing it with another. */
interface Judged {
  report: Report;
  known: KnownLog | null;
  /** The notes that a stamp beside this file may be over. */
  notes: string[];
  stamp: TimeStamp | null;
}

const RECEIPT_FAULTS: Record<ReceiptFault, string> = {
  malformed: "It has not the form of a seal receipt.",
  "other-log": "Its checkpoint is that of another log than its key.",
  "bad-signature": "The log's signature does not fit its checkpoint.",
  "not-included": "The log does not have this record at this position.",
};

function reportOf(items: Item[], facts: Facts): Report {
  return { verdict: verdictOf(items), items, records: [], facts };
}

function alone(report: Report): Judged {
  return { report, known: null, notes: [], stamp: null };
}

/** The report of a file that cannot be opened, or is none of the sorts that are read. */
function unreadable(kind: Facts["kind"], detail: string): Judged {
  return alone(reportOf([{ name: "file", verdict: "unreadable", detail }], noFacts(kind)));
}

function receiptFacts(receipt: Receipt): Facts {
  const { leaf, logKey, index, checkpoint } = receipt;
  return {
    ...noFacts("receipt"),
    fingerprint: fingerprintOf(logKey),
    size: Number(checkpoint.size),
    receipt: { index: Number(index), code: shortCode(leaf.hash), sealedAt: leaf.sealedAt },
  };
}

function said(name: string, detail: string): Item {
  return { name, verdict: "verified", detail };
}

function judgeReceipt(content: Uint8Array): Judged {
  const { fault, receipt } = verifyReceipt(content);
  if (fault !== null) {
    const verdict = fault === "malformed" ? "unreadable" : "altered";
    return alone(reportOf([{ name: "seal receipt", verdict, detail: RECEIPT_FAULTS[fault] }], noFacts("receipt")));
  }
  const items: Item[] = [
    said("checkpoint", `The log signed this head of its ${receipt.checkpoint.size} records.`),
    said("record", `The log has this record at position ${receipt.index}.`),
  ];
  const proved = { index: receipt.index, leafHash: receipt.leaf.hash, proof: receipt.proof };
  const known = new KnownLog(receipt.checkpoint, [proved]);
  const notes = stampedCheckpoints(receipt.note, receipt.logKey, null);
  return { report: reportOf(items, receiptFacts(receipt)), known, notes, stamp: null };
}

async function judgeStamp(content: Uint8Array): Promise<Judged> {
  const stamp = parseTimeStamp(content);
  const facts = noFacts("time stamp");
  if (stamp === null) {
    const detail = "It has not the form of an answer that grants a time stamp.";
    return alone(reportOf([{ name: "time stamp", verdict: "unreadable", detail }], facts));
  }
  const holds = await isBelieved(stamp, stamp.certificates);
  const at = `${stamp.at.toISOString().slice(0, 19)}Z`;
  facts.stamp = { at, hash: hex(stamp.hash), certificate: hex(sha256(certificateBytes(stamp.certificate))) };
  const item: Item = {
    name: "time stamp",
    verdict: holds ? "verified" : "altered",
    detail: holds
      ? `Whoever has the key of its certificate said that the hash existed at ${at}.`
      : "Its signature or its certificate does not hold.",
  };
  return { ...alone(reportOf([item], facts)), stamp };
}

function judgedBundle({ report, log }: JudgedBundle): Judged {
  const notes = log ? stampedCheckpoints(log.part.checkpoint ?? "", log.part.logKey, log.records) : [];
  return { report, known: log?.known ?? null, notes, stamp: null };
}

async function judge(untrusted: Uint8Array, progress: Progress): Promise<Judged> {
  try {
    const start = fromUtf8(untrusted.subarray(0, FIRST_LINE.length));
    if (start === FIRST_LINE) return judgeReceipt(untrusted);
    const isPdf = find(untrusted, "%PDF-", 0, HEADER_WITHIN) >= 0;
    if (isPdf) return judgedBundle(await judgeBundle(untrusted, progress));
    if (untrusted[0] === 0x30) return await judgeStamp(untrusted);
  } catch {
    // Whatever is thrown over hostile bytes: the file cannot be read.
    return unreadable("other", "It is too damaged to be opened, or takes more time than such a file does.");
  }
  return unreadable("other", "It is neither a bundle nor a seal receipt nor a time stamp.");
}

const nothing: Progress = () => undefined;

/** Judge one file. It never throws, whatever the bytes are (bundle.md, section 6). */
export async function verify(untrusted: Uint8Array, progress: Progress = nothing): Promise<Report> {
  return (await judge(untrusted, progress)).report;
}

const RELATIONS: Record<string, Omit<Item, "name">> = {
  contradict: { verdict: "altered", detail: "The two cannot both be of this log as it was: it was rewritten." },
  same: { verdict: "verified", detail: "Both show the same head of one log." },
  "goes on": { verdict: "verified", detail: "The log of the one goes on from that of the other." },
  "not comparable": { verdict: "unreadable", detail: "Both are of one log, but their heads cannot be compared." },
  "other log": { verdict: "unreadable", detail: "They are of two logs." },
};

function togetherOf(one: KnownLog, other: KnownLog): Item {
  const relation = one.checkpoint.origin === other.checkpoint.origin ? relationOf(one, other) : "other log";
  return { name: "together", ...(RELATIONS[relation] ?? { verdict: "unreadable", detail: "" }) };
}

/** The item of a stamp beside a bundle or receipt (time-stamps.md, section 5). */
async function addStampedCheckpoint(stamped: Judged, other: Judged): Promise<void> {
  const { stamp, report } = stamped;
  if (stamp === null || other.known === null) return;
  const holds = await stampIsOver(stamp, other.notes.map(utf8));
  report.items.push({
    name: "stamped checkpoint",
    verdict: holds ? "verified" : "altered",
    detail: holds
      ? "What was stamped is a checkpoint of the file beside it."
      : "What was stamped is no checkpoint of the file beside it.",
  });
  report.verdict = verdictOf(report.items);
}

/** Judge files; of two, what they are to each other (bundle.md, section 6; time-stamps.md, section 5). */
export async function verifyTogether(
  files: Uint8Array[],
  progress: Progress = nothing,
): Promise<{ reports: Report[]; together: Item | null }> {
  const judged: Judged[] = [];
  for (const file of files) judged.push(await judge(file, progress));
  const [one, other] = judged;
  let together: Item | null = null;
  if (judged.length === 2 && one && other) {
    await addStampedCheckpoint(one, other);
    await addStampedCheckpoint(other, one);
    if (one.known && other.known) together = togetherOf(one.known, other.known);
  }
  return { reports: judged.map((each) => each.report), together };
}
