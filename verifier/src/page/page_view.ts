/** A page of the bundle, drawn with pdf.js beside the words of a record. */

import * as pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";
import * as worker from "pdfjs-dist/legacy/build/pdf.worker.mjs";
import type { PDFDocumentProxy, RenderTask } from "pdfjs-dist";
import { byId, make } from "./dom.ts";
import { say } from "./texts.ts";

// In one file there is no second script for a worker: pdf.js then works on the page's own thread.
(globalThis as { pdfjsWorker?: unknown }).pdfjsWorker = worker;

const WIDTHS = [480, 640, 800, 1000, 1300];
/** Pages looked through for a record's code, nearest first. */
const MOST_SEARCHED = 400;

/** The label of a record in the bookmarks: its number, of a handed-over one with that of the hand-over before it. */
const RECORD_LABEL = /^(?:(\d+)\/)?(\d+)\. /;

export class PageView {
  private document: PDFDocumentProxy | null = null;
  private current = 1;
  private size = 2;
  private task: RenderTask | null = null;
  private shown = 0;
  private readonly pageOfRecord = new Map<string, number>();
  private readonly texts = new Map<number, string>();

  /** Open a file. It throws where pdf.js cannot read it. */
  async open(content: Uint8Array): Promise<void> {
    await this.close();
    const task = pdfjs.getDocument({
      data: content.slice(),
      useWasm: false,
      useSystemFonts: false,
      enableXfa: false,
      isImageDecoderSupported: false,
      stopAtErrors: false,
    });
    this.document = await task.promise;
    await this.readBookmarks();
  }

  async close(): Promise<void> {
    this.task?.cancel();
    await this.document?.loadingTask.destroy();
    this.document = null;
    this.current = 1;
    this.pageOfRecord.clear();
    this.texts.clear();
    byId("page-canvas").replaceChildren();
  }

  get pages(): number {
    return this.document?.numPages ?? 0;
  }

  get isOpen(): boolean {
    return this.document !== null;
  }

  private async readBookmarks(): Promise<void> {
    const document = this.document;
    if (document === null) return;
    type Mark = Awaited<ReturnType<PDFDocumentProxy["getOutline"]>>[number];
    const walk = async (marks: Mark[], level: number): Promise<void> => {
      for (const mark of marks) {
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

  /** Show the page of a record: that to which the bookmarks lead if it bears the code, else the nearest that does. */
  async showRecord(handover: number | null, index: number, code: string): Promise<string> {
    const hinted = this.pageOfRecord.get(`${handover ?? ""}/${index}`);
    const start = hinted ?? 1;
    if (hinted !== undefined && (await this.textOf(hinted)).includes(code)) {
      await this.show(hinted);
      return say("pageFound", { code });
    }
    for (let distance = hinted === undefined ? 0 : 1; distance < Math.min(this.pages, MOST_SEARCHED); distance += 1) {
      for (const page of new Set([start + distance, start - distance])) {
        if (page >= 1 && page <= this.pages && (await this.textOf(page)).includes(code)) {
          await this.show(page);
          return say("pageFound", { code });
        }
      }
    }
    if (hinted === undefined) return say("noPage");
    await this.show(hinted);
    return say("pageGuess");
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
    try {
      const proxy = await document.getPage(this.current);
      const width = WIDTHS[this.size] ?? 640;
      const viewport = proxy.getViewport({ scale: width / proxy.getViewport({ scale: 1 }).width });
      const sharp = Math.min(2, globalThis.devicePixelRatio || 1);
      const canvas = make("canvas", { role: "img", "aria-label": say("pageOf", { number: this.current, count: this.pages }) });
      canvas.width = Math.floor(viewport.width * sharp);
      canvas.height = Math.floor(viewport.height * sharp);
      canvas.style.width = `${Math.floor(viewport.width)}px`;
      this.task = proxy.render({ canvas, viewport, transform: [sharp, 0, 0, sharp, 0, 0] });
      await this.task.promise;
      const content = await proxy.getTextContent();
      const words = content.items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : " ") : "")).join("");
      if (asked === this.shown) byId("page-canvas").replaceChildren(canvas, pageWords(words));
    } catch (error) {
      if (asked !== this.shown || (error as Error).name === "RenderingCancelledException") return;
      byId("page-canvas").replaceChildren(make("p", { class: "soft" }, say("pageFails")));
    }
  }

  turnBy(pages: number): Promise<void> {
    return this.show(this.current + pages);
  }

  enlargeBy(steps: number): Promise<void> {
    this.size = Math.max(0, Math.min(WIDTHS.length - 1, this.size + steps));
    return this.show(this.current);
  }
}

function pageWords(words: string): HTMLElement {
  return make("details", {}, make("summary", {}, say("pageText")), make("pre", { class: "words" }, words));
}
