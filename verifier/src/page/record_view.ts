/** Records as they were sealed: a list, and the fields of the one that is chosen. */

import type { Piece, Report, Shown, ShownRecord } from "../proof/report.ts";
import { make } from "./dom.ts";
import { say } from "./texts.ts";

/** What a record is called: its position, of a handed-over one behind that of the hand-over. */
export function numberOf(record: ShownRecord): string {
  return record.handover === null ? `${record.index}` : `${record.handover}/${record.index}`;
}

/** Return a time of a record as people read it. */
export function inWords(time: string): string {
  return time.replace("T", " ").replace(/:00Z$|Z$/, "");
}

/** Return the list of records as buttons; `chosen` is called with the one that is pressed. */
export function recordList(report: Report, chosen: (record: ShownRecord) => void): HTMLElement {
  const list = make("ul", { class: "records" });
  for (const record of report.records) {
    const said = [say("record", { number: numberOf(record) }), record.kind ?? "", firstWords(record)].filter(Boolean);
    const choice = make("button", { type: "button", "aria-pressed": "false" }, said.join(" · "));
    choice.addEventListener("click", () => {
      for (const each of list.querySelectorAll("button")) each.setAttribute("aria-pressed", `${each === choice}`);
      chosen(record);
    });
    list.append(make("li", {}, choice));
  }
  return list;
}

/** The first words of a record that somebody wrote: those of its longest text. */
function firstWords(record: ShownRecord): string {
  const texts = record.fields.filter((field) => field.path.startsWith("/fields/")).map(textOf);
  const longest = texts.reduce((best, text) => (text.length > best.length ? text : best), "");
  return longest.length > 70 ? `${longest.slice(0, 70).trimEnd()}…` : longest;
}

function textOf(field: Shown): string {
  if ("withheld" in field) return "";
  if (field.pieces) return field.pieces.map((piece) => ("text" in piece ? piece.text : `[${labelOf(piece)}]`)).join("");
  return typeof field.value === "string" ? field.value : "";
}

function labelOf(piece: Exclude<Piece, { text: string }>): string {
  return piece.label || say("withheld");
}

/** Return a record with all its fields, each with its words as they were sealed. */
export function recordDetails(record: ShownRecord): HTMLElement {
  const body = make("tbody");
  for (const field of record.fields) {
    body.append(make("tr", {}, make("th", { scope: "row" }, fieldName(field.path)), make("td", {}, ...valueOf(field))));
  }
  const head = make("tr", {}, make("th", { scope: "col" }, say("field")), make("th", { scope: "col" }, say("words")));
  return make(
    "div",
    {},
    make("h3", { id: "record-title", tabindex: "-1" }, say("record", { number: numberOf(record) })),
    make("p", { class: "soft" }, `${say("sealedAt", { time: inWords(record.sealedAt) })} · ${say("code", { code: record.code })}`),
    make("table", { class: "fields" }, make("thead", {}, head), body),
  );
}

/** The path of a field as people read it: without the folder that nearly all are in, and counted from 1. */
function fieldName(path: string): string {
  const steps = path.replace(/^\/fields/, "").split("/").filter(Boolean);
  return steps.map((step) => (/^\d+$/.test(step) ? `${Number(step) + 1}` : step.replaceAll("_", " "))).join(" › ");
}

function valueOf(field: Shown): (Node | string)[] {
  if ("withheld" in field) return [make("span", { class: "withheld" }, say("withheldWhole"))];
  const nodes: (Node | string)[] = field.pieces
    ? field.pieces.map((piece) => ("text" in piece ? piece.text : make("span", { class: "withheld" }, labelOf(piece))))
    : [String(field.value ?? "")];
  if (!field.asSealed) nodes.push(" ", make("strong", { class: "fault" }, say("notAsSealed")));
  return nodes;
}
