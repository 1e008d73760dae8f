/** FlateDecode (ISO 32000-1, 7.4.4): zlib, RFC 1950 and 1951, with a bound on what comes out. */

import type { Pace } from "./pace.ts";
import { PdfFault } from "./pdf_objects.ts";

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const DISTANCE_BITS = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** From the next bits to a symbol and the length of its code: symbol * 16 + length; 0 where no code begins so. */
interface Codes {
  table: Uint16Array;
  bits: number;
}

function codesOf(lengths: Uint8Array): Codes {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  let bits = 15;
  while (bits > 1 && counts[bits] === 0) bits--;
  const next = new Uint32Array(17);
  let left = 1;
  for (let length = 1; length <= 15; length++) {
    next[length + 1] = ((next[length] ?? 0) + (counts[length] ?? 0)) << 1;
    left = left * 2 - (counts[length] ?? 0);
    if (left < 0) throw new PdfFault("codes that are too many");
  }
  const table = new Uint16Array(1 << bits);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] ?? 0;
    if (length === 0) continue;
    let code = next[length] ?? 0;
    next[length] = code + 1;
    let reversed = 0;
    for (let bit = 0; bit < length; bit++, code >>= 1) reversed = (reversed << 1) | (code & 1);
    for (let at = reversed; at < table.length; at += 1 << length) table[at] = symbol * 16 + length;
  }
  return { table, bits };
}

let fixed: [Codes, Codes] | null = null;

function fixedCodes(): [Codes, Codes] {
  if (fixed === null) {
    const lengths = new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
    fixed = [codesOf(lengths), codesOf(new Uint8Array(30).fill(5))];
  }
  return fixed;
}

class Inflater {
  private readonly input: Uint8Array;
  private at = 2;
  private held = 0;
  private count = 0;
  private output: Uint8Array;
  private length = 0;
  private readonly most: number;
  private readonly expired: () => void;

  constructor(input: Uint8Array, most: number, expired: () => void) {
    this.input = input;
    this.most = most;
    this.expired = expired;
    this.output = new Uint8Array(Math.max(1024, Math.min(4 * input.length, most)));
  }

  /** Where a block is being read, the codes that it is in. */
  private codes: [Codes, Codes] | null = null;
  private isLast = false;

  /** Look at the header of the data. */
  begin(): void {
    const header = ((this.input[0] ?? 0) << 8) | (this.input[1] ?? 0);
    if (this.input.length < 2 || (header & 0x0f00) !== 0x0800 || header % 31 !== 0 || (header & 0x20) !== 0) {
      throw new PdfFault("no zlib header");
    }
  }

  /** Go on until some more bytes came out; whether the end is reached. */
  goOn(bytes: number): boolean {
    const limit = this.length + bytes;
    while (this.length < limit) {
      if (this.codes !== null) {
        if (this.block(...this.codes, limit)) this.codes = null;
      } else if (this.isLast) {
        return true;
      } else {
        this.nextBlock();
      }
    }
    return false;
  }

  /** What came out. */
  get whole(): Uint8Array {
    return this.output.subarray(0, this.length);
  }

  private nextBlock(): void {
    this.isLast = this.bits(1) === 1;
    const sort = this.bits(2);
    if (sort === 0) this.stored();
    else if (sort === 1) this.codes = fixedCodes();
    else if (sort === 2) this.codes = this.ownCodes();
    else throw new PdfFault("no sort of block");
  }

  private bits(count: number): number {
    while (this.count < count) {
      if (this.at >= this.input.length) throw new PdfFault("compressed data without its end");
      this.held |= (this.input[this.at++] ?? 0) << this.count;
      this.count += 8;
    }
    const value = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.count -= count;
    return value;
  }

  private room(more: number): void {
    const needed = this.length + more;
    if (needed > this.most) throw new PdfFault("too much in one stream");
    if (needed <= this.output.length) return;
    this.expired();
    const larger = new Uint8Array(Math.min(this.most, Math.max(2 * this.output.length, needed)));
    larger.set(this.output.subarray(0, this.length));
    this.output = larger;
  }

