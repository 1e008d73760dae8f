/**
 * The cross-reference table (ISO 32000-1, 7.5.4 and 7.5.8): which object stands where. An object that stands in the
 * file and not in the table does not exist. Where the table cannot be read, it is made anew from what the bytes look
 * like, as readers of PDF do.
 */

import { find, findLast } from "./pdf_bytes.ts";
import {
  ObjectReader,
  type PdfDictionary,
  PdfFault,
  PdfName,
  PdfNumber,
  type PdfObject,
  PdfReference,
} from "./pdf_objects.ts";

/** Where an object stands: at an offset, or in the object stream of that number. */
export type Place = { offset: number } | { within: number };

export interface Table {
  places: Map<string, Place>;
  trailer: PdfDictionary;
}

/** What the table needs of the file that it is the table of. */
export interface StreamSource {
  /** The stream at an offset, decoded, and its dictionary. */
  streamAt(offset: number): { dictionary: PdfDictionary; data: Uint8Array } | null;
  /** Take note that a trailer has a key twice. */
  noteRepeated(): void;
}

/** Objects that a table may have: many more than bundles do, and few enough for the memory of a browser. */
const OBJECTS = 3_000_000;
const SECTIONS = 100_000;
const TAIL = 1054;
const TRAILERS = 100;
const HEADER_BYTES = 1024;

class TableReader {
  readonly places = new Map<string, Place>();
  private readonly freed = new Set<number>();
  private trailer: PdfDictionary | null = null;
  private readonly bytes: Uint8Array;
  private readonly source: StreamSource;

  constructor(bytes: Uint8Array, source: StreamSource) {
    this.bytes = bytes;
    this.source = source;
  }

  /** Follow the chain from its newest section to its oldest: what is read first counts. */
  chain(start: number): Table {
    const seen = new Set<number>();
    for (let offset: number | null = start; offset !== null; ) {
      if (seen.has(offset) || seen.size > SECTIONS || offset < 0 || offset >= this.bytes.length) {
        throw new PdfFault("a cross-reference table that leads nowhere");
      }
      seen.add(offset);
      offset = this.section(offset);
    }
    if (this.trailer === null) throw new PdfFault("no trailer");
    return { places: this.places, trailer: this.trailer };
  }

  /** The dictionary of the newest section that was read. */
  get newest(): PdfDictionary | null {
    return this.trailer;
  }

  private section(offset: number): number | null {
    const reader = new ObjectReader(this.bytes, offset);
    const dictionary = reader.takes("xref") ? this.classic(reader) : this.stream(offset);
    this.trailer ??= dictionary;
    const previous = dictionary.get("Prev");
    if (previous === undefined || previous === null) return null;
    const next = previous instanceof PdfNumber ? previous.integer : null;
    if (next === null) throw new PdfFault("a wrong /Prev");
    return next === 0 ? null : next;
  }

  private classic(reader: ObjectReader): PdfDictionary {
    while (!reader.takes("trailer")) {
      const first = reader.integer();
      const count = reader.integer();
      if (first === null || count === null || count > OBJECTS) throw new PdfFault("a wrong cross-reference table");
      for (let number = first; number < first + count; number++) {
        const offset = reader.integer();
        const generation = reader.integer();
        reader.skip();
        const sort = reader.word(2);
        if (offset === null || generation === null || (sort !== "n" && sort !== "f")) {
          throw new PdfFault("a wrong cross-reference entry");
        }
        if (sort === "f") this.free(number, generation);
        else this.place(number, generation, { offset });
      }
    }
    const dictionary = reader.object();
    if (!(dictionary instanceof Map)) throw new PdfFault("no trailer");
    if (reader.repeated) this.source.noteRepeated();
    const hybrid = dictionary.get("XRefStm");
    // However it is spelled: a hybrid file is read in two ways.
    if (hybrid !== undefined) this.source.noteRepeated();
    this.trailer ??= dictionary;
    if (hybrid instanceof PdfNumber) this.stream(hybrid.integer ?? -1);
    return dictionary;
  }

