/** Bundles (bundle.md, section 6). */

import { activeContent, unfittingAnnotations } from "./additions.ts";
import type { VerifiedDisclosure } from "./disclosure.ts";
import { judgeDocumentStamps } from "./document_time_stamps.ts";
import { areAccountedFor, embeddedBytes, embeddedFiles, type Embedded, MANIFEST, NOTE } from "./embedded_files.ts";
import { base64, hex } from "./encodings.ts";
import { judgeExhibits } from "./exhibits.ts";
import { isSignedByForm } from "./form_field.ts";
import { sha256, sha256Large } from "./hashing.ts";
import { judgeHeads } from "./heads_in_records.ts";
import { type JudgedLog, judgeCheckpoint, judgeLog, shownAt, textAt } from "./judged_log.ts";
import { isEarlierHead } from "./known_log.ts";
import { type Manifest, type Part, parseManifest } from "./manifest.ts";
import { judgeClocks } from "./outside_clocks.ts";
import { Pace } from "./pace.ts";
import { judgePages } from "./pages.ts";
import { find } from "./pdf_bytes.ts";
import { PdfFile } from "./pdf_file.ts";
import { PdfFault } from "./pdf_objects.ts";
import { hasOnePageTree, isElsewhere, pagesOf } from "./pdf_pages.ts";
import { type FileSignature, signedLength, wholeFileSignature } from "./pdf_signature.ts";
import { type Facts, type Item, noFacts, type Progress, type Report, verdictOf } from "./report.ts";
import { showRecords } from "./shown_records.ts";
import { fingerprintOf, noteFault, parseNote } from "./signed_note.ts";
import { type StampUpdate, stampUpdates } from "./stamp_updates.ts";

/** A judged bundle: its report, and its log where the checkpoint verifies. */
export interface JudgedBundle {
  report: Report;
  log: JudgedLog | null;
}

const NOTE_LINE = "evidence-trail/bundle-manifest/v1";

function item(name: string, holds: boolean, verified: string, altered: string): Item {
  return { name, verdict: holds ? "verified" : "altered", detail: holds ? verified : altered };
}

/** Judges the items of one file in their order. */
class BundleJudge {
  private readonly updates: StampUpdate[];
  private readonly bytes: Uint8Array;
  private readonly pace: Pace;
  private readonly progress: Progress;
  private readonly items: Item[] = [];
  private readonly facts: Facts = noFacts("bundle");
  private readonly records: Report["records"] = [];
  private readonly handedOver = new Map<number, JudgedLog>();
  private log: JudgedLog | null = null;

  constructor(bytes: Uint8Array, progress: Progress) {
    this.bytes = bytes;
    this.progress = progress;
    this.pace = new Pace(bytes.length);
    this.updates = stampUpdates(bytes, this.pace.expired);
  }

  async judge(): Promise<JudgedBundle> {
    this.progress(0, 1, "file");
    const file = new PdfFile(this.bytes, this.pace.expired);
    await this.pace.turn();
    const files = this.embedded(file);
    if (files === null || files.some((each) => each.name === MANIFEST)) {
      const signature = await this.wholeFile();
      if (files === null) this.unreadable("manifest", "The list of the embedded files cannot be read.");
      const manifest = files && (await this.manifest(file, files));
      if (files && manifest) {
        await this.logs(manifest, file, signature);
        if (this.log) this.items.push(...(await this.exhibits(manifest, this.log, file, files)));
        await this.file(file, files, manifest);
      }
    } else {
      this.unreadable("manifest", "No manifest is embedded: this is no bundle, or its attachments were removed.");
    }
    const report = { verdict: verdictOf(this.items), items: this.items, records: this.records, facts: this.facts };
    return { report, log: this.log };
  }

  private unreadable(name: string, detail: string): void {
    this.items.push({ name, verdict: "unreadable", detail });
  }

