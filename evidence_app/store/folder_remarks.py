"""What is to be said of the folder that a store lies in: second copies of its files, and why no store would be made there now (docs/spec/store.md)."""

import re
from pathlib import Path
from typing import Final

from evidence_app.store import head_note
from evidence_app.store.database import FILE as DATABASE
from evidence_app.store.header_names import COPY
from evidence_app.store.header_names import FILE as HEADER
from evidence_app.store.unfit_folders import why_unfit

OWN: Final = frozenset({DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", HEADER, COPY, head_note.FILE, "lock"})
"""The names of a store's own files."""
_SECOND: Final = re.compile(r"(?:records[^/]*\.db(?:-wal|-shm)?|header[^/]*\.json|head[^/]*\.note)", re.IGNORECASE)
"""How the name of a second copy looks: ``records (conflicted copy 2026-01-26).db``, ``records-DESKTOP-7Q.db``, ``header.copy 2.json``."""
MAX_NAMED: Final = 5
SECOND_COPIES: Final = (
    "In the store's folder lies what looks like a second copy of its files: {}. A program that synchronises folders makes such copies "
    "where two machines changed the store. What was sealed in the other one is not in this one: copy it into a folder of its own, under "
    "the store's names, and look at it."
)


def second_copies(folder: Path) -> list[str]:
    """Return the names of files that look like second copies of a store's own, in order; none where the folder cannot be read."""
    try:
        names = [each.name for each in folder.iterdir()]
    except OSError:
        return []
    return sorted(name for name in names if name not in OWN and _SECOND.fullmatch(name))


def remarks_on(folder: Path) -> list[str]:
    """Return what is to be said of a store's folder, as sentences."""
    copies = second_copies(folder)
    shown = [*copies[:MAX_NAMED], *([f"{len(copies) - MAX_NAMED} more"] if len(copies) > MAX_NAMED else [])]
    unfit = why_unfit(folder)
    return [*([SECOND_COPIES.format(", ".join(shown))] if copies else []), *([unfit] if unfit else [])]
