/** A page of the bundle, drawn with pdf.js beside the words of a record. */

import * as pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";
import * as worker from "pdfjs-dist/legacy/build/pdf.worker.mjs";
import type { PDFDocumentProxy, RenderTask } from "pdfjs-dist";
import type { Report } from "../proof/report.ts";
import { byId, make } from "./dom.ts";
import { say } from "./texts.ts";

// In one file there is no second script for a worker: pdf.js then works on the page's own thread.
(globalThis as { pdfjsWorker?: unknown }).pdfjsWorker = worker;

/** How wide a page is drawn, as a part of the room that there is for it. */
const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3];
const WHOLE = 2;
const MIN_WIDTH = 240;
/** Pages looked through for a record's code, nearest first. */
const MOST_SEARCHED = 400;
const MOST_BOOKMARKS = 5_000;
const MOST_PIXELS = 100_000_000;

/** The label of a record in the bookmarks: its number, of a handed-over one with that of the hand-over before it. */
const RECORD_LABEL = /^(?:(\d+)\/)?(\d+)\. /;

export class PageView {
  private document: PDFDocumentProxy | null = null;
  private current = 1;
  private zoom = WHOLE;
  private task: RenderTask | null = null;
  private shown = 0;
  private record: { number: string; code: string; page: number | null; isOwn: boolean } | null = null;
  private altered = new Set<number>();
  private marked = new Set<number>();
  private owner: Report | null = null;
  private opening = 0;
  private isOther = false;
  private isOfSigned = false;
  private hasBookmarks = false;
  private readonly pageOfRecord = new Map<string, number>();
  private readonly texts = new Map<number, string>();

  /** Open a file. It throws where pdf.js cannot read it. */
  async open(content: Uint8Array, report: Report): Promise<void> {
    await this.close();
    const asked = ++this.opening;
    const { facts } = report;
    this.altered = new Set(facts.alteredPages);
    this.marked = new Set(facts.added.map(({ page }) => page ?? 0));
    const isWhole = report.items.some((item) => item.name === "whole file" && item.verdict === "verified");
    // Of a file with bytes behind it what was signed is drawn: another program reads what was added in ways of its own.
    const drawn = facts.signedLength === null ? content : content.subarray(0, facts.signedLength);
    this.isOther = !isWhole && facts.signedLength === null;
    this.isOfSigned = facts.signedLength !== null;
    const task = pdfjs.getDocument({
      data: drawn.slice(),
      useWasm: false,
      useSystemFonts: false,
      enableXfa: false,
      isImageDecoderSupported: false,
      stopAtErrors: false,
      maxImageSize: MOST_PIXELS,
      canvasMaxAreaInBytes: 4 * MOST_PIXELS,
    });
    const document = await task.promise;
    if (asked !== this.opening) {
      // Another file was asked for meanwhile: its pages must not stand beside these words.
      await task.destroy();
      return;
    }
    this.document = document;
    this.owner = report;
  }

  /** Whether it is the pages of this report's file that are open. */
  shows(report: Report): boolean {
    return this.document !== null && this.owner === report;
  }

  async close(): Promise<void> {
    this.opening += 1;
    this.hasBookmarks = false;
    this.task?.cancel();
    await this.document?.loadingTask.destroy();
    this.document = null;
    this.owner = null;
    this.current = 1;
    this.record = null;
    this.pageOfRecord.clear();
    this.texts.clear();
    for (const id of ["page-canvas", "page-words", "page-number"]) byId(id).replaceChildren();
  }

  get pages(): number {
    return this.document?.numPages ?? 0;
  }

  private async readBookmarks(): Promise<void> {
    const document = this.document;
    if (document === null || this.hasBookmarks) return;
    this.hasBookmarks = true;
    let count = 0;
    type Mark = Awaited<ReturnType<PDFDocumentProxy["getOutline"]>>[number];
    const walk = async (marks: Mark[], level: number): Promise<void> => {
      for (const mark of marks) {
        if (++count > MOST_BOOKMARKS) return;
        const match = level > 0 ? RECORD_LABEL.exec(mark.title) : null;
        const target = match && Array.isArray(mark.dest) ? (mark.dest[0] as unknown) : null;
        if (match && target !== null && typeof target === "object") {
          const place = (await document.getPageIndex(target as Parameters<PDFDocumentProxy["getPageIndex"]>[0])) + 1;
          const key = `${match[1] ?? ""}/${match[2] ?? ""}`;
          if (!this.pageOfRecord.has(key)) this.pageOfRecord.set(key, place);
        }
        if (level < 4) await walk(mark.items as Mark[], level + 1);
      }
    };
    try {
      await walk((await document.getOutline()) ?? [], 0);
    } catch {
      this.pageOfRecord.clear();
    }
  }

  /** Return the words of a page, without white space between them. */
  async textOf(page: number): Promise<string> {
    const known = this.texts.get(page);
    if (known !== undefined) return known;
    let text = "";
    try {
      const content = await (await this.document?.getPage(page))?.getTextContent();
      text = (content?.items ?? []).map((item) => ("str" in item ? item.str : "")).join("").replace(/\s+/g, "");
    } catch {
      text = "";
    }
    this.texts.set(page, text);
    return text;
  }

