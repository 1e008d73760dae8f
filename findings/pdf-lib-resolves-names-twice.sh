#!/usr/bin/env bash
# The kept fork of pdf-lib resolves the escapes of a name twice: a name with a number sign in it becomes another one when a file is saved.
#
# Library:       @cantoo/pdf-lib 2.11.1; pdf-lib 1.17.1, of which it is a fork, and pikepdf 10.17.0 beside it
# Expectation:   A name is written with #xx for a byte that cannot stand there; #23 is the number sign itself (ISO 32000-1, 7.3.5). So
#                /A#2341 is the name of four characters A, #, 4, 1, and nothing in it is an escape any more.
# Behaviour:     The fork reads the name AA: it resolves #23 to #, and then #41, which was never written, to A. Loaded and saved, the
#                key has another name. pdf-lib itself and pikepdf read A#41.
# Why it matters here: a page digest spells names byte for byte. A colour or font called so would be another one for a verifier that
#                reads with pdf-lib, and a page that is as it was drawn would be called altered.
# The product:   verifier/src/proof/pdf_objects.ts reads names by itself (docs/decisions/0038).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v npm > /dev/null || { echo "This needs Node.js 20 and npm: nothing was tried." >&2; exit 2; }
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --only-binary :all: --disable-pip-version-check pikepdf==10.17.0 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }
(cd "$work" && npm init -y > /dev/null && npm install --silent --ignore-scripts --no-audit --no-fund --omit=optional \
    @cantoo/pdf-lib@2.11.1 pdf-lib@1.17.1) ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - "$work" <<'PY'
import sys

import pikepdf

with pikepdf.new() as pdf:
    pdf.add_blank_page(page_size=(200, 100))
    pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary({"/A#41": pikepdf.String("a")}))
    pdf.save(f"{sys.argv[1]}/name.pdf", qdf=True)
written = open(f"{sys.argv[1]}/name.pdf", "rb").read()
print("in the file:", b"/A#2341" in written and "/A#2341")
with pikepdf.open(f"{sys.argv[1]}/name.pdf") as pdf:
    print("pikepdf", pikepdf.__version__, "reads", [key for key in pdf.trailer.Info.keys() if key.startswith("/A")])
PY
cat > "$work/read.mjs" <<'JS'
import { readFile } from "node:fs/promises";

const content = await readFile("name.pdf");
const read = {};
for (const library of ["@cantoo/pdf-lib", "pdf-lib"]) {
  const { PDFDocument, PDFDict } = await import(library);
  const pdf = await PDFDocument.load(content, { updateMetadata: false });
  const info = pdf.context.lookup(pdf.context.trailerInfo.Info, PDFDict);
  read[library] = info.keys().map((key) => key.decodeText()).find((key) => key.startsWith("A"));
}
console.log("Expected: A#41 by each.");
console.log(read);
const twice = read["@cantoo/pdf-lib"] === "AA" && read["pdf-lib"] === "A#41";
if (!twice) {
  console.error("This has changed: the names are not read as described.");
  process.exit(1);
}
JS
cd "$work" && node read.mjs 2> "$work/said" || { code=$?; cat "$work/said" >&2; exit "$code"; }
