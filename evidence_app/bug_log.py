"""The local log of faults in the program: where they happened, and never what the records held."""

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from evidence_app import VERSION

LOG_LIMIT_BYTES = 1_000_000


def log_folder() -> Path:
    """Return the folder of this program's log on this system."""
    home = Path.home()
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", home)) / "Evidence Trail"
    if sys.platform == "darwin":
        return home / "Library" / "Logs" / "Evidence Trail"
    return Path(os.environ.get("XDG_STATE_HOME", home / ".local" / "state")) / "evidence-trail"


def log_bug(error: BaseException) -> str:
    """Note the type of an error and the lines it passed through; return where, or that it could not be noted.

    An error's message may hold content, and so may source lines' values: neither is written.
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    entry = "\n".join([f"{now} {VERSION} {type(error).__name__}", *places]) + "\n"
    path = log_folder() / "faults.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = "a" if not path.exists() or path.stat().st_size < LOG_LIMIT_BYTES else "w"
        with path.open(mode, encoding="utf-8") as file:
            file.write(entry)
    except OSError:
        return "no log, which could not be written"
    return str(path)
