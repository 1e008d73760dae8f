"""Cold start to the passphrase field and to the timeline on screen, against a bare window and the key derivation.

A process says at which moment of the system's clock it has come so far; what it takes to end is nobody's wait.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

from evidence_app.crypto.keys import KdfCost, derive_key
from evidence_app.services.safekeeping.creating import create_store
from tools.benchmarks import stores
from tools.benchmarks.measuring import Result, as_installed, seconds_of

TIMES = 5
BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1180, 760)
window.show()
def shown():
    print(time.monotonic())
    app.quit()
QTimer.singleShot(0, shown)
app.exec()
"""

OURS = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from evidence_app.desktop.shell.app import make_app
from evidence_app.desktop.shell.main_window import MainWindow
app = make_app()
window = MainWindow(Path(sys.argv[1]))
window.show()
def shown():
    print(time.monotonic())
    window.unlock.secret.setText(sys.argv[2])
    window.unlock.unlock.click()
    timer.start()
asked = []
def look():
    if "inside" in window.__dict__ and window.stack.currentWidget() is window.inside and not asked:
        asked.append(window.inside.go_to("Timeline"))
    if asked and window.inside.timeline.model.rowCount() and window.inside.timeline.model.is_loaded(0):
        timer.stop()
        print(time.monotonic())
        window.close()
        app.quit()
timer = QTimer(interval=2)
timer.timeout.connect(look)
QTimer.singleShot(0, shown)
app.exec()
"""


def on_no_screen() -> dict[str, str]:
    """Return the environment of an installed program, without a screen."""
    return as_installed() | {"QT_QPA_PLATFORM": "offscreen"}


def moments(script: str, *words: str) -> list[float]:
    """Run a script in a process of its own; return how many seconds after its start it said each of its moments."""
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        check=True,
        capture_output=True,
        text=True,
        env=on_no_screen(),
    )
    return [float(line) - start for line in done.stdout.split()]


def start_up(folder: Path, records: int) -> list[Result]:
    """Measure the time until the passphrase field is there, and until the timeline of a store with so many records shows its first row."""
    store = folder / "window"
    if not store.exists():
        session = create_store(store, stores.PASSPHRASE).session
        stores.fill(session, records)
        session.close()
    field, timeline, bare = [], [], []
    moments(OURS, str(store), stores.PASSPHRASE)  # the first run keeps the byte code
    for _ in range(TIMES):
        at_field, at_timeline = moments(OURS, str(store), stores.PASSPHRASE)
        field.append(at_field)
        timeline.append(at_timeline)
        bare += moments(BARE)
    floor = statistics.median(bare)
    kdf = seconds_of(lambda: derive_key(stores.PASSPHRASE, bytes(16), KdfCost()), TIMES)
    return [
        Result("window: start to the passphrase field", statistics.median(field), floor, "1.3"),
        Result(
            f"window: unlocked to the timeline, {records:,} records", statistics.median(timeline), floor + kdf, "1.3"
        ),
    ]
