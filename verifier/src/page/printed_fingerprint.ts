/** The fingerprints that are printed on the first page, against those of the data (bundle.md, section 6). */

import type { Report } from "../proof/report.ts";
import type { PageView } from "./page_view.ts";

const PRINTED = /evidence-trail\/[a-z2-7]{32}/g;

/** Open a bundle's pages, and add an item to its report where the first page names another log than the data. */
export async function withPrintedFingerprint(report: Report, content: Uint8Array, view: PageView): Promise<void> {
  if (report.facts.kind !== "bundle" || report.facts.fingerprint === null || report.records.length === 0) return;
  try {
    await view.open(content, report.facts);
  } catch {
    return; // The pages cannot be drawn here; the items say what can be said.
  }
  const printed: string[] = (await view.textOf(1)).match(PRINTED) ?? [];
  if (printed.length > 0 && !printed.includes(`evidence-trail/${report.facts.fingerprint}`)) {
    report.items.push({ name: "printed fingerprint", verdict: "altered", detail: "The first page names another log than the data." });
    report.verdict = "altered";
  }
}