  private stored(): void {
    this.at -= this.count >> 3;
    this.held = 0;
    this.count = 0;
    const { input } = this;
    const length = (input[this.at] ?? 0) | ((input[this.at + 1] ?? 0) << 8);
    const check = (input[this.at + 2] ?? 0) | ((input[this.at + 3] ?? 0) << 8);
    this.at += 4;
    if ((length ^ check) !== 0xffff || this.at + length > input.length) throw new PdfFault("a wrong stored block");
    this.room(length);
    this.output.set(input.subarray(this.at, this.at + length), this.length);
    this.at += length;
    this.length += length;
  }

  private symbol({ table, bits }: Codes): number {
    while (this.count < bits && this.at < this.input.length) {
      this.held |= (this.input[this.at++] ?? 0) << this.count;
      this.count += 8;
    }
    const entry = table[this.held & ((1 << bits) - 1)] ?? 0;
    const length = entry & 15;
    if (length === 0 || length > this.count) throw new PdfFault("a wrong code");
    this.held >>>= length;
    this.count -= length;
    return entry >> 4;
  }

  private ownCodes(): [Codes, Codes] {
    const literals = this.bits(5) + 257;
    const distances = this.bits(5) + 1;
    const given = this.bits(4) + 4;
    const short = new Uint8Array(19);
    for (let at = 0; at < given; at++) short[ORDER[at] ?? 0] = this.bits(3);
    const codes = codesOf(short);
    const lengths = new Uint8Array(literals + distances);
    for (let at = 0; at < lengths.length; ) {
      const symbol = this.symbol(codes);
      if (symbol < 16) {
        lengths[at++] = symbol;
        continue;
      }
      if (symbol === 16 && at === 0) throw new PdfFault("a wrong repeat");
      const value = symbol === 16 ? (lengths[at - 1] ?? 0) : 0;
      const times = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7);
      if (at + times > lengths.length) throw new PdfFault("a wrong repeat");
      lengths.fill(value, at, at + times);
      at += times;
    }
    if (lengths[256] === 0) throw new PdfFault("a block without its end");
    return [codesOf(lengths.subarray(0, literals)), codesOf(lengths.subarray(literals))];
  }

  /** Read a block up to its end or a length; whether its end is reached. */
  private block(literals: Codes, distances: Codes, limit: number): boolean {
    while (this.length < limit) {
      const symbol = this.symbol(literals);
      if (symbol === 256) return true;
      if (symbol < 256) {
        if (this.length >= this.output.length) this.room(1);
        this.output[this.length++] = symbol;
        continue;
      }
      const base = LENGTH_BASE[symbol - 257];
      if (base === undefined) throw new PdfFault("a wrong length");
      const length = base + this.bits(LENGTH_BITS[symbol - 257] ?? 0);
      const far = this.symbol(distances);
      const start = DISTANCE_BASE[far];
      if (start === undefined) throw new PdfFault("a wrong distance");
      const distance = start + this.bits(DISTANCE_BITS[far] ?? 0);
      if (distance > this.length) throw new PdfFault("a wrong distance");
      this.copy(length, distance);
    }
    return false;
  }

  private copy(length: number, distance: number): void {
    this.room(length);
    const { output } = this;
    const end = this.length + length;
    for (let at = this.length; at < end; at++) output[at] = output[at - distance] ?? 0;
    this.length = end;
  }
}

/** Bytes between two turns of others. */
const STRETCH = 1_000_000;

/** Inflate zlib data. Its checksum and what stands behind it are not looked at: a digest follows that says more. */
export function inflate(input: Uint8Array, most: number, expired: () => void): Uint8Array {
  // Writers compress nothing to nothing, without even the head of zlib, and readers take it so.
  if (input.length === 0) return input;
  const inflater = new Inflater(input, most, expired);
  inflater.begin();
  while (!inflater.goOn(STRETCH)) expired();
  return inflater.whole;
}

/** The same, with turns of others in between. */
export async function inflateInTurns(input: Uint8Array, most: number, pace: Pace): Promise<Uint8Array> {
  if (input.length === 0) return input;
  const inflater = new Inflater(input, most, pace.expired);
  inflater.begin();
  while (!inflater.goOn(STRETCH)) await pace.turn();
  return inflater.whole;
}
