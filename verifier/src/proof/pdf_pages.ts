/** The pages of a PDF, in order (ISO 32000-1, 7.7.3). */

import type { PdfFile } from "./pdf_file.ts";
import { type PdfDictionary, PdfFault, PdfReference, PdfStream } from "./pdf_objects.ts";

const PAGES = 1_000_000;

/** The node that the tree begins with: the uppermost of those above the one that the catalogue names. */
function root(file: PdfFile): PdfDictionary {
  let node = file.dictionary(file.catalogue, "Pages");
  const seen = new Set<PdfDictionary>();
  for (let above = node; above !== null && !seen.has(above); above = file.dictionary(above, "Parent")) {
    seen.add(above);
    node = above;
  }
  if (node === null || !file.has(node, "Kids")) throw new PdfFault("no page tree");
  return node;
}

/** The dictionaries of the pages; a tree that leads back into itself cannot be read. */
export function pagesOf(file: PdfFile): PdfDictionary[] {
  const pages: PdfDictionary[] = [];
  const start = root(file);
  const above = new Set<PdfDictionary>([start]);
  const open = [{ node: start, kids: file.list(start, "Kids") ?? [], at: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (top.at >= top.kids.length) {
      open.pop();
      continue;
    }
    const kid = top.kids[top.at++];
    const page = file.resolve(kid);
    if (!(page instanceof Map)) continue;
    if (!file.has(page, "Kids")) {
      pages.push(page);
      if (pages.length > PAGES) throw new PdfFault("too many pages");
      continue;
    }
    if (kid instanceof PdfReference && above.has(page)) throw new PdfFault("a page tree that leads back");
    above.add(page);
    open.push({ node: page, kids: file.list(page, "Kids") ?? [], at: 0 });
  }
  return pages;
}

/** Whether all readers find the same pages: the tree has no other above it, and its nodes and pages are what they say (bundle.md, section 6, step 17). */
export function hasOnePageTree(file: PdfFile): boolean {
  const named = file.dictionary(file.catalogue, "Pages");
  if (named === null || file.has(named, "Parent")) return false;
  const seen = new Set<PdfDictionary>();
  const waiting = [named];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const isNode = file.has(node, "Kids");
    if (file.name(node, "Type") !== (isNode ? "Pages" : "Page")) return false;
    for (const kid of isNode ? (file.list(node, "Kids") ?? []) : []) {
      const found = file.resolve(kid);
      if (found instanceof Map) waiting.push(found);
    }
  }
  return true;
}

/** Whether a page says that what it shows is in another file (ISO 32000-1, 7.3.8.2). */
export function isElsewhere(file: PdfFile, page: PdfDictionary): boolean {
  const contents = file.value(page, "Contents");
  const streams = Array.isArray(contents) ? contents.map((item) => file.resolve(item)) : [contents];
  return streams.some((stream) => stream instanceof PdfStream && file.has(stream.dictionary, "F"));
}
