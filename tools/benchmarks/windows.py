"""Cold start to the timeline on screen, against a bare window plus the key derivation."""

import os
import subprocess
import sys
from pathlib import Path

from evidence_app.crypto.keys import KdfCost, derive_key
from evidence_app.services.safekeeping.creating import create_store
from tools.benchmarks import stores
from tools.benchmarks.measuring import Result, in_turn, seconds_of

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1180, 760)
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""

OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from evidence_app.desktop.shell.app import make_app
from evidence_app.desktop.shell.main_window import MainWindow
app = make_app()
window = MainWindow(Path(sys.argv[1]))
window.show()
window.unlock.secret.setText(sys.argv[2])
window.unlock.unlock.click()
asked = []
def look():
    if "inside" in window.__dict__ and window.stack.currentWidget() is window.inside and not asked:
        asked.append(window.inside.go_to("Timeline"))
    if asked and window.inside.timeline.model.rowCount() and window.inside.timeline.model.is_loaded(0):
        window.close()
        app.quit()
timer = QTimer(interval=5)
timer.timeout.connect(look)
timer.start()
app.exec()
"""


def as_installed() -> dict[str, str]:
    """Return the environment of a program as it runs where it was installed: without a screen here, and with its byte code kept."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "QT_QPA_PLATFORM": "offscreen"}


def to_timeline(folder: Path, records: int) -> Result:
    """Measure the time until the timeline of a store with so many records shows its first row."""
    store = folder / "window"
    session = create_store(store, stores.PASSPHRASE).session
    stores.fill(session, records)
    session.close()
    environment = as_installed()

    def run(script: str, *words: str) -> None:
        subprocess.run([sys.executable, "-c", script, *words], check=True, capture_output=True, env=environment)

    mine, bare = in_turn(lambda: run(OURS, str(store), stores.PASSPHRASE), lambda: run(BARE), 5)
    kdf = seconds_of(lambda: derive_key(stores.PASSPHRASE, bytes(16), KdfCost()), 5)
    return Result(f"window on screen, unlocked, {records:,} records", mine, bare + kdf, "1.5")