  private embedded(file: PdfFile): Embedded[] | null {
    try {
      return embeddedFiles(file);
    } catch (error) {
      if (error instanceof PdfFault) return null;
      throw error;
    }
  }

  private async wholeFile(): Promise<FileSignature | null> {
    this.progress(0, 1, "signature");
    const signature = await wholeFileSignature(this.bytes.subarray(0, this.updates[0]?.start));
    await this.pace.turn();
    const altered = "It is not, byte for byte, the file that was signed.";
    this.items.push(item("whole file", signature !== null, "Not a byte has changed since it was signed.", altered));
    if (signature === null) this.facts.signedLength = await signedLength(this.bytes, this.pace.expired);
    await this.documentStamps();
    return signature;
  }

  /** The rest of step 1. */
  private async documentStamps(): Promise<void> {
    const { items, stamps } = await judgeDocumentStamps(this.bytes, this.updates, this.pace);
    this.items.push(...items);
    this.facts.documentStamps = stamps;
  }

  /** Step 2; null where manifest or note cannot be read. */
  private async manifest(file: PdfFile, files: Embedded[]): Promise<Manifest | null> {
    const content = embeddedBytes(file, files, MANIFEST);
    const noteBytes = embeddedBytes(file, files, NOTE);
    const manifest = content && (await parseManifest(content, this.pace));
    await this.pace.turn();
    if (!content || !noteBytes || !manifest) {
      this.unreadable("manifest", "The manifest, or the signature over it, cannot be read.");
      return null;
    }
    const text = `${NOTE_LINE}\n${base64(await sha256Large(content))}\n`;
    const note = parseNote(noteBytes);
    const holds = note?.text === text && noteFault(note, manifest.logKey) === null;
    this.items.push(item("manifest", holds, "The log signed it.", "The log that it names did not sign it."));
    this.facts.fingerprint = fingerprintOf(manifest.logKey);
    this.facts.otherFingerprints = manifest.handedOver.map((part) => fingerprintOf(part.logKey));
    this.facts.bundle = manifest.bundle;
    this.facts.exhibits = manifest.exhibits.map(({ exhibit, firstPage, pages }) => ({ exhibit, firstPage, pages }));
    return manifest;
  }

  /** Steps 3 to 11. */
  private async logs(manifest: Manifest, file: PdfFile, signature: FileSignature | null): Promise<void> {
    const log = await this.logOf(manifest, "", null);
    if (log === null) return;
    this.log = log;
    this.facts.size = Number(log.checkpoint.size);
    if (signature) this.items.push(this.certificate(file, signature, log));
    await this.clocks(log, "");
    for (const { head, consistency } of manifest.goesOnFrom) {
      const holds = log.known.takeHead(head, consistency);
      const name = `earlier head ${head.size}`;
      this.items.push(item(name, holds, "The log goes on from it.", "The log does not go on from it."));
    }
    this.heads(log, "");
    for (const part of manifest.handedOver) await this.handover(part, part.handover, log);
  }

  /** Steps 3 to 6 of one log. */
  private async logOf(part: Part, prefix: string, handover: number | null): Promise<JudgedLog | null> {
    const { item: said, checkpoint } = judgeCheckpoint(part);
    this.items.push({ ...said, name: prefix + said.name });
    if (checkpoint === null) return null;
    const log = await judgeLog(part, checkpoint, this.pace, (done, total) => this.progress(done, total, "records"));
    this.add(log.items, prefix);
    this.records.push(...(await showRecords(log, handover, this.pace)));
    return log;
  }

  private add(items: Item[], prefix: string): void {
    for (const each of items) this.items.push({ ...each, name: prefix + each.name });
  }

  private async clocks(log: JudgedLog, prefix: string): Promise<void> {
    const items = await judgeClocks(log, this.pace);
    this.facts.clocks += items.filter((each) => each.verdict === "verified").length;
    this.add(items, prefix);
  }