  /** A cross-reference stream; its dictionary is its trailer. */
  private stream(offset: number): PdfDictionary {
    const found = this.source.streamAt(offset);
    const sort = found?.dictionary.get("Type");
    if (!found || !(sort instanceof PdfName) || sort.bytes !== "XRef") throw new PdfFault("no cross-reference stream");
    const { dictionary, data } = found;
    const widths = integers(dictionary.get("W"));
    const size = integers([dictionary.get("Size") ?? null])?.[0];
    if (widths?.length !== 3 || widths.some((width) => width > 8) || size === undefined || size > OBJECTS) {
      throw new PdfFault("a wrong cross-reference stream");
    }
    const runs = dictionary.has("Index") ? integers(dictionary.get("Index")) : [0, size];
    if (runs === null || runs.length % 2 !== 0) throw new PdfFault("a wrong /Index");
    this.trailer ??= dictionary;
    this.entries(data, widths, runs);
    return dictionary;
  }

  private entries(data: Uint8Array, widths: number[], runs: number[]): void {
    const length = widths.reduce((sum, width) => sum + width, 0);
    if (length === 0) throw new PdfFault("entries of no length");
    let at = 0;
    for (let run = 0; run < runs.length; run += 2) {
      const first = runs[run] ?? 0;
      for (let number = first; number < first + (runs[run + 1] ?? 0); number++) {
        if (at + length > data.length) throw new PdfFault("a cross-reference stream that is too short");
        const [sort, second, third] = widths.map((width, place) => {
          let value = place === 0 && width === 0 ? 1 : 0;
          for (let byte = 0; byte < width; byte++) value = value * 256 + (data[at++] ?? 0);
          return value;
        });
        this.entry(number, sort ?? 0, second ?? 0, third ?? 0);
      }
    }
  }

  private entry(number: number, sort: number, second: number, third: number): void {
    if (sort === 0) this.free(number, third);
    else if (sort === 1) this.place(number, third, { offset: second });
    else if (sort === 2 && second !== number) this.place(number, 0, { within: second });
  }

  private free(number: number, generation: number): void {
    if (!this.places.has(`${number} ${generation}`)) this.freed.add(number);
  }

  private place(number: number, generation: number, place: Place): void {
    const key = `${number} ${generation}`;
    if (!this.places.has(key) && !this.freed.has(number) && this.places.size < OBJECTS) this.places.set(key, place);
  }
}

function integers(value: PdfObject | undefined): number[] | null {
  if (!Array.isArray(value)) return null;
  const found: number[] = [];
  for (const item of value) {
    const number = item instanceof PdfNumber ? item.integer : null;
    if (number === null || number < 0) return null;
    found.push(number);
  }
  return found;
}

/** Read the table that the end of a file names (ISO 32000-1, 7.5.5). */
export function readTable(bytes: Uint8Array, source: StreamSource): Table {
  const tail = bytes.subarray(Math.max(0, bytes.length - TAIL));
  const at = findLast(tail, "startxref");
  if (at < 0) throw new PdfFault("no startxref");
  const start = new ObjectReader(tail, at + "startxref".length).integer();
  if (start === null || start === 0) throw new PdfFault("a wrong startxref");
  return new TableReader(bytes, source).chain(start);
}

/** Read the chain of tables from a place on. */
export function readTableFrom(bytes: Uint8Array, source: StreamSource, start: number): Table {
  return new TableReader(bytes, source).chain(start);
}

const HEADER = /^[0-9]{1,10}$/;

interface Seen {
  places: Map<string, Place>;
  trailers: number[];
  startxref: number;
  lastObject: number;
}

