/** Records as they were sealed: a list, and the fields of the one that is chosen. */

import type { Piece, Report, Shown, ShownRecord } from "../proof/report.ts";
import { make } from "./dom.ts";
import labels from "./labels.json";
import { say } from "./texts.ts";
import { inWords, isMoment } from "./times.ts";

interface KindLabels {
  label: string;
  fields: Record<string, string>;
}

const KINDS: Record<string, KindLabels> = labels;

/** What a record is called: its position, of a handed-over one behind that of the hand-over. */
export function numberOf(record: ShownRecord): string {
  return record.handover === null ? `${record.index}` : `${record.handover}/${record.index}`;
}

/** Return the list of records as buttons, one stop for the Tab key; `chosen` is called with the place of the one that is pressed. */
export function recordList(report: Report, chosen: (place: number) => void): HTMLElement {
  const list = make("ul", { class: "records" });
  for (const [place, record] of report.records.entries()) {
    const kind = KINDS[record.kind ?? ""]?.label ?? record.kind ?? "";
    const isFaulty = record.fields.some((field) => "asSealed" in field && !field.asSealed);
    const fault = isFaulty ? `✕ ${say("notAsSealed")}` : "";
    const said = [say("record", { number: numberOf(record) }), kind, fault, firstWords(record)].filter(Boolean);
    const choice = make("button", { type: "button", "aria-pressed": "false", tabindex: place ? "-1" : "0" }, said.join(" · "));
    choice.addEventListener("click", () => chosen(place));
    list.append(make("li", {}, choice));
  }
  list.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
    const next = buttons[steps[event.key] ?? -1];
    if (at < 0 || !next) return;
    event.preventDefault();
    for (const each of buttons) each.tabIndex = each === next ? 0 : -1;
    next.focus();
  });
  return list;
}

/** Mark the record that is chosen in its list, and bring it into sight there. */
export function markChosen(list: HTMLElement, place: number): void {
  for (const [at, button] of [...list.querySelectorAll("button")].entries()) {
    button.setAttribute("aria-pressed", `${at === place}`);
    button.tabIndex = at === place ? 0 : -1;
    // Within the list alone: the window stays where it is.
    if (at === place) list.scrollTop = Math.max(0, button.offsetTop - list.offsetTop - list.clientHeight / 3);
  }
}

/** The first words of a record that somebody wrote: those of its main fields, or of its longest text. */
function firstWords(record: ShownRecord): string {
  const sealed = record.fields.filter((field) => "asSealed" in field && field.asSealed && field.path.startsWith("/fields/"));
  const texts = sealed.map(textOf).filter(isProse);
  const longest = texts.reduce((best, text) => (text.length > best.length ? text : best), "");
  return longest.length > 70 ? `${longest.slice(0, 70).trimEnd()}…` : longest;
}

/** Whether a text is one that a person wrote, and no head, key, digest or certificate. */
function isProse(text: string): boolean {
  return !/^evidence-trail\/|^-----BEGIN|[A-Za-z0-9+/]{40}|^[0-9a-f]{40}/.test(text);
}

function textOf(field: Shown): string {
  if ("withheld" in field) return "";
  if (!field.pieces) return typeof field.value === "string" ? field.value : "";
  return field.pieces.map((piece) => ("text" in piece ? piece.text : `${labelOf(piece)} `)).join("");
}

function labelOf(piece: Exclude<Piece, { text: string }>): string {
  const label = piece.label || say("withheld");
  // In brackets, so that nobody takes it for a word that was sealed, with or without its colours.
  return label.startsWith("[") && label.endsWith("]") ? label : `[${label}]`;
}

/** Return a record with all its fields, each with its words as they were sealed, in the order in which its pages have them. */
export function recordDetails(record: ShownRecord): HTMLElement {
  const body = make("tbody");
  for (const field of inOrder(record)) {
    body.append(make("tr", {}, make("th", { scope: "row" }, fieldName(record, field.path)), make("td", {}, ...valueOf(field))));
  }
  const head = make("tr", {}, make("th", { scope: "col" }, say("field")), make("th", { scope: "col" }, say("words")));
  const kind = KINDS[record.kind ?? ""]?.label;
  const title = `${say("record", { number: numberOf(record) })}${kind ? ` · ${kind}` : ""}`;
  return make(
    "div",
    {},
    make("h3", { id: "record-title", tabindex: "-1" }, title),
    make("p", { class: "soft" }, `${say("sealedAt", { time: inWords(record.sealedAt) })} · ${say("code", { code: record.code })}`),
    make("table", { class: "fields" }, make("thead", {}, head), body),
  );
}

/** The steps of a path that name something: without the folder that nearly all fields are in, and without places in lists. */
function stepsOf(path: string): string[] {
  return path.replace(/^\/fields/, "").split("/").filter(Boolean);
}

function inOrder(record: ShownRecord): Shown[] {
  const known = Object.keys(KINDS[record.kind ?? ""]?.fields ?? {});
  const rank = (path: string): number => {
    const place = path.startsWith("/fields/") ? known.indexOf(stepsOf(path)[0] ?? "") : -1;
    return place < 0 ? known.length : place;
  };
  return [...record.fields].sort((one, other) => rank(one.path) - rank(other.path));
}

/** What a field is called, where the program that made it has a name for it; else its path, counted from 1. */
function fieldName(record: ShownRecord, path: string): string {
  const steps = stepsOf(path);
  const names: Record<string, string> = KINDS[record.kind ?? ""]?.fields ?? {};
  const said = steps.map((step, at) => {
    if (/^\d+$/.test(step)) return `${Number(step) + 1}`;
    const key = steps.slice(0, at + 1).filter((each) => !/^\d+$/.test(each)).join("/");
    return (path.startsWith("/fields/") ? names[key] : undefined) ?? step.replaceAll("_", " ");
  });
  return said.join(" › ");
}

function valueOf(field: Shown): (Node | string)[] {
  if ("withheld" in field) return [make("span", { class: "withheld" }, say("withheldWhole"))];
  const nodes: (Node | string)[] = [];
  if (field.pieces) {
    for (const piece of field.pieces) nodes.push(...("text" in piece ? [piece.text] : [make("span", { class: "withheld" }, labelOf(piece)), " "]));
  } else if (typeof field.value === "boolean") {
    nodes.push(say(field.value ? "yes" : "no"));
  } else {
    nodes.push(String(field.value ?? ""));
  }
  const whole = textOf(field);
  if (isMoment(whole)) nodes.push(make("div", { class: "soft" }, inWords(whole)));
  if (!field.asSealed) nodes.push(" ", make("strong", { class: "fault" }, say("notAsSealed")));
  return nodes;
}
