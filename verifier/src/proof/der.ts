/** DER (X.690): reading with bounds, and spelling anew. */

export interface Tlv {
  tag: number;
  /** The whole element, and what is in it. */
  whole: Uint8Array;
  content: Uint8Array;
}

/** The element that begins at a place; null where it is not in its one DER spelling or goes beyond the end. */
export function elementAt(bytes: Uint8Array, at = 0): Tlv | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 31) === 31) return null;
  let length = first;
  let start = at + 2;
  if (first >= 128) {
    const count = first - 128;
    if (count < 1 || count > 4) return null;
    length = 0;
    for (let place = 0; place < count; place++) length = length * 256 + (bytes[start++] ?? 0);
    if (length < 128 || length < 256 ** (count - 1)) return null;
  }
  const end = start + length;
  if (end > bytes.length) return null;
  return { tag, whole: bytes.subarray(at, end), content: bytes.subarray(start, end) };
}

/** The elements that make up some content; null where it does not end with one. */
export function elementsOf(content: Uint8Array): Tlv[] | null {
  const found: Tlv[] = [];
  for (let at = 0; at < content.length; ) {
    const element = elementAt(content, at);
    if (element === null) return null;
    found.push(element);
    at += element.whole.length;
  }
  return found;
}

/** Spell an element. */
export function element(tag: number, ...parts: Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const size: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) size.unshift(left % 256);
  const head = length < 128 ? [tag, length] : [tag, 128 + size.length, ...size];
  const whole = new Uint8Array(head.length + length);
  whole.set(head);
  let at = head.length;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** An object identifier, spelled from its numbers. */
export function identifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [40 * first + second];
  for (const number of rest) {
    const sevens = [number & 127];
    for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) {
      sevens.unshift(128 | (left & 127));
    }
    bytes.push(...sevens);
  }
  return element(0x06, Uint8Array.from(bytes));
}
