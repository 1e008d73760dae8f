#!/usr/bin/env bash
# xlrd reads no workbook in a compound file whose sectors have 4,096 bytes: it takes the place of every sector to follow a head of 512.
#
# Libraries:     xlrd 2.0.2 (reads .xls), olefile 0.47 (reads the container)
# Expectation:   a compound file of version 4, which has sectors of 4,096 bytes ([MS-CFB], 2.2), is read like one of version 3, whose sectors
#                have 512: the workbook in it is the same to the byte.
# Behaviour:     the same stream in a file of version 3 is read; in one of version 4 xlrd raises CompDocError and speaks of a corrupt directory.
#                olefile reads both without a remark. Excel writes version 3 itself; version 4 is what programs write that put objects into
#                documents anew, or take them out.
# Why it matters here: a workbook that stands in a Word document or in slides is taken out as a compound file of its own.
# The product:   evidence_app/documents/office/old/old_workbook.py opens the container itself and gives xlrd the stream of the workbook alone,
#                which xlrd reads too.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check xlrd==2.0.2 olefile==0.47 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - <<'PY'
import io
import struct
import sys
from importlib.metadata import version

import olefile
import xlrd

END, FAT, FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def record(kind, content):
    return struct.pack("<HH", kind, len(content)) + content


def workbook():
    """Return the stream of a workbook: one sheet with the number 12 in its first cell ([MS-XLS])."""

    def begin(part):
        return record(0x0809, struct.pack("<HHHHII", 0x0600, part, 0, 0, 0, 6))

    def sheet(place):
        return record(0x0085, struct.pack("<IHBB", place, 0, 6, 0) + b"Visits")

    end = record(0x000A, b"")
    place = len(begin(5) + sheet(0) + end)
    cell = record(0x0203, struct.pack("<HHHd", 0, 0, 0, 12.0))
    return begin(5) + sheet(place) + end + begin(0x10) + cell + end


def container(stream, shift):
    """Return a compound file with one stream: a head, a table of sectors, a directory, and the stream, in sectors of 2 ** shift bytes."""
    size = 1 << shift
    stream = stream.ljust(-(-max(4096, len(stream)) // size) * size, b"\0")
    count = len(stream) // size

    def entry(name, kind, child, start, length):
        text = f"{name}\0".encode("utf-16-le") if name else b""
        links = struct.pack("<III", FREE, FREE, child)
        return text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + links + bytes(36) + struct.pack("<IQ", start, length)

    table = struct.pack(f"<{count + 2}I", FAT, END, *range(3, count + 2), END).ljust(size, b"\xff")
    directory = entry("Root Entry", 5, 1, END, 0) + entry("Workbook", 2, FREE, 2, len(stream))
    directory += entry("", 0, FREE, 0, 0) * ((size - len(directory)) // 128)
    number = 3 if shift == 9 else 4
    head = olefile.MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, number, 0xFFFE, shift, 6)
    head += struct.pack("<IIIIIIIII", number - 3, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    return head.ljust(size, b"\0") + table + directory + stream


print(f"xlrd {version('xlrd')}, olefile {version('olefile')}")
read = {}
for shift in (9, 12):
    file = container(workbook(), shift)
    with olefile.OleFileIO(io.BytesIO(file), raise_defects=olefile.DEFECT_INCORRECT) as opened:
        whole = opened.openstream("Workbook").read().startswith(workbook()) and not opened.parsing_issues
    try:
        read[shift] = xlrd.open_workbook(file_contents=file, logfile=io.StringIO()).sheet_by_index(0).cell_value(0, 0)
    except xlrd.compdoc.CompDocError as error:
        read[shift] = f"CompDocError: {error}"
    print(f"sectors of {1 << shift:>5} bytes: olefile {'reads it' if whole else 'does not read it'}; xlrd: {read[shift]}")
    if not whole:
        sys.exit("the file is not one that olefile reads: nothing was shown")
alone = xlrd.open_workbook(file_contents=workbook(), logfile=io.StringIO()).sheet_by_index(0).cell_value(0, 0)
print(f"the stream alone: xlrd: {alone}")
as_described = read[9] == alone == 12.0 and str(read[12]).startswith("CompDocError")
print("as described" if as_described else "this has changed")
sys.exit(0 if as_described else 1)
PY
