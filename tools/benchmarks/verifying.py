"""Verifying a bundle of many records and pages, against one digest and one parse of the file; and the verifier for browsers against `verify`."""

import hashlib
import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pikepdf

from tools.benchmarks import stores
from tools.benchmarks.bundles import source_pdf
from tools.benchmarks.large import export
from tools.benchmarks.measuring import Result, in_turn, seconds_of

PAGES = 1_000
TIMES = 3
ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "resources" / "verifier" / "verify.html"
DRIVER = ROOT / "verifier" / "test" / "browser.mjs"


def in_browser(node: str, chromium: str, bundle: Path) -> float:
    """Return the seconds from giving a file to the page until it has its verdict."""
    wish = json.dumps({"files": [str(bundle)]})
    done = subprocess.run([node, str(DRIVER), chromium, str(PAGE), wish], check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout)["milliseconds"]) / 1_000


def of_records_and_pages(folder: Path, records: int, pages: int) -> Path:
    """Return a bundle of so many records and an exhibit of so many pages."""
    from evidence_app.domain.record.entries import read_entry
    from evidence_app.services.bundles.exporting import export as export_bundle
    from evidence_app.services.core.sealing import Source, seal
    from evidence_app.services.records.reading import choose

    out = folder / "of-records.pdf"
    with stores.new_session(folder / "of-records") as session:
        stores.fill(session, records)
        entry = {
            "kind": "note",
            "event_at": "2025-04-14T10:00",
            "event_precision": "exact",
            "fields": {"text": "A large file."},
        }
        seal(session, read_entry(entry), [Source("large.pdf", content=source_pdf(pages))])
        export_bundle(session, "officer", out, choose())
    return out


def in_program(folder: Path) -> Result:
    """Verify a bundle of 1,000 records and 1,000 exhibit pages; the floor is SHA-256 of the file and one parse by pikepdf."""
    from evidence_app.services.safekeeping.verifying import verify_file

    bundle = of_records_and_pages(folder, 1_000, PAGES)

    def floor() -> None:
        hashlib.sha256(bundle.read_bytes()).digest()
        with pikepdf.open(bundle) as pdf:
            for page in pdf.pages:
                page.Contents.read_bytes() if not isinstance(page.Contents, pikepdf.Array) else None

    mine, least = in_turn(lambda: verify_file(bundle), floor, 3)
    remark = f"{bundle.stat().st_size / 1e6:.1f} MB"
    return Result(f"verify a bundle of 1,000 records, {PAGES:,} exhibit pages", mine, least, "2.5", remark)


def verifying(folder: Path) -> list[Result]:
    """Measure the program, and the page for browsers where there is one."""
    return [in_program(folder), *in_browsers(folder)]


def in_browsers(folder: Path) -> list[Result]:
    """Compare the page with the program; nothing where there is no browser or the page was not built."""
    node, chromium = shutil.which("node"), shutil.which("chromium")
    if node is None or chromium is None or not PAGE.exists():
        sys.stdout.write("the verifier for browsers is not measured: it needs Node.js and Chromium\n")
        return []
    (folder / "verified").mkdir()
    export(PAGES, folder / "verified")
    bundle = folder / "verified" / "out.pdf"
    words = [sys.executable, "-m", "evidence_app", "verify", str(bundle)]
    program = seconds_of(lambda: subprocess.run(words, check=True, capture_output=True), TIMES)
    browser = statistics.median(in_browser(node, chromium, bundle) for _ in range(TIMES))
    return [Result(f"verify a bundle of {PAGES:,} pages in Chromium", browser, program, "3")]
