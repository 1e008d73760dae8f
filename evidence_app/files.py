"""Atomic file writing, bounded reading, and the paths of the program's own resources."""

import contextlib
import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from evidence_app.errors import EnvironmentProblem, InputError

OWNER_ONLY = 0o600
"""File mode: readable and writable by the owner alone."""


def resource(name: str) -> Path:
    """Return the path of a file that ships with the program, such as ``fonts/NotoSans-Regular.ttf`` or ``docs/user-guide.md``.

    Raises:
        EnvironmentProblem: it is missing.
    """
    package = Path(__file__).resolve().parent
    for root in (package / "resources", package.parent / "resources", package.parent):
        if (root / name).exists():
            return root / name
    raise EnvironmentProblem(f"The program's own file {name} is missing: install it again.")


@contextlib.contextmanager
def system_errors_named(action: str) -> Iterator[None]:
    """Convert an `OSError` to an `EnvironmentProblem`. `action` begins its sentence: "X could not be written"."""
    try:
        yield
    except OSError as error:
        raise EnvironmentProblem(f"{action}: {reason(error)}.") from error


WINDOWS: Final = os.name == "nt"
_SAID_BY_WINDOWS: Final = {
    3: "part of the path is not there",
    19: "the drive is read-only",
    21: "the drive is not ready",
    32: "another program has it open",
    33: "another program has it open",
    39: "the disk is full",
    53: "the network drive is out of reach",
    55: "the network drive is out of reach",
    64: "the network drive is out of reach",
    67: "the network drive is out of reach",
    112: "the disk is full",
    123: "Windows allows no such name",
    206: "the path is too long for Windows",
    1117: "the drive reported an error",
    1167: "the drive was taken away",
}
"""What Windows says more exactly than the number that C has for it (winerror.h)."""
_DEVICES: Final = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9\u00b9\u00b2\u00b3]) *(?:\..*)?", re.IGNORECASE
)
"""Names that Windows keeps for devices, with any ending (learn.microsoft.com, Naming Files, Paths, and Namespaces)."""
_NOT_ON_WINDOWS: Final = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]$')


def reason(error: OSError) -> str:
    """Return the reason of an `OSError` in plain words, without any path or content."""
    exactly = _SAID_BY_WINDOWS.get(getattr(error, "winerror", None) or 0)
    if exactly:
        return exactly
    words = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.EFBIG: "the file would be larger than is allowed here",
        errno.EACCES: "permission was refused",
        errno.EPERM: "permission was refused",
        errno.EROFS: "the folder or drive is read-only",
        errno.ENOENT: "it is not there",
        errno.EISDIR: "it is a folder",
        errno.ENOTDIR: "part of the path is not a folder",
        errno.EIO: "the drive reported an error",
        errno.ENAMETOOLONG: "the name or the path is too long",
        errno.ENODEV: "the drive was taken away",
    }
    return words.get(error.errno or 0, (error.strerror or "the system refused").lower())


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file atomically: afterwards it is complete or as before, even after a power failure.

    The bytes go to a new file in the same folder with mode `OWNER_ONLY` and are flushed to the disk; that file is renamed
    to `path`, and the folder is flushed too. On any failure the new file is removed.

    Raises:
        EnvironmentProblem: the system refused; `path` is as it was.
    """
    with written_beside([(path, content)]) as take_names:
        take_names()


@contextlib.contextmanager
def written_beside(files: Iterable[tuple[Path, bytes | Iterable[bytes]]]) -> Iterator[Callable[[], None]]:
    """Write files under other names beside their own, flushed to the disk; the function that is yielded gives them their names.

    So whatever a full disk or a folder that cannot be written refuses is known before something else is done that says that
    the files are there. Files that have not taken their names at the end are removed.

    Raises:
        InputError: a name is one that Windows, which this is, takes for something else.
        EnvironmentProblem: the system refused; the files that were there are as they were.
    """
    partials: list[tuple[Path, Path]] = []

    def take_names() -> None:
        while partials:
            partial, path = partials[0]
            with system_errors_named(f"{path.name} could not be written"):
                os.replace(partial, path)  # noqa: PTH105 - pathlib has no other spelling of the same call
                del partials[0]
                sync_folder(path.parent)

    try:
        for path, content in files:
            if WINDOWS:
                require_name_for_windows(path.name)
            partial = path.with_name(f".{path.name[:80]}.{os.urandom(6).hex()}.part")
            with system_errors_named(f"{path.name} could not be written"):
                # O_EXCL: never write through a file or link that somebody else has put there.
                descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
                partials.append((partial, path))
                with os.fdopen(descriptor, "wb") as file:
                    for chunk in (content,) if isinstance(content, bytes) else content:
                        file.write(chunk)
                    file.flush()
                    os.fsync(file.fileno())
        yield take_names
    finally:
        for partial, _ in partials:
            with contextlib.suppress(OSError):
                partial.unlink()


def require_name_for_windows(name: str) -> None:
    """Require a name that Windows keeps as it is: not that of a device, and without characters by which it would be another file, or a stream of one.

    Raises:
        InputError: it is none.
    """
    if _DEVICES.fullmatch(name):
        raise InputError(f"Windows keeps the name {name} for a device: choose another.")
    if _NOT_ON_WINDOWS.search(name):
        raise InputError(
            f'Windows allows no name with < > : " | ? *, nor one that ends in a full stop or a space: {name}'
        )


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to the disk. Does nothing on Windows, which cannot open a folder for that."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_small(path: Path, *, what: str, limit: int) -> bytes:
    """Read a file of at most `limit` bytes. `what` begins the sentence of the error, such as "The plan".

    Raises:
        InputError: it is missing, cannot be read, or is larger.
    """
    try:
        with path.open("rb") as file:
            untrusted = file.read(limit + 1)
    except OSError as error:
        raise InputError(f"{what} {path.name} cannot be read: {reason(error)}.") from error
    if len(untrusted) > limit:
        raise InputError(f"{what} {path.name} is larger than {limit:,} bytes, more than is accepted here.")
    return untrusted


def file_name(text: str) -> str:
    """Return a text as a file name that every system accepts: characters that Windows forbids become spaces, and the name of a device gets a line behind it."""
    name = " ".join("".join(" " if each in '<>:"/\\|?*' or not each.isprintable() else each for each in text).split())
    return f"{name}_" if _DEVICES.fullmatch(name) else name.rstrip(". ")
