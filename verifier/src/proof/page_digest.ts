/** The digest of a page (bundle.md, section 4). */

import { base64, fromUtf8, joined, utf8 } from "./encodings.ts";
import { sha256, sha256Large, startSha256 } from "./hashing.ts";
import type { Pace } from "./pace.ts";
import type { PdfFile } from "./pdf_file.ts";
import {
  type PdfDictionary,
  PdfFault,
  PdfName,
  PdfNumber,
  type PdfObject,
  PdfReference,
  PdfStream,
  PdfString,
} from "./pdf_objects.ts";

const INHERITED = ["MediaBox", "CropBox", "Rotate", "UserUnit", "Group", "Resources"];
const DEPTH = 200;
const PARENTS = 199;
const DIGITS = 1000;
const DECIMALS = 5;
/** Bytes of a page's content, all its streams together. */
const PAGE_CONTENT = 1024 * 1024 * 1024;
const LF = Uint8Array.of(10);
const NOTHING = new Uint8Array();

class TooDeep extends PdfFault {}

/** The digits of a number, cut to five decimals and rounded half to even. */
function rounded(whole: string, decimals: string): { digits: bigint; places: number } {
  if (decimals.length <= DECIMALS) return { digits: BigInt(whole + decimals || "0"), places: decimals.length };
  let digits = BigInt(whole + decimals.slice(0, DECIMALS) || "0");
  const rest = decimals.slice(DECIMALS);
  const first = rest.charAt(0);
  const above = first > "5" || (first === "5" && /[1-9]/.test(rest.slice(1)));
  const half = first === "5" && !above;
  if (above || (half && digits % 2n === 1n)) digits += 1n;
  return { digits, places: DECIMALS };
}

/** The decimal of a number of a file (bundle.md, section 4, `number`); numbers of more than 1,000 digits have none. */
export function decimalOf(token: string): string {
  const negative = token.startsWith("-");
  const [whole = "", decimals = ""] = token.replace(/^[+-]/, "").split(".");
  if ((whole + decimals).replace(/^0+/, "").length > DIGITS) throw new PdfFault("a number of too many digits");
  const { digits, places } = rounded(whole.replace(/^0+/, ""), decimals);
  if (digits === 0n) return "0";
  const text = digits.toString().padStart(places + 1, "0");
  const point = text.length - places;
  const fraction = text.slice(point).replace(/0+$/, "");
  return `${negative ? "-" : ""}${text.slice(0, point)}${fraction ? `.${fraction}` : ""}`;
}

function spellName(name: string): Uint8Array {
  const bytes = Uint8Array.from(name, (character) => character.charCodeAt(0));
  if (fromUtf8(bytes) === null) throw new PdfFault("a name that is no UTF-8");
  return joined(utf8(`N${bytes.length}:`), bytes);
}

/** Spells the objects of one file; what was spelled before is remembered by its reference. */
export class PageDigests {
  private readonly file: PdfFile;
  private readonly pace: Pace;
  private readonly known = new Map<string, Uint8Array>();
  /** References that have no spelling, wherever they stand, and those that have none from a depth on. */
  private readonly unspelled = new Map<string, number>();
  private readonly open = new Set<string>();

  constructor(file: PdfFile, pace: Pace) {
    this.file = file;
    this.pace = pace;
  }

  /** The digest of a page in base64, or null where it has none. */
  async of(page: PdfDictionary): Promise<string | null> {
    try {
      const content = await this.content(page);
      const parts: Uint8Array[] = [utf8("page\n")];
      const nodes = this.withParents(page);
      for (const key of INHERITED) {
        const node = nodes.find((each) => this.file.has(each, key));
        const value = node?.get(key);
        if (value !== undefined) parts.push(spellName(key), await this.spell(value, 0));
      }
      return base64(await sha256Large(joined(...parts, content)));
    } catch (error) {
      if (error instanceof PdfFault || error instanceof RangeError) return null;
      throw error;
    } finally {
      this.open.clear();
    }
  }

