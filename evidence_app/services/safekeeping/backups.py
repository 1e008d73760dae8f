"""Backups: make one, verify one (“try”), restore one (docs/spec/backup.md)."""

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from evidence_app.domain.phrases import Phrase, phrase
from evidence_app.domain.progress import Cancel, StageProgress, cancellable, never, no_stage_progress, one_stage
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.program_kinds import RESTORE
from evidence_app.domain.time.times import Clock, london_day
from evidence_app.errors import EnvironmentProblem, InputError, StoreDamaged
from evidence_app.proof.encoding.json import JsonObject, canonical, parse
from evidence_app.proof.encoding.times import day_in_words, read_moment, spell
from evidence_app.proof.verdicts import Report, Verdict
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import PASSPHRASE, Session, SystemClock
from evidence_app.services.core.settings import load_settings
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.store import backup as files
from evidence_app.store.header import unlock, write_header
from evidence_app.store.migrations import OlderTables
from evidence_app.store.store import Store
from evidence_app.store.store_folder import discard, empty_folder, require_outside, take_lock

LAST: Final = "last_backup"
"""Name of the setting with the time and size of the last backup."""
LOST: Final = "The store was lost or damaged."
"""Default reason in the record of a restore."""
OLDER: Final = (
    "An older version of Evidence Trail made this backup, and trying it changes nothing in it: "
    "restore it into an empty folder to have its records checked too."
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A completed and verified backup: its folder, its size in bytes, and the number of records in it."""

    folder: Path
    size: int
    records: int


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The last backup: when it was made (UTC), records in it, records sealed since, and whether a new one is due."""

    made_at: datetime
    records: int
    since: int
    due: bool

    def in_words(self) -> Phrase:
        """Return the date of the backup and the number of records since, as one phrase."""
        day = london_day(self.made_at)
        if not self.since:
            return phrase("last backup {day}, nothing sealed since", day=day)
        return phrase("last backup {day}, {count} sealed since", day=day, count=self.since)


def back_up(
    session: Session, into: Path, progress: StageProgress = no_stage_progress, cancel: Cancel = never
) -> Backup:
    """Make a backup in a new folder below `into`, and verify the copy (docs/spec/backup.md, “Making one”).

    Any error or cancellation removes the folder.

    Raises:
        InputError: `into` cannot hold a backup.
        EnvironmentProblem: the drive cannot be written.
        StoreDamaged: the store or its copy does not verify.
        Cancelled: `cancel` returned true.
    """
    made_at = session.clock.now()
    name = files.free_name(into, f"{files.PREFIX}{made_at:%Y%m%dT%H%M%SZ}")
    with files.new_folder(into, name) as folder:
        with session.store.snapshot():
            # The first read of a transaction fixes its snapshot. Without it SQLite's online backup restarts after each write of
            # another connection.
            session.store.log.size()
            session.store.copy_to(folder, one_stage("copying", cancellable(progress, cancel)))
        # The copy is verified like a store before backup.json is written, and must have the same signed checkpoint.
        with session.store.open_copy(folder) as copy:
            signed_checkpoint = _checked_copy(Session(copy, session.clock), progress, cancel)
            records = copy.log.size()
        if signed_checkpoint != session.store.log.checkpoint(records):
            raise StoreDamaged("The copy is not the store's: its log has another head. No backup was made.")
        size = files.write_list(folder, spell(made_at))
    _store_last_backup(session, made_at, records)
    return Backup(into / name, size, records)


def _checked_copy(copy: Session, progress: StageProgress, cancel: Cancel) -> str:
    """Check a copy in full, and return its latest signed checkpoint.

    Raises:
        StoreDamaged: a check failed.
        Cancelled: `cancel` returned true.
    """
    report = check_store(copy, one_stage("trying", progress), cancel)
    failed = [check for check in report.checks if check.verdict is not Verdict.VERIFIED]
    if failed:
        raise StoreDamaged(
            f"The copy does not hold – {failed[0].name}: {failed[0].detail} Nothing was kept of it. Check the store, or use another backup."
        )
    return copy.store.log.checkpoint(copy.store.log.size())


def _store_last_backup(session: Session, made_at: datetime, records: int) -> None:
    """Store the time of the last backup in the settings. A store that is open read-only is left as it is."""
    with contextlib.suppress(EnvironmentProblem), session.store.transaction():
        session.store.keep_setting(LAST, canonical({"made_at": spell(made_at), "records": records}))


def last_backup(session: Session) -> LastBackup | None:
    """Return the last backup of this store, or None if there is none or its entry is unreadable."""
    stored = session.store.setting(LAST)
    try:
        entry = parse(stored) if stored else None
        if not isinstance(entry, dict):
            return None
        made_at, records = read_moment(str(entry["made_at"])), int(str(entry["records"]))
    except (InputError, KeyError, ValueError):
        return None
    since = max(0, session.store.log.size() - records)
    days = load_settings(session).backup_after
    return LastBackup(made_at, records, since, since > 0 and session.clock.now() - made_at > timedelta(days=days))


def try_backup(
    folder: Path,
    secret: str,
    *,
    opens_with: str = PASSPHRASE,
    progress: StageProgress = no_stage_progress,
    cancel: Cancel = never,
) -> Report:
    """Verify a backup: compare the digests of its files, open it without writing, and check it as a store.

    Damage is reported as a failed check. A backup with tables of an older program version gets a note instead of the full check.

    Raises:
        InputError: the folder is not a backup.
        WrongKey: the secret does not open it.
        Cancelled: `cancel` returned true.
    """
    report = Report()
    try:
        backup_list = files.read_list(folder)
        for _, chunks in files.checked_parts(folder, backup_list, one_stage("reading", cancellable(progress, cancel))):
            for _ in chunks:
                pass
        report.add("backup files", True, f"Their bytes are those that were written on {_day_made(backup_list)}.")
        with Store.open_untouched(folder, secret, opens_with=opens_with) as copy:
            session = Session(copy, SystemClock())
            checked = check_store(session, one_stage("trying", progress), cancel)
    except OlderTables:
        report.notes.append(OLDER)
        return report
    except StoreDamaged as error:
        report.add("backup", False, error.sentence)
        return report
    report.checks += checked.checks
    report.notes += checked.notes
    return report


def _day_made(listed: files.BackupList) -> str:
    """Return the London day of a backup in words.

    Raises:
        StoreDamaged: the time in the list is malformed.
    """
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
    progress: StageProgress = no_stage_progress,
    cancel: Cancel = never,
    clock: Clock | None = None,
) -> Session:
    """Restore a backup into a missing or empty folder, seal a record of it, and return the store open for writing.

    `why` is the reason in the sealed record.

    Raises:
        InputError: `backup` is not a backup, or the folder is not empty.
        WrongKey: the backup does not open. Nothing is left in the folder.
        StoreDamaged, EnvironmentProblem, Cancelled: nothing is left in the folder.
    """
    listed = files.read_list(backup)
    _day_made(listed)
    files.require_header(backup, listed)
    # Fail on a wrong passphrase before any file is copied.
    header, data_key = unlock(backup, secret, opens_with)
    require_outside(folder)
    empty_folder(folder)
    try:
        files.copy_database(backup, listed, folder, one_stage("copying", cancellable(progress, cancel)))
        session = Session(Store(folder, header, data_key, take_lock(folder)), clock or SystemClock())
        try:
            signed_checkpoint = _checked_copy(session, progress, cancel)
            _seal_restore(session, listed, signed_checkpoint, why)
            # The header last: what an interrupted restore leaves is opened by nobody, and the next one begins anew there.
            write_header(folder, header, data_key)
        except BaseException:
            session.close()
            raise
    except BaseException:
        discard(folder)
        raise
    return session


def _seal_restore(session: Session, listed: files.BackupList, signed_checkpoint: str, why: str) -> None:
    size = session.store.log.size()
    # Lines of a checkpoint: origin, size, root (docs/spec/record-log.md, section 7); the field holds the root.
    fields: JsonObject = {
        "reason": why,
        "backup_made_at": listed.made_at,
        "records": size,
        "head": signed_checkpoint.splitlines()[2],
    }
    seal(session, Entry(RESTORE, spell(session.clock.now()), "exact", fields))
