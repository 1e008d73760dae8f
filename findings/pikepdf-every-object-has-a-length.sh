#!/usr/bin/env bash
# A name in a PDF looks like a list to Python: it has a length and an iterator, and raises when either is used.
#
# Library:       pikepdf 10.17.0
# Expectation:   A stream's /Filter is one name or an array of names (ISO 32000-1, table 5). What has __len__ and __iter__ is
#                the array: a name has neither, as a number or a plain string of Python's has none or is told apart.
# Behaviour:     Every object of a PDF that pikepdf gives is of one class, which has them all: hasattr() and
#                isinstance(…, collections.abc.Iterable) say yes of a name, and iterating over it raises TypeError.
# Why it matters here: the search of an original for withheld words took the one filter of a photograph for an array, so that
#                no bundle was made with that file and with words withheld by hand.
# The product:   `_undone` in evidence_app/bundle/leak_search.py asks isinstance(…, pikepdf.Array).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --only-binary :all: --disable-pip-version-check pikepdf==10.17.0 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - <<'PY'
import sys
from collections.abc import Iterable, Sized

import pikepdf

print("pikepdf", pikepdf.__version__)
print("Expected: the array alone has a length, and can be iterated over.")


def works(function, value):
    try:
        function(value)
    except TypeError as error:
        return f"TypeError: {error}"
    return "works"


said = {}
with pikepdf.new() as pdf:
    stream = pikepdf.Stream(pdf, b"")
    for what, value in (("a name", pikepdf.Name.DCTDecode), ("an array", pikepdf.Array([pikepdf.Name.DCTDecode]))):
        stream.Filter = value
        held = stream.get("/Filter")
        said[what] = isinstance(held, Sized), isinstance(held, Iterable), works(len, held), works(list, held)
        print(f"{what:8}: has a length {said[what][0]}, is iterable {said[what][1]}; len() {said[what][2]}; list() {said[what][3]}")
if not (said["a name"][:2] == (True, True) and said["a name"][3].startswith("TypeError") and said["an array"][2:] == ("works", "works")):
    sys.exit("This has changed: a name no longer looks like a list.")
PY
