// Builds the verifier into one HTML file: node build.mjs OUT. Everything is inside: scripts, styles, and pdf.js for the pages.

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "built", "verify.html");

const bundled = await build({
  entryPoints: [join(here, "src", "page", "main.ts")],
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome109", "firefox115", "safari16.4"],
  legalComments: "none",
  write: false,
  logLevel: "error",
  define: { "import.meta.url": '"about:blank"' },
});
// An end tag of a script within the script would end it.
const script = bundled.outputFiles[0].text.trimEnd().replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
const style = (await readFile(join(here, "src", "page", "style.css"), "utf8")).trimEnd();
const lock = JSON.parse(await readFile(join(here, "package-lock.json"), "utf8"));
const parts = Object.entries(lock.packages).filter(([path, each]) => path && !each.dev && !each.optional);
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** The names of the parts, each with its licence in full: they ask for that wherever their code goes. */
async function licences() {
  const said = [];
  for (const [path, { version, license }] of parts) {
    const folder = join(here, path);
    const name = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
    const text = name ? await readFile(join(folder, name), "utf8") : "";
    said.push(`<details><summary>${path.replace(/^.*node_modules\//, "")} ${version} (${license})</summary><pre>${escaped(text)}</pre></details>`);
  }
  return said.join("\n");
}

const hashOf = (text) => `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
// No source of connections is allowed at all; the two scripts and styles are allowed by their hashes alone.
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(script)}`,
  `style-src ${hashOf(style)}`,
  "img-src data: blob:",
  "font-src data: blob:",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join("; ");

let page = await readFile(join(here, "src", "page", "page.html"), "utf8");
for (const [mark, text] of [["@POLICY@", policy], ["@STYLE@", style], ["@LICENCES@", await licences()], ["@SCRIPT@", script]]) {
  page = page.split(mark).join(text);
}
await mkdir(dirname(out), { recursive: true });
await writeFile(out, page, "utf8");

// The judging part alone, for the tests, which run it in Node.
await build({
  entryPoints: [join(here, "test", "judge.ts")],
  bundle: true,
  platform: "node",
  format: "esm",
  outfile: join(here, "built", "judge.mjs"),
  logLevel: "error",
});
