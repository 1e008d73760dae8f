/**
 * Objects of a PDF (ISO 32000-1, 7.3), read so that nothing of their spelling is lost that the page digest needs:
 * numbers keep their digits, names and strings their bytes, dictionaries say whether a key stood twice.
 */

/** A number, as the file writes it. */
export class PdfNumber {
  readonly token: string;

  constructor(token: string) {
    this.token = token;
  }

  /** Its value, where it is an integer that a double holds. */
  get integer(): number | null {
    const value = /^[+-]?[0-9]+$/.test(this.token) ? Number(this.token) : Number.NaN;
    return Number.isSafeInteger(value) ? value : null;
  }
}

/** A name: its bytes as characters, without the slash, with #xx resolved. */
export class PdfName {
  readonly bytes: string;

  constructor(bytes: string) {
    this.bytes = bytes;
  }
}

/** A string, with its escapes resolved. */
export class PdfString {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** A reference to an indirect object. */
export class PdfReference {
  readonly key: string;

  constructor(number: number, generation: number) {
    this.key = `${number} ${generation}`;
  }
}

/** A dictionary: the bytes of each key as characters, without the slash, and the last value that stands under it. */
export type PdfDictionary = Map<string, PdfObject>;

export class PdfStream {
  readonly dictionary: PdfDictionary;
  readonly raw: Uint8Array;

  constructor(dictionary: PdfDictionary, raw: Uint8Array) {
    this.dictionary = dictionary;
    this.raw = raw;
  }
}

export type PdfObject =
  | null
  | boolean
  | PdfNumber
  | PdfName
  | PdfString
  | PdfReference
  | PdfObject[]
  | PdfDictionary
  | PdfStream;

/** Why a PDF cannot be read, or not any further. */
export class PdfFault extends Error {}

/** Containers within each other. An object that is deeper is null, as for qpdf, which bundles are written with. */
const LEVELS = 499;

const REGULAR = 0;
const SPACE = 1;
const DELIMITER = 2;
const SORTS = new Uint8Array(256);
for (const code of [0, 9, 10, 11, 12, 13, 32]) SORTS[code] = SPACE;
for (const character of "()<>[]{}/%") SORTS[character.charCodeAt(0)] = DELIMITER;

/** Characters of a word, and objects that one place of a file may hold: many more than bundles have. */
const WORD = 8_192;
const ITEMS = 2_000_000;
const NUMBER = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/;
const ESCAPED = /#([0-9A-Fa-f]{2})/g;
const INTEGER = /^[0-9]{1,10}$/;

function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** Signs that close containers, or words that are no objects. */
type Stop = { stop: string };

/** Reads objects from bytes at a place that can be moved. */
export class ObjectReader {
  readonly bytes: Uint8Array;
  at: number;
  /** Whether a dictionary had a key twice. */
  repeated = false;
  private items = 0;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Go over white space and comments. */
  skip(): void {
    const { bytes } = this;
    while (this.at < bytes.length) {
      const code = bytes[this.at] ?? 0;
      if (code === 37) {
        while (this.at < bytes.length && bytes[this.at] !== 10 && bytes[this.at] !== 13) this.at++;
      } else if (SORTS[code] !== SPACE) {
        return;
      } else {
        this.at++;
      }
    }
  }

  /** A run of regular characters from here on, at most so long. A longer one than any file has is refused. */
  word(most = Infinity): string {
    const start = this.at;
    const end = Math.min(this.bytes.length, start + Math.min(most, WORD + 1));
    while (this.at < end && SORTS[this.bytes[this.at] ?? 0] === REGULAR) this.at++;
    if (this.at - start > WORD) throw new PdfFault("a word without an end");
    return String.fromCharCode(...this.bytes.subarray(start, this.at));
  }

  /** Go over white space and then over a word, if it is the next one. */
  takes(word: string): boolean {
    this.skip();
    const start = this.at;
    if (this.word(word.length + 1) === word) return true;
    this.at = start;
    return false;
  }

  /** A non-negative integer, or null, after white space. */
  integer(): number | null {
    this.skip();
    const word = this.word(20);
    return /^[0-9]{1,15}$/.test(word) ? Number(word) : null;
  }

  /** The object that begins here; a reference is none, except within a container. */
  object(): PdfObject {
    const found = this.item(0, false);
    return isStop(found) ? null : found;
  }

  private item(level: number, within: boolean): PdfObject | Stop {
    if (++this.items > ITEMS) throw new PdfFault("too many objects in one place");
    this.skip();
    const code = this.bytes[this.at];
    if (code === undefined) return { stop: "" };
    if (code === 47) return new PdfName(this.name());
    if (code === 40) return new PdfString(this.literal());
    if (code === 91) return this.array(level + 1);
    if (code === 60) return this.bytes[this.at + 1] === 60 ? this.dictionary(level + 1) : this.hexadecimal();
    if (code === 93 || code === 123 || code === 125 || code === 41) {
      this.at++;
      return code === 93 ? { stop: "]" } : null;
    }
    if (code === 62) {
      const closes = this.bytes[this.at + 1] === 62;
      this.at += closes ? 2 : 1;
      return closes ? { stop: ">>" } : null;
    }
    return this.scalar(within);
  }

