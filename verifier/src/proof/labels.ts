/** What pages show instead of withheld words (bundle.md, section 2, `labels`). */

import { characters } from "./encodings.ts";
import { isInteger, type Json } from "./strict_json.ts";

/** Position, path, and place of a word, each with what is shown instead. */
export type Labels = Map<number, Map<string, Map<number, string>>>;

const PLACE = /^(?:0|[1-9][0-9]{0,14})$/;
const CHARACTERS = 200;
const NOT_SHOWN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

function isLabel(value: Json): value is string {
  return typeof value === "string" && characters(value) <= CHARACTERS && !NOT_SHOWN.test(value);
}

function parseMembers<K, V>(
  value: Json | undefined,
  key: (name: string) => K | null,
  read: (member: Json) => V | null,
): Map<K, V> | null {
  if (!(value instanceof Map) || value.size === 0) return null;
  const found = new Map<K, V>();
  for (const [name, member] of value) {
    const place = key(name);
    const meant = place === null ? null : read(member);
    if (place === null || meant === null) return null;
    found.set(place, meant);
  }
  return found;
}

function decimal(name: string): number | null {
  return PLACE.test(name) ? Number(name) : null;
}

/** Read labels; null where they have not their form. */
export function parseLabels(value: Json | undefined): Labels | null {
  const words = (member: Json) => parseMembers(member, decimal, (label) => (isLabel(label) ? label : null));
  const paths = (member: Json) => parseMembers(member, (path) => path, words);
  return parseMembers(value, decimal, paths);
}

function withheldAt(record: Json | undefined, path: string, place: number): boolean {
  const fields = record instanceof Map ? record.get("fields") : undefined;
  const field = fields instanceof Map ? fields.get(path) : undefined;
  const pieces = field instanceof Map ? field.get("pieces") : undefined;
  const piece = Array.isArray(pieces) ? pieces[place] : undefined;
  return piece instanceof Map && piece.has("withheld");
}

/** Whether labels name only words that are withheld in the records shown. */
export function areLabels(labels: Labels, records: Json[]): boolean {
  if (labels.size === 0) return true;
  const shown = new Map<number, Json>();
  for (const record of records) {
    const index = record instanceof Map ? record.get("index") : undefined;
    if (isInteger(index) && !shown.has(index)) shown.set(index, record);
  }
  for (const [position, paths] of labels) {
    for (const [path, words] of paths) {
      for (const place of words.keys()) if (!withheldAt(shown.get(position), path, place)) return false;
    }
  }
  return true;
}
