/** The files embedded in a bundle (bundle.md, section 2, "Embedded files"). */

import { fromUtf8, latin1 } from "./encodings.ts";
import type { PdfFile } from "./pdf_file.ts";
import { type PdfDictionary, PdfFault, type PdfObject, PdfReference, PdfStream, PdfString } from "./pdf_objects.ts";

/** Bytes that one embedded file may have. */
const EMBEDDED_FILE = 256 * 1024 * 1024;

export const MANIFEST = "evidence-trail-manifest.json";
export const NOTE = "evidence-trail-manifest.note";

const LEVELS = 20;
const ENTRIES = 20_000;

export interface Embedded {
  name: string;
  specification: PdfObject;
}

/** A text string of a PDF (ISO 32000-1, 7.9.2.2); names are ASCII here, so Latin-1 stands for PDFDocEncoding. */
function textOf(string: PdfString): string {
  const { bytes } = string;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes.subarray(2));
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return fromUtf8(bytes.subarray(3)) ?? latin1(bytes);
  return latin1(bytes);
}

function filesTree(file: PdfFile): PdfDictionary | null {
  const names = file.dictionary(file.catalogue, "Names");
  return names && file.dictionary(names, "EmbeddedFiles");
}

/** The entries of the name tree, in order. A tree that cannot be read throws. */
export function embeddedFiles(file: PdfFile): Embedded[] {
  const found: Embedded[] = [];
  const root = filesTree(file);
  const open: { node: PdfDictionary; level: number }[] = root ? [{ node: root, level: 0 }] : [];
  const seen = new Set<PdfDictionary>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, level } = next;
    if (level > LEVELS || seen.has(node)) throw new PdfFault("a tree that cannot be read");
    seen.add(node);
    const names = file.list(node, "Names") ?? [];
    for (let at = 0; at + 1 < names.length; at += 2) {
      const name = file.resolve(names[at]);
      if (name instanceof PdfString) found.push({ name: textOf(name), specification: names[at + 1] ?? null });
      if (found.length > ENTRIES) throw new PdfFault("a tree that is too large");
    }
    const kids = (file.list(node, "Kids") ?? []).map((kid) => file.resolve(kid)).filter((kid) => kid instanceof Map);
    if (kids.length + seen.size > ENTRIES) throw new PdfFault("a tree that is too large");
    for (const kid of kids.reverse()) open.push({ node: kid, level: level + 1 });
  }
  return found;
}

function embeddedStream(file: PdfFile, { specification }: Embedded): PdfStream | null {
  const entry = file.resolve(specification);
  const streams = entry instanceof Map ? file.dictionary(entry, "EF") : null;
  const stream = streams && file.value(streams, "F");
  return stream instanceof PdfStream ? stream : null;
}

/** The bytes of the embedded file with a name, of two with one name the later; null where it cannot be read. */
export function embeddedBytes(file: PdfFile, files: Embedded[], name: string): Uint8Array | null {
  const entry = files.filter((each) => each.name === name).at(-1);
  const stream = entry && embeddedStream(file, entry);
  if (!stream) return null;
  try {
    return file.decoded(stream, EMBEDDED_FILE);
  } catch (error) {
    if (error instanceof PdfFault) return null;
    throw error;
  }
}

function isSame(file: PdfFile, one: PdfObject | undefined, other: PdfObject | undefined): boolean {
  if (one instanceof PdfReference && other instanceof PdfReference && one.key === other.key) return true;
  return file.resolve(one) === file.resolve(other);
}

function isNamed(file: PdfFile, entry: PdfDictionary, key: string, name: string): boolean {
  const value = file.value(entry, key);
  return value instanceof PdfString && textOf(value) === name;
}

/** Whether an entry is as section 2 says: /EF with /F and, if at all, /UF; its names; no /RF. */
function isEntry(file: PdfFile, embedded: Embedded): boolean {
  const entry = file.resolve(embedded.specification);
  if (!(entry instanceof Map) || file.has(entry, "RF")) return false;
  const streams = file.dictionary(entry, "EF");
  if (streams === null || embeddedStream(file, embedded) === null) return false;
  for (const key of streams.keys()) if (file.has(streams, key) && key !== "F" && key !== "UF") return false;
  if (file.has(streams, "UF") && !isSame(file, streams.get("F"), streams.get("UF"))) return false;
  return isNamed(file, entry, "F", embedded.name) && isNamed(file, entry, "UF", embedded.name);
}

/** Whether /AF of the catalogue lists just these files, each once. */
function areAssociated(file: PdfFile, files: Embedded[]): boolean {
  const listed = file.list(file.catalogue, "AF") ?? [];
  const entries = new Set(files.map((each) => file.resolve(each.specification)));
  const associated = new Set(listed.map((item) => file.resolve(item)));
  if (listed.length !== files.length || associated.size !== listed.length) return false;
  return [...associated].every((item) => item !== null && entries.has(item));
}

/** Whether the embedded files are those that a manifest accounts for (bundle.md, section 2). */
export function areAccountedFor(file: PdfFile, files: Embedded[], exhibits: (string | null)[]): boolean {
  const allowed = new Set([MANIFEST, NOTE, ...exhibits]);
  if (new Set(files.map((each) => each.name)).size !== files.length) return false;
  if (files.some((each) => !allowed.has(each.name) || !isEntry(file, each))) return false;
  return areAssociated(file, files);
}
