/** The page: takes files, has them judged, and shows what was found (docs/decisions/0038). */

import { type Item, type Report, verifyTogether } from "../proof/verify.ts";
import { bare, sha256Of } from "./digest.ts";
import { byId, make, turn } from "./dom.ts";
import { PageView } from "./page_view.ts";
import { withPrintedFingerprint } from "./printed_fingerprint.ts";
import { recordDetails, recordList } from "./record_view.ts";
import { itemsTable, summary } from "./report_view.ts";
import { LANGUAGES, type Language, say, speak, spoken, wished } from "./texts.ts";

/** The largest file that is read: it is held in memory whole (bundle.md, section 6). */
const MAX_BYTES = 400 * 1024 * 1024;
const MAX_FILES = 2;

interface Opened {
  name: string;
  content: Uint8Array;
  digest: string;
}

interface Shown {
  files: Opened[];
  reports: Report[];
  together: Item | null;
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
    for (const [number, report] of judged.reports.entries()) {
      const file = opened[number];
      if (file) await withPrintedFingerprint(report, file.content, view);
    }
    shown = { files: opened, ...judged };
    await render();
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
  return { name: file.name, content: bare(content), digest: await sha256Of(content) };
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
  for (const id of ["summary", "items", "records", "record"]) byId(id).replaceChildren();
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
  byId("summary").replaceChildren(
    ...reports.map((report, number) => summary(report, files[number]?.name ?? "", files[number]?.content.length ?? 0, files[number]?.digest ?? "", saveSigned(number))),
    ...(together ? [togetherPart(together)] : []),
  );
  byId("items").replaceChildren(...reports.map((report, number) => itemsTable(report, reports.length > 1 ? (files[number]?.name ?? "") : "")));
  byId("result").hidden = false;
  const whole = reports.find((report) => report.records.length > 0) ?? null;
  const file = whole ? files[reports.indexOf(whole)] : undefined;
  if (whole && file) await showRecords(whole, file);
  const verdicts = [...reports.map((report) => report.verdict), ...(together ? [together.verdict] : [])];
  const overall = verdicts.includes("altered") ? "altered" : verdicts.includes("unreadable") ? "unreadable" : "verified";
  setVerdict(overall, reports.reduce((count, report) => count + report.items.length, 0));
  byId("verdict-heading")?.focus();
}

function togetherPart(item: Item): HTMLElement {
  return make(
    "section",
    { class: `verdict ${item.verdict}` },
    make("h2", {}, say("together")),
    make("p", {}, say(`together ${item.verdict}`)),
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

async function showRecords(report: Report, file: Opened): Promise<void> {
  byId("records").replaceChildren(
    make("h2", {}, say("records")),
    make("p", { class: "soft" }, say("recordsHelp")),
    recordList(report, (record) => {
      byId("record").replaceChildren(recordDetails(record));
      byId("beside").hidden = false;
      byId("record-title").focus();
      if (view.isOpen) {
        void view.showRecord(record.handover, record.index, record.code).then((words) => {
          byId("page-words").textContent = words;
        });
      }
    }),
  );
  if (!view.isOpen) {
    try {
      await view.open(file.content);
    } catch {
      byId("page-words").textContent = say("pageFails");
    }
  }
}

/** Write the words that are always there. */
function drawWords(): void {
  document.documentElement.lang = spoken();
  document.title = say("title");
  for (const element of document.querySelectorAll<HTMLElement>("[data-words]")) {
    element.textContent = say(element.dataset["words"] as Parameters<typeof say>[0]);
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset["label"] as Parameters<typeof say>[0]));
  }
  for (const [code, button] of languageButtons) button.setAttribute("aria-pressed", `${code === spoken()}`);
}

const languageButtons = new Map<Language, HTMLButtonElement>();

function buildLanguages(): void {
  for (const [code, name] of Object.entries(LANGUAGES) as [Language, string][]) {
    const button = make("button", { type: "button", lang: code }, name);
    button.addEventListener("click", () => {
      speak(code);
      void render();
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
