#!/usr/bin/env bash
# Glyphs that share the last width of a font are embedded with another width than the document gives them.
#
# Library:       reportlab 5.1.0
# Expectation:   the program of an embedded TrueType font has the widths of the font it was made from, in the font's own units
#                (2048 to the em, say), so that it agrees with the document's /Widths (ISO 19005-3, 6.2.11.5).
# Behaviour:     a TrueType font may write a width that its last glyphs share once (hhea.numberOfHMetrics is then less than the
#                number of glyphs). Of these glyphs reportlab writes the width in thousandths of the em into the program, as if
#                that were the font's unit: 900 of 2048 becomes 439. With 1000 units to the em nothing shows.
# Why it matters here: such a file is no PDF/A. Emoji fonts are of this kind: all their glyphs are as wide. Text that a reader
#                draws by the program's widths runs into itself.
# The product:   resources/fonts/NotoEmoji-Regular.ttf has a last glyph one unit wider than the others, so that every width is
#                written; tests/end_to_end/test_every_sign.py looks at all fonts.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check \
    reportlab==5.1.0 charset-normalizer==3.5.2 pillow==13.0.0 fonttools==4.68.0 pikepdf==10.17.0 lxml==6.1.3 packaging==26.3 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - "$work/boxes.ttf" <<'PY'
import io
import sys
from importlib.metadata import version

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont as Program
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

UNITS = 2048
WIDTHS = {".notdef": 500, "A": 300, "B": 400, "C": 900, "D": 900, "E": 900}


def box(width):
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((50, 500), (width - 50, 500), (width - 50, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def make_font(path):
    """Write a font of boxes, of which the last three are as wide."""
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(list(WIDTHS))
    builder.setupCharacterMap({ord(name): name for name in WIDTHS if len(name) == 1})
    builder.setupGlyf({name: box(width) for name, width in WIDTHS.items()})
    builder.setupHorizontalMetrics({name: (width, 50) for name, width in WIDTHS.items()})
    builder.setupHorizontalHeader(ascent=1600, descent=-400)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular", "psName": "Boxes-Regular"})
    builder.setupOS2(sTypoAscender=1600, sTypoDescender=-400, usWinAscent=1600, usWinDescent=400)
    builder.setupPost()
    builder.save(path)


def embedded(path):
    """Return the widths in the program that reportlab embeds, in the font's units."""
    pdfmetrics.registerFont(TTFont("Boxes", path))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, initialFontName="Boxes")
    canvas.setFont("Boxes", 20)
    canvas.drawString(72, 700, "ABCDE")
    canvas.save()
    with pikepdf.open(io.BytesIO(buffer.getvalue())) as pdf:
        (font,) = pdf.pages[0].obj.Resources.Font.values()
        program = Program(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
        return sorted(program["hmtx"].metrics[name][0] for name in program.getGlyphOrder())


make_font(sys.argv[1])
stored = Program(sys.argv[1])
found, expected = embedded(sys.argv[1]), sorted(WIDTHS.values())
scaled = round(900 * 1000 / UNITS)
print("reportlab", version("reportlab"))
print("Widths written in the font:", stored["hhea"].numberOfHMetrics, "for", stored["maxp"].numGlyphs, "glyphs")
print("Expected in the program:   ", expected)
print("Found in the program:      ", found)
if found == expected or scaled not in found:
    sys.exit("This has changed: the widths are embedded as they are, or wrongly in another way.")
PY
