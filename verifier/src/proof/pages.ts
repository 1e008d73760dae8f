/** The pages of a bundle against the digests in its manifest (bundle.md, section 6, step 14). */

import type { Pace } from "./pace.ts";
import { PageDigests } from "./page_digest.ts";
import type { PdfFile } from "./pdf_file.ts";
import type { PdfDictionary } from "./pdf_objects.ts";
import type { Item, Progress } from "./report.ts";

/** The places at which each digest stands, in order. */
function placesOf(signed: string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, digest] of signed.entries()) {
    const known = places.get(digest);
    if (known) known.push(place);
    else places.set(digest, [place]);
  }
  return places;
}

/** The first of some rising places behind another, or null. */
function firstBehind(places: number[], last: number): number | null {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) > last) high = middle;
    else low = middle + 1;
  }
  return places[low] ?? null;
}

function isInOrder(digests: (string | null)[], places: Map<string, number[]>): boolean {
  let last = -1;
  for (const digest of digests) {
    const own = digest === null ? undefined : places.get(digest);
    if (own === undefined) continue;
    const next = firstBehind(own, last);
    if (next === null) return false;
    last = next;
  }
  return true;
}

/** The places, from 1, of signed pages that the file has not, or not as often. */
function missingPlaces(digests: (string | null)[], places: Map<string, number[]>): number[] {
  const counts = new Map<string, number>();
  for (const digest of digests) if (digest !== null) counts.set(digest, (counts.get(digest) ?? 0) + 1);
  const missing = [...places].flatMap(([digest, own]) => own.slice(counts.get(digest) ?? 0));
  return missing.sort((one, other) => one - other).map((place) => place + 1);
}

/** The items `number of pages`, `order of pages` and `page N`, and the pages that are altered. */
export async function judgePages(
  file: PdfFile,
  pages: PdfDictionary[],
  signed: string[],
  pace: Pace,
  progress: Progress,
): Promise<{ items: Item[]; altered: number[]; missing: number[] }> {
  const digests: (string | null)[] = [];
  const maker = new PageDigests(file, pace);
  for (const page of pages) {
    digests.push(await maker.of(page));
    progress(digests.length, pages.length, "pages");
    await pace.turn();
  }
  const places = placesOf(signed);
  const isAll = pages.length === signed.length;
  const inOrder = isInOrder(digests, places);
  const items: Item[] = [
    {
      name: "number of pages",
      verdict: isAll ? "verified" : "altered",
      detail: `The file has ${pages.length} pages, and ${signed.length} were signed.`,
    },
    {
      name: "order of pages",
      verdict: inOrder ? "verified" : "altered",
      detail: inOrder
        ? "They stand in the order in which they were signed."
        : "They stand in another order than they were signed in.",
    },
  ];
  const altered: number[] = [];
  for (const [at, digest] of digests.entries()) {
    const isSigned = digest !== null && places.has(digest);
    if (!isSigned) altered.push(at + 1);
    items.push({
      name: `page ${at + 1}`,
      verdict: isSigned ? "verified" : "altered",
      detail: isSigned ? "It is as it was drawn." : "It is no page that was signed.",
    });
  }
  return { items, altered, missing: missingPlaces(digests, places) };
}
