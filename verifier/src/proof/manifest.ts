/** The manifest's form (bundle.md, section 2). The form of `records` and `checkpoint` belongs to items of their own. */

import { type Checkpoint, headLine } from "./checkpoint.ts";
import { parseHashes } from "./disclosure.ts";
import { bytesOfLength, fromUtf8 } from "./encodings.ts";
import { areLabels, type Labels, parseLabels } from "./labels.ts";
import type { Pace } from "./pace.ts";
import { hasMembers, isInteger, type Json, type JsonObject, parseJsonInTurns } from "./strict_json.ts";

export interface Run {
  first: number;
  last: number;
}

export interface OutsideClock {
  record: number;
  head: Checkpoint;
  consistency: Uint8Array[];
}

export interface EarlierHead {
  head: Checkpoint;
  consistency: Uint8Array[];
}

/** What a manifest says of one log: its own, or that of a hand-over. */
export interface Part {
  logKey: Uint8Array;
  /** The signed checkpoint, or null where it is no string. */
  checkpoint: string | null;
  records: Json[];
  leftOut: Run[];
  outsideClocks: OutsideClock[];
  goesOnFrom: EarlierHead[];
  labels: Labels;
}

export interface HandedOver extends Part {
  handover: number;
}

export interface ExhibitOfHandover {
  handover: number;
  records: number[];
}

export interface Exhibit {
  exhibit: number;
  sha256: string;
  records: number[];
  firstPage: number;
  pages: number;
  file: string | null;
  handedOver: ExhibitOfHandover[];
}

export interface Manifest extends Part {
  bundle: Record<string, string>;
  exhibits: Exhibit[];
  pages: string[];
  handedOver: HandedOver[];
}

const MOST = 1000;
const ABOUT = ["title", "profile", "profile_version", "marking", "prepared_for", "made_at"];
const SHOWN_AS = new Set(["placed", "rendered", "image", "text", "slip"]);
const SHA256 = /^[0-9a-f]{64}$/;

/** Read every item of a list with `read`; null where the value is no list or an item is not read. */
function listOf<T>(list: Json | undefined, read: (item: Json) => T | null, least = 0, most = Infinity): T[] | null {
  if (!Array.isArray(list) || list.length < least || list.length > most) return null;
  const found: T[] = [];
  for (const item of list) {
    const value = read(item);
    if (value === null) return null;
    found.push(value);
  }
  return found;
}

function optionalList<T>(list: Json | undefined, read: (item: Json) => T | null): T[] | null {
  return list === undefined ? [] : listOf(list, read, 1, MOST);
}

function rises<T>(items: T[], of: (item: T) => number | bigint): boolean {
  return items.every((item, at) => {
    const before = items[at - 1];
    return before === undefined || of(before) < of(item);
  });
}

function parseAbout(about: Json | undefined): Record<string, string> | null {
  if (!hasMembers(about, ...ABOUT)) return null;
  const found: Record<string, string> = {};
  for (const [name, value] of about) {
    if (typeof value !== "string") return null;
    found[name] = value;
  }
  return found;
}

function parseRun(run: Json): Run | null {
  if (!hasMembers(run, "first", "last", "reason") || typeof run.get("reason") !== "string") return null;
  const first = run.get("first");
  const last = run.get("last");
  return isInteger(first) && isInteger(last) && first <= last ? { first, last } : null;
}

function parseHead(head: Json | undefined): Checkpoint | null {
  return typeof head === "string" ? headLine(head) : null;
}

function parseClock(clock: Json): OutsideClock | null {
  if (!hasMembers(clock, "record", "head", "consistency")) return null;
  const record = clock.get("record");
  const head = parseHead(clock.get("head"));
  const consistency = parseHashes(clock.get("consistency"));
  return isInteger(record) && head && consistency ? { record, head, consistency } : null;
}

function parseEarlier(earlier: Json): EarlierHead | null {
  if (!hasMembers(earlier, "head", "consistency")) return null;
  const head = parseHead(earlier.get("head"));
  const consistency = parseHashes(earlier.get("consistency"));
  return head && consistency ? { head, consistency } : null;
}

function parsePositions(list: Json | undefined, least: number): number[] | null {
  const found = listOf(list, (item) => (isInteger(item) ? item : null), least);
  return found && new Set(found).size === found.length ? found : null;
}

