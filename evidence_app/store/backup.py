"""The files of a backup: writing them, and verifying them while they are read (docs/spec/backup.md)."""

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from evidence_app.errors import EnvironmentProblem, InputError, StoreDamaged
from evidence_app.files import read_small, reason, sync_folder, system_errors_named, write_whole
from evidence_app.proof.encoding.json import Json, JsonObject, canonical, members, parse_canonical
from evidence_app.store.database import FILE as DATABASE
from evidence_app.store.header_names import COPY
from evidence_app.store.header_names import FILE as HEADER

FORMAT: Final = "evidence-trail/backup/v1"
LIST: Final = "backup.json"
"""The file that lists the others."""
MAX_LIST_BYTES: Final = 65_536
"""The largest list that is read."""
PREFIX: Final = "evidence-trail-backup-"
"""The start of the name of every backup's folder."""
LOCK: Final = "lock"
"""The file in it that is locked while the backup is made."""
LEFT_AFTER_SECONDS: Final = 3_600
"""How long nothing was written into a folder that counts as left over."""
PART: Final = ".part"
"""The suffix of a folder that is not finished."""
NAMES: Final = (DATABASE, COPY, HEADER)
"""The listed files, in the order in which they are copied: the header last, so that half a copy cannot be opened."""
CHUNK: Final = 1024 * 1024
"""Bytes that are read at a time."""
Step = Callable[[int, int], None]
"""A progress callback: receives the bytes so far and the total; may raise to cancel."""


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A file of a backup: name, size in bytes, and SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupList:
    """The contents of ``backup.json``: when the backup was made (UTC), and its files."""

    made_at: str
    parts: tuple[BackupFile, ...]

    def spell(self) -> bytes:
        """Encode the list as the bytes of ``backup.json``; `digest` covers the canonical JSON of everything else."""
        files: list[Json] = [{"name": part.name, "size": part.size, "sha256": part.sha256} for part in self.parts]
        content: JsonObject = {"format": FORMAT, "made_at": self.made_at, "files": files}
        return canonical({**content, "digest": sha256(canonical(content)).hexdigest()}) + b"\n"


@contextlib.contextmanager
def new_folder(into: Path, name: str) -> Iterator[Path]:
    """Create a folder with the suffix ``.part``, to fill inside the context; it is renamed on success and removed on failure.

    Raises:
        InputError: `into` is no folder, or is within a store or a backup.
        EnvironmentProblem: the drive cannot be written.
    """
    if not into.is_dir():
        raise InputError(
            f"The folder {into.name} is not there. Make it first, or look whether its drive is plugged in."
        )
    if any((parent / HEADER).exists() for parent in (into, *into.resolve().parents)):
        raise InputError("That folder is in a store or in a backup. Choose one outside, best on another drive.")
    final, part = into / name, into / f"{name}{PART}"
    with system_errors_named("The backup could not be written"):
        for leftover in into.glob(f"{PREFIX}*{PART}"):
            if _is_left_over(leftover):
                shutil.rmtree(leftover, ignore_errors=True)
        part.mkdir(mode=0o700)
        lock = FileLock(part / LOCK, timeout=0, mode=0o600)
        # Some drives have no locks: then what lies there is never taken for left over.
        with contextlib.suppress(OSError, NotImplementedError):
            lock.acquire()
    # Flush before and after the rename: a backup that has its final name must be complete after a loss of power.
    try:
        yield part
        with system_errors_named("The backup could not be written"):
            lock.release()
            (part / LOCK).unlink(missing_ok=True)
            sync_folder(part)
            part.rename(final)
            sync_folder(into)
    except BaseException:
        lock.release()
        shutil.rmtree(part, ignore_errors=True)
        raise


def _is_left_over(part: Path) -> bool:
    """Whether a folder that is not finished was left by a program that ended: nobody holds its lock, and nothing was written for an hour."""
    try:
        latest = max(each.stat().st_mtime for each in (part, *part.iterdir()))
        with FileLock(part / LOCK, timeout=0, mode=0o600):
            return time.time() - latest > LEFT_AFTER_SECONDS
    except (OSError, NotImplementedError, Timeout):
        return False


def free_name(into: Path, name: str) -> str:
    """Return a name that nothing in a folder has, finished or not: that name, or with a number behind it."""
    names = [name, *(f"{name}-{number}" for number in range(2, 100))]
    return next((each for each in names if not (into / each).exists() and not (into / f"{each}{PART}").exists()), name)


