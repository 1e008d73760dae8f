/** What was found in a file: the verdict with its sentence, and the items. */

import type { Item, Report } from "../proof/report.ts";
import { make } from "./dom.ts";
import { meaningOf, nameOf, sortOf } from "./meanings.ts";
import { grouped, isEvidenceIntact, sentenceOf, spans } from "./sentence.ts";
import { here, inWords } from "./times.ts";
import { say, type TextName } from "./texts.ts";

const DETAILED = new Set(["record", "exhibit", "embedded files", "active content", "positions"]);
/** Positions that are looked at for what is left out: more are of no use to anybody. */
const MOST_MISSING = 5_000;
const VERDICTS: Record<Item["verdict"], { word: TextName; sign: string }> = {
  verified: { word: "verdictVerified", sign: "✓" },
  altered: { word: "verdictAltered", sign: "✕" },
  unreadable: { word: "verdictUnreadable", sign: "?" },
};

/** A file that was judged. */
export interface JudgedFile {
  name: string;
  bytes: number;
  digest: string;
  judgedAt: Date;
}

/** Return the verdict on a file, in shape, word and sentence. `saveSigned` writes the file as it was signed, if bytes were added. */
export function summary(report: Report, file: JudgedFile, saveSigned: (() => void) | null): HTMLElement {
  const { word, sign } = VERDICTS[report.verdict];
  const facts = make("dl", {});
  const fact = (term: string, ...said: (Node | string)[]): void => {
    facts.append(make("dt", {}, term), make("dd", {}, ...said));
  };
  fact(say("file"), `${file.name} (${say("size", { bytes: file.bytes.toLocaleString("en-GB") })})`);
  if (report.facts.bundle?.["title"]) fact(say("bundleTitle"), report.facts.bundle["title"]);
  if (report.facts.fingerprint) fact(say("fingerprint"), make("code", {}, report.facts.fingerprint));
  fact(say("digest"), make("code", {}, file.digest));
  fact(say("judgedAt"), here(file.judgedAt));
  const heading = make(
    "h2",
    { class: "verdict-heading", tabindex: "-1" },
    make("span", { class: "sign", "aria-hidden": "true" }, sign),
    ` ${say(word)}${isEvidenceIntact(report) ? ` – ${say("evidenceIntactShort")}` : ""}`,
  );
  const part = make("section", { class: `verdict ${report.verdict}` }, heading, make("p", { class: "sentence" }, sentenceOf(report)));
  for (const sentence of notes(report)) part.append(make("p", {}, sentence));
  if (saveSigned) {
    const button = make("button", { type: "button" }, say("saveSigned"));
    button.addEventListener("click", saveSigned);
    part.append(button);
  }
  part.append(facts);
  if (report.facts.kind === "bundle" && report.records.length) part.append(make("h3", {}, say("whatNow")), points("ol", "whatNowList"));
  return part;
}

/** Return the lines of a text as a list. */
function points(tag: "ol" | "ul", name: TextName): HTMLElement {
  return make(tag, {}, ...say(name).split("\n").map((line) => make("li", {}, line)));
}

/** Return what a verification does not show, for files that show something. */
export function limits(reports: Report[]): HTMLElement | null {
  const shown = reports.filter((report) => report.facts.kind !== "other" && report.verdict !== "unreadable");
  if (shown.length === 0) return null;
  const list = points("ul", "notProvedList");
  if (shown.some((report) => report.facts.kind === "bundle")) list.append(make("li", {}, say("notProvedPages")));
  return make("section", {}, make("h2", {}, say("notProved")), list);
}

function notes(report: Report): string[] {
  const { receipt, stamp } = report.facts;
  if (receipt) {
    const { index, code, sealedAt } = receipt;
    return [say("receiptSays", { index, code, time: inWords(sealedAt) }), say("compareFingerprint")];
  }
  if (stamp && report.verdict === "verified") return [say("stampSays", { ...stamp, at: "", time: inWords(stamp.at) })];
  const shown = report.records.length && report.facts.size !== null ? [recordsShown(report, report.facts.size)] : [];
  return [...stampsSaid(report), ...shown];
}

/** What the document time stamps that hold say, and what must be compared for it to be worth anything. */
function stampsSaid({ facts }: Report): string[] {
  const said = facts.documentStamps.map(({ number, at, root }) => say("documentStampSays", { number, root, time: inWords(at) }));
  return said.length ? [...said, say("compareRoot")] : [];
}

/** Say how many of the log's records are shown, and which are not. */
function recordsShown(report: Report, size: number): string {
  const shown = new Set(report.records.filter((record) => record.handover === null).map((record) => record.index));
  const missing: number[] = [];
  for (let index = 0; index < size && missing.length < MOST_MISSING; index += 1) if (!shown.has(index)) missing.push(index);
  const said = say("recordsShown", { shown: shown.size, size });
  return missing.length ? `${said} ${say("recordsLeftOut", { list: spans(missing).join(", ") })}` : said;
}

/** Return the items as a table, runs of those that hold as one row each. */
export function itemsTable(report: Report, name: string): HTMLElement {
  const failed = report.items.filter((item) => item.verdict !== "verified").length;
  const count = report.items.length;
  const counted = failed ? say("itemsFail", { count, failed }) : say("itemsHold", { count });
  const body = make("tbody");
  for (const group of grouped(report.items, sortOf)) {
    const { word, sign } = VERDICTS[group.item.verdict];
    // The detail is in English: where it says more than the meaning, namely which fields or files.
    const tells = group.count === 1 && group.item.verdict !== "verified" && DETAILED.has(sortOf(group.item.name));
    const detail = tells ? make("span", { class: "soft", lang: "en" }, ` ${group.item.detail}`) : null;
    body.append(
      make(
        "tr",
        { class: group.item.verdict },
        make("th", { scope: "row", title: group.name }, nameOf(group.name)),
        make("td", { class: "said" }, make("span", { "aria-hidden": "true" }, `${sign} `), say(word)),
        make("td", {}, meaningOf(group.item), detail),
      ),
    );
  }
  const head = make("tr", {}, ...(["item", "verdict", "meaning"] as const).map((each) => make("th", { scope: "col" }, say(each))));
  const details = make("details", {}, make("summary", {}, `${name ? `${name}: ` : ""}${counted}`));
  details.open = failed > 0;
  details.append(make("table", { class: "items" }, make("thead", {}, head), body));
  return details;
}
