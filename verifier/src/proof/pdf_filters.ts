/** Decoding of streams (ISO 32000-1, 7.4): the five filters that bundle.md, section 4, names, and their predictors. */

import { inflate, inflateInTurns } from "./inflate.ts";
import type { Pace } from "./pace.ts";
import { PdfFault } from "./pdf_objects.ts";

/** What one stream may inflate to (bundle.md, section 4). */
const MOST = 256 * 1024 * 1024;

export const DECODED = new Set(["FlateDecode", "LZWDecode", "ASCII85Decode", "ASCIIHexDecode", "RunLengthDecode"]);

/** The integers of /DecodeParms. */
export type Parameters = Map<string, number>;

/** Bytes that grow. */
class Output {
  private bytes = new Uint8Array(1024);
  length = 0;

  add(...values: number[]): void {
    for (const value of values) {
      if (this.length === this.bytes.length) this.grow();
      this.bytes[this.length++] = value;
    }
  }

  private grow(): void {
    if (this.length >= MOST) throw new PdfFault("too much in one stream");
    const larger = new Uint8Array(Math.min(MOST, 2 * this.length));
    larger.set(this.bytes);
    this.bytes = larger;
  }

  get whole(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0;
}

function asciiHex(input: Uint8Array): Uint8Array {
  const output = new Output();
  let high = -1;
  for (const code of input) {
    if (isSpace(code)) continue;
    if (code === 62) break;
    const value = Number.parseInt(String.fromCharCode(code), 16);
    if (Number.isNaN(value)) throw new PdfFault("no hexadecimal");
    if (high < 0) high = value;
    else {
      output.add(high * 16 + value);
      high = -1;
    }
  }
  if (high >= 0) output.add(high * 16);
  return output.whole;
}

function ascii85(input: Uint8Array): Uint8Array {
  const output = new Output();
  let group: number[] = [];
  const flush = (digits: number[], bytes: number) => {
    let value = 0;
    for (let at = 0; at < 5; at++) value = value * 85 + (digits[at] ?? 84);
    for (let at = 0; at < bytes; at++) output.add(Math.floor(value / 2 ** (24 - 8 * at)) & 0xff);
  };
  for (const code of input) {
    if (isSpace(code)) continue;
    if (code === 126) break;
    if (code === 122 && group.length === 0) {
      output.add(0, 0, 0, 0);
      continue;
    }
    if (code < 33 || code > 117) throw new PdfFault("no base 85");
    group.push(code - 33);
    if (group.length === 5) {
      flush(group, 4);
      group = [];
    }
  }
  if (group.length > 0) flush(group, group.length - 1);
  return output.whole;
}

function runLength(input: Uint8Array): Uint8Array {
  const output = new Output();
  for (let at = 0; at < input.length; ) {
    const length = input[at++] ?? 128;
    if (length === 128) break;
    if (length < 128) {
      for (const end = Math.min(input.length, at + length + 1); at < end; at++) output.add(input[at] ?? 0);
    } else if (at < input.length) {
      const value = input[at++] ?? 0;
      for (let times = 257 - length; times > 0; times--) output.add(value);
    }
  }
  return output.whole;
}

function lzw(input: Uint8Array, early: number): Uint8Array {
  const output = new Output();
  const before = new Uint16Array(4096);
  const last = new Uint8Array(4096);
  const word = new Uint8Array(4097);
  let next = 258;
  let previous = -1;
  let first = 0;
  let held = 0;
  let count = 0;
  for (const byte of input) {
    held = ((held << 8) | byte) & 0xffffff;
    count += 8;
    const size = next + early >= 2048 ? 12 : next + early >= 1024 ? 11 : next + early >= 512 ? 10 : 9;
    if (count < size) continue;
    count -= size;
    const code = (held >> count) & ((1 << size) - 1);
    if (code === 257) break;
    if (code === 256) {
      next = 258;
      previous = -1;
      continue;
    }
    if (code > 257 && code > next - (previous < 0 ? 1 : 0)) throw new PdfFault("a wrong code");
    if (code === next && next > 4095) throw new PdfFault("a table that is full");
    let length = 0;
    let at = code;
    if (code === next) {
      word[length++] = first;
      at = previous;
    }
    for (; at > 257; at = before[at] ?? 0) word[length++] = last[at] ?? 0;
    word[length++] = at;
    first = at;
    while (length > 0) output.add(word[--length] ?? 0);
    if (previous >= 0 && next < 4096) {
      before[next] = previous;
      last[next++] = first;
    }
    previous = code;
  }
  return output.whole;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function pngRows(input: Uint8Array, row: number, pixel: number): Uint8Array {
  const rows = Math.ceil(input.length / (row + 1));
  const output = new Uint8Array(Math.max(0, input.length - rows));
  let to = 0;
  for (let from = 0; from < input.length; ) {
    const sort = input[from++] ?? 0;
    const end = Math.min(input.length, from + row);
    for (let at = 0; from < end; at++, from++, to++) {
      const left = at >= pixel ? (output[to - pixel] ?? 0) : 0;
      const up = to >= row ? (output[to - row] ?? 0) : 0;
      const corner = at >= pixel && to >= row ? (output[to - row - pixel] ?? 0) : 0;
      const guess = sort === 1 ? left : sort === 2 ? up : sort === 3 ? (left + up) >> 1 : 0;
      output[to] = (input[from] ?? 0) + (sort === 4 ? paeth(left, up, corner) : guess);
    }
  }
  return output;
}

function tiffRows(input: Uint8Array, row: number, colours: number, bits: number): Uint8Array {
  const output = input.slice();
  if (bits !== 8) throw new PdfFault("a predictor that is not read");
  for (let start = 0; start < output.length; start += row) {
    const end = Math.min(output.length, start + row);
    for (let at = start + colours; at < end; at++) output[at] = (output[at] ?? 0) + (output[at - colours] ?? 0);
  }
  return output;
}

function predicted(input: Uint8Array, parameters: Parameters): Uint8Array {
  const predictor = parameters.get("Predictor") ?? 1;
  if (predictor === 1) return input;
  const colours = parameters.get("Colors") ?? 1;
  const bits = parameters.get("BitsPerComponent") ?? 8;
  const columns = parameters.get("Columns") ?? 1;
  const row = Math.ceil((colours * bits * columns) / 8);
  if (!(colours > 0 && bits > 0 && bits <= 16 && columns > 0 && row < MOST)) throw new PdfFault("a wrong predictor");
  if (predictor === 2) return tiffRows(input, row, colours, bits);
  if (predictor < 10 || predictor > 15) throw new PdfFault("no predictor");
  return pngRows(input, row, Math.max(1, (colours * bits) >> 3));
}

/** What a filter makes of data, of FlateDecode at most so many bytes. */
export function decode(
  filter: string,
  input: Uint8Array,
  parameters: Parameters,
  expired: () => void,
  most: number = MOST,
): Uint8Array {
  expired();
  if (filter === "FlateDecode") return predicted(inflate(input, most, expired), parameters);
  if (filter === "LZWDecode") return predicted(lzw(input, parameters.get("EarlyChange") ?? 1), parameters);
  if (filter === "ASCII85Decode") return ascii85(input);
  if (filter === "ASCIIHexDecode") return asciiHex(input);
  if (filter === "RunLengthDecode") return runLength(input);
  throw new PdfFault("a filter that is not read");
}

/** The same, with turns of others in between where the data may be large. */
export async function decodeInTurns(
  filter: string,
  input: Uint8Array,
  parameters: Parameters,
  pace: Pace,
): Promise<Uint8Array> {
  if (filter !== "FlateDecode") return decode(filter, input, parameters, pace.expired);
  return predicted(await inflateInTurns(input, MOST, pace), parameters);
}
