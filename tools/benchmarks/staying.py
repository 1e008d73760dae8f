"""Memory of a window that stays open: after many rounds of forms, searches and places, against after a few of them."""

import subprocess
import sys
from pathlib import Path

from tools.benchmarks import stores
from tools.benchmarks.measuring import Result
from tools.benchmarks.windows import on_no_screen

FEW, MANY = 20, 120
"""Rounds, each of which opens a form, searches, and visits six places: about as much as a quarter of an hour and an hour and a half."""

SCRIPT = """
import gc, sys, time
from pathlib import Path
from evidence_app.desktop.shell.app import make_app
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.domain.record.kinds import KINDS

app = make_app()
window = MainWindow(Path(sys.argv[1]))
window.show()

def wait(until, most=60):
    end = time.perf_counter() + most
    while not until() and time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.001)
    if not until():
        raise SystemExit("it took too long")

def idle(seconds):
    end = time.perf_counter() + seconds
    wait(lambda: time.perf_counter() > end)

def memory():
    gc.collect()
    return next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmRSS"))

window.unlock.secret.setText(sys.argv[2])
window.unlock.unlock.click()
wait(lambda: window.stack.currentWidget() is window.inside)
idle(3)
few, many = int(sys.argv[3]), int(sys.argv[4])
for number in range(1, many + 1):
    window.inside.begin(KINDS["instruction"])
    wait(lambda: window.inside.capture.page is not None)
    window.inside.capture.page.editors["judgement"].edit.setPlainText("As I was told.")
    idle(0.05)
    window.inside.capture.page._delete()
    wait(lambda: window.inside.capture.page is None)
    window.inside.search.setText("officer")
    idle(0.2)
    window.inside.search.clear()
    for place in ("Threads", "Cases and people", "Over time", "Drafts", "Timeline", "Home"):
        window.inside.go_to(place)
        idle(0.05)
    if number in (few, many):
        print(memory())
window.close()
"""


def staying(store: Path, records: int) -> Result:
    """Return the memory in MB after many rounds, and after a few. Linux only: it reads what the kernel says."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(store), stores.PASSPHRASE, str(FEW), str(MANY)],
        check=True,
        capture_output=True,
        text=True,
        env=on_no_screen(),
    )
    few, many = (float(line) for line in done.stdout.split())
    remark = f"{few:.0f} MB after {FEW} rounds, {many:.0f} MB after {MANY}"
    return Result(f"window: memory that stays, {records:,} records", many, few, "1", remark, "MB")
