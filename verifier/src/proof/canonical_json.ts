/** The JSON Canonicalization Scheme, RFC 8785 (record-log.md, section 1). */

import { fromUtf8 } from "./encodings.ts";
import { Fraction, type Json, parseJson } from "./strict_json.ts";

/** The canonical text of a value: numbers and strings as ECMAScript spells them, members sorted by UTF-16 units. */
export function canonical(value: Json): string {
  if (value instanceof Fraction) return String(value.value === 0 ? 0 : value.value);
  if (typeof value === "number") return String(value === 0 ? 0 : value);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const names = [...value.keys()].sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value.get(name) ?? null)}`).join(",")}}`;
}

/** Read bytes that are to be JCS; null where they are not their own canonical form (record-log.md, section 1). */
export function parseCanonical(bytes: Uint8Array): { value: Json } | null {
  const text = fromUtf8(bytes);
  if (text === null) return null;
  const parsed = parseJson(text);
  return parsed && canonical(parsed.value) === text ? parsed : null;
}
