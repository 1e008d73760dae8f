/** What was found in a file: the verdict with its sentence, and the items. */

import type { Item, Report } from "../proof/report.ts";
import { make } from "./dom.ts";
import { meaningOf, sortOf } from "./meanings.ts";
import { inWords } from "./record_view.ts";
import { grouped, sentenceOf } from "./sentence.ts";
import { say, spoken, type TextName } from "./texts.ts";

const VERDICTS: Record<Item["verdict"], { word: TextName; sign: string }> = {
  verified: { word: "verdictVerified", sign: "✓" },
  altered: { word: "verdictAltered", sign: "✕" },
  unreadable: { word: "verdictUnreadable", sign: "?" },
};

/** Return the verdict on a file, in shape, word and sentence. `saveSigned` writes the file as it was signed, if bytes were added. */
export function summary(
  report: Report,
  name: string,
  bytes: number,
  digest: string,
  saveSigned: (() => void) | null,
): HTMLElement {
  const { word, sign } = VERDICTS[report.verdict];
  const facts = make("dl", {});
  const fact = (term: string, ...said: (Node | string)[]): void => {
    facts.append(make("dt", {}, term), make("dd", {}, ...said));
  };
  fact(say("file"), `${name} (${say("size", { bytes: bytes.toLocaleString(spoken()) })})`);
  if (report.facts.bundle?.["title"]) fact(say("bundleTitle"), report.facts.bundle["title"]);
  if (report.facts.fingerprint) fact(say("fingerprint"), make("code", {}, report.facts.fingerprint));
  fact(say("digest"), make("code", {}, digest));
  fact(say("judgedAt"), new Date().toLocaleString(spoken()));
  const heading = make(
    "h2",
    { id: "verdict-heading", tabindex: "-1" },
    make("span", { class: "sign", "aria-hidden": "true" }, sign),
    ` ${say(word)}`,
  );
  const part = make("section", { class: `verdict ${report.verdict}` }, heading, make("p", { class: "sentence" }, sentenceOf(report)));
  for (const sentence of notes(report)) part.append(make("p", {}, sentence));
  if (saveSigned) {
    const button = make("button", { type: "button" }, say("saveSigned"));
    button.addEventListener("click", saveSigned);
    part.append(button);
  }
  part.append(facts);
  return part;
}

function notes(report: Report): string[] {
  const { receipt, stamp } = report.facts;
  if (receipt) {
    const { index, code, sealedAt } = receipt;
    return [say("receiptSays", { index, code, time: inWords(sealedAt) }), say("compareFingerprint")];
  }
  return stamp && report.verdict === "verified" ? [say("stampSays", { ...stamp, at: "", time: inWords(stamp.at) })] : [];
}

/** Return the items as a table, runs of those that hold as one row each. */
export function itemsTable(report: Report, name: string): HTMLElement {
  const failed = report.items.filter((item) => item.verdict !== "verified").length;
  const count = report.items.length;
  const counted = failed ? say("itemsFail", { count, failed }) : say("itemsHold", { count });
  const body = make("tbody");
  for (const group of grouped(report.items, sortOf)) {
    const { word, sign } = VERDICTS[group.item.verdict];
    // The detail is in English: beside the meaning it says which fields or files.
    const detail = group.item.verdict === "verified" ? null : make("span", { class: "soft", lang: "en" }, ` ${group.item.detail}`);
    body.append(
      make(
        "tr",
        { class: group.item.verdict },
        make("th", { scope: "row" }, group.name),
        make("td", {}, make("span", { "aria-hidden": "true" }, `${sign} `), say(word)),
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
