/** The whole in one or a few sentences, for whoever is no engineer (bundle.md, section 6). What may mislead comes first. */

import type { Facts, Item, Report } from "../proof/report.ts";
import { say, stem, type TextName } from "./texts.ts";

const BESIDE = new Set(["whole file", "annotations", "active content"]);
const STAMP = "document time stamp";
const PAGING = new Set(["number of pages", "order of pages"]);
const ORIGIN = ["log key", "certificate", "checkpoint"];
const MOST_NAMED = 5;
const KINDS: Record<string, TextName> = {
  Highlight: "kindHighlight",
  Stamp: "kindStamp",
  FreeText: "kindFreeText",
  Widget: "kindWidget",
  Link: "kindLink",
  FileAttachment: "kindFileAttachment",
  Redact: "kindRedact",
};
const ACTING = new Set(["Collection", "AA", "OpenAction", "Names", "XFA", "AF", "A", "JavaScript"]);

/** Return the result of a report in words. */
export function sentenceOf(report: Report): string {
  const { facts } = report;
  if (facts.kind === "receipt") return say(report.verdict === "verified" ? "receiptHolds" : "receiptFails");
  if (facts.kind === "time stamp") return say(report.verdict === "verified" ? "stampHolds" : "stampFails");
  if (report.verdict === "unreadable") return couldNot(report);
  const failing = report.items.filter((item) => item.verdict !== "verified").map((item) => item.name);
  if (failing.length === 0) return `${say("intact")} ${whose(facts)}`;
  // A file that was changed makes the stamps behind it fail: they are named where nothing else fails.
  const faults = failing.filter((name) => !isStamp(name));
  if (faults.length === 0) return `${onlyStamps(failing)} ${whose(facts)}`;
  if (faults.every((name) => BESIDE.has(name))) return `${added(facts, faults)} ${whose(facts)}`;
  if (faults.every((name) => BESIDE.has(name) || PAGING.has(name))) return `${paged(report, faults)} ${whose(facts)}`;
  if (faults.every((name) => BESIDE.has(name) || PAGING.has(name) || name.startsWith("page "))) {
    const pages = report.items.filter((item) => item.name.startsWith("page "));
    const said = pages.some((item) => item.verdict === "verified") ? `${faulty(report, faults)} ${say("restPages")}` : `${say("noPageAsDrawn")} ${say("ask")}`;
    return `${said}${hasBeside(facts)} ${whose(facts)}`;
  }
  return faulty(report, faults);
}

function isStamp(name: string): boolean {
  return name.startsWith(`${STAMP} `);
}

function onlyStamps(failing: string[]): string {
  return say("onlyStampsFail", { what: listed("documentStampsStem", numbersOf(STAMP, failing)) });
}

function couldNot(report: Report): string {
  const [only] = report.items;
  if (report.facts.kind !== "bundle" || report.items.length !== 1 || only?.name !== "manifest") return say("couldNot");
  return say(report.facts.signedLength === null ? "noBundle" : "beginsSigned");
}

function whose(facts: Facts): string {
  const count = facts.clocks;
  const clocks = count === 0 ? say("clocksNone") : count === 1 ? say("clocksOne") : say("clocksMany", { count });
  return say("whose", { log: facts.fingerprint ?? "?", clocks });
}

