/**
 * Stamp updates at the end of a file (bundle.md, section 8). Each can be spelled in one way only. It is found by its own
 * table, and then gone through from its beginning and compared with what must stand there: no copy of it is made.
 */

import { latin1 } from "./encodings.ts";
import { findLast } from "./pdf_bytes.ts";
import { PdfFile } from "./pdf_file.ts";
import { type PdfDictionary, PdfFault, PdfNumber, type PdfObject, PdfReference, PdfString } from "./pdf_objects.ts";

/** One stamp update, as it stands in its file. */
export interface StampUpdate {
  start: number;
  end: number;
  /** The gap, which the stamp does not cover. */
  before: number;
  after: number;
  /** In DER, as far as anybody knows: whether they are certificates is not judged here. */
  certificates: Uint8Array[];
  /** The TimeStampToken. */
  token: Uint8Array;
}

const UPDATES = 32;
const OF_ONE_SORT = 64;
/** Digits in the gap. */
const DIGITS = 32_768;
const RANGE_LINE = 60;
/** More than the longest line of references to certificates. */
const STORE_LINE = 65_536;
const TAIL = 40;
const TABLE_HEAD = 200;

const LAST_LINES = /startxref\n([0-9]{1,10})\n%%EOF\n$/;
const TABLE = /^xref\n(?:[0-9]+ 1\n[0-9]{10} 00000 n \n){2}[0-9]+ [0-9]+\n([0-9]{10}) 00000 n \n/;
const NUMBERED = /^\/T \(TimeStamp([1-9][0-9]?)\)/;

/** The bytes are not what must stand there, or the file has no place for a stamp. */
class Differs extends Error {}

/** What the next update is spelled from. */
interface Base {
  size: number;
  /** Where the table before it stands. */
  previous: number;
  /** What the trailer says of the file, in the words of an update. */
  trailer: string;
  form: number;
  store: number;
  fields: number[];
  certificates: number[];
  lists: number[];
  /** How many updates stand before it. */
  count: number;
}

function demand(holds: boolean): void {
  if (!holds) throw new Differs();
}

/** The number in a reference of generation 0 to something that there is. */
function referenced(file: PdfFile, object: PdfObject | undefined): number {
  const [number = 0, generation] = object instanceof PdfReference ? object.key.split(" ").map(Number) : [];
  demand(number > 0 && generation === 0 && file.resolve(object) !== null);
  return number;
}

function listed(numbers: number[]): string {
  return `[ ${numbers.map((number) => `${number} 0 R `).join("")}]`;
}

function upperHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join("");
}

function trailerOf(file: PdfFile): string {
  const ids = (file.list(file.trailer, "ID") ?? []).map((each) => file.resolve(each));
  const spelled = ids.map((each) => (each instanceof PdfString ? `<${upperHex(each.bytes)}> ` : ""));
  demand(spelled.length === 2 && spelled.every(Boolean));
  const { trailer } = file;
  const [info, root] = [referenced(file, trailer.get("Info")), referenced(file, trailer.get("Root"))];
  return `/ID [ ${spelled.join("")}] /Info ${info} 0 R /Root ${root} 0 R`;
}

/** The number of the store, which must have nothing in it yet. */
function storeOf(file: PdfFile): number {
  const store = file.dictionary(file.catalogue, "DSS") ?? new Map();
  const keys = [...store.keys()].filter((key) => file.has(store, key));
  demand(keys.length === 1 && keys[0] === "Type");
  return referenced(file, file.catalogue.get("DSS"));
}

/** What the first update behind a file is spelled from. */
function baseOf(bytes: Uint8Array, expired: () => void): Base {
  const previous = LAST_LINES.exec(lastBytes(bytes, bytes.length));
  demand(previous !== null && previous.input[previous.index - 1] === "\n");
  const file = new PdfFile(bytes, expired);
  const form: PdfDictionary = file.dictionary(file.catalogue, "AcroForm") ?? new Map();
  const size = file.value(file.trailer, "Size");
  const fields = file.list(form, "Fields");
  const first = (size instanceof PdfNumber && size.integer) || 0;
  demand(first > 0 && fields !== null && fields.every((each) => file.resolve(each) instanceof Map));
  const numbers = (fields ?? []).map((each) => referenced(file, each));
  const [list, store] = [referenced(file, form.get("Fields")), storeOf(file)];
  const named = ["Info", "Root"].map((key) => referenced(file, file.trailer.get(key)));
  demand(Math.max(list, store, ...numbers, ...named) < first);
  return {
    size: first,
    previous: Number(previous?.[1]),
    trailer: trailerOf(file),
    form: list,
    store,
    fields: numbers,
    certificates: [],
    lists: [],
    count: 0,
  };
}

