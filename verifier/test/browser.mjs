// Opens the built page in Chromium without a network, gives it files, and prints what it found as JSON:
// node test/browser.mjs BROWSER PAGE '{"files": [...], "language": "cy", "record": 3, "scripts": true, "audit": true, "out": FOLDER}'

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [, , executablePath, page, wish] = process.argv;
const { files = [], language, record, scripts = true, audit = false, dark = false, out = "", without = "" } = JSON.parse(wish);

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
});
const context = await browser.newContext({
  offline: true,
  bypassCSP: false,
  javaScriptEnabled: scripts,
  colorScheme: dark ? "dark" : "light",
  locale: language ? `${language}-GB` : "en-GB",
  viewport: { width: 1440, height: 900 },
});
const tab = await context.newPage();
const requests = [];
const complaints = [];
tab.on("request", (request) => requests.push(request.url().slice(0, 40)));
tab.on("pageerror", (error) => complaints.push(String(error)));
tab.on("console", (message) => {
  if (message.type() === "error") complaints.push(message.text());
});
if (without) await tab.addInitScript(`Object.defineProperty(globalThis.crypto, "${without}", { value: undefined })`);
await tab.goto(pathToFileURL(page).href);

const found = { said: "" };
if (scripts && files.length) {
  const start = performance.now();
  await tab.setInputFiles("#files", files);
  await tab.waitForFunction(
    () => document.documentElement.dataset.verdict || document.documentElement.dataset.refused,
    null,
    { timeout: 300_000, polling: 10 },
  );
  found.milliseconds = Math.round(performance.now() - start);
  Object.assign(found, await tab.evaluate(() => ({ ...document.documentElement.dataset })));
  found.said = await tab.textContent("#progress-words");
  found.sentences = await tab.$$eval(".sentence", (all) => all.map((each) => each.textContent));
  found.rows = await tab.$$eval("table.items tbody tr", (all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
}
if (record !== undefined) {
  await tab.locator(".records button").nth(record).click();
  await tab.waitForFunction(() => document.getElementById("page-words").textContent, null, { timeout: 60_000 });
  await tab.waitForSelector("#page-canvas canvas", { timeout: 60_000 });
  found.record = await tab.textContent("#record");
  found.pageWords = await tab.textContent("#page-words");
  found.pageText = await tab.textContent("#page-canvas pre");
}
if (audit) {
  // The auditing script is put in by the driver, past the policy of the page, which would rightly refuse it.
  const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  found.violations = await tab.evaluate(async (script) => {
    (0, eval)(script);
    const said = await globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
    return said.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ")}`);
  }, source);
}
found.text = scripts ? await tab.innerText("main") : await tab.locator("body").innerText();
if (out) await tab.screenshot({ path: join(out, "page.png"), fullPage: true });
if (out && scripts) await tab.pdf({ path: join(out, "printed.pdf"), format: "A4" });
await browser.close();
console.log(JSON.stringify({ ...found, requests, complaints }));
