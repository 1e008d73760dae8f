/** The fingerprints that are printed on the first page, against those of the data (bundle.md, section 6). */

import type { Report } from "../proof/report.ts";
import type { PageView } from "./page_view.ts";

const PRINTED = /evidence-trail\/[a-z2-7]{32}/g;

/** Add an item to a bundle's report where its first page, which must be as it was drawn, names another log than the data. */
export async function withPrintedFingerprint(report: Report, content: Uint8Array, view: PageView): Promise<void> {
  const { kind, fingerprint, otherFingerprints } = report.facts;
  const isDrawn = report.items.some((item) => item.name === "page 1" && item.verdict === "verified");
  if (kind !== "bundle" || fingerprint === null || !isDrawn) return;
  try {
    await view.open(content, report);
  } catch {
    return; // The pages cannot be drawn here; the items say what can be said.
  }
  const printed: string[] = (await view.textOf(1)).match(PRINTED) ?? [];
  const known = new Set([fingerprint, ...otherFingerprints].map((each) => `evidence-trail/${each}`));
  if (printed.some((each) => !known.has(each))) {
    report.items.push({ name: "printed fingerprint", verdict: "altered", detail: "The first page names another log than the data." });
    report.verdict = "altered";
  }
}