  private heads(log: JudgedLog, prefix: string): void {
    const { items, uncomparable } = judgeHeads(log);
    this.add(items, prefix);
    this.facts.uncomparable.push(...uncomparable);
  }

  private certificate(file: PdfFile, signature: FileSignature, log: JudgedLog): Item {
    const { certificate } = signature;
    const digest = hex(sha256(certificate.whole));
    const names = certificate.commonNames;
    const holds =
      isSignedByForm(file, signature, this.updates.length) &&
      shownAt(log.records.get(0), "/fields/certificate_sha256") === digest &&
      names.length === 1 &&
      names[0] === `Log ${fingerprintOf(log.part.logKey)}`;
    const verified = "The first record of the log names the certificate that signed the file.";
    return item("certificate", holds, verified, "The log does not show that this signature is its own.");
  }

  /** Step 11. */
  private async handover(part: Part, position: number, log: JudgedLog): Promise<void> {
    const prefix = `hand-over ${position} `;
    const isIt = isReceived(log.records.get(position), part);
    const altered = "This log does not show that it received this.";
    this.items.push(item(`${prefix}received`, isIt, "The log shows that it received this.", altered));
    const other = await this.logOf(part, prefix, position);
    if (other === null) return;
    this.handedOver.set(position, other);
    await this.clocks(other, prefix);
    for (const { head, consistency } of part.goesOnFrom) {
      if (isEarlierHead(head, other.checkpoint, consistency)) other.known.takeHead(head, consistency);
    }
    this.heads(other, prefix);
  }

  /** Step 12. */
  private exhibits(manifest: Manifest, log: JudgedLog, file: PdfFile, files: Embedded[]): Promise<Item[]> {
    return judgeExhibits(manifest, log, this.handedOver, file, files, this.pace);
  }

  /** Steps 13 to 17. */
  private async file(file: PdfFile, files: Embedded[], manifest: Manifest): Promise<void> {
    const ofExhibits = manifest.exhibits.map((each) => each.file);
    const accounted = areAccountedFor(file, files, ofExhibits);
    const strange = "There are other files in it than the manifest accounts for, or they are not as they were.";
    this.items.push(item("embedded files", accounted, "Just those that the manifest accounts for.", strange));
    const pages = pagesOf(file);
    await this.pace.turn();
    const judged = await judgePages(file, pages, manifest.pages, this.pace, this.progress);
    this.items.push(...judged.items);
    this.facts.pages = pages.length;
    this.facts.alteredPages = judged.altered;
    this.facts.signedPages = manifest.pages.length;
    this.facts.missingPages = judged.missing;
    this.facts.pagesBehind = Math.max(0, pages.length - manifest.pages.length);
    const marks = await unfittingAnnotations(file, pages, this.pace);
    const marked = "There are marks on pages, or what may be some.";
    this.items.push(item("annotations", marks.length === 0, "Nobody put marks on a page.", marked));
    const acting = await activeContent(file, pages, this.pace);
    const harmless = "Nothing in it acts by itself.";
    this.items.push(item("active content", acting.length === 0, harmless, "Something in it can act by itself."));
    this.facts.added = [...marks, ...acting];
    const isOne = !file.repeated && find(this.bytes, "/XRefStm") < 0 && hasOnePageTree(file) && !pages.some((page) => isElsewhere(file, page));
    const two = "Readers may find different things in it.";
    this.items.push(item("one reading", isOne, "It can be read in one way only.", two));
  }
}

function isReceived(record: VerifiedDisclosure | undefined, part: Part): boolean {
  if (record === undefined || record.faults.size > 0 || part.checkpoint === null) return false;
  return textAt(record, "/kind") === "handover" && textAt(record, "/fields/signed_checkpoint") === part.checkpoint;
}

/** Judge a file that looks like a PDF. A file that cannot be opened throws a PdfFault. */
export async function judgeBundle(bytes: Uint8Array, progress: Progress): Promise<JudgedBundle> {
  return new BundleJudge(bytes, progress).judge();
}
