"""The folder of a store: its files, its lock, and what an interrupted making left (docs/spec/store.md)."""

import contextlib
import shutil
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from evidence_app.errors import EnvironmentProblem, InputError, StoreDamaged
from evidence_app.files import reason
from evidence_app.store import head_note
from evidence_app.store.database import FILE, has_journal
from evidence_app.store.header_names import COPY
from evidence_app.store.header_names import FILE as HEADER
from evidence_app.store.unfit_folders import require_fit

LOCK: Final = "lock"
"""The file that the one writing program locks."""
WAIT_SECONDS: Final = 2.0
"""How long another program is waited for: most work that holds the lock is sealing, and takes a moment."""
DAMAGED_COPY: Final = "damaged"
"""The folder, within a new store, for a rescue's temporary copy of a damaged store (docs/spec/rescue.md)."""
DATABASE_FILES: Final = (FILE, f"{FILE}-wal", f"{FILE}-shm", f"{FILE}-journal", head_note.FILE)
"""The database, its write-ahead log with the shared-memory index, the rollback journal, and the head beside it."""


def empty_folder(folder: Path) -> None:
    """Create an empty folder for a store, accessible to its owner only; remains of an unfinished creation are deleted.

    Raises:
        InputError: the folder is not empty, or no store is made there.
        EnvironmentProblem: it cannot be created.
    """
    require_fit(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_unfinished(folder)
        if any(folder.iterdir()):
            raise InputError(f"The folder {folder.name} is not empty: choose another, or open the store in it.")
        folder.chmod(0o700)
    except OSError as error:
        raise EnvironmentProblem(f"The folder {folder.name} could not be made: {reason(error)}.") from error


def require_outside(folder: Path) -> None:
    """Refuse a folder within a store or a backup.

    Raises:
        InputError: the folder is within one.
    """
    if any((parent / name).exists() for parent in folder.resolve().parents for name in (HEADER, COPY)):
        raise InputError("That folder is in a store or in a backup. Choose one outside, best on another drive.")


def take_lock(folder: Path) -> FileLock:
    """Acquire the lock for writing, waiting a moment for another program. The operating system releases it when the program ends.

    Raises:
        EnvironmentProblem: another program holds it, or the folder cannot be written.
    """
    lock = FileLock(folder / LOCK, timeout=WAIT_SECONDS, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise EnvironmentProblem(
            "The store is open in another Evidence Trail program. Close or lock it there, then try again."
        ) from error
    except OSError as error:
        raise EnvironmentProblem(f"The store cannot be written here: {reason(error)}.") from error
    return lock


def _clear_unfinished(folder: Path) -> None:
    """Delete the remains of an interrupted creation: a folder that has nothing but a store's files, and no header."""
    names = {path.name for path in folder.iterdir()}
    header_parts = {name for name in names if name.startswith(".header.") and name.endswith(".part")}
    if names and names <= {*DATABASE_FILES, LOCK, DAMAGED_COPY} | header_parts:
        lock = take_lock(folder)
        discard_files(folder)
        for part in header_parts:
            (folder / part).unlink(missing_ok=True)
        lock.release()


def discard(folder: Path) -> None:
    """Delete a store that could not be created, and its folder where that is empty then."""
    discard_files(folder)
    with contextlib.suppress(OSError):
        folder.rmdir()


def discard_files(folder: Path) -> None:
    """Delete the files of a store that was never finished."""
    # The header first: should this be interrupted, nothing that is left can be opened.
    shutil.rmtree(folder / DAMAGED_COPY, ignore_errors=True)
    for name in (HEADER, COPY, *DATABASE_FILES, LOCK):
        with contextlib.suppress(OSError):
            (folder / name).unlink()


def names_there(folder: Path) -> list[str]:
    """Return the names of the header and of its copy, if that is there."""
    return [HEADER, *([COPY] if (folder / COPY).exists() else [])]


def require_database(folder: Path) -> None:
    """Require a database that has something in it: an empty file would be made a new one.

    Raises:
        StoreDamaged: it is missing or empty.
    """
    path = folder / FILE
    if not path.exists():
        raise StoreDamaged("The store's database is missing. Use a backup.")
    if not path.stat().st_size and not has_journal(path):
        raise StoreDamaged(
            "The store's database is empty: it was cut short. Nothing was changed. Use a backup, and keep the damaged folder."
        )
