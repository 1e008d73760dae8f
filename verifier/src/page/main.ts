/** The page: takes files, has them judged, and shows what was found (docs/decisions/0038). */

import { type Item, type Report, verifyTogether } from "../proof/verify.ts";
import { bare, sha256Of } from "./digest.ts";
import { byId, make, turn } from "./dom.ts";
import { PageView } from "./page_view.ts";
import { withPrintedFingerprint } from "./printed_fingerprint.ts";
import { markChosen, numberOf, recordDetails, recordList } from "./record_view.ts";
import { itemsTable, limits, summary } from "./report_view.ts";
import { LANGUAGES, type Language, say, speak, spoken, wished } from "./texts.ts";

/** The largest file that is read: it is held in memory whole (bundle.md, section 6). */
const MAX_BYTES = 400 * 1024 * 1024;
const MAX_FILES = 2;

interface Opened {
  name: string;
  content: Uint8Array;
  digest: string;
  judgedAt: Date;
}

/** The record that is chosen: of which of the files, and at which place of its list. */
interface Chosen {
  file: number;
  place: number;
}

interface Shown {
  files: Opened[];
  reports: Report[];
  together: Item | null;
  chosen: Chosen | null;
  /** Whether all is judged: before that no record can be chosen, for it would take the page view from what is judged with it. */
  isDone: boolean;
}

const view = new PageView();
let shown: Shown | null = null;
let running = 0;

/** Say a sentence where the result would stand. */
function announce(text: string): void {
  byId("progress-words").textContent = text;
}

function setVerdict(verdict: string | null, items: number): void {
  const root = document.documentElement;
  if (verdict === null) {
    delete root.dataset["refused"];
    delete root.dataset["verdict"];
    delete root.dataset["items"];
  } else {
    root.dataset["verdict"] = verdict;
    root.dataset["items"] = `${items}`;
  }
}

/** Read and judge files that were dropped or chosen. */
async function take(list: FileList | File[]): Promise<void> {
  const files = [...list];
  if (files.length === 0) return;
  running += 1;
  const asked = running;
  await clear();
  try {
    if (files.length > MAX_FILES) throw new Refused(say("tooMany", { count: files.length }));
    const opened: Opened[] = [];
    for (const file of files) opened.push(await open(file));
    const names = opened.map((each) => each.name).join(", ");
    const judged = await verifyTogether(
      opened.map((each) => each.content),
      (done, total) => {
        if (asked === running) showProgress(names, done, total);
      },
    );
    if (asked !== running) return;
    const now = new Date();
    for (const file of opened) file.judgedAt = now;
    shown = { files: opened, ...judged, chosen: null, isDone: false };
    // What was judged is on the screen before any page is drawn: drawing a hostile page may take for ever.
    await render();
    await turn();
    for (const [number, report] of judged.reports.entries()) {
      const file = opened[number];
      if (!file) continue;
      await withPrintedFingerprint(report, file.content, view);
      if (asked !== running) return;
    }
    shown.isDone = true;
    await render();
    done(shown);
    document.querySelector<HTMLElement>(".verdict-heading")?.focus();
  } catch (error) {
    if (asked !== running) return;
    announce(error instanceof Refused ? error.message : say("faultOfPage", { error: String(error) }));
    document.documentElement.dataset["refused"] = error instanceof Refused ? "yes" : "fault";
    byId("bar").hidden = true;
  }
}

/** What is said to the person instead of judging. */
class Refused extends Error {}

async function open(file: File): Promise<Opened> {
  announce(say("reading", { name: file.name }));
  await turn();
  if (file.size > MAX_BYTES) {
    throw new Refused(say("tooLarge", { name: file.name, megabytes: MAX_BYTES / 1024 / 1024 }));
  }
  let content: Uint8Array;
  try {
    content = new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Refused(say("unreadableFile", { name: file.name }));
  }
  return { name: file.name, content: bare(content), digest: await sha256Of(content), judgedAt: new Date() };
}

