#!/usr/bin/env bash
# Tesseract reads lines that stand on end as well as any, and reports their orientation as upright.
#
# Library:       tesserocr 2.13.0 (Tesseract 5.5.4), data tessdata_fast 4.1.0 for English (resources/recognition)
# Expectation:   With PSM.AUTO, a page turned by a quarter is read badly, or Orientation() of its words says that it is turned,
#                so that a program can show it upright.
# Behaviour:     Turned by 90 degrees to the right, every word is read, at the confidence of the upright page, and Orientation()
#                is PAGE_UP for each. Upside down is nonsense at a low confidence, and Orientation() is PAGE_UP too.
#                What tells is the boxes: the words are taller than they are wide.
# Why it matters here: words and confidence are right, so nothing seems amiss, and a text layer made of the boxes lies on its side.
# The product:   evidence_app/documents/recognition_worker.py compares the heights and widths of longer words, and the mean
#                confidence of two positions, and asks for no orientation.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --only-binary :all: --disable-pip-version-check tesserocr==2.13.0 Pillow==13.0.0 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - "$here/../resources/recognition" <<'PY'
import sys

from PIL import Image, ImageDraw, ImageFont
from tesserocr import PSM, RIL, PyTessBaseAPI, iterate_level, tesseract_version

LINES = ("The kitchen window was mended", "in the morning, and nobody", "was told about the second visit")
page = Image.new("L", (1000, 700), 255)
font = ImageFont.load_default(size=44)
for number, line in enumerate(LINES):
    ImageDraw.Draw(page).text((80, 120 + 110 * number), line, font=font, fill=0)


def read(api, image):
    api.SetImage(image)
    api.Recognize()
    words, orientations, tall, confidence = [], set(), 0, 0.0
    for each in iterate_level(api.GetIterator(), RIL.WORD):
        left, top, right, bottom = each.BoundingBox(RIL.WORD)
        words.append(each.GetUTF8Text(RIL.WORD))
        confidence += each.Confidence(RIL.WORD)
        orientations.add(int(each.Orientation()[0]))
        tall += len(words[-1]) >= 4 and bottom - top > right - left
    long = sum(len(word) >= 4 for word in words)
    return " ".join(words), round(confidence / len(words)), sorted(orientations), f"{tall} of {long}"


print(tesseract_version().splitlines()[0])
print("Expected: Orientation() tells how the lines lie. 0 is PAGE_UP.")
with PyTessBaseAPI(path=sys.argv[1], lang="eng", psm=PSM.AUTO) as api:
    found = {degrees: read(api, page.rotate(-degrees, expand=True)) for degrees in (0, 90, 180)}
for degrees, (words, confidence, orientations, tall) in found.items():
    print(f"turned by {degrees:3}: mean confidence {confidence}, Orientation() {orientations}, long words taller than wide {tall}: {words[:60]}")
upright, lying, over = found[0], found[90], found[180]
same = lying[0] == upright[0] == " ".join(LINES) and lying[1] >= 85 and lying[2] == [0] and lying[3].split()[0] == lying[3].split()[-1]
if not (same and over[1] < 70 and over[2] == [0]):
    sys.exit("This has changed: lines that stand on end are no longer read and reported as described.")
PY
