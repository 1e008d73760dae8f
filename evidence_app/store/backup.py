"""The files of a backup (docs/spec/backup.md)."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from evidence_app.errors import EnvironmentProblem, InputError, StoreDamaged
from evidence_app.files import read_small, reason, sync_folder, system_errors_named, write_whole
from evidence_app.proof.encoding.json import Json, JsonObject, canonical, members, parse_canonical
from evidence_app.store import header as headers
from evidence_app.store.database import FILE as DATABASE

FORMAT: Final = "evidence-trail/backup/v1"
LIST: Final = "backup.json"
MAX_LIST_BYTES: Final = 65_536
PREFIX: Final = "evidence-trail-backup-"
PART: Final = ".part"
NAMES: Final = (DATABASE, headers.COPY, headers.FILE)
"""In the order in which they are copied: without its header a copy cannot be opened."""
CHUNK: Final = 1024 * 1024
Step = Callable[[int, int], None]
"""Told how much is copied of how much; raises to stop."""


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A file of a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupList:
    """What belongs to a backup, and when it was made, spelled in UTC."""

    made_at: str
    parts: tuple[BackupFile, ...]

    def spell(self) -> bytes:
        """Return the list as it is kept."""
        files: list[Json] = [{"name": each.name, "size": each.size, "sha256": each.sha256} for each in self.parts]
        rest: JsonObject = {"format": FORMAT, "made_at": self.made_at, "files": files}
        return canonical({**rest, "digest": sha256(canonical(rest)).hexdigest()}) + b"\n"


@contextlib.contextmanager
def new_folder(into: Path, name: str) -> Iterator[Path]:
    """Give a folder to fill. It takes its name when everything in it is done, and is gone when anything fails.

    Raises:
        InputError: the place is no folder, or is a store or a backup itself.
        EnvironmentProblem: the drive refused.
    """
    if not into.is_dir():
        raise InputError(f"The folder {into.name} is not there: is the drive plugged in?")
    if any((each / headers.FILE).exists() for each in (into, *into.resolve().parents)):
        raise InputError("That folder is in a store or in a backup. Choose one outside, best on another drive.")
    final, part = into / name, into / f"{name}{PART}"
    with system_errors_named("The backup could not be written"):
        for left in into.glob(f"{PREFIX}*{PART}"):
            shutil.rmtree(left, ignore_errors=True)
        part.mkdir(mode=0o700)
    try:
        yield part
        with system_errors_named("The backup could not be written"):
            sync_folder(part)
            part.rename(final)
            sync_folder(into)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def write_list(folder: Path, made_at: str) -> int:
    """Write down which bytes belong to a backup, and return how many they are.

    Raises:
        EnvironmentProblem: the drive refused.
    """
    with system_errors_named("The backup could not be read again"):
        parts = tuple(_part_of(folder, name) for name in NAMES)
    listed = BackupList(made_at, parts).spell()
    write_whole(folder / LIST, listed)
    return sum(each.size for each in parts) + len(listed)


def _part_of(folder: Path, name: str) -> BackupFile:
    digest, size = sha256(), 0
    with (folder / name).open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return BackupFile(name, size, digest.hexdigest())


def read_list(folder: Path) -> BackupList:
    """Read which bytes belong to a backup.

    Raises:
        InputError: the folder is no backup.
        StoreDamaged: the list is damaged.
    """
    if not (folder / LIST).is_file():
        raise InputError(f"{folder.name} is not a backup: it holds no {LIST}.")
    untrusted = read_small(folder / LIST, what="The list of the backup", limit=MAX_LIST_BYTES)
    try:
        found = members(parse_canonical(untrusted.removesuffix(b"\n"), LIST), {"format", "made_at", "files", "digest"})
        digest, files = found.pop("digest"), found["files"]
        if found["format"] != FORMAT or digest != sha256(canonical(found)).hexdigest() or not isinstance(files, list):
            raise InputError(LIST)
        parts = tuple(_part(each) for each in files)
    except (InputError, TypeError, ValueError, KeyError) as error:
        raise StoreDamaged(f"The backup's {LIST} is damaged, or a newer program made it.") from error
    if sorted(each.name for each in parts) != sorted(NAMES):
        raise StoreDamaged("The backup is not whole: its list names other files than a store has.")
    for part in parts:
        if not (folder / part.name).is_file():
            raise StoreDamaged(f"The backup is not whole: its {part.name} is missing. Use another backup.")
    return BackupList(str(found["made_at"]), parts)


def _part(untrusted: Json) -> BackupFile:
    found = members(untrusted, {"name", "size", "sha256"})
    return BackupFile(str(found["name"]), int(str(found["size"])), str(found["sha256"]))


def require_header(folder: Path, listed: BackupList) -> None:
    """Require that what opens a backup is as it was written, before anything is opened with it.

    Raises:
        StoreDamaged, EnvironmentProblem: it is not, or cannot be read.
    """
    for part in listed.parts:
        if part.name != DATABASE:
            for _ in _checked(folder, part, lambda _: None):
                pass


def checked_parts(folder: Path, listed: BackupList, step: Step) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield each file of a backup by its name and its bytes, in the order in which they are to be copied.

    Raises, while the bytes are read:
        StoreDamaged: they are not those that were written.
        EnvironmentProblem: they cannot be read.
    """
    done, total = 0, sum(each.size for each in listed.parts)
    for name in NAMES:
        part = next(each for each in listed.parts if each.name == name)
        yield name, _checked(folder, part, partial(_told, step, done, total))
        done += part.size


def _told(step: Step, before: int, total: int, done: int) -> None:
    step(min(before + done, total), total)


def _checked(folder: Path, part: BackupFile, step: Callable[[int], None]) -> Iterator[bytes]:
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


def copy_parts(backup: Path, listed: BackupList, folder: Path, step: Step) -> None:
    """Copy a backup's files into a folder, each flushed to the drive; the header last.

    Raises:
        StoreDamaged, EnvironmentProblem: what was copied before is for the caller to remove.
    """
    for name, chunks in checked_parts(backup, listed, step):
        write_whole(folder / name, chunks)
