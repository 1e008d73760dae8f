"""Back the store up, try a backup, and restore one (docs/spec/backup.md)."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.program_kinds import RESTORE
from evidence_app.domain.time.times import Clock, london_day
from evidence_app.errors import Cancelled, EnvironmentProblem, InputError, StoreDamaged
from evidence_app.proof.encoding.json import JsonObject, canonical, parse
from evidence_app.proof.encoding.times import day_in_words, read_moment, spell
from evidence_app.proof.verdicts import Report, Verdict
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import PASSPHRASE, Session, SystemClock
from evidence_app.services.core.settings import load_settings
from evidence_app.services.safekeeping.checking import Cancel, check_store, never
from evidence_app.store import backup as files
from evidence_app.store.header import unlock
from evidence_app.store.migrations import OlderTables
from evidence_app.store.store import Store, discard, empty_folder, require_outside

LAST: Final = "last_backup"
LOST: Final = "The store was lost or damaged."
OLDER: Final = (
    "An older version of Evidence Trail made this backup, and trying it changes nothing in it: "
    "restore it into an empty folder to have its records checked too."
)
Progress = Callable[[str, int, int], None]
"""Told what is being done, and how much of how much."""


def tell_nobody(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and tried: its folder, its size in bytes, and how many records are in it."""

    folder: Path
    size: int
    records: int


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When the last backup was made, and how many records were in it and have been sealed since."""

    made_at: datetime
    records: int
    since: int
    due: bool

    def in_words(self) -> str:
        """Return one line for people."""
        since = "nothing sealed since" if not self.since else f"{self.since} sealed since"
        return f"last backup {day_in_words(london_day(self.made_at))}, {since}"


def back_up(session: Session, into: Path, progress: Progress = tell_nobody, cancel: Cancel = never) -> Backup:
    """Make a backup in a new folder, and try it. Whatever fails leaves none.

    Raises:
        InputError: the place cannot hold a backup.
        EnvironmentProblem: the drive refused.
        StoreDamaged: the store or its copy is not what was sealed.
        Cancelled: `cancel` said so.
    """
    made_at = session.clock.now()
    name = f"{files.PREFIX}{made_at:%Y%m%dT%H%M%SZ}"
    with files.new_folder(into, name) as folder:
        with session.store.snapshot():
            # Pinned to one moment: SQLite would begin again with each draft that is kept meanwhile.
            session.store.log.size()
            session.store.copy_to(folder, _step("copying", progress, cancel))
        with session.store.open_copy(folder) as copy:
            head = _tried(Session(copy, session.clock), progress, cancel)
            records = copy.log.size()
        if head != session.store.log.checkpoint(records):
            raise StoreDamaged("The copy is not the store's: its log has another head. No backup was made.")
        size = files.write_list(folder, spell(made_at))
    _remember(session, made_at, records)
    return Backup(into / name, size, records)


def _step(what: str, progress: Progress, cancel: Cancel) -> files.Step:
    def step(done: int, total: int) -> None:
        if cancel():
            raise Cancelled
        progress(what, done, total)

    return step


def _tried(copy: Session, progress: Progress, cancel: Cancel) -> str:
    """Derive every hash of a copy again, and return the head of its log.

    Raises:
        StoreDamaged: something in it does not hold.
    """
    report = check_store(copy, lambda done, total: progress("trying", done, total), cancel)
    wrong = [check for check in report.checks if check.verdict is not Verdict.VERIFIED]
    if wrong:
        raise StoreDamaged(
            f"The copy does not hold – {wrong[0].name}: {wrong[0].detail} Nothing was kept of it. Check the store, or use another backup."
        )
    return copy.store.log.checkpoint(copy.store.log.size())


def _remember(session: Session, made_at: datetime, records: int) -> None:
    """Remember when the last backup was made; where the store is open for reading alone it is not remembered."""
    with contextlib.suppress(EnvironmentProblem), session.store.transaction():
        session.store.keep_setting(LAST, canonical({"made_at": spell(made_at), "records": records}))


def last_backup(session: Session) -> LastBackup | None:
    """Return when the store was last backed up, if ever."""
    stored = session.store.setting(LAST)
    try:
        kept = parse(stored) if stored else None
        if not isinstance(kept, dict):
            return None
        made_at, records = read_moment(str(kept["made_at"])), int(str(kept["records"]))
    except (InputError, KeyError, ValueError):
        return None
    since = max(0, session.store.log.size() - records)
    days = load_settings(session).backup_after
    return LastBackup(made_at, records, since, since > 0 and session.clock.now() - made_at > timedelta(days=days))


def try_backup(
    folder: Path, secret: str, *, opens_with: str = PASSPHRASE, progress: Progress = tell_nobody, cancel: Cancel = never
) -> Report:
    """Read every byte of a backup, open it, and derive every hash in it again.

    Raises:
        InputError: the folder is no backup.
        WrongKey: it does not open.
        Cancelled: `cancel` said so.
    """
    report = Report()
    try:
        listed = files.read_list(folder)
        for _, chunks in files.checked_parts(folder, listed, _step("reading", progress, cancel)):
            for _ in chunks:
                pass
        report.add("backup files", True, f"Their bytes are those that were written on {_when(listed)}.")
        with Store.open_untouched(folder, secret, opens_with=opens_with) as copy:
            session = Session(copy, SystemClock())
            found = check_store(session, lambda done, total: progress("trying", done, total), cancel)
    except OlderTables:
        report.notes.append(OLDER)
        return report
    except StoreDamaged as error:
        report.add("backup", False, error.sentence)
        return report
    report.checks += found.checks
    report.notes += found.notes
    return report


def _when(listed: files.BackupList) -> str:
    try:
        return day_in_words(london_day(read_moment(listed.made_at)))
    except InputError as error:
        raise StoreDamaged("The backup's list is damaged: it does not say when it was made.") from error


def restore(
    backup: Path,
    folder: Path,
    secret: str,
    *,
    opens_with: str = PASSPHRASE,
    why: str = LOST,
    progress: Progress = tell_nobody,
    cancel: Cancel = never,
    clock: Clock | None = None,
) -> Session:
    """Make a store of a backup in a folder that is not there yet, or is empty; seal that it was done; return it open.

    Raises:
        InputError: the backup is none, or the folder holds something.
        WrongKey: the backup does not open. Nothing is left in the folder.
        StoreDamaged, EnvironmentProblem, Cancelled: nothing is left in the folder.
    """
    listed = files.read_list(backup)
    _when(listed)
    files.require_header(backup, listed)
    # A wrong passphrase is said before much is copied.
    unlock(backup, secret, opens_with)
    require_outside(folder)
    empty_folder(folder)
    try:
        files.copy_parts(backup, listed, folder, _step("copying", progress, cancel))
        session = Session.open(folder, secret, opens_with=opens_with, clock=clock or SystemClock())
        try:
            head = _tried(session, progress, cancel)
            _seal_restore(session, listed, head, why)
        except BaseException:
            session.close()
            raise
    except BaseException:
        discard(folder)
        raise
    return session


def _seal_restore(session: Session, listed: files.BackupList, head: str, why: str) -> None:
    size = session.store.log.size()
    fields: JsonObject = {
        "reason": why,
        "backup_made_at": listed.made_at,
        "records": size,
        "head": head.splitlines()[2],
    }
    seal(session, Entry(RESTORE, spell(session.clock.now()), "exact", fields))
