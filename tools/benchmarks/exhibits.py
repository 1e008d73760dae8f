"""Whole bundles of exhibits: placed, mended, drawn as pictures, and recognised, each in its own process.

Everything is in the time: reading, judging, mending, drawing, tags, signature. The floor is joining the same files with pikepdf; of scans it is the
same with one worker. The memory is the peak of the program's own process, without its workers.
"""

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tools.benchmarks.measuring import Result

PASSPHRASE: Final = "four invented words here"
FILES: Final = 10
PAGES: Final = 20
LINES: Final = 40
SCANS: Final = 20
"""Scanned pages, in files of one page each."""
AIMS: Final = {"placed": "", "mended": "", "pictures": "10 pages a second a core", "scans": "0.59 on two cores"}


def text_pages(font: str, number: int) -> bytes:
    """Return a PDF of text; of a standard font, which is not in the file, or of the program's own, which is."""
    from reportlab.pdfgen.canvas import Canvas

    from evidence_app.bundle.typeset.fonts import fonts

    fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, initialFontName=font)  # type: ignore[arg-type]
    for page in range(PAGES):
        canvas.setFont(font, 11)
        for line in range(LINES):
            canvas.drawString(
                60, 780 - 18 * line, f"file {number}, page {page}, line {line}: the weekly visits must go on"
            )
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def with_unknown_signs(number: int) -> bytes:
    """Return a PDF in a font of signs that no reader has, so that its pages must become pictures."""
    return text_pages("Helvetica", number).replace(b"/Helvetica", b"/Wingdings")


def scanned(number: int) -> bytes:
    """Return a scan: a page of text as a picture."""
    from tests.support.sample_documents import scan

    return scan([f"scan {number}, line {line}: the weekly visits must go on" for line in range(20)])


KINDS: Final[dict[str, Callable[[int], bytes]]] = {
    "placed": lambda number: text_pages("Text", number),
    "mended": lambda number: text_pages("Helvetica", number),
    "pictures": with_unknown_signs,
    "scans": scanned,
}
"""What is measured, and what makes a file of it."""


def export(kind: str, folder: Path, workers: int) -> dict[str, float]:
    """Export a bundle of one kind of files with so many workers, and join the same files with pikepdf. Return seconds, pages, megabytes and bytes."""
    import pikepdf

    from evidence_app.documents.workers import sessions
    from evidence_app.domain.record.entries import read_entry
    from evidence_app.services.bundles.exporting import export as export_bundle
    from evidence_app.services.core.sealing import seal, sources_of
    from evidence_app.services.records.reading import choose
    from evidence_app.services.safekeeping.creating import create_store

    sessions.MAX_WORKERS = workers  # type: ignore[misc]
    count = SCANS if kind == "scans" else FILES
    ending = "png" if kind == "scans" and not KINDS[kind](0).startswith(b"%PDF") else "pdf"
    names = [f"{number}.{ending}" for number in range(count)]
    contents = [KINDS[kind](number) for number in range(count)]
    for name, content in zip(names, contents, strict=True):
        (folder / name).write_bytes(content)
    entry = {
        "kind": "note",
        "event_at": "2025-04-14T10:00",
        "event_precision": "exact",
        "fields": {"text": "Files."},
        "attachments": [str(folder / name) for name in names],
    }
    with create_store(folder / "store", PASSPHRASE).session as session:
        read = read_entry(entry)
        seal(session, read, sources_of(read, folder))
        start = time.perf_counter()
        made = export_bundle(session, "officer", folder / "out.pdf", choose())
        seconds = time.perf_counter() - start
    sessions.end_workers()
    start = time.perf_counter()
    if ending == "pdf":
        joined = pikepdf.new()
        for content in contents:
            with pikepdf.open(io.BytesIO(content)) as pdf:
                joined.pages.extend(pdf.pages)
        joined.save(folder / "joined.pdf")
    floor = time.perf_counter() - start
    return {
        "seconds": seconds,
        "floor": floor,
        "pages": float(made.pages),
        "own": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": float((folder / "out.pdf").stat().st_size),
        "originals": float(sum(map(len, contents))),
    }


def measured(kind: str) -> Result:
    """Export in a new process, because peak memory is counted per process."""
    said = _said(kind, os.cpu_count() or 1)
    floor = _said(kind, 1)["seconds"] if kind == "scans" else said["floor"]
    remark = (
        f"{said['pages'] / said['seconds']:.1f} pages/s, {said['own']:.0f} MB of memory, "
        f"{said['size'] / 1e6:.2f} MB of {said['originals'] / 1e6:.2f} MB"
    )
    return Result(f"export {said['pages']:.0f} pages: {kind}", said["seconds"], floor, AIMS[kind], remark)


def _said(kind: str, workers: int) -> dict[str, float]:
    words = [sys.executable, "-m", "tools.benchmarks.exhibits", kind, str(workers)]
    said: dict[str, float] = json.loads(subprocess.run(words, capture_output=True, check=True, text=True).stdout)
    return said


def exhibits() -> list[Result]:
    """Measure every kind."""
    return [measured(kind) for kind in KINDS]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        print(json.dumps(export(sys.argv[1], Path(temporary), int(sys.argv[2]))))
