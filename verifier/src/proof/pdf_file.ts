/** A PDF: its objects by their numbers, its streams, its catalogue (ISO 32000-1, 7.5). */

import type { Pace } from "./pace.ts";
import { find } from "./pdf_bytes.ts";
import { DECODED, decode, decodeInTurns, type Parameters } from "./pdf_filters.ts";
import {
  ObjectReader,
  type PdfDictionary,
  PdfFault,
  PdfName,
  PdfNumber,
  type PdfObject,
  PdfReference,
  PdfStream,
} from "./pdf_objects.ts";
import { readTable, rebuildTable, type Table } from "./pdf_table.ts";

const HEADER_WITHIN = 1024;
const FILTERS = 64;
const OBJECT_STREAM = 64 * 1024 * 1024;

export class PdfFile {
  /** Whether a dictionary that was read has a key twice (bundle.md, section 6, `one reading`). */
  repeated = false;
  private readonly bytes: Uint8Array;
  private readonly expired: () => void;
  private readonly known = new Map<string, PdfObject>();
  private readonly opening = new Set<string>();
  private readonly opened = new Set<number>();
  private table: Table = { places: new Map(), trailer: new Map() };
  private rebuilt = false;

  constructor(file: Uint8Array, expired: () => void) {
    const header = find(file, "%PDF-", 0, HEADER_WITHIN + 5);
    this.bytes = file.subarray(Math.max(0, header));
    this.expired = expired;
    try {
      this.table = readTable(this.bytes, this);
    } catch (error) {
      if (!(error instanceof PdfFault)) throw error;
      this.rebuild();
    }
    // What was looked up before there was a table was not found.
    this.known.clear();
    if (this.table.trailer.has("Encrypt")) throw new PdfFault("encrypted");
    if (!(this.resolve(this.catalogue.get("Pages")) instanceof Map)) throw new PdfFault("no pages");
  }

  /** Take note that a dictionary which belongs to the table has a key twice. */
  noteRepeated(): void {
    this.repeated = true;
  }

  private rebuild(): void {
    if (this.rebuilt) throw new PdfFault("a table that cannot be made anew");
    this.rebuilt = true;
    this.table = rebuildTable(this.bytes, this, this.expired);
  }

  /** The trailer: the newest that there is. */
  get trailer(): PdfDictionary {
    return this.table.trailer;
  }

  /** The catalogue. */
  get catalogue(): PdfDictionary {
    const root = this.resolve(this.table.trailer.get("Root"));
    if (!(root instanceof Map)) throw new PdfFault("no catalogue");
    return root;
  }

  /** What an object is, behind its reference; null where the file has no such object. */
  resolve(object: PdfObject | undefined): PdfObject {
    return object instanceof PdfReference ? this.get(object.key) : (object ?? null);
  }

  /** The value of a key, behind its reference. */
  value(dictionary: PdfDictionary, key: string): PdfObject {
    return this.resolve(dictionary.get(key));
  }

  /** A dictionary under a key, or null. */
  dictionary(dictionary: PdfDictionary, key: string): PdfDictionary | null {
    const value = this.value(dictionary, key);
    return value instanceof Map ? value : null;
  }

  /** A list under a key, or null. */
  list(dictionary: PdfDictionary, key: string): PdfObject[] | null {
    const value = this.value(dictionary, key);
    return Array.isArray(value) ? value : null;
  }

  /** The bytes of a name under a key, or null. */
  name(dictionary: PdfDictionary, key: string): string | null {
    const value = this.value(dictionary, key);
    return value instanceof PdfName ? value.bytes : null;
  }

  /** Whether a dictionary has a key whose value is not null (ISO 32000-1, 7.3.7). */
  has(dictionary: PdfDictionary, key: string): boolean {
    return this.value(dictionary, key) !== null;
  }

