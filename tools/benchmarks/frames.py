"""Responsiveness of the window: the longest time between two turns of its event loop while scrolling, typing and navigating."""

import json
import subprocess
import sys
from pathlib import Path

from tools.benchmarks import stores
from tools.benchmarks.measuring import Result
from tools.benchmarks.windows import on_no_screen

LIMIT = 0.1
"""Seconds; a longer pause is noticed."""

# Runs in its own process: a zero-interval timer notes every turn of the event loop while the window is driven.
SCRIPT = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from evidence_app.desktop.shell.app import make_app
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.domain.record.kinds import KINDS

app = make_app()
window = MainWindow(Path(sys.argv[1]))
window.show()
beats, longest = [time.perf_counter()], {}

def beat():
    now = time.perf_counter()
    beats.append(now - beats[0])
    beats[0] = now

timer = QTimer(interval=0)
timer.timeout.connect(beat)

def wait(until, most=60):
    end = time.perf_counter() + most
    while not until() and time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.001)  # as a window that waits for a key lets the other threads run
    if not until():
        raise SystemExit("it took too long")

def idle(seconds=0.3):
    end = time.perf_counter() + seconds
    wait(lambda: time.perf_counter() > end)

def watch(name, work):
    del beats[1:]
    beats[0] = time.perf_counter()
    work()
    idle()
    longest[name] = max(beats[1:])

def scroll():
    table = window.inside.timeline.table
    for _ in range(60):
        QTest.keyClick(table, Qt.Key.Key_PageDown)
        idle(0.01)
    bar = table.verticalScrollBar()
    for place in range(0, bar.maximum(), max(1, bar.maximum() // 60)):
        bar.setValue(place)
        idle(0.01)

def search():
    for letter in "officer review":
        QTest.keyClicks(window.inside.search, letter)
        idle(0.05)
    window.inside.search.clear()

def begin():
    window.inside.begin(KINDS["note"])
    wait(lambda: window.inside.capture.page is not None)

def write():
    for _ in range(40):
        QTest.keyClicks(window.inside.capture.page.editors["text"].edit, "told ")
        idle(0.02)
    window.inside.capture.save()

def go_about():
    for name in ("Home", "Threads", "Cases and people", "Over time", "Drafts", "Timeline"):
        window.inside.go_to(name)
        idle(0.3)

window.unlock.secret.setText(sys.argv[2])
window.unlock.unlock.click()
wait(lambda: window.stack.currentWidget() is window.inside)
timer.start()
watch("just unlocked, while everything is read", lambda: wait(lambda: bool(window.inside.casework.home.today.text())))
window.inside.go_to("Timeline")
idle(1)
watch("scrolling", scroll)
watch("searching while typing", search)
idle(1)
watch("a form opens", begin)
watch("typing in a note", write)
watch("going from place to place", go_about)
window.inside.go_to("Cases and people")
wait(lambda: window.inside.directory.items.count())
watch("cases and people", lambda: window.inside.go_to("Home"))
print(json.dumps(longest))
window.close()
"""


def frames(store: Path, records: int) -> list[Result]:
    """Return for each activity the longest time between two frames."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(store), stores.PASSPHRASE],
        check=True,
        capture_output=True,
        text=True,
        env=on_no_screen(),
    )
    longest = json.loads(done.stdout.splitlines()[-1])
    return [
        Result(f"longest frame, {records:,} records: {name}", seconds, LIMIT, "1") for name, seconds in longest.items()
    ]