/** Whether something found beside the pages acts, and is no mark on a page. */
function acts(what: string): boolean {
  return ACTING.has(what.replace(/^\//, ""));
}

function kindOf(what: string): string {
  const name = what.replace(/^\//, "");
  if (acts(what)) return say("kindActing", { what: name });
  return say(KINDS[name] ?? "kindMark");
}

/** What stands beside the pages, each sort once with its pages. */
function beside(facts: Facts): string {
  const pagesByKind = new Map<string, number[]>();
  for (const { what, page } of facts.added) {
    const kind = kindOf(what);
    pagesByKind.set(kind, [...(pagesByKind.get(kind) ?? []), ...(page === null ? [] : [page])]);
  }
  const parts = [...pagesByKind].map(([what, pages]) =>
    pages.length ? say("onPage", { what, pages: listed("pages", pages.map(String)) }) : what,
  );
  return parts.join("; ");
}

function misleads(facts: Facts): string {
  const onPages = facts.added.some(({ what }) => !acts(what));
  const acting = facts.added.some(({ what }) => acts(what));
  return (onPages ? ` ${say("mayCover")}` : "") + (acting ? ` ${say("mayAct")}` : "");
}

function hasBeside(facts: Facts): string {
  const what = beside(facts);
  return what ? ` ${say("has", { what })}${misleads(facts)}` : "";
}

function added(facts: Facts, faults: string[]): string {
  const what = beside(facts);
  if (!faults.includes("whole file")) return `${say("signedWith", { what })}${misleads(facts)}`;
  const appended = facts.signedLength !== null;
  const said = what
    ? say(appended ? "addedAfter" : "changedWith", { what })
    : say(appended ? "addedOutside" : "savedAnew");
  return `${said}${misleads(facts)} ${say("evidenceIntact")}`;
}

function paged(report: Report, faults: string[]): string {
  const { facts } = report;
  const said: string[] = [];
  const missing = missingPages(report);
  if (missing.length) {
    said.push(say("missingPages", { pages: listed("pages", spans(missing)), total: facts.signedPages ?? "?" }));
  }
  if (faults.includes("order of pages")) said.push(say("otherOrder"));
  if (said.length === 0) said.push(say("twice"));
  return `${capital(said.join("; "))}. ${say("restPaged")}${hasBeside(facts)}`;
}

function missingPages(report: Report): number[] {
  return report.facts.missingPages ?? [];
}

function faulty(report: Report, faults: string[]): string {
  const { facts } = report;
  const behind = new Set(facts.pagesBehind ? pagesBehind(facts) : []);
  const isBehind = (name: string): boolean => behind.has(Number(name.replace("page ", "")));
  const pages = numbersOf("page", faults);
  const parts = [
    faults.includes("one reading") ? say("twoReadings") : "",
    named("pages", pages.filter((each) => !isBehind(`page ${each}`)), "alteredList"),
    named("pages", pages.filter((each) => isBehind(`page ${each}`)), "addedList"),
    named("recordsStem", numbersOf("record", faults), "alteredList"),
    named("exhibitsStem", numbersOf("exhibit", faults), "alteredList"),
    named("clocksStem", numbersOf("outside clock", faults), "alteredList"),
    named("headsStem", numbersOf("earlier head", faults), "alteredList"),
    named("recordsStem", headsIn(faults), "rewritten"),
  ];
  if (faults.some((name) => name.startsWith("hand-over ") && !name.includes("head in record "))) {
    parts.push(say("handedAltered"));
  }
  if (faults.includes("manifest")) parts.push(say("manifestAltered"));
  if (ORIGIN.some((name) => faults.includes(name))) parts.push(say("notFromLog"));
  const changed = ["positions", "embedded files", ...(behind.size ? [] : PAGING)];
  if (changed.some((name) => faults.includes(name))) parts.push(say("addedOrTaken"));
  const said = parts.filter(Boolean).join("; ") || say("altered");
  return `${capital(said)}. ${say("ask")}`;
}

/** The places of the pages behind the last that was signed. */
function pagesBehind(facts: Facts): number[] {
  return Array.from({ length: facts.pagesBehind }, (_, index) => facts.pages - index);
}

function numbersOf(start: string, faults: string[]): string[] {
  return faults.filter((name) => name.startsWith(`${start} `)).map((name) => name.slice(start.length + 1));
}

function headsIn(faults: string[]): string[] {
  const about = faults.filter((name) => name.includes("head in record "));
  return about.map((name) => name.slice(name.lastIndexOf(" ") + 1));
}

function named(what: TextName, numbers: string[], how: TextName): string {
  return numbers.length ? say(how, { what: listed(what, numbers) }) : "";
}

/** Return a stem with what is named: “pages 4, 7 and 9”; of more than five the others are counted. */
function listed(what: TextName, numbers: string[]): string {
  const unique = [...new Set(numbers)];
  const shown = unique.slice(0, MOST_NAMED);
  if (unique.length > MOST_NAMED) shown.push(say("more", { count: unique.length - MOST_NAMED }));
  const last = shown.pop() ?? "";
  const list = shown.length ? `${shown.join(", ")} ${say("and")} ${last}` : last;
  const one = unique.length === 1 && /^\d+$/.test(unique[0] ?? "");
  return `${stem(what, !one)} ${list}`;
}

/** Return rising numbers as runs: “1 to 9”, “21”. */
export function spans(places: number[]): string[] {
  const runs: [number, number][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last && last[1] === place - 1) last[1] = place;
    else runs.push([place, place]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : say("to", { first, last })));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface Group {
  name: string;
  item: Item;
  count: number;
}

/** Runs of items of one sort and verdict with numbers that follow one another, each as one: “page 1 to 94”. */
export function grouped(items: Item[], sortOf: (name: string) => string): Group[] {
  const groups: (Group & { before: string; first: number; last: number })[] = [];
  for (const item of items) {
    const spelled = /\d+$/.exec(item.name)?.[0];
    const number = spelled === undefined ? Number.NaN : Number(spelled);
    const before = item.name.slice(0, item.name.length - (spelled?.length ?? 0));
    const last = groups.at(-1);
    const goesOn = last?.before === before && number === last.last + 1 && sortOf(last.item.name) === sortOf(item.name);
    const told = (each: Item): string => (each.verdict === "verified" ? "" : each.detail.replace(/\d+/g, ""));
    if (last && goesOn && last.item.verdict === item.verdict && told(last.item) === told(item)) {
      last.last = number;
      last.count += 1;
      last.name = `${before}${say("to", { first: last.first, last: number })}`;
    } else {
      groups.push({ name: item.name, item, count: 1, before, first: number, last: number });
    }
  }
  return groups;
}

/** Whether nothing fails but what stands beside records and pages. */
export function isEvidenceIntact(report: Report): boolean {
  const faults = report.items.filter((item) => item.verdict !== "verified" && !isStamp(item.name));
  return faults.length > 0 && report.verdict === "altered" && faults.every((item) => BESIDE.has(item.name));
}
