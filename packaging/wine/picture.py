"""Run by the Windows program's own Python: open the real window over a store, unlock it, and save a picture of what it shows."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from evidence_app.desktop.shell.app import make_app
from evidence_app.desktop.shell.main_window import MainWindow

STORE, SECRET, PICTURE = (Path(each) for each in sys.argv[1:4])
UNTIL, EVERY = 60_000, 200

app = make_app()
window = MainWindow(STORE)
window.resize(1200, 800)
window.show()


def unlock() -> None:
    """Type the passphrase and press the button."""
    page = window.unlock
    page.secret.setText(SECRET.read_text(encoding="utf-8").strip())
    page.unlock.click()


def look() -> None:
    """Save the picture once the timeline has rows."""
    inside = getattr(window, "inside", None)
    if inside is not None and inside.isVisible():
        QTimer.singleShot(3000, finish)
    else:
        QTimer.singleShot(EVERY, look)


def finish() -> None:
    """Save the picture, and end."""
    saved = window.grab().save(str(PICTURE))
    app.exit(0 if saved else 1)


QTimer.singleShot(500, unlock)
QTimer.singleShot(1000, look)
QTimer.singleShot(UNTIL, lambda: app.exit(2))
raise SystemExit(app.exec())
