#!/usr/bin/env bash
# PDFium flattens a note without an appearance stream only if the page was drawn before: otherwise the note is gone.
#
# Library:       pypdfium2 5.15.2 (PDFium), pikepdf 10.17.0 to make the file
# Expectation:   FPDFPage_Flatten makes annotations a part of the page as FPDF_RenderPageBitmap draws them. A FreeText and a
#                Highlight without /AP are drawn by it (ISO 32000-1, 12.5.5: the reader makes the appearance), so both stay.
# Behaviour:     1. Flattened straight after opening: the annotations are removed and nothing of them is on the page.
#                2. The same page drawn once, however small, before it is flattened: words and colour are in the page.
#                The drawing puts the appearances that it makes into the annotations; flattening uses those that are there.
# Why it matters here: Evince and others write notes without /AP. “NOT AGREED” disappears from a letter without an error.
# The product:   evidence_app/documents/pdf/as_drawn.py draws each page with notes at a twentieth of its size first.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --only-binary :all: --disable-pip-version-check pypdfium2==5.15.2 pikepdf==10.17.0 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - <<'PY'
import io
import sys

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, String
from pypdfium2 import raw

WORDS = "NOT AGREED"


def letter():
    """A page with one FreeText and one Highlight, as poppler writes them: without appearance streams."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(300, 200))
        notes = (
            Dictionary(Subtype=Name.FreeText, Contents=String(WORDS), DA=String("/Helv 12 Tf 1 0 0 rg"), Rect=Array([20, 20, 200, 60]), F=4),
            Dictionary(Subtype=Name.Highlight, C=Array([1, 1, 0]), Rect=Array([20, 120, 200, 140]),
                       QuadPoints=Array([20, 140, 200, 140, 20, 120, 200, 120]), F=4),
        )
        page.obj.Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, **dict((key[1:], value) for key, value in note.items()))) for note in notes])
        pdf.save(out)
    return out.getvalue()


def flattened(content, drawn_first):
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    if drawn_first:
        page.render(scale=0.05)
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return seen(out.getvalue())


def seen(content):
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    words = page.get_textpage().get_text_range().strip()
    picture = page.render(scale=1, draw_annots=True).to_pil().convert("RGB")
    yellow = any(red > 200 and green > 200 and blue < 100 for red, green, blue in picture.getdata())
    annotations = raw.FPDFPage_GetAnnotCount(page)
    document.close()
    return words, yellow, annotations


import warnings

warnings.simplefilter("ignore")
file = letter()
print("pypdfium2", pypdfium2.PYPDFIUM_INFO)
print("Expected: flattening keeps what drawing shows.")
opened = seen(file)
straight, after = flattened(file, drawn_first=False), flattened(file, drawn_first=True)
print("as opened, drawn:            words in the page %r, yellow %s, annotations %d" % opened)
print("1. flattened straight away:  words in the page %r, yellow %s, annotations %d" % straight)
print("2. drawn once, then so:      words in the page %r, yellow %s, annotations %d" % after)
if not (opened[1] and not straight[1] and WORDS not in straight[0] and straight[2] == 0 and after[1] and WORDS in after[0]):
    sys.exit("This has changed: flattening no longer depends on an earlier drawing as described.")
PY