function showProgress(name: string, done: number, total: number): void {
  const bar = byId("bar") as HTMLProgressElement;
  bar.hidden = false;
  bar.max = Math.max(1, total);
  bar.value = done;
  announce(say("judging", { name, done, total }));
}

async function clear(): Promise<void> {
  shown = null;
  setVerdict(null, 0);
  for (const id of ["summary", "items", "limits", "records", "record"]) byId(id).replaceChildren();
  byId("result").hidden = true;
  byId("beside").hidden = true;
  await view.close();
}

/** Draw everything that was found, in the language of now. */
async function render(): Promise<void> {
  drawWords();
  if (shown === null) return;
  const { files, reports, together } = shown;
  byId("bar").hidden = true;
  announce("");
  const parts = reports.map((report, number) => {
    const { name, content, digest, judgedAt } = files[number] as Opened;
    return summary(report, { name, bytes: content.length, digest, judgedAt }, saveSigned(number));
  });
  byId("summary").replaceChildren(...parts, ...(together ? [togetherPart(together, reports)] : []));
  byId("items").replaceChildren(...reports.map((report, number) => itemsTable(report, reports.length > 1 ? nameOfFile(number) : "")));
  byId("limits").replaceChildren(...[limits(reports)].filter((each) => each !== null));
  byId("result").hidden = false;
  if (shown.isDone) drawLists();
  if (shown.chosen) await choose(shown.chosen, false);
}

/** Say on the root element that all is judged, for whoever drives the page. */
function done({ reports, together }: Shown): void {
  const verdicts = [...reports.map((report) => report.verdict), ...(together ? [together.verdict] : [])];
  const overall = verdicts.includes("altered") ? "altered" : verdicts.includes("unreadable") ? "unreadable" : "verified";
  setVerdict(overall, reports.reduce((count, report) => count + report.items.length, 0));
}

function nameOfFile(number: number): string {
  return shown?.files[number]?.name ?? "";
}

/** What two files are to each other. Of a receipt and a bundle of one log it is also said whether the bundle shows its record. */
function togetherPart(item: Item, reports: Report[]): HTMLElement {
  const [one, other] = reports;
  const isOneLog = one?.facts.fingerprint !== null && one?.facts.fingerprint === other?.facts.fingerprint;
  const said = [item.verdict === "unreadable" && isOneLog ? say("together unknown") : say(`together ${item.verdict}`)];
  const receipt = reports.find((report) => report.facts.receipt)?.facts.receipt;
  const bundle = reports.find((report) => report.facts.kind === "bundle");
  const same = bundle?.records.find((record) => record.handover === null && record.index === receipt?.index && record.code === receipt.code);
  if (isOneLog && receipt && same) said.push(say("together same record", { code: receipt.code }));
  return make(
    "section",
    { class: `verdict ${item.verdict}` },
    make("h2", {}, say("together")),
    ...said.map((sentence) => make("p", {}, sentence)),
  );
}

