/** Seal receipts (record-log.md, sections 8 and 10). */

import { parseCanonical } from "./canonical_json.ts";
import { type Checkpoint, verifyCheckpoint } from "./checkpoint.ts";
import { type Leaf, parseLeaf } from "./disclosure.ts";
import { bytesOfLength, fromBase64, fromUtf8 } from "./encodings.ts";
import { isIncluded } from "./merkle.ts";
import type { Note, NoteFault } from "./signed_note.ts";
import { hasMembers } from "./strict_json.ts";

export const FIRST_LINE = "c2sp.org/tlog-proof@v1";

const LENGTH = 65_536;
const PROOF_HASHES = 64;
const INDEX = /^index (0|[1-9][0-9]{0,17})$/;

export interface Receipt {
  leaf: Leaf;
  logKey: Uint8Array;
  index: bigint;
  proof: Uint8Array[];
  checkpoint: Checkpoint;
  note: Note;
}

export type ReceiptFault = NoteFault | "not-included";

export type VerifiedReceipt = { fault: ReceiptFault; receipt?: never } | { fault: null; receipt: Receipt };

interface Extra {
  leaf: Leaf;
  logKey: Uint8Array;
}

function parseExtra(line: string): Extra | null {
  const bytes = line.startsWith("extra ") ? fromBase64(line.slice(6)) : null;
  const extra = bytes && parseCanonical(bytes)?.value;
  if (!extra || !hasMembers(extra, "format", "leaf", "log_key")) return null;
  const leaf = parseLeaf(extra.get("leaf"));
  const logKey = bytesOfLength(extra.get("log_key"), 32);
  if (extra.get("format") !== "evidence-trail/seal-receipt/v1" || leaf === null || logKey === null) return null;
  return { leaf, logKey };
}

/** Verify a seal receipt (record-log.md, section 10). */
export function verifyReceipt(content: Uint8Array): VerifiedReceipt {
  const text = content.length <= LENGTH ? fromUtf8(content) : null;
  const end = text?.indexOf("\n\n") ?? -1;
  if (text === null || end < 0) return { fault: "malformed" };
  const [first, extraLine = "", indexLine = "", ...hashes] = text.slice(0, end).split("\n");
  const extra = parseExtra(extraLine);
  const index = INDEX.exec(indexLine)?.[1];
  if (first !== FIRST_LINE || extra === null || index === undefined || hashes.length > PROOF_HASHES) {
    return { fault: "malformed" };
  }
  const proof: Uint8Array[] = [];
  for (const line of hashes) {
    const hash = bytesOfLength(line, 32);
    if (hash === null) return { fault: "malformed" };
    proof.push(hash);
  }
  const verified = verifyCheckpoint(text.slice(end + 2), extra.logKey);
  if (verified.fault !== null) return verified;
  const { checkpoint, note } = verified;
  if (!isIncluded(extra.leaf.hash, BigInt(index), checkpoint.size, proof, checkpoint.root)) {
    return { fault: "not-included" };
  }
  return { fault: null, receipt: { ...extra, index: BigInt(index), proof, checkpoint, note } };
}