  private scalar(within: boolean): PdfObject | Stop {
    const start = this.at;
    const word = this.word();
    if (NUMBER.test(word)) return (within && INTEGER.test(word) && this.reference(word)) || new PdfNumber(word);
    if (word === "true" || word === "false") return word === "true";
    if (word === "null") return null;
    if (word === "endobj" || word === "endstream" || word === "obj" || word === "stream") {
      this.at = start;
      return { stop: "" };
    }
    // A word that is no object stands for a string, as for qpdf, which bundles are written with.
    return new PdfString(Uint8Array.from(word, (character) => character.charCodeAt(0)));
  }

  private reference(number: string): PdfReference | null {
    const start = this.at;
    this.skip();
    const generation = this.word(6);
    if (/^[0-9]{1,5}$/.test(generation)) {
      this.skip();
      if (this.word(2) === "R") return new PdfReference(Number(number), Number(generation));
    }
    this.at = start;
    return null;
  }

  private name(): string {
    this.at++;
    const written = this.word();
    if (!written.includes("#")) return written;
    return written.replace(ESCAPED, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  }

  private array(level: number): PdfObject {
    this.at++;
    if (level > LEVELS) throw new PdfFault("too deep");
    const items: PdfObject[] = [];
    for (;;) {
      const item = this.item(level, true);
      if (!isStop(item)) items.push(item);
      else if (item.stop === "]") return items;
      else if (item.stop === "") throw new PdfFault("an array without its end");
      else items.push(null);
    }
  }

  private dictionary(level: number): PdfDictionary {
    this.at += 2;
    if (level > LEVELS) throw new PdfFault("too deep");
    const found: PdfDictionary = new Map();
    let strays = 0;
    for (;;) {
      const key = this.item(level, true);
      if (isEnd(key)) return found;
      if (!(key instanceof PdfName)) {
        // Something without a key is kept under one that no file has, so that it is not overlooked.
        found.set(`\u0100${++strays}`, isStop(key) ? null : key);
        continue;
      }
      const value = this.item(level, true);
      if (found.has(key.bytes)) this.repeated = true;
      if (isEnd(value)) return found.set(key.bytes, null);
      found.set(key.bytes, isStop(value) ? null : value);
    }
  }

  private literal(): Uint8Array {
    const { bytes } = this;
    const start = ++this.at;
    let depth = 1;
    let end = start;
    for (; end < bytes.length; end++) {
      const code = bytes[end];
      if (code === 92) end++;
      else if (code === 40) depth++;
      else if (code === 41 && --depth === 0) break;
    }
    if (depth > 0 || end >= bytes.length) throw new PdfFault("a string without its end");
    this.at = end + 1;
    return unescaped(bytes.subarray(start, end));
  }

  private hexadecimal(): PdfObject {
    const end = this.bytes.indexOf(62, this.at);
    if (end < 0) throw new PdfFault("a string without its end");
    const found = new Uint8Array((end - this.at) >> 1);
    let digits = 0;
    let wrong = false;
    for (let at = this.at + 1; at < end; at++) {
      const code = this.bytes[at] ?? 0;
      if (SORTS[code] === SPACE) continue;
      const value = hexValue(code);
      if (value < 0) wrong = true;
      const place = digits >> 1;
      found[place] = (found[place] ?? 0) | (digits % 2 ? value : value << 4);
      digits++;
    }
    this.at = end + 1;
    return wrong ? null : new PdfString(found.subarray(0, (digits + 1) >> 1));
  }
}

function isStop(item: PdfObject | Stop): item is Stop {
  return item !== null && typeof item === "object" && "stop" in item;
}

/** Whether a dictionary ends here; a dictionary without its end is none. */
function isEnd(item: PdfObject | Stop): item is Stop {
  if (!isStop(item)) return false;
  if (item.stop === "") throw new PdfFault("a dictionary without its end");
  return item.stop === ">>";
}

const ESCAPES: Record<number, number> = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12 };

/** The bytes that a literal string means (ISO 32000-1, 7.3.4.2). */
function unescaped(written: Uint8Array): Uint8Array {
  const found = new Uint8Array(written.length);
  let length = 0;
  for (let at = 0; at < written.length; at++) {
    let code = written[at] ?? 0;
    if (code === 13) {
      if (written[at + 1] === 10) at++;
      code = 10;
    } else if (code === 92) {
      const sort = written[++at] ?? 0;
      if (sort === 10) continue;
      if (sort === 13) {
        if (written[at + 1] === 10) at++;
        continue;
      }
      code = ESCAPES[sort] ?? sort;
      if (sort >= 48 && sort <= 55) {
        code = sort - 48;
        for (let more = 0; more < 2 && isOctal(written[at + 1]); more++) code = code * 8 + (written[++at] ?? 0) - 48;
      }
    }
    found[length++] = code;
  }
  return found.subarray(0, length);
}

function isOctal(code: number | undefined): boolean {
  return code !== undefined && code >= 48 && code <= 55;
}
