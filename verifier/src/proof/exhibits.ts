/** Exhibits (bundle.md, section 6, step 12). */

import type { VerifiedDisclosure } from "./disclosure.ts";
import { type Embedded, embeddedBytes } from "./embedded_files.ts";
import { hex } from "./encodings.ts";
import { sha256Large } from "./hashing.ts";
import { type JudgedLog, textsAt } from "./judged_log.ts";
import type { Exhibit, Manifest } from "./manifest.ts";
import type { Pace } from "./pace.ts";
import type { PdfFile } from "./pdf_file.ts";
import type { Item } from "./report.ts";

const attachments = new WeakMap<VerifiedDisclosure, Set<string>>();

/** The digests of a record's attachments, found once for all exhibits. */
function attachmentsOf(record: VerifiedDisclosure): Set<string> {
  const known = attachments.get(record) ?? new Set(textsAt(record, "/attachments/", "/sha256"));
  attachments.set(record, known);
  return known;
}

function showsAttachment(log: JudgedLog | undefined, position: number, sha256: string): boolean {
  const record = log?.records.get(position);
  return record !== undefined && attachmentsOf(record).has(sha256);
}

function isAttached(exhibit: Exhibit, log: JudgedLog, handedOver: Map<number, JudgedLog>): boolean {
  const { records, sha256 } = exhibit;
  if (!records.every((position) => showsAttachment(log, position, sha256))) return false;
  return exhibit.handedOver.every((each) => {
    const other = handedOver.get(each.handover);
    return each.records.every((position) => showsAttachment(other, position, sha256));
  });
}

/** The items `exhibit N`. */
export async function judgeExhibits(
  manifest: Manifest,
  log: JudgedLog,
  handedOver: Map<number, JudgedLog>,
  file: PdfFile,
  files: Embedded[],
  pace: Pace,
): Promise<Item[]> {
  const items: Item[] = [];
  for (const exhibit of manifest.exhibits) {
    await pace.turn();
    const content = exhibit.file === null ? null : embeddedBytes(file, files, exhibit.file);
    const isExact = exhibit.file === null || (content !== null && hex(await sha256Large(content)) === exhibit.sha256);
    const fits = exhibit.firstPage + exhibit.pages - 1 <= manifest.pages.length;
    const holds = isExact && fits && isAttached(exhibit, log, handedOver);
    items.push({
      name: `exhibit ${exhibit.exhibit}`,
      verdict: holds ? "verified" : "altered",
      detail: holds
        ? "The records named have it as an attachment."
        : "The records named do not show it as an attachment, or its bytes or pages do not fit.",
    });
  }
  return items;
}
