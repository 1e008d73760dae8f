"""The verifier for browsers against `verify`, on a bundle of a thousand pages, in the same run. It needs Node.js and Chromium."""

import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from tools.benchmarks.large import export
from tools.benchmarks.measuring import Result, seconds_of

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


def verifying(folder: Path) -> list[Result]:
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
