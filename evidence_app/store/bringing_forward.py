"""Bringing the tables of an older store forward: a copy is kept first, and the records are compared before it counts (docs/spec/store.md)."""

import contextlib
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

from evidence_app.errors import EvidenceError, StoreDamaged
from evidence_app.files import sync_folder, system_errors_named
from evidence_app.proof.encoding.times import read_moment, spell
from evidence_app.store import backup, migrations
from evidence_app.store import header as headers
from evidence_app.store.database import FILE, Database
from evidence_app.store.header import Header
from evidence_app.store.header_names import FILE as HEADER

PREFIX: Final = "before-tables-"
"""The start of the name of a copy's folder; the version of its tables follows."""
KEPT: Final = timedelta(days=30)
CHANGED: Final = "The store is of an older version, and bringing it forward would have changed what is sealed in it. Nothing was changed. Open it with the version of Evidence Trail before, and report this."


def bring_forward(folder: Path, header: Header, data_key: bytes, database: Database) -> None:
    """Bring the tables to the version of this program. A store that can be opened is copied first; one that is only being made is not.

    Raises:
        EnvironmentProblem: a newer program made the store, or the copy cannot be written.
        StoreDamaged: the records would not be the same afterwards. In all cases the store is as it was.
    """
    migrations.require_known(database)
    version = migrations.version_of(database)
    if version == migrations.VERSION:
        return
    if version == 0 or not (folder / HEADER).exists():
        migrations.migrate(database)
        return
    _keep_copy(folder, f"{PREFIX}{version}", header, data_key, database)
    with database.transaction():
        before = _sealed(database)
        migrations.migrate_within(database)
        faults = [str(row[0]) for row in database.all("PRAGMA integrity_check")]
        if faults != ["ok"] or _sealed(database) != before:
            raise StoreDamaged(CHANGED)


def no_progress(_done: int, _total: int) -> None:
    """Report nothing: the copy is made before there is a window to report to."""


def _sealed(database: Database) -> tuple[int, str, str]:
    """Return what no migration may change: how many records there are, a digest of them all, and the last checkpoint."""
    digest, count = sha256(), 0
    for row in database.each("SELECT position, content, secret, leaf_hash FROM records ORDER BY position"):
        count += 1
        for value in (str(row[0]).encode(), *(bytes(part) for part in row[1:])):
            digest.update(len(value).to_bytes(8, "big") + value)
    last = database.one("SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1")
    return count, digest.hexdigest(), str(last[0]) if last else ""


def _keep_copy(folder: Path, name: str, header: Header, data_key: bytes, database: Database) -> None:
    """Make a backup of the store as it is, in its own folder. One of the same version that lies there is of an earlier moment and is replaced."""
    part = folder / f"{name}{backup.PART}"
    try:
        with system_errors_named(
            "The store has to be copied before it is brought forward, and its copy could not be written"
        ):
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(mode=0o700)
            database.copy_to(part / FILE, data_key, no_progress)
            headers.write_header(part, header, data_key)
            backup.write_list(part, spell(datetime.now(UTC)))
            sync_folder(part)
            shutil.rmtree(folder / name, ignore_errors=True)
            part.rename(folder / name)
            sync_folder(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def copies_in(folder: Path) -> list[Path]:
    """Return the folders of the copies that lie in a store's folder, finished or not."""
    with contextlib.suppress(OSError):
        return sorted(path for path in folder.glob(f"{PREFIX}*") if path.is_dir() and not path.is_symlink())
    return []


def remove_copies(folder: Path) -> None:
    """Remove every copy: something was disposed of, or the store opens with something else now.

    Raises:
        EnvironmentProblem: one cannot be removed.
    """
    with system_errors_named("A copy of the store from before an update could not be removed"):
        for path in copies_in(folder):
            # Without its list and its header first, what a cut of the power leaves of it opens with nothing.
            for name in (HEADER, backup.LIST):
                (path / name).unlink(missing_ok=True)
            shutil.rmtree(path)


def remove_old_copies(folder: Path) -> None:
    """Remove the copies that are older than `KEPT`, or were never finished. What cannot be removed now is removed another time."""
    for path in _old_copies(folder):
        shutil.rmtree(path, ignore_errors=True)


def _old_copies(folder: Path) -> Iterator[Path]:
    for path in copies_in(folder):
        try:
            made_at = read_moment(backup.read_list(path).made_at)
        except EvidenceError:
            made_at = datetime.min.replace(tzinfo=UTC)
        if datetime.now(UTC) - made_at > KEPT:
            yield path