/** Goes over an update, and notes where its objects begin. */
class Spelled {
  at: number;
  readonly bytes: Uint8Array;
  private readonly places = new Map<number, number>();

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Whether a text stands here. */
  stands(text: string): boolean {
    for (let place = 0; place < text.length; place++) {
      if (this.bytes[this.at + place] !== text.charCodeAt(place)) return false;
    }
    return true;
  }

  /** Go over a text that must stand here. */
  text(wanted: string): void {
    demand(this.stands(wanted));
    this.at += wanted.length;
  }

  begin(number: number): void {
    this.places.set(number, this.at);
    this.text(`${number} 0 obj\n`);
  }

  object(number: number, body: string): void {
    this.begin(number);
    this.text(`${body}\nendobj\n`);
  }

  entry(number: number): string {
    return `${`${this.places.get(number) ?? 0}`.padStart(10, "0")} 00000 n \n`;
  }

  /** Go over a number in its one spelling. */
  decimal(): number {
    const word = /^[1-9][0-9]{0,9}/.exec(latin1(this.bytes.subarray(this.at, this.at + 11)))?.[0] ?? "";
    this.text(word || "0");
    return Number(word);
  }

  /** Go over so many digits of upper-case hexadecimal. */
  digits(count: number): Uint8Array {
    const found = this.bytes.subarray(this.at, this.at + count);
    demand(count % 2 === 0 && found.length === count && found.every(isUpperDigit));
    this.at += count;
    return found;
  }
}

function isUpperDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70);
}

/** The bytes that upper-case hexadecimal means. */
function unhex(digits: Uint8Array): Uint8Array {
  const value = (code = 48): number => (code < 58 ? code - 48 : code - 55);
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) => value(digits[2 * at]) * 16 + value(digits[2 * at + 1]));
}

/** The digits of the certificates and then of the lists, which stand at the beginning. */
function streamsOf(spelled: Spelled, first: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  const head = "<< /Filter /ASCIIHexDecode /Length ";
  while (found.length <= 2 * OF_ONE_SORT && spelled.stands(`${first + found.length} 0 obj\n${head}`)) {
    spelled.begin(first + found.length);
    spelled.text(head);
    const length = spelled.decimal();
    spelled.text(" >>\nstream\n");
    found.push(spelled.digits(length - 1));
    spelled.text(">\nendstream\nendobj\n");
  }
  return found;
}

/** How many certificates the store here lists beyond those before. */
function newCertificates(spelled: Spelled, before: number): number {
  const line = latin1(spelled.bytes.subarray(spelled.at, spelled.at + STORE_LINE));
  return line.slice(0, line.indexOf("]") + 1).split("R").length - 1 - before;
}

/** Go over list of fields, store and field, and let the base name what is new. Returns how many certificates are new. */
function goOver(spelled: Spelled, base: Base, streams: number): number {
  const field = base.size + streams;
  base.fields.push(field);
  spelled.object(base.form, listed(base.fields));
  spelled.begin(base.store);
  const certificates = newCertificates(spelled, base.certificates.length);
  const lists = streams - certificates;
  demand(certificates >= 1 && certificates <= OF_ONE_SORT && lists >= 0 && lists <= OF_ONE_SORT);
  for (let number = base.size; number < field; number++) {
    (number < base.size + certificates ? base.certificates : base.lists).push(number);
  }
  spelled.text(`<< /Certs ${listed(base.certificates)} /CRLs ${listed(base.lists)} /Type /DSS >>\nendobj\n`);
  const named = `/TU (Time stamp over the whole file) /T (TimeStamp${++base.count})`;
  const sort = "/Type /Annot /Subtype /Widget /FT /Sig /F 132 /Rect [ 0 0 0 0 ]";
  spelled.object(field, `<< ${sort} ${named} /V ${field + 1} 0 R >>`);
  return certificates;
}

