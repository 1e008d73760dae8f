#!/usr/bin/env bash
# The bounds of a stroked path are a whole line width larger on every side than what is drawn.
#
# Library:       pypdfium2 5.15.2 (FPDFPageObj_GetBounds of PDFium; pages made with pikepdf 10.17.0)
# Expectation:   A line of 10 points width, from (100, 100) to (110, 100), with butt caps, covers 10 by 10 points: half of its width lies on
#                either side, and nothing beyond its ends (ISO 32000-1, 8.4.3.2 and 8.4.3.3). A square of 40 with such a line covers 50 by 50.
# Behaviour:     Drawn, they are that large. Their bounds are 30 by 20, and 60 by 60: the whole width was added on each side, at the ends of the
#                line too. Those of a filled path are exact.
# Why it matters here: whether a page is recognised depends on what is drawn on it beside its text. By its bounds a short stroke of a
#                letter that is drawn with a wide pen is as long as the rule of a table.
# The product:   measures the corners of a path and its line width (evidence_app/documents/pdf/drawn_shapes.py); tests/unit/test_drawn_shapes.py
#                has strokes of a wide pen.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --only-binary :all: --disable-pip-version-check pypdfium2==5.15.2 pikepdf==10.17.0 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - <<'PY'
import io
import sys
from importlib.metadata import version

import pikepdf
import pypdfium2

print("pypdfium2", version("pypdfium2"), "and pikepdf", pikepdf.__version__)
print("Expected: the bounds of a path are as large as what is drawn of it.")
PATHS = {
    "a line, 10 w": ("10 w 100 100 m 110 100 l S", (10, 10), (30, 20)),
    "a square, 10 w": ("10 w 100 100 40 40 re S", (50, 50), (60, 60)),
    "a filled square": ("100 100 40 40 re f", (40, 40), (40, 40)),
}
SCALE = 4


def sizes(content):
    """Return the size of what is drawn, and that of its bounds, in points."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(300, 300)).Contents = pdf.make_stream(content.encode())
        pdf.save(out)
    page = pypdfium2.PdfDocument(out.getvalue())[0]
    left, bottom, right, top = next(iter(page.get_objects())).get_bounds()
    drawn = page.render(scale=SCALE, grayscale=True)
    width, rows = drawn.width, bytes(drawn.buffer)
    dark = [divmod(place, drawn.stride) for place, level in enumerate(rows) if level < 128]
    across, down = [column for _, column in dark if column < width], [row for row, _ in dark]
    seen = ((max(across) - min(across) + 1) / SCALE, (max(down) - min(down) + 1) / SCALE)
    return seen, (round(right - left, 1), round(top - bottom, 1))


same = True
for what, (content, due, said) in PATHS.items():
    drawn, bounds = sizes(content)
    print(f"{what}: drawn {drawn[0]:g} by {drawn[1]:g}, bounds {bounds[0]:g} by {bounds[1]:g}")
    same = same and all(abs(a - b) <= 0.5 for a, b in zip(drawn + bounds, due + said))
if not same:
    sys.exit("This has changed: bounds are no longer larger by the line width.")
PY
