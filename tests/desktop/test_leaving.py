"""The program ends as it should, whatever was looked at: an exit code of 0 and no word on stderr, with a process of its own."""

import os
import subprocess
import sys

from tests.desktop.conftest import PASSPHRASE
from tests.support.program import REPOSITORY

SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from evidence_app.desktop.shell.app import OpenedWindow, make_app

app = make_app()
opened = OpenedWindow(Path(sys.argv[1]))
window = opened.window
window.unlock.secret.setText(sys.argv[2])
window.unlock.unlock.click()
places = []

def on():
    if window.stack.currentWidget() is not window.unlock and not places:
        places.extend(window.inside.offered())
    if places:
        window.inside.go_to(places.pop(0))
        if not places:
            QTimer.singleShot(300, window.close)
            return
    QTimer.singleShot(150, on)

QTimer.singleShot(0, on)
sys.exit(app.exec())
"""
"""Opens the window over a store, goes to every place and closes it."""


def test_after_every_place_was_looked_at_the_process_ends_well(store) -> None:
    # In a window that was closed Qt deletes widgets while Python is already going: what raises there ends the process.
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(store), PASSPHRASE],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=REPOSITORY,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (done.returncode, said) == (0, [])