/** What the lines of a file begin with: objects (of two with one number, the later), and trailers. */
function lines(bytes: Uint8Array, expired: () => void): Seen {
  const seen: Seen = { places: new Map(), trailers: [], startxref: -1, lastObject: -1 };
  const reader = new ObjectReader(bytes);
  for (let line = 0; reader.at < bytes.length; line++) {
    if (line % 4096 === 0) expired();
    reader.skip();
    const start = reader.at;
    const word = reader.word(11);
    const behind = reader.at;
    if (HEADER.test(word)) {
      const generation = reader.integer();
      if (generation !== null && reader.takes("obj") && Number(word) <= OBJECTS) {
        const key = `${Number(word)} ${generation}`;
        seen.places.set(key, { offset: start });
        seen.lastObject = start;
      }
    } else if (word === "trailer") seen.trailers.push(behind);
    else if (word === "startxref") seen.startxref = behind;
    reader.at = nextLine(bytes, Math.max(behind, start));
  }
  return seen;
}

function nextLine(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
  while (at < bytes.length && (bytes[at] === 10 || bytes[at] === 13)) at++;
  return Math.max(at, from + 1);
}

function objectOrNull(bytes: Uint8Array, at: number, source: StreamSource): PdfObject {
  try {
    const reader = new ObjectReader(bytes, at);
    const object = reader.object();
    if (reader.repeated) source.noteRepeated();
    return object;
  } catch (error) {
    if (error instanceof PdfFault) return null;
    throw error;
  }
}

/** Make the table anew from the bytes, where the file's own cannot be read. */
export function rebuildTable(bytes: Uint8Array, source: StreamSource, expired: () => void): Table {
  const seen = lines(bytes, expired);
  if (seen.startxref > seen.lastObject && seen.places.size > 0) {
    const start = new ObjectReader(bytes, seen.startxref).integer();
    try {
      if (start) return readTableFrom(bytes, source, start);
    } catch (error) {
      if (!(error instanceof PdfFault)) throw error;
    }
  }
  for (const at of seen.trailers.slice(-TRAILERS).reverse()) {
    const trailer = objectOrNull(bytes, at, source);
    if (trailer instanceof Map && trailer.has("Root")) return { places: seen.places, trailer };
  }
  return rebuiltFromStreams(bytes, source, seen.places) ?? catalogueIn(bytes, seen.places);
}

/** Where cross-reference streams stand, that of the most objects first, of two the later. */
function crossReferenceStreams(bytes: Uint8Array, source: StreamSource, places: Map<string, Place>): number[] {
  const found: { offset: number; size: number }[] = [];
  for (const place of places.values()) {
    if (!("offset" in place) || find(bytes, "/XRef", place.offset, place.offset + HEADER_BYTES) < 0) continue;
    try {
      const size = integers([source.streamAt(place.offset)?.dictionary.get("Size") ?? null])?.[0];
      if (size !== undefined) found.push({ offset: place.offset, size });
    } catch (error) {
      if (!(error instanceof PdfFault)) throw error;
    }
  }
  found.sort((one, other) => other.size - one.size || other.offset - one.offset);
  return found.map(({ offset }) => offset);
}

/** The table of the largest cross-reference stream, as far as it can be read, where no trailer stands in the file. */
function rebuiltFromStreams(bytes: Uint8Array, source: StreamSource, places: Map<string, Place>): Table | null {
  const [offset] = find(bytes, "/XRef") < 0 ? [] : crossReferenceStreams(bytes, source, places);
  if (offset === undefined) return null;
  const reader = new TableReader(bytes, source);
  try {
    reader.chain(offset);
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error;
  }
  for (const [key, place] of places) reader.places.set(key, place);
  return reader.newest && { places: reader.places, trailer: reader.newest };
}

/** A table without a trailer: the catalogue with the highest number is the root. */
function catalogueIn(bytes: Uint8Array, places: Map<string, Place>): Table {
  const keys = [...places.keys()].sort((one, other) => Number.parseInt(other, 10) - Number.parseInt(one, 10));
  for (const key of keys) {
    const place = places.get(key);
    if (!place || !("offset" in place)) continue;
    if (find(bytes, "/Catalog", place.offset, place.offset + 4096) < 0) continue;
    const [number = 0, generation = 0] = key.split(" ").map(Number);
    return { places, trailer: new Map([["Root", new PdfReference(number, generation)]]) };
  }
  throw new PdfFault("no trailer");
}
