#!/usr/bin/env bash
# A PDF/A with a few hundred bookmarks side by side is not validated: they count as a chain of references, which is too deep.
#
# Library:       page-validation 0.11.0 (files made with pikepdf 10.17.0)
# Expectation:   The validator's limit on the depth of references is about nesting. Bookmarks of one level are siblings, however many:
#                each names the next one (ISO 32000-1, 12.3.3).
# Behaviour:     Each /Next is one reference deeper than the one before. Above 256 or so the file is refused with a
#                SafetyLimitError, for PDF/A and for PDF/UA; with the limit raised the same file is compliant PDF/A. A hundred are fine,
#                and four hundred that lie in groups of twenty are, too.
# Why it matters here: a bundle has a bookmark for each record and exhibit of a section. A log of some years may have more than 256, and
#                whoever checks such a bundle with this validator as it comes is told that it cannot be.
# The product:   a bundle's conformance says which limit to raise (docs/spec/bundle.md); tests/end_to_end/test_structure.py validates
#                a bundle with more.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --only-binary :all: --disable-pip-version-check page-validation==0.11.0 "pikepdf[pdfa]==10.17.0" ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - <<'PY'
import io
import sys
from importlib.metadata import version

import page
import pikepdf
from pikepdf import OutlineItem, pdfa

print("page-validation", version("page-validation"), "and pikepdf", pikepdf.__version__)
print("Expected: a one-page PDF/A is compliant with however many bookmarks of one level.")


def with_bookmarks(count, group=None):
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        with pdf.open_outline() as outline:
            items = [OutlineItem(f"Record {number}", 0) for number in range(count)]
            if group is None:
                outline.root.extend(items)
            for start in range(0, count, group or count + 1) if group else ():
                month = OutlineItem(f"From record {start}", 0)
                month.children.extend(items[start : start + group])
                outline.root.append(month)
        pdfa.prepare(pdf, "3b")
        out = io.BytesIO()
        pdf.save(out, **pdfa.resolve_save_kwargs("3b"))
        return out.getvalue()


def said(content, profile="3b", **limits):
    try:
        report = page.validate_pdf_bytes(content, profile=profile, limits=page.SafetyLimits(**limits))
    except page.PageError as error:
        return f"{type(error).__name__}: {error}"
    return "compliant" if report.is_compliant else "not compliant"


many = with_bookmarks(400)
seen = {
    "100 of one level": said(with_bookmarks(100)),
    "400 of one level": said(many),
    "400 in groups of 20": said(with_bookmarks(400, 20)),
    "400 of one level, limit of depth 1,000": said(many, max_reference_depth=1_000),
}
other = pdfa.validate_written(io.BytesIO(many), "3b").passed
for what, answer in seen.items():
    print(f"{what}: {answer}")
print("400 of one level, by pikepdf's validator:", "compliant" if other else "not compliant")
refused = [seen.pop("400 of one level"), said(many, "ua1")]
print("400 of one level, as PDF/UA:", refused[1])
if not (all(answer.startswith("SafetyLimitError") for answer in refused) and set(seen.values()) == {"compliant"} and other):
    sys.exit("This has changed: bookmarks of one level no longer count as depth.")
PY