function parseExhibitOfHandover(item: Json): ExhibitOfHandover | null {
  if (!hasMembers(item, "handover", "records", "first_page?")) return null;
  const handover = item.get("handover");
  const records = parsePositions(item.get("records"), 1);
  const hasPage = item.has("first_page");
  if (!isInteger(handover) || records === null || (hasPage && !isInteger(item.get("first_page"), 1))) return null;
  return { handover, records };
}

function isFileOf(file: Json, exhibit: number): file is string {
  if (typeof file !== "string") return false;
  const start = `exhibit-${String(exhibit).padStart(3, "0")}.`;
  return file.startsWith(start) && /^[a-z0-9]{1,8}$/.test(file.slice(start.length));
}

function parseExhibit(item: Json): Exhibit | null {
  const names = ["exhibit", "sha256", "records", "first_page", "pages", "shown_as", "file?", "handed_over?"];
  if (!hasMembers(item, ...names)) return null;
  const exhibit = item.get("exhibit");
  const sha256 = item.get("sha256");
  const firstPage = item.get("first_page");
  const pages = item.get("pages");
  const shownAs = item.get("shown_as");
  const handedOver = optionalList(item.get("handed_over"), parseExhibitOfHandover);
  const records = parsePositions(item.get("records"), item.has("handed_over") ? 0 : 1);
  if (!isInteger(exhibit, 1) || !isInteger(firstPage, 1) || !isInteger(pages, 1)) return null;
  if (typeof sha256 !== "string" || !SHA256.test(sha256) || records === null) return null;
  if (typeof shownAs !== "string" || !SHOWN_AS.has(shownAs)) return null;
  if (handedOver === null || !rises(handedOver, (each) => each.handover)) return null;
  const file = item.get("file") ?? null;
  if (item.has("file") && !isFileOf(file, exhibit)) return null;
  return { exhibit, sha256, records, firstPage, pages, file: file as string | null, handedOver };
}

function parsePart(members: JsonObject): Part | null {
  const logKey = bytesOfLength(members.get("log_key"), 32);
  const signed = members.get("checkpoint");
  const records = members.get("records");
  const leftOut = listOf(members.get("left_out"), parseRun);
  const outsideClocks = optionalList(members.get("outside_clocks"), parseClock);
  const goesOnFrom = optionalList(members.get("goes_on_from"), parseEarlier);
  if (logKey === null || !Array.isArray(records) || leftOut === null) return null;
  if (outsideClocks === null || goesOnFrom === null || !rises(goesOnFrom, ({ head }) => head.size)) return null;
  const labels = members.has("labels") ? parseLabels(members.get("labels")) : new Map();
  if (labels === null || !areLabels(labels, records)) return null;
  const checkpoint = typeof signed === "string" ? signed : null;
  return { logKey, checkpoint, records, leftOut, outsideClocks, goesOnFrom, labels };
}

function parseHandedOver(item: Json): HandedOver | null {
  const names = ["handover", "log_key", "checkpoint", "records", "left_out"];
  if (!hasMembers(item, ...names, "outside_clocks?", "goes_on_from?", "labels?")) return null;
  const handover = item.get("handover");
  const part = parsePart(item);
  return isInteger(handover) && part ? { ...part, handover } : null;
}

/** Read a manifest; null where it has not the form of bundle.md, section 2. */
export async function parseManifest(content: Uint8Array, pace: Pace): Promise<Manifest | null> {
  const text = fromUtf8(content);
  const value = text === null ? undefined : (await parseJsonInTurns(text, () => pace.turn()))?.value;
  const names = ["format", "bundle", "log_key", "checkpoint", "records", "left_out", "exhibits", "pages"];
  const more = ["outside_clocks?", "goes_on_from?", "handed_over?", "labels?"];
  if (!hasMembers(value, ...names, ...more) || value.get("format") !== "evidence-trail/bundle/v1") return null;
  const bundle = parseAbout(value.get("bundle"));
  const part = parsePart(value);
  const exhibits = listOf(value.get("exhibits"), parseExhibit);
  const pages = listOf(value.get("pages"), (item) => (bytesOfLength(item, 32) ? (item as string) : null));
  const handedOver = optionalList(value.get("handed_over"), parseHandedOver);
  if (bundle === null || part === null || exhibits === null || pages === null || handedOver === null) return null;
  if (!rises(exhibits, (each) => each.exhibit) || !rises(handedOver, (each) => each.handover)) return null;
  return { ...part, bundle, exhibits, pages, handedOver };
}
