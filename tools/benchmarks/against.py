"""Two revisions side by side: another one is checked out in a folder of its own, and each group is measured in both in turn."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.benchmarks.measuring import Result

ROOT = Path(__file__).resolve().parents[2]
MEASURES = ("tools/benchmarks", "tests/support", "tests/__init__.py", "tools/__init__.py")
"""What is taken from this revision in both: the same measures, and the invented data that they use."""


def compare(revision: str, groups: Sequence[str], folder: Path, *, full: bool) -> None:
    """Print for each measure what it takes here, what it takes in the other revision, and how the two compare."""
    other = checked_out(revision, folder / "other")
    print(f"{'':52} {'here':>9}   {revision[:12]:>9}   here / there", flush=True)
    for group in groups:
        there = {each.what: each for each in measured(other, group, full=full)}
        for here in measured(ROOT, group, full=full):
            before = there.get(here.what)
            ratio = (
                f"{here.seconds / before.seconds:7.2f}" if before is not None and before.seconds else "    not there"
            )
            was = f"{before.seconds:9.4f}" if before is not None else "         "
            print(f"{here.what:52} {here.seconds:9.4f}   {was}   {ratio}   aim {here.aim}   {here.remark}", flush=True)


def checked_out(revision: str, folder: Path) -> Path:
    """Check a revision out into a folder, with the measures of this one."""
    run = ("git", "-c", "advice.detachedHead=false")
    subprocess.run([*run, "clone", "--quiet", "--shared", str(ROOT), str(folder)], check=True)
    subprocess.run([*run, "-C", str(folder), "checkout", "--quiet", revision], check=True)
    for part in MEASURES:
        here, there = ROOT / part, folder / part
        if here.is_dir():
            shutil.rmtree(there, ignore_errors=True)
            shutil.copytree(here, there, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(here, there)
    # As installed: whatever starts in a process of its own finds its byte code, in both.
    for root in (ROOT, folder):
        words = [sys.executable, "-m", "compileall", "-q", "-j", "0", "evidence_app", "tools", "tests"]
        subprocess.run(words, cwd=root, check=True)
    return folder


def measured(root: Path, group: str, *, full: bool) -> list[Result]:
    """Measure one group in a checkout. What a revision does not have yet gives no result, and is said so."""
    words = [sys.executable, "-m", "tools.benchmarks", "--json", group, *(["--full"] if full else [])]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(words, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"{group} cannot be measured in {root.name}: {last}", file=sys.stderr)
    return [Result(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]
