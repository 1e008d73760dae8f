#!/usr/bin/env bash
# An embedded font maps 32 codes, which no page shows, to the character U+0000, and PDF/UA refuses the file for it.
#
# Libraries:     reportlab 5.1.0 (writes), pikepdf 10.17.0 (changes the map), page-validation 0.11.0 (validates)
# Expectation:   the ToUnicode map of an embedded font has entries for the characters of the text, "Hello" here.
# Behaviour:     it has 128 entries, and those for the codes 00 to 1F all say U+0000, which PDF/UA does not allow as a
#                character (ISO 14289-1, 7.21.7). It does not matter that no page uses these codes. With U+FFFD in their
#                place the complaint is gone. (Other complaints stay: the page has no tags.)
# Why it matters here: a bundle is PDF/A-3b and PDF/UA-1. The check for 3b passes, and so does every look at the text.
# The product:   evidence_app/bundle/pdf/assembly.py (`_tidy`) has each font's map written anew by
#                evidence_app/bundle/pdf/tounicode.py, with U+FFFD for what is no character.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check \
    reportlab==5.1.0 charset-normalizer==3.5.2 pillow==13.0.0 pikepdf==10.17.0 lxml==6.1.3 packaging==26.3 \
    page-validation==0.11.0 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - <<'PY'
import io
import re
import sys
from importlib.metadata import version
from pathlib import Path

import page
import pikepdf
import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

RULE = "PDFUA1-FONT-UNICODE-VALUE-001"


def complaint(content):
    failures = page.validate_pdf_bytes(content, profile="ua1").failures
    return next((failure.message for failure in failures if failure.rule_id == RULE), "none")


# A font that comes with the library.
file = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
pdfmetrics.registerFont(TTFont("Vera", str(file)))
drawn, replaced = io.BytesIO(), io.BytesIO()
canvas = Canvas(drawn, initialFontName="Vera")
canvas.setFont("Vera", 12)
canvas.drawString(72, 700, "Hello")
canvas.save()
with pikepdf.open(drawn) as pdf:
    (font,) = pdf.pages[0].obj.Resources.Font.values()
    table = font.ToUnicode.read_bytes()
    font.ToUnicode.write(table.replace(b"<0000>", b"<FFFD>"))
    pdf.save(replaced)
entries = re.findall(rb"^<([0-9A-F]{2})> <([0-9A-F]{4})>$", table, re.MULTILINE)
zero = [code.decode() for code, character in entries if character == b"0000"]

print(", ".join(f"{name} {version(name)}" for name in ("reportlab", "pikepdf", "page-validation")))
print("Expected: entries for the letters of Hello, and none for U+0000.")
print("Entries in all:              ", len(entries))
print("Entries for U+0000:          ", len(zero), "codes", zero[0] if zero else "", "to", zero[-1] if zero else "")
print("PDF/UA, of the font's map:   ", complaint(drawn.getvalue()))
print("The same with U+FFFD instead:", complaint(replaced.getvalue()))
if not zero or complaint(drawn.getvalue()) == "none" or complaint(replaced.getvalue()) != "none":
    sys.exit("This has changed: the map names no U+0000 any more, or the validator allows it.")
PY
