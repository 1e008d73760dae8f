/** What somebody may have added: marks on pages, and what acts by itself (bundle.md, section 6, steps 15 and 16). */

import type { Pace } from "./pace.ts";
import type { PdfFile } from "./pdf_file.ts";
import { decimalOf } from "./page_digest.ts";
import { type PdfDictionary, PdfName, PdfNumber, type PdfObject } from "./pdf_objects.ts";

export interface Addition {
  what: string;
  page: number | null;
}

const OUTLINES = 200_000;
const OF_ACTIONS = ["A", "AA", "AP", "PA"];

function isNumbers(file: PdfFile, value: PdfObject, wanted: string[]): boolean {
  if (!Array.isArray(value) || value.length !== wanted.length) return false;
  return value.every((item, at) => {
    const number = file.resolve(item);
    return number instanceof PdfNumber && number.token.length < 100 && decimalOf(number.token) === wanted[at];
  });
}

function fits(file: PdfFile, annotation: PdfDictionary): boolean {
  const subtype = file.name(annotation, "Subtype");
  if (OF_ACTIONS.some((key) => file.has(annotation, key))) return false;
  if (subtype === "Popup") return true;
  if (subtype === "Link") {
    return file.has(annotation, "Dest") && isNumbers(file, file.value(annotation, "Border"), ["0", "0", "0"]);
  }
  if (subtype !== "Widget" || file.name(annotation, "FT") !== "Sig") return false;
  return isNumbers(file, file.value(annotation, "Rect"), ["0", "0", "0", "0"]);
}

function annotationsOf(file: PdfFile, page: PdfDictionary): PdfObject[] {
  return (file.list(page, "Annots") ?? []).map((item) => file.resolve(item));
}

/** The annotations that do not fit (step 15). */
export async function unfittingAnnotations(file: PdfFile, pages: PdfDictionary[], pace: Pace): Promise<Addition[]> {
  const found: Addition[] = [];
  for (const [at, page] of pages.entries()) {
    await pace.turn();
    for (const annotation of annotationsOf(file, page)) {
      if (annotation instanceof Map && fits(file, annotation)) continue;
      const what = annotation instanceof Map ? (file.name(annotation, "Subtype") ?? "") : "";
      found.push({ what, page: at + 1 });
    }
  }
  return found;
}

/** Active content of the catalogue and what hangs from it. */
function inCatalogue(file: PdfFile): string[] {
  const { catalogue } = file;
  const found: string[] = [];
  if (file.has(catalogue, "Collection")) found.push("Collection");
  if (file.has(catalogue, "AA")) found.push("AA");
  if (file.has(catalogue, "OpenAction") && file.list(catalogue, "OpenAction") === null) found.push("OpenAction");
  const names = file.dictionary(catalogue, "Names");
  for (const key of names?.keys() ?? []) {
    if (names && key !== "EmbeddedFiles" && key !== "Dests" && file.has(names, key)) found.push(key);
  }
  const form = file.dictionary(catalogue, "AcroForm");
  if (form && file.has(form, "XFA")) found.push("XFA");
  return found;
}

function onPage(file: PdfFile, page: PdfDictionary): string[] {
  const found = ["AA", "AF"].filter((key) => file.has(page, key));
  for (const annotation of annotationsOf(file, page)) {
    if (!(annotation instanceof Map)) continue;
    if (file.name(annotation, "Subtype") === "FileAttachment") found.push("FileAttachment");
    if (file.has(annotation, "AA")) found.push("AA");
    const action = file.value(annotation, "A");
    if (action !== null && !(action instanceof Map && isGoTo(file.value(action, "S")))) found.push("A");
  }
  return found;
}

function isGoTo(value: PdfObject): boolean {
  return value instanceof PdfName && value.bytes === "GoTo";
}

/** Actions of the outlines' entries; a tree that leads back is gone through once. */
async function inOutlines(file: PdfFile, pace: Pace): Promise<string[]> {
  const found: string[] = [];
  const open = [file.dictionary(file.catalogue, "Outlines")];
  const seen = new Set<PdfDictionary>();
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    if (entry === null || seen.has(entry) || seen.size > OUTLINES) continue;
    seen.add(entry);
    await pace.turn();
    for (const key of ["A", "AA"]) if (file.has(entry, key)) found.push(key);
    open.push(file.dictionary(entry, "Next"), file.dictionary(entry, "First"));
  }
  return found;
}

/** Active content (step 16). */
export async function activeContent(file: PdfFile, pages: PdfDictionary[], pace: Pace): Promise<Addition[]> {
  const found: Addition[] = inCatalogue(file).map((what) => ({ what, page: null }));
  for (const [at, page] of pages.entries()) {
    await pace.turn();
    for (const what of onPage(file, page)) found.push({ what, page: at + 1 });
  }
  for (const what of await inOutlines(file, pace)) found.push({ what, page: null });
  return found;
}
