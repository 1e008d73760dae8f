#!/usr/bin/env bash
# Characters beyond U+FFFF are drawn right and read out as another character.
#
# Libraries:     reportlab 5.1.0 (writes) and pypdfium2 5.15.2 (reads)
# Expectation:   the ToUnicode map of an embedded TrueType font gives characters in UTF-16 (ISO 32000-1, 9.10.3): U+1D400,
#                a mathematical bold A, is the surrogate pair <D835DC00>.
# Behaviour:     reportlab writes the number itself, <1D400>: five digits, which is no UTF-16. The page looks right. PDFium
#                reads out U+1D40, a small raised T. With <D835DC00> in its place it reads out what was written.
# Why it matters here: text that is searched for in a page, copied from it or read aloud is another text than the one
#                that is seen, and nothing warns of it.
# The product:   evidence_app/bundle/pdf/tounicode.py (`_utf16`) writes every such map anew, with the pair.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check \
    reportlab==5.1.0 charset-normalizer==3.5.2 pillow==13.0.0 pypdfium2==5.15.2 fonttools==4.68.0 \
    pikepdf==10.17.0 lxml==6.1.3 packaging==26.3 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - "$work/squares.ttf" <<'PY'
import io
import re
import sys
from importlib.metadata import version

import pikepdf
import pypdfium2
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

TEXT = "x\U0001d400y"


def make_font(path):
    """Write a font whose every glyph is the same square: for x, y and U+1D400."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 600), (700, 600), (700, 0)):
        pen.lineTo(point)
    pen.closePath()
    square = pen.glyph()
    names = [".notdef", "space", "x", "y", "bold"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0x20: "space", ord("x"): "x", ord("y"): "y", 0x1D400: "bold"})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (800, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares-Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.save(path)


def read_out(content):
    document = pypdfium2.PdfDocument(content)
    try:
        return document[0].get_textpage().get_text_bounded()
    finally:
        document.close()


def corrected(content):
    """Return the file with the surrogate pair in the font's map."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for font in pdf.pages[0].obj.Resources.Font.values():
            font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<1D400>", b"<D835DC00>"))
        pdf.save(buffer)
    return buffer.getvalue()


make_font(sys.argv[1])
pdfmetrics.registerFont(TTFont("Squares", sys.argv[1]))
buffer = io.BytesIO()
canvas = Canvas(buffer, initialFontName="Squares")
canvas.setFont("Squares", 12)
canvas.drawString(72, 700, TEXT)
canvas.save()
content = buffer.getvalue()
with pikepdf.open(io.BytesIO(content)) as pdf:
    maps = b"".join(font.ToUnicode.read_bytes() for font in pdf.pages[0].obj.Resources.Font.values())
entry = re.search(rb"<[0-9A-F]{2}> <(1D400|D835DC00)>", maps)

print("reportlab", version("reportlab"), "and pypdfium2", version("pypdfium2"))
print("Expected: the map's entry is <D835DC00>, and what was drawn is read out.")
print("Drawn:                  ", ascii(TEXT))
print("Entry in the map:       ", entry[0].decode() if entry else "none")
print("Read out:               ", ascii(read_out(content)))
print("Read out when corrected:", ascii(read_out(corrected(content))))
if b"<1D400>" not in maps or read_out(content) == TEXT or read_out(corrected(content)) != TEXT:
    sys.exit("This has changed: such characters are mapped, or read out, in another way.")
PY