/** The token in the gap, with nothing but zeroes behind it. */
function tokenOf(digits: Uint8Array): Uint8Array {
  const bytes = unhex(digits);
  const length = 4 + 256 * (bytes[2] ?? 0) + (bytes[3] ?? 0);
  demand(bytes[0] === 0x30 && bytes[1] === 0x82 && length >= 260 && length <= bytes.length);
  demand(bytes.subarray(length).every((byte) => byte === 0));
  return bytes.subarray(0, length);
}

function tableOf(spelled: Spelled, base: Base, next: number): string {
  const ofOld = [base.form, base.store].sort((one, other) => one - other);
  const old = ofOld.map((number) => `${number} 1\n${spelled.entry(number)}`);
  const entries: string[] = [];
  for (let number = base.size; number < next; number++) entries.push(spelled.entry(number));
  return `xref\n${old.join("")}${base.size} ${entries.length}\n${entries.join("")}`;
}

/** Go over the stamp and the table. Returns the gap and the token, and lets the base be that of the next update. */
function goOverStamp(spelled: Spelled, base: Base, stamp: number): Pick<StampUpdate, "before" | "after" | "token"> {
  spelled.begin(stamp);
  spelled.text("<< /Type /DocTimeStamp /Filter /Adobe.PPKLite\n/SubFilter /ETSI.RFC3161\n/Contents ");
  const before = spelled.at;
  spelled.text("<");
  const token = tokenOf(spelled.digits(DIGITS));
  spelled.text(">");
  const after = spelled.at;
  const xref = after + RANGE_LINE + "\n\n>>\nendobj\n".length;
  const size = stamp + 1;
  const trailer = `trailer\n<< ${base.trailer} /Prev ${base.previous} /Size ${size} >>\nstartxref\n${xref}\n%%EOF\n`;
  const table = tableOf(spelled, base, size) + trailer;
  const range = `/ByteRange [0 ${before} ${after} ${xref + table.length - after}]`;
  spelled.text(`\n${range.padEnd(RANGE_LINE)}\n>>\nendobj\n${table}`);
  base.size = size;
  base.previous = xref;
  return { before, after, token };
}

function updateAt(bytes: Uint8Array, start: number, base: Base): StampUpdate {
  const spelled = new Spelled(bytes, start);
  const streams = streamsOf(spelled, base.size);
  const stamp = base.size + streams.length + 1;
  const certificates = streams.slice(0, goOver(spelled, base, streams.length)).map(unhex);
  return { start, ...goOverStamp(spelled, base, stamp), end: spelled.at, certificates };
}

function lastBytes(bytes: Uint8Array, end: number): string {
  return latin1(bytes.subarray(Math.max(0, end - TAIL), end));
}

/** Where an update that ends there begins, by its own table. */
function beginningOf(bytes: Uint8Array, end: number): number {
  const xref = Number(LAST_LINES.exec(lastBytes(bytes, end))?.[1] ?? end);
  const start = Number(TABLE.exec(latin1(bytes.subarray(xref, Math.min(xref + TABLE_HEAD, end))))?.[1] ?? end);
  demand(start < end);
  return start;
}

/** The number in the last update, of which as many stand behind the file. */
function countOf(bytes: Uint8Array, start: number): number {
  const at = findLast(bytes, "/T (TimeStamp");
  const count = at < start ? 0 : Number(NUMBERED.exec(latin1(bytes.subarray(at, at + 16)))?.[1] ?? 0);
  demand(count >= 1 && count <= UPDATES);
  return count;
}

function updatesAtEnd(bytes: Uint8Array, expired: () => void): StampUpdate[] {
  let start = beginningOf(bytes, bytes.length);
  const count = countOf(bytes, start);
  for (let more = 1; more < count; more++) start = beginningOf(bytes, start);
  const base = baseOf(bytes.subarray(0, start), expired);
  const found: StampUpdate[] = [];
  for (let at = start; found.length < count; at = found.at(-1)?.end ?? 0) found.push(updateAt(bytes, at, base));
  demand(found.at(-1)?.end === bytes.length);
  return found;
}

/** The stamp updates at the end of a file, from the first to the last; none where the end is not spelled as they are. */
export function stampUpdates(bytes: Uint8Array, expired: () => void): StampUpdate[] {
  try {
    return updatesAtEnd(bytes, expired);
  } catch (error) {
    if (error instanceof Differs || error instanceof PdfFault) return [];
    throw error;
  }
}