/** Return what saves the file as it was signed, where bytes were added behind it. */
function saveSigned(number: number): (() => void) | null {
  const file = shown?.files[number];
  const length = shown?.reports[number]?.facts.signedLength ?? null;
  if (!file || length === null) return null;
  return () => {
    const address = URL.createObjectURL(new Blob([bare(file.content.slice(0, length))], { type: "application/pdf" }));
    const link = make("a", { href: address, download: file.name.replace(/(\.pdf)?$/i, " as signed.pdf") });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
}

/** Draw the list of records of each file that has some. */
function drawLists(): void {
  const lists: HTMLElement[] = [];
  for (const [file, report] of (shown?.reports ?? []).entries()) {
    if (report.records.length === 0) continue;
    lists.push(
      make("h2", {}, lists.length || (shown?.reports.length ?? 0) > 1 ? say("recordsOf", { name: nameOfFile(file) }) : say("records")),
      make("p", { class: "soft" }, say("recordsHelp")),
      make("div", { id: `list-${file}` }, recordList(report, (place) => void choose({ file, place }, true))),
    );
  }
  byId("records").replaceChildren(...lists);
}

/** Show a record, with its words beside its page; `moves` where a person has just chosen it. */
async function choose(chosen: Chosen, moves: boolean): Promise<void> {
  const report = shown?.reports[chosen.file];
  const file = shown?.files[chosen.file];
  const record = report?.records[chosen.place];
  if (!shown || !report || !file || !record) return;
  shown.chosen = chosen;
  for (const [number] of shown.files.entries()) {
    const list = document.getElementById(`list-${number}`);
    if (list) markChosen(list.querySelector("ul") ?? list, number === chosen.file ? chosen.place : -1);
  }
  byId("record").replaceChildren(stepButtons(chosen, report.records.length), recordDetails(record));
  byId("beside").hidden = false;
  if (moves) byId("record-title").focus();
  try {
    if (!view.shows(report)) await view.open(file.content, report);
    // Another record may have been chosen meanwhile, of another file.
    if (shown?.chosen === chosen && view.shows(report)) await view.showRecord(numberOf(record), record.code);
  } catch {
    byId("page-words").textContent = say("pageFails");
  }
}

/** Buttons that lead to the record before and the one after, and to the page, which is far below in a narrow window. */
function stepButtons(chosen: Chosen, count: number): HTMLElement {
  const step = (words: "previousRecord" | "nextRecord", by: number): HTMLButtonElement => {
    const button = make("button", { type: "button" }, say(words));
    const place = chosen.place + by;
    button.disabled = place < 0 || place >= count;
    button.addEventListener("click", () => void choose({ ...chosen, place }, true));
    return button;
  };
  const toPage = make("a", { href: "#paper", class: "to-page" }, say("toPage"));
  return make("p", { class: "tools" }, step("previousRecord", -1), step("nextRecord", 1), toPage);
}

/** Write the words that are always there. */
function drawWords(): void {
  document.documentElement.lang = spoken();
  document.title = say("title");
  for (const element of document.querySelectorAll<HTMLElement>("[data-words]")) {
    element.textContent = say(element.dataset["words"] as Parameters<typeof say>[0]);
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-label]")) {
    const words = say(element.dataset["label"] as Parameters<typeof say>[0]);
    element.setAttribute("aria-label", words);
    if (element instanceof HTMLButtonElement) element.title = words;
  }
  for (const [code, button] of languageButtons) button.setAttribute("aria-pressed", `${code === spoken()}`);
}

const languageButtons = new Map<Language, HTMLButtonElement>();

function buildLanguages(): void {
  for (const [code, name] of Object.entries(LANGUAGES) as [Language, string][]) {
    const button = make("button", { type: "button", lang: code }, name);
    button.addEventListener("click", () => {
      speak(code);
      void render().then(() => button.focus());
    });
    languageButtons.set(code, button);
    byId("languages").append(button);
  }
}

function start(): void {
  speak(wished(navigator.languages));
  buildLanguages();
  drawWords();
  byId("drop").hidden = false;
  const chooser = byId("files") as HTMLInputElement;
  chooser.addEventListener("change", () => {
    void take([...(chooser.files ?? [])]).then(() => {
      chooser.value = "";
    });
  });
  byId("choose").addEventListener("click", () => chooser.click());
  // A file that misses the drop area would otherwise replace this page.
  for (const name of ["dragover", "drop"] as const) {
    globalThis.addEventListener(name, (event) => event.preventDefault());
  }
  globalThis.addEventListener("drop", (event) => {
    void take([...(event.dataTransfer?.files ?? [])]);
  });
  byId("print").addEventListener("click", () => globalThis.print());
  byId("previous").addEventListener("click", () => void view.turnBy(-1));
  byId("next").addEventListener("click", () => void view.turnBy(1));
  byId("larger").addEventListener("click", () => void view.enlargeBy(1));
  byId("smaller").addEventListener("click", () => void view.enlargeBy(-1));
}

start();