def write_list(folder: Path, made_at: str) -> int:
    """Write ``backup.json`` for the files in a folder, and return the size of the whole backup in bytes.

    Raises:
        EnvironmentProblem: a file cannot be read, or the list cannot be written.
    """
    with system_errors_named("The backup could not be read again"):
        parts = tuple(_describe(folder, name) for name in NAMES)
    listed = BackupList(made_at, parts).spell()
    write_whole(folder / LIST, listed)
    return sum(each.size for each in parts) + len(listed)


def _describe(folder: Path, name: str) -> BackupFile:
    digest, size = sha256(), 0
    with (folder / name).open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return BackupFile(name, size, digest.hexdigest())


def read_list(folder: Path) -> BackupList:
    """Read and verify ``backup.json``, and require its files to exist.

    Raises:
        InputError: the folder is no backup.
        StoreDamaged: the list is damaged, names other files than a store has, or one of them is missing.
    """
    if not (folder / LIST).is_file():
        raise InputError(f"{folder.name} is not a backup: it holds no {LIST}.")
    untrusted = read_small(folder / LIST, what="The list of the backup", limit=MAX_LIST_BYTES)
    try:
        content = members(
            parse_canonical(untrusted.removesuffix(b"\n"), LIST), {"format", "made_at", "files", "digest"}
        )
        digest, files = content.pop("digest"), content["files"]
        if (
            content["format"] != FORMAT
            or digest != sha256(canonical(content)).hexdigest()
            or not isinstance(files, list)
        ):
            raise InputError(LIST)
        parts = tuple(_parse_part(file) for file in files)
    except (InputError, TypeError, ValueError, KeyError) as error:
        raise StoreDamaged(f"The backup's {LIST} is damaged, or a newer program made it.") from error
    if sorted(part.name for part in parts) != sorted(NAMES):
        raise StoreDamaged("The backup is not whole: its list names other files than a store has.")
    for part in parts:
        if not (folder / part.name).is_file():
            raise StoreDamaged(f"The backup is not whole: its {part.name} is missing. Use another backup.")
    return BackupList(str(content["made_at"]), parts)


def _parse_part(untrusted: Json) -> BackupFile:
    content = members(untrusted, {"name", "size", "sha256"})
    return BackupFile(str(content["name"]), int(str(content["size"])), str(content["sha256"]))


def require_header(folder: Path, listed: BackupList) -> None:
    """Verify the header and its copy against the list, before a passphrase is derived with them.

    Raises:
        StoreDamaged: they are not as they were written.
        EnvironmentProblem: they cannot be read.
    """
    for part in listed.parts:
        if part.name != DATABASE:
            for _ in _verified_chunks(folder, part, lambda _: None):
                pass


def checked_parts(folder: Path, listed: BackupList, step: Step) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield name and chunks of each file, in the order of `NAMES`. The chunks must be read to the end before the next file.

    Raises, while the chunks are read:
        StoreDamaged: a file is not as it was written; only known at its end.
        EnvironmentProblem: it cannot be read.
    """
    done, total = 0, sum(each.size for each in listed.parts)
    for name in NAMES:
        part = next(each for each in listed.parts if each.name == name)
        yield name, _verified_chunks(folder, part, partial(_report, step, done, total))
        done += part.size


def _report(step: Step, before: int, total: int, done: int) -> None:
    step(min(before + done, total), total)


def _verified_chunks(folder: Path, part: BackupFile, step: Callable[[int], None]) -> Iterator[bytes]:
    """Yield the chunks of a file, and verify its size and SHA-256 after the last one."""
    digest, size = sha256(), 0
    try:
        with (folder / part.name).open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                step(size)
                yield chunk
    except OSError as error:
        raise EnvironmentProblem(f"The backup's {part.name} cannot be read: {reason(error)}.") from error
    if (size, digest.hexdigest()) != (part.size, part.sha256):
        raise StoreDamaged(
            f"The backup's {part.name} is damaged: its bytes are not those that were written. Use another backup."
        )


def copy_database(backup: Path, listed: BackupList, folder: Path, step: Step) -> None:
    """Copy and verify the database of a backup into a folder, flushed to the drive. Without its header nothing opens it.

    Raises:
        StoreDamaged: a file is not as it was written.
        EnvironmentProblem: a file cannot be read or written. In both cases the caller removes what was copied.
    """
    for name, chunks in checked_parts(backup, listed, step):
        if name == DATABASE:
            write_whole(folder / name, chunks)
        else:
            for _ in chunks:
                pass