  private withParents(page: PdfDictionary): PdfDictionary[] {
    const nodes = [page];
    for (let node = this.file.value(page, "Parent"); node !== null; node = this.file.value(node, "Parent")) {
      if (!(node instanceof Map)) throw new PdfFault("a parent that is no dictionary");
      if (nodes.length > PARENTS) throw new PdfFault("too many parents");
      nodes.push(node);
    }
    return nodes;
  }

  private async content(page: PdfDictionary): Promise<Uint8Array> {
    const contents = this.file.value(page, "Contents");
    const streams = Array.isArray(contents) ? contents.map((item) => this.file.resolve(item)) : [contents];
    if (contents === null || streams.length === 0) return sha256Large(NOTHING);
    const [only] = streams;
    if (streams.length === 1 && only instanceof PdfStream) return sha256Large(await this.file.decodedInTurns(only, this.pace));
    // Hashed as they come: a page may name one large stream many times.
    const hash = startSha256();
    let total = 0;
    for (const [at, stream] of streams.entries()) {
      if (!(stream instanceof PdfStream)) throw new PdfFault("content that is no stream");
      if (at > 0) hash.update(LF);
      const part = await this.file.decodedInTurns(stream, this.pace);
      total += part.length;
      if (total > PAGE_CONTENT) throw new PdfFault("more content than a page has");
      hash.update(part);
      await this.pace.turn();
    }
    return hash.digest();
  }

  /** Spell an object at a depth. */
  private async spell(object: PdfObject, depth: number): Promise<Uint8Array> {
    if (depth > DEPTH) throw new TooDeep("too deep");
    if (object === null) return utf8("n");
    if (typeof object === "boolean") return utf8(object ? "t" : "f");
    if (object instanceof PdfNumber) return utf8(`D${decimalOf(object.token)};`);
    if (object instanceof PdfName) return spellName(object.bytes);
    if (object instanceof PdfString) return joined(utf8(`S${object.bytes.length}:`), object.bytes);
    if (object instanceof PdfReference) return this.spellReference(object, depth);
    if (object instanceof PdfStream) return this.spellStream(object, depth);
    if (object instanceof Map) return this.spellDictionary(object, depth, []);
    const parts = [utf8("[")];
    for (const item of object) parts.push(await this.spell(item, depth + 1));
    return joined(...parts, utf8("]"));
  }

  private async spellDictionary(dictionary: PdfDictionary, depth: number, without: string[]): Promise<Uint8Array> {
    const parts = [utf8("<")];
    for (const key of [...dictionary.keys()].sort()) {
      const value = dictionary.get(key);
      if (value === undefined || !this.file.has(dictionary, key) || without.includes(key)) continue;
      if (key.startsWith("\u0100")) throw new PdfFault("a value without a key");
      parts.push(spellName(key), await this.spell(value, depth + 1));
    }
    return joined(...parts, utf8(">"));
  }

  private async spellStream(stream: PdfStream, depth: number): Promise<Uint8Array> {
    const decoded = this.file.isDecoded(stream);
    const without = decoded ? ["Length", "Filter", "DecodeParms"] : ["Length"];
    const dictionary = await this.spellDictionary(stream.dictionary, depth, without);
    const data = decoded ? await this.file.decodedInTurns(stream, this.pace) : stream.raw;
    return joined(utf8("B"), dictionary, await sha256Large(data));
  }

  private async spellReference(reference: PdfReference, depth: number): Promise<Uint8Array> {
    const { key } = reference;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const object = this.file.resolve(reference);
    if (object === null || typeof object === "boolean" || object instanceof PdfNumber) return this.spell(object, depth);
    if (this.open.has(key) || depth >= (this.unspelled.get(key) ?? Infinity)) throw new PdfFault("no spelling");
    this.open.add(key);
    await this.pace.turn();
    try {
      const spelled = joined(utf8("R"), sha256(await this.spell(object, depth)));
      this.known.set(key, spelled);
      return spelled;
    } catch (error) {
      this.unspelled.set(key, error instanceof TooDeep ? depth : 0);
      throw error;
    } finally {
      this.open.delete(key);
    }
  }
}
