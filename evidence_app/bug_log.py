"""The local log of unexpected exceptions: type and code location only, never the content of records."""

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from evidence_app import VERSION

LOG_LIMIT_BYTES = 1_000_000
"""Size from which the log is begun anew."""


def log_folder() -> Path:
    """Return the log folder of this operating system's convention."""
    home = Path.home()
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", home)) / "Evidence Trail"
    if sys.platform == "darwin":
        return home / "Library" / "Logs" / "Evidence Trail"
    return Path(os.environ.get("XDG_STATE_HOME", home / ".local" / "state")) / "evidence-trail"


def log_bug(error: BaseException) -> str:
    """Append an exception's type and traceback locations to the log. Return the log's path, or words for the case that it failed.

    The exception's message and the values of variables may hold content of records: neither is written.
    """
    frames = traceback.extract_tb(error.__traceback__)
    locations = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    entry = "\n".join([f"{now} {VERSION} {type(error).__name__}", *locations]) + "\n"
    path = log_folder() / "faults.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = "a" if not path.exists() or path.stat().st_size < LOG_LIMIT_BYTES else "w"
        with path.open(mode, encoding="utf-8") as file:
            file.write(entry)
    except OSError:
        return "no log, which could not be written"
    return str(path)
