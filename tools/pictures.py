"""Take the screenshots of docs/user-guide.md from the running program: `python3 dev.py pictures`.

The invented case is built anew and the clock is set to a day of its year, so that the pictures change only when the window does.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QWidget

from evidence_app.demo.make import build_demo
from evidence_app.desktop.design import theme
from evidence_app.desktop.shell.app import make_app
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.domain.record.kinds import KINDS
from evidence_app.services.core import session as sessions

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
TODAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
"""The clock while the officer's store is open."""
REPS_DAY = datetime(2026, 1, 26, 14, 0, tzinfo=UTC)
"""The clock while the rep's store is open."""
SIZE = QSize(1100, 720)
BEST_COMPRESSION = 0
"""Qt writes the smallest PNG files at “quality” 0."""
SETTLE_MS = 700
"""Time in which a page loads its lists, in milliseconds."""
UNLOCK_MS = 4_000
"""Time in which the key is derived and the store opened, in milliseconds."""


def wait(milliseconds: int) -> None:
    """Run the event loop for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def write_down(window: MainWindow) -> None:
    """Scene: a concern being written."""
    window.inside.begin(KINDS["concern"])
    wait(SETTLE_MS)
    form = window.inside.capture.page
    if form is None:
        raise RuntimeError("no form was opened")
    form.editors["concern"].edit.setPlainText("He is high risk, and I am told to see him once a month.")  # type: ignore[attr-defined]
    form.when.setText("today 9:15")
    form.case.setEditText("X000832")


def filtered(window: MainWindow) -> None:
    """Scene: the timeline of one case."""
    window.inside.go_to("Timeline")
    window.inside.timeline.filters.case.setEditText("X000412")
    window.inside.timeline.filters._ask()


def page(name: str) -> Callable[[MainWindow], None]:
    """Return the scene that is one page of the window."""
    return lambda window: window.inside.go_to(name)


SCENES: dict[str, Callable[[MainWindow], None]] = {
    "home": page("Home"),
    "write-down": write_down,
    "timeline": filtered,
    "threads": page("Threads"),
    "cases-and-people": page("Cases and people"),
    "over-time": page("Over time"),
    "bundles": page("Bundles"),
    "safekeeping": page("Safekeeping"),
}
"""Each picture of the officer's window, by file name, with what brings the window there."""


def save(widget: QWidget, name: str) -> None:
    """Write a picture of a widget to docs/pictures."""
    widget.grab().save(str(FOLDER / f"{name}.png"), "PNG", BEST_COMPRESSION)
    sys.stderr.write(f"docs/pictures/{name}.png\n")


def take(folder: Path) -> None:
    """Build the invented case in a folder and take every picture."""
    app = make_app()
    theme.choose("light")
    theme.apply(app)
    build_demo(folder / "demo", lambda _: None, with_rep=True)
    sessions.SystemClock.now = lambda _: TODAY  # type: ignore[method-assign]
    window = MainWindow(None)
    window.setMinimumSize(SIZE)
    window.resize(SIZE)
    window.show()
    wait(SETTLE_MS)
    save(window, "welcome")
    open_store(window, folder / "demo", "store")
    for name, scene in SCENES.items():
        scene(window)
        wait(2 * SETTLE_MS)
        save(window, name)
        window.inside.capture.drop()
        window.inside.timeline.filters.clear()
    window.lock()
    sessions.SystemClock.now = lambda _: REPS_DAY  # type: ignore[method-assign]
    open_store(window, folder / "demo", "rep")
    window.inside.go_to("Members")
    wait(2 * SETTLE_MS)
    save(window, "members")
    window.close()


def open_store(window: MainWindow, folder: Path, name: str) -> None:
    """Unlock one store of the invented case, `store` (the officer's) or `rep`, in the window."""
    window.ask_for(folder / name)
    window.unlock.secret.setText((folder / "passphrase.txt").read_text(encoding="utf-8").strip())
    window.unlock.unlock.click()
    wait(UNLOCK_MS)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        take(Path(temporary))
