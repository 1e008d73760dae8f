"""Large bundles: seconds and memory per page of a bundle, against one of a quarter of its size, each in its own process."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.benchmarks.measuring import Result

PASSPHRASE = "four invented words here"
SMALL = 1_000
"""Exhibit pages of the small bundle."""
TIMES = 4
"""How many times as many pages the large bundle has."""


def export(pages: int, folder: Path) -> tuple[float, int]:
    """Export a bundle of so many exhibit pages; return the seconds and the peak memory of this process in MB."""
    from evidence_app.domain.record.entries import read_entry
    from evidence_app.services.bundles.exporting import export as export_bundle
    from evidence_app.services.core.sealing import seal, sources_of
    from evidence_app.services.records.reading import choose
    from evidence_app.services.safekeeping.creating import create_store
    from tools.benchmarks.bundles import source_pdf

    (folder / "large.pdf").write_bytes(source_pdf(pages))
    entry = {
        "kind": "note",
        "event_at": "2025-04-14T10:00",
        "event_precision": "exact",
        "fields": {"text": "A large file."},
        "attachments": [str(folder / "large.pdf")],
    }
    with create_store(folder / "store", PASSPHRASE).session as session:
        read = read_entry(entry)
        seal(session, read, sources_of(read, folder))
        start = time.perf_counter()
        export_bundle(session, "officer", folder / "out.pdf", choose())
        return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measured(pages: int) -> tuple[float, int]:
    """Export in a new process, because peak memory is counted per process."""
    words = [sys.executable, "-m", "tools.benchmarks.large", str(pages)]
    seconds, megabytes = subprocess.run(words, capture_output=True, check=True, text=True).stdout.split()
    return float(seconds), int(megabytes)


def whole_bundle() -> Result:
    """Compare the time per page of the large bundle with that of the small one."""
    small, large = measured(SMALL), measured(SMALL * TIMES)
    remark = f"{small[1]} MB at {SMALL:,} pages, {large[1]} MB at {SMALL * TIMES:,}; 1 would be linear"
    what = f"export a bundle, each page: of {SMALL * TIMES:,} to of {SMALL:,}"
    return Result(what, large[0] / (SMALL * TIMES), small[0] / SMALL, "1", remark)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        print(*export(int(sys.argv[1]), Path(temporary)))
