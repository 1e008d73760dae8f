/** What a bundle shows of its records, for people to read (record-log.md, section 9). */

import type { Scalar } from "./commitment.ts";
import type { Field, VerifiedDisclosure } from "./disclosure.ts";
import { shortCode } from "./encodings.ts";
import { type JudgedLog, textAt } from "./judged_log.ts";
import type { Pace } from "./pace.ts";
import type { Piece, Shown, ShownRecord } from "./report.ts";
import { Fraction } from "./strict_json.ts";

function plain(value: Scalar): string | number | boolean {
  return value instanceof Fraction ? value.value : value;
}

function showField(path: string, field: Field, asSealed: boolean, labels?: Map<number, string>): Shown {
  if ("value" in field) return { path, asSealed, value: plain(field.value) };
  const pieces = field.pieces.map((piece, at): Piece => {
    if ("text" in piece) return { text: piece.text };
    const label = labels?.get(at);
    return label === undefined ? { withheld: true } : { withheld: true, label };
  });
  return { path, asSealed, pieces };
}

function showRecord(record: VerifiedDisclosure, log: JudgedLog, handover: number | null): ShownRecord {
  const labels = log.part.labels.get(record.index);
  const paths = [...new Set([...record.digests.keys(), ...record.fields.keys()])].sort();
  const fields = paths.map((path): Shown => {
    const field = record.fields.get(path);
    if (field === undefined) return { path, withheld: true };
    return showField(path, field, !record.faults.has(path), labels?.get(path));
  });
  const { sealedAt, hash } = record.leaf;
  const kind = textAt(record, "/kind");
  return { handover, index: record.index, sealedAt, code: shortCode(hash), kind, fields };
}

/** The records of a log that verify steps 1 to 3, in the order of the manifest. */
export async function showRecords(log: JudgedLog, handover: number | null, pace: Pace): Promise<ShownRecord[]> {
  const shown: ShownRecord[] = [];
  for (const record of log.records.values()) {
    shown.push(showRecord(record, log, handover));
    await pace.turn();
  }
  return shown;
}