  private get(key: string): PdfObject {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.opening.has(key)) return null;
    this.opening.add(key);
    let found = this.read(key);
    if (found === undefined && !this.rebuilt) {
      this.rebuildLate();
      found = this.read(key);
    }
    this.opening.delete(key);
    this.known.set(key, found ?? null);
    return found ?? null;
  }

  /** A table that leads to another object than it says is made anew, once. */
  private rebuildLate(): void {
    const { table } = this;
    try {
      this.rebuild();
      for (const [key, place] of table.places) {
        if ("within" in place && !this.table.places.has(key)) this.table.places.set(key, place);
      }
      if (!this.table.trailer.has("Root")) this.table.trailer = table.trailer;
    } catch (error) {
      if (!(error instanceof PdfFault)) throw error;
      this.table = table;
    }
  }

  /** The object with a number, null where there is none, or undefined where the table is wrong about it. */
  private read(key: string): PdfObject | undefined {
    this.expired();
    const place = this.table.places.get(key);
    if (place === undefined) return null;
    if ("within" in place) return this.fromObjectStream(place.within, key);
    if (place.offset === 0) return null;
    const [number, generation] = key.split(" ").map(Number);
    const reader = this.headed(place.offset);
    if (reader === null || reader.number !== number || reader.generation !== generation) return undefined;
    try {
      return this.objectAt(reader.reader);
    } catch (error) {
      if (error instanceof PdfFault) return null;
      throw error;
    }
  }

  private headed(offset: number): { reader: ObjectReader; number: number; generation: number } | null {
    const reader = new ObjectReader(this.bytes, offset);
    const number = reader.integer();
    const generation = reader.integer();
    if (number === null || generation === null || !reader.takes("obj")) return null;
    return { reader, number, generation };
  }

  private objectAt(reader: ObjectReader): PdfObject {
    const object = reader.object();
    this.repeated ||= reader.repeated;
    if (!(object instanceof Map) || !reader.takes("stream")) return object;
    return new PdfStream(object, this.rawStream(reader, object));
  }

  private rawStream(reader: ObjectReader, dictionary: PdfDictionary): Uint8Array {
    const { bytes } = this;
    let start = reader.at;
    while (bytes[start] === 32 || bytes[start] === 9) start++;
    if (bytes[start] === 13) start++;
    if (bytes[start] === 10) start++;
    const length = this.value(dictionary, "Length");
    const count = length instanceof PdfNumber ? length.integer : null;
    if (count !== null && count >= 0 && start + count <= bytes.length) {
      const end = new ObjectReader(bytes, start + count);
      if (end.takes("endstream")) return bytes.subarray(start, start + count);
    }
    const stream = find(bytes, "endstream", start);
    const object = find(bytes, "endobj", start, stream < 0 ? bytes.length : stream);
    const end = object < 0 ? stream : object;
    return bytes.subarray(start, Math.max(start, end));
  }

  /** Put the objects of an object stream beside the others, and return one of them. */
  private fromObjectStream(within: number, key: string): PdfObject {
    if (!this.opened.has(within)) {
      this.opened.add(within);
      try {
        this.openObjectStream(within);
      } catch (error) {
        if (!(error instanceof PdfFault)) throw error;
      }
    }
    return this.known.get(key) ?? null;
  }

  private openObjectStream(within: number): void {
    const stream = this.get(`${within} 0`);
    if (!(stream instanceof PdfStream)) return;
    const count = this.integer(stream.dictionary, "N");
    const first = this.integer(stream.dictionary, "First");
    const data = this.decoded(stream);
    const header = new ObjectReader(data.subarray(0, first));
    for (let at = 0; at < count; at++) {
      const number = header.integer();
      const offset = header.integer();
      if (number === null || offset === null) return;
      const key = `${number} 0`;
      const place = this.table.places.get(key);
      if (!place || !("within" in place) || place.within !== within || this.known.has(key)) continue;
      const reader = new ObjectReader(data, first + offset);
      this.known.set(key, reader.object());
      this.repeated ||= reader.repeated;
    }
  }

  private integer(dictionary: PdfDictionary, key: string): number {
    const value = this.value(dictionary, key);
    const integer = value instanceof PdfNumber ? value.integer : null;
    if (integer === null || integer < 0) throw new PdfFault(`no /${key}`);
    return integer;
  }

  /** The stream at an offset, decoded: a cross-reference stream, before there is a table. */
  streamAt(offset: number): { dictionary: PdfDictionary; data: Uint8Array } | null {
    const header = offset < 0 ? null : this.headed(offset);
    const stream = header && this.objectAt(header.reader);
    return stream instanceof PdfStream ? { dictionary: stream.dictionary, data: this.decoded(stream) } : null;
  }

  /** The names of a stream's filters, or null where they are no names. */
  filters(stream: PdfStream): string[] | null {
    const filter = this.value(stream.dictionary, "Filter");
    if (filter === null) return [];
    const list = Array.isArray(filter) ? filter : [filter];
    if (list.length > FILTERS) return null;
    const names = list.map((item) => this.resolve(item));
    return names.every((name) => name instanceof PdfName) ? names.map((name) => name.bytes) : null;
  }

  /** Whether a stream has only filters that bundle.md, section 4, decodes. */
  isDecoded(stream: PdfStream): boolean {
    return this.filters(stream)?.every((name) => DECODED.has(name)) ?? false;
  }

  /** The filters of a stream in their order, with what /DecodeParms says to each. */
  private steps(stream: PdfStream): { filter: string; parameters: Parameters }[] {
    const filters = this.filters(stream);
    if (filters === null) throw new PdfFault("filters that are no names");
    const given = this.value(stream.dictionary, "DecodeParms");
    return filters.map((filter, at) => {
      const own = Array.isArray(given) ? this.resolve(given[at]) : at === 0 ? given : null;
      return { filter, parameters: this.parameters(own) };
    });
  }

  /** The data of a stream that holds objects or a table, behind its filters: never as much as drawings and pictures may have. */
  decoded(stream: PdfStream, most = OBJECT_STREAM): Uint8Array {
    let data = stream.raw;
    for (const { filter, parameters } of this.steps(stream)) data = decode(filter, data, parameters, this.expired, most);
    if (data.length > most) throw new PdfFault("a stream of objects that is too large");
    return data;
  }

  /** The same, with turns of others in between. */
  async decodedInTurns(stream: PdfStream, pace: Pace): Promise<Uint8Array> {
    let data = stream.raw;
    for (const { filter, parameters } of this.steps(stream)) data = await decodeInTurns(filter, data, parameters, pace);
    return data;
  }

  private parameters(given: PdfObject): Parameters {
    const found: Parameters = new Map();
    if (!(given instanceof Map)) return found;
    for (const key of given.keys()) {
      const value = this.value(given, key);
      const integer = value instanceof PdfNumber ? value.integer : null;
      if (integer !== null) found.set(key, integer);
    }
    return found;
  }
}
