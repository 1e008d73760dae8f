#!/usr/bin/env bash
# A compressed stream whose last byte happens to be a carriage return is called invalid by a PDF/A validator.
#
# Libraries:     pikepdf 10.17.0 (writes) and page-validation 0.11.0 (validates)
# Expectation:   /Length bytes of data, a line end that is no part of them, `endstream` (ISO 32000-1, 7.3.8.1; ISO 19005-3,
#                6.1.7.1). What the last byte of the data is does not matter.
# Behaviour:     pikepdf writes the data, a line feed, and `endstream`, with the right /Length. Where the data ends in 0x0D,
#                `0D 0A endstream` is in the file. The validator takes both bytes for the line end, and reports that /Length
#                does not match. The same page with one space more in its content passes.
# Why it matters here: zlib's last byte is a part of a checksum, so about one stream in 256 ends like this. A bundle of a
#                thousand streams nearly always has some, and which ones changes with every word of it.
# The product:   evidence_app/bundle/pdf/assembly.py (`_end_streams_unambiguously`) appends a zero byte to such data. Readers
#                ignore what follows the end of a zlib stream; the script shows that the page's content stays the same.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check \
    pikepdf==10.17.0 lxml==6.1.3 pillow==13.0.0 packaging==26.3 fonttools==4.68.0 page-validation==0.11.0 \
    jsonschema==4.26.0 jsonschema-specifications==2025.9.1 referencing==0.37.0 rpds-py==2026.9.1 attrs==26.1.0 \
    typing-extensions==4.16.0 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - <<'PY'
import io
import re
import sys
import zlib
from importlib.metadata import version

import page
import pikepdf
from pikepdf import Name, pdfa


def made(data):
    """Return a PDF/A-3b file of one page whose content stream has these compressed bytes."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream = pdf.make_stream(b"")
    stream.write(data, filter=Name.FlateDecode)
    pdf.pages[0].obj.Contents = stream
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = "A square"
    pdfa.prepare(pdf, "3b")
    buffer = io.BytesIO()
    plain = pikepdf.ObjectStreamMode.disable
    pdf.save(buffer, **pdfa.resolve_save_kwargs("3b", object_stream_mode=plain))
    return buffer.getvalue()


def verdict(content):
    report = page.validate_pdf_bytes(content, profile="3b")
    return "compliant" if report.is_compliant else "; ".join(failure.message for failure in report.failures)


# A square, and as many tabs and spaces as make the checksum end in 0x0D.
square = b"0 0 100 100 re f"
tails = (b"\t" * tabs + b" " * spaces for tabs in range(1, 257) for spaces in range(1, 9))
ending = next(square + tail for tail in tails if zlib.compress(square + tail)[-1:] == b"\r")
data, other = zlib.compress(ending), zlib.compress(b" " + ending)
content = made(data)
where = content.index(data)
stated = int(re.findall(rb"/Length (\d+)", content[:where])[-1])
repaired = made(data + b"\0")
with pikepdf.open(io.BytesIO(repaired)) as pdf:
    same = pdf.pages[0].Contents.read_bytes() == ending

print("pikepdf", pikepdf.__version__, "and page-validation", version("page-validation"))
print("Expected: the last byte of a stream's data has no part in the verdict.")
print("In the file:                   ", content[where + len(data) - 4 : where + len(data) + 10])
print("/Length, and bytes of the data:", stated, len(data))
print("Data that ends in 0x0D:        ", verdict(content))
print("With one space more:           ", verdict(made(other)))
print("With a zero byte at the end:   ", verdict(repaired), "- content as before:", same)
shown = stated == len(data) and b"\r\nendstream" in content and "/Length" in verdict(content)
if not (shown and same and verdict(repaired) == verdict(made(other)) == "compliant"):
    sys.exit("This has changed: the validator and the writer now agree, or differ in another way.")
PY