  /** Show the page of a record: that to which the bookmarks lead, else the nearest that bears its code. */
  async showRecord(number: string, code: string): Promise<void> {
    await this.readBookmarks();
    const hinted = this.pageOfRecord.get(number.includes("/") ? number : `/${number}`) ?? null;
    this.record = { number, code, page: hinted, isOwn: hinted !== null };
    if (hinted === null) {
      for (let page = 1; page <= Math.min(this.pages, MOST_SEARCHED); page += 1) {
        if ((await this.textOf(page)).includes(code)) {
          this.record.page = page;
          break;
        }
      }
    }
    await this.show(this.record.page ?? this.current);
  }

  /** What is to be said of the page that is shown: whether it is as it was drawn, and what it has to do with the record. */
  private async remarks(): Promise<{ words: string; isFault: boolean }[]> {
    const said: { words: string; isFault: boolean }[] = [];
    if (this.isOther) said.push({ words: say("pageChanged"), isFault: true });
    if (this.isOfSigned) said.push({ words: say("pageSigned"), isFault: false });
    if (this.altered.has(this.current)) said.push({ words: say("pageAltered"), isFault: true });
    if (this.marked.has(this.current)) said.push({ words: say("pageMarked"), isFault: true });
    if (this.record === null) return said;
    const { number, code, page, isOwn } = this.record;
    const bears = (await this.textOf(this.current)).includes(code);
    if (page === null) said.push({ words: say("noPage"), isFault: true });
    else if (page !== this.current) said.push({ words: say("pageOther", { number }), isFault: false });
    else if (!isOwn) said.push({ words: say("pageMentions", { code }), isFault: true });
    else said.push({ words: say(bears ? "pageFound" : "pageGuess", { code }), isFault: !bears });
    return said;
  }

  /** Draw a page, and put its words beside the picture for whoever does not see it. */
  async show(page: number): Promise<void> {
    const document = this.document;
    if (document === null) return;
    this.current = Math.max(1, Math.min(this.pages, page));
    this.shown += 1;
    const asked = this.shown;
    this.task?.cancel();
    byId("page-number").textContent = say("pageOf", { number: this.current, count: this.pages });
    this.setTools();
    const remarks = await this.remarks();
    if (asked !== this.shown) return;
    byId("page-words").replaceChildren(
      ...remarks.map(({ words, isFault }) => make("p", { class: isFault ? "fault" : "soft" }, words)),
    );
    try {
      const proxy = await document.getPage(this.current);
      // As wide as there is room at first, so that no line is cut.
      const room = Math.max(MIN_WIDTH, byId("page-canvas").clientWidth - 2);
      const width = Math.floor(room * (ZOOMS[this.zoom] ?? 1));
      const viewport = proxy.getViewport({ scale: width / proxy.getViewport({ scale: 1 }).width });
      const sharp = Math.min(2, globalThis.devicePixelRatio || 1);
      const canvas = make("canvas", { role: "img", "aria-label": say("pageOf", { number: this.current, count: this.pages }) });
      canvas.width = Math.floor(viewport.width * sharp);
      canvas.height = Math.floor(viewport.height * sharp);
      canvas.style.width = `${Math.floor(viewport.width)}px`;
      // No digest covers annotations, so none is drawn.
      this.task = proxy.render({ canvas, viewport, annotationMode: pdfjs.AnnotationMode.DISABLE, transform: [sharp, 0, 0, sharp, 0, 0] });
      await this.task.promise;
      const content = await proxy.getTextContent();
      const words = content.items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : " ") : "")).join("");
      if (asked === this.shown) byId("page-canvas").replaceChildren(canvas, pageWords(words));
    } catch (error) {
      if (asked !== this.shown || (error as Error).name === "RenderingCancelledException") return;
      byId("page-canvas").replaceChildren(make("p", { class: "soft" }, say("pageFails")));
    }
  }

  /** Switch off what leads nowhere. */
  private setTools(): void {
    const off: Record<string, boolean> = {
      previous: this.current <= 1,
      next: this.current >= this.pages,
      smaller: this.zoom === 0,
      larger: this.zoom === ZOOMS.length - 1,
    };
    for (const [id, isOff] of Object.entries(off)) (byId(id) as HTMLButtonElement).disabled = isOff;
  }

  /** Say everything again, in the language of now. */
  again(): Promise<void> {
    return this.show(this.current);
  }

  turnBy(pages: number): Promise<void> {
    return this.show(this.current + pages);
  }

  enlargeBy(steps: number): Promise<void> {
    this.zoom = Math.max(0, Math.min(ZOOMS.length - 1, this.zoom + steps));
    return this.show(this.current);
  }
}

function pageWords(words: string): HTMLElement {
  return make("details", {}, make("summary", {}, say("pageText")), make("pre", { class: "words" }, words));
}
